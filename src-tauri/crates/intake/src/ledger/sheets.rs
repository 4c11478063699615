//! Sheets from bytes: rows of cells as they are shown, and which cells are merged.

use super::{bounds, formats, hidden};
use crate::forms::archive::Archive;
use crate::forms::{Fault, MAX_TEXT, text};
use calamine::{Data, Dimensions, ExcelDateTime, Reader, SheetVisible, Style, Xls, XlsError, Xlsx};
use std::collections::HashSet;
use std::io::Cursor;

/// Rows and columns that are looked at.
const MAX_ROWS: usize = 20_000;
const MAX_COLUMNS: usize = 256;
/// Cells that all sheets together may have, empty ones between others counted.
const MAX_CELLS: usize = 1 << 20;
/// Sheets that are looked at.
const MAX_SHEETS: usize = 64;
/// Merged stretches that one sheet may have.
const MAX_MERGED: usize = 20_000;

const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Cells by row and column, as shown.
    pub(super) rows: Vec<Vec<String>>,
    /// Whole sentences about what of it was not read.
    pub(super) notes: Vec<String>,
    /// It does not show in the office's program.
    pub(super) hidden: bool,
    hidden_rows: HashSet<usize>,
    marks: Vec<Mark>,
    merged: Vec<Option<(usize, usize)>>,
    width: usize,
}

/// A cell as it shows, and what else is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    row: usize,
    column: usize,
    text: String,
    mark: Mark,
}

/// What a cell's words do not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    /// It holds a bare number, which no format makes a date or gives a unit.
    number: bool,
    /// Its words are struck through.
    struck: bool,
}

impl Sheet {
    /// The upper left cell of the stretch that a cell was merged into.
    pub(super) fn origin(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        self.merged.get(row * self.width + column).copied().flatten()
    }

    fn mark(&self, row: usize, column: usize) -> Mark {
        let (row, column) = self.origin(row, column).unwrap_or((row, column));
        self.marks.get(row * self.width + column).copied().unwrap_or_default()
    }

    /// The row is hidden, by hand or by a filter.
    pub(super) fn is_hidden(&self, row: usize) -> bool {
        self.hidden_rows.contains(&row)
    }

    /// The cell is struck through.
    pub(super) fn is_struck(&self, row: usize, column: usize) -> bool {
        self.mark(row, column).struck
    }

    /// The cell holds a bare number.
    pub(super) fn is_number(&self, row: usize, column: usize) -> bool {
        self.mark(row, column).number
    }

    /// A cell as the office's program calls it, with its sheet: 工作表“台账”的C5.
    pub(super) fn address(&self, row: usize, column: usize) -> String {
        let cell = format!("{}{}", super::letter(column), row + 1);
        if self.name.is_empty() { cell } else { format!("工作表“{}”的{cell}", self.name) }
    }

    fn of(name: &str, cells: Vec<Cell>, merged: &[Dimensions], left: &mut usize) -> Result<Self, Fault> {
        let height = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
        let width = cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0);
        *left = left.checked_sub(height * width).ok_or(Fault::TooLarge)?;
        let mut sheet = Self {
            name: name.to_owned(),
            rows: vec![vec![String::new(); width]; height],
            marks: vec![Mark::default(); width * height],
            merged: vec![None; width * height],
            width,
            ..Self::default()
        };
        for Cell { row, column, text, mark } in cells {
            sheet.rows[row][column] = text;
            sheet.marks[row * width + column] = mark;
        }
        for area in merged.iter().take(MAX_MERGED) {
            let (top, start) = (area.start.0 as usize, area.start.1 as usize);
            let (bottom, end) = ((area.end.0 as usize + 1).min(height), (area.end.1 as usize + 1).min(width));
            for row in top..bottom {
                for column in start..end {
                    sheet.merged[row * width + column].get_or_insert((top, start));
                }
            }
        }
        Ok(sheet)
    }
}

/// True for the container of .xlsx with sheets, and for an old binary file with a workbook.
pub(super) fn is_spreadsheet(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"PK\x03\x04") {
        return Archive::open(bytes).is_ok_and(|archive| archive.names().iter().any(|name| name.starts_with("xl/")));
    }
    bytes.starts_with(COMPOUND)
        && cfb::CompoundFile::open(Cursor::new(bytes)).is_ok_and(|file| file.is_stream("/Workbook") || file.is_stream("/Book"))
}

/// True for text whose name says that marks set its cells apart.
pub(super) fn is_separated(bytes: &[u8], file_name: &str) -> bool {
    let name = file_name.to_ascii_lowercase();
    (name.ends_with(".csv") || name.ends_with(".tsv"))
        && !bytes.starts_with(b"PK")
        && !bytes.starts_with(COMPOUND)
        && !bytes.starts_with(b"%PDF")
}

/// All sheets that show something.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return binary(bytes);
    }
    separated(bytes).map(|sheet| vec![sheet])
}

fn zipped(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    // the library unpacks strings and styles whole: what they come to is tried first
    let mut hidden = hidden::of_sheets(&mut Archive::open(bytes)?)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
    let invisible = invisible(book.sheets_metadata());
    let mut left = MAX_CELLS;
    let mut text_left = bounds::MAX_CELL_TEXT;
    let mut found = Vec::new();
    for name in book.sheet_names().into_iter().take(MAX_SHEETS) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        // a sheet of a chart has no cells
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut cells = Vec::new();
        let mut beyond = 0;
        let mut rounded: Vec<(usize, usize)> = Vec::new();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| Fault::Damaged)? {
            let (row, column) = cell.get_position();
            let style = reader.styles().get(style);
            let (text, mark, is_rounded) = styled(&Data::from(cell.get_value().clone()), style);
            if text.trim().is_empty() {
                continue;
            }
            // one text of the file may stand in any number of cells
            text_left = text_left.checked_sub(text.len()).ok_or(Fault::TooLarge)?;
            let (row, column) = (row as usize, column as usize);
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                beyond += 1;
            } else {
                cells.push(Cell { row, column, text, mark });
                rounded.extend(is_rounded.then_some((row, column)));
            }
            if cells.len() > MAX_CELLS {
                return Err(Fault::TooLarge);
            }
        }
        let mut sheet = Sheet::of(&name, cells, &merged, &mut left)?;
        if beyond > 0 {
            sheet.notes.push(format!("工作表“{name}”有{beyond}个单元格超出{MAX_ROWS}行或{MAX_COLUMNS}列，没有读入。"));
        }
        if let Some((row, column)) = rounded.first() {
            let (place, shown, count) = (sheet.address(*row, *column), &sheet.rows[*row][*column], rounded.len());
            sheet.notes.push(format!("{place}等{count}个单元格里的数比显示的位数多，按显示的读入（如“{shown}”），请核对。"));
        }
        let hidden = hidden.remove(&name).unwrap_or_default();
        if !hidden.unvalued.is_empty() {
            let cells = hidden.unvalued.join("、");
            sheet.notes.push(format!(
                "工作表“{name}”的{cells}是公式，文件里没有算出的值，没有读入；请用 Excel 或 WPS 打开后保存，再重新导入。"
            ));
        }
        sheet.hidden = invisible.contains(&name);
        sheet.hidden_rows = hidden.rows;
        found.push(sheet);
    }
    Ok(found)
}

/// The names of the sheets that do not show.
fn invisible(sheets: &[calamine::Sheet]) -> HashSet<String> {
    sheets.iter().filter(|sheet| sheet.visible != SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect()
}

/// A value as its cell shows it by its style, and whether the cell holds more places than it shows.
fn styled(value: &Data, style: Option<&Style>) -> (String, Mark, bool) {
    let code = style.and_then(|style| style.number_format.as_ref()).map_or("", |format| format.format_code.as_str());
    let struck = style.and_then(|style| style.font.as_ref()).is_some_and(|font| font.strikethrough);
    let number = match value {
        #[allow(clippy::cast_precision_loss, reason = "a cell's number is a double in the file")]
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        _ => None,
    };
    if let Some(shown) = number.and_then(|number| formats::number(number, code)) {
        let bare = shown.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ','));
        return (shown.text, Mark { number: bare, struck }, shown.rounded);
    }
    let text = match value {
        Data::DateTime(time) if is_day(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            formats::date((year, month, day), code)
        }
        value => shown(value),
    };
    (text, Mark { number: number.is_some(), struck }, false)
}

fn is_day(time: &ExcelDateTime) -> bool {
    time.is_datetime() && time.as_f64().is_finite() && (1.0..2_958_466.0).contains(&time.as_f64())
}

fn binary(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let bytes = bounds::old_workbook(bytes)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Fault::Protected,
        _ => Fault::Damaged,
    })?;
    let invisible = invisible(book.sheets_metadata());
    let mut left = MAX_CELLS;
    let mut found = Vec::new();
    for name in book.sheet_names().into_iter().take(MAX_SHEETS) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (top, start) = range.start().unwrap_or((0, 0));
        let cells = range
            .used_cells()
            .map(|(row, column, value)| {
                let (text, mark, _) = styled(value, None);
                Cell { row: row + top as usize, column: column + start as usize, text, mark }
            })
            .filter(|cell| !cell.text.trim().is_empty() && cell.row < MAX_ROWS && cell.column < MAX_COLUMNS)
            .collect();
        let mut sheet = Sheet::of(&name, cells, &merged, &mut left)?;
        sheet.hidden = invisible.contains(&name);
        found.push(sheet);
    }
    Ok(found)
}

/// A value in its plain form.
fn shown(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain(*number),
        Data::String(text) => text.clone(),
        Data::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
        Data::DateTime(time) => plain(time.as_f64()),
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A number without the dust of its binary form.
pub(super) fn plain(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded = (number * 1e9).round() / 1e9;
    if rounded.is_finite() && rounded.abs() < 1e15 { rounded.to_string() } else { number.to_string() }
}

/// Text whose cells are set apart by commas, semicolons or tabs; a cell in quotation marks may hold those itself.
fn separated(bytes: &[u8]) -> Result<Sheet, Fault> {
    if bytes.len() > 2 * MAX_TEXT {
        return Err(Fault::TooLarge);
    }
    let decoded = text::decode(bytes)?;
    let source = decoded.text.trim_start_matches('\u{feff}');
    if source.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let head: &str = source.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: char| source.lines().take(20).map(|line| line.matches(mark).count()).sum::<usize>();
    let mark = if head.contains('\t') {
        '\t'
    } else {
        [',', ';', '，'].into_iter().max_by_key(|mark| (count(*mark), *mark == ',')).unwrap_or(',')
    };
    let mut cells = Vec::new();
    let (mut row, mut column) = (0, 0);
    let mut cell = String::new();
    let mut quoted = false;
    let mut marks = source.chars().peekable();
    let mut beyond = 0;
    loop {
        let next = marks.next();
        match next {
            Some('"') if quoted && marks.peek() == Some(&'"') => {
                marks.next();
                cell.push('"');
            }
            Some('"') if quoted => quoted = false,
            Some('"') if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            Some(c) if quoted => cell.push(c),
            Some('\r') if marks.peek() == Some(&'\n') => {}
            Some(c) if c != mark && c != '\n' && c != '\r' => cell.push(c),
            end => {
                let text = std::mem::take(&mut cell);
                if !text.trim().is_empty() {
                    if row < MAX_ROWS && column < MAX_COLUMNS {
                        cells.push(Cell { row, column, text, mark: Mark::default() });
                    } else {
                        beyond += 1;
                    }
                }
                column += 1;
                match end {
                    None => break,
                    Some(c) if c == mark => {}
                    Some(_) => {
                        row += 1;
                        column = 0;
                    }
                }
            }
        }
    }
    let mut sheet = Sheet::of("", cells, &[], &mut MAX_CELLS.clone())?;
    if beyond > 0 {
        sheet.notes.push(format!("有{beyond}个单元格超出{MAX_ROWS}行或{MAX_COLUMNS}列，没有读入。"));
    }
    if decoded.broken > 0 {
        sheet.notes.push(format!("文件中有{}处字符无法识别，已显示为“\u{fffd}”，请对照原件核对。", decoded.broken));
    }
    Ok(sheet)
}
