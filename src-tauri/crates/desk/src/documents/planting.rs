//! A confirmed draft as new rows of the ledger: plan, outline, departments, tasks, checklist, milestones, indicators, targets.
//!
//! Pure: ids come from the caller, nothing is written here. Dropped rows and what hangs on them stay out.

use crate::model::departments::{department_kind, find_department};
use crate::model::kinds::indicator_kind;
use crate::model::place::Places;
use crate::model::refusals::required_text;
use crate::model::refusals::wrong_input;
use crate::wire::{self, Refusal, Review};
use chrono::Datelike;
use messages::Reading;
use plan::limits;
use plan::{
    Assignment, Cadence, ChecklistItem, ChecklistItemId, Department, DepartmentId, Due, Indicator, IndicatorId, Milestone,
    MilestoneId, Op, Plan, PlanId, PlanStage, Register, Role, Section, SectionId, Span, Target, TargetId, Task, TaskId, TaskKind,
};
use std::collections::HashMap;

/// Everything that a draft adds to a workbook, in an order in which each row's links are there before it.
#[derive(Debug)]
pub(crate) struct NewRows {
    pub plan: Plan,
    pub departments: Vec<Department>,
    pub sections: Vec<Section>,
    pub tasks: Vec<Task>,
    pub assignments: Vec<Assignment>,
    pub items: Vec<ChecklistItem>,
    pub milestones: Vec<Milestone>,
    pub indicators: Vec<Indicator>,
    pub targets: Vec<Target>,
    /// Ids of the draft's rows → the ledger's, so that a seed's quarters find them.
    pub task_ids: HashMap<String, TaskId>,
    pub item_ids: HashMap<String, ChecklistItemId>,
    pub milestone_ids: HashMap<String, MilestoneId>,
    pub target_ids: HashMap<String, TargetId>,
}

/// What a workbook already has that a new plan joins.
pub(crate) struct Present<'a> {
    pub departments: &'a [Department],
    pub plans: usize,
}

/// Makes the rows of a draft. `next_id` gives ids in rising order.
///
/// # Errors
/// A draft row with a value that is none of its vocabulary, or that names a row which is not in the draft.
pub(crate) fn plant(
    draft: &wire::Draft,
    source_text: &str,
    present: &Present<'_>,
    next_id: &mut dyn FnMut() -> String,
) -> Result<NewRows, Refusal> {
    let places = Places::new(source_text);
    let span = |at: Option<(usize, usize)>, quote: &str| -> Option<Span> {
        let found = at.and_then(|at| places.span(at)).filter(|span| source_text.get(span.start..span.end) == Some(quote));
        found.or_else(|| {
            let start = (!quote.is_empty()).then(|| source_text.find(quote)).flatten()?;
            Some(Span { start, end: start + quote.len() })
        })
    };
    let plan = new_plan(draft, source_text, present.plans, next_id)?;
    let mut units = Units { present: present.departments, new: Vec::new(), next_position: 0 };
    units.next_position = present.departments.iter().map(|d| d.position + 1).max().unwrap_or(0);

    let mut rows = NewRows {
        plan,
        departments: Vec::new(),
        sections: Vec::new(),
        tasks: Vec::new(),
        assignments: Vec::new(),
        items: Vec::new(),
        milestones: Vec::new(),
        indicators: Vec::new(),
        targets: Vec::new(),
        task_ids: HashMap::new(),
        item_ids: HashMap::new(),
        milestone_ids: HashMap::new(),
        target_ids: HashMap::new(),
    };
    // Departments stand in the order of the draft's own list, then of first mention.
    for name in draft.departments.iter().filter(|name| named_by_a_kept_row(draft, name)) {
        units.find_or_add(name, next_id);
    }
    let numbers = printed_numbers(draft);
    let mut outline = Outline { plan: rows.plan.id.clone(), by_path: HashMap::new() };
    for draft_task in draft.tasks.iter().filter(|task| task.review != Review::Dropped) {
        let section = outline.find_or_add(headings_above(draft_task), &mut rows.sections, next_id);
        let id = TaskId::new(next_id());
        let position = as_position(rows.tasks.len());
        rows.tasks.push(Task {
            id: id.clone(),
            plan: rows.plan.id.clone(),
            section,
            number: numbers.get(&draft_task.id).cloned().unwrap_or_else(|| (rows.tasks.len() + 1).to_string()),
            title: required("任务名称", &draft_task.title)?,
            kind: draft_task.kind.parse::<TaskKind>()?,
            text: draft_task.quote.clone(),
            span: span(draft_task.at, &draft_task.quote),
            weight: 1.0,
            start: None,
            due: None,
            closed_on: None,
            override_judgement: None,
            origin: None,
            remark: String::new(),
            position,
        });
        assign(draft_task, &id, &mut units, &mut rows.assignments, next_id);
        rows.task_ids.insert(draft_task.id.clone(), id);
    }
    let dropped = |task: &str| draft.tasks.iter().any(|t| t.id == task && t.review == Review::Dropped);
    let task_of = |task_ids: &HashMap<String, TaskId>, task: Option<&String>| -> Result<Option<TaskId>, Refusal> {
        task.map(|task| {
            let missing = || wrong_input(Reading::NoTaskOfNumber { number: task.clone() }, Reading::CorrectTask);
            task_ids.get(task).cloned().ok_or_else(missing)
        })
        .transpose()
    };
    for item in draft.checklist_items.iter().filter(|item| item.review != Review::Dropped && !dropped(&item.task)) {
        let Some(task) = task_of(&rows.task_ids, Some(&item.task))? else { continue };
        let id = ChecklistItemId::new(next_id());
        rows.items.push(ChecklistItem {
            id: id.clone(),
            task,
            departments: item.departments.iter().map(|name| units.find_or_add(name, next_id)).collect(),
            text: required_text("清单事项", &item.text)?,
            due: due(item.due.as_ref())?,
            done_on: None,
            span: span(item.at, &item.quote),
            position: as_position(rows.items.len()),
        });
        rows.item_ids.insert(item.id.clone(), id);
    }
    let kept = |review: Review, task: Option<&String>| review != Review::Dropped && !task.is_some_and(|task| dropped(task));
    for milestone in draft.milestones.iter().filter(|m| kept(m.review, m.task.as_ref())) {
        let id = MilestoneId::new(next_id());
        rows.milestones.push(Milestone {
            id: id.clone(),
            plan: rows.plan.id.clone(),
            task: task_of(&rows.task_ids, milestone.task.as_ref())?,
            departments: milestone.departments.iter().map(|name| units.find_or_add(name, next_id)).collect(),
            what: required_text("节点内容", &milestone.what)?,
            due: milestone.due.parse()?,
            done_on: None,
            span: span(milestone.at, &milestone.quote),
            position: as_position(rows.milestones.len()),
        });
        rows.milestone_ids.insert(milestone.id.clone(), id);
    }
    for target in draft.targets.iter().filter(|t| kept(t.review, t.task.as_ref())) {
        let task = task_of(&rows.task_ids, target.task.as_ref())?;
        let op: Op = target.op.parse()?;
        let cadence: Cadence = target.cadence.parse()?;
        let due = due(target.due.as_ref())?;
        let kind = indicator_kind(&target.indicator, &target.unit, target.value, op, cadence);
        let name = required("指标名称", &target.indicator)?;
        let value = limits::figure(&format!("“{name}”的目标值"), target.value)?;
        let unit = limits::one_line(&target.unit);
        let baseline = match target.baseline {
            Some(base) => Some((limits::year("基期年", base.year)?, limits::figure(&format!("“{name}”的基期值"), base.value)?)),
            None => None,
        };
        let same = |indicator: &Indicator| {
            indicator.task == task && indicator.name == name && indicator.unit == unit && indicator.kind == kind
        };
        // The same indicator again with another date is a step of it; with the same date it stands for itself.
        let known = rows.indicators.iter().find(|indicator| same(indicator)).map(|indicator| indicator.id.clone()).filter(|id| {
            !rows.targets.iter().any(|other| other.indicator == *id && (other.due == due || other.cadence != cadence))
        });
        let indicator = known.unwrap_or_else(|| {
            let id = IndicatorId::new(next_id());
            rows.indicators.push(Indicator {
                id: id.clone(),
                plan: rows.plan.id.clone(),
                task: task.clone(),
                name: name.clone(),
                unit: unit.clone(),
                kind,
                binding: target.binding,
                baseline,
                weight: 1.0,
                position: as_position(rows.indicators.len()),
            });
            id
        });
        let id = TargetId::new(next_id());
        rows.targets.push(Target {
            id: id.clone(),
            indicator,
            op,
            value,
            due,
            cadence,
            proposed: target.proposed,
            span: span(target.at, &target.quote),
            position: as_position(rows.targets.len()),
        });
        rows.target_ids.insert(target.id.clone(), id);
    }
    rows.departments = units.new;
    Ok(rows)
}

fn new_plan(draft: &wire::Draft, text: &str, plans: usize, next_id: &mut dyn FnMut() -> String) -> Result<Plan, Refusal> {
    let facts = &draft.plan;
    let title = facts.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or(draft.source.as_str());
    let issued_on = facts
        .issued_on
        .as_ref()
        .map(|day| day.parse().map_err(|_| Refusal::from(plan::CalendarError { text: day.clone(), sought: plan::Sought::Due })))
        .transpose()?;
    issued_on.map(|day: chrono::NaiveDate| limits::year("成文日期的年份", day.year())).transpose()?;
    let period = |field: &str, year: Option<i32>| year.map(|year| limits::year(field, year)).transpose();
    let (from, to) = (period("规划起始年", facts.period.from)?, period("规划结束年", facts.period.to)?);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(wrong_input(Reading::EndsBeforeBegin, Reading::CorrectYears));
    }
    let line = |text: &Option<String>| text.as_deref().map(limits::one_line).filter(|text| !text.is_empty());
    Ok(Plan {
        id: PlanId::new(next_id()),
        title: required("规划名称", title)?,
        doc_number: line(&facts.doc_number),
        issuer: line(&facts.issuer),
        issued_on,
        period_from: from,
        period_to: to,
        stage: facts.stage.as_ref().map(|stage| stage.parse()).transpose()?.unwrap_or(PlanStage::Issued),
        register: Register::Plan,
        source_text: text.to_owned(),
        position: as_position(plans),
    })
}

/// The numbers that an office's ledger gives its tasks, as printed; none where a task has none, or two have the same.
fn printed_numbers(draft: &wire::Draft) -> HashMap<String, String> {
    let mut numbers: HashMap<String, String> = HashMap::new();
    for line in &draft.rows {
        let number = line.cells.iter().find(|cell| cell.holds.as_deref() == Some("序号"));
        if let (Some(task), Some(number)) = (&line.task, number) {
            numbers.entry(task.clone()).or_insert_with(|| limits::one_line(&number.text));
        }
    }
    let mut different: Vec<&String> = numbers.values().collect();
    different.sort_unstable();
    different.dedup();
    let all = draft.tasks.iter().all(|task| numbers.contains_key(&task.id));
    if all && different.len() == draft.tasks.len() { numbers } else { HashMap::new() }
}

/// The headings that a task of a draft stands under, without its own.
pub(crate) fn headings_above(task: &wire::DraftTask) -> &[String] {
    match task.path.split_last() {
        Some((own, above)) if without_number(own).1 == task.title || !above.is_empty() => above,
        _ => &task.path[..],
    }
}

/// A department that only dropped rows name does not enter the ledger.
fn named_by_a_kept_row(draft: &wire::Draft, name: &String) -> bool {
    let kept = |review: Review| review != Review::Dropped;
    draft.tasks.iter().any(|t| kept(t.review) && (t.departments.contains(name) || t.lead.contains(name)))
        || draft.checklist_items.iter().any(|i| kept(i.review) && i.departments.contains(name))
        || draft.milestones.iter().any(|m| kept(m.review) && m.departments.contains(name))
}

/// Leads are those named 牵头; where nobody is, the first named unit leads by default.
fn assign(
    draft_task: &wire::DraftTask,
    task: &TaskId,
    units: &mut Units<'_>,
    assignments: &mut Vec<Assignment>,
    next_id: &mut dyn FnMut() -> String,
) {
    let mut named: Vec<&String> = draft_task.departments.iter().collect();
    named.extend(draft_task.lead.iter().filter(|lead| !draft_task.departments.contains(lead)));
    let mut position = 0;
    for name in &named {
        let department = units.find_or_add(name, next_id);
        if assignments.iter().rev().take_while(|a| a.task == *task).any(|a| a.department == department) {
            continue;
        }
        let by_default = draft_task.lead.is_empty() && position == 0;
        let lead = by_default || draft_task.lead.contains(name);
        assignments.push(Assignment {
            task: task.clone(),
            department,
            role: if lead { Role::Lead } else { Role::Support },
            by_default,
            position,
        });
        position += 1;
    }
}

/// The departments of the workbook and those a draft adds.
struct Units<'a> {
    present: &'a [Department],
    new: Vec<Department>,
    next_position: i64,
}

impl Units<'_> {
    fn find_or_add(&mut self, name: &str, next_id: &mut dyn FnMut() -> String) -> DepartmentId {
        let name = &limits::one_line(name)[..];
        if let Some(known) = find_department(self.present, name).or_else(|| find_department(&self.new, name)) {
            return known.id.clone();
        }
        let id = DepartmentId::new(next_id());
        self.new.push(Department {
            id: id.clone(),
            name: name.to_owned(),
            short_name: name.to_owned(),
            kind: department_kind(name),
            aliases: Vec::new(),
            position: self.next_position,
        });
        self.next_position += 1;
        id
    }
}

/// The headings that were made sections, by their whole path.
struct Outline {
    plan: PlanId,
    by_path: HashMap<Vec<String>, SectionId>,
}

impl Outline {
    fn find_or_add(
        &mut self,
        headings: &[String],
        sections: &mut Vec<Section>,
        next_id: &mut dyn FnMut() -> String,
    ) -> Option<SectionId> {
        let (own, above) = headings.split_last()?;
        if let Some(known) = self.by_path.get(headings) {
            return Some(known.clone());
        }
        let parent = self.find_or_add(above, sections, next_id);
        let id = SectionId::new(next_id());
        let (number, title) = without_number(own);
        sections.push(Section {
            id: id.clone(),
            plan: self.plan.clone(),
            parent,
            number: number.to_owned(),
            title: title.to_owned(),
            position: as_position(sections.len()),
        });
        self.by_path.insert(headings.to_vec(), id.clone());
        Some(id)
    }
}

/// A printed heading as number and title: `(一)加强领导` is `(一)` and `加强领导`.
pub(crate) fn without_number(heading: &str) -> (&str, &str) {
    const DIGITS: &str = "0123456789０１２３４５６７８９一二三四五六七八九十百零〇";
    let heading = heading.trim();
    let is_digit = |c: char| DIGITS.contains(c);
    let after_digits = |text: &str| text.char_indices().find(|(_, c)| !is_digit(*c)).map_or(text.len(), |(at, _)| at);
    let first = heading.chars().next();
    let end = match first {
        Some('(' | '（') => {
            let open = first.map_or(0, char::len_utf8);
            let digits = after_digits(&heading[open..]);
            heading[open + digits..]
                .chars()
                .next()
                .filter(|c| digits > 0 && matches!(c, ')' | '）'))
                .map(|c| open + digits + c.len_utf8())
        }
        Some('第') => {
            let digits = after_digits(&heading['第'.len_utf8()..]);
            let at = '第'.len_utf8() + digits;
            heading[at..].chars().next().filter(|c| digits > 0 && matches!(c, '章' | '节' | '条' | '篇' | '部')).map(|c| {
                let word = if c == '部' { "部分".len() } else { c.len_utf8() };
                (at + word).min(heading.len())
            })
        }
        Some(c @ '①'..='⑳') => Some(c.len_utf8()),
        _ => {
            let digits = after_digits(heading);
            let next = heading[digits..].chars().next();
            next.filter(|c| matches!(c, '、' | '.' | '．' | ')' | '）')).map(|c| digits + c.len_utf8())
        }
    };
    match end {
        Some(end) => (heading[..end].trim(), heading[end..].trim()),
        None => ("", heading),
    }
}

fn due(text: Option<&String>) -> Result<Option<Due>, Refusal> {
    Ok(text.map(|text| text.parse()).transpose()?)
}

/// A name as the draft has it; what a document puts between its characters is no reason to refuse the plan.
fn required(what: &str, text: &str) -> Result<String, Refusal> {
    Ok(limits::name(what, &limits::one_line(text))?)
}

/// A place in a list; lists are far shorter than `i64::MAX`.
pub(crate) fn as_position(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(draft: serde_json::Value) -> Result<NewRows, Refusal> {
        let draft: wire::Draft = serde_json::from_value(draft).unwrap();
        let mut made = 0;
        let mut next_id = || {
            made += 1;
            format!("id{made:04}")
        };
        plant(&draft, "", &Present { departments: &[], plans: 0 }, &mut next_id)
    }

    #[test]
    fn headings_lose_their_printed_number() {
        let cases = [
            ("一、总体要求", "一、", "总体要求"),
            ("(十二)加强领导", "(十二)", "加强领导"),
            ("（一）启动", "（一）", "启动"),
            ("1. 强化", "1.", "强化"),
            ("三)强化企业", "三)", "强化企业"),
            ("、保障措施", "、", "保障措施"),
            ("第一章 总则", "第一章", "总则"),
            ("①摸底", "①", "摸底"),
            ("510计划", "", "510计划"),
            ("第三方评估", "", "第三方评估"),
        ];
        for (heading, number, title) in cases {
            assert_eq!(without_number(heading), (number, title), "{heading}");
        }
    }

    #[test]
    fn first_named_unit_leads_by_default_and_named_leads_lead() {
        let rows = planted(serde_json::json!({
            "plan": {"title": "云溪县计划"},
            "tasks": [
                {"id": "T1", "path": ["一、任务", "1.甲"], "title": "甲", "kind": "task", "departments": ["县科技局", "县财政局"]},
                {"id": "T2", "path": ["一、任务", "2.乙"], "title": "乙", "kind": "task", "lead": ["县财政局"],
                 "departments": ["县科技局", "县财政局"]}]
        }))
        .unwrap();
        let roles: Vec<(Role, bool)> = rows.assignments.iter().map(|a| (a.role, a.by_default)).collect();
        assert_eq!(roles, [(Role::Lead, true), (Role::Support, false), (Role::Support, false), (Role::Lead, false)]);
        assert_eq!(rows.sections.len(), 1);
        assert_eq!(rows.departments.len(), 2);
    }

    #[test]
    fn one_indicator_with_two_dates_has_two_steps() {
        let target = |id: &str, due: &str, value: f64| serde_json::json!({"id": id, "indicator": "高新技术企业", "op": ">=", "value": value, "unit": "家", "due": due, "cadence": "level"});
        let rows = planted(serde_json::json!({"plan": {"title": "云溪县计划"}, "tasks": [],
            "targets": [target("G1", "2025", 100.0), target("G2", "2027", 150.0), target("G3", "2027", 160.0)]}))
        .unwrap();
        assert_eq!((rows.indicators.len(), rows.targets.len()), (2, 3));
    }

    #[test]
    fn dropped_task_takes_its_rows_with_it() {
        let rows = planted(serde_json::json!({
            "plan": {"title": "云溪县计划"}, "departments": ["县科技局"],
            "tasks": [{"id": "T1", "title": "甲", "kind": "task", "departments": ["县科技局"], "review": "dropped"}],
            "targets": [{"id": "G1", "task": "T1", "indicator": "乙", "op": ">=", "value": 1, "cadence": "level"}],
            "checklist_items": [{"id": "C1", "task": "T1", "text": "丙"}]
        }))
        .unwrap();
        assert!(rows.tasks.is_empty() && rows.targets.is_empty() && rows.items.is_empty() && rows.departments.is_empty());
    }

    #[test]
    fn row_that_names_a_task_not_in_the_draft_is_refused() {
        let refusal = planted(serde_json::json!({
            "plan": {"title": "云溪县计划"},
            "checklist_items": [{"id": "C1", "task": "T9", "text": "丙"}]
        }))
        .unwrap_err();
        assert!(refusal.message.to_string().contains("T9"));
    }
}
