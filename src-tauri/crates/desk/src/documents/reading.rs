//! A document or an office's spreadsheet read into a draft.

use crate::documents::drawing;
use crate::model::files::plain;
use crate::model::refusals::{file_unreadable, unreadable, wrong_input};
use crate::wire::{self, Refusal, RefusalCode};
use messages::Reading;
use std::path::Path;

/// The largest document that is read, in bytes.
const LARGEST_DOCUMENT: u64 = 100 * 1024 * 1024;

/// Draws the draft of a document, or of a ledger in a spreadsheet, without a workbook.
///
/// # Errors
/// A document that cannot be read.
pub fn draw_document(path: &Path) -> Result<wire::Draft, Refusal> {
    Ok(read_plan(path, &[])?.0)
}

/// The same, where `columns` says what columns of a ledger hold whose heads do not.
///
/// # Errors
/// A document that cannot be read; a column that is to hold what no ledger has.
pub fn draw_ledger(path: &Path, columns: &[wire::LedgerColumn]) -> Result<wire::Draft, Refusal> {
    Ok(read_plan(path, columns)?.0)
}

/// The plain text that intake reads of a document.
///
/// # Errors
/// A document that cannot be read.
pub fn document_text(path: &Path) -> Result<String, Refusal> {
    Ok(read_document_file(path)?.text)
}

/// What became of every number, clause that names units, dated promise and heading of a document.
///
/// # Errors
/// A document that cannot be read; a ledger, which is read cell by cell.
pub fn account_document(path: &Path) -> Result<wire::Account, Refusal> {
    let document = plan_document(path)?;
    let drawn = intake::draw(&document);
    Ok(drawing::account(&document.text, &intake::account(&document, &drawn)))
}

/// The rule and the evidence behind the fate of each number of a document.
///
/// # Errors
/// As [`account_document`].
pub fn explain_document(path: &Path) -> Result<Vec<wire::Because>, Refusal> {
    let document = plan_document(path)?;
    Ok(drawing::because(&document.text, &intake::evidence(&document), &intake::draw(&document)))
}

fn plan_document(path: &Path) -> Result<intake::Document, Refusal> {
    let (bytes, name) = document_bytes(path)?;
    if intake::ledger::is_ledger(&bytes, &name) && intake::ledger::read(&bytes, &name, &[]).is_ok() {
        let hint = "台账逐格读入，导入时每一列都可以核对。";
        return Err(wrong_input(format!("“{name}”是电子表格台账，不作逐数核对。"), hint));
    }
    intake::read(&bytes, &name).map_err(|error| unreadable(&error))
}

/// The bytes of a document that is not too large, and its name.
fn document_bytes(path: &Path) -> Result<(Vec<u8>, String), Refusal> {
    let size = plain(path).map_err(|error| file_unreadable(path, &error))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if size.len() > LARGEST_DOCUMENT {
        let message = Reading::LargeDocument { file: name, megabytes: LARGEST_DOCUMENT / 1024 / 1024 };
        return Err(Refusal::new(RefusalCode::Unreadable, message, Reading::KeepOnlyText));
    }
    let bytes = std::fs::read(path).map_err(|error| file_unreadable(path, &error))?;
    Ok((bytes, name))
}

fn read_document_file(path: &Path) -> Result<intake::Document, Refusal> {
    let (bytes, name) = document_bytes(path)?;
    if intake::ledger::is_ledger(&bytes, &name)
        && let Ok(ledger) = intake::ledger::read(&bytes, &name, &[])
    {
        return Ok(ledger.document);
    }
    intake::read(&bytes, &name).map_err(|error| unreadable(&error))
}

pub(crate) fn read_plan(path: &Path, columns: &[wire::LedgerColumn]) -> Result<(wire::Draft, String), Refusal> {
    let (bytes, name) = document_bytes(path)?;
    if intake::ledger::is_ledger(&bytes, &name) {
        let corrections = columns.iter().map(ledger_column).collect::<Result<Vec<_>, _>>()?;
        match intake::ledger::read(&bytes, &name, &corrections) {
            Ok(ledger) => {
                let mut draft = drawing::draft(&name, &ledger.document.text, &ledger.draft);
                draft.sheets = drawing::sheets(&ledger.columns);
                draft.rows = drawing::rows(&ledger.document.text, &ledger.rows);
                return Ok((draft, ledger.document.text));
            }
            // text under the name of a table may still be a plan
            Err(intake::ReadError::NoLedger(_)) if intake::read(&bytes, &name).is_ok() => {}
            Err(error) => return Err(unreadable(&error)),
        }
    }
    let document = intake::read(&bytes, &name).map_err(|error| unreadable(&error))?;
    let drawn = intake::draw(&document);
    Ok((drawing::draft(&name, &document.text, &drawn), document.text))
}

fn ledger_column(column: &wire::LedgerColumn) -> Result<(String, intake::ledger::Field), Refusal> {
    let field = intake::ledger::Field::of_head(&column.holds)
        .ok_or_else(|| wrong_input(Reading::NoSuchColumn { holds: column.holds.clone() }, Reading::ColumnsHold))?;
    Ok((column.head.clone(), field))
}

pub(crate) fn read_draft(path: &Path) -> Result<wire::Draft, Refusal> {
    let bytes = plain(path).and_then(|_| std::fs::read(path)).map_err(|error| file_unreadable(path, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        Refusal::new(
            RefusalCode::Unreadable,
            Reading::NoDraft { file: path.display().to_string(), line: error.line() },
            Reading::DraftsAreWritten,
        )
        .with_detail(error.to_string())
    })
}
