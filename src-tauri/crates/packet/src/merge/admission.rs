//! Whether a file is taken at all, before anything it says is looked at.

use super::{Incoming, Office};
use crate::head::Kind;
use crate::key::PublicKey;
use crate::returned::Return;
use plan::{DepartmentId, Quarter};
use std::collections::BTreeSet;

/// What becomes of a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Admission {
    Taken,
    /// Taken as late, into this open quarter.
    TakenLate(Quarter),
    Same,
    Late(String),
    Refused(String),
}

impl Admission {
    pub(super) fn is_taken(&self) -> bool {
        matches!(self, Self::Taken | Self::TakenLate(_))
    }
}

/// One admission for each file; of one that comes twice the first is taken.
pub(super) fn admit(office: &Office, incoming: &[Incoming]) -> Vec<Admission> {
    let mut hashes = BTreeSet::new();
    let of = |file: &Incoming| match &file.read {
        Err(error) => Admission::Refused(error.to_string()),
        Ok((signer, read)) => match admit_one(office, file, *signer, read) {
            taken if taken.is_taken() && !hashes.insert(file.hash.clone()) => Admission::Same,
            admission => admission,
        },
    };
    incoming.iter().map(of).collect()
}

/// Whether a file only brings the bytes of evidence that is there: they change nothing that was closed.
fn completes(office: &Office, read: &Return) -> bool {
    read.head.kind == Kind::Evidence
        && !read.evidence.is_empty()
        && read.evidence.iter().all(|row| office.rows.evidence.contains_key(&row.id))
}

fn admit_one(office: &Office, file: &Incoming, signer: Option<PublicKey>, read: &Return) -> Admission {
    let head = &read.head;
    if head.workbook != office.workbook {
        return Admission::Refused("这是另一个台账的报送，不属于当前台账，没有采用。请打开对应的台账再合并。".to_owned());
    }
    let Some(department) = office.rows.departments.iter().find(|department| department.id == head.department) else {
        return Admission::Refused(format!(
            "报送单位“{}”不在当前台账中，没有采用。请核对是否已合并或删除该单位。",
            head.department_name
        ));
    };
    if let Some(signer) = signer
        && let Err(why) = admit_signer(office, signer, &head.department, &department.name)
    {
        return Admission::Refused(why);
    }
    let quarter = head.quarter.chinese();
    let sent = office.sent.get(&(head.department.clone(), head.quarter));
    if !sent.is_some_and(|sent| sent.sent) {
        return Admission::Refused(format!(
            "{quarter}的任务还没有下发给{}，没有采用。请核对季度，或先下发该季度的文件。",
            department.name
        ));
    }
    if head.kind == Kind::Return && office.seen.contains(&file.hash) {
        return Admission::Same;
    }
    if completes(office, read) {
        return Admission::Taken;
    }
    if office.rows.closed.contains(&head.quarter) && office.late {
        return Admission::TakenLate(office.next_open(head.quarter));
    }
    if office.rows.closed.contains(&head.quarter) {
        return Admission::Late(format!(
            "{quarter}已封账，{}的报送没有合并。可以记入{}作为补报，或写明理由重新打开该季度。",
            department.name,
            office.next_open(head.quarter).chinese()
        ));
    }
    Admission::Taken
}

fn admit_signer(office: &Office, signer: PublicKey, department: &DepartmentId, name: &str) -> Result<(), String> {
    let keys = office.keys.get(department);
    if keys.is_some_and(|keys| keys.current == signer) {
        return Ok(());
    }
    if keys.is_some_and(|keys| keys.former.contains(&signer)) {
        return Err(format!("文件用{name}已作废的密钥签名，没有采用。请该单位用最近下发的文件更新工作簿后重新报送。"));
    }
    let other = office.keys.iter().find(|(_, keys)| keys.current == signer || keys.former.contains(&signer));
    let other = other.and_then(|(id, _)| office.rows.departments.iter().find(|department| department.id == *id));
    Err(match other {
        Some(other) => {
            format!("文件自称是{name}的报送，却用{}的密钥签名，没有采用。请{name}用自己的工作簿重新报送。", other.name)
        }
        None => format!("文件不是用{name}的密钥签名，没有采用。请该单位用督查机构下发的文件建立工作簿后重新报送。"),
    })
}
