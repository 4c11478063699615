//! A plan that enters a workbook without a window: whole, as it was read, with what was unclear said.

use crate::documents::reading::{read_draft, read_plan};
use crate::model::desk::Desk;
use crate::model::seeds;
use crate::model::session::Session;
use crate::wire::{self, Refusal, RefusalCode};
use messages::{Message, Reading};
use std::path::{Path, PathBuf};

/// Where a plan comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanSource {
    /// An issued document.
    Document(PathBuf),
    /// A draft as `planbook intake --json` prints it.
    Draft(PathBuf),
    /// A plan that ships.
    Seed(String),
}

/// How a plan is added.
#[derive(Debug, Clone, Default)]
pub struct Adding {
    /// Of a ledger in a spreadsheet: columns whose heads do not say what they hold.
    pub columns: Vec<wire::LedgerColumn>,
    /// Names that seem to be one department become one, the first of each group.
    pub merge_departments: bool,
    /// It is a new version of a plan of the workbook: of the one whose title has these words, or whose title is alike where
    /// there are none.
    pub revises: Option<String>,
    /// Rows that the new version does not have stay in force.
    pub keep_dropped: bool,
    /// Nothing is written.
    pub preview: bool,
    /// The quarter that a ledger's columns of progress, problems and next steps go into.
    pub quarter: Option<String>,
}

/// What was added, and what was unclear about it.
#[derive(Debug, Clone)]
pub struct Added {
    /// The workbook.
    pub workbook: wire::Workbook,
    /// What was unclear in the document.
    pub findings: Vec<wire::Finding>,
    /// Names that seem to be one department and were left as they are.
    pub variants: Vec<Vec<String>>,
    /// Names that were taken for one department: the one that was kept first.
    pub merged: Vec<Vec<String>>,
    /// What a new version changes.
    pub comparison: Option<wire::Comparison>,
}

impl Session {
    /// Adds a plan to the workbook at a path, which is made where it is not there: from a document, a draft or a seed.
    ///
    /// # Errors
    /// As the parts say; then no workbook is made for it.
    pub fn add_plan(&mut self, path: &Path, from: &PlanSource) -> Result<wire::Workbook, Refusal> {
        Ok(self.add_plan_as(path, from, &Adding::default())?.workbook)
    }

    /// Adds a plan, or a new version of one, and says what was unclear.
    ///
    /// # Errors
    /// As the parts say, a plan to revise that is not there; then nothing is written.
    pub fn add_plan_as(&mut self, path: &Path, from: &PlanSource, how: &Adding) -> Result<Added, Refusal> {
        let stamp = self.environment().stamp();
        let (mut draft, text, seed) = match from {
            PlanSource::Document(document) => {
                let (mut draft, mut text) = read_plan(document, &how.columns)?;
                if how.columns.is_empty()
                    && path.exists()
                    && let Some(columns) = Desk::open(path, &stamp)?.columns_of(&draft.sheets)?
                {
                    (draft, text) = read_plan(document, &columns)?;
                }
                if draft.tasks.is_empty() && draft.targets.is_empty() && draft.milestones.is_empty() {
                    let name = document.display();
                    return Err(Refusal::new(
                        RefusalCode::Unreadable,
                        Reading::NoPlanFound { file: name.to_string() },
                        Reading::CheckOrAddByHand,
                    ));
                }
                (draft, text, None)
            }
            PlanSource::Draft(file) => (read_draft(file)?, String::new(), None),
            PlanSource::Seed(name) => {
                let seed = seeds::seed(name)?;
                (seed.draft.clone(), String::new(), Some(seed))
            }
        };
        let findings = draft.findings.clone();
        let (mut variants, mut merged, mut comparison) = (crate::documents::variants::of(&draft), Vec::new(), None);
        if how.merge_departments {
            merged = std::mem::take(&mut variants);
            let pairs = |names: &Vec<String>| {
                let (keep, others) = names.split_first().map_or((None, &[][..]), |(keep, others)| (Some(keep.clone()), others));
                others.iter().filter_map(move |other| Some((keep.clone()?, other.clone()))).collect::<Vec<_>>()
            };
            let renamed = merged.iter().flat_map(pairs).collect();
            crate::documents::reviewing::change(&mut draft, &wire::DraftRows { renamed, ..wire::DraftRows::default() });
        }
        draft.quarter.clone_from(&how.quarter);
        let again = match &how.revises {
            None if path.exists() => {
                let mut desk = Desk::open(path, &stamp)?;
                desk.imported_plan(&draft)?
            }
            _ => None,
        };
        if how.preview && how.revises.is_none() && again.is_none() {
            return Err(Refusal::new(RefusalCode::Refused, Reading::NothingToCompare, Reading::NameWhatItRevises));
        }
        let desk = match &how.revises {
            None if again.is_some() => {
                let mut desk = Desk::open(path, &stamp)?;
                let today = desk.today(self.environment())?;
                desk.revise(&mut draft, again.as_deref())?;
                let found = desk.comparison(&draft, today)?;
                let is_same = found.as_ref().is_some_and(is_same) && how.quarter.is_none();
                if !how.preview && !is_same {
                    desk.plant_revision(&draft, &text, None, (&stamp, today))?;
                }
                comparison = found;
                desk
            }
            Some(words) => {
                let mut desk = Desk::open(path, &stamp)?;
                let today = desk.today(self.environment())?;
                // a draft from a file may have been made for another workbook
                let plan = plan_to_revise(&mut desk, &draft, words)?;
                desk.revise(&mut draft, Some(&plan))?;
                comparison = desk.comparison(&draft, today)?;
                if how.keep_dropped {
                    let rows = comparison.iter().flat_map(|comparison| &comparison.dropped);
                    draft.still_valid = rows.map(|row| row.id.clone()).collect();
                }
                comparison = desk.comparison(&draft, today)?;
                if !how.preview {
                    desk.plant_revision(&draft, &text, None, (&stamp, today))?;
                }
                desk
            }
            None if path.exists() => {
                let mut desk = Desk::open(path, &stamp)?;
                desk.plant(&draft, &text, None, &stamp)?;
                desk
            }
            None => Desk::create(path, &stamp, |desk| match &seed {
                Some(seed) => desk.plant_seed(seed, &stamp),
                None => desk.plant(&draft, &text, None, &stamp).map(|_| ()),
            })?,
        };
        Ok(Added { workbook: self.put(desk)?, findings, variants, merged, comparison })
    }
}

/// An office's ledger that says what it said last time.
fn is_same(comparison: &wire::Comparison) -> bool {
    let rows = comparison.rows.iter().all(|row| row.state == "unchanged");
    comparison.added == 0 && comparison.changed == 0 && comparison.fields.is_empty() && rows
}

/// The one plan that is meant.
fn plan_to_revise(desk: &mut Desk, draft: &wire::Draft, words: &str) -> Result<String, Refusal> {
    let alike = if words.is_empty() { desk.revised_plan(draft)? } else { None };
    let plans = &desk.ledger()?.plans;
    let titles: Vec<Message> = plans.iter().map(|plan| Reading::Title { title: plan.title.clone() }.into()).collect();
    let hint = if titles.is_empty() { Reading::NoPlansToRevise } else { Reading::PlansToRevise { titles } };
    let refused = |message: Reading| Err(Refusal::new(RefusalCode::Refused, message, hint.clone()));
    if words.is_empty() {
        let title = draft.plan.title.as_ref().unwrap_or(&draft.source);
        return alike.map_or_else(|| refused(Reading::VersionOfWhich { title: title.clone() }), Ok);
    }
    let exact = plans.iter().find(|plan| plan.title == words);
    let mut having = plans.iter().filter(|plan| plan.title.contains(words));
    match (exact, having.next(), having.next()) {
        (Some(plan), _, _) | (None, Some(plan), None) => Ok(plan.id.to_string()),
        (None, None, _) => refused(Reading::NoPlanTitled { words: words.to_owned() }),
        (None, Some(_), Some(_)) => refused(Reading::PlansTitled { words: words.to_owned() }),
    }
}
