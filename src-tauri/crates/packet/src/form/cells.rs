//! The cells of a spreadsheet that came from outside, within bounds.

use super::styles::{percent_cells, percent_formats};
use crate::error::PacketError;
use calamine::{Data, DataRef, Ods, Range, Reader, Xls, Xlsx};
use chrono::{Days, NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The largest form, in bytes, and the most that it unpacks to.
const LARGEST: usize = 20 * 1024 * 1024;
const LARGEST_UNPACKED: u64 = 100 * 1024 * 1024;
const MOST_ENTRIES: usize = 2_000;
const MOST_SHEETS: usize = 64;
const MOST_CELLS: usize = 400_000;
/// Text that all cells together may hold, in bytes.
const MOST_TEXT: usize = 64 * 1024 * 1024;
/// Texts that a form may say it shares among its cells: the reader of spreadsheets makes room for as many as are claimed.
const MOST_SHARED: u64 = 1 << 22;

/// A cell with something in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    /// A number that shows with a per cent sign, as it shows: 38 for 38%.
    Percent(f64),
    Day(NaiveDate),
}

impl Cell {
    /// The cell as text, as its field would have it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value) => crate::number_text(*value),
            Self::Percent(value) => format!("{}%", crate::number_text(*value)),
            Self::Day(day) => day.to_string(),
        }
    }

    /// The cell as a day in ISO form, where it can be one; else as it stands. A day without its year is of `year`.
    pub(super) fn day_text(&self, year: i32) -> String {
        match self {
            // a smaller number is a year and month, 2025.6, and no day of 1905
            Self::Number(days) if (20_000.0..200_000.0).contains(days) => {
                day_of_serial(*days).map_or_else(|| self.text(), |day| day.to_string())
            }
            Self::Text(text) => day_of(text, year).map_or_else(|| text.trim().to_owned(), |day| day.to_string()),
            _ => self.text(),
        }
    }

    /// The cell as a figure of a unit.
    pub(super) fn figure(&self, unit: &str) -> Figure {
        let percent = matches!(unit, "%" | "％" | "百分点" | "个百分点");
        match self {
            Self::Percent(value) if percent => Figure::exact(*value),
            Self::Number(value) => Figure::exact(*value),
            _ => figure_of(&self.text(), unit, percent),
        }
    }
}

/// A figure as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// In its one spelling where it can be read, else as it stands.
    pub text: String,
    /// Whether it was said to be about so much.
    pub about: bool,
}

impl Figure {
    fn exact(value: f64) -> Self {
        Self { text: crate::number_text(value), about: false }
    }
}

/// A figure as clerks write it: 1,234、１２０、120家、38%、约120家. The unit, where it is written, must be the indicator's.
fn figure_of(text: &str, unit: &str, percent: bool) -> Figure {
    let plain: String = text.trim().chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '　')).map(narrow).collect();
    let sized = ["约", "大约", "近", "~", "～", "≈"].iter().find_map(|word| plain.strip_prefix(word));
    let bare = sized.unwrap_or(&plain);
    let bare = bare.strip_suffix("左右").unwrap_or(bare);
    let about = sized.is_some() || plain.ends_with("左右");
    let unit: String = unit.chars().map(narrow).collect();
    let number = match bare.strip_suffix(unit.as_str()).filter(|_| !unit.is_empty()) {
        Some(number) => number,
        None if percent => bare.trim_end_matches(['%', '％']),
        None => bare,
    };
    match crate::number_of(number) {
        Some(value) => Figure { text: crate::number_text(value), about },
        None => Figure { text: text.trim().to_owned(), about: false },
    }
}

/// A full-width digit or point as the plain one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '－' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Excel counts days from the last one of 1899, having thought 1900 a leap year.
fn day_of_serial(days: f64) -> Option<NaiveDate> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 200,000")]
    let days = days.floor() as u64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// A day as clerks write it: 2025-06-18, 2025/6/18, 2025.6.18, 2025年6月18日; 6月18日 is of the given year.
fn day_of(text: &str, year: i32) -> Option<NaiveDate> {
    let plain: String = text.trim().chars().map(narrow).collect();
    if let Some((month, day)) = plain.split_once('月').filter(|_| !plain.contains('年')) {
        let day = day.trim_end_matches(['日', '号']);
        return NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?);
    }
    let plain = plain.trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
    let mut parts = plain.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A sheet: its cells by row and column.
pub(super) type Sheet = BTreeMap<(u32, u32), Cell>;

/// A spreadsheet.
pub(super) struct Book {
    pub sheets: Vec<Sheet>,
    /// When it was last saved, by the clock of that PC, in UTC.
    pub saved_at: Option<NaiveDateTime>,
}

/// The beginning of the older binary files, .xls and .et.
const BINARY: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether the bytes are a spreadsheet of another kind than .xlsx: .xls, .et or .ods.
pub(super) fn is_other(bytes: &[u8]) -> bool {
    bytes.starts_with(BINARY) || is_open_document(bytes)
}

fn is_open_document(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && bytes[..bytes.len().min(200)].windows(34).any(|window| window == b"vnd.oasis.opendocument.spreadsheet")
}

/// Reads all cells of a spreadsheet of another kind. It does not say when it was saved.
fn open_other(bytes: &[u8]) -> Result<Book, PacketError> {
    if bytes.len() > LARGEST {
        return Err(PacketError::TooLarge);
    }
    let unreadable = || PacketError::content("表格文件已损坏，请用Excel或WPS另存为.xlsx再交");
    let ranges: Vec<Range<Data>> = if bytes.starts_with(BINARY) {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
        book.worksheets().into_iter().map(|(_, range)| range).collect()
    } else {
        bounded(bytes)?;
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
        book.worksheets().into_iter().map(|(_, range)| range).collect()
    };
    if ranges.len() > MOST_SHEETS || ranges.iter().map(|range| range.used_cells().count()).sum::<usize>() > MOST_CELLS {
        return Err(PacketError::TooLarge);
    }
    let sheet = |range: &Range<Data>| {
        let (top, left) = range.start().unwrap_or_default();
        let cells = range.used_cells().filter_map(|(row, column, cell)| {
            let place = (top.checked_add(u32::try_from(row).ok()?)?, left.checked_add(u32::try_from(column).ok()?)?);
            Some((place, value(&borrowed(cell))?))
        });
        cells.collect()
    };
    Ok(Book { sheets: ranges.iter().map(sheet).collect(), saved_at: None })
}

/// Reads all cells.
pub(super) fn open(bytes: &[u8]) -> Result<Book, PacketError> {
    if is_other(bytes) {
        return open_other(bytes);
    }
    let Parts { saved_at, percents } = bounded(bytes)?;
    let unreadable = || PacketError::content("表格文件已损坏");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let names = book.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(PacketError::TooLarge);
    }
    let mut sheets = Vec::new();
    let mut left = MOST_CELLS;
    let mut text_left = MOST_TEXT;
    for (at, name) in names.into_iter().enumerate() {
        let percents = percents.get(at);
        // a chart is no sheet of cells
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut sheet = Sheet::new();
        while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
            left = left.checked_sub(1).ok_or(PacketError::TooLarge)?;
            let place = cell.get_position();
            match value(cell.get_value()) {
                Some(Cell::Number(share)) if percents.is_some_and(|percents| percents.contains(&place)) => {
                    // 0.07 is 7 and not 7.000000000000001
                    sheet.insert(place, Cell::Percent((share * 1e14).round() / 1e12));
                }
                Some(value) => {
                    // one text of the file may stand in any number of cells
                    if let Cell::Text(text) = &value {
                        text_left = text_left.checked_sub(text.len()).ok_or(PacketError::TooLarge)?;
                    }
                    sheet.insert(place, value);
                }
                None => {}
            }
        }
        sheets.push(sheet);
    }
    Ok(Book { sheets, saved_at })
}

fn borrowed(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Empty => DataRef::Empty,
        Data::Int(value) => DataRef::Int(*value),
        Data::Float(value) => DataRef::Float(*value),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(is) => DataRef::Bool(*is),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

fn value(cell: &DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| {
        // a line that Word breaks within a paragraph, and how Excel writes a return
        let text =
            text.replace("_x000D_", "").replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
        let text = text.replace(['\u{200b}', '\u{feff}'], "");
        (!text.trim().is_empty()).then_some(Cell::Text(text))
    };
    match cell {
        DataRef::Empty => None,
        #[expect(clippy::cast_precision_loss, reason = "Excel itself keeps numbers as floating point")]
        DataRef::Int(value) => Some(Cell::Number(*value as f64)),
        DataRef::Float(value) => Some(Cell::Number(*value)),
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::DateTime(value) => {
            let days = value.as_f64();
            if value.is_datetime() && (1.0..200_000.0).contains(&days) {
                let (year, month, day, ..) = value.to_ymd_hms_milli();
                NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)).map(Cell::Day)
            } else {
                Some(Cell::Number(days))
            }
        }
        DataRef::DateTimeIso(moment) => text(moment.split('T').next().unwrap_or_default()),
        DataRef::DurationIso(span) => text(span),
        DataRef::Bool(is) => text(if *is { "是" } else { "否" }),
        DataRef::Error(error) => text(&error.to_string()),
    }
}

/// What is read from a spreadsheet's parts beside its cells.
struct Parts {
    saved_at: Option<NaiveDateTime>,
    /// Of each sheet, in the order of their parts.
    percents: Vec<super::styles::Percents>,
}

/// Unpacks everything once within bounds, since the reader of spreadsheets has none, and tells when the file was saved.
fn bounded(bytes: &[u8]) -> Result<Parts, PacketError> {
    if bytes.len() > LARGEST {
        return Err(PacketError::TooLarge);
    }
    let cut = |_| PacketError::Cut;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PacketError::Cut)?;
    if archive.len() > MOST_ENTRIES {
        return Err(PacketError::TooLarge);
    }
    let mut left = LARGEST_UNPACKED;
    let mut saved_at = None;
    let mut styles = String::new();
    let mut sheets: BTreeMap<usize, String> = BTreeMap::new();
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| PacketError::Cut)?;
        let name = file.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let sheet = name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml")?.parse::<usize>().ok());
        let mut file = file.take(left + 1);
        let size = if sheet.is_some() || matches!(name.as_str(), "docProps/core.xml" | "xl/styles.xml") {
            let mut text = String::new();
            let size = file.read_to_string(&mut text).map_err(cut)?;
            match sheet {
                Some(number) => drop(sheets.insert(number, text)),
                None if name == "xl/styles.xml" => styles = text,
                None => saved_at = saved(&text),
            }
            u64::try_from(size).unwrap_or(u64::MAX)
        } else if name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            let mut list = Vec::new();
            let size = file.read_to_end(&mut list).map_err(cut)?;
            if claimed(&list) > MOST_SHARED {
                return Err(PacketError::TooLarge);
            }
            u64::try_from(size).unwrap_or(u64::MAX)
        } else {
            std::io::copy(&mut file, &mut std::io::sink()).map_err(cut)?
        };
        left = left.checked_sub(size).ok_or(PacketError::TooLarge)?;
    }
    let formats = percent_formats(&styles);
    // a form's sheets lie in the order of their parts, whoever saves it
    Ok(Parts { saved_at, percents: sheets.values().map(|sheet| percent_cells(sheet, &formats)).collect() })
}

/// The most texts that a list of shared ones says it has.
fn claimed(list: &[u8]) -> u64 {
    const SAYS: &[u8] = b"uniqueCount";
    let places = list.windows(SAYS.len()).enumerate().filter(|(_, window)| *window == SAYS).map(|(at, _)| at + SAYS.len());
    let said = |at: usize| {
        let digits = list[at..].iter().take(64).skip_while(|byte| !byte.is_ascii_digit());
        digits
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    };
    places.map(said).max().unwrap_or(0)
}

fn saved(core: &str) -> Option<NaiveDateTime> {
    let after = core.split_once("<dcterms:modified")?.1.split_once('>')?.1;
    let text = after.split_once('<')?.0;
    chrono::DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| at.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_claims_a_billion_texts_is_known() {
        assert_eq!(claimed(b"<sst count=\"2\" uniqueCount=\"1400000000\"><si/>"), 1_400_000_000);
        assert_eq!(claimed(b"<sst uniqueCount = '99999999999999999999999'>"), u64::MAX);
        assert_eq!(claimed(b"<sst><si><t>7</t></si></sst>"), 0);
    }

    #[test]
    fn days_and_figures_are_read_as_clerks_write_them() {
        let text = |text: &str| Cell::Text(text.to_owned());
        for day in ["2025-06-18", "2025/6/18", "2025.6.18", "2025年6月18日", " ２０２５年６月１８日 ", "6月18日", "６月18号"]
        {
            assert_eq!(text(day).day_text(2025), "2025-06-18", "{day}");
        }
        assert_eq!(Cell::Number(45826.0).day_text(2025), "2025-06-18");
        assert_eq!(Cell::Number(2025.6).day_text(2025), "2025.6", "no day of 1905");
        for wrong in ["2025-06", "2025-02-30", "2月30日", "已完成", "25-6-18"] {
            assert_eq!(text(wrong).day_text(2025), wrong);
        }
        let figure = |cell: Cell, unit: &str| {
            let figure = cell.figure(unit);
            (figure.text, figure.about)
        };
        let exact = |text: &str| (text.to_owned(), false);
        assert_eq!(figure(text("1,234.50"), "家"), exact("1234.5"));
        assert_eq!(figure(text("１２０"), "家"), exact("120"));
        assert_eq!(figure(text("120 家"), "家"), exact("120"));
        assert_eq!(figure(text("约120家"), "家"), ("120".to_owned(), true));
        assert_eq!(figure(text("120家左右"), "家"), ("120".to_owned(), true));
        assert_eq!(figure(text("120家"), "个"), exact("120家"));
        assert_eq!(figure(text("38%"), "%"), exact("38"));
        assert_eq!(figure(text("38％"), "个百分点"), exact("38"));
        assert_eq!(figure(text("38%"), "家"), exact("38%"));
        assert_eq!(figure(Cell::Percent(38.0), "%"), exact("38"));
        assert_eq!(figure(Cell::Percent(38.0), "家"), exact("38%"));
        assert_eq!(figure(Cell::Number(0.1 + 0.2), "家"), exact("0.30000000000000004"));
    }
}
