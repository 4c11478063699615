//! What of a workbook (.xlsx) does not show: rows that are hidden or filtered away, and formulas whose value was never computed.

use super::bounds;
use crate::forms::Fault;
use crate::forms::archive::Archive;
use crate::forms::xml::{Node, local, walk};
use std::collections::{HashMap, HashSet};

/// So many formulas without a value are named by their cells.
const NAMED: usize = 20;

/// What of a sheet does not show.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// Rows by their place, the first is 0.
    pub(super) rows: HashSet<usize>,
    /// Cells as `B4` whose formula has no value.
    pub(super) unvalued: Vec<String>,
}

/// What does not show, by the name of the sheet; every part is unpacked once, so that what they come to is bounded.
pub(super) fn of_sheets(archive: &mut Archive<'_>) -> Result<HashMap<String, Hidden>, Fault> {
    let mut by_part = HashMap::new();
    for name in archive.names().into_iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let hidden = archive.part(&name, |part| {
            if name.starts_with("xl/worksheets/sheet") {
                return of_sheet(part).map(Some);
            }
            if name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
                return bounds::shared_texts(part).map(|()| None);
            }
            let mut buffer = [0; 1 << 14];
            while part.read(&mut buffer).map_err(|_| Fault::Damaged)? > 0 {}
            Ok(None)
        })?;
        if let Some(Some(hidden)) = hidden {
            by_part.insert(name, hidden);
        }
    }
    let parts = parts_of_sheets(archive)?;
    Ok(parts.into_iter().filter_map(|(sheet, part)| Some((sheet, by_part.remove(&part)?))).collect())
}

fn of_sheet(part: &mut dyn std::io::BufRead) -> Result<Hidden, Fault> {
    let mut hidden = Hidden::default();
    let mut row = 0_usize;
    let mut cell = None;
    let (mut formula, mut value) = (false, false);
    walk(part, &mut |node| {
        match node {
            Node::Open(element) => match local(element.name()) {
                "row" => {
                    row = element.number("r").map_or(row + 1, |number| number as usize);
                    if element.attribute("hidden").is_some_and(|is| matches!(is.as_str(), "1" | "true")) {
                        hidden.rows.insert(row.saturating_sub(1));
                    }
                }
                "c" => {
                    (formula, value) = (false, false);
                    cell = element.attribute("r");
                }
                "f" => formula = true,
                // an empty one is the value of a formula that gives no words
                "v" | "is" => value = true,
                _ => {}
            },
            Node::Close(name) if local(name) == "c" => {
                if let Some(cell) = cell.take().filter(|_| formula && !value && hidden.unvalued.len() < NAMED) {
                    hidden.unvalued.push(cell);
                }
            }
            Node::Close(_) | Node::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(hidden)
}

/// The part of each sheet: the workbook names sheets by the ids of relations, and those their parts.
fn parts_of_sheets(archive: &mut Archive<'_>) -> Result<Vec<(String, String)>, Fault> {
    let mut targets = HashMap::new();
    archive.part("xl/_rels/workbook.xml.rels", |part| {
        walk(part, &mut |node| {
            if let Node::Open(element) = node
                && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
            {
                let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, part);
            }
            Ok(())
        })
    })?;
    let mut sheets = Vec::new();
    archive.part("xl/workbook.xml", |part| {
        walk(part, &mut |node| {
            if let Node::Open(element) = node
                && local(element.name()) == "sheet"
                && let (Some(name), Some(id)) = (element.attribute("name"), element.attribute("id"))
                && let Some(part) = targets.get(&id)
            {
                sheets.push((name, part.clone()));
            }
            Ok(())
        })
    })?;
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_formulas_without_a_value_are_known() {
        let part = r#"<worksheet><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c></row>
            <row r="2" hidden="1"><c r="A2"><v>1</v></c></row>
            <row r="4" hidden="true"/>
            <row r="5"><c r="A5"><f>A1</f></c><c r="B5" t="str"><f>A2</f><v></v></c><c r="C5"><f>A3</f><v>2</v></c></row>
        </sheetData></worksheet>"#;
        let hidden = of_sheet(&mut part.as_bytes()).expect("well-formed");
        let mut rows: Vec<usize> = hidden.rows.into_iter().collect();
        rows.sort_unstable();
        assert_eq!(rows, [1, 3]);
        assert_eq!(hidden.unvalued, ["A5"]);
    }
}
