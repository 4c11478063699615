//! What was written into the workbook past the program, in words.

use super::words::{field_word, table_word};
use super::{Names, is_shown};
use crate::model::desk::Desk;
use crate::wire::Refusal;
use store::{Action, Change, Difference, Unrecorded};

/// So many differences are told; more are counted.
const MOST: usize = 100;

/// Sentences about rows that are not as the history left them; empty where every row is what somebody entered.
pub(crate) fn past_the_program(desk: &mut Desk) -> Result<Vec<String>, Refusal> {
    let recount = desk.workbook().recount(MOST)?;
    let mut told = Vec::new();
    if recount.gaps > 0 {
        told.push(format!("历史记录缺了{}条或前后接不上，有记录被删除或替换过。请从备份恢复，或逐条核对。", recount.gaps));
    }
    if recount.rows.is_empty() {
        return Ok(told);
    }
    let names = Names::new(desk.ledger()?);
    told.extend(recount.rows.iter().map(|row| sentence(&names, row)));
    if recount.more > 0 {
        told.push(format!("另有{}处与历史记录不符。", recount.more));
    }
    Ok(told)
}

fn sentence(names: &Names<'_>, unrecorded: &Unrecorded) -> String {
    let kind = table_word(&unrecorded.table);
    let named = match names.row(&unrecorded.row) {
        known if !known.is_empty() && known != unrecorded.row => known,
        _ => called(names, unrecorded),
    };
    let row = if named.is_empty() { kind.to_owned() } else { format!("{kind}{}", plan::quoted(&named)) };
    match &unrecorded.difference {
        Difference::Unknown => format!("{row}不是用本程序填写的，历史中没有它。请核对来源，或从备份恢复。"),
        Difference::Missing => format!("{row}不是用本程序删除的，历史中仍有它。请从备份恢复。"),
        Difference::Cell { column, recorded, present } => {
            let change = Change {
                table: unrecorded.table.clone(),
                row: unrecorded.row.clone(),
                action: Action::Updated,
                column: column.clone(),
                old: recorded.clone(),
                new: present.clone(),
            };
            let field = field_word(&unrecorded.table, column);
            if !is_shown(&change) {
                return format!("{row}不是用本程序改动的，与历史中最后一次记录不符。请从备份恢复。");
            }
            let line = names.line(&change);
            let value = |value: Option<String>| value.filter(|value| !value.is_empty()).unwrap_or_else(|| "空".to_owned());
            let (recorded, present) = (value(line.old), value(line.new));
            format!("{row}的{field}不是用本程序改动的：历史中最后一次为{recorded}，现在为{present}。请核对，或从备份恢复。")
        }
    }
}

/// What a row is called by its own cells, where the ledger does not have it.
fn called(names: &Names<'_>, unrecorded: &Unrecorded) -> String {
    let cell = |wanted: &str| unrecorded.cells.iter().find(|(column, _)| column == wanted).map(|(_, value)| value.as_str());
    if let Some(own) = ["title", "name", "text", "what", "file_name", "label"].iter().find_map(|column| cell(column)) {
        return own.chars().take(40).collect();
    }
    let parts = ["indicator", "task", "department", "quarter"].iter().filter_map(|column| cell(column));
    parts.map(|part| names.row(part)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
