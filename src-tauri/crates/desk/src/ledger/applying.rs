//! Edits applied, undone and brought back, and the rows that changed by it.

use crate::ledger::{edits, own, touching, views};
use crate::model::desk::Desk;
use crate::model::environment::local;
use crate::model::labels;
use crate::model::session::Session;
use crate::model::settings;
use crate::wire::{self, Edit, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::{Editing, Input, Label, Message};
use plan::{EditId, Moment, Quarter, TaskId};
use std::collections::{BTreeMap, HashSet};
use store::Stamp;

impl Session {
    /// Applies edits, all or none.
    ///
    /// # Errors
    /// As the edits say; then nothing of them is kept.
    pub fn apply(&mut self, request: &wire::Edits) -> Result<wire::Applied, Refusal> {
        self.apply_called(request, &by_number(request.edits.len()))
    }

    /// The same, where a refusal names the edit at fault by what `called` says of its place in the list, such as
    /// `第3行：`.
    ///
    /// # Errors
    /// As the edits say; then nothing of them is kept.
    pub fn apply_called(
        &mut self,
        request: &wire::Edits,
        called: &dyn Fn(usize) -> Option<Message>,
    ) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        // entries are of the day that the caller says it is
        let stamp = self.environment().stamp_of_today();
        let desk = self.desk()?;
        let change = desk.apply(&request.edits, called, moment.today, &stamp)?;
        let applied = desk.applied(change, moment, &stamp)?;
        Ok(wire::Applied { questions: questions_of(desk, &request.edits, moment)?, ..applied })
    }

    /// Takes the last edit back.
    ///
    /// # Errors
    /// Nothing to undo, or rows that changed since.
    pub fn undo(&mut self, request: &wire::InQuarter) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let change = desk.undo(&stamp)?;
        desk.applied(Some(change), moment, &stamp)
    }

    /// Brings the last undone edit back.
    ///
    /// # Errors
    /// Nothing to redo, or rows that changed since.
    pub fn redo(&mut self, request: &wire::InQuarter) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let change = desk.redo(&stamp)?;
        desk.applied(Some(change), moment, &stamp)
    }

    /// Takes back all edits after one.
    ///
    /// # Errors
    /// An edit that is not in the history.
    pub fn undo_to(&mut self, request: &wire::ToEdit) -> Result<wire::Applied, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let stamp = self.environment().stamp();
        let desk = self.desk()?;
        let change = desk.undo_to(&request.edit, &stamp)?;
        desk.applied(Some(change), moment, &stamp)
    }
}

impl Desk {
    /// Applies edits, all or none, as one step of undo.
    pub(crate) fn apply(
        &mut self,
        edits: &[Edit],
        called: &dyn Fn(usize) -> Option<Message>,
        today: NaiveDate,
        stamp: &Stamp,
    ) -> Result<Option<Change>, Refusal> {
        if edits.is_empty() {
            return Ok(None);
        }
        let is_department = settings::text(self.settings()?, "role") == Some("department");
        if is_department && edits.iter().any(edits::is_the_offices) {
            return Err(Refusal::new(RefusalCode::Refused, Editing::OfficesAlone, Editing::AskOffice));
        }
        let own = self.own_department()?;
        let edits = &own::as_own(edits, own.as_ref(), self.ledger()?)?;
        let label = edits::label(edits);
        let edited = self.workbook().edit(&labels::kept(label.clone()), stamp, |store| {
            for (number, edit) in edits.iter().enumerate() {
                edits::make(store, edit, today).map_err(|refusal| refusal.of_part(called(number)))?;
            }
            Ok::<(), Refusal>(())
        })?;
        let touched = self.follow(&edited.rows);
        Ok(Some(Change { label, edit: edited.edit, rows: edited.rows, touched }))
    }

    pub(crate) fn undo(&mut self, stamp: &Stamp) -> Result<Change, Refusal> {
        let turned = self.workbook().undo(stamp)?;
        let touched = self.follow(&turned.rows);
        Ok(Change::undone(turned, touched))
    }

    pub(crate) fn redo(&mut self, stamp: &Stamp) -> Result<Change, Refusal> {
        let turned = self.workbook().redo(stamp)?;
        let touched = self.follow(&turned.rows);
        Ok(Change::redone(turned, touched))
    }

    pub(crate) fn undo_to(&mut self, edit: &str, stamp: &Stamp) -> Result<Change, Refusal> {
        let turned = self.workbook().undo_to(&EditId::new(edit), stamp)?;
        let touched = self.follow(&turned.rows);
        Ok(Change::undone(turned, touched))
    }

    /// The answer to a change: the changed rows of the ledger in a quarter.
    pub(crate) fn applied(&mut self, change: Option<Change>, moment: Moment, stamp: &Stamp) -> Result<wire::Applied, Refusal> {
        let rows = self.reading();
        let language = self.language();
        let undo = rows.to_undo()?.map(|(_, label)| labels::read(&label).render(language));
        let redo = rows.to_redo()?.map(|(_, label)| labels::read(&label).render(language));
        let Some(change) = change else {
            let at = local(stamp.at).format("%Y-%m-%dT%H:%M:%S").to_string();
            return Ok(wire::Applied {
                label: String::new(),
                edit: None,
                at,
                undo,
                redo,
                rows: Vec::new(),
                added: Vec::new(),
                removed: Vec::new(),
                questions: Vec::new(),
            });
        };
        let touched = self.touched_tasks(&change)?;
        let (came, mut removed) = touching::comings(&self.reading(), &change.rows)?;
        let ledger = self.ledger()?;
        removed.retain(|id| ledger.task(&TaskId::new(id)).is_none());
        let added = touched.iter().filter(|task| came.contains(task.as_str())).map(ToString::to_string).collect();
        let rows = self.view(moment, |context, _, _| {
            let places = touched.iter().filter_map(|task| context.ledger.task_place(task));
            places.filter_map(|place| views::ledger_row(context, place, context.ledger.tasks.get(place)?)).collect()
        })?;
        Ok(wire::Applied {
            label: change.label.render(language),
            edit: change.edit.map(|edit| edit.to_string()),
            at: local(stamp.at).format("%Y-%m-%dT%H:%M:%S").to_string(),
            undo,
            redo,
            rows,
            added,
            removed,
            questions: Vec::new(),
        })
    }

    /// The tasks that changed rows belong to.
    fn touched_tasks(&mut self, change: &Change) -> Result<Vec<TaskId>, Refusal> {
        if let Some(touched) = &change.touched {
            return Ok(touched.clone());
        }
        let owners = touching::owners_of_retired(&self.reading(), &change.rows)?;
        let ledger = self.ledger()?;
        let of = |tables: &[&str]| -> HashSet<&str> {
            change.rows.iter().filter(|row| tables.contains(&row.table.as_str())).map(|row| row.id.as_str()).collect()
        };
        let tasks = of(&["task"]);
        let assigned: HashSet<&str> = of(&["assignment"]).into_iter().filter_map(|id| id.split('/').next()).collect();
        let hanging = of(&["checklist_item", "milestone", "progress", "evidence"]);
        let indicators = of(&["indicator"]);
        let figures = of(&["target", "actual"]);
        let touched = ledger.tasks.iter().filter(|row| {
            let id = row.task.id.as_str();
            tasks.contains(id)
                || owners.contains(id)
                || assigned.contains(id)
                || row.holds(&hanging)
                || ledger
                    .measured_of(row)
                    .any(|measured| indicators.contains(measured.indicator.id.as_str()) || measured.holds(&figures))
        });
        Ok(touched.map(|row| row.task.id.clone()).collect())
    }
}

/// What an edit, undo or redo changed.
#[derive(Debug)]
pub(crate) struct Change {
    label: Message,
    edit: Option<EditId>,
    rows: Vec<store::ChangedRow>,
    /// The tasks that the change touched, where they were followed one by one.
    touched: Option<Vec<TaskId>>,
}

impl Change {
    fn undone(turned: store::Turned, touched: Option<Vec<TaskId>>) -> Self {
        let label = match &turned.edits[..] {
            [] => Label::Undo,
            [(_, label)] => Label::Undone { label: Box::new(labels::read(label)) },
            edits => Label::UndoneSeveral { count: edits.len() },
        };
        Self::turned(label, turned, touched)
    }

    fn redone(turned: store::Turned, touched: Option<Vec<TaskId>>) -> Self {
        let label = match &turned.edits[..] {
            [] => Label::Redo,
            [(_, label)] => Label::Redone { label: Box::new(labels::read(label)) },
            edits => Label::RedoneSeveral { count: edits.len() },
        };
        Self::turned(label, turned, touched)
    }

    fn turned(label: Label, turned: store::Turned, touched: Option<Vec<TaskId>>) -> Self {
        let label = label.into();
        Self { label, edit: turned.edits.last().map(|(id, _)| id.clone()), rows: turned.rows, touched }
    }
}

/// What the edits of a list are called where they have no other names: nothing for one alone.
pub(crate) fn by_number(of: usize) -> impl Fn(usize) -> Option<Message> {
    move |number| (of > 1).then(|| Input::ChangeNumber { number: number + 1 }.into())
}

/// What the figures that edits entered raise.
fn questions_of(desk: &mut Desk, edits: &[Edit], moment: Moment) -> Result<Vec<String>, Refusal> {
    let mut entered: BTreeMap<Quarter, HashSet<&str>> = BTreeMap::new();
    for edit in edits {
        if let Edit::SetActual { target, quarter, value: Some(_), .. } = edit {
            entered.entry(quarter.parse()?).or_default().insert(target);
        }
    }
    let mut asked = Vec::new();
    for (quarter, targets) in &entered {
        let moment = Moment { quarter: *quarter, ..moment };
        asked.extend(desk.view(moment, |context, _, _| views::unanswered(context, targets))?);
    }
    Ok(asked)
}
