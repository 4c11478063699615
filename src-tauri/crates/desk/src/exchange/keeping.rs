//! The rows of a quarter as they were when it was closed, kept in its snapshot: a closed quarter prints from them, whatever is
//! written afterwards.

use crate::model::context::Context;
use crate::model::desk::{Desk, Kept, Loaded};
use crate::model::ledger::Ledger;
use crate::model::refusals::{said, wrong_input};
use crate::model::seeds;
use crate::model::settings;
use crate::model::timings::Timings;
use crate::wire::Refusal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{NaiveDate, NaiveTime};
use messages::{Exchange, Opening, Program};
use packet::{Head, Issue, Kind, Written};
use plan::{Department, DepartmentId, Quarter};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::table::passage::Passage;

/// The record among the settings that holds what is no row.
const BESIDE: &str = "quarter_close";

/// What a report is made from beside the rows.
#[derive(Serialize, Deserialize)]
struct Beside {
    /// The rule set in force, whole: a later program may ship another under its name.
    rules: Value,
    late: Vec<String>,
    /// Absent in what was closed before it was kept: then nobody is said to have been in time.
    #[serde(default)]
    on_time: Vec<String>,
    passages: Vec<(String, String)>,
    /// Departments whose return was merged; absent in what was closed before they were kept.
    #[serde(default)]
    returned: Vec<String>,
}

impl Desk {
    /// A closed quarter with its rows as they were; none where it was closed before rows were kept.
    pub(crate) fn kept(&mut self, closed: &super::Closed) -> Result<Option<&mut Kept>, Refusal> {
        if self.kept.as_ref().is_none_or(|(hash, _)| hash != closed.hash()) {
            self.kept = closed.rows()?.map(|kept| (closed.hash().to_owned(), kept));
        }
        Ok(self.kept.as_mut().map(|(_, kept)| kept))
    }
}

fn head(quarter: Quarter, today: NaiveDate) -> Head {
    Head {
        kind: Kind::Close,
        workbook: String::new(),
        office: String::new(),
        department: DepartmentId::new(""),
        department_name: String::new(),
        quarter,
        serial: 0,
        made_at: today.and_time(NaiveTime::MIN),
        made_by: String::new(),
    }
}

/// The rows that the context looks at, packed as one word.
pub(super) fn pack(
    context: Context<'_>,
    settings: &Map<String, Value>,
    passages: &[Passage],
    timings: &Timings,
) -> Result<String, Refusal> {
    let broken = |detail: String| wrong_input(Exchange::SnapshotNotWritten, Program::ReopenAndTry).with_detail(detail);
    let rules = seeds::rule_text(&context.rules.name).unwrap_or_default();
    let beside = Beside {
        rules: serde_json::from_str(rules).map_err(|error| broken(error.to_string()))?,
        late: timings.late.iter().map(ToString::to_string).collect(),
        on_time: timings.on_time.iter().map(ToString::to_string).collect(),
        passages: passages.iter().map(|passage| (passage.kind.clone(), passage.text.clone())).collect(),
        returned: returned(context),
    };
    let mut issue = rows(context);
    issue.settings = settings.iter().map(|(key, value)| (key.clone(), value.to_string())).collect();
    issue.settings.push((BESIDE.to_owned(), serde_json::to_string(&beside).map_err(|error| broken(error.to_string()))?));
    Ok(STANDARD.encode(issue.pack().map_err(|error| broken(error.to_string()))?))
}

fn returned(context: Context<'_>) -> Vec<String> {
    let departments = context.ledger.departments.iter();
    let returned = |department: &&Department| context.ledger.returned.contains(&(context.moment.quarter, department.id.clone()));
    departments.filter(returned).map(|department| department.id.to_string()).collect()
}

/// Unpacks the rows of a closed quarter.
pub(super) fn unpack(packed: &str, quarter: Quarter, today: NaiveDate) -> Result<Kept, Refusal> {
    let broken =
        |detail: String| wrong_input(Exchange::SnapshotDamaged { quarter: said(quarter) }, Opening::FromCopy).with_detail(detail);
    let bytes = STANDARD.decode(packed).map_err(|error| broken(error.to_string()))?;
    let mut issue = Issue::unpack(head(quarter, today), &bytes).map_err(|error| broken(error.to_string()))?;
    let mut kept = Map::new();
    let mut beside = None;
    for (key, json) in std::mem::take(&mut issue.settings) {
        if key == BESIDE {
            beside = Some(serde_json::from_str::<Beside>(&json).map_err(|error| broken(error.to_string()))?);
        } else {
            kept.insert(key, serde_json::from_str(&json).map_err(|error| broken(error.to_string()))?);
        }
    }
    let beside = beside.ok_or_else(|| broken(format!("no {BESIDE}")))?;
    let name = settings::text(&kept, "rule_set").unwrap_or("default").to_owned();
    let (rules, rule_note) = seeds::rules_of(&name, &beside.rules.to_string())?;
    let mut ledger = Ledger::of_kept(issue);
    ledger.returned = beside.returned.into_iter().map(|department| (quarter, DepartmentId::new(department))).collect();
    let rules = plan::RuleSet { working_days: crate::model::holidays::working_days(&kept), ..rules };
    Ok(Kept {
        today,
        loaded: Loaded::of(ledger, kept, rules, rule_note),
        passages: beside.passages.into_iter().map(|(kind, text)| Passage { quarter, kind, text }).collect(),
        timings: Timings {
            on_time: beside.on_time.into_iter().map(DepartmentId::new).collect(),
            late: beside.late.into_iter().map(DepartmentId::new).collect(),
        },
    })
}

/// All rows that the quarter's reports are made from. Of earlier quarters the words are left out, of later ones everything.
fn rows(context: Context<'_>) -> Issue {
    let (ledger, quarter) = (context.ledger, context.moment.quarter);
    let mut issue = Issue::new(head(quarter, context.moment.today), String::new());
    let at = issue.head.made_at;
    issue.plans = ledger.plans.iter().map(|plan| plan::Plan { source_text: String::new(), ..plan.clone() }).collect();
    issue.sections.clone_from(&ledger.sections);
    issue.departments = ledger.departments.iter().map(Department::clone).collect();
    issue.people.clone_from(&ledger.people);
    issue.holdings.clone_from(&ledger.holdings);
    for row in &ledger.tasks {
        // its text is the document's, and prints nowhere
        issue.tasks.push(plan::Task { span: None, text: String::new(), ..row.task.clone() });
        issue.assignments.extend(row.assignments.iter().cloned());
        issue.items.extend(row.items.iter().map(|item| plan::ChecklistItem { span: None, ..item.clone() }));
        issue.milestones.extend(row.milestones.iter().map(|milestone| plan::Milestone { span: None, ..milestone.clone() }));
        for progress in row.progress.iter().filter(|progress| progress.quarter <= quarter) {
            let mut progress = progress.clone();
            if progress.quarter < quarter {
                for words in [&mut progress.done, &mut progress.problems, &mut progress.next] {
                    words.clear();
                }
            }
            issue.progress.push(Written { progress, by: String::new(), at });
        }
    }
    issue.milestones.extend(ledger.goals.iter().map(|goal| plan::Milestone { span: None, ..goal.clone() }));
    for measured in &ledger.measured {
        issue.indicators.push(measured.indicator.clone());
        issue.targets.extend(measured.targets.iter().map(|target| plan::Target { span: None, ..target.clone() }));
        issue.actuals.extend(measured.actuals.iter().filter(|actual| actual.quarter <= quarter).cloned());
    }
    issue
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::desk::Desk;
    use plan::Moment;
    use std::collections::BTreeSet;
    use store::Stamp;

    /// The sample's third quarter, packed.
    fn packed(folder: &std::path::Path, moment: Moment) -> (Desk, String) {
        let stamp = Stamp::new(moment.today.and_time(NaiveTime::MIN), "王芳", "");
        let seed = seeds::seed("yunxi-2025").unwrap();
        let mut desk = Desk::create(&folder.join("台账.planbook"), &stamp, |desk| desk.plant_seed(&seed, &stamp)).unwrap();
        let passages = desk.passages(moment.quarter).unwrap();
        let late = BTreeSet::from([DepartmentId::new("late")]);
        let timings = Timings { on_time: BTreeSet::from([DepartmentId::new("in time")]), late };
        let packed = desk.view(moment, |context, settings, _| pack(context, settings, &passages, &timings).unwrap()).unwrap();
        (desk, packed)
    }

    #[test]
    fn what_is_kept_is_judged_as_the_rows_were() {
        let folder = tempfile::tempdir().unwrap();
        let moment = Moment { quarter: "2025Q3".parse().unwrap(), today: "2025-10-12".parse().unwrap() };
        let (mut desk, packed) = packed(folder.path(), moment);
        let mut kept = unpack(&packed, moment.quarter, moment.today).unwrap();
        for moment in [moment, moment.previous()] {
            assert_eq!(kept.loaded.judged(moment), desk.judged(moment).unwrap());
        }
        assert_eq!(kept.passages, desk.passages(moment.quarter).unwrap());
        assert!(!kept.passages.is_empty() && kept.timings.late.len() == 1 && kept.timings.on_time.len() == 1);
        // later words are not kept, earlier ones only as far as a quarter was reported
        let progress = || kept.loaded.ledger().tasks.iter().flat_map(|row| &row.progress);
        assert!(progress().all(|row| row.quarter <= moment.quarter && (row.quarter == moment.quarter) != row.done.is_empty()));
    }

    #[test]
    fn rows_that_are_damaged_are_refused_with_a_way_out_and_old_closes_have_none() {
        let folder = tempfile::tempdir().unwrap();
        let moment = Moment { quarter: "2025Q3".parse().unwrap(), today: "2025-10-12".parse().unwrap() };
        let (_, packed) = packed(folder.path(), moment);
        for damaged in ["", "没有", &packed[..packed.len() / 2], &packed[8..]] {
            let refusal = unpack(damaged, moment.quarter, moment.today).unwrap_err();
            assert!(refusal.message.to_string().contains("快照已损坏") && refusal.to_string().contains("备份"), "{refusal}");
        }
        let old = "{\"planbook_quarter\":1,\"quarter\":\"2025Q3\",\"as_of\":\"2025-10-12\",\"tasks\":0}\n";
        assert!(super::super::snapshot::packed(old).is_none());
        assert!(super::super::snapshot::read(old).is_ok());
    }
}
