//! What stands in the office's workbook at an address, and who may fill it.

use super::work::{FigureFields, FigureKey};
use super::{Standing, Write};
use crate::hash::digest;
use crate::mark::{About, Address, Field};
use crate::number::number_of;
use chrono::NaiveDate;
use plan::{
    Actual, ActualId, Assignment, ChecklistItemId, DepartmentId, IndicatorId, MilestoneId, Progress, ProgressId, Quarter, Role,
    Status, TaskId,
};

impl Standing {
    pub(crate) fn is_assigned(&self, task: &TaskId, department: &DepartmentId) -> bool {
        self.assignments.get(task).is_some_and(|of_task| of_task.iter().any(|assignment| assignment.department == *department))
    }

    /// What stands at an address; nothing where it is blank.
    pub(super) fn value(&self, address: &Address, quarter: Quarter) -> Option<String> {
        self.cell(address, quarter).filter(|value| !address.is_blank(value))
    }

    fn cell(&self, address: &Address, quarter: Quarter) -> Option<String> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        match address.about {
            About::Progress => {
                let department = address.department.clone()?;
                let row = self.progress.get(&(TaskId::new(address.row.as_str()), department, quarter))?;
                Some(match address.field {
                    Field::Status => row.status.code().to_owned(),
                    Field::Done => row.done.clone(),
                    Field::Problems => row.problems.clone(),
                    _ => row.next.clone(),
                })
            }
            About::Item => day(self.items.get(&ChecklistItemId::new(address.row.as_str()))?.done_on),
            About::Milestone => day(self.milestones.get(&MilestoneId::new(address.row.as_str()))?.done_on),
            About::Figure => {
                let key = (IndicatorId::new(address.row.as_str()), quarter, address.department.clone());
                let row = self.actuals.get(&key)?;
                Some(if address.field == Field::Note { row.note.clone() } else { crate::number_text(row.value) })
            }
        }
    }

    pub(super) fn progress_or_new(&self, key: &(TaskId, DepartmentId, Quarter)) -> Progress {
        self.progress.get(key).cloned().unwrap_or_else(|| Progress {
            id: ProgressId::new(row_id(key.2, &["progress", key.0.as_str(), key.1.as_str()])),
            task: key.0.clone(),
            department: key.1.clone(),
            quarter: key.2,
            status: Status::NotStarted,
            done: String::new(),
            problems: String::new(),
            next: String::new(),
        })
    }

    /// The write for a figure whose value, note or both change.
    pub(super) fn figure(&self, key: FigureKey, [value, note]: FigureFields) -> Option<Write> {
        let present = self.actuals.get(&key);
        let value = match value {
            Some(None) => return present.map(|row| Write::NoFigure(row.id.clone())),
            Some(Some(text)) => number_of(&text)?,
            None => present?.value,
        };
        let note = match note {
            Some(note) => note.unwrap_or_default(),
            None => present.map(|row| row.note.clone()).unwrap_or_default(),
        };
        let whose = key.2.as_ref().map_or("*", DepartmentId::as_str);
        let id = present.map_or_else(|| ActualId::new(row_id(key.1, &["actual", key.0.as_str(), whose])), |row| row.id.clone());
        Some(Write::Figure(Actual { id, indicator: key.0, quarter: key.1, department: key.2, value, note }))
    }

    /// The departments that may fill a field, the lead first, then in the task's order.
    pub(super) fn who_may<'a>(&'a self, address: &'a Address) -> Vec<&'a DepartmentId> {
        if let Some(department) = &address.department {
            return vec![department];
        }
        let (task, named) = match address.about {
            About::Item => match self.items.get(&ChecklistItemId::new(address.row.as_str())) {
                Some(item) => (Some(&item.task), item.departments.as_slice()),
                None => return Vec::new(),
            },
            About::Milestone => match self.milestones.get(&MilestoneId::new(address.row.as_str())) {
                Some(milestone) => (milestone.task.as_ref(), milestone.departments.as_slice()),
                None => return Vec::new(),
            },
            _ => match self.indicators.get(&IndicatorId::new(address.row.as_str())) {
                Some(indicator) => (indicator.task.as_ref(), [].as_slice()),
                None => return Vec::new(),
            },
        };
        let mut assigned: Vec<&Assignment> =
            task.and_then(|task| self.assignments.get(task)).map(|of_task| of_task.iter().collect()).unwrap_or_default();
        assigned.sort_by_key(|assignment| (assignment.role != Role::Lead, assignment.position, &assignment.department));
        let mut may: Vec<&DepartmentId> = assigned.into_iter().map(|assignment| &assignment.department).collect();
        if !named.is_empty() {
            may.retain(|department| named.contains(department));
            for department in named {
                if !may.contains(&department) {
                    may.push(department);
                }
            }
        }
        may
    }
}

/// The id of a row that a return makes: the same whoever makes it and whenever, so that no order of files can be told from
/// the result. It has the form of a UUIDv7 of the quarter's first day.
fn row_id(quarter: Quarter, parts: &[&str]) -> String {
    let whole = quarter.to_string();
    let mut all: Vec<&[u8]> = vec![b"planbook row 1", whole.as_bytes()];
    all.extend(parts.iter().map(|part| part.as_bytes()));
    id_of(quarter, &digest(&all))
}

/// An id in the form of a UUIDv7 of the quarter's first day, from a hash.
pub(crate) fn id_of(quarter: Quarter, hash: &[u8; 32]) -> String {
    let midnight = quarter.first_day().and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    let millis = u64::try_from(midnight).unwrap_or(0);
    let hex = crate::hash::hex(&hash[..10]);
    let variant = ["8", "9", "a", "b"][usize::from(hash[10] & 3)];
    format!("{:08x}-{:04x}-7{}-{variant}{}-{}", (millis >> 16) & 0xffff_ffff, millis & 0xffff, &hex[..3], &hex[3..6], &hex[6..18])
}
