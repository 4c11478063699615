//! Tables: rows that the reader of the form found, lines of text whose columns are set apart by tabs, bars or spaces, and
//! tables that a conversion broke into one cell a line.

use super::outline::Zone;
use super::paragraphs::Paragraph;
use super::passage::Passage;
use super::quantity;
use super::words::{bare, words};
use std::ops::Range;

/// A table and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// The line above it.
    pub(crate) caption: String,
    /// Rows of cells, the head first.
    pub(crate) rows: Vec<Vec<Passage>>,
    /// The paragraphs it takes up.
    pub(crate) paragraphs: Range<usize>,
}

/// Words that stand in the head of a table an office would read into its ledger.
const HEADS: &[&str] = &[
    "指标",
    "单位",
    "属性",
    "序号",
    "任务",
    "时限",
    "完成时间",
    "责任",
    "牵头",
    "目标值",
    "基期",
    "年均",
    "内容",
    "事项",
    "举措",
    "项目",
    "类别",
    "工作",
];

/// All tables of a document, in order.
pub(crate) fn tables(paragraphs: &[Paragraph], zones: &[Zone]) -> Vec<Table> {
    let mut found = Vec::new();
    let mut at = 0;
    // a list of tasks with nothing but its title above has no heading that would begin the text
    let only_front = !zones.contains(&Zone::Body);
    while at < paragraphs.len() {
        let table = if zones[at] == Zone::Contents || (zones[at] == Zone::Front && !only_front) {
            None
        } else if paragraphs[at].cells.is_empty() {
            lined(paragraphs, at).or_else(|| stacked(paragraphs, at)).or_else(|| stacked_work(paragraphs, at))
        } else {
            Some(marked(paragraphs, at))
        };
        match table {
            Some((mut rows, end)) => {
                without_repeated_heads(&mut rows);
                let caption = (at.saturating_sub(3)..at)
                    .rev()
                    .map(|i| paragraphs[i].text())
                    .find(|text| !text.is_empty() && text.chars().count() <= 60)
                    .unwrap_or_default()
                    .to_owned();
                found.push(Table { caption, rows, paragraphs: at..end });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// A head printed again on each page is no row.
fn without_repeated_heads(rows: &mut Vec<Vec<Passage>>) {
    let bared = |row: &[Passage]| row.iter().map(|cell| bare(cell.as_str()).into_owned()).collect::<Vec<_>>();
    let Some(head) = rows.first().map(|row| bared(row)) else {
        return;
    };
    let mut first = true;
    rows.retain(|row| std::mem::take(&mut first) || row.len() != head.len() || bared(row) != head);
}

type Rows = (Vec<Vec<Passage>>, usize);

/// Rows that the form's reader marked.
fn marked(paragraphs: &[Paragraph], from: usize) -> Rows {
    let mut rows = Vec::new();
    let mut at = from;
    while let Some(paragraph) = paragraphs.get(at).filter(|p| !p.cells.is_empty()) {
        if at > from && paragraph.first_row {
            break;
        }
        rows.push(paragraph.cells.clone());
        at += 1;
    }
    // a title over all columns
    while rows.len() > 2 && rows.first().is_some_and(|row| is_title_row(row)) {
        rows.remove(0);
    }
    (rows, at)
}

/// A row that says one thing over all its columns.
fn is_title_row(row: &[Passage]) -> bool {
    let mut texts = row.iter().map(|cell| cell.as_str().trim()).filter(|text| !text.is_empty());
    let first = texts.next();
    first.is_none() || texts.all(|text| Some(text) == first)
}

/// The cells of a line: between tabs or bars, else between runs of spaces.
fn cells(paragraph: &Paragraph) -> Vec<Passage> {
    let text = paragraph.text();
    let bars = text.matches('|').count();
    let parts: Vec<Range<usize>> = if text.contains('\t') {
        ranges(text, |c| c == '\t')
    } else if bars >= 2 {
        ranges(text.trim_matches('|'), |c| c == '|')
            .into_iter()
            .map(|r| {
                let shift = text.len() - text.trim_start_matches('|').len();
                r.start + shift..r.end + shift
            })
            .collect()
    } else {
        ranges(text, |c| c == ' ').into_iter().filter(|r| !text[r.clone()].trim().is_empty()).collect()
    };
    parts.into_iter().map(|range| paragraph.passage.part(&range)).collect()
}

fn ranges(text: &str, cut: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if cut(c) {
            found.push(start..at);
            start = at + c.len_utf8();
        }
    }
    found.push(start..text.len());
    found
}

fn is_head(cells: &[Passage]) -> bool {
    let words = cells.iter().filter(|cell| {
        let text = bare(cell.as_str());
        text.chars().count() <= 24
            && (HEADS.iter().any(|word| text.contains(word)) || (text.contains("20") && text.contains('年')))
    });
    cells.len() >= 3 && words.count() * 2 > cells.len() && cells.iter().all(|cell| !cell.as_str().contains(['。', ',']))
}

/// Lines of text that are rows: a head, and lines of at least two cells under it.
fn lined(paragraphs: &[Paragraph], from: usize) -> Option<Rows> {
    let text = paragraphs[from].text();
    if text.chars().count() > 200 || !text.contains([' ', '\t', '|']) {
        return None;
    }
    let head = cells(&paragraphs[from]);
    if !is_head(&head) {
        return None;
    }
    let mut rows = vec![head];
    let mut at = from + 1;
    while let Some(paragraph) = paragraphs.get(at) {
        let text = paragraph.text();
        let row = cells(paragraph);
        let ruled = text.chars().all(|c| matches!(c, '-' | '|' | '+' | ' ' | '=' | ':' | '\t'));
        if ruled {
            at += 1;
            continue;
        }
        if row.len() < 2 || text.chars().count() > 600 || (!text.contains(['\t', '|']) && text.ends_with('。')) {
            break;
        }
        rows.push(row);
        at += 1;
    }
    (rows.len() >= 2).then_some((rows, at))
}

fn is_head_cell(text: &str) -> bool {
    let text = bare(text);
    text.chars().count() <= 14
        && (matches!(
            &*text,
            "序号"
                | "类别"
                | "单位"
                | "属性"
                | "指标属性"
                | "指标性质"
                | "指标类型"
                | "性质"
                | "类型"
                | "备注"
                | "目标值"
                | "基期值"
                | "现状值"
                | "指标"
                | "指标名称"
                | "主要指标"
                | "具体指标"
                | "年均增速"
                | "年均增长"
                | "计量单位"
                | "基期"
                | "现状"
                | "目标"
                | "累计"
        ) || text.contains("年均")
            || (text.contains("20") && (text.contains('年') || text.chars().all(|c| c.is_ascii_digit()))))
}

/// A table broken into one cell a line: “指标 / 2015年 / 2020年 / 名称 / 38 / 50 / …”.
fn stacked(paragraphs: &[Paragraph], from: usize) -> Option<Rows> {
    if !is_head_cell(paragraphs[from].text()) {
        return None;
    }
    let mut at = from;
    let mut head: Vec<Passage> = Vec::new();
    while let Some(paragraph) = paragraphs.get(at).filter(|p| at < from + 16 && p.cells.is_empty() && is_head_cell(p.text())) {
        head.push(paragraph.passage.clone());
        at += 1;
    }
    let named = head.iter().any(|cell| bare(cell.as_str()).contains("指标"));
    let texts: Vec<String> = head.iter().map(|cell| bare(cell.as_str()).into_owned()).collect();
    let is_value = |text: &str| {
        text.contains("20")
            || text.contains("年均")
            || text.contains("目标")
            || text.contains("基期")
            || text.contains("现状")
            || text == "累计"
    };
    let values = texts.iter().filter(|text| is_value(text)).count();
    if !named || values == 0 || head.len() < 2 {
        return None;
    }
    let has = |word: &str| texts.iter().any(|text| text.contains(word) && !text.contains("指标属性") || text == word);
    let unit_column = has("单位");
    let attribute_column =
        texts.iter().any(|text| matches!(text.as_str(), "属性" | "指标属性" | "指标性质" | "指标类型" | "性质" | "类型"));
    let mut rows = vec![head.clone()];
    let mut misses = 0;
    while let Some(paragraph) = paragraphs.get(at) {
        let text = paragraph.text();
        if !paragraph.cells.is_empty() || text.chars().count() > 48 || text.contains('。') || misses > 3 {
            break;
        }
        let width = usize::from(unit_column) + values;
        let window = paragraphs.get(at + 1..at + 1 + width);
        let fits = !is_number(text)
            && window.is_some_and(|window| {
                let numbers = &window[usize::from(unit_column)..];
                numbers.iter().filter(|p| is_number(p.text())).count() * 2 >= numbers.len()
                    && numbers.iter().any(|p| is_number(p.text()))
                    && numbers.iter().all(|p| p.cells.is_empty() && p.text().chars().count() <= 16)
                    && (!unit_column || !is_number(window[0].text()))
            });
        if !fits {
            // a serial number, a group's name, a remark
            misses += usize::from(!is_number(text));
            at += 1;
            continue;
        }
        misses = 0;
        let mut row: Vec<Option<Passage>> = vec![None; head.len()];
        let mut next = at + 1;
        for (column, name) in texts.iter().enumerate() {
            if name.contains("指标") && !matches!(name.as_str(), "指标属性" | "指标性质" | "指标类型") {
                row[column] = Some(paragraph.passage.clone());
            } else if name.contains("单位") || is_value(name) {
                row[column] = paragraphs.get(next).map(|p| p.passage.clone());
                next += 1;
            }
        }
        if attribute_column && paragraphs.get(next).is_some_and(|p| p.text().contains("约束") || p.text().contains("预期")) {
            if let Some(column) = texts
                .iter()
                .position(|text| matches!(text.as_str(), "属性" | "指标属性" | "指标性质" | "指标类型" | "性质" | "类型"))
            {
                row[column] = Some(paragraphs[next].passage.clone());
            }
            next += 1;
        }
        rows.push(row.into_iter().map(Option::unwrap_or_default).collect());
        at = next.min(paragraphs.len());
    }
    (rows.len() >= 2).then_some((rows, at))
}

/// Heads of a table that shares out work, as they stand in a cell of their own.
fn is_work_head(text: &str) -> bool {
    let text = bare(text);
    let people = words!["牵头", "责任", "配合", "协办", "主办", "承办", "参与", "协助"].starting(&text).is_some();
    let owner = people && words!["单位", "部门", "领导", "人", "科室", "主体"].ending(&text).is_some();
    text.chars().count() <= 10
        && (owner
            || matches!(&*text, "序号" | "编号" | "类别" | "任务" | "事项" | "备注" | "措施" | "举措" | "内容" | "目标")
            || words!["任务", "事项", "内容", "举措", "措施", "时限", "时间", "节点", "目标", "要求", "名称", "标准", "成果"]
                .ending(&text)
                .is_some())
}

/// A table that shares out work, broken into one cell a line: “序号 / 重点任务 / 牵头单位 / 完成时限 / 1 / …”. Its rows are
/// known by their numbers, which go up by one.
fn stacked_work(paragraphs: &[Paragraph], from: usize) -> Option<Rows> {
    if !matches!(&*bare(paragraphs[from].text()), "序号" | "编号") {
        return None;
    }
    let heads = paragraphs[from..].iter().take(12).take_while(|p| p.cells.is_empty() && is_work_head(p.text())).count();
    let head: Vec<Passage> = paragraphs[from..from + heads].iter().map(|p| p.passage.clone()).collect();
    let owners = head.iter().filter(|cell| bare(cell.as_str()).ends_with(['位', '门', '体', '室'])).count();
    if heads < 3 || owners == 0 {
        return None;
    }
    let number = |at: usize| paragraphs.get(at).filter(|p| p.cells.is_empty()).and_then(|p| bare(p.text()).parse::<usize>().ok());
    let mut rows = vec![head];
    let mut at = from + heads;
    while number(at) == Some(rows.len()) {
        let last = (at + heads).min(paragraphs.len());
        // an empty cell leaves no line, and the next number comes sooner
        let next = (at + 1..=last).find(|next| number(*next) == Some(rows.len() + 1)).unwrap_or(last);
        let cells: Vec<Passage> = paragraphs[at..next].iter().map(|p| p.passage.clone()).collect();
        if cells.len() < 3 || cells.iter().any(|cell| cell.as_str().chars().count() > 600) {
            break;
        }
        rows.push(cells);
        at = next;
    }
    (rows.len() >= 3).then_some((rows, at))
}

/// A cell that holds a number, or says that there is none.
pub(crate) fn is_number(text: &str) -> bool {
    let text = bare(text);
    let core = text.trim_start_matches(['≥', '≤', '>', '<', '[', '(', '〔', '约', '+', '-', '〈', '【']);
    let digits = core.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.' || *b == b',').count();
    if digits > 0 {
        let rest = &core[digits..];
        return rest.chars().count() <= 8
            && (rest.is_empty() || !rest.starts_with('年') || rest.contains('前'))
            && (rest.is_empty()
                || quantity::is_unit(rest)
                || rest.starts_with([']', ')', '〕', '左', '以', '-', '—', '%', '〉', '】', '/', '*', '~']));
    }
    matches!(&*text, "-" | "—" | "——" | "/" | "未统计" | "无" | "--" | "*")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Block;
    use plan::Span;

    /// A document of which every line with tabs is a row.
    fn read(text: &str) -> Vec<Vec<Vec<String>>> {
        let mut document = crate::read("占位".as_bytes(), "甲.txt").unwrap();
        text.clone_into(&mut document.text);
        document.blocks.clear();
        let mut start = 0;
        let mut first = true;
        for line in text.split_inclusive('\n') {
            let whole = line.trim_end_matches('\n');
            let span = Span { start, end: start + whole.len() };
            if whole.contains('\t') {
                let mut at = start;
                let mut cells = Vec::new();
                for cell in whole.split('\t') {
                    cells.push(Span { start: at, end: at + cell.len() });
                    at += cell.len() + 1;
                }
                document.blocks.push(Block::Row { span, cells, first });
                first = false;
            } else {
                document.blocks.push(Block::Paragraph(span));
                first = true;
            }
            start += line.len();
        }
        let paragraphs = super::super::paragraphs::paragraphs(&document);
        tables(&paragraphs, &vec![Zone::Body; paragraphs.len()])
            .into_iter()
            .map(|table| {
                table.rows.into_iter().map(|row| row.into_iter().map(|cell| cell.as_str().to_owned()).collect()).collect()
            })
            .collect()
    }

    #[test]
    fn a_title_over_all_columns_is_no_head() {
        let found = read("重点任务分工表\t重点任务分工表\n序号\t任务\n1\t建设平台\n");
        assert_eq!(found[0][0], ["序号", "任务"]);
    }

    #[test]
    fn a_head_printed_again_is_no_row() {
        let found = read("序号\t任务\t责任单位\n1\t建设平台\t县科技局\n序号\t任 务\t责任单位\n2\t建设基地\t县工信局\n");
        assert_eq!(found[0].len(), 3);
    }

    #[test]
    fn lines_of_columns_are_a_table() {
        let found = read("| 指标 | 2025年 | 2030年 |\n| --- | --- | --- |\n| 森林覆盖率（%） | 41 | 42 |\n其他。\n");
        assert_eq!(found[0][1], ["森林覆盖率(%)", "41", "42"]);
        let found = read("指标 单位 2025年目标\n绿化率 % 42\n以上为主要指标。\n");
        assert_eq!(found[0], [["指标", "单位", "2025年目标"], ["绿化率", "%", "42"]]);
    }

    #[test]
    fn a_table_of_work_broken_into_lines_is_put_together() {
        let found = read(
            "序号\n重点任务\n牵头单位\n完成时限\n1\n建设照护中心\n县民政局\n2027年6月\n2\n改造敬老院\n县住建局\n2026年12月\n完。",
        );
        assert_eq!(found[0][1], ["1", "建设照护中心", "县民政局", "2027年6月"]);
        assert_eq!(found[0].len(), 3);
    }

    #[test]
    fn a_last_row_without_its_last_cell_ends_with_the_document() {
        let text = "序号\n重点任务\n牵头单位\n完成时限\n1\n建设照护中心\n县民政局\n2027年6月\n2\n改造敬老院\n县住建局\n";
        assert_eq!(read(text)[0][2], ["2", "改造敬老院", "县住建局"]);
        let document = crate::read(text.as_bytes(), "分工.txt").unwrap();
        assert_eq!(crate::draw(&document).tasks[0].title, "建设照护中心");
    }

    #[test]
    fn a_table_broken_into_lines_is_put_together() {
        let found = read("指    标\n2020年\n2025年\n研发投入占比（%）\n1.8\n2.5\n新产品产值率（%）\n未统计\n30\n");
        assert_eq!(found[0].len(), 3);
        assert_eq!(found[0][2], ["新产品产值率(%)", "未统计", "30"]);
    }
}
