//! The account of a document: each number, clause that names units, dated promise and heading, looked for in the plain text
//! by other means than the reading's own, against what became of it.

use crate::draft::{Doubtful, Draft};
use crate::reason::Reason;
use crate::{Block, Document};
use plan::Span;
use std::collections::BTreeMap;

/// What is accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 数字
    Number,
    /// 责任单位的写法
    Clause,
    /// 有时限的承诺
    Promise,
    /// 标题
    Heading,
}

impl Kind {
    /// As the command line prints it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Clause => "clause",
            Self::Promise => "promise",
            Self::Heading => "heading",
        }
    }
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is in a row of the draft.
    Drawn,
    /// It is a candidate, or a finding asks about it.
    Doubtful,
    /// It is no target.
    SetAside(Reason),
}

/// How many of a kind have a fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Of what.
    pub kind: Kind,
    /// What became of them.
    pub fate: Fate,
    /// How many.
    pub count: usize,
}

/// The account of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Counts by kind and fate.
    pub lines: Vec<Line>,
    /// What has no fate: a defect of the reading.
    pub missing: Vec<(Kind, Span)>,
}

/// Accounts for what a draft of a document holds.
#[must_use]
pub fn account(document: &Document, draft: &Draft) -> Account {
    let text = &document.text;
    let fates = Fates::new(draft);
    let mut counts: BTreeMap<(Kind, Fate), usize> = BTreeMap::new();
    let mut missing = Vec::new();
    let mut enter = |kind: Kind, span: Span, fate: Option<Fate>| match fate {
        Some(fate) => *counts.entry((kind, fate)).or_default() += 1,
        None => missing.push((kind, span)),
    };
    for span in numbers(text) {
        enter(Kind::Number, span, fates.number(span));
    }
    for span in clauses(text) {
        enter(Kind::Clause, span, fates.clause(span));
    }
    for (span, sentence) in promises(text) {
        enter(Kind::Promise, span, fates.promise(span, sentence));
    }
    for span in headings(document) {
        enter(Kind::Heading, span, fates.heading(span));
    }
    let lines = counts.into_iter().map(|((kind, fate), count)| Line { kind, fate, count }).collect();
    Account { lines, missing }
}

/// Spans in order, with what they stand for.
struct Places<T>(Vec<(Span, T)>, usize);

impl<T: Copy> Places<T> {
    fn new(spans: impl Iterator<Item = (Span, T)>) -> Self {
        let mut spans: Vec<(Span, T)> = spans.collect();
        spans.sort_by_key(|(span, _)| (span.start, span.end));
        let longest = spans.iter().map(|(span, _)| span.end.saturating_sub(span.start)).max().unwrap_or(0);
        Self(spans, longest)
    }

    fn touching(&self, span: Span) -> Option<T> {
        let from = self.0.partition_point(|(known, _)| known.start + self.1 < span.start);
        let end = self.0.partition_point(|(known, _)| known.start < span.end);
        self.0[from.min(end)..end].iter().find(|(known, _)| span.start < known.end).map(|(_, fate)| *fate)
    }
}

struct Fates {
    numbers: Places<Fate>,
    rows: Places<Fate>,
    clauses: Places<Fate>,
    headings: Places<Fate>,
    aside: Places<Fate>,
}

impl Fates {
    fn new(draft: &Draft) -> Self {
        let aside = || draft.set_aside.iter().map(|one| (one.span, Fate::SetAside(one.reason)));
        let drawn = draft.targets.iter().map(|target| (target.number, Fate::Drawn));
        let asked = draft.doubtful.iter().filter_map(|row| match row {
            Doubtful::Target(target, _) => Some((target.number, Fate::Doubtful)),
            Doubtful::Milestone(_) => None,
        });
        let rows = draft.targets.iter().map(|target| (target.span, Fate::Drawn));
        let rows = rows.chain(draft.milestones.iter().map(|milestone| (milestone.span, Fate::Drawn)));
        let rows = rows.chain(draft.items.iter().map(|item| (item.span, Fate::Drawn)));
        let rows = rows.chain(draft.doubtful.iter().map(|row| (row.span(), Fate::Doubtful)));
        let found = || draft.findings.iter().filter_map(|finding| Some((finding.span?, Fate::Doubtful)));
        let named = draft.tasks.iter().filter(|task| !task.departments.is_empty());
        let clauses = named.flat_map(|task| task.clause.into_iter().chain([task.span])).map(|span| (span, Fate::Drawn));
        let sections = draft.sections.iter().map(|section| (section.span, Fate::Drawn));
        let tasks = draft.tasks.iter().map(|task| (Span { start: task.span.start, end: task.span.start + 1 }, Fate::Drawn));
        Self {
            numbers: Places::new(drawn.chain(asked).chain(aside())),
            rows: Places::new(rows),
            clauses: Places::new(clauses.chain(found())),
            headings: Places::new(sections.chain(tasks)),
            aside: Places::new(aside()),
        }
    }

    fn number(&self, span: Span) -> Option<Fate> {
        self.numbers.touching(span)
    }

    fn clause(&self, span: Span) -> Option<Fate> {
        self.clauses.touching(span)
    }

    fn promise(&self, span: Span, sentence: Span) -> Option<Fate> {
        self.rows.touching(sentence).or_else(|| self.aside.touching(span))
    }

    fn heading(&self, span: Span) -> Option<Fate> {
        self.headings.touching(span).or_else(|| self.aside.touching(span))
    }
}

/// The value of a digit of any width.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Every run of digits, separators and decimals inside it; and Chinese numerals above one before a common measure word.
fn numbers(text: &str) -> Vec<Span> {
    const HAN: &str = "二两三四五六七八九十百千";
    const MEASURES: &str = "个家项名所座户亩吨元张场台套辆倍";
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut han: Option<(usize, bool)> = None;
    let mut previous = ' ';
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let separated =
            matches!(c, ',' | '，' | '.' | '．') && is_digit(previous) && text[at..].chars().nth(1).is_some_and(is_digit);
        match open {
            Some(start) if !is_digit(c) && !separated => {
                found.push(Span { start, end: at });
                open = None;
            }
            None if is_digit(c) => open = Some(at),
            _ => {}
        }
        match han {
            None if HAN.contains(c) => {
                han = Some((at, !matches!(previous, '第' | '每' | '“' | '一' | '万' | '亿' | '〇' | '零') && !is_digit(previous)))
            }
            Some((start, counted)) if !HAN.contains(c) => {
                if counted && MEASURES.contains(c) && !text[at..].starts_with("家庭") && !text[at..].starts_with("名录") {
                    found.push(Span { start, end: at });
                }
                han = None;
            }
            _ => {}
        }
        previous = c;
    }
    found.sort_by_key(|span| span.start);
    found
}

/// Labels of responsible units with their colon: 责任单位：, 牵头部门:
fn clauses(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for label in ["责任单位", "牵头单位", "配合单位", "责任部门", "牵头部门", "配合部门"] {
        for (at, _) in text.match_indices(label) {
            let end = at + label.len();
            if text[end..].trim_start_matches([' ', '\u{3000}']).starts_with([':', '：']) {
                found.push(Span { start: at, end });
            }
        }
    }
    found
}

/// Years to come before words of delivery: the year's place, and its sentence.
fn promises(text: &str) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("年") {
        let digits = text[..at].trim_end().chars().rev().take_while(|c| is_digit(*c)).count();
        let before = text[..at].trim_end();
        let start = before.char_indices().rev().nth(digits.saturating_sub(1)).map_or(at, |(at, _)| at);
        let behind = text[at + "年".len()..].trim_start_matches(['底', '末', '年']);
        if digits != 4 || !behind.starts_with('前') {
            continue;
        }
        let from =
            text[..start].rfind(['。', '\n', ';', '；']).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let to = text[at..].find(['。', '\n', ';', '；']).map_or(text.len(), |end| at + end);
        let words = &text[at..to];
        if ["完成", "建成", "出台", "编制", "制定", "印发", "投用", "竣工", "上线"].iter().any(|word| words.contains(word))
        {
            found.push((Span { start, end: at }, Span { start: from, end: to }));
        }
    }
    found
}

/// Paragraphs that begin with a number as headings and items do.
fn headings(document: &Document) -> Vec<Span> {
    let text = &document.text;
    let mut found = Vec::new();
    let mut take = |start: usize, line: &str| {
        let body = line.trim_start();
        let start = start + (line.len() - body.len());
        let han: usize = body.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).map(char::len_utf8).sum();
        let numbered = han > 0 && body[han..].starts_with('、');
        let bracket = body.strip_prefix(['（', '(']).is_some_and(|inner| {
            let han: usize = inner.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).map(char::len_utf8).sum();
            han > 0 && inner[han..].starts_with(['）', ')'])
        });
        if (numbered || bracket) && body.chars().nth(6).is_some() {
            let end = start + body.chars().take(3).map(char::len_utf8).sum::<usize>();
            found.push(Span { start, end });
        }
    };
    if document.blocks.is_empty() {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            take(start, line);
            start += line.len();
        }
    } else {
        for block in &document.blocks {
            if let Block::Paragraph(span) = block {
                take(span.start, &text[span.start..span.end]);
            }
        }
    }
    found
}
