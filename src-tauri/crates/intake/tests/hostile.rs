//! No text makes the reading panic, hang or point outside the document.

#![allow(clippy::unwrap_used, reason = "a test says by panicking what it did not find")]

use intake::{Block, Document, Draft};
use plan::Span;
use std::fmt::Write as _;

/// A small generator of its own, so that a failing case comes again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span { start, end: start + line.trim_end_matches('\n').len() };
        if line.contains('\t') {
            let mut cells = Vec::new();
            let mut at = start;
            for cell in line.trim_end_matches('\n').split('\t') {
                cells.push(Span { start: at, end: at + cell.len() });
                at += cell.len() + 1;
            }
            blocks.push(Block::Row { span, cells, first: start == 0 });
        } else {
            blocks.push(Block::Paragraph(span));
        }
        start += line.len();
    }
    let mut document = intake::read("占位".as_bytes(), "甲.txt").unwrap();
    text.clone_into(&mut document.text);
    document.blocks = blocks;
    document
}

/// Every span lies in the text, on borders of characters, and holds something.
fn check(document: &Document, draft: &Draft) {
    let hold = |span: Span, what: &str| {
        let quote = document.text.get(span.start..span.end);
        assert!(
            quote.is_some_and(|quote| !quote.is_empty()),
            "{what}: {span:?} in {:?}",
            document.text.chars().take(200).collect::<String>()
        );
    };
    draft.sections.iter().for_each(|row| hold(row.span, "section"));
    draft.targets.iter().for_each(|row| hold(row.span, "target"));
    draft.milestones.iter().for_each(|row| hold(row.span, "milestone"));
    draft.items.iter().for_each(|row| hold(row.span, "item"));
    for task in &draft.tasks {
        hold(task.span, "task");
        task.clause.into_iter().for_each(|span| hold(span, "clause"));
        assert!(!task.title.is_empty());
    }
    draft.findings.iter().filter_map(|row| row.span).for_each(|span| hold(span, "finding"));
    for row in draft.targets.iter().map(|row| row.task).chain(draft.milestones.iter().map(|row| row.task)).flatten() {
        assert!(row < draft.tasks.len());
    }
    assert!(draft.items.iter().all(|item| item.task < draft.tasks.len()));
}

fn draw(text: &str) -> Draft {
    let document = document(text);
    let draft = intake::draw(&document);
    check(&document, &draft);
    let mut bare = document;
    bare.blocks.clear();
    check(&bare, &intake::draw(&bare));
    draft
}

fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn truncated_documents_are_read() {
    let mut dice = Dice(7);
    for text in samples() {
        for _ in 0..12 {
            let mut end = dice.roll(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            draw(&text[..end]);
            draw(&text[end..]);
        }
    }
}

#[test]
fn shuffled_lines_are_read() {
    let mut dice = Dice(11);
    for text in samples() {
        let mut lines: Vec<&str> = text.lines().collect();
        for _ in 0..6 {
            for i in (1..lines.len()).rev() {
                lines.swap(i, dice.roll(i + 1));
            }
            draw(&lines.join("\n"));
        }
    }
}

#[test]
fn shuffled_characters_are_read() {
    let mut dice = Dice(13);
    for text in samples() {
        let mut characters: Vec<char> = text.chars().collect();
        for round in 0..8 {
            // first a few exchanges, which leaves most words whole, then many
            for _ in 0..characters.len() >> (8 - round) {
                let (a, b) = (dice.roll(characters.len()), dice.roll(characters.len()));
                characters.swap(a, b);
            }
            draw(&characters.iter().collect::<String>());
        }
    }
}

#[test]
fn words_of_the_grammar_in_any_order_are_read() {
    const WORDS: &[&str] = &[
        "一、",
        "(一)",
        "1.",
        "①",
        "第一章",
        "——",
        "到",
        "2025年",
        "6月底前",
        "“十五五”",
        "期间",
        "每年",
        "累计",
        "达到",
        "分别",
        "、",
        "和",
        "，",
        "。",
        "；",
        "：",
        "(",
        ")",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "\n",
        "\t",
        " ",
        "　",
        "50",
        "1.2",
        "２０",
        "亿",
        "万",
        "%",
        "％",
        "个",
        "家",
        "以上",
        "左右",
        "以内",
        "—",
        "-",
        "责任单位",
        "牵头单位",
        "负责",
        "牵头",
        "配合",
        "县科技局",
        "各县(市、区)政府",
        "下同",
        "列第一位者为牵头单位",
        "本项及以下工作均需",
        "落实",
        "其中",
        "占",
        "比重",
        "由",
        "提高到",
        "翻一番",
        "全覆盖",
        "清零",
        "完成",
        "建成",
        "出台",
        "附件",
        "目录",
        "指标",
        "单位",
        "2020年基期",
        "2025年目标",
        "任务",
        "完成时限",
        "\u{200b}",
        "é",
        "😀",
        "的",
        "将",
        "第",
        "三",
        "百",
        "余",
        "比",
        "较",
        "报",
    ];
    let mut dice = Dice(17);
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..dice.roll(60) {
            text.push_str(WORDS[dice.roll(WORDS.len())]);
        }
        draw(&text);
    }
}

#[test]
fn long_repetitions_take_no_long_time() {
    // grammar that looked again at everything before would need minutes for these
    for (fragment, count) in [
        ("(", 60_000),
        ("“", 60_000),
        ("(一)", 30_000),
        ("一、甲\n", 20_000),
        ("责任单位：", 20_000),
        ("50家、", 30_000),
        ("分别达到50%、", 20_000),
        ("2025年", 30_000),
        ("甲和乙、", 30_000),
        ("1.甲。\n", 20_000),
        ("目录\n", 20_000),
        ("甲……3\n", 20_000),
        ("指标\n", 20_000),
        ("附件\n", 20_000),
        ("县科技局、", 30_000),
        ("\t", 60_000),
        ("|", 60_000),
        ("1、甲", 20_000),
        ("其中(", 20_000),
        ("，", 60_000),
        ("到2025年，", 20_000),
        ("(其中1家)", 20_000),
        ("(一)甲局：乙。\n", 15_000),
        ("1", 100_000),
        ("一", 60_000),
        ("十", 60_000),
        ("百", 60_000),
    ] {
        let text = fragment.repeat(count / 4);
        draw(&text);
        draw(&format!("一、重点任务\n(一)甲乙丙丁。{text}"));
    }
}

#[test]
fn deep_nesting_is_read() {
    let mut text = String::new();
    for depth in 0..2000 {
        let _ = write!(text, "({}“《", depth % 10);
    }
    text.push_str("一、任务\n(一)建设平台5个。");
    draw(&text);
}

#[test]
fn a_text_without_a_plan_says_so() {
    for text in ["", "\n", "今天天气很好。", "Lorem ipsum dolor sit amet."] {
        let draft = draw(text);
        assert!(draft.tasks.is_empty() && draft.targets.is_empty());
        assert_eq!(draft.findings[0].kind, intake::FindingKind::NoPlan, "{text}");
    }
}
