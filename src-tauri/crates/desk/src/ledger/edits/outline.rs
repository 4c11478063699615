//! Plans, headings and tasks that are made, changed, moved, taken off and brought back by hand. Numbers are what people gave
//! them: nothing here counts anew.

use super::{assign, due_date, find_task};
use crate::model::refusals::{gone, required_text, wrong_input};
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::Noun;
use plan::limits;
use plan::{
    ChecklistItem, ChecklistItemId, Due, Indicator, IndicatorId, Milestone, MilestoneId, Origin, Plan, PlanId, PlanStage,
    Register, Section, SectionId, Target, TargetId, Task, TaskId, TaskKind,
};
use std::collections::HashSet;
use store::table;
use store::table::retired::Retired;

/// Between two tasks that are set down one after the other so many others find a place.
const APART: i64 = 64;
/// The longest number, in characters.
const LONGEST_NUMBER: usize = 30;
/// The most that a row can weigh.
const HEAVIEST: f64 = 1000.0;

// ---- plans ----

pub(super) fn add_plan(store: &mut store::Edit<'_>, new: &wire::NewPlan) -> Result<(), Refusal> {
    let plans = table::plan::list(store)?;
    let mut plan = Plan {
        id: PlanId::new(store.new_id()),
        title: limits::name("规划名称", &new.title)?,
        doc_number: line("文号", new.doc_number.as_ref())?,
        issuer: line("发文机关", new.issuer.as_ref())?,
        issued_on: day("成文日期", new.issued_on.as_ref())?,
        period_from: new.from,
        period_to: new.to,
        stage: PlanStage::Issued,
        register: new.source.as_ref().map_or(Ok(Register::Plan), |source| source.parse())?,
        source_text: String::new(),
        position: plans.iter().map(|plan| plan.position + 1).max().unwrap_or(0),
    };
    settle_years(&mut plan)?;
    Ok(table::plan::insert(store, &plan)?)
}

pub(super) fn set_plan(store: &mut store::Edit<'_>, fields: &wire::PlanFields) -> Result<(), Refusal> {
    let mut plan = find_plan(store, &fields.plan)?;
    if let Some(title) = &fields.title {
        plan.title = limits::name("规划名称", title)?;
    }
    if let Some(source) = &fields.source {
        plan.register = source.parse()?;
    }
    if let Some(stage) = &fields.stage {
        plan.stage = stage.parse()?;
    }
    if let Some(number) = &fields.doc_number {
        plan.doc_number = line("文号", number.as_ref())?;
    }
    if let Some(issuer) = &fields.issuer {
        plan.issuer = line("发文机关", issuer.as_ref())?;
    }
    if let Some(issued_on) = &fields.issued_on {
        plan.issued_on = day("成文日期", issued_on.as_ref())?;
    }
    plan.period_from = fields.from.unwrap_or(plan.period_from);
    plan.period_to = fields.to.unwrap_or(plan.period_to);
    settle_years(&mut plan)?;
    Ok(table::plan::update(store, &plan)?)
}

fn settle_years(plan: &mut Plan) -> Result<(), Refusal> {
    plan.period_from.map(|year| limits::year("规划起始年", year)).transpose()?;
    plan.period_to.map(|year| limits::year("规划结束年", year)).transpose()?;
    if plan.period_from.zip(plan.period_to).is_some_and(|(from, to)| from > to) {
        return Err(wrong_input("规划的结束年早于起始年。", "请改正规划的起止年份后再试。"));
    }
    Ok(())
}

/// A plan by its id, or by its title where one alone has it: checklists name plans so.
pub(super) fn find_plan(store: &store::Edit<'_>, plan: &str) -> Result<Plan, Refusal> {
    if let Some(found) = table::plan::find(store, &PlanId::new(plan))? {
        return Ok(found);
    }
    let mut titled = table::plan::list(store)?.into_iter().filter(|row| row.title == plan);
    match (titled.next(), titled.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(gone(Noun::Plan, plan)),
    }
}

/// The plan of something that stands under no task: the one that is named, else the workbook's only one.
pub(super) fn plan_of(store: &store::Edit<'_>, plan: Option<&String>) -> Result<PlanId, Refusal> {
    if let Some(plan) = plan {
        return Ok(find_plan(store, plan)?.id);
    }
    match &table::plan::years(store)?[..] {
        [(only, _)] => Ok(only.clone()),
        [] => Err(wrong_input("工作簿里还没有规划。", "请先增加一份规划或台账，再加入内容。")),
        _ => Err(wrong_input("没有写明属于哪份规划。", "请选择所属的任务，或写明规划。")),
    }
}

// ---- headings ----

pub(super) fn add_section(store: &mut store::Edit<'_>, new: &wire::NewSection) -> Result<(), Refusal> {
    let plan = find_plan(store, &new.plan)?.id;
    let section = Section {
        id: SectionId::new(store.new_id()),
        plan: plan.clone(),
        parent: new.parent.as_ref().map(|parent| section_of(store, parent, &plan)).transpose()?.map(|parent| parent.id),
        number: number("标题序号", &new.number)?,
        title: limits::name("标题", &new.title)?,
        position: 0,
    };
    table::section::insert(store, &section)?;
    settle_section(store, &section, new.after.as_ref()).map(|_| ())
}

pub(super) fn set_section(store: &mut store::Edit<'_>, fields: &wire::SectionFields) -> Result<(), Refusal> {
    let mut section = find_section(store, &fields.section)?;
    if let Some(words) = &fields.number {
        section.number = number("标题序号", words)?;
    }
    if let Some(title) = &fields.title {
        section.title = limits::name("标题", title)?;
    }
    Ok(table::section::update(store, &section)?)
}

pub(super) fn move_section(store: &mut store::Edit<'_>, to: &wire::SectionMove) -> Result<(), Refusal> {
    let mut section = find_section(store, &to.section)?;
    let parent = to.parent.as_ref().map(|parent| section_of(store, parent, &section.plan)).transpose()?;
    let all = table::section::of_plan(store, &section.plan)?;
    let under = below(&all, &section.id);
    let itself = |id: &SectionId| *id == section.id || under.contains(id);
    let after = to.after.as_ref().map(SectionId::new);
    if parent.as_ref().is_some_and(|parent| itself(&parent.id)) || after.as_ref().is_some_and(itself) {
        return Err(wrong_input(
            format!("“{}”不能移到它自己或它的下级标题之下。", section.title),
            "请选择别的标题，或移到最上一级。",
        ));
    }
    section.parent = parent.map(|parent| parent.id);
    let plan = section.plan.clone();
    let outline = settle_section(store, &section, to.after.as_ref())?;
    order_tasks(store, &plan, &outline)
}

/// Sets a heading down behind another, with all that stands under it. The whole outline in its new order.
fn settle_section(store: &mut store::Edit<'_>, section: &Section, after: Option<&String>) -> Result<Vec<Section>, Refusal> {
    let before = table::section::of_plan(store, &section.plan)?;
    let moving = below(&before, &section.id);
    let is_moving = |id: &SectionId| *id == section.id || moving.contains(id);
    let (mut block, mut rest): (Vec<Section>, Vec<Section>) = before.iter().cloned().partition(|row| is_moving(&row.id));
    block.retain(|row| row.id != section.id);
    let last_under = |rest: &[Section], id: &SectionId| {
        let under = below(rest, id);
        rest.iter().rposition(|row| row.id == *id || under.contains(&row.id))
    };
    let at = match (after, &section.parent) {
        (Some(after), parent) => {
            let after = section_of(store, after, &section.plan)?;
            if after.parent != *parent {
                return Err(wrong_input(format!("“{}”与要放的位置不在同一级标题之下。", after.title), "请选择同一级的标题。"));
            }
            last_under(&rest, &after.id).map_or(rest.len(), |at| at + 1)
        }
        (None, Some(parent)) => last_under(&rest, parent).map_or(rest.len(), |at| at + 1),
        (None, None) => rest.len(),
    };
    let tail = rest.split_off(at);
    let ordered = rest.into_iter().chain([section.clone()]).chain(block).chain(tail);
    let ordered: Vec<Section> = ordered.zip(0..).map(|(row, position)| Section { position, ..row }).collect();
    for row in &ordered {
        if before.iter().all(|old| old != row) {
            table::section::update(store, row)?;
        }
    }
    Ok(ordered)
}

/// Brings a plan's tasks into the order of its headings; those under one heading stay in their order, those under none behind
/// whom they stood.
fn order_tasks(store: &mut store::Edit<'_>, plan: &PlanId, outline: &[Section]) -> Result<(), Refusal> {
    let tasks = table::task::of_plan(store, plan)?;
    let place = |task: &Task| {
        let section = task.section.as_ref();
        section.map_or(0, |section| outline.iter().position(|row| row.id == *section).map_or(0, |at| at + 1))
    };
    let mut last = 0;
    let mut keyed: Vec<(usize, Task)> = Vec::with_capacity(tasks.len());
    for task in tasks {
        let at = if task.section.is_none() { last } else { place(&task) };
        last = at;
        keyed.push((at, task));
    }
    let positions: Vec<i64> = keyed.iter().map(|(_, task)| task.position).collect();
    let in_order = positions.windows(2).all(|two| two[0] < two[1]);
    keyed.sort_by_key(|(at, _)| *at);
    for (at, (_, task)) in keyed.into_iter().enumerate() {
        let spread = i64::try_from(at).unwrap_or(i64::MAX / APART) * APART;
        let position = if in_order { positions.get(at).copied().unwrap_or(spread) } else { spread };
        if task.position != position {
            table::task::update(store, &Task { position, ..task })?;
        }
    }
    Ok(())
}

/// All headings under one, at any depth.
fn below(all: &[Section], id: &SectionId) -> Vec<SectionId> {
    let mut found = vec![id.clone()];
    let mut at = 0;
    while let Some(parent) = found.get(at).cloned() {
        for row in all.iter().filter(|row| row.parent.as_ref() == Some(&parent)) {
            // a cycle in a damaged file ends where a heading comes again
            if !found.contains(&row.id) {
                found.push(row.id.clone());
            }
        }
        at += 1;
    }
    found.remove(0);
    found
}

pub(super) fn retire_section(store: &mut store::Edit<'_>, off: &wire::SectionOff, today: NaiveDate) -> Result<(), Refusal> {
    let section = find_section(store, &off.section)?;
    let gone: HashSet<String> = table::retired::list(store)?.into_iter().map(|row| row.id).collect();
    let mut sections = below(&table::section::of_plan(store, &section.plan)?, &section.id);
    sections.retain(|id| !gone.contains(id.as_str()));
    let mut tasks = Vec::new();
    for id in sections.iter().chain([&section.id]) {
        tasks.extend(table::task::of_section(store, id)?.into_iter().map(|task| task.id));
    }
    tasks.retain(|id| !gone.contains(id.as_str()));
    let holds_none = tasks.is_empty() && sections.is_empty();
    if !(off.with_rows || holds_none) {
        let mut holds = Vec::new();
        if !sections.is_empty() {
            holds.push(format!("{}个下级标题", sections.len()));
        }
        if !tasks.is_empty() {
            holds.push(format!("{}项任务", tasks.len()));
        }
        return Err(Refusal::new(
            RefusalCode::Refused,
            format!("“{}”之下还有{}。", section.title, holds.join("和")),
            "请先移到别的标题下，或选择连同其下内容一起停止列入。",
        ));
    }
    for id in tasks {
        retire(store, id.as_str(), "task", today)?;
    }
    for id in sections {
        retire(store, id.as_str(), "section", today)?;
    }
    retire(store, section.id.as_str(), "section", today)
}

/// Brings a heading back with those above it, so that it is seen where it stood.
pub(super) fn restore_section(store: &mut store::Edit<'_>, section: &str) -> Result<(), Refusal> {
    let section = find_section(store, section)?;
    restore(store, section.id.as_str(), &section.title)?;
    show_headings(store, section.parent)
}

/// Brings headings back from one up, as far as they are taken off.
fn show_headings(store: &mut store::Edit<'_>, mut section: Option<SectionId>) -> Result<(), Refusal> {
    let mut seen = Vec::new();
    while let Some(id) = section.filter(|id| !seen.contains(id)) {
        if is_retired(store, id.as_str())? {
            table::retired::delete(store, id.as_str())?;
        }
        section = table::section::find(store, &id)?.and_then(|section| section.parent);
        seen.push(id);
    }
    Ok(())
}

fn find_section(store: &store::Edit<'_>, section: &str) -> Result<Section, Refusal> {
    table::section::find(store, &SectionId::new(section))?.ok_or_else(|| gone(Noun::Section, section))
}

/// A heading of a plan.
pub(super) fn section_of(store: &store::Edit<'_>, section: &str, plan: &PlanId) -> Result<Section, Refusal> {
    let found = find_section(store, section)?;
    if found.plan == *plan {
        return Ok(found);
    }
    Err(wrong_input(format!("标题“{}”属于另一份规划。", found.title), "请选择同一份规划的标题。"))
}

// ---- tasks ----

pub(super) fn add_task(store: &mut store::Edit<'_>, new: &wire::NewTask) -> Result<TaskId, Refusal> {
    let plan = find_plan(store, &new.plan)?.id;
    let section = new.section.as_ref().map(|section| section_of(store, section, &plan)).transpose()?.map(|section| section.id);
    let origin = Origin {
        from: words("来源", new.source.as_ref())?,
        received_on: day("交办日期", new.received_on.as_ref())?,
        matter: words("事由", new.matter.as_ref())?,
    };
    let task = Task {
        id: TaskId::new(store.new_id()),
        plan,
        section,
        number: number("序号", &new.number)?,
        title: limits::name("任务名称", &new.title)?,
        kind: new.kind.as_ref().map_or(Ok(TaskKind::Task), |kind| kind.parse())?,
        text: words("任务内容", new.text.as_ref())?,
        span: None,
        weight: 1.0,
        start: day("开始日期", new.start.as_ref())?,
        due: due_date(new.due.as_ref())?,
        closed_on: None,
        override_judgement: None,
        origin: (origin != Origin::default()).then(|| Box::new(origin)),
        remark: words("备注", new.remark.as_ref())?,
        position: 0,
    };
    free_number(store, &task)?;
    starts_in_time(&task)?;
    let position = place(store, &task, new.after.as_ref(), None)?;
    let task = Task { position, ..task };
    table::task::insert(store, &task)?;
    for (names, role) in [(&new.lead, "lead"), (&new.support, "support")] {
        for name in names {
            assign(store, task.id.as_str(), name, Some(&role.to_owned()))?;
        }
    }
    Ok(task.id)
}

pub(super) fn set_task(store: &mut store::Edit<'_>, fields: &wire::TaskFields) -> Result<(), Refusal> {
    let mut task = find_task(store, &fields.task)?;
    if let Some(words) = &fields.number {
        task.number = number("序号", words)?;
        free_number(store, &task)?;
    }
    if let Some(title) = &fields.title {
        task.title = limits::name("任务名称", title)?;
    }
    if let Some(text) = &fields.text {
        let text = limits::text("任务内容", text)?;
        if text != task.text {
            // other words stand nowhere in the document
            task.span = None;
            task.text = text;
        }
    }
    if let Some(kind) = &fields.kind {
        task.kind = kind.parse()?;
    }
    if let Some(weight) = fields.weight {
        task.weight = self::weight(weight)?;
    }
    if let Some(start) = &fields.start {
        task.start = day("开始日期", start.as_ref())?;
    }
    if let Some(due) = &fields.due {
        task.due = due_date(due.as_ref())?;
    }
    if fields.start.is_some() || fields.due.is_some() {
        starts_in_time(&task)?;
    }
    if fields.source.is_some() || fields.received_on.is_some() || fields.matter.is_some() {
        let mut origin = task.origin.take().map_or_else(Origin::default, |origin| *origin);
        if let Some(source) = &fields.source {
            origin.from = words("来源", Some(source))?;
        }
        if let Some(received_on) = &fields.received_on {
            origin.received_on = day("交办日期", received_on.as_ref())?;
        }
        if let Some(matter) = &fields.matter {
            origin.matter = words("事由", Some(matter))?;
        }
        task.origin = (origin != Origin::default()).then(|| Box::new(origin));
    }
    if let Some(remark) = &fields.remark {
        task.remark = words("备注", Some(remark))?;
    }
    Ok(table::task::update(store, &task)?)
}

pub(super) fn move_task(store: &mut store::Edit<'_>, to: &wire::TaskMove) -> Result<(), Refusal> {
    let mut task = find_task(store, &to.task)?;
    task.section = match &to.section {
        Some(section) => Some(section_of(store, section, &task.plan)?.id),
        None => None,
    };
    if [&to.after, &to.before].into_iter().flatten().any(|other| *other == to.task) {
        return Err(wrong_input(format!("“{}”不能移到它自己之后。", task.title), "请选择别的任务作为位置。"));
    }
    let position = place(store, &task, to.after.as_ref(), to.before.as_ref())?;
    // making room may have moved it
    let task = Task { position, ..task };
    Ok(table::task::update(store, &task)?)
}

/// Where a task of a plan is set down: behind or before another, else the last under its heading. Others make room where there is
/// none.
fn place(store: &mut store::Edit<'_>, task: &Task, after: Option<&String>, before: Option<&String>) -> Result<i64, Refusal> {
    let of_plan = |store: &store::Edit<'_>, id: &String| -> Result<Task, Refusal> {
        let found = find_task(store, id)?;
        if found.plan == task.plan {
            return Ok(found);
        }
        Err(wrong_input(format!("任务“{}”属于另一份规划。", found.title), "请选择同一份规划的任务作为位置。"))
    };
    let (previous, next) = match (after, before) {
        (Some(after), _) => {
            let previous = of_plan(store, after)?;
            let next = table::task::following(store, &previous)?;
            (Some(previous), next)
        }
        (None, Some(before)) => {
            let next = of_plan(store, before)?;
            (table::task::preceding(store, &next)?, Some(next))
        }
        (None, None) => end_of_heading(store, task)?,
    };
    // the task's own old place is no neighbour
    let previous = match previous {
        Some(own) if own.id == task.id => table::task::preceding(store, &own)?,
        other => other,
    };
    let next = match next {
        Some(own) if own.id == task.id => table::task::following(store, &own)?,
        other => other,
    };
    Ok(match (previous, next) {
        (None, None) => 0,
        (Some(previous), None) => previous.position + APART,
        (None, Some(next)) => next.position - APART,
        (Some(previous), Some(next)) => {
            let gap = next.position - previous.position;
            if gap > 1 {
                previous.position + gap / 2
            } else if gap == 1 && task.id > previous.id {
                // behind it by its id
                previous.position
            } else {
                table::task::make_room_behind(store, &previous, APART)?;
                previous.position + (gap + APART) / 2
            }
        }
    })
}

/// The tasks between which the end of a task's heading lies. A heading without tasks begins where the one before it ends.
fn end_of_heading(store: &store::Edit<'_>, task: &Task) -> Result<(Option<Task>, Option<Task>), Refusal> {
    let end = |previous: Option<Task>| -> Result<(Option<Task>, Option<Task>), Refusal> {
        let next = previous.as_ref().map(|previous| table::task::following(store, previous)).transpose()?.flatten();
        Ok((previous, next))
    };
    let Some(section) = &task.section else { return end(table::task::last_of_plan(store, &task.plan)?) };
    if let Some(last) = table::task::last_of_section(store, section)? {
        return end(Some(last));
    }
    let outline = table::section::of_plan(store, &task.plan)?;
    let earlier = outline.iter().take_while(|row| row.id != *section).collect::<Vec<_>>();
    for row in earlier.into_iter().rev() {
        if let Some(last) = table::task::last_of_section(store, &row.id)? {
            return end(Some(last));
        }
    }
    // the first heading with a task: before all others that stand under one
    let tasks = table::task::of_plan(store, &task.plan)?;
    let first = tasks.iter().position(|row| row.section.is_some() && row.id != task.id);
    Ok(match first {
        Some(at) => (at.checked_sub(1).and_then(|at| tasks.get(at)).cloned(), tasks.get(at).cloned()),
        None => (tasks.last().cloned(), None),
    })
}

pub(super) fn retire_task(store: &mut store::Edit<'_>, task: &str, today: NaiveDate) -> Result<(), Refusal> {
    let task = find_task(store, task)?;
    retire(store, task.id.as_str(), "task", today)
}

pub(super) fn restore_task(store: &mut store::Edit<'_>, task: &str) -> Result<(), Refusal> {
    let task = find_task(store, task)?;
    free_number(store, &task)?;
    restore(store, task.id.as_str(), &task.title)?;
    show_headings(store, task.section)
}

/// A second task right behind the first: with its departments, items, milestones, indicators and targets, without anything that
/// was entered.
pub(super) fn duplicate_task(store: &mut store::Edit<'_>, copy: &wire::TaskCopy) -> Result<(), Refusal> {
    let old = find_task(store, &copy.task)?;
    let off = |store: &store::Edit<'_>, id: &str| is_retired(store, id);
    let title = copy.title.as_ref().map_or_else(|| Ok(old.title.clone()), |title| limits::name("任务名称", title))?;
    let task = Task {
        id: TaskId::new(store.new_id()),
        number: number("序号", &copy.number)?,
        title,
        span: None,
        closed_on: None,
        override_judgement: None,
        ..old.clone()
    };
    free_number(store, &task)?;
    let position = place(store, &task, Some(&copy.task), None)?;
    let task = Task { position, ..task };
    table::task::insert(store, &task)?;
    for assignment in table::assignment::of_task(store, &old.id)? {
        table::assignment::put(store, &plan::Assignment { task: task.id.clone(), ..assignment })?;
    }
    for item in table::checklist_item::of_task(store, &old.id)? {
        if !off(store, item.id.as_str())? {
            let id = ChecklistItemId::new(store.new_id());
            let item = ChecklistItem { id, task: task.id.clone(), done_on: None, span: None, ..item };
            table::checklist_item::insert(store, &item)?;
        }
    }
    for milestone in table::milestone::of_task(store, &old.id)? {
        if !off(store, milestone.id.as_str())? {
            let id = MilestoneId::new(store.new_id());
            let milestone = Milestone { id, task: Some(task.id.clone()), done_on: None, span: None, ..milestone };
            table::milestone::insert(store, &milestone)?;
        }
    }
    for indicator in table::indicator::of_task(store, &old.id)? {
        if off(store, indicator.id.as_str())? {
            continue;
        }
        let id = IndicatorId::new(store.new_id());
        let row = Indicator { id: id.clone(), task: Some(task.id.clone()), ..indicator.clone() };
        table::indicator::insert(store, &row)?;
        for target in table::target::of_indicator(store, &indicator.id)? {
            if !off(store, target.id.as_str())? {
                let target = Target { id: TargetId::new(store.new_id()), indicator: id.clone(), span: None, ..target };
                table::target::insert(store, &target)?;
            }
        }
    }
    Ok(())
}

/// A number that another task of the plan has is not given again.
fn free_number(store: &store::Edit<'_>, task: &Task) -> Result<(), Refusal> {
    if task.number.is_empty() {
        return Ok(());
    }
    match table::task::numbered(store, &task.plan, &task.number)?.filter(|other| other.id != task.id) {
        None => Ok(()),
        Some(other) => Err(Refusal::new(
            RefusalCode::Refused,
            format!("序号“{}”已经是任务{}的。", task.number, plan::quoted(&other.title)),
            "请换一个序号，或先改那一项的序号。",
        )),
    }
}

fn starts_in_time(task: &Task) -> Result<(), Refusal> {
    match task.start.zip(task.due.map(Due::last_day)) {
        Some((start, due)) if start > due => {
            Err(wrong_input(format!("“{}”的开始日期晚于完成时限。", task.title), "请改正其中一个日期后再试。"))
        }
        _ => Ok(()),
    }
}

// ---- what all rows share ----

pub(super) fn retire(store: &mut store::Edit<'_>, id: &str, kind: &str, today: NaiveDate) -> Result<(), Refusal> {
    if is_retired(store, id)? {
        return Ok(());
    }
    Ok(table::retired::put(store, &Retired { id: id.to_owned(), kind: kind.to_owned(), retired_on: today })?)
}

pub(super) fn restore(store: &mut store::Edit<'_>, id: &str, name: &str) -> Result<(), Refusal> {
    if !is_retired(store, id)? {
        return Err(Refusal::new(RefusalCode::Refused, format!("“{name}”没有停止列入，不用恢复。"), ""));
    }
    Ok(table::retired::delete(store, id)?)
}

pub(super) fn is_retired(store: &store::Edit<'_>, id: &str) -> Result<bool, Refusal> {
    Ok(table::retired::find(store, id)?.is_some())
}

/// A number as people give it: one short line, or nothing.
fn number(field: &str, text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let text = limits::name(field, text)?;
    if text.chars().count() > LONGEST_NUMBER {
        let said: String = text.chars().take(LONGEST_NUMBER).collect();
        return Err(wrong_input(format!("{field}“{said}…”太长，应在{LONGEST_NUMBER}字以内。"), "请改正后再试。"));
    }
    Ok(text)
}

/// One line or none.
fn line(field: &str, text: Option<&String>) -> Result<Option<String>, Refusal> {
    Ok(text.filter(|text| !text.trim().is_empty()).map(|text| limits::name(field, text)).transpose()?)
}

/// A text without the white space around it; empty where there is none.
fn words(field: &str, text: Option<&String>) -> Result<String, Refusal> {
    let text = text.map(|text| limits::text(field, text)).transpose()?.unwrap_or_default();
    Ok(text.trim().to_owned())
}

/// A whole day or none.
pub(super) fn day(field: &str, text: Option<&String>) -> Result<Option<NaiveDate>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    match text.parse::<Due>()? {
        Due::Day(day) => Ok(Some(day)),
        Due::Year(_) | Due::Month(..) => Err(wrong_input(format!("{field}“{text}”不是完整的日期。"), "请写到日，如2025-06-20。")),
    }
}

/// How much a row counts for.
pub(super) fn weight(weight: f64) -> Result<f64, Refusal> {
    if weight > 0.0 && weight <= HEAVIEST {
        return Ok(weight);
    }
    Err(wrong_input(format!("权重“{weight}”不能保存，应大于0，最多{HEAVIEST}。"), "请改正后再试。"))
}

/// A text that has to be there.
pub(super) fn text(field: &str, text: &str) -> Result<String, Refusal> {
    Ok(required_text(field, text)?.trim().to_owned())
}
