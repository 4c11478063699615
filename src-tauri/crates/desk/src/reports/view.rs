//! The view that reports are made from, filled from the rows of one quarter.

mod changes;

pub(crate) use changes::Compared;

use crate::model::context::Context;
use crate::model::ledger::{Ledger, TaskRows};
use crate::model::passages::PASSAGES;
use crate::model::settings;
use crate::model::timings::Timings;
use chrono::{Days, NaiveDate};
use plan::{Due, Judgement, Lamp, PlanId, Quarter, TaskAssessment};
use report::{
    DepartmentLine, ItemLine, MilestoneLine, Passages, PlanLine, ProgressText, Return, SlipLevel, SlipLine, TargetLine, TaskLine,
    View, Words, chinese_marks,
};
use serde_json::{Map, Value};

/// What a report needs beside the rows.
pub(crate) struct Setup<'a> {
    pub settings: &'a Map<String, Value>,
    pub passages: &'a [store::table::passage::Passage],
    pub rule_note: &'a str,
    /// Judgements of the quarter before, in the ledger's order, for the slips.
    pub before: &'a [TaskAssessment],
    /// The earlier quarter that the report compares with.
    pub compared: Option<&'a Compared>,
    /// Whose return came in time and whose did not, as far as it is known.
    pub timings: &'a Timings,
    /// Who opened the quarter again, a sentence each.
    pub reopenings: &'a [String],
}

/// Fills the view of one plan or all.
pub(crate) fn view(context: Context<'_>, setup: &Setup<'_>, plan: Option<&PlanId>) -> View {
    let ledger = context.ledger;
    let quarter = context.moment.quarter;
    let in_plan = |of: &PlanId| plan.is_none_or(|plan| of == plan);
    let compared_with = setup.compared.map(|compared| compared.quarter);
    let passage = |kind: &str| setup.passages.iter().find(|passage| passage.kind == kind).map(|passage| passage.text.clone());
    let office = settings::text(setup.settings, "office").unwrap_or_default();
    View {
        office: office.to_owned(),
        place: settings::text(setup.settings, "place").map_or_else(|| place_of(ledger, office), ToOwned::to_owned),
        quarter,
        as_of: context.moment.today,
        working_days: context.rules.working_days.clone(),
        compared_with,
        changes: setup.compared.map(|compared| compared.changes(ledger, plan)).unwrap_or_default(),
        plans: ledger
            .plans
            .iter()
            .filter(|plan| in_plan(&plan.id))
            .map(|plan| PlanLine { id: plan.id.clone(), title: chinese_marks(&plan.title), doc_number: plan.doc_number.clone() })
            .collect(),
        departments: departments(context, plan, setup.timings),
        tasks: context.tasks(plan).map(|(_, row, judged)| task_line(context, setup, row, judged)).collect(),
        milestones: milestones(context, plan),
        targets: targets(context, compared_with, plan),
        indicators: crate::reports::yearbook::indicators(context, plan),
        slips: slips(context, setup, plan),
        rule_note: setup.rule_note.to_owned(),
        reopenings: setup.reopenings.to_vec(),
        words: words(setup.settings),
        passages: Passages {
            title: passage("title"),
            number: passage("number"),
            addressee: passage("addressee"),
            opening: passage("opening"),
            demands: passage("demands"),
            signatory: passage("signatory"),
            distribution: passage("distribution"),
            copies: passage("copies"),
        },
    }
}

/// The place named by the office or the first plan's issuer: 云溪县人民政府办公室 is 云溪县.
fn place_of(ledger: &Ledger, office: &str) -> String {
    let issuer = ledger.plans.first().and_then(|plan| plan.issuer.as_deref()).unwrap_or_default();
    let cut = |name: &str| -> Option<String> {
        let name = name.trim_start_matches("中共");
        let end = name.char_indices().find(|(at, c)| *at > 0 && matches!(c, '县' | '市' | '区' | '省' | '旗' | '州'))?;
        Some(name[..end.0 + end.1.len_utf8()].to_owned())
    };
    cut(office).or_else(|| cut(issuer)).unwrap_or_default()
}

fn departments(context: Context<'_>, plan: Option<&PlanId>, timings: &Timings) -> Vec<DepartmentLine> {
    let standings = crate::model::returns::standings(context, plan);
    let state = |place: usize| {
        let standing = standings.get(place).copied().unwrap_or_default();
        match (standing.asked, standing.returned) {
            (_, true) if timings.late.contains(&context.ledger.departments[place].id) => Return::Late,
            (_, true) if timings.on_time.contains(&context.ledger.departments[place].id) => Return::OnTime,
            (_, true) => Return::Returned,
            (true, false) => Return::Missing,
            (false, false) => Return::NotAsked,
        }
    };
    let lines = context.ledger.departments.iter().enumerate().map(|(place, department)| DepartmentLine {
        id: department.id.clone(),
        name: department.name.clone(),
        kind: department.kind,
        returned: state(place),
        praise: 0.0,
    });
    lines.collect()
}

/// The leaders who answer for a task at the end of the quarter, with what they are.
fn leaders(context: Context<'_>, row: &TaskRows) -> String {
    let day = context.moment.quarter.last_day();
    let named = context.ledger.leaders(row, day).into_iter().map(|person| {
        if person.office.is_empty() { person.name.clone() } else { format!("{}（{}）", person.name, person.office) }
    });
    named.collect::<Vec<_>>().join("、")
}

fn task_line(context: Context<'_>, setup: &Setup<'_>, row: &TaskRows, judged: &TaskAssessment) -> TaskLine {
    let quarter = context.moment.quarter;
    let plan = context.ledger.plan(&row.task.plan);
    let assessment = &judged.assessment;
    TaskLine {
        id: row.task.id.clone(),
        plan: row.task.plan.clone(),
        number: row.task.number.clone(),
        title: chinese_marks(&row.task.title),
        section: context.ledger.path(row.task.section.as_ref()).iter().map(|heading| chinese_marks(heading)).collect(),
        departments: row.assignments.iter().map(|assignment| (assignment.department.clone(), assignment.role)).collect(),
        leaders: if settings::is_on(setup.settings, "leaders") { leaders(context, row) } else { String::new() },
        lead_by_default: row.assignments.iter().any(|assignment| assignment.by_default),
        weight: row.task.weight,
        due: row.task.due.or(plan.and_then(|plan| plan.period_to).map(Due::Year)),
        status: row.status(quarter),
        closed_on: row.task.closed_on,
        judgement: assessment.judgement,
        override_reason: row.task.override_judgement.as_ref().map(|(_, reason)| reason.clone()),
        lamp: assessment.lamp,
        why: assessment.why.clone(),
        completion: assessment.completion,
        schedule: assessment.schedule,
        gap: assessment.gap,
        before: setup.compared.and_then(|compared| compared.judgement(&row.task.id)),
        progress: row
            .assignments
            .iter()
            .filter_map(|assignment| row.progress_of(&assignment.department, quarter))
            .map(|progress| ProgressText {
                department: progress.department.clone(),
                status: progress.status,
                done: chinese_marks(&progress.done),
                problems: chinese_marks(&progress.problems),
                next: chinese_marks(&progress.next),
            })
            .collect(),
        items: row
            .items
            .iter()
            .map(|item| ItemLine {
                id: item.id.clone(),
                text: chinese_marks(&item.text),
                due: item.due,
                done_on: item.done_on,
                departments: item.departments.clone(),
                lamp: plan::item_lamp(item, context.rules, context.moment),
            })
            .collect(),
    }
}

fn milestones(context: Context<'_>, plan: Option<&PlanId>) -> Vec<MilestoneLine> {
    let all = context.ledger.tasks.iter().flat_map(|row| &row.milestones).chain(&context.ledger.goals);
    let mut lines: Vec<MilestoneLine> = all
        .filter(|milestone| plan.is_none_or(|plan| milestone.plan == *plan))
        .map(|milestone| {
            let judged = plan::assess_milestone(milestone, context.rules, context.moment);
            MilestoneLine {
                id: milestone.id.clone(),
                plan: milestone.plan.clone(),
                task: milestone.task.clone(),
                what: chinese_marks(&milestone.what),
                due: milestone.due,
                done_on: milestone.done_on,
                departments: milestone.departments.clone(),
                lamp: judged.lamp,
                why: judged.why,
            }
        })
        .collect();
    lines.sort_by_key(|line| line.due.last_day());
    lines
}

fn targets(context: Context<'_>, compared_with: Option<Quarter>, plan: Option<&PlanId>) -> Vec<TargetLine> {
    let quarter = context.moment.quarter;
    let measured = context.ledger.measured.iter().filter(|measured| plan.is_none_or(|plan| measured.indicator.plan == *plan));
    measured
        .filter_map(|measured| {
            let indicator = &measured.indicator;
            let target = plan::current_step(context.ledger.plan(&indicator.plan)?, &measured.targets, quarter)?;
            let judged = context.ledger.judge_target(measured, target, context.rules, context.moment)?;
            let note = measured.actuals.iter().find(|actual| actual.quarter == quarter && !actual.note.is_empty());
            Some(TargetLine {
                id: target.id.clone(),
                indicator: indicator.id.clone(),
                plan: indicator.plan.clone(),
                task: indicator.task.clone(),
                name: chinese_marks(&indicator.name),
                unit: indicator.unit.clone(),
                kind: indicator.kind,
                cadence: target.cadence,
                binding: indicator.binding,
                op: target.op,
                value: target.value,
                due: target.due,
                actual: plan::figure(indicator, &measured.actuals, quarter),
                actual_before: compared_with.and_then(|earlier| plan::figure(indicator, &measured.actuals, earlier)),
                note: note.map(|actual| actual.note.clone()).unwrap_or_default(),
                completion: judged.completion,
                schedule: judged.schedule,
                gap: judged.gap,
                judgement: judged.judgement,
                lamp: judged.lamp,
                why: judged.why,
            })
        })
        .collect()
}

/// The slips that the quarter proposes, each with its reason; a person issues them.
fn slips(context: Context<'_>, setup: &Setup<'_>, plan: Option<&PlanId>) -> Vec<SlipLine> {
    let today = context.moment.today;
    let mut slips = Vec::new();
    for (place, row, judged) in context.tasks(plan) {
        if row.assignments.is_empty() || !judged.counted {
            continue;
        }
        let Some((level, reason)) = slip_level(context, setup, place, row, judged) else { continue };
        let plan_title = context.ledger.plan(&row.task.plan).map(|plan| chinese_marks(&plan.title)).unwrap_or_default();
        let days = match level {
            SlipLevel::Blue => 15,
            SlipLevel::Yellow => 10,
            SlipLevel::Red => 5,
        };
        let limit = today.checked_add_days(Days::new(days)).map(|day| context.rules.working_days.on_or_after(day));
        slips.push(SlipLine {
            number: String::new(),
            level,
            date: today,
            task: Some(row.task.id.clone()),
            source: format!("《{plan_title}》第{}项", row.task.number),
            matter: chinese_marks(&row.task.title),
            departments: row.assignments.iter().map(|assignment| (assignment.department.clone(), assignment.role)).collect(),
            reason: without_lamp(&reason),
            demand: demand(level).to_owned(),
            limit,
            reply_by: limit,
            contact: String::new(),
            // a person signs, not the office
            signer: String::new(),
        });
    }
    slips
}

/// A reason without the lamp at its end: 序时75%，完成52%，差23点→黄 is 序时75%，完成52%，差23点.
fn without_lamp(why: &str) -> String {
    match why.rsplit_once('→') {
        Some((reason, lamp)) if lamp.parse::<Lamp>().is_ok() => reason.to_owned(),
        _ => why.to_owned(),
    }
}

fn demand(level: SlipLevel) -> &'static str {
    match level {
        SlipLevel::Blue => "请对照年度目标倒排工期，加快推进，并按时报送进展情况。",
        SlipLevel::Yellow => "请查明滞后原因，提出追赶措施和完成时间，由主要负责同志签字后书面报送。",
        SlipLevel::Red => "请主要负责同志专题研究，明确责任人和完成时限，限期办结，并书面说明未按期完成的原因。",
    }
}

/// 红 past due; 黄 behind in two quarters; 蓝 due soon and behind, or not returned.
fn slip_level(
    context: Context<'_>,
    setup: &Setup<'_>,
    place: usize,
    row: &TaskRows,
    judged: &TaskAssessment,
) -> Option<(SlipLevel, String)> {
    let is_behind = Judgement::is_behind;
    let judgement = judged.assessment.judgement;
    let before = setup.before.get(place).map(|before| before.assessment.judgement);
    if matches!(judgement, Judgement::Overdue | Judgement::YearMissed) {
        return Some((SlipLevel::Red, judged.assessment.why.clone()));
    }
    if is_behind(judgement) && before.is_some_and(is_behind) {
        return Some((SlipLevel::Yellow, format!("连续两个季度滞后：{}", judged.assessment.why)));
    }
    let soon = |day: NaiveDate| (0..=15).contains(&(day - context.moment.today).num_days());
    if is_behind(judgement) && row.task.due.is_some_and(|due| soon(due.last_day())) {
        return Some((SlipLevel::Blue, judged.assessment.why.clone()));
    }
    let late_return = judgement == Judgement::NotReturned && judged.assessment.lamp == Lamp::Yellow;
    late_return.then(|| (SlipLevel::Blue, judged.assessment.why.clone()))
}

/// What the office calls judgements and lamps, from the setting `words`: `{"judgements": {"达序时": "有序推进"}, "lamps": {…}}`.
fn words(settings: &Map<String, Value>) -> Words {
    let pairs = |key: &str| -> Vec<(String, String)> {
        let found = settings.get("words").and_then(|words| words.get(key)).and_then(Value::as_object);
        let found = found.into_iter().flatten();
        found.filter_map(|(code, word)| Some((code.clone(), word.as_str()?.to_owned()))).collect()
    };
    Words {
        judgements: pairs("judgements").into_iter().filter_map(|(code, word)| Some((code.parse().ok()?, word))).collect(),
        lamps: pairs("lamps").into_iter().filter_map(|(code, word)| Some((code.parse().ok()?, word))).collect(),
    }
}

/// The editable passages with what stands there and what is proposed.
pub(crate) fn passage_lines(view: &View, written: &[store::table::passage::Passage]) -> Vec<crate::wire::PassageLine> {
    let proposed = report::proposed(view);
    let of = |kind: &str| -> String {
        let text = match kind {
            "title" => &proposed.title,
            "number" => &proposed.number,
            "addressee" => &proposed.addressee,
            "opening" => &proposed.opening,
            "demands" => &proposed.demands,
            "signatory" => &proposed.signatory,
            "distribution" => &proposed.distribution,
            _ => &proposed.copies,
        };
        text.clone()
    };
    PASSAGES
        .iter()
        .map(|kind| {
            let proposed = of(kind);
            let stands = written.iter().find(|passage| passage.kind == *kind).map(|passage| passage.text.clone());
            crate::wire::PassageLine { kind: (*kind).to_owned(), text: stands.unwrap_or_else(|| proposed.clone()), proposed }
        })
        .collect()
}
