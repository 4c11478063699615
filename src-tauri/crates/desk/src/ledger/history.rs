//! The history in the words of the office: what the rows were called, what the fields are called.

mod past;
mod words;

use crate::model::desk::Desk;
use crate::model::environment::local;
use crate::model::labels;
use crate::model::ledger::Ledger;
use crate::model::session::Session;
use crate::wire::{self, FieldChange, HistoryEntry, Refusal};
use messages::{Label, Language, Message};
pub(crate) use past::past_the_program;
use plan::{EditId, Quarter, TaskId};
use std::borrow::Cow;
use std::collections::HashMap;
use store::{Change, EditKind, EditRecord, EditState};
pub(crate) use words::{field_word, noun, table_word};

/// Everything that hangs on a row, so that a task's history holds its items, figures and progress too.
pub(crate) fn rows_of(ledger: &Ledger, row: &str) -> Vec<String> {
    let mut rows = vec![row.to_owned()];
    if let Some(task) = ledger.task(&TaskId::new(row)) {
        rows.extend(task.items.iter().map(|item| item.id.to_string()));
        rows.extend(task.milestones.iter().map(|milestone| milestone.id.to_string()));
        rows.extend(task.progress.iter().map(|progress| progress.id.to_string()));
        rows.extend(task.evidence.iter().map(|evidence| evidence.id.to_string()));
        for measured in ledger.measured_of(task) {
            rows.push(measured.indicator.id.to_string());
            rows.extend(measured.targets.iter().map(|target| target.id.to_string()));
            rows.extend(measured.actuals.iter().map(|actual| actual.id.to_string()));
        }
    }
    // the store takes at most so many
    rows.truncate(500);
    rows
}

/// The entries of the wire, newest first; `since` is what rows were called before everything newer than the first. Each entry
/// names its rows as they were called then.
pub(crate) fn entries(ledger: &Ledger, since: &[Change], records: &[EditRecord], language: Language) -> Vec<HistoryEntry> {
    let mut names = Names::new(ledger);
    names.go_back(since.iter());
    let entry = |record: &EditRecord| {
        // a row that the entry removes is known by what it was; one that it renames, by what it is called after
        names.go_back(record.former.iter().filter(|change| change.new.is_none()));
        let label: Message = match record.kind {
            EditKind::Edit => labels::read(&record.label),
            EditKind::Undo => Label::Undone { label: Box::new(labels::read(&record.label)) }.into(),
            EditKind::Redo => Label::Redone { label: Box::new(labels::read(&record.label)) }.into(),
            EditKind::Restore => Label::Restored.into(),
        };
        let entry = HistoryEntry {
            id: record.id.to_string(),
            at: local(record.at).format("%Y-%m-%dT%H:%M:%S").to_string(),
            who: record.who.clone(),
            label: label.render(language),
            key: label.key(),
            undone: record.state != EditState::Done,
            changes: record.changes.iter().filter(|change| is_shown(change)).map(|change| names.line(change)).collect(),
            more: record.more,
        };
        names.go_back(record.former.iter());
        entry
    };
    records.iter().map(entry).collect()
}

/// Ids, places and links say nothing to a clerk.
fn is_shown(change: &Change) -> bool {
    let is_inner =
        matches!(change.table.as_str(), "exchanged" | "import_row") || (change.table == "retired" && change.column == "kind");
    !is_inner
        && !matches!(
            change.column.as_str(),
            "id" | "position"
                | "span_start"
                | "span_end"
                | "source_text"
                | "written_by"
                | "written_at"
                | "sha256"
                | "proposed"
                | "by_default"
                | "plan"
                | "parent"
                | "section"
                | "task"
                | "item"
                | "indicator"
                | "milestone"
                | "short_name"
                | "snapshot"
                | "hash"
                | "previous_hash"
                | "sent_hash"
                | "returned_hash"
                | "returned_serial"
                | "about_table"
                | "about_row"
                | "field"
                | "public_key"
                | "secret_key"
        )
}

/// What the name of a row without one of its own is made of.
#[derive(Debug, Clone, Default)]
struct Parts<'a> {
    of: Cow<'a, str>,
    department: Option<Cow<'a, str>>,
    quarter: Option<Cow<'a, str>>,
}

/// What rows are called: now, or as far back as was gone.
pub(crate) struct Names<'a> {
    rows: HashMap<&'a str, &'a str>,
    parts: HashMap<&'a str, Parts<'a>>,
    former: HashMap<String, String>,
    former_parts: HashMap<String, Parts<'static>>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(ledger: &'a Ledger) -> Self {
        let mut rows: HashMap<&str, &str> = HashMap::new();
        let mut parts: HashMap<&str, Parts<'_>> = HashMap::new();
        let quarter = |quarter: Quarter| Some(Cow::Owned(quarter.to_string()));
        for measured in &ledger.measured {
            let indicator = measured.indicator.id.as_str();
            rows.insert(indicator, &measured.indicator.name);
            for target in &measured.targets {
                parts.insert(target.id.as_str(), Parts { of: indicator.into(), ..Parts::default() });
            }
            for actual in &measured.actuals {
                let department = actual.department.as_ref().map(|department| department.as_str().into());
                let of = Parts { of: indicator.into(), department, quarter: quarter(actual.quarter) };
                parts.insert(actual.id.as_str(), of);
            }
        }
        for row in &ledger.tasks {
            let task = row.task.id.as_str();
            rows.insert(task, &row.task.title);
            for item in &row.items {
                rows.insert(item.id.as_str(), &item.text);
            }
            for milestone in &row.milestones {
                rows.insert(milestone.id.as_str(), &milestone.what);
            }
            for progress in &row.progress {
                let department = Some(progress.department.as_str().into());
                let of = Parts { of: task.into(), department, quarter: quarter(progress.quarter) };
                parts.insert(progress.id.as_str(), of);
            }
            for evidence in &row.evidence {
                rows.insert(evidence.id.as_str(), &evidence.file_name);
            }
        }
        rows.extend(ledger.people.iter().map(|person| (person.id.as_str(), person.name.as_str())));
        rows.extend(ledger.off.iter().map(|(id, name)| (id.as_str(), name.as_str())));
        rows.extend(ledger.goals.iter().map(|milestone| (milestone.id.as_str(), milestone.what.as_str())));
        rows.extend(ledger.plans.iter().map(|plan| (plan.id.as_str(), plan.title.as_str())));
        rows.extend(ledger.sections.iter().map(|section| (section.id.as_str(), section.title.as_str())));
        rows.extend(ledger.departments.iter().map(|department| (department.id.as_str(), department.name.as_str())));
        Self { rows, parts, former: HashMap::new(), former_parts: HashMap::new() }
    }

    /// Takes back what changes made of the names.
    fn go_back<'c>(&mut self, changes: impl Iterator<Item = &'c Change>) {
        for change in changes {
            let Some(old) = &change.old else { continue };
            let parts = || self.parts.get(change.row.as_str()).cloned().map(Parts::kept).unwrap_or_default();
            match change.column.as_str() {
                "indicator" | "task" | "about_row" => {
                    self.former_parts.entry(change.row.clone()).or_insert_with(parts).of = Cow::Owned(old.clone());
                }
                "department" => {
                    self.former_parts.entry(change.row.clone()).or_insert_with(parts).department = Some(Cow::Owned(old.clone()));
                }
                "quarter" => {
                    self.former_parts.entry(change.row.clone()).or_insert_with(parts).quarter = Some(Cow::Owned(old.clone()));
                }
                _ => {
                    self.former.insert(change.row.clone(), old.clone());
                }
            }
        }
    }

    /// What a row is called; a key of several parts by all of them.
    pub(crate) fn row(&self, id: &str) -> String {
        if let Some(parts) = self.former_parts.get(id).or_else(|| self.parts.get(id)) {
            return self.of_parts(parts);
        }
        let parts = id.split('/').map(|part| self.part(part));
        // an id that no row ever had says nothing to a reader
        let known: Vec<Cow<'_, str>> = parts.filter(|part| part.len() != 36 || !part.contains('-')).collect();
        known.join(" ")
    }

    fn part<'s>(&'s self, part: &'s str) -> Cow<'s, str> {
        if let Some(name) = self.former.get(part).map(String::as_str).or_else(|| self.rows.get(part).copied()) {
            return name.into();
        }
        part.parse::<Quarter>().map_or(Cow::Borrowed(part), |quarter| quarter.chinese().into())
    }

    fn of_parts(&self, parts: &Parts<'_>) -> String {
        let of = self.row(&parts.of);
        let beside = [parts.department.as_deref(), parts.quarter.as_deref()];
        let beside = beside.into_iter().flatten().map(|part| self.row(part));
        std::iter::once(of).chain(beside).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn line(&self, change: &Change) -> FieldChange {
        let label = format!("{}·{}", table_word(&change.table), field_word(&change.table, &change.column));
        let value = |value: &Option<String>| {
            let said = |text: &String| words::value(&change.table, &change.column, text);
            value.as_ref().map(|text| said(text).unwrap_or_else(|| self.value(&change.column, text)))
        };
        FieldChange {
            what: change.table.clone(),
            row: match change.table.as_str() {
                "setting" => crate::model::settings::label(&change.row).to_owned(),
                "passage" => words::passage_row(&change.row),
                "department_key" => self.row(change.row.split('/').next().unwrap_or_default()),
                _ => self.row(&change.row),
            },
            id: change.row.clone(),
            field: change.column.clone(),
            label,
            old: value(&change.old),
            new: value(&change.new),
        }
    }

    /// A value as people read it.
    pub(crate) fn value(&self, column: &str, text: &str) -> String {
        match column {
            "department" | "person" => self.row(text),
            _ => words::plain_value(column, text),
        }
    }
}

impl Parts<'_> {
    fn kept(self) -> Parts<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Parts { of: own(self.of), department: self.department.map(own), quarter: self.quarter.map(own) }
    }
}

impl Session {
    /// The history, newest first.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn history(&mut self, request: &wire::OfHistory) -> Result<Vec<HistoryEntry>, Refusal> {
        self.desk()?.history(request)
    }
}

impl Desk {
    pub(crate) fn history(&mut self, request: &wire::OfHistory) -> Result<Vec<HistoryEntry>, Refusal> {
        let rows: Vec<String> = match &request.row {
            None => Vec::new(),
            Some(row) => {
                let ledger = self.ledger()?;
                rows_of(ledger, row)
            }
        };
        let before = request.before.as_deref().map(EditId::new);
        let query = store::HistoryQuery {
            rows,
            entries: request.limit.unwrap_or(200),
            changes: request.changes.unwrap_or(200),
            before: before.clone(),
        };
        let records = self.workbook().history(&query)?;
        let since = before.map(|edit| self.workbook().former_names_since(&edit)).transpose()?.unwrap_or_default();
        let language = self.language();
        let loaded = self.load()?;
        Ok(entries(loaded.ledger(), &since, &records, language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every table and column of the schema as it is.
    fn columns() -> Vec<(String, String)> {
        let mut columns = Vec::new();
        let mut table = String::new();
        for line in include_str!("../../../store/tests/schema.golden.sql").lines() {
            if let Some(name) = line.strip_prefix("CREATE TABLE ") {
                table = name.split([' ', '(']).next().unwrap_or_default().to_owned();
            } else if let Some(column) = line.strip_prefix("  ").and_then(|line| line.split(' ').next())
                && column.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            {
                columns.push((table.clone(), column.to_owned()));
            }
        }
        columns
    }

    #[test]
    fn every_field_that_the_history_shows_has_a_chinese_word() {
        let outside = ["meta", "draft", "preference", "identity", "edit", "edit_row", "evidence_bytes"];
        let mut seen = 0;
        for (table, column) in columns() {
            let change = Change {
                table: table.clone(),
                row: String::new(),
                action: store::Action::Updated,
                column: column.clone(),
                old: None,
                new: None,
            };
            if outside.contains(&table.as_str()) || !is_shown(&change) {
                continue;
            }
            for word in [table_word(&table), field_word(&table, &column)] {
                assert!(!word.is_empty() && word.chars().all(|c| !c.is_ascii_alphabetic()), "{table}.{column}: {word}");
            }
            seen += 1;
        }
        assert!(seen > 80, "{seen}");
    }

    #[test]
    fn codes_and_moments_are_said_in_words() {
        let cases = [
            ("department", "kind", "vertical", "垂管"),
            ("task", "kind", "safeguard", "保障措施"),
            ("plan", "stage", "issued", "已印发"),
            ("indicator", "kind", "inverse", "逆指标"),
            ("target", "op", ">=", "不少于"),
            ("exchange", "state", "merged", "已合并"),
            ("quarter_close", "closed_at", "2025-07-10T01:30:00.000Z", "2025-07-10 09:30"),
            ("setting", "value", "\"云溪县督查室\"", "云溪县督查室"),
            ("setting", "value", "true", "开"),
            ("request", "approved", "0", "否"),
        ];
        for (table, column, text, word) in cases {
            assert_eq!(words::value(table, column, text).as_deref(), Some(word), "{table}.{column}");
        }
        assert_eq!(words::value("task", "title", "vertical"), None, "a title is no code");
    }
}
