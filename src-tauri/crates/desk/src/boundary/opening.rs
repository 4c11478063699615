//! Opening, making and closing a workbook.

use crate::model::desk::Desk;
use crate::model::session::Session;
use crate::model::{recent, seeds};
use crate::wire::{self, Refusal};
use std::path::{Path, PathBuf};

impl Session {
    /// The start view.
    ///
    /// # Errors
    /// None as things are.
    pub fn start(&mut self, _request: &wire::Nothing) -> Result<wire::Start, Refusal> {
        Ok(wire::Start {
            recent: recent::list(self.environment().data_folder.as_deref()),
            seeds: seeds::lines(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            notices: Vec::new(),
        })
    }

    /// Opens a workbook.
    ///
    /// # Errors
    /// A file that is no workbook, is damaged, newer, or cannot be read.
    pub fn open_workbook(&mut self, request: &wire::AtPath) -> Result<wire::Workbook, Refusal> {
        let path = Path::new(&request.path);
        if self.desk_at(path).is_some() {
            return self.frame();
        }
        let desk = Desk::open(path, &self.environment().stamp())?;
        self.put(desk)
    }

    /// Makes an empty workbook.
    ///
    /// # Errors
    /// A file that is there already, or cannot be written.
    pub fn create_workbook(&mut self, request: &wire::AtPath) -> Result<wire::Workbook, Refusal> {
        let desk = Desk::create(&workbook_path(&request.path), &self.environment().stamp(), |_| Ok(()))?;
        self.put(desk)
    }

    /// Makes a workbook from a plan that ships.
    ///
    /// # Errors
    /// An unknown name, a file that is there already, or cannot be written.
    pub fn create_from_seed(&mut self, request: &wire::FromSeed) -> Result<wire::Workbook, Refusal> {
        let seed = seeds::seed(&request.seed)?;
        let stamp = self.environment().stamp();
        let path = workbook_path(&request.path);
        let desk = Desk::create(&path, &stamp, |desk| desk.plant_seed(&seed, &stamp))?;
        self.put(desk)
    }

    /// Closes the open workbook. What was saved is safe; what could not be brought into the one file is a notice.
    ///
    /// # Errors
    /// None as things are.
    pub fn close_workbook(&mut self, request: &wire::Nothing) -> Result<wire::Start, Refusal> {
        let notices = self.take().and_then(Desk::close).into_iter().collect();
        Ok(wire::Start { notices, ..self.start(request)? })
    }

    /// Writes the open workbook to another file, as it was saved last, and goes on with that one: the way out where the file at
    /// its path is no longer the one that was opened.
    ///
    /// # Errors
    /// A file that is there already, or cannot be written; the open workbook stays open then.
    pub fn save_elsewhere(&mut self, request: &wire::AtPath) -> Result<wire::Workbook, Refusal> {
        let path = workbook_path(&request.path);
        let stamp = self.environment().stamp();
        self.desk()?.workbook().copy_to(&path)?;
        let elsewhere = Desk::open(&path, &stamp)?;
        // the one that is left is not brought into whatever is at its path
        drop(self.take());
        self.put(elsewhere)
    }

    /// What frames every view.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn workbook(&mut self, _request: &wire::Nothing) -> Result<wire::Workbook, Refusal> {
        self.frame()
    }
}

/// A workbook's path with its ending.
fn workbook_path(path: &str) -> PathBuf {
    let path = PathBuf::from(path);
    if path.extension().is_some_and(|ending| ending == "planbook") {
        return path;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".planbook");
    path.with_file_name(name)
}
