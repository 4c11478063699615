//! The cells of a spreadsheet that came from outside, within bounds.

use crate::error::PacketError;
use calamine::{DataRef, Reader, Xlsx};
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

/// A cell with something in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

impl Cell {
    /// The cell as text, as its field would have it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value) => crate::number_text(*value),
            Self::Day(day) => day.to_string(),
        }
    }

    /// The cell as a day in ISO form, where it can be one; else as it stands.
    pub(super) fn day_text(&self) -> String {
        match self {
            Self::Number(days) if (1.0..200_000.0).contains(days) => {
                day_of_serial(*days).map_or_else(|| self.text(), |day| day.to_string())
            }
            Self::Text(text) => day_of(text).map_or_else(|| text.trim().to_owned(), |day| day.to_string()),
            _ => self.text(),
        }
    }

    /// The cell as a figure in its one spelling, where it can be one; else as it stands.
    pub(super) fn figure_text(&self) -> String {
        match self {
            Self::Text(text) => {
                let plain: String = text.trim().chars().filter(|c| !matches!(c, ',' | '，' | ' ')).map(narrow).collect();
                crate::number_of(&plain).map_or_else(|| text.trim().to_owned(), crate::number_text)
            }
            _ => self.text(),
        }
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

/// A day as clerks write it: 2025-06-18, 2025/6/18, 2025.6.18, 2025年6月18日.
fn day_of(text: &str) -> Option<NaiveDate> {
    let plain: String = text.trim().chars().map(narrow).collect();
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

/// Reads all cells.
pub(super) fn open(bytes: &[u8]) -> Result<Book, PacketError> {
    let saved_at = bounded(bytes)?;
    let unreadable = || PacketError::content("表格文件已损坏");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let names = book.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(PacketError::TooLarge);
    }
    let mut sheets = Vec::new();
    let mut left = MOST_CELLS;
    for name in names {
        // a chart is no sheet of cells
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut sheet = Sheet::new();
        while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
            left = left.checked_sub(1).ok_or(PacketError::TooLarge)?;
            if let Some(value) = value(cell.get_value()) {
                sheet.insert(cell.get_position(), value);
            }
        }
        sheets.push(sheet);
    }
    Ok(Book { sheets, saved_at })
}

fn value(cell: &DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
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

/// Unpacks everything once within bounds, since the reader of spreadsheets has none, and tells when the file was saved.
fn bounded(bytes: &[u8]) -> Result<Option<NaiveDateTime>, PacketError> {
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
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| PacketError::Cut)?;
        let is_core = file.name().is_ok_and(|name| name == "docProps/core.xml");
        let mut file = file.take(left + 1);
        let size = if is_core {
            let mut core = String::new();
            let size = file.read_to_string(&mut core).map_err(cut)?;
            saved_at = saved(&core);
            u64::try_from(size).unwrap_or(u64::MAX)
        } else {
            std::io::copy(&mut file, &mut std::io::sink()).map_err(cut)?
        };
        left = left.checked_sub(size).ok_or(PacketError::TooLarge)?;
    }
    Ok(saved_at)
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
    fn days_and_figures_are_read_as_clerks_write_them() {
        let text = |text: &str| Cell::Text(text.to_owned());
        for day in ["2025-06-18", "2025/6/18", "2025.6.18", "2025年6月18日", " ２０２５年６月１８日 "] {
            assert_eq!(text(day).day_text(), "2025-06-18", "{day}");
        }
        assert_eq!(Cell::Number(45826.0).day_text(), "2025-06-18");
        for wrong in ["6月18日", "2025-06", "2025-02-30", "已完成", "25-6-18"] {
            assert_eq!(text(wrong).day_text(), wrong);
        }
        assert_eq!(text("1,234.50").figure_text(), "1234.5");
        assert_eq!(text("１２０").figure_text(), "120");
        assert_eq!(text("约120家").figure_text(), "约120家");
        assert_eq!(Cell::Number(0.1 + 0.2).figure_text(), "0.30000000000000004");
    }
}
