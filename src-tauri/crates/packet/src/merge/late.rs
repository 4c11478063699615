//! 补报: a return for a closed quarter, recorded in the next open one where nothing stands yet.

use super::{Office, is_change};
use crate::mark::{About, Address, Field};
use crate::returned::{Answer, Return};
use plan::{Evidence, Quarter};

impl Office {
    /// The first quarter after this one that is not closed.
    #[must_use]
    pub fn next_open(&self, quarter: Quarter) -> Quarter {
        let mut next = quarter.next();
        while self.rows.closed.contains(&next) {
            next = next.next();
        }
        next
    }
}

/// The return as one of an open quarter: ticks as they are, texts marked as late, figures with a note. Where the department has
/// spoken for that quarter itself, its own word counts.
pub(super) fn into_quarter(returned: &Return, into: Quarter) -> Return {
    let from = returned.head.quarter;
    let mut moved = Return { answers: Vec::new(), ..returned.clone() };
    moved.head.quarter = into;
    moved.evidence = returned.evidence.iter().map(|row| Evidence { quarter: into, ..row.clone() }).collect();
    for answer in returned.answers.iter().filter(|answer| is_change(answer)) {
        let Some(address) = answer.address() else {
            moved.answers.push(answer.clone());
            continue;
        };
        if matches!(address.about, About::Item | About::Milestone) {
            moved.answers.push(answer.clone());
            continue;
        }
        let own = Address { department: Some(returned.head.department.clone()), ..address.clone() };
        // what is to be emptied is of the closed quarter; in the open one there is nothing of it
        let Some(now) = answer.now.clone().filter(|now| !address.is_blank(now)) else { continue };
        let mark = format!("补报{}", from.chinese());
        let now = match address.field {
            Field::Done => format!("（{mark}）{now}"),
            Field::Note => format!("{mark}：{now}"),
            _ => now,
        };
        let is_figure = address.field == Field::Value;
        moved.answers.push(Answer {
            now: Some(now),
            was: None,
            said: Vec::new(),
            department: Some(returned.head.department.to_string()),
            ..answer.clone()
        });
        let noted = returned.answers.iter().any(|other| {
            other.row == answer.row
                && other.field == Field::Note.code()
                && other.now.as_ref().is_some_and(|note| !note.is_empty())
                && is_change(other)
        });
        if is_figure && !noted {
            let note = Address { field: Field::Note, ..own };
            moved.answers.push(Answer { since: answer.since, ..Answer::new(&note, Some(mark), None) });
        }
    }
    moved
}
