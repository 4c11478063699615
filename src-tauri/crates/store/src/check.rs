//! Whether a workbook is whole.

use crate::error::{Fault, StoreError};
use crate::hash::sha256;
use crate::row::{RowFault, Rows};
use crate::table::{self, quarter_close};
use crate::workbook::Workbook;
use crate::{changes, error, opening};
use std::cell::RefCell;

/// What a check found wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of damage.
    pub kind: FindingKind,
    /// The sentence for the clerk.
    pub sentence: String,
}

/// Kinds of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// The file's own structure.
    Structure,
    /// A row refers to one that is not there.
    Dangling,
    /// A row that cannot be read.
    Row,
    /// A closed quarter was changed, or one is missing from the chain.
    Chain,
    /// Evidence whose bytes differ from their hash.
    Evidence,
    /// An entry of the history that cannot be read.
    History,
}

impl Workbook {
    /// Checks the file's structure, all links between rows, every row's values, the chain of closed quarters, the evidence
    /// and the history. Takes a second or so per 100 MB. Empty where all is well.
    ///
    /// # Errors
    /// Failures of the medium; damage is a finding.
    pub fn check(&self) -> Result<Vec<Finding>, StoreError> {
        let mut findings = self.structure()?;
        if !findings.is_empty() {
            // what follows reads through the damage: what it can still tell is told
            let rest = [dangling(self.read()), Ok(unreadable(self.read())), changed_evidence(self.read())];
            findings.extend(rest.into_iter().flat_map(Result::unwrap_or_default));
            return Ok(findings);
        }
        let rows = self.read();
        findings.extend(dangling(rows)?);
        findings.extend(unreadable(rows));
        findings.extend(broken_chain(rows)?);
        findings.extend(changed_evidence(rows)?);
        findings.extend(self.unreadable_history()?);
        Ok(findings)
    }

    /// Whether the file's structure and links are whole.
    pub(crate) fn is_sound(&self) -> Result<bool, StoreError> {
        Ok(self.structure()?.is_empty() && dangling(self.read())?.is_empty())
    }

    fn structure(&self) -> Result<Vec<Finding>, StoreError> {
        let finding = |detail: &str| Finding {
            kind: FindingKind::Structure,
            sentence: format!("“{}”的文件结构有损坏（{detail}）。{}", error::name(&self.path), error::way_back(&self.path)),
        };
        let said = self.read().query("PRAGMA integrity_check(10000)", [], |cells| cells.text());
        match said.map_err(|fault| fault.on(&self.path)) {
            Ok(lines) => {
                if let Some(failed) = lines.iter().find_map(|line| opening::failed_read(line, &self.path)) {
                    return Err(failed);
                }
                Ok(lines.iter().filter(|line| *line != "ok").map(|line| finding(line)).collect())
            }
            Err(StoreError::Corrupt { detail, .. }) => Ok(vec![finding(&detail)]),
            Err(other) => Err(other),
        }
    }

    fn unreadable_history(&self) -> Result<Vec<Finding>, StoreError> {
        let rows = self.read();
        let entries = rows
            .query("SELECT label, changeset FROM edit WHERE changeset IS NOT NULL ORDER BY seq", [], |cells| {
                Ok((cells.text()?, cells.value::<Vec<u8>>()?))
            })
            .map_err(|fault| fault.on(&self.path))?;
        Ok(entries
            .into_iter()
            .filter(|(_, changeset)| changes::rows(changeset, &self.shapes).is_err())
            .map(|(label, _)| Finding {
                kind: FindingKind::History,
                sentence: format!("历史中“{label}”的改动记录不能读取，它不能再撤销。"),
            })
            .collect())
    }
}

fn dangling(rows: Rows<'_>) -> Result<Vec<Finding>, StoreError> {
    let broken = rows
        .query("SELECT \"table\", \"parent\", count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2", [], |cells| {
            Ok((cells.text()?, cells.text()?, cells.integer()?))
        })
        .map_err(|fault| fault.on(rows.path))?;
    Ok(broken
        .into_iter()
        .map(|(table, parent, count)| Finding {
            kind: FindingKind::Dangling,
            sentence: format!("{table}表有{count}行指向{parent}表中不存在的行。{}", error::way_back(rows.path)),
        })
        .collect())
}

/// Rows whose cells have no meaning: each table is read whole, once.
fn unreadable(rows: Rows<'_>) -> Vec<Finding> {
    let faults = RefCell::new(Vec::new());
    let rows = &rows.telling(&faults);
    let read = [
        table::plan::list(rows).map(|_| ()),
        table::section::list(rows).map(|_| ()),
        table::department::list(rows).map(|_| ()),
        table::task::list(rows).map(|_| ()),
        table::assignment::list(rows).map(|_| ()),
        table::checklist_item::list(rows).map(|_| ()),
        table::milestone::list(rows).map(|_| ()),
        table::indicator::list(rows).map(|_| ()),
        table::target::list(rows).map(|_| ()),
        table::actual::list(rows).map(|_| ()),
        table::progress::list(rows).map(|_| ()),
        table::evidence::list(rows).map(|_| ()),
        quarter_close::list(rows).map(|_| ()),
        table::slip::list(rows).map(|_| ()),
        table::passage::list(rows).map(|_| ()),
        table::setting::list(rows).map(|_| ()),
        table::exchange::list(rows).map(|_| ()),
        table::department_key::list(rows).map(|_| ()),
        table::request::list(rows).map(|_| ()),
        table::draft::list(rows).map(|_| ()),
        table::preference::list(rows).map(|_| ()),
    ];
    let tables = read.into_iter().filter_map(Result::err).map(|error| error.to_string()).collect::<Vec<_>>();
    let told = faults.take().into_iter().map(|RowFault { what, row, detail }| {
        format!("{what}“{row}”不能读取（{detail}），多半是被其他工具改过。请核对后重新填写，或从备份恢复。")
    });
    told.chain(tables).map(|sentence| Finding { kind: FindingKind::Row, sentence }).collect()
}

fn broken_chain(rows: Rows<'_>) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let mut previous = String::new();
    let closes = match quarter_close::list(&rows) {
        Ok(closes) => closes,
        // already a finding
        Err(StoreError::Corrupt { .. }) => return Ok(findings),
        Err(other) => return Err(other),
    };
    for (number, close) in (1..).zip(closes) {
        let quarter = close.quarter.chinese();
        if close.hash != close.hash_due() {
            findings.push(Finding {
                kind: FindingKind::Chain,
                sentence: format!("{quarter}封账后的数据被改动过，与封账时的校验码不符。"),
            });
        }
        if close.previous_hash != previous || close.number != number {
            findings.push(Finding {
                kind: FindingKind::Chain,
                sentence: format!("{quarter}的封账记录与上一次封账接不上，中间有记录被删除或替换。"),
            });
        }
        previous = close.hash;
    }
    Ok(findings)
}

fn changed_evidence(rows: Rows<'_>) -> Result<Vec<Finding>, StoreError> {
    let hashes = rows
        .query("SELECT sha256 FROM evidence_bytes ORDER BY sha256", [], |cells| cells.text())
        .map_err(|fault| fault.on(rows.path))?;
    let mut findings = Vec::new();
    for hash in hashes {
        let bytes = table::evidence::bytes(&rows, &hash)?.unwrap_or_default();
        if sha256(&[&bytes]) == hash {
            continue;
        }
        let names = rows
            .query("SELECT file_name FROM evidence WHERE sha256 = ?1 ORDER BY file_name", [&hash], |cells| cells.text())
            .map_err(|fault: Fault| fault.on(rows.path))?;
        findings.push(Finding {
            kind: FindingKind::Evidence,
            sentence: format!("佐证材料“{}”的内容与存入时不符，已损坏。", names.join("、")),
        });
    }
    Ok(findings)
}
