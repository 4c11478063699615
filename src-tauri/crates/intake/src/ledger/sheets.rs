//! Sheets from bytes: rows of cells as they are shown, and which cells are merged.

use crate::forms::archive::Archive;
use crate::forms::{Fault, MAX_TEXT, text};
use calamine::{Data, Dimensions, ExcelDateTime, Reader, Xls, XlsError, Xlsx};
use std::io::{Cursor, Read};

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
    /// Columns whose last rows were cut off, or whose cells hold an error.
    pub(super) notes: Vec<String>,
    merged: Vec<Option<(usize, usize)>>,
    width: usize,
}

impl Sheet {
    /// The upper left cell of the stretch that a cell was merged into.
    pub(super) fn origin(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        self.merged.get(row * self.width + column).copied().flatten()
    }

    fn of(name: &str, cells: Vec<(usize, usize, String)>, merged: &[Dimensions], left: &mut usize) -> Result<Self, Fault> {
        let height = cells.iter().map(|(row, _, _)| row + 1).max().unwrap_or(0);
        let width = cells.iter().map(|(_, column, _)| column + 1).max().unwrap_or(0);
        *left = left.checked_sub(height * width).ok_or(Fault::TooLarge)?;
        let mut sheet = Self {
            name: name.to_owned(),
            rows: vec![vec![String::new(); width]; height],
            merged: vec![None; width * height],
            width,
            notes: Vec::new(),
        };
        for (row, column, text) in cells {
            sheet.rows[row][column] = text;
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
    let mut archive = Archive::open(bytes)?;
    for name in archive.names().into_iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        archive.part(&name, |part| {
            let mut buffer = [0; 1 << 14];
            while part.read(&mut buffer).map_err(|_| Fault::Damaged)? > 0 {}
            Ok(())
        })?;
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
    let mut left = MAX_CELLS;
    let mut found = Vec::new();
    for name in book.sheet_names().into_iter().take(MAX_SHEETS) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        // a sheet of a chart has no cells
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut cells = Vec::new();
        let mut beyond = 0;
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| Fault::Damaged)? {
            let (row, column) = cell.get_position();
            let percent = reader
                .styles()
                .get(style)
                .and_then(|style| style.number_format.as_ref())
                .is_some_and(|format| format.format_code.contains('%'));
            let text = shown(&Data::from(cell.get_value().clone()), percent);
            if text.trim().is_empty() {
                continue;
            }
            if row as usize >= MAX_ROWS || column as usize >= MAX_COLUMNS {
                beyond += 1;
            } else {
                cells.push((row as usize, column as usize, text));
            }
            if cells.len() > MAX_CELLS {
                return Err(Fault::TooLarge);
            }
        }
        let mut sheet = Sheet::of(&name, cells, &merged, &mut left)?;
        if beyond > 0 {
            sheet.notes.push(format!("工作表“{name}”有{beyond}个单元格超出{MAX_ROWS}行或{MAX_COLUMNS}列，没有读入。"));
        }
        found.push(sheet);
    }
    Ok(found)
}

fn binary(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    bounded(bytes)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Fault::Protected,
        _ => Fault::Damaged,
    })?;
    let mut left = MAX_CELLS;
    let mut found = Vec::new();
    for name in book.sheet_names().into_iter().take(MAX_SHEETS) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (top, start) = range.start().unwrap_or((0, 0));
        let cells = range
            .used_cells()
            .map(|(row, column, value)| (row + top as usize, column + start as usize, shown(value, false)))
            .filter(|(row, column, text)| !text.trim().is_empty() && *row < MAX_ROWS && *column < MAX_COLUMNS)
            .collect();
        found.push(Sheet::of(&name, cells, &merged, &mut left)?);
    }
    Ok(found)
}

/// Refuses an old workbook whose cells lie so far apart that the library would need gigabytes for the room between them.
fn bounded(bytes: &[u8]) -> Result<(), Fault> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let mut stream = Vec::new();
    file.open_stream(name).map_err(|_| Fault::Damaged)?.take(64 << 20).read_to_end(&mut stream).map_err(|_| Fault::Damaged)?;
    let mut rest = stream.as_slice();
    let (mut lowest, mut total) = (0_usize, 0_usize);
    while let [k0, k1, l0, l1, more @ ..] = rest {
        let kind = u16::from_le_bytes([*k0, *k1]);
        let length = usize::from(u16::from_le_bytes([*l0, *l1]));
        let Some(record) = more.get(..length) else { break };
        match (kind, record) {
            // the beginning of a sheet
            (0x0809, _) => {
                total += lowest;
                lowest = 0;
            }
            (0x0006 | 0x007e | 0x00bd | 0x00be | 0x00d6 | 0x00fd | 0x0201..=0x0205 | 0x027e, [r0, r1, ..]) => {
                lowest = lowest.max(usize::from(u16::from_le_bytes([*r0, *r1])) + 1);
            }
            _ => {}
        }
        rest = &more[length..];
    }
    if total + lowest > 4 * MAX_ROWS { Err(Fault::TooLarge) } else { Ok(()) }
}

/// A value as its cell shows it.
fn shown(value: &Data, percent: bool) -> String {
    let date = |(year, month, day): (u16, u8, u8)| format!("{year}-{month:02}-{day:02}");
    let moment = |time: &ExcelDateTime| {
        let (year, month, day, ..) = time.to_ymd_hms_milli();
        date((year, month, day))
    };
    match value {
        Data::Int(number) if percent => format!("{}%", number.saturating_mul(100)),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if percent => format!("{}%", plain(number * 100.0)),
        Data::Float(number) => plain(*number),
        Data::String(text) => text.clone(),
        Data::Bool(value) => if *value { "是" } else { "否" }.to_owned(),
        Data::DateTime(time)
            if time.is_datetime() && time.as_f64().is_finite() && (1.0..2_958_466.0).contains(&time.as_f64()) =>
        {
            moment(time)
        }
        Data::DateTime(time) => plain(time.as_f64()),
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A number without the dust of its binary form.
fn plain(number: f64) -> String {
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
                        cells.push((row, column, text));
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
