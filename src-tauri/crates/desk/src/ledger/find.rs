//! Rows found by words or pinyin initials while a clerk types.

use crate::model::initials::initials;
use crate::model::ledger::Ledger;
use crate::wire::Hit;

/// At most so many hits: more than fit a list are no help.
const MOST: usize = 60;

/// Rows that hold all words of what was typed, or whose initials hold it; departments first, then tasks.
pub(crate) fn hits(ledger: &Ledger, typed: &str) -> Vec<Hit> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let by_letters = words.iter().all(|word| word.chars().all(|c| c.is_ascii_alphanumeric()));
    let holds = |text: &str, letters: Option<&str>| {
        let lower = text.to_lowercase();
        words.iter().all(|word| lower.contains(word.as_str()) || letters.is_some_and(|letters| letters.contains(word.as_str())))
    };
    let mut found = Vec::new();
    for department in &ledger.departments {
        let letters = by_letters.then(|| initials(&department.name));
        let named = holds(&department.name, letters.as_deref()) || department.aliases.iter().any(|alias| holds(alias, None));
        if named {
            found.push(Hit {
                what: "department".to_owned(),
                id: department.id.to_string(),
                task: None,
                text: department.name.clone(),
            });
        }
    }
    for row in &ledger.tasks {
        if found.len() >= MOST {
            return found;
        }
        let letters = by_letters.then_some(row.initials.as_str());
        let task = Some(row.task.id.to_string());
        if holds(&row.task.title, letters) || row.task.number == typed.trim() {
            let text = format!("{}. {}", row.task.number, row.task.title);
            found.push(Hit { what: "task".to_owned(), id: row.task.id.to_string(), task: task.clone(), text });
        }
        for item in row.items.iter().filter(|item| holds(&item.text, None)) {
            found.push(Hit { what: "item".to_owned(), id: item.id.to_string(), task: task.clone(), text: item.text.clone() });
        }
        for milestone in row.milestones.iter().filter(|milestone| holds(&milestone.what, None)) {
            found.push(Hit {
                what: "milestone".to_owned(),
                id: milestone.id.to_string(),
                task: task.clone(),
                text: milestone.what.clone(),
            });
        }
    }
    for measured in &ledger.measured {
        if found.len() >= MOST {
            break;
        }
        if holds(&measured.indicator.name, None) {
            found.push(Hit {
                what: "indicator".to_owned(),
                id: measured.indicator.id.to_string(),
                task: measured.indicator.task.as_ref().map(ToString::to_string),
                text: measured.indicator.name.clone(),
            });
        }
    }
    found.truncate(MOST);
    found
}
