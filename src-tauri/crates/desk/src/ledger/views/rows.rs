//! The ledger's rows and the detail of one task.

use super::lines::{evidence_line, item_line, milestone_line, progress_line, targets_of};
use crate::model::context::Context;
use crate::model::ledger::{TaskRows, heading};
use crate::wire::{DepartmentRole, Ledger, LedgerRow, LedgerTable, SectionLine, TaskDetail};
use foldhash::HashMap;
use plan::{Due, PlanId, Progress};
use std::hash::Hash;

/// One row of the ledger.
pub(crate) fn ledger_row(context: Context<'_>, place: usize, row: &TaskRows) -> Option<LedgerRow> {
    let judged = context.judged.get(place)?;
    let quarter = context.moment.quarter;
    let plan = context.ledger.plan(&row.task.plan)?;
    let mut departments: Vec<_> = row.assignments.iter().collect();
    departments.sort_by_key(|assignment| (assignment.role, assignment.position));
    let due = row.task.due.or(plan.period_to.map(Due::Year));
    let words = |of: fn(&Progress) -> &String| said(context, row, of);
    Some(LedgerRow {
        id: row.task.id.to_string(),
        plan: row.task.plan.to_string(),
        section: row.task.section.as_ref().map(ToString::to_string),
        number: row.task.number.clone(),
        title: row.task.title.clone(),
        kind: row.task.kind.to_string(),
        departments: departments
            .iter()
            .map(|assignment| DepartmentRole {
                id: assignment.department.to_string(),
                name: context.ledger.department_name(&assignment.department),
                role: assignment.role.to_string(),
                by_default: assignment.by_default,
            })
            .collect(),
        due: due.map(|due| due.to_string()),
        due_by_default: row.task.due.is_none(),
        status: row.status(quarter).to_string(),
        progress: words(|progress| &progress.done),
        problems: words(|progress| &progress.problems),
        next: words(|progress| &progress.next),
        items_done: row.items.iter().filter(|item| item.done_on.is_some()).count(),
        items: row.items.len(),
        completion: judged.assessment.completion,
        gap: judged.assessment.gap,
        judgement: judged.assessment.judgement.to_string(),
        lamp: judged.assessment.lamp.to_string(),
        why: judged.assessment.why.clone(),
        evidence: row.evidence.len(),
        closed_on: row.task.closed_on.map(|day| day.to_string()),
        initials: row.initials.clone(),
        remark: row.task.remark.clone(),
        origin: row.task.origin.as_ref().map(|origin| origin.from.clone()).unwrap_or_default(),
        leaders: leaders(context, row),
    })
}

/// The names of the leaders who answer for a task at the end of the quarter.
fn leaders(context: Context<'_>, row: &TaskRows) -> String {
    let day = context.moment.quarter.last_day().min(context.moment.today.max(context.moment.quarter.first_day()));
    context.ledger.leaders(row, day).iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("、")
}

/// One text of the quarter: as it stands where one department wrote, each behind its name where several did.
fn said(context: Context<'_>, row: &TaskRows, of: fn(&Progress) -> &String) -> String {
    let quarter = context.moment.quarter;
    let written: Vec<&Progress> = row
        .assignments
        .iter()
        .filter_map(|assignment| row.progress_of(&assignment.department, quarter))
        .filter(|progress| !of(progress).is_empty())
        .collect();
    match written[..] {
        [] => String::new(),
        [only] => of(only).clone(),
        _ => written
            .iter()
            .map(|progress| format!("{}:{}", context.ledger.department_name(&progress.department), of(progress)))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// The ledger of one plan or all.
pub(crate) fn ledger_rows(context: Context<'_>, plan: Option<&PlanId>) -> Ledger {
    Ledger {
        quarter: context.moment.quarter.to_string(),
        sections: section_lines(context, plan),
        rows: context.tasks(plan).filter_map(|(place, row, _)| ledger_row(context, place, row)).collect(),
    }
}

/// The headings of one plan or all, in the plans' order.
fn section_lines(context: Context<'_>, plan: Option<&PlanId>) -> Vec<SectionLine> {
    let in_plan = |of: &PlanId| plan.is_none_or(|plan| of == plan);
    let mut sections: Vec<_> = context.ledger.sections.iter().filter(|section| in_plan(&section.plan)).collect();
    let plan_place = |of: &PlanId| context.ledger.plans.iter().position(|plan| plan.id == *of);
    sections.sort_by_cached_key(|section| (plan_place(&section.plan), section.position));
    let line = |section: &&plan::Section| SectionLine {
        id: section.id.to_string(),
        plan: section.plan.to_string(),
        parent: section.parent.as_ref().map(ToString::to_string),
        level: context.ledger.path(Some(&section.id)).len(),
        heading: heading(section),
        number: section.number.clone(),
        title: section.title.clone(),
    };
    sections.iter().map(line).collect()
}

/// Things that many rows share, each kept once.
struct Shared<T> {
    each: Vec<T>,
    places: HashMap<T, u32>,
}

impl<T: Clone + Eq + Hash> Shared<T> {
    fn new() -> Self {
        Self { each: Vec::new(), places: HashMap::default() }
    }

    /// Where one stands; it is put there the first time.
    fn place(&mut self, one: T) -> u32 {
        if let Some(&place) = self.places.get(&one) {
            return place;
        }
        // fewer than there are rows, which a workbook holds far fewer of than this can count
        let place = u32::try_from(self.each.len()).unwrap_or(u32::MAX);
        self.each.push(one.clone());
        self.places.insert(one, place);
        place
    }
}

/// The ledger of one plan or all, as a table that says once what many rows say.
pub(crate) fn ledger_table(context: Context<'_>, plan: Option<&PlanId>) -> LedgerTable {
    let mut texts = Shared::new();
    let mut lists = Shared::new();
    let mut table = LedgerTable {
        quarter: context.moment.quarter.to_string(),
        sections: section_lines(context, plan),
        ..LedgerTable::default()
    };
    for row in context.tasks(plan).filter_map(|(place, row, _)| ledger_row(context, place, row)) {
        table.id.push(row.id);
        table.plan.push(texts.place(row.plan));
        table.section.push(row.section.map(|section| texts.place(section)));
        table.number.push(row.number);
        table.title.push(row.title);
        table.kind.push(texts.place(row.kind));
        table.departments.push(lists.place(row.departments));
        table.due.push(row.due.map(|due| texts.place(due)));
        table.due_by_default.push(row.due_by_default.into());
        table.status.push(texts.place(row.status));
        table.progress.push(texts.place(row.progress));
        table.problems.push(texts.place(row.problems));
        table.next.push(texts.place(row.next));
        table.items_done.push(row.items_done);
        table.items.push(row.items);
        table.completion.push(row.completion);
        table.gap.push(row.gap);
        table.judgement.push(texts.place(row.judgement));
        table.lamp.push(texts.place(row.lamp));
        table.why.push(texts.place(row.why));
        table.evidence.push(row.evidence);
        table.closed_on.push(row.closed_on.map(|day| texts.place(day)));
        table.initials.push(row.initials);
        table.remark.push(texts.place(row.remark));
        table.origin.push(texts.place(row.origin));
        table.leaders.push(texts.place(row.leaders));
    }
    LedgerTable { texts: texts.each, department_lists: lists.each, ..table }
}

/// Everything about one task but its history and what is asked about it.
pub(crate) fn detail(context: Context<'_>, place: usize, row: &TaskRows) -> Option<TaskDetail> {
    let mut progress: Vec<&Progress> = row.progress.iter().collect();
    progress.sort_by_key(|progress| std::cmp::Reverse(progress.quarter));
    let plan = context.ledger.plan(&row.task.plan)?;
    Some(TaskDetail {
        row: ledger_row(context, place, row)?,
        path: context.ledger.path(row.task.section.as_ref()),
        plan_title: plan.title.clone(),
        text: row.task.text.clone(),
        start: row.task.start.map(|day| day.to_string()),
        weight: row.task.weight,
        received_on: row.task.origin.as_ref().and_then(|origin| origin.received_on).map(|day| day.to_string()),
        people: super::people::of_task(context, row),
        matter: row.task.origin.as_ref().map(|origin| origin.matter.clone()).unwrap_or_default(),
        items: row.items.iter().map(|item| item_line(context, item)).collect(),
        milestones: row.milestones.iter().map(|milestone| milestone_line(context, milestone, Some(row))).collect(),
        targets: targets_of(context, row),
        progress: progress.into_iter().map(|progress| progress_line(context.ledger, progress)).collect(),
        evidence: row.evidence.iter().map(evidence_line).collect(),
        override_judgement: row.task.override_judgement.as_ref().map(|(judgement, why)| (judgement.to_string(), why.clone())),
        history: Vec::new(),
        requests: Vec::new(),
    })
}
