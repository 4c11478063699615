//! The edits of the wire, done on the workbook inside one transaction. A row that is gone, a closed quarter or a value that is
//! no value refuses the whole list, and nothing of it is kept.

mod measures;
mod outline;
mod pasting;
mod people;

use crate::ledger::requests;
use crate::model::departments::{department_kind, find_department};
use crate::model::labels;
use crate::model::passages::PASSAGES;
use crate::model::refusals::{gone, required_text, said, wrong_input};
use crate::wire::{Edit, Refusal, RefusalCode};
use chrono::{Datelike, NaiveDate};
use messages::{Editing, Label, Message, Noun};
use plan::limits::{self, PlanYears};
use plan::{
    Actual, ActualId, Assignment, Cadence, ChecklistItem, ChecklistItemId, Department, DepartmentId, Due, Indicator, IndicatorId,
    IndicatorKind, Judgement, MilestoneId, PlanId, Progress, ProgressId, Quarter, Role, Status, Target, TargetId, Task, TaskId,
};
use store::table;

/// What an edit is called in the history and on the undo button.
pub(crate) fn label(edits: &[Edit]) -> Message {
    let Some(first) = edits.first() else { return Message::from("") };
    let word = match first {
        Edit::TickItem { done_on: Some(_), .. } => Label::TickItem,
        Edit::TickItem { done_on: None, .. } => Label::UntickItem,
        Edit::CompleteMilestone { done_on: Some(_), .. } => Label::CompleteMilestone,
        Edit::CompleteMilestone { done_on: None, .. } => Label::UncompleteMilestone,
        Edit::SetActual { value: Some(_), .. } => Label::SetActual,
        Edit::SetActual { value: None, .. } => Label::ClearActual,
        Edit::SetProgress { .. } => Label::SetProgress,
        Edit::CarryForward { .. } => Label::CarryForward,
        Edit::AskChange { .. } => Label::AskChange,
        Edit::DecideRequest { approved: true, .. } => Label::ApproveRequest,
        Edit::DecideRequest { approved: false, .. } => Label::DeclineRequest,
        Edit::AddTarget(_) => Label::AddTarget,
        Edit::SetTarget(fields) if fields.is_value_only() => Label::SetTargetValue,
        Edit::SetTarget(_) => Label::SetTarget,
        Edit::MoveTarget(_) => Label::MoveTarget,
        Edit::RetireTarget { .. } => Label::RetireTarget,
        Edit::RestoreTarget { .. } => Label::RestoreTarget,
        Edit::AddTask(_) => Label::AddTask,
        Edit::SetTask(_) => Label::SetTask,
        Edit::MoveTask(_) => Label::MoveTask,
        Edit::DuplicateTask(_) => Label::DuplicateTask,
        Edit::RetireTask { .. } => Label::RetireTask,
        Edit::RestoreTask { .. } => Label::RestoreTask,
        Edit::PasteRows(_) => Label::PasteRows,
        Edit::AddPerson(_) => Label::AddPerson,
        Edit::SetPerson(_) => Label::SetPerson,
        Edit::RemovePerson { .. } => Label::RemovePerson,
        Edit::GiveRole(_) => Label::GiveRole,
        Edit::SetTerm(_) => Label::SetTerm,
        Edit::TakeRole { .. } => Label::TakeRole,
        Edit::HandOver(_) => Label::HandOver,
        Edit::AddSection(_) => Label::AddSection,
        Edit::SetSection(_) => Label::SetSection,
        Edit::MoveSection(_) => Label::MoveSection,
        Edit::RetireSection(_) => Label::RetireSection,
        Edit::RestoreSection { .. } => Label::RestoreSection,
        Edit::AddMilestone(_) => Label::AddMilestone,
        Edit::SetMilestone(_) => Label::SetMilestone,
        Edit::MoveMilestone(_) => Label::MoveMilestone,
        Edit::RetireMilestone { .. } => Label::RetireMilestone,
        Edit::RestoreMilestone { .. } => Label::RestoreMilestone,
        Edit::SetItem(_) => Label::SetItemText,
        Edit::MoveItem(_) => Label::MoveItem,
        Edit::RetireItem { .. } => Label::RetireItem,
        Edit::RestoreItem { .. } => Label::RestoreItem,
        Edit::AddPlan(_) => Label::AddPlan,
        Edit::SetPlan(_) => Label::SetPlan,
        Edit::SetIndicator { .. } => Label::SetIndicator,
        Edit::ProposeSteps { .. } => Label::ProposeSteps,
        Edit::RemoveTarget { .. } => Label::RemoveTarget,
        Edit::Assign { role: Some(_), .. } => Label::Assign,
        Edit::Assign { role: None, .. } => Label::Unassign,
        Edit::SetTaskTitle { .. } => Label::SetTaskTitle,
        Edit::SetTaskDue { .. } => Label::SetTaskDue,
        Edit::CloseTask { closed_on: Some(_), .. } => Label::CloseTask,
        Edit::CloseTask { closed_on: None, .. } => Label::ReopenTask,
        Edit::OverrideJudgement { judgement: Some(_), .. } => Label::OverrideJudgement,
        Edit::OverrideJudgement { judgement: None, .. } => Label::ClearJudgement,
        Edit::AddItem(_) => Label::AddItem,
        Edit::SetItemText { .. } => Label::SetItemText,
        Edit::SetItemDue { .. } => Label::SetItemDue,
        Edit::RemoveItem { .. } => Label::RemoveItem,
        Edit::SetMilestoneDue { .. } => Label::SetMilestoneDue,
        Edit::RenameDepartment { .. } => Label::RenameDepartment,
        Edit::MergeDepartments { .. } => Label::MergeDepartments,
        Edit::SetPassage { .. } => Label::SetPassage,
        Edit::SetSetting { .. } => Label::SetSetting,
        Edit::RemovePlan { .. } => Label::RemovePlan,
    };
    labels::of_several(word, edits.len())
}

/// Whether only the office may make an edit; a department's own workbook refuses it.
pub(crate) fn is_the_offices(edit: &Edit) -> bool {
    !matches!(
        edit,
        Edit::TickItem { .. }
            | Edit::CompleteMilestone { .. }
            | Edit::SetActual { .. }
            | Edit::SetProgress { .. }
            | Edit::CarryForward { .. }
            | Edit::AskChange { .. }
            | Edit::SetSetting { .. }
    )
}

/// Does one edit, `today` as the workbook judges it.
///
/// # Errors
/// A row that is gone, a value that its field cannot hold, a closed quarter, a file that cannot be written.
pub(crate) fn make(store: &mut store::Edit<'_>, edit: &Edit, today: NaiveDate) -> Result<(), Refusal> {
    match edit {
        Edit::TickItem { item, done_on } => {
            let mut row = find_item(store, item)?;
            row.done_on = match done_on {
                Some(day) => {
                    let task = find_task(store, row.task.as_str())?;
                    Some(day_done(store, "清单事项的完成日期", day, &task.plan, today)?)
                }
                None => None,
            };
            Ok(table::checklist_item::update(store, &row)?)
        }
        Edit::CompleteMilestone { milestone, done_on } => {
            let id = MilestoneId::new(milestone.as_str());
            let mut row = table::milestone::find(store, &id)?.ok_or_else(|| gone(Noun::Milestone, milestone))?;
            let done = |day: &String| day_done(store, "节点的完成日期", day, &row.plan, today);
            row.done_on = done_on.as_ref().map(done).transpose()?;
            Ok(table::milestone::update(store, &row)?)
        }
        Edit::SetActual { target, quarter, value, note, department } => {
            let entered = Entered { value: *value, note: note.as_deref(), department: department.as_deref() };
            set_actual(store, target, quarter, &entered, today)
        }
        Edit::SetProgress { task, department, quarter, status, done, problems, next } => {
            let task = find_task(store, task)?;
            let quarter = open_quarter(store, quarter, Some(&task.plan), today)?;
            let department = find_unit(store, department)?;
            if table::assignment::find(store, &task.id, &department.id)?.is_none() {
                return Err(Refusal::new(
                    RefusalCode::Refused,
                    Editing::NotPartOf { department: department.name, task: task.title },
                    Editing::AssignFirst,
                ));
            }
            let texts = [("进展情况", done), ("存在问题", problems), ("下一步措施", next)];
            let texts = texts.map(|(field, text)| text.as_ref().map(|text| limits::text(field, text)).transpose());
            let [done, problems, next] = texts;
            let status = status.as_ref().map(|status| status.parse::<Status>()).transpose()?;
            put_progress(store, &task.id, &department.id, quarter, status, [done?, problems?, next?])
        }
        Edit::CarryForward { department, quarter, task } => carry_forward(store, department, quarter, task.as_ref(), today),
        Edit::AskChange { about, row, field, asked, reason, quarter, department } => {
            let department = department.as_ref().map(|word| find_unit(store, word)).transpose()?;
            let department = department.ok_or_else(|| wrong_input(Editing::NobodyAsks, Editing::SayWhoAsks))?;
            let wanted = requests::Wanted {
                about,
                row,
                field: field.as_deref(),
                asked: &required_text("申请调整成的内容", asked)?,
                reason: &required_text("申请理由", reason)?,
            };
            let quarter = any_plans(store)?.quarter("申请的季度", quarter.parse()?, today)?;
            requests::ask(store, &department.id, quarter, &wanted)
        }
        Edit::DecideRequest { request, approved, answer } => {
            requests::decide(store, request, *approved, limits::text("答复", answer)?.trim(), today)
        }
        Edit::AddTarget(new) => measures::add_target(store, new),
        Edit::SetTarget(fields) => measures::set_target(store, fields),
        Edit::MoveTarget(to) => measures::move_target(store, to),
        Edit::RetireTarget { target } => measures::retire_target(store, target, today),
        Edit::RestoreTarget { target } => measures::restore_target(store, target),
        Edit::SetIndicator { indicator, kind, binding, baseline } => {
            let id = IndicatorId::new(indicator.as_str());
            let mut row = table::indicator::find(store, &id)?.ok_or_else(|| gone(Noun::Indicator, indicator))?;
            if let Some(kind) = kind {
                row.kind = kind.parse()?;
            }
            row.binding = binding.unwrap_or(row.binding);
            if let Some(baseline) = baseline {
                row.baseline = Some((limits::year("基期年", baseline.year)?, limits::figure("基期值", baseline.value)?));
            }
            Ok(table::indicator::update(store, &row)?)
        }
        Edit::ProposeSteps { indicator } => propose_steps(store, indicator),
        Edit::RemoveTarget { target } => {
            let id = TargetId::new(target.as_str());
            let row = table::target::find(store, &id)?.ok_or_else(|| gone(Noun::Target, target))?;
            if standing_targets(store, &row.indicator)?.len() < 2 {
                return Err(Refusal::new(RefusalCode::Refused, Editing::OnlyTarget, Editing::CancelInstead));
            }
            Ok(table::target::delete(store, &id)?)
        }
        Edit::Assign { task, department, role } => assign(store, task, department, role.as_ref()),
        Edit::AddTask(new) => outline::add_task(store, new).map(|_| ()),
        Edit::SetTask(fields) => outline::set_task(store, fields),
        Edit::MoveTask(to) => outline::move_task(store, to),
        Edit::DuplicateTask(copy) => outline::duplicate_task(store, copy),
        Edit::RetireTask { task } => outline::retire_task(store, task, today),
        Edit::RestoreTask { task } => outline::restore_task(store, task),
        Edit::AddPerson(new) => people::add_person(store, new),
        Edit::SetPerson(fields) => people::set_person(store, fields),
        Edit::RemovePerson { person } => people::remove_person(store, person),
        Edit::GiveRole(new) => people::give_role(store, new),
        Edit::SetTerm(term) => people::set_term(store, term),
        Edit::TakeRole { holding } => people::take_role(store, holding),
        Edit::HandOver(over) => people::hand_over(store, over, today),
        Edit::PasteRows(pasted) => pasting::paste_rows(store, pasted),
        Edit::AddSection(new) => outline::add_section(store, new),
        Edit::SetSection(fields) => outline::set_section(store, fields),
        Edit::MoveSection(to) => outline::move_section(store, to),
        Edit::RetireSection(off) => outline::retire_section(store, off, today),
        Edit::RestoreSection { section } => outline::restore_section(store, section),
        Edit::SetTaskTitle { task, title } => {
            let title = limits::name("任务名称", title)?;
            change_task(store, task, |row| row.title = title)
        }
        Edit::SetTaskDue { task, due } => {
            let due = due_date(due.as_ref())?;
            change_task(store, task, |row| row.due = due)
        }
        Edit::CloseTask { task, closed_on } => {
            let closed_on = match closed_on {
                Some(day) => Some(day_done(store, "销号日期", day, &find_task(store, task)?.plan, today)?),
                None => None,
            };
            change_task(store, task, |row| row.closed_on = closed_on)
        }
        Edit::OverrideJudgement { task, judgement, reason } => {
            let judgement = judgement.as_ref().map(|judgement| judgement.parse::<Judgement>()).transpose()?;
            let word =
                judgement.map(|judgement| Ok::<_, Refusal>((judgement, required_text("认定理由", reason)?))).transpose()?;
            change_task(store, task, |row| row.override_judgement = word)
        }
        Edit::AddItem(new) => measures::add_item(store, new),
        Edit::SetItem(fields) => measures::set_item(store, fields),
        Edit::MoveItem(to) => measures::move_item(store, to),
        Edit::RetireItem { item } => measures::retire_item(store, item, today),
        Edit::RestoreItem { item } => measures::restore_item(store, item),
        Edit::SetItemText { item, text } => {
            let mut row = find_item(store, item)?;
            row.text = required_text("清单事项", text)?;
            Ok(table::checklist_item::update(store, &row)?)
        }
        Edit::SetItemDue { item, due } => {
            let mut row = find_item(store, item)?;
            row.due = due_date(due.as_ref())?;
            Ok(table::checklist_item::update(store, &row)?)
        }
        Edit::RemoveItem { item } => {
            let row = find_item(store, item)?;
            Ok(table::checklist_item::delete(store, &row.id)?)
        }
        Edit::AddMilestone(new) => measures::add_milestone(store, new),
        Edit::SetMilestone(fields) => measures::set_milestone(store, fields),
        Edit::MoveMilestone(to) => measures::move_milestone(store, to),
        Edit::RetireMilestone { milestone } => measures::retire_milestone(store, milestone, today),
        Edit::RestoreMilestone { milestone } => measures::restore_milestone(store, milestone),
        Edit::SetMilestoneDue { milestone, due } => {
            let id = MilestoneId::new(milestone.as_str());
            let mut row = table::milestone::find(store, &id)?.ok_or_else(|| gone(Noun::Milestone, milestone))?;
            row.due = due.parse()?;
            Ok(table::milestone::update(store, &row)?)
        }
        Edit::RenameDepartment { department, name } => {
            let name = limits::name("单位名称", name)?;
            let mut row = find_unit(store, department)?;
            if let Some(other) = table::department::named(store, &name)?.filter(|other| other.id != row.id) {
                return Err(Refusal::new(
                    RefusalCode::Refused,
                    Editing::DepartmentExists { name: other.name },
                    Editing::MergeInstead,
                ));
            }
            if row.name != name && !row.aliases.contains(&row.name) {
                row.aliases.push(row.name.clone());
            }
            row.aliases.retain(|alias| *alias != name);
            if row.short_name == row.name {
                row.short_name.clone_from(&name);
            }
            row.name = name;
            Ok(table::department::update(store, &row)?)
        }
        Edit::MergeDepartments { from, into } => {
            let (from, into) = (find_unit(store, from)?, find_unit(store, into)?);
            if from.id == into.id {
                return Err(wrong_input(Editing::MergedWithItself { name: from.name }, Editing::OtherDepartment));
            }
            Ok(table::department::merge(store, &from.id, &into.id)?)
        }
        Edit::SetPassage { quarter, kind, text } => {
            let quarter = any_plans(store)?.quarter("报告的季度", quarter.parse()?, today)?;
            if table::quarter_close::is_closed(store, quarter)? {
                return Err(Refusal::new(
                    RefusalCode::Refused,
                    Editing::ClosedReportWords { quarter: said(quarter) },
                    Editing::ReopenForReason,
                ));
            }
            if !PASSAGES.contains(&kind.as_str()) {
                return Err(wrong_input(
                    Editing::NoSuchPassage { kind: kind.clone() },
                    Editing::ThesePassages { kinds: PASSAGES.iter().map(ToString::to_string).collect() },
                ));
            }
            if text.is_empty() {
                return Ok(table::passage::clear(store, quarter, kind)?);
            }
            let passage = table::passage::Passage { quarter, kind: kind.clone(), text: limits::text("报告文字", text)? };
            Ok(table::passage::put(store, &passage)?)
        }
        Edit::SetSetting { key, value } => {
            crate::model::settings::check(key, value)?;
            if crate::model::settings::is_preference(key) {
                return Ok(table::preference::put(&mut store.aside(), key, &value.to_string())?);
            }
            if value.is_null() {
                return Ok(table::setting::clear(store, key)?);
            }
            Ok(table::setting::put(store, key, &value.to_string())?)
        }
        Edit::AddPlan(new) => outline::add_plan(store, new),
        Edit::SetPlan(fields) => outline::set_plan(store, fields),
        Edit::RemovePlan { plan } => {
            let id = PlanId::new(plan.as_str());
            table::plan::find(store, &id)?.ok_or_else(|| gone(Noun::Plan, plan))?;
            Ok(table::plan::delete(store, &id)?)
        }
    }
}

/// What is entered for a figure.
struct Entered<'a> {
    /// None clears it.
    value: Option<f64>,
    /// None keeps the remark that is there.
    note: Option<&'a str>,
    /// None is for all.
    department: Option<&'a str>,
}

fn set_actual(
    store: &mut store::Edit<'_>,
    target: &str,
    quarter: &str,
    entered: &Entered<'_>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let target_row = table::target::find(store, &TargetId::new(target))?.ok_or_else(|| gone(Noun::Target, target))?;
    let indicator = table::indicator::get(store, &target_row.indicator)?;
    let quarter = open_quarter(store, quarter, Some(&indicator.plan), today)?;
    let department = entered.department.map(|department| find_unit(store, department)).transpose()?.map(|found| found.id);
    let value = entered.value.map(|value| limits::figure(&format!("“{}”的数据", indicator.name), value)).transpose()?;
    let note = entered.note.map(|note| limits::text("数据的备注", note)).transpose()?;
    let present = table::actual::once(store, &target_row.indicator, quarter, department.as_ref())?;
    match (present, value) {
        (Some(row), None) => Ok(table::actual::delete(store, &row.id)?),
        (None, None) => Ok(()),
        (Some(mut row), Some(value)) => {
            row.value = value;
            row.note = note.unwrap_or(row.note);
            Ok(table::actual::update(store, &row)?)
        }
        (None, Some(value)) => {
            let row = Actual {
                id: ActualId::new(store.new_id()),
                indicator: target_row.indicator,
                quarter,
                department,
                value,
                note: note.unwrap_or_default(),
            };
            Ok(table::actual::insert(store, &row)?)
        }
    }
}

/// The targets of an indicator that no new version of the plan has taken off.
fn standing_targets(store: &store::Edit<'_>, indicator: &IndicatorId) -> Result<Vec<Target>, Refusal> {
    let mut targets = table::target::of_indicator(store, indicator)?;
    let retired = table::retired::list(store)?;
    targets.retain(|target| !retired.iter().any(|row| row.id == target.id.as_str()));
    Ok(targets)
}

/// A step for each year between the plan's start and the final target, evenly from the base value: whole numbers stay whole.
fn propose_steps(store: &mut store::Edit<'_>, indicator: &str) -> Result<(), Refusal> {
    let id = IndicatorId::new(indicator);
    let row = table::indicator::find(store, &id)?.ok_or_else(|| gone(Noun::Indicator, indicator))?;
    let plan = table::plan::find(store, &row.plan)?.ok_or_else(|| gone(Noun::Plan, row.plan.as_str()))?;
    let targets = standing_targets(store, &id)?;
    let year_of = |target: &Target| target.due.map(Due::year).or(plan.period_to);
    let last = targets.iter().filter(|target| target.cadence == Cadence::Level).max_by_key(|target| year_of(target));
    let years =
        last.and_then(|last| Some((last.clone(), plan.period_from.or(plan.issued_on.map(|day| day.year()))?, year_of(last)?)));
    let Some((last, first_year, last_year)) = years.filter(|(_, first, last)| first < last && last - first <= 20) else {
        return Err(Refusal::new(RefusalCode::Refused, Editing::NeedsNoSteps { indicator: row.name }, Editing::StepsAreForYears));
    };
    if row.baseline.is_none() && row.kind != IndicatorKind::Cumulative {
        let message = Editing::NoBaseForSteps { indicator: row.name };
        return Err(Refusal::new(RefusalCode::Refused, message, Editing::GiveABaseOrSteps));
    }
    let mut position = targets.iter().map(|target| target.position + 1).max().unwrap_or(0);
    for year in first_year..last_year {
        let Some(value) = even_step(&row, last.value, year, (first_year, last_year)) else { continue };
        if targets.iter().any(|target| target.cadence == Cadence::Level && year_of(target) == Some(year)) {
            continue;
        }
        let step = Target {
            id: TargetId::new(store.new_id()),
            value,
            due: Some(Due::Year(year)),
            proposed: true,
            span: None,
            position,
            ..last.clone()
        };
        table::target::insert(store, &step)?;
        position += 1;
    }
    Ok(())
}

/// What an indicator has to reach in a year on an even way to its last value: whole numbers stay whole. None where there is no way:
/// a level without a base year, and a year whose whole number would be nothing.
pub(crate) fn even_step(indicator: &Indicator, last: f64, year: i32, (first_year, last_year): (i32, i32)) -> Option<f64> {
    let base = match indicator.baseline {
        Some((_, value)) => value,
        None if indicator.kind == IndicatorKind::Cumulative => 0.0,
        None => return None,
    };
    let is_whole = last.fract() == 0.0 && base.fract() == 0.0 && !indicator.unit.contains('%');
    let years = f64::from(last_year - first_year + 1);
    let even = base + (last - base) * f64::from(year - first_year + 1) / years;
    let step = plan::number(even, if is_whole { 0 } else { 2 }).parse().unwrap_or(even);
    (step != 0.0).then_some(step)
}

/// Writes a department's progress; texts that are absent stay as they are.
pub(crate) fn put_progress(
    store: &mut store::Edit<'_>,
    task: &TaskId,
    department: &DepartmentId,
    quarter: Quarter,
    status: Option<Status>,
    texts: [Option<String>; 3],
) -> Result<(), Refusal> {
    let present = table::progress::once(store, task, department, quarter)?;
    let is_new = present.is_none();
    let mut row = match present {
        Some(row) => row,
        None => Progress {
            id: ProgressId::new(store.new_id()),
            task: task.clone(),
            department: department.clone(),
            quarter,
            status: Status::NotStarted,
            done: String::new(),
            problems: String::new(),
            next: String::new(),
        },
    };
    let [done, problems, next] = texts;
    row.done = done.unwrap_or(row.done);
    row.problems = problems.unwrap_or(row.problems);
    row.next = next.unwrap_or(row.next);
    // Who writes what was done without choosing a status is under way.
    let by_text = is_new && !row.done.is_empty();
    row.status = status.unwrap_or(if by_text { Status::Underway } else { row.status });
    if is_new { Ok(table::progress::insert(store, &row)?) } else { Ok(table::progress::update(store, &row)?) }
}

/// Fills a quarter's empty texts with the last ones of the department; what is written stays.
fn carry_forward(
    store: &mut store::Edit<'_>,
    department: &str,
    quarter: &str,
    task: Option<&String>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let quarter = open_quarter(store, quarter, None, today)?;
    let department = find_unit(store, department)?;
    let all = table::progress::of_department(store, &department.id)?;
    let mut tasks: Vec<TaskId> = table::assignment::of_department(store, &department.id)?.into_iter().map(|a| a.task).collect();
    if let Some(task) = task {
        let task = find_task(store, task)?;
        tasks.retain(|id| *id == task.id);
    }
    for task in tasks {
        let last = all.iter().filter(|row| row.task == task && row.quarter < quarter).max_by_key(|row| row.quarter);
        let Some(last) = last else { continue };
        let present = all.iter().find(|row| row.task == task && row.quarter == quarter);
        let empty = |text: fn(&Progress) -> &String| present.is_none_or(|row| text(row).trim().is_empty());
        let carried = |text: fn(&Progress) -> &String| empty(text).then(|| text(last).clone());
        let texts = [carried(|row| &row.done), carried(|row| &row.problems), carried(|row| &row.next)];
        let status = present.is_none().then_some(last.status);
        put_progress(store, &task, &department.id, quarter, status, texts)?;
    }
    Ok(())
}

fn assign(store: &mut store::Edit<'_>, task: &str, department: &str, role: Option<&String>) -> Result<(), Refusal> {
    let task = find_task(store, task)?;
    let role = role.map(|role| role.parse::<Role>()).transpose()?;
    let Some(role) = role else {
        let department = find_unit(store, department)?;
        if table::assignment::find(store, &task.id, &department.id)?.is_none() {
            return Ok(());
        }
        return Ok(table::assignment::delete(store, &task.id, &department.id)?);
    };
    let department = match find_unit(store, department) {
        Ok(known) => known.id,
        Err(_) => new_unit(store, &limits::name("单位名称", department)?)?,
    };
    let present = table::assignment::of_task(store, &task.id)?;
    if role == Role::Lead {
        // A lead by default gives way to the one that is named.
        for default in present.iter().filter(|a| a.by_default && a.department != department) {
            let demoted = Assignment { role: Role::Support, by_default: false, ..default.clone() };
            table::assignment::put(store, &demoted)?;
        }
    }
    let position = present
        .iter()
        .find(|a| a.department == department)
        .map(|a| a.position)
        .or(present.iter().map(|a| a.position + 1).max())
        .unwrap_or(0);
    Ok(table::assignment::put(store, &Assignment { task: task.id, department, role, by_default: false, position })?)
}

fn new_unit(store: &mut store::Edit<'_>, name: &str) -> Result<DepartmentId, Refusal> {
    let position = table::department::list(store)?.iter().map(|department| department.position + 1).max().unwrap_or(0);
    let id = DepartmentId::new(store.new_id());
    let row = Department {
        id: id.clone(),
        name: name.to_owned(),
        short_name: name.to_owned(),
        kind: department_kind(name),
        aliases: Vec::new(),
        position,
    };
    table::department::insert(store, &row)?;
    Ok(id)
}

fn change_task(store: &mut store::Edit<'_>, task: &str, change: impl FnOnce(&mut Task)) -> Result<(), Refusal> {
    let mut row = find_task(store, task)?;
    change(&mut row);
    Ok(table::task::update(store, &row)?)
}

fn find_task(store: &store::Edit<'_>, task: &str) -> Result<Task, Refusal> {
    table::task::find(store, &TaskId::new(task))?.ok_or_else(|| gone(Noun::Task, task))
}

fn find_item(store: &store::Edit<'_>, item: &str) -> Result<ChecklistItem, Refusal> {
    table::checklist_item::find(store, &ChecklistItemId::new(item))?.ok_or_else(|| gone(Noun::ChecklistItem, item))
}

/// A department by id or by any of its names.
fn find_unit(store: &store::Edit<'_>, word: &str) -> Result<Department, Refusal> {
    if let Some(found) = table::department::find(store, &DepartmentId::new(word))? {
        return Ok(found);
    }
    let departments = table::department::list(store)?;
    find_department(&departments, word.trim()).cloned().ok_or_else(|| gone(Noun::Department, word))
}

/// A quarter that may still be written: not closed, and one of a plan's, or of any plan's.
pub(crate) fn open_quarter(
    store: &store::Edit<'_>,
    quarter: &str,
    of: Option<&PlanId>,
    today: NaiveDate,
) -> Result<Quarter, Refusal> {
    let years = match of {
        Some(plan) => years_of(store, plan)?,
        None => any_plans(store)?,
    };
    let quarter = years.quarter("填报季度", quarter.parse()?, today)?;
    if table::quarter_close::is_closed(store, quarter)? {
        return Err(Refusal::new(
            RefusalCode::Refused,
            Editing::QuarterClosed { quarter: said(quarter) },
            Editing::RecordLater { quarter: said(quarter.next()) },
        ));
    }
    Ok(quarter)
}

fn years_of(store: &store::Edit<'_>, plan: &PlanId) -> Result<PlanYears, Refusal> {
    let all = table::plan::years(store)?;
    Ok(PlanYears::of_all(all.into_iter().filter(|(id, _)| id == plan).map(|(_, years)| years)))
}

pub(crate) fn any_plans(store: &store::Rows<'_>) -> Result<PlanYears, Refusal> {
    Ok(PlanYears::of_all(table::plan::years(store)?.into_iter().map(|(_, years)| years)))
}

/// The day on which something of a plan was done.
fn day_done(store: &store::Edit<'_>, field: &str, text: &str, plan: &PlanId, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    match text.parse::<Due>()? {
        Due::Day(day) => Ok(years_of(store, plan)?.day(field, day, today)?),
        Due::Year(_) | Due::Month(..) => Err(wrong_input(format!("{field}“{text}”不是完整的日期。"), "请写到日，如2025-06-20。")),
    }
}

fn due_date(text: Option<&String>) -> Result<Option<Due>, Refusal> {
    Ok(text.map(|text| text.parse()).transpose()?)
}
