//! A workbook that does not open any more, or is gone, back from one of its copies.

use crate::ledger::restoring::copy_lines;
use crate::model::desk::Desk;
use crate::model::session::Session;
use crate::wire::{self, Refusal};
use std::path::Path;
use store::{StoreError, Workbook};

impl Session {
    /// The automatic copies of a workbook that need not be open, or whole, or there; newest first.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn copies_of(&mut self, request: &wire::AtPath) -> Result<Vec<wire::CopyLine>, Refusal> {
        Ok(copy_lines(Workbook::copies_of(Path::new(&request.path))?))
    }

    /// Puts a copy in the place of a workbook that is damaged or gone, the newest whole one or the named one, and opens it. What
    /// was there is put aside among the copies, and the notices say where.
    ///
    /// # Errors
    /// No whole copy, a copy of another workbook; a workbook that is whole, where no copy is named; one that is open elsewhere.
    pub fn restore_workbook(&mut self, request: &wire::ToRestore) -> Result<wire::Workbook, Refusal> {
        let path = Path::new(&request.path);
        let copy = request.copy.as_deref().map(Path::new);
        let stamp = self.environment().stamp();
        if self.desk_at(path).is_some() {
            self.close_workbook(&wire::Nothing {})?;
        }
        let desk = match (Workbook::is_damaged(path, &stamp)?, copy) {
            (true, _) => rescued(path, copy, &stamp)?,
            // one that is whole goes back as it does in its history, so that this can be taken back
            (false, Some(copy)) => {
                let mut desk = Desk::open(path, &stamp)?;
                desk.restore(&copy.to_string_lossy(), &stamp)?;
                desk
            }
            (false, None) => return Err(StoreError::NotDamaged { path: path.to_owned() }.into()),
        };
        self.put(desk)
    }
}

fn rescued(path: &Path, copy: Option<&Path>, stamp: &store::Stamp) -> Result<Desk, Refusal> {
    let store::Rescued { opened, from, passed_over, kept } = Workbook::rescue(path, copy, stamp)?;
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut desk = Desk::of(opened);
    for newer in passed_over {
        desk.note(format!("较新的备份“{}”不完整，没有用它。", name(&newer)));
    }
    desk.note(format!("已恢复到备份“{}”，在它之后的改动不在其中。", name(&from)));
    if let Some(kept) = kept {
        desk.note(format!("原来的文件没有丢，放在备份文件夹里：“{}”。", name(&kept)));
    }
    Ok(desk)
}
