//! The close that a file for the office above is made from: it goes along whole, with its hash and its chain, so that the office
//! above can tell that nothing but what was closed was handed up.

use crate::exchange::{keeping, snapshot};
use crate::model::refusals::wrong_input;
use crate::wire::Refusal;
use chrono::NaiveDateTime;
use messages::{Exchange, Program};
use packet::{Issue, Written};
use plan::PlanId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::table::quarter_close::QuarterClose;

/// The record among the settings that holds it.
const KEY: &str = "quarter_close";
const MOMENT: &str = "%Y-%m-%dT%H:%M:%S%.f";

/// A close as it travels.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Seal {
    number: i64,
    quarter: String,
    pub hash: String,
    previous_hash: String,
    closed_at: String,
    closed_by: String,
    snapshot: String,
    /// The hashes of all closes up to this one, oldest first.
    chain: Vec<String>,
}

impl Seal {
    /// The close with the chain that it stands in.
    pub(super) fn of(close: &QuarterClose, chain: &[QuarterClose]) -> Self {
        let up_to = chain.iter().filter(|other| other.number <= close.number);
        Self {
            number: close.number,
            quarter: close.quarter.to_string(),
            hash: close.hash.clone(),
            previous_hash: close.previous_hash.clone(),
            closed_at: close.closed_at.format(MOMENT).to_string(),
            closed_by: close.closed_by.clone(),
            snapshot: close.snapshot.clone(),
            chain: up_to.map(|other| other.hash.clone()).collect(),
        }
    }

    /// Puts it into the file.
    pub(super) fn put(&self, issue: &mut Issue) -> Result<(), Refusal> {
        let json = serde_json::to_string(self)
            .map_err(|error| wrong_input(Exchange::SnapshotNotInFile, Program::ReopenAndTry).with_detail(error.to_string()))?;
        issue.settings.push((KEY.to_owned(), json));
        Ok(())
    }

    /// The close in a file, verified; none in a file of an earlier program. The sentence says why it cannot be taken.
    pub(super) fn verified(issue: &Issue) -> Result<Option<Self>, String> {
        let Some((_, json)) = issue.settings.iter().find(|(key, _)| key == KEY) else { return Ok(None) };
        let broken = || "文件里的封账快照读不出来，没有采用。请对方重新生成上报文件。".to_owned();
        let seal: Self = serde_json::from_str(json).map_err(|_| broken())?;
        let close = QuarterClose {
            number: seal.number,
            quarter: seal.quarter.parse().map_err(|_| broken())?,
            snapshot: seal.snapshot.clone(),
            hash: seal.hash.clone(),
            previous_hash: seal.previous_hash.clone(),
            closed_at: NaiveDateTime::parse_from_str(&seal.closed_at, MOMENT).map_err(|_| broken())?,
            closed_by: seal.closed_by.clone(),
            reopened: None,
        };
        let holds = close.hash_due() == close.hash
            && close.quarter == issue.head.quarter
            && seal.chain.last() == Some(&close.hash)
            && (close.previous_hash.is_empty() || seal.chain.contains(&close.previous_hash));
        if !holds {
            return Err("文件里的封账快照与封账校验码不符，没有采用。请对方核对工作簿后重新上报。".to_owned());
        }
        if let Some((today, rows)) = snapshot::packed(&close.snapshot) {
            let kept = keeping::unpack(&rows, close.quarter, today).map_err(|_| broken())?;
            let there: BTreeSet<&PlanId> = issue.plans.iter().map(|plan| &plan.id).collect();
            let ledger = kept.loaded.ledger();
            let not = ledger.plans.iter().map(|plan| plan.id.clone()).filter(|id| !there.contains(id)).collect();
            let closed = super::whole(Issue::new(issue.head.clone(), String::new()), ledger, &BTreeMap::new(), &not);
            if bare(closed) != bare(issue.clone()) {
                return Err("文件里的数据与封账快照不一致，没有采用。请对方重新生成上报文件。".to_owned());
            }
        }
        Ok(Some(seal))
    }

    /// Whether a close that was handed up before stands in the chain of this one.
    pub(super) fn follows(&self, earlier: &str) -> bool {
        earlier.is_empty() || self.chain.iter().any(|hash| hash == earlier)
    }
}

/// What a snapshot and a file have in common: no texts of the document, and no names of who wrote.
fn bare(mut issue: Issue) -> Issue {
    issue.settings.clear();
    issue.tasks.iter_mut().for_each(|task| task.text.clear());
    let at = issue.head.made_at;
    issue.progress = issue.progress.into_iter().map(|row| Written { by: String::new(), at, ..row }).collect();
    issue
}
