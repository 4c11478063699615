//! Rows and cells of a sheet that say nothing by themselves: hidden, struck through, or a formula that failed.

use super::columns::Field;
use super::row::Row;
use super::rows::cited;
use super::sheets::Sheet;
use plan::Span;

/// So many rows or cells are named one by one.
const NAMED: usize = 20;

/// Rows and cells of a sheet that say nothing: the places of rows, and of cells with what they show.
#[derive(Default)]
pub(super) struct SetAside {
    hidden: Vec<(usize, Span)>,
    struck: Vec<(usize, Span)>,
    struck_cells: Vec<(usize, usize, Span)>,
    errors: Vec<(usize, usize, Span)>,
}

impl SetAside {
    /// True where the row says nothing as a whole; its cells that say nothing are noted.
    pub(super) fn takes(&mut self, row: &Row<'_>) -> bool {
        let filled = row.cells.iter().copied().enumerate().filter(|(_, span)| span.start < span.end).collect::<Vec<_>>();
        let Some((_, first)) = filled.first().copied() else {
            return false;
        };
        if row.sheet.is_hidden(row.index) {
            self.hidden.push((row.index, first));
            return true;
        }
        let number = |column: usize| row.head.fields.get(column) == Some(&Some(Field::Number));
        let mut words = filled.iter().filter(|(column, _)| !number(*column)).peekable();
        if words.peek().is_some() && words.all(|(column, _)| row.sheet.is_struck(row.index, *column)) {
            self.struck.push((row.index, first));
            return true;
        }
        for (column, span) in filled {
            // a merged cell is named once, by its first
            if row.sheet.origin(row.index, column).is_some_and(|first| first != (row.index, column)) {
                continue;
            }
            if row.has_error(column) {
                self.errors.push((row.index, column, span));
            } else if row.sheet.is_struck(row.index, column) {
                self.struck_cells.push((row.index, column, span));
            }
        }
        false
    }

    /// Whole sentences about them, each with the first place.
    pub(super) fn said(&self, sheet: &Sheet, text: &str) -> Vec<(String, Span)> {
        let place = if sheet.name.is_empty() { String::new() } else { format!("工作表“{}”的", sheet.name) };
        let mut said = Vec::new();
        if let Some((_, span)) = self.hidden.first() {
            let (named, count) = (rows(&self.hidden), self.hidden.len());
            let message = format!(
                "{place}第{named}行是隐藏的（可能被筛选掉了），共{count}行没有读入；如果需要，请取消隐藏或筛选后重新导入。"
            );
            said.push((message, *span));
        }
        if let Some((_, span)) = self.struck.first() {
            let named = rows(&self.struck);
            let message = format!("{place}第{named}行加了删除线，没有读入；如果任务仍然有效，请去掉删除线后重新导入。");
            said.push((message, *span));
        }
        if let Some((_, _, span)) = self.struck_cells.first() {
            let named = cells(&self.struck_cells, text);
            let message = format!("{place}{named}加了删除线，这些内容没有读入；如果仍然有效，请去掉删除线后重新导入。");
            said.push((message, *span));
        }
        if let Some((_, _, span)) = self.errors.first() {
            let named = cells(&self.errors, text);
            let message = format!("{place}{named}公式出错，没有读入；请在表格里改正公式，或直接填上内容后重新导入。");
            said.push((message, *span));
        }
        said
    }
}

fn rows(rows: &[(usize, Span)]) -> String {
    let named: Vec<String> = rows.iter().take(NAMED).map(|(row, _)| (row + 1).to_string()).collect();
    format!("{}{}", named.join("、"), if rows.len() > NAMED { "等" } else { "" })
}

fn cells(cells: &[(usize, usize, Span)], text: &str) -> String {
    let shown = |span: &Span| cited(text.get(span.start..span.end).unwrap_or_default());
    let cell = |(row, column, span): &(usize, usize, Span)| format!("{}{}（{}）", super::letter(*column), row + 1, shown(span));
    let named: Vec<String> = cells.iter().take(NAMED).map(cell).collect();
    format!("{}{}", named.join("、"), if cells.len() > NAMED { "等" } else { "" })
}

/// What a spreadsheet shows where a formula has no value.
pub(super) fn is_error(text: &str) -> bool {
    matches!(
        text.trim(),
        "#N/A" | "#DIV/0!" | "#REF!" | "#NAME?" | "#VALUE!" | "#NUM!" | "#NULL!" | "#SPILL!" | "#CALC!" | "#GETTING_DATA"
    )
}
