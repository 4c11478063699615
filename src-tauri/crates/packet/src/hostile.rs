//! Files that are signed rightly and say anything at all: a department has a key of its own, and what it signs is its own affair.

use crate::container::HEAD_ENTRY;
use crate::container::{self, Entry};
use crate::head::RECORDS_ENTRY;
use crate::key::SecretKey;
use crate::merge::{Incoming, KeysOf, Office, Sent, merge};
use crate::{Issue, Return, sha256};
use plan::{Department, DepartmentId, DepartmentKind};

const ISSUE: &[u8] = include_bytes!("../tests/v1/issue.planpack");
const RETURN: &[u8] = include_bytes!("../tests/v1/return.planpack");

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// What may stand between two quotation marks, or for a number.
const WORDS: [&str; 14] = [
    "",
    "-1",
    "9999-12-31",
    "2025-02-30",
    "1e999",
    "NaN",
    "2025Q9",
    "\\u0000",
    "progress",
    "target",
    "checklist_item",
    "已销号",
    "../../etc",
    "262143-01-01",
];

/// A text with words put for words, lines doubled, swapped and cut.
fn wreck(dice: &mut Dice, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.roll(4) {
        let (at, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
        match dice.roll(5) {
            0 => lines.swap(at, other),
            1 => lines.insert(at, lines[other].clone()),
            2 => drop(lines.remove(at)),
            3 => {
                let keep = dice.roll(lines[at].chars().count());
                lines[at] = lines[at].chars().take(keep).collect();
            }
            _ => {
                let parts: Vec<&str> = lines[at].split('"').collect();
                let place = dice.roll(parts.len());
                let word = match dice.roll(WORDS.len() + 2) {
                    word if word < WORDS.len() => WORDS[word].to_owned(),
                    word if word == WORDS.len() => "长".repeat(20_000),
                    _ => parts[dice.roll(parts.len())].to_owned(),
                };
                let changed: Vec<&str> =
                    parts.iter().enumerate().map(|(at, part)| if at == place { word.as_str() } else { part }).collect();
                lines[at] = changed.join("\"");
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

/// The file with other records or another head, signed again with a key.
fn signed_again(dice: &mut Dice, file: &[u8], key: &SecretKey) -> Vec<u8> {
    let mut entries = container::open(file).unwrap().entries;
    let text = |entries: &[Entry], name: &str| {
        String::from_utf8(entries.iter().find(|entry| entry.name == name).unwrap().bytes.clone()).unwrap()
    };
    let (before, mut head) = (text(&entries, RECORDS_ENTRY), text(&entries, HEAD_ENTRY));
    let records = wreck(dice, &before);
    head = head.replace(&sha256(before.as_bytes()), &sha256(records.as_bytes()));
    if dice.roll(6) == 0 {
        head = wreck(dice, &head);
    }
    for entry in &mut entries {
        match entry.name.as_str() {
            RECORDS_ENTRY => entry.bytes = records.clone().into_bytes(),
            HEAD_ENTRY => entry.bytes = head.clone().into_bytes(),
            _ => {}
        }
    }
    container::seal(&entries, key).unwrap()
}

/// A whole sentence with a way out; outside of quotation marks no word of a parser's English.
fn assert_told_in_chinese(said: &str) {
    let mut outside = String::new();
    let mut depth = 0_u32;
    for c in said.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let outside = ["manifest.json", "records.jsonl", "planpack"].iter().fold(outside, |text, name| text.replace(name, ""));
    // a word that was cut short has lost its closing mark
    let told = depth > 0 || (!outside.contains(|c: char| c.is_ascii_alphabetic()) && outside.ends_with('。'));
    assert!(told && said.chars().count() < 300, "{said}");
}

#[test]
fn rightly_signed_nonsense_is_read_refused_or_merged_but_never_falls_over() {
    let mut dice = Dice(0xfeed);
    let (_, issue) = Issue::read(ISSUE).unwrap();
    let key = SecretKey::from_text(&issue.secret).unwrap();
    let mut office = Office { workbook: issue.head.workbook.clone(), ..Office::default() };
    office.rows.departments.push(Department {
        id: issue.head.department.clone(),
        name: issue.head.department_name.clone(),
        short_name: String::new(),
        kind: DepartmentKind::Town,
        aliases: Vec::new(),
        position: 0,
    });
    office.rows.tasks = issue.tasks.iter().map(|task| (task.id.clone(), task.clone())).collect();
    for row in &issue.assignments {
        office.rows.assignments.entry(row.task.clone()).or_default().push(row.clone());
    }
    office.rows.items = issue.items.iter().map(|item| (item.id.clone(), item.clone())).collect();
    office.keys.insert(issue.head.department.clone(), KeysOf { current: key.public(), former: Vec::new() });
    office.sent.insert((issue.head.department.clone(), issue.head.quarter), Sent { sent: true, ..Sent::default() });
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..4_000 {
        let bytes = signed_again(&mut dice, RETURN, &key);
        let (signer, read) = match Return::read(&bytes) {
            Ok(read) => read,
            Err(error) => {
                assert_told_in_chinese(&error.to_string());
                refused += 1;
                continue;
            }
        };
        let file = Incoming { file: String::new(), hash: sha256(&bytes), read: Ok((Some(signer), read)) };
        let outcome = merge(&office, &[file], &[]);
        taken += usize::from(outcome.takes_any());
        let others = |department: &DepartmentId| *department != issue.head.department;
        let foreign =
            outcome.writes.iter().any(|write| matches!(write, crate::Write::Progress { row, .. } if others(&row.department)));
        assert!(!foreign, "{outcome:#?}");
    }
    assert!(taken > 300 && refused > 300, "{taken} taken, {refused} refused");
    for _ in 0..1_500 {
        let bytes = signed_again(&mut dice, ISSUE, &key);
        if let Err(error) = Issue::read(&bytes) {
            assert_told_in_chinese(&error.to_string());
        }
    }
}
