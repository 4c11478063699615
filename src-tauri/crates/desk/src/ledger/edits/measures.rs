//! Targets, milestones and checklist items that are made, changed, moved, taken off and brought back by hand.

use super::outline::{find_plan, is_retired, plan_of, restore, retire, text, weight};
use super::{due_date, find_item, find_task, find_unit, new_unit, standing_targets};
use crate::model::kinds::indicator_kind;
use crate::model::refusals::{gone, wrong_input};
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::Noun;
use plan::limits;
use plan::{
    Cadence, ChecklistItem, ChecklistItemId, DepartmentId, Due, Indicator, IndicatorId, IndicatorKind, Milestone, MilestoneId,
    Op, PlanId, Target, TargetId, TaskId,
};
use store::table;

// ---- targets ----

pub(super) fn add_target(store: &mut store::Edit<'_>, new: &wire::NewTarget) -> Result<(), Refusal> {
    let (plan, task) = owner(store, new.task.as_ref(), new.plan.as_ref())?;
    let name = limits::name("指标名称", &new.indicator)?;
    let unit = limits::one_line(&new.unit);
    let (op, cadence): (Op, Cadence) = (new.op.parse()?, new.cadence.parse()?);
    let value = limits::figure(&format!("“{name}”的目标值"), new.value)?;
    let due = due_date(new.due.as_ref())?;
    let kind = match &new.kind {
        Some(kind) => kind.parse()?,
        None => indicator_kind(&name, &unit, value, op, cadence),
    };
    let known = indicators_of(store, &plan, task.as_ref())?;
    let same = known.into_iter().find(|row| row.name == name && row.unit == unit && row.kind == kind);
    let indicator = match same {
        Some(same) if !is_retired(store, same.id.as_str())? => same.id,
        _ => add_indicator(store, &plan, task, &Named { name: &name, unit, kind, new })?,
    };
    let position = not_twice(store, &indicator, None, due, cadence)?;
    let id = TargetId::new(store.new_id());
    let target = Target { id, indicator, op, value, due, cadence, proposed: false, span: None, position };
    Ok(table::target::insert(store, &target)?)
}

/// A new target's indicator.
struct Named<'a> {
    name: &'a str,
    unit: String,
    kind: IndicatorKind,
    new: &'a wire::NewTarget,
}

fn add_indicator(
    store: &mut store::Edit<'_>,
    plan: &PlanId,
    task: Option<TaskId>,
    named: &Named<'_>,
) -> Result<IndicatorId, Refusal> {
    let id = IndicatorId::new(store.new_id());
    let position = table::indicator::last_of_plan(store, plan)?.map_or(0, |last| last.position + 1);
    let row = Indicator {
        id: id.clone(),
        plan: plan.clone(),
        task,
        name: named.name.to_owned(),
        unit: named.unit.clone(),
        kind: named.kind,
        binding: named.new.binding,
        baseline: named.new.baseline.as_ref().map(baseline).transpose()?,
        weight: 1.0,
        position,
    };
    table::indicator::insert(store, &row)?;
    Ok(id)
}

fn baseline(base: &wire::Baseline) -> Result<(i32, f64), Refusal> {
    Ok((limits::year("基期年", base.year)?, limits::figure("基期值", base.value)?))
}

/// The indicators of a task, or of a plan's own goals.
fn indicators_of(store: &store::Edit<'_>, plan: &PlanId, task: Option<&TaskId>) -> Result<Vec<Indicator>, Refusal> {
    match task {
        Some(task) => Ok(table::indicator::of_task(store, task)?),
        None => Ok(table::indicator::goals_of_plan(store, plan)?),
    }
}

/// An indicator has one target for one date; the place for another.
fn not_twice(
    store: &store::Edit<'_>,
    indicator: &IndicatorId,
    but: Option<&TargetId>,
    due: Option<Due>,
    cadence: Cadence,
) -> Result<i64, Refusal> {
    let targets = standing_targets(store, indicator)?;
    if targets.iter().any(|row| Some(&row.id) != but && row.due == due && row.cadence == cadence) {
        let name = table::indicator::get(store, indicator)?.name;
        let when = due.map_or_else(|| "到规划期末".to_owned(), Due::chinese);
        return Err(Refusal::new(
            RefusalCode::Refused,
            format!("指标“{name}”已有{when}的目标。"),
            "请直接修改那个目标，或换一个时限。",
        ));
    }
    Ok(targets.iter().map(|row| row.position + 1).max().unwrap_or(0))
}

pub(super) fn set_target(store: &mut store::Edit<'_>, fields: &wire::TargetFields) -> Result<(), Refusal> {
    let mut target = find_target(store, &fields.target)?;
    let mut indicator = table::indicator::get(store, &target.indicator)?;
    if let Some(value) = fields.value {
        target.value = limits::figure("目标值", value)?;
        target.proposed = false;
    }
    if let Some(op) = &fields.op {
        target.op = op.parse()?;
    }
    if let Some(due) = &fields.due {
        target.due = due_date(due.as_ref())?;
    }
    if let Some(cadence) = &fields.cadence {
        target.cadence = cadence.parse()?;
    }
    if fields.due.is_some() || fields.cadence.is_some() {
        not_twice(store, &target.indicator, Some(&target.id), target.due, target.cadence)?;
    }
    let was = indicator.clone();
    if let Some(name) = &fields.indicator {
        indicator.name = limits::name("指标名称", name)?;
    }
    if let Some(unit) = &fields.unit {
        indicator.unit = one_line("计量单位", unit)?;
    }
    if let Some(kind) = &fields.kind {
        indicator.kind = kind.parse()?;
    }
    indicator.binding = fields.binding.unwrap_or(indicator.binding);
    if let Some(base) = &fields.baseline {
        indicator.baseline = base.as_ref().map(baseline).transpose()?;
    }
    if let Some(heavy) = fields.weight {
        indicator.weight = weight(heavy)?;
    }
    if indicator != was {
        table::indicator::update(store, &indicator)?;
    }
    Ok(table::target::update(store, &target)?)
}

fn one_line(field: &str, text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    Ok(limits::name(field, text)?)
}

pub(super) fn move_target(store: &mut store::Edit<'_>, to: &wire::TargetMove) -> Result<(), Refusal> {
    let target = find_target(store, &to.target)?;
    let indicator = table::indicator::get(store, &target.indicator)?;
    let task = in_plan(store, to.task.as_ref(), &indicator.plan)?;
    Ok(table::indicator::update(store, &Indicator { task, ..indicator })?)
}

/// The last target that stands takes its indicator with it.
pub(super) fn retire_target(store: &mut store::Edit<'_>, target: &str, today: NaiveDate) -> Result<(), Refusal> {
    let target = find_target(store, target)?;
    retire(store, target.id.as_str(), "target", today)?;
    if standing_targets(store, &target.indicator)?.is_empty() {
        retire(store, target.indicator.as_str(), "indicator", today)?;
    }
    Ok(())
}

pub(super) fn restore_target(store: &mut store::Edit<'_>, target: &str) -> Result<(), Refusal> {
    let target = find_target(store, target)?;
    let indicator = table::indicator::get(store, &target.indicator)?;
    not_twice(store, &indicator.id, Some(&target.id), target.due, target.cadence)?;
    restore(store, target.id.as_str(), &indicator.name)?;
    if is_retired(store, indicator.id.as_str())? {
        table::retired::delete(store, indicator.id.as_str())?;
    }
    Ok(())
}

fn find_target(store: &store::Edit<'_>, target: &str) -> Result<Target, Refusal> {
    table::target::find(store, &TargetId::new(target))?.ok_or_else(|| gone(Noun::Target, target))
}

/// The plan and task of something new.
fn owner(store: &store::Edit<'_>, task: Option<&String>, plan: Option<&String>) -> Result<(PlanId, Option<TaskId>), Refusal> {
    let Some(task) = task else { return Ok((plan_of(store, plan)?, None)) };
    let task = find_task(store, task)?;
    if let Some(plan) = plan.map(|plan| find_plan(store, plan)).transpose()?.filter(|plan| plan.id != task.plan) {
        return Err(wrong_input(format!("任务“{}”不属于规划“{}”。", task.title, plan.title), "请选择同一份规划的任务。"));
    }
    Ok((task.plan, Some(task.id)))
}

/// A task to which a row of a plan moves.
fn in_plan(store: &store::Edit<'_>, task: Option<&String>, plan: &PlanId) -> Result<Option<TaskId>, Refusal> {
    let Some(task) = task else { return Ok(None) };
    let task = find_task(store, task)?;
    if task.plan == *plan {
        return Ok(Some(task.id));
    }
    Err(wrong_input(format!("任务“{}”属于另一份规划。", task.title), "请选择同一份规划的任务。"))
}

// ---- milestones ----

pub(super) fn add_milestone(store: &mut store::Edit<'_>, new: &wire::NewMilestone) -> Result<(), Refusal> {
    let (plan, task) = owner(store, new.task.as_ref(), new.plan.as_ref())?;
    let milestone = Milestone {
        id: MilestoneId::new(store.new_id()),
        position: table::milestone::last_position(store, &plan)?.map_or(0, |last| last + 1),
        plan,
        task,
        departments: units(store, &new.departments)?,
        what: text("节点内容", &new.what)?,
        due: new.due.parse()?,
        done_on: None,
        span: None,
    };
    Ok(table::milestone::insert(store, &milestone)?)
}

pub(super) fn set_milestone(store: &mut store::Edit<'_>, fields: &wire::MilestoneFields) -> Result<(), Refusal> {
    let mut milestone = find_milestone(store, &fields.milestone)?;
    if let Some(what) = &fields.what {
        milestone.what = text("节点内容", what)?;
    }
    if let Some(due) = &fields.due {
        milestone.due = due.parse()?;
    }
    if let Some(departments) = &fields.departments {
        milestone.departments = units(store, departments)?;
    }
    Ok(table::milestone::update(store, &milestone)?)
}

pub(super) fn move_milestone(store: &mut store::Edit<'_>, to: &wire::MilestoneMove) -> Result<(), Refusal> {
    let milestone = find_milestone(store, &to.milestone)?;
    let task = in_plan(store, to.task.as_ref(), &milestone.plan)?;
    Ok(table::milestone::update(store, &Milestone { task, ..milestone })?)
}

pub(super) fn retire_milestone(store: &mut store::Edit<'_>, milestone: &str, today: NaiveDate) -> Result<(), Refusal> {
    let milestone = find_milestone(store, milestone)?;
    retire(store, milestone.id.as_str(), "milestone", today)
}

pub(super) fn restore_milestone(store: &mut store::Edit<'_>, milestone: &str) -> Result<(), Refusal> {
    let milestone = find_milestone(store, milestone)?;
    restore(store, milestone.id.as_str(), &milestone.what)
}

pub(super) fn find_milestone(store: &store::Edit<'_>, milestone: &str) -> Result<Milestone, Refusal> {
    table::milestone::find(store, &MilestoneId::new(milestone))?.ok_or_else(|| gone(Noun::Milestone, milestone))
}

// ---- checklist items ----

pub(super) fn add_item(store: &mut store::Edit<'_>, new: &wire::NewItem) -> Result<(), Refusal> {
    let task = find_task(store, &new.task)?;
    let item = ChecklistItem {
        id: ChecklistItemId::new(store.new_id()),
        departments: units(store, &new.departments)?,
        text: text("清单事项", &new.text)?,
        due: due_date(new.due.as_ref())?,
        done_on: None,
        span: None,
        position: table::checklist_item::of_task(store, &task.id)?.last().map_or(0, |item| item.position + 1),
        task: task.id,
    };
    table::checklist_item::insert(store, &item)?;
    match &new.after {
        Some(after) => put_behind(store, &item, Some(after)),
        None => Ok(()),
    }
}

pub(super) fn set_item(store: &mut store::Edit<'_>, fields: &wire::ItemFields) -> Result<(), Refusal> {
    let mut item = find_item(store, &fields.item)?;
    if let Some(words) = &fields.text {
        item.text = text("清单事项", words)?;
    }
    if let Some(due) = &fields.due {
        item.due = due_date(due.as_ref())?;
    }
    if let Some(departments) = &fields.departments {
        item.departments = units(store, departments)?;
    }
    Ok(table::checklist_item::update(store, &item)?)
}

pub(super) fn move_item(store: &mut store::Edit<'_>, to: &wire::ItemMove) -> Result<(), Refusal> {
    let mut item = find_item(store, &to.item)?;
    if to.after.as_ref() == Some(&to.item) {
        return Err(wrong_input(format!("“{}”不能移到它自己之后。", item.text), "请选择别的事项作为位置。"));
    }
    if let Some(task) = &to.task {
        let plan = find_task(store, item.task.as_str())?.plan;
        item.task = in_plan(store, Some(task), &plan)?.unwrap_or(item.task);
        table::checklist_item::update(store, &item)?;
    }
    put_behind(store, &item, to.after.as_ref())
}

/// Puts an item behind another of its task, or first, and counts the task's places anew.
fn put_behind(store: &mut store::Edit<'_>, item: &ChecklistItem, after: Option<&String>) -> Result<(), Refusal> {
    let mut items = table::checklist_item::of_task(store, &item.task)?;
    items.retain(|row| row.id != item.id);
    let at = match after {
        None => 0,
        Some(after) => items
            .iter()
            .position(|row| row.id.as_str() == after.as_str())
            .map(|at| at + 1)
            .ok_or_else(|| gone(Noun::ChecklistItem, after))?,
    };
    items.insert(at, item.clone());
    for (row, position) in items.into_iter().zip(0..) {
        if row.position != position || row.id == item.id {
            table::checklist_item::update(store, &ChecklistItem { position, ..row })?;
        }
    }
    Ok(())
}

pub(super) fn retire_item(store: &mut store::Edit<'_>, item: &str, today: NaiveDate) -> Result<(), Refusal> {
    let item = find_item(store, item)?;
    retire(store, item.id.as_str(), "checklist_item", today)
}

pub(super) fn restore_item(store: &mut store::Edit<'_>, item: &str) -> Result<(), Refusal> {
    let item = find_item(store, item)?;
    restore(store, item.id.as_str(), &item.text)
}

/// Departments by name or id, each once; a new name makes a new one.
fn units(store: &mut store::Edit<'_>, names: &[String]) -> Result<Vec<DepartmentId>, Refusal> {
    let mut found = Vec::new();
    for name in names {
        let id = match find_unit(store, name) {
            Ok(known) => known.id,
            Err(_) => {
                let name = limits::name("单位名称", name)?;
                new_unit(store, &name)?
            }
        };
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}
