//! Nothing a document says is left without a fate: our own documents, whole and damaged, and the real ones where they are at hand.

#![allow(clippy::unwrap_used, reason = "a test says by panicking what it did not find")]

use intake::{Document, Fate, Kind, Reason};
use std::path::{Path, PathBuf};

fn texts() -> Vec<(String, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/documents", "../../../tests/documents", "../../../../shared/corpus", "../../../../shared/raw"];
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(here.join(folder)).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned())
    };
    paths.into_iter().map(read).collect()
}

fn document(text: &str) -> Option<Document> {
    intake::read(text.as_bytes(), "甲.txt").ok()
}

fn missing(document: &Document) -> Vec<String> {
    let account = intake::account(document, &intake::draw(document));
    let quote = |(kind, span): &(Kind, plan::Span)| {
        let before: String = document.text[..span.start].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
        let behind: String = document.text[span.start..].chars().take(20).collect();
        format!("{} {before}>{behind}", kind.code())
    };
    account.missing.iter().map(quote).collect()
}

/// A generator of numbers that gives the same ones each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides.max(1) as u64).unwrap()
    }
}

/// A text in which some characters are gone, doubled, swapped or replaced by marks and digits.
fn damaged(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..1 + dice.roll(12) {
        let at = dice.roll(chars.len());
        let other = dice.roll(chars.len());
        match dice.roll(5) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, "1（“、,。\n五%家年月".chars().nth(dice.roll(13)).unwrap_or('9')),
            2 => chars.swap(at, other),
            3 => chars.truncate(chars.len() - dice.roll(chars.len() / 4 + 1)),
            _ => chars[at] = "0３.-—/)〕第每万".chars().nth(dice.roll(11)).unwrap_or('8'),
        }
        if chars.len() < 20 {
            break;
        }
    }
    chars.into_iter().collect()
}

#[test]
fn every_number_clause_promise_and_heading_has_a_fate() {
    let mut lost = Vec::new();
    for (name, text) in texts() {
        let Some(document) = document(&text) else { continue };
        lost.extend(missing(&document).into_iter().map(|quote| format!("{name}: {quote}")));
    }
    assert!(lost.is_empty(), "{} without a fate:\n{}", lost.len(), lost[..lost.len().min(40)].join("\n"));
}

#[test]
fn nothing_is_lost_in_damaged_documents() {
    let own: Vec<(String, String)> = texts().into_iter().filter(|(_, text)| text.len() < 15_000).collect();
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(150);
    let mut dice = Dice(7);
    let mut lost = Vec::new();
    for round in 0..rounds {
        let (name, text) = &own[round % own.len()];
        let text = damaged(text, &mut dice);
        let Some(document) = document(&text) else { continue };
        lost.extend(missing(&document).into_iter().map(|quote| format!("{name} {round}: {quote}")));
    }
    assert!(lost.is_empty(), "{} without a fate:\n{}", lost.len(), lost[..lost.len().min(40)].join("\n"));
}

#[test]
fn fates_and_reasons_are_told_apart() {
    let text = "云溪县产业发展行动计划（2025—2027年）\n一、发展基础\n2024年，全县已建成冷库40座。\n二、重点任务\n（一）做强冷链物流\n到2027年，新建冷库12座，\
                由58%提高到70%。对达到标准的企业，每家给予最高50万元奖励。3个工作日内办结。联系电话：0571-8654321。\n";
    let document = document(text).unwrap();
    let draft = intake::draw(&document);
    let reason = |words: &str| {
        let at = text.find(words).unwrap();
        draft.set_aside.iter().find(|one| one.span.start <= at && at < one.span.end).map(|one| one.reason)
    };
    assert_eq!(reason("2024年"), Some(Reason::Date));
    assert_eq!(reason("40座"), Some(Reason::Past));
    assert_eq!(reason("58%"), Some(Reason::Base));
    assert_eq!(reason("50万元"), Some(Reason::Payment));
    assert_eq!(reason("8654321"), Some(Reason::Number));
    assert!(draft.targets.iter().any(|target| target.value == 12.0));
    let account = intake::account(&document, &draft);
    assert!(account.missing.is_empty());
    assert!(account.lines.iter().any(|line| line.fate == Fate::Drawn && line.kind == Kind::Number));
}

#[test]
fn an_account_of_half_a_draft_does_not_come_out_even() {
    let document = document("云溪县行动计划\n一、重点任务\n到2027年，新建冷库12座。\n").unwrap();
    let mut draft = intake::draw(&document);
    draft.targets.clear();
    assert_eq!(intake::account(&document, &draft).missing.len(), 1);
}
