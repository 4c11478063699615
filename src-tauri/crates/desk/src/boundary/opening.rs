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

    /// Closes the open workbook.
    ///
    /// # Errors
    /// A medium that fails; what was saved is safe.
    pub fn close_workbook(&mut self, request: &wire::Nothing) -> Result<wire::Start, Refusal> {
        if let Some(desk) = self.take() {
            desk.close()?;
        }
        self.start(request)
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
