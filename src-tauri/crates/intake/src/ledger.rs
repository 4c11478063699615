//! An existing ledger in a spreadsheet (.xlsx, .xls, .csv): columns known by their heads, rows as a draft to be reviewed.
//!
//! Nothing is dropped in silence: a column without a place in the draft, a number or a date that was not understood, a row that
//! sums up others is a finding each.

mod aside;
mod bounds;
mod columns;
mod formats;
mod hidden;
mod row;
mod rows;
mod sheets;
mod sums;
mod values;

use crate::forms::{Fault, MAX_TEXT, guarded};
use crate::{Block, Document, Draft, Form, ReadError, Unread};
use plan::Span;
use sheets::{Sheet, sheets};

pub use columns::Field;

/// A ledger that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// The sheets as text, a row a line, its cells set apart by tabs.
    pub document: Document,
    /// What the rows say.
    pub draft: Draft,
    /// The columns of each sheet that was taken for a ledger, or may be one: its name, then heads and what each was taken for.
    pub columns: Vec<SheetColumns>,
    /// The rows that the draft was drawn from, so that the next version of the file can be compared with this one.
    pub rows: Vec<LedgerRow>,
}

/// A row of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// The sheet's name; empty for text without sheets.
    pub sheet: String,
    /// Its number in the sheet, from 1.
    pub row: usize,
    /// Index of the draft's task that it is, or is a part of.
    pub task: Option<usize>,
    /// Its place in the text.
    pub span: Span,
    /// Its cells that say something; a merged one in each row that it covers.
    pub cells: Vec<LedgerCell>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerCell {
    /// The head of its column.
    pub head: String,
    /// What the column was taken for.
    pub field: Option<Field>,
    /// Its words.
    pub text: String,
}

/// The columns of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumns {
    /// The sheet's name.
    pub sheet: String,
    /// Those that have a head.
    pub columns: Vec<Column>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// `A`, `B`, … `AA`, as spreadsheets call it.
    pub letter: String,
    /// Its head as printed, that of several rows one after the other.
    pub head: String,
    /// Its first values that differ.
    pub samples: Vec<String>,
    /// What it was taken for; `None` where its head says nothing known.
    pub field: Option<Field>,
}

/// So many values show what a column holds.
const SAMPLES: usize = 3;

fn columns_of(head: &columns::Head, texts: &[Vec<String>]) -> Vec<Column> {
    let column = |(at, (title, field)): (usize, (&String, &Option<Field>))| {
        let mut samples: Vec<String> = Vec::new();
        for text in texts.iter().skip(head.end).filter_map(|row| row.get(at)).filter(|text| !text.is_empty()) {
            if samples.len() == SAMPLES {
                break;
            }
            if !samples.contains(text) {
                samples.push(text.clone());
            }
        }
        Column { letter: letter(at), head: title.clone(), samples, field: *field }
    };
    let titled = head.titles.iter().zip(&head.fields).enumerate().filter(|(_, (title, _))| !title.is_empty());
    titled.map(column).collect()
}

/// A column's name in spreadsheets, from its place.
fn letter(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.into_iter().rev().collect()
}

/// A cell that holds nothing but a number: how it binds, its value, its unit as printed. None where it holds anything else.
#[must_use]
pub fn figure_in(cell: &str) -> Option<(Option<plan::Op>, f64, String)> {
    values::value(cell).filter(|value| !value.more).map(|value| (value.op, value.value, value.unit))
}

/// The date that a cell of dates gives, its year with it; none where it gives none, or one without a year.
#[must_use]
pub fn date_in(cell: &str) -> Option<plan::Due> {
    values::due(cell, crate::reading::dates::Years { now: None, end: None })
}

/// True where the bytes are a spreadsheet, or text that the file's name calls a table.
#[must_use]
pub fn is_ledger(bytes: &[u8], file_name: &str) -> bool {
    guarded(|| Ok(sheets::is_spreadsheet(bytes))).unwrap_or(false) || sheets::is_separated(bytes, file_name)
}

/// Reads a ledger. `corrections` name heads, as printed, and what their columns hold, where the user knows better.
///
/// # Errors
/// Bytes that are no spreadsheet, are damaged, locked or too large; a spreadsheet whose columns are no ledger's.
pub fn read(bytes: &[u8], file_name: &str, corrections: &[(String, Field)]) -> Result<Ledger, ReadError> {
    let sheets = guarded(|| sheets(bytes)).map_err(|fault| fault.of(file_name))?;
    let mut ledger = Ledger {
        document: Document { form: Form::Sheet, text: String::new(), blocks: Vec::new(), unread: Vec::new() },
        draft: Draft::default(),
        columns: Vec::new(),
        rows: Vec::new(),
    };
    let mut reading = rows::Reading::new(file_name);
    let mut known = 0;
    for sheet in &sheets {
        if sheet.hidden {
            let rows = sheet.rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).count();
            if rows > 0 {
                let message =
                    format!("工作表“{}”是隐藏的，其中{rows}行没有读入；如果需要，请在表格里取消隐藏后重新导入。", sheet.name);
                ledger.document.unread.push(Unread { message, span: None });
            }
            continue;
        }
        let rows = written(sheet, &mut ledger.document).map_err(|fault| fault.of(file_name))?;
        let text = |span: &Span| ledger.document.text[span.start..span.end].to_owned();
        let texts: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(text).collect()).collect();
        if texts.iter().flatten().all(String::is_empty) {
            continue;
        }
        let Some(head) = columns::head(&rows, &texts, corrections) else {
            let presumed = columns::presumed(&rows, &texts, corrections);
            // separated text has one sheet, without a name
            let which = if sheet.name.is_empty() { "表格".to_owned() } else { format!("工作表“{}”", sheet.name) };
            let what = match &presumed {
                Some(_) => "如果它是台账，请指定哪一列是任务、单位、时限。",
                None => "请看一眼是否需要补录。",
            };
            let message = format!("{which}没有认出台账的表头，没有读入。{what}");
            if let Some(head) = presumed {
                ledger.columns.push(SheetColumns { sheet: sheet.name.clone(), columns: columns_of(&head, &texts) });
            }
            let span = rows.iter().flatten().find(|span| span.start < span.end).copied();
            ledger.document.unread.push(Unread { message, span });
            continue;
        };
        known += 1;
        ledger.columns.push(SheetColumns { sheet: sheet.name.clone(), columns: columns_of(&head, &texts) });
        reading.sheet(&ledger.document.text, sheet, &rows, &texts, &head);
    }
    if ledger.document.text.trim().is_empty() {
        return Err(ReadError::Empty(file_name.to_owned()));
    }
    if known == 0 && ledger.columns.is_empty() {
        return Err(ReadError::NoLedger(file_name.to_owned()));
    }
    ledger.rows = reading.take_rows();
    ledger.draft = reading.finish(&ledger.document);
    Ok(ledger)
}

/// Writes a sheet into the document; gives back where each cell stands, a merged one in every place that it covers.
fn written(sheet: &Sheet, document: &mut Document) -> Result<Vec<Vec<Span>>, Fault> {
    let mut rows: Vec<Vec<Span>> = Vec::with_capacity(sheet.rows.len());
    for (index, row) in sheet.rows.iter().enumerate() {
        let start = document.text.len();
        let mut spans: Vec<Span> = Vec::with_capacity(row.len());
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                document.text.push('\t');
            }
            let covered = sheet.origin(index, column);
            let from = document.text.len();
            let span = match covered {
                Some((above, left)) if above < index => rows.get(above).and_then(|row| row.get(left)).copied(),
                Some((_, left)) if left < column => spans.get(left).copied(),
                _ => None,
            };
            spans.push(span.unwrap_or_else(|| {
                for part in cell.split(|c: char| c.is_control()).map(str::trim).filter(|part| !part.is_empty()) {
                    if document.text.len() > from {
                        document.text.push(' ');
                    }
                    document.text.push_str(part);
                }
                Span { start: from, end: document.text.len() }
            }));
        }
        // tabs behind the last cell say nothing
        let end = spans.iter().map(|span| span.end).max().unwrap_or(start).max(start);
        document.text.truncate(end);
        for span in &mut spans {
            *span = Span { start: span.start.min(end), end: span.end.min(end) };
        }
        if document.text.len() > MAX_TEXT {
            return Err(Fault::TooLarge);
        }
        if end > start {
            document.blocks.push(Block::Row { span: Span { start, end }, cells: spans.clone(), first: index == 0 });
            document.text.push('\n');
        }
        rows.push(spans);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        let letters = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(super::letter);
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
