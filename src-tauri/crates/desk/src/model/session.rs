//! What a shell holds: the environment, and at most one open workbook. The floors above add the commands that it answers.

use crate::model::desk::Desk;
use crate::model::environment::Environment;
use crate::model::files::{beside, place};
use crate::model::recent;
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::{Language, Opening};
use plan::Moment;
use std::path::Path;

/// The environment and the open workbook.
#[derive(Debug)]
pub struct Session {
    environment: Environment,
    desk: Option<Desk>,
    pub(crate) faces: Option<report::Faces>,
    language: Language,
}

impl Session {
    /// A session with no workbook open.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        Self { environment, desk: None, faces: None, language: Language::default() }
    }

    /// The language of what is answered from now on. A shell says it before each command.
    pub fn speak(&mut self, language: Language) {
        self.language = language;
        if let Some(desk) = &mut self.desk {
            desk.speak(language);
        }
    }

    /// The path of the open workbook.
    #[must_use]
    pub fn workbook_path(&self) -> Option<&Path> {
        self.desk.as_ref().map(Desk::path)
    }

    pub(crate) fn desk(&mut self) -> Result<&mut Desk, Refusal> {
        self.desk.as_mut().ok_or_else(|| Refusal::new(RefusalCode::NoWorkbook, Opening::NoWorkbook, Opening::OpenFirst))
    }

    /// Refuses to write over the open workbook or the files that belong to it.
    pub(crate) fn beside_workbook(&self, path: &Path) -> Result<(), Refusal> {
        self.workbook_path().map_or(Ok(()), |workbook| beside(workbook, path))
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    pub(crate) fn moment(&mut self, quarter: &str) -> Result<Moment, Refusal> {
        Ok(Moment { quarter: quarter.parse()?, today: self.today()? })
    }

    /// Today as the open workbook judges it, else by the clock.
    pub(crate) fn today(&mut self) -> Result<NaiveDate, Refusal> {
        match self.desk.as_mut() {
            Some(desk) => desk.today(&self.environment),
            None => Ok(self.environment.clock_day()),
        }
    }

    pub(crate) fn frame(&mut self) -> Result<wire::Workbook, Refusal> {
        let desk =
            self.desk.as_mut().ok_or_else(|| Refusal::new(RefusalCode::NoWorkbook, Opening::NoWorkbook, Opening::OpenFirst))?;
        desk.frame(&self.environment)
    }

    pub(crate) fn put(&mut self, mut desk: Desk) -> Result<wire::Workbook, Refusal> {
        if let Some(unsettled) = self.desk.take().and_then(Desk::close) {
            desk.note(unsettled);
        }
        recent::remember(self.environment.data_folder.as_deref(), desk.path());
        desk.speak(self.language);
        self.desk = Some(desk);
        self.frame()
    }

    /// The open workbook, taken out to be closed.
    pub(crate) fn take(&mut self) -> Option<Desk> {
        self.desk.take()
    }

    /// The open workbook, where it is the one at this path.
    pub(crate) fn desk_at(&mut self, path: &Path) -> Option<&mut Desk> {
        self.desk.as_mut().filter(|desk| place(desk.path()) == place(path))
    }
}
