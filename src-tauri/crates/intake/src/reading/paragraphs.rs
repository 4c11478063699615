//! The paragraphs of a document as its author meant them: page marks taken out, broken lines joined, and a text that a
//! conversion ran together into one line set apart again.

use super::brackets::Depth;
use super::cores;
use super::marker::{self, Kind};
use super::passage::Passage;
use super::responsibility;
use super::words::{bare, words};
use crate::{Block, Document};
use plan::Span;

/// A paragraph, or a row of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paragraph {
    /// The text; of a row the whole line.
    pub(crate) passage: Passage,
    /// The cells of a row; empty for a paragraph.
    pub(crate) cells: Vec<Passage>,
    /// True for the first row of a table.
    pub(crate) first_row: bool,
}

impl Paragraph {
    pub(crate) fn text(&self) -> &str {
        self.passage.as_str()
    }
}

/// Reads the paragraphs of a document.
pub(crate) fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let lines = lines(document);
    let lines = without_page_marks(&document.text, lines);
    let lines = joined(&document.text, lines);
    lines.into_iter().flat_map(apart).collect()
}

fn lines(document: &Document) -> Vec<Paragraph> {
    let source = &document.text;
    let paragraph = |span: Span| {
        let passage = Passage::read(source, span);
        let whole = 0..passage.as_str().len();
        Paragraph { passage: passage.part(&whole), ..Paragraph::default() }
    };
    let mut found: Vec<Paragraph> = if document.blocks.is_empty() {
        let mut start = 0;
        let spans: Vec<Span> = source
            .split_inclusive('\n')
            .map(|line| {
                start += line.len();
                Span { start: start - line.len(), end: start }
            })
            .collect();
        cores::each(spans.len(), source.len(), |at| paragraph(spans[at]))
    } else {
        cores::each(document.blocks.len(), source.len(), |at| match &document.blocks[at] {
            Block::Paragraph(span) => paragraph(*span),
            Block::Row { span, cells, first } => {
                let mut row = paragraph(*span);
                // a row of one cell is a box drawn around paragraphs, or a table's title
                if cells.len() >= 2 {
                    row.cells = cells.iter().map(|cell| paragraph(*cell).passage).collect();
                    row.first_row = *first;
                }
                row
            }
        })
    };
    found.retain(|line| !line.text().is_empty());
    found
}

/// - 3 - · 第3页 共5页 · 3/12
fn is_page_number(text: &str) -> bool {
    if text.chars().filter(|c| !c.is_whitespace()).nth(40).is_some() {
        return false;
    }
    let bare = bare(text);
    if bare.len() > 40 {
        return false;
    }
    let dashed = bare.starts_with(['-', '—', '·']) && bare.ends_with(['-', '—', '·']);
    let inner = bare.trim_matches(['-', '—', '·']);
    if dashed && !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let Some(rest) = bare.strip_prefix('第') else {
        return false;
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0
        && rest[digits..]
            .strip_prefix('页')
            .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '共' | '页' | '/' | ',' | '(' | ')')))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '!', '?', '！', '？', ';', ':', '”', '》', ')', '】'])
}

/// True for a line that ends with a clause of responsible units, which needs no full stop: 责任单位:县水利局
fn ends_with_units(text: &str) -> bool {
    let last = text.rsplit('。').next().unwrap_or(text);
    words!["单位:", "部门:", "时限:", "时间:"].within(last)
}

/// The lines before which a conversion left the page's number, “9体制机制”, “10一、重点任务”: numbers that go up by one or two, with
/// no unit behind them, through four lines at least.
fn glued_numbers(lines: &[Paragraph]) -> Vec<usize> {
    let glued: Vec<(usize, u64)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.cells.is_empty())
        .filter_map(|(at, line)| {
            let text = line.text();
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let behind = &text[digits..];
            let han = behind.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '(');
            let counts = behind.starts_with(['年', '月', '日', '个', '家', '项', '万', '亿', '千', '百']);
            ((1..=3).contains(&digits) && han && !counts).then(|| text[..digits].parse().ok().map(|number| (at, number)))?
        })
        .take(2_000)
        .collect();
    let mut best = Vec::new();
    for start in 0..glued.len().min(20) {
        let mut run = vec![glued[start]];
        for next in &glued[start + 1..] {
            let last = run[run.len() - 1];
            if next.1 > last.1 && next.1 <= last.1 + 2 && next.0 > last.0 + 5 {
                run.push(*next);
            }
        }
        if run.len() > best.len() {
            best = run;
        }
    }
    if best.len() >= 4 { best.into_iter().map(|(at, _)| at).collect() } else { Vec::new() }
}

/// Page numbers are left out. Some conversions print the page's number as “3、” before its first character, in the middle
/// of a sentence or even of a word: where the lines of a document are numbered so, the numbers are left out and the
/// lines read on.
fn without_page_marks(source: &str, mut lines: Vec<Paragraph>) -> Vec<Paragraph> {
    lines.retain(|line| !line.cells.is_empty() || !is_page_number(line.text()));
    for at in glued_numbers(&lines) {
        let text = lines[at].text();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let passage = lines[at].passage.part(&(digits..text.len()));
        lines[at].passage = passage;
    }
    let mark = |text: &str, page: u64| {
        let rest = text.strip_prefix(&page.to_string())?;
        let rest = rest.strip_prefix('、')?;
        Some(text.len() - rest.len())
    };
    let (mut page, mut broken, mut first) = (0, 0, None);
    for (i, line) in lines.iter().enumerate() {
        if mark(line.text(), page + 1).is_some() {
            page += 1;
            first.get_or_insert(i);
            if i > 0 && page > 1 && !ends_sentence(lines[i - 1].text()) && !ends_with_units(lines[i - 1].text()) {
                broken += 1;
            }
        } else if page > 0 && mark(line.text(), 1).is_some() {
            // a list that begins anew: pages do not
            return lines;
        }
    }
    let Some(first) = first.filter(|_| page >= 3 && broken * 2 >= page - 1) else {
        return lines;
    };
    let tail = lines.split_off(first);
    let mut whole = Passage::default();
    let mut page = 0;
    for line in &tail {
        let mut from = 0;
        if let Some(length) = mark(line.text(), page + 1) {
            page += 1;
            from = length;
        }
        let part = line.passage.part(&(from..line.text().len()));
        whole.append(source, part.whole());
    }
    lines.push(Paragraph { passage: whole, ..Paragraph::default() });
    lines
}

/// How far a line of the document is set in, in columns: a Chinese character takes two.
fn indent(source: &str, line: &Paragraph) -> usize {
    let start = line.passage.whole().start;
    let before = source[..start].char_indices().rev().take(120).take_while(|(_, c)| c.is_whitespace() && *c != '\n');
    before.map(|(_, c)| columns(c)).sum()
}

fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// The widest line of wrapped text, in columns.
const WIDEST: usize = 180;

/// Joins the lines of a text that was wrapped at a fixed width.
fn joined(source: &str, lines: Vec<Paragraph>) -> Vec<Paragraph> {
    let indents: Vec<usize> = lines.iter().map(|line| indent(source, line)).collect();
    let widths: Vec<usize> = lines
        .iter()
        .zip(&indents)
        .map(|(line, indent)| {
            let span = line.passage.whole();
            // a line that runs on beyond any page was not wrapped: how far it runs does not matter
            indent + source[span.start..span.end].chars().take(WIDEST + 1).map(columns).sum::<usize>()
        })
        .collect();
    let edge = widths.iter().copied().max().unwrap_or(0);
    let is_full = |width: usize| width + 5 >= edge;
    let full = widths.iter().filter(|width| is_full(**width)).count();
    if !(36..=WIDEST).contains(&edge) || full < 8 || full * 4 < lines.len() {
        return lines;
    }
    // where first lines are set in, a line that is not goes on with the paragraph, even behind a full stop
    let set_in = indents.iter().filter(|indent| **indent >= 2).count() * 10 >= lines.len();
    let mut found: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for (i, line) in lines.into_iter().enumerate() {
        let continues = open
            && line.cells.is_empty()
            && !(set_in && indents[i] >= 2)
            && (set_in || marker::marker(line.text()).is_none())
            && !line.text().starts_with("——");
        let ends = !set_in && ends_sentence(line.text());
        match found.last_mut() {
            Some(last) if continues => last.passage.append(source, line.passage.whole()),
            _ => found.push(line),
        }
        open = is_full(widths[i]) && !ends;
    }
    found
}

/// True where a paragraph is the text of a whole document, run together.
fn is_flattened(text: &str) -> bool {
    if text.len() < 1500 {
        return false;
    }
    let (mut chapters, mut all) = (0, 0);
    for at in sentence_starts(text, true) {
        if let Some(found) = marker::marker(&text[at..]) {
            all += 1;
            chapters += usize::from(matches!(found.kind, Kind::Han | Kind::Chapter | Kind::Part));
        }
    }
    chapters >= 1 && all >= 3
}

/// Where a sentence may start: after 。 and its like, after white space between Chinese text if `spaces`.
fn sentence_starts(text: &str, spaces: bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut previous = ' ';
    let mut after_space = false;
    for (at, c) in text.char_indices() {
        if c == ' ' {
            after_space = true;
            continue;
        }
        let closed = matches!(previous, '。' | '！' | '？' | '!' | '?' | ';')
            || (previous == ')' && !matches!(c, '。' | ',' | ';' | '、'));
        if closed || (spaces && after_space && !previous.is_ascii_alphanumeric()) {
            found.push(at);
        }
        previous = c;
        after_space = false;
    }
    found
}

/// Sets apart what was run together. In an ordinary paragraph only a chapter's or a section's number after a full stop
/// starts a new one.
fn apart(paragraph: Paragraph) -> Vec<Paragraph> {
    let text = paragraph.text();
    if !paragraph.cells.is_empty() || text.len() < 60 {
        return vec![paragraph];
    }
    let flattened = is_flattened(text);
    let mut cuts = vec![0];
    for at in sentence_starts(text, flattened) {
        let spaced = text[..at].ends_with(' ');
        let found = marker::marker(&text[at..]);
        let cut = match found.map(|found| found.kind) {
            Some(Kind::Han | Kind::Chapter | Kind::Part) => text[..at].trim_end().ends_with('。') || flattened,
            Some(Kind::HanBracket) => text[..at].trim_end().ends_with(['。', ')']) || (flattened && spaced),
            Some(_) => flattened && (spaced || text[..at].ends_with(['。', ')'])),
            None => flattened && (spaced || text[at..].starts_with("——")),
        };
        if cut {
            cuts.push(at);
        }
    }
    // “二、重点任务(一)系统谋划”: a chapter's heading with the next number right behind it
    if flattened {
        let mut more = Vec::new();
        for (i, start) in cuts.iter().enumerate() {
            let end = cuts.get(i + 1).copied().unwrap_or(text.len());
            let piece = &text[*start..end];
            if let Some(chapter) = marker::marker(piece).filter(|found| found.kind == Kind::Han)
                && let Some(open) = piece[chapter.length..].find('(')
                && piece[chapter.length..chapter.length + open].chars().count() <= 24
                && !piece[chapter.length..chapter.length + open].contains(['。', ','])
                && marker::marker(&piece[chapter.length + open..]).is_some_and(|found| found.number == Some(1))
            {
                more.push(start + chapter.length + open);
            }
        }
        cuts.extend(more);
        cuts.sort_unstable();
    }
    if !flattened {
        cuts.splice(1..1, under_heading(text));
    }
    if cuts.len() == 1 {
        cuts.extend(run_in(text));
    }
    if cuts.len() == 1 {
        return vec![paragraph];
    }
    let mut found = Vec::new();
    for (i, start) in cuts.iter().enumerate() {
        let end = cuts.get(i + 1).copied().unwrap_or(text.len());
        let passage = paragraph.passage.part(&(*start..end));
        if !passage.as_str().is_empty() {
            found.push(Paragraph { passage, ..Paragraph::default() });
        }
    }
    found
}

/// “二、激发活力(五)精简审批1.清理…”: the headings that a line's own heading runs into, each deeper than the one before, before
/// the first full stop.
fn under_heading(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let Some(first) = marker::marker(text) else {
        return found;
    };
    let end = text.find(['。', ',', ';', ':']).unwrap_or(text.len());
    let (mut kind, mut from) = (first.kind, first.length);
    let mut previous = ' ';
    for (at, c) in text.char_indices().take(140).take_while(|(at, _)| *at < end) {
        let opens = at >= from + 12 && ('\u{4e00}'..='\u{9fff}').contains(&previous) && (c == '(' || c == '1');
        previous = c;
        if !opens {
            continue;
        }
        let Some(next) = marker::marker(&text[at..]).filter(|next| next.kind > kind && next.kind <= Kind::Arabic) else {
            continue;
        };
        let titled = text[at + next.length..].chars().take(4).all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '“');
        if titled && (next.kind == Kind::HanBracket || next.number == Some(1)) {
            found.push(at);
            (kind, from) = (next.kind, at + next.length);
        }
    }
    found
}

/// Items with headings of their own that run on in one paragraph: “…。1.提升初加工。新建…2.做强精深加工。…(牵头单位:…)”, numbered
/// from 1. Where each begins, and where the clause behind the last does, which is meant for all of them.
fn run_in(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for at in sentence_starts(text, false) {
        let Some(marker) = marker::marker(&text[at..]).filter(|marker| marker.kind == Kind::Arabic) else { continue };
        let titled = text[at + marker.length..].split_once('。').is_some_and(|(title, rest)| {
            (2..=20).contains(&title.chars().count()) && !title.contains([',', ';']) && !rest.is_empty()
        });
        if titled && marker.number == u64::try_from(found.len() + 1).ok() {
            found.push(at);
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    let depth = Depth::of(text);
    let clause = responsibility::places(text, &depth).into_iter().next_back();
    found.extend(clause.map(|place| place.range.start).filter(|start| found.last().is_some_and(|last| start > last)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let mut document = crate::read("占位".as_bytes(), "甲.txt").unwrap();
        text.clone_into(&mut document.text);
        document.blocks.clear();
        paragraphs(&document).iter().map(|p| p.text().to_owned()).collect()
    }

    #[test]
    fn page_numbers_are_left_out() {
        assert_eq!(read("一、总体要求\n- 3 -\n第 4 页 共 9 页\n(一)目标"), ["一、总体要求", "(一)目标"]);
    }

    #[test]
    fn a_page_number_glued_to_a_line_is_left_out() {
        let page = "全县各级各部门要认真抓好落实\n完善工作机制\n强化要素保障\n健全考核体系\n营造良好氛围\n";
        let text: String = [(7, "体制机制更加完善"), (8, "三、重点任务"), (9, "公共服务水平提升"), (10, "(一)做强产业")]
            .iter()
            .map(|(number, line)| format!("{number}{line}\n{page}"))
            .collect();
        let found = read(&text);
        assert!(found.contains(&"三、重点任务".to_owned()) && found.contains(&"(一)做强产业".to_owned()), "{found:?}");
        assert_eq!(read("3个项目开工\n4个项目竣工")[0], "3个项目开工");
    }

    #[test]
    fn numbered_pages_read_on() {
        let text = "某某文库\n1、云岭县行动方案为加快发展制定\n2、本方案到202\n3、5年新增企业10家。";
        assert_eq!(read(text), ["某某文库", "云岭县行动方案为加快发展制定本方案到2025年新增企业10家。"]);
    }

    #[test]
    fn a_numbered_list_of_whole_sentences_is_no_page_numbering() {
        let text = "1、建设学校。\n2、建设医院。\n3、建设公园。";
        assert_eq!(read(text).len(), 3);
    }

    #[test]
    fn items_that_run_on_in_a_paragraph_are_set_apart() {
        let text = "(三)育龙头,延伸链条。1.提升初加工。新建冷库5座。2.做强精加工。建成厂房8万平方米。(牵头单位:县工信局;责任单位:县商务局)";
        let found = read(text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[2], "2.做强精加工。建成厂房8万平方米。");
        assert_eq!(found[3], "(牵头单位:县工信局;责任单位:县商务局)");
    }

    #[test]
    fn headings_that_run_into_each_other_are_set_apart() {
        let text = "二、放要放出活力和创造力(五)大幅精简各类重复审批1.清理规范审批事项,公布清单。(县政务办负责)";
        assert_eq!(
            read(text),
            ["二、放要放出活力和创造力", "(五)大幅精简各类重复审批", "1.清理规范审批事项,公布清单。(县政务办负责)"]
        );
        let text = "二、落实上级文件要求的各项工作任务,按照方案第(三)项的规定抓好落实,确保各项工作取得实效,年底前完成。";
        assert_eq!(read(text).len(), 1);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let line = "推动全县物流业提质增效降本，建设现代流通体系，完善网络";
        let mut text = String::new();
        for _ in 0..10 {
            text.push_str(&format!("    {}\n{line}\n到 2025 年新增企业 8\n", &line[..line.len() - 6]));
        }
        let read = read(&text);
        assert_eq!(read.len(), 10, "{read:?}");
        assert!(read[0].ends_with("到 2025 年新增企业 8"));
    }

    #[test]
    fn a_chapter_behind_a_full_stop_starts_a_paragraph() {
        let text = format!("{}。二、重点任务", "推动全县经济社会高质量发展取得新成效新进展新突破".repeat(2));
        assert_eq!(read(&text)[1], "二、重点任务");
    }
}
