//! Files of each format version that shipped, as they were made then: later programs read them, or say what is to be done.
//! The county is invented.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

use packet::{Issue, Kind, Return};
use std::path::Path;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)).unwrap()
}

#[test]
fn an_issue_of_version_1_reads_with_all_that_was_in_it() {
    let (signer, issue) = Issue::read(&file("v1/issue.planpack")).unwrap();
    assert_eq!((issue.head.kind, issue.head.department_name.as_str()), (Kind::Issue, "柳坪镇"));
    assert_eq!((issue.head.quarter.to_string().as_str(), issue.head.office.as_str()), ("2025Q4", "云溪县人民政府督查室"));
    assert_eq!((issue.plans.len(), issue.tasks.len(), issue.items.len(), issue.milestones.len()), (1, 4, 13, 1));
    assert!(issue.assignments.iter().any(|row| row.department == issue.head.department));
    assert!(issue.tasks.iter().all(|task| issue.plans.iter().any(|plan| plan.id == task.plan)));
    assert_eq!(signer.to_text().len(), 64);
}

#[test]
fn a_return_of_version_1_reads_with_all_that_was_in_it() {
    let (signer, returned) = Return::read(&file("v1/return.planpack")).unwrap();
    assert_eq!((returned.head.kind, returned.head.department_name.as_str()), (Kind::Return, "柳坪镇"));
    let (_, issue) = Issue::read(&file("v1/issue.planpack")).unwrap();
    let key = packet::SecretKey::from_text(&issue.secret).unwrap();
    assert_eq!(signer, key.public(), "signed with the key that its issue brought");
    let done = |field: &str| returned.answers.iter().filter(|answer| answer.field == field && answer.now.is_some()).count();
    assert!(done("done") >= 2 && done("done_on") >= 1, "{:#?}", returned.answers);
    assert_eq!((returned.asks.len(), returned.asks[0].asked.as_str()), (1, "2026-06"));
    assert_eq!((returned.unknown, returned.missing.is_empty()), (0, false));
}

#[test]
fn evidence_of_version_1_reads_with_its_bytes() {
    let (signer, kept) = Return::read(&file("v1/evidence.planpack")).unwrap();
    let (_, issue) = Issue::read(&file("v1/issue.planpack")).unwrap();
    assert_eq!(signer, packet::SecretKey::from_text(&issue.secret).unwrap().public());
    assert_eq!((kept.head.kind, kept.head.quarter.to_string().as_str()), (Kind::Evidence, "2025Q4"));
    assert_eq!((kept.answers.len(), kept.evidence.len(), kept.bytes.len()), (0, 1, 1));
    assert_eq!((kept.evidence[0].file_name.as_str(), kept.evidence[0].size), ("验收单.txt", 95));
    let bytes = &kept.bytes[&kept.evidence[0].sha256];
    assert_eq!(std::str::from_utf8(bytes).unwrap().lines().next(), Some("柳坪镇设施农业基地验收单"));
}

#[test]
fn a_closed_quarter_of_version_1_reads_with_all_that_was_in_it() {
    let bytes = file("v1/close.planpack");
    let (_, closed) = Issue::read_close(&bytes).unwrap();
    assert_eq!((closed.head.kind, closed.head.quarter.to_string().as_str()), (Kind::Close, "2025Q3"));
    assert_eq!((closed.plans.len(), closed.sections.len(), closed.departments.len()), (1, 4, 7));
    assert_eq!((closed.tasks.len(), closed.assignments.len(), closed.items.len(), closed.milestones.len()), (5, 9, 9, 1));
    assert_eq!((closed.indicators.len(), closed.targets.len()), (10, 10));
    // it is neither a department's return nor for a department
    assert!(Return::read(&bytes).is_err() && Issue::read(&bytes).is_err());
}

#[test]
fn a_form_of_version_1_reads_and_says_nothing_new() {
    let bytes = file("v1/form.xlsx");
    assert!(packet::is_form(&bytes));
    let (maker, returned) = packet::read_form(&bytes).unwrap();
    let (office, issue) = Issue::read(&file("v1/issue.planpack")).unwrap();
    assert_eq!(maker, office);
    assert_eq!(returned.head.department, issue.head.department);
    assert!(returned.asks.is_empty() && returned.faults.is_empty());
    assert!(returned.answers.iter().all(|answer| answer.now.is_some()), "every field that was sent is there");
}

/// A file with bytes changed, cut out, doubled and swapped, as sticks and mail programs do it.
struct Wrecker(u64);

impl Wrecker {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn wreck(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut wrecked = bytes.to_vec();
        for _ in 0..=self.roll(3) {
            let (at, until) = (self.roll(wrecked.len()), self.roll(wrecked.len()));
            let (from, to) = (at.min(until), at.max(until));
            match self.roll(6) {
                0 => wrecked.truncate(at),
                1 => drop(wrecked.drain(from..to.min(from + 700))),
                2 => {
                    let piece = wrecked[from..to.min(from + 300)].to_vec();
                    wrecked.splice(from..from, piece);
                }
                3 => wrecked[from..to.min(from + 40)].reverse(),
                4 => wrecked[from..to.min(from + 512)].fill(0),
                _ => {
                    if let Some(byte) = wrecked.get_mut(at) {
                        *byte = byte.wrapping_add(1 + u8::try_from(until % 255).unwrap());
                    }
                }
            }
        }
        wrecked
    }
}

#[test]
fn no_wrecked_file_reads_and_none_makes_the_reader_fall_over() {
    let mut wrecker = Wrecker(0x5eed);
    for name in ["v1/issue.planpack", "v1/return.planpack", "v1/evidence.planpack", "v1/close.planpack"] {
        let bytes = file(name);
        for round in 0..3_000 {
            let wrecked = wrecker.wreck(&bytes);
            if wrecked != bytes {
                assert!(Issue::read(&wrecked).is_err() && Return::read(&wrecked).is_err(), "{name}, round {round}");
                assert!(packet::peek(&wrecked).is_err());
            }
        }
    }
    let form = file("v1/form.xlsx");
    for _ in 0..800 {
        // a spreadsheet bears no signature over its bytes: what still reads is checked by the merge
        let _ = packet::read_form(&wrecker.wreck(&form));
    }
}
