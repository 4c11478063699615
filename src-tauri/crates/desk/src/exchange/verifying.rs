//! What `check` says of the exchange: evidence whose content is lost, and what is only still to come.

use crate::Session;
use crate::model::desk::Desk;
use crate::model::desk::own_department;
use crate::wire::Refusal;
use plan::Evidence;
use std::collections::BTreeMap;
use store::table;

impl Session {
    /// What is as it lawfully may be and still worth knowing beside a check, a sentence each.
    ///
    /// # Errors
    /// Failures of the file.
    pub fn check_notes(&mut self) -> Result<Vec<String>, Refusal> {
        let desk = self.desk()?;
        let (awaited, _) = without_content(desk)?;
        let ledger = desk.ledger()?;
        let mut of: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for row in &awaited {
            let Some(department) = &row.department else { continue };
            of.entry((row.quarter, department)).or_default().push(&row.file_name);
        }
        let line = |((quarter, department), names): (_, Vec<&str>)| {
            let (name, quarter): (String, plan::Quarter) = (ledger.department_name(department), quarter);
            format!(
                "佐证待交：{name}{}的{}份佐证材料只有目录、没有内容（{}），请该单位交来佐证文件。",
                quarter.chinese(),
                names.len(),
                names.join("、")
            )
        };
        Ok(of.into_iter().map(line).collect())
    }
}

/// Evidence whose bytes ought to be here and are not, a sentence each.
pub(crate) fn lost_evidence(desk: &mut Desk) -> Result<Vec<String>, Refusal> {
    let (_, lost) = without_content(desk)?;
    let line = |row: Evidence| {
        format!("佐证材料“{}”（{}）只剩目录，内容不在工作簿里。请从备份恢复，或重新添加。", row.file_name, row.quarter.chinese())
    };
    Ok(lost.into_iter().map(line).collect())
}

/// The evidence without its bytes: what departments still have to send, and what was kept here and is lost.
fn without_content(desk: &mut Desk) -> Result<(Vec<Evidence>, Vec<Evidence>), Refusal> {
    let rows = desk.workbook().read();
    let is_office = own_department(&rows)?.is_none();
    Ok(table::evidence::without_bytes(&rows)?.into_iter().partition(|row| is_office && row.department.is_some()))
}
