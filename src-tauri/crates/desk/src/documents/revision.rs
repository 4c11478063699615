//! A new version of a plan that is in the workbook: which of its rows are the ledger's, what differs, and how the ledger takes it
//! over so that ids, progress and history of what stayed are kept.
//!
//! The pairs are found once, when the draft is made a new version, and can be corrected since each row of the draft says which
//! row of the ledger it is. The differences are computed anew from both whenever they are shown.

mod carrying;
mod difference;
mod likeness;
mod matching;
mod pairing;

pub(crate) use carrying::carry;
pub(crate) use difference::compare;
pub(crate) use matching::{match_rows, revised_plan};

use crate::model::ledger::{Ledger, Measured, TaskRows};
use crate::wire::{self, Review};
use plan::{ChecklistItem, Milestone, Plan, PlanId, Quarter, Status, Target};
use std::collections::{HashMap, HashSet};

/// The rows of a plan as the ledger has them.
#[derive(Debug)]
pub(crate) struct Former<'a> {
    pub ledger: &'a Ledger,
    pub plan: &'a Plan,
    pub tasks: Vec<&'a TaskRows>,
    pub items: Vec<&'a ChecklistItem>,
    pub milestones: Vec<&'a Milestone>,
    pub targets: Vec<(&'a Measured, &'a Target)>,
}

impl<'a> Former<'a> {
    pub(crate) fn of(ledger: &'a Ledger, plan: &PlanId) -> Option<Self> {
        let plan = ledger.plan(plan)?;
        let tasks: Vec<&TaskRows> = ledger.tasks.iter().filter(|row| row.task.plan == plan.id).collect();
        let goals = ledger.goals.iter().filter(|goal| goal.plan == plan.id);
        let of_plan = |measured: &&Measured| measured.indicator.plan == plan.id;
        let measured = ledger.measured.iter().filter(of_plan);
        Some(Self {
            ledger,
            plan,
            items: tasks.iter().flat_map(|row| &row.items).collect(),
            milestones: goals.chain(tasks.iter().flat_map(|row| &row.milestones)).collect(),
            targets: measured.flat_map(|measured| measured.targets.iter().map(move |target| (measured, target))).collect(),
            tasks,
        })
    }

    /// A sentence of the text that the plan was read from.
    fn sentence(&self, span: Option<plan::Span>) -> &'a str {
        span.and_then(|span| self.plan.source_text.get(span.start..span.end)).unwrap_or_default()
    }
}

/// Rows of the plan that the draft does not have.
pub(crate) fn unclaimed(draft: &wire::Draft, former: &Former<'_>) -> Vec<String> {
    let taken = Taken::of(draft, former);
    let tasks = former.tasks.iter().map(|row| row.task.id.as_str());
    let targets = former.targets.iter().map(|(_, row)| row.id.as_str());
    let milestones = former.milestones.iter().map(|row| row.id.as_str());
    let items = former.items.iter().map(|row| row.id.as_str());
    let all = tasks.chain(targets).chain(milestones).chain(items);
    all.filter(|id| !taken.claimed.contains(id)).map(str::to_owned).collect()
}

/// Whether a task is done with: 已销号, or 取消 and not taken up since.
fn ended(row: &TaskRows, quarter: Quarter) -> Option<Status> {
    if row.task.closed_on.is_some() {
        return Some(Status::Closed);
    }
    Some(row.status(quarter)).filter(|status| matches!(status, Status::Closed | Status::Cancelled))
}

/// What of a draft goes into the ledger, and which row of the ledger each of its rows is. A row of the ledger is one row of the
/// draft at most: where two claim it, the first has it.
#[derive(Debug, Default)]
struct Taken<'a> {
    tasks: Vec<&'a wire::DraftTask>,
    targets: Vec<&'a wire::DraftTarget>,
    milestones: Vec<&'a wire::DraftMilestone>,
    items: Vec<&'a wire::DraftItem>,
    /// Row of the draft → row of the ledger.
    former: HashMap<&'a str, &'a str>,
    /// Rows of the ledger that the draft has.
    claimed: HashSet<&'a str>,
}

impl<'a> Taken<'a> {
    fn of(draft: &'a wire::Draft, former: &Former<'_>) -> Self {
        let stays = |review: Review| review != Review::Dropped;
        let off: HashSet<&str> = draft.tasks.iter().filter(|row| !stays(row.review)).map(|row| row.id.as_str()).collect();
        let with_task = |task: Option<&String>| task.is_none_or(|task| !off.contains(task.as_str()));
        let mut taken = Self {
            tasks: draft.tasks.iter().filter(|row| stays(row.review)).collect(),
            targets: draft.targets.iter().filter(|row| stays(row.review) && with_task(row.task.as_ref())).collect(),
            milestones: draft.milestones.iter().filter(|row| stays(row.review) && with_task(row.task.as_ref())).collect(),
            items: draft.checklist_items.iter().filter(|row| stays(row.review) && with_task(Some(&row.task))).collect(),
            ..Self::default()
        };
        let tasks: HashSet<&str> = former.tasks.iter().map(|row| row.task.id.as_str()).collect();
        let targets: HashSet<&str> = former.targets.iter().map(|(_, row)| row.id.as_str()).collect();
        let milestones: HashSet<&str> = former.milestones.iter().map(|row| row.id.as_str()).collect();
        let items: HashSet<&str> = former.items.iter().map(|row| row.id.as_str()).collect();
        let claims = taken
            .tasks
            .iter()
            .map(|row| (&row.id, &row.same_as, &tasks))
            .chain(taken.targets.iter().map(|row| (&row.id, &row.same_as, &targets)))
            .chain(taken.milestones.iter().map(|row| (&row.id, &row.same_as, &milestones)))
            .chain(taken.items.iter().map(|row| (&row.id, &row.same_as, &items)));
        for (row, same_as, known) in claims {
            if let Some(old) = same_as.as_deref().filter(|old| known.contains(old))
                && taken.claimed.insert(old)
            {
                taken.former.insert(row, old);
            }
        }
        taken
    }

    fn former(&self, row: &str) -> Option<&'a str> {
        self.former.get(row).copied()
    }
}
