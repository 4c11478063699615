mod due;

use super::*;
use crate::*;
use crate::{
    ActualId, ChecklistItemId, IndicatorId, MilestoneId, PlanId, PlanStage, ProgressId, Register, TargetId, TaskId, TaskKind,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn moment(quarter: &str, today: &str) -> Moment {
    Moment { quarter: quarter.parse().unwrap(), today: day(today) }
}

fn plan() -> Plan {
    Plan {
        id: PlanId::new("p"),
        title: "云溪县计划".to_owned(),
        doc_number: None,
        issuer: None,
        issued_on: None,
        period_from: Some(2025),
        period_to: Some(2027),
        stage: PlanStage::Issued,
        register: Register::Plan,
        source_text: String::new(),
        position: 0,
    }
}

fn indicator(kind: IndicatorKind) -> Indicator {
    Indicator {
        id: IndicatorId::new("i"),
        plan: PlanId::new("p"),
        task: Some(TaskId::new("t")),
        name: "高新技术企业".to_owned(),
        unit: "家".to_owned(),
        kind,
        binding: false,
        baseline: None,
        weight: 1.0,
        position: 0,
    }
}

fn target(value: f64, due: &str, cadence: Cadence) -> Target {
    Target {
        id: TargetId::new(due),
        indicator: IndicatorId::new("i"),
        op: Op::AtLeast,
        value,
        due: Some(due.parse().unwrap()),
        cadence,
        proposed: false,
        span: None,
        position: 0,
    }
}

fn actual(quarter: &str, value: f64) -> Actual {
    Actual {
        id: ActualId::new(quarter),
        indicator: IndicatorId::new("i"),
        quarter: quarter.parse().unwrap(),
        department: None,
        value,
        note: String::new(),
    }
}

fn judge(indicator: &Indicator, steps: &[Target], actuals: &[Actual], moment: Moment) -> (Judgement, String) {
    let plan = plan();
    let target = current_step(&plan, steps, moment.quarter).unwrap();
    let judged = assess_target(TargetInput { plan: &plan, indicator, target, steps, actuals }, &RuleSet::default(), moment);
    (judged.judgement, judged.why)
}

#[test]
fn yearly_count_is_judged_by_the_quarter_share_of_its_year() {
    let indicator = indicator(IndicatorKind::Annual);
    let steps = [target(100.0, "2027", Cadence::Annual)];
    let (judgement, why) = judge(&indicator, &steps, &[actual("2025Q3", 52.0)], moment("2025Q3", "2025-09-30"));
    assert_eq!((judgement, why.as_str()), (Judgement::Behind, "序时75%，完成52%，差23点→黄"));
}

#[test]
fn final_target_without_steps_goes_evenly_over_the_plan() {
    let indicator = indicator(IndicatorKind::Cumulative);
    let steps = [target(120.0, "2027", Cadence::Level)];
    let (judgement, why) = judge(&indicator, &steps, &[actual("2026Q2", 60.0)], moment("2026Q2", "2026-06-30"));
    assert_eq!((judgement, why.as_str()), (Judgement::OnSchedule, "序时50%，完成50%，与序时持平→绿"));
}

#[test]
fn yearly_step_counts_from_the_step_before() {
    let indicator = indicator(IndicatorKind::Cumulative);
    let steps = [target(10.0, "2025", Cadence::Level), target(20.0, "2026", Cadence::Level)];
    let (judgement, why) = judge(&indicator, &steps, &[actual("2026Q2", 12.0)], moment("2026Q2", "2026-06-30"));
    assert_eq!((judgement, why.as_str()), (Judgement::Behind, "序时50%，完成20%，差30点→黄"));
}

#[test]
fn later_step_waits_while_the_one_before_it_is_worked_on() {
    let indicator = indicator(IndicatorKind::Cumulative);
    let steps = [target(10.0, "2025", Cadence::Level), target(20.0, "2026", Cadence::Level)];
    let plan = plan();
    let at = |value: f64| {
        let actuals = [actual("2025Q4", value)];
        let input = TargetInput { plan: &plan, indicator: &indicator, target: &steps[1], steps: &steps, actuals: &actuals };
        assess_target(input, &RuleSet::default(), moment("2025Q4", "2025-12-31")).judgement
    };
    assert_eq!(at(12.0), Judgement::NotDue);
    assert_eq!(at(20.0), Judgement::Completed);
}

#[test]
fn level_counts_from_its_base_year() {
    let mut indicator = indicator(IndicatorKind::Level);
    indicator.baseline = Some((2024, 2.0));
    let steps = [target(3.0, "2025", Cadence::Level)];
    let (judgement, why) = judge(&indicator, &steps, &[actual("2025Q2", 2.1)], moment("2025Q2", "2025-06-30"));
    assert_eq!((judgement, why.as_str()), (Judgement::FarBehind, "序时50%，完成10%，差40点→红"));
}

#[test]
fn growth_is_compared_in_points() {
    let indicator = indicator(IndicatorKind::Growth);
    let steps = [target(8.0, "2027", Cadence::Growth)];
    let (judgement, why) = judge(&indicator, &steps, &[actual("2025Q2", 6.5)], moment("2025Q2", "2025-06-30"));
    assert_eq!((judgement, why.as_str()), (Judgement::Behind, "目标8%，实际6.5%，低1.5个百分点→黄"));
}

#[test]
fn ceiling_that_holds_is_on_schedule_until_its_date() {
    let indicator = indicator(IndicatorKind::Inverse);
    let mut step = target(3.5, "2025", Cadence::Level);
    step.op = Op::AtMost;
    let steps = [step];
    let at =
        |quarter: &str, value: f64, today: &str| judge(&indicator, &steps, &[actual(quarter, value)], moment(quarter, today)).0;
    assert_eq!(at("2025Q2", 3.2, "2025-06-30"), Judgement::OnSchedule);
    assert_eq!(at("2025Q2", 3.6, "2025-06-30"), Judgement::Behind);
    assert_eq!(at("2025Q4", 3.2, "2026-01-05"), Judgement::Completed);
}

#[test]
fn growth_that_is_not_to_pass_a_rate_is_judged_from_above() {
    let indicator = indicator(IndicatorKind::Growth);
    let mut step = target(3.0, "2027", Cadence::Growth);
    step.op = Op::AtMost;
    let steps = [step];
    let at = |value: f64| judge(&indicator, &steps, &[actual("2025Q2", value)], moment("2025Q2", "2025-06-30"));
    assert_eq!(at(5.0), (Judgement::Behind, "目标≤3%，实际5%，高2个百分点→黄".to_owned()));
    assert_eq!(at(1.0), (Judgement::OnSchedule, "目标≤3%，实际1%，低2个百分点→绿".to_owned()));
    assert_eq!(at(3.0).1, "目标≤3%，实际3%，与目标持平→绿");
}

#[test]
fn ceiling_passes_or_fails_whatever_it_counts() {
    for kind in [IndicatorKind::Annual, IndicatorKind::Cumulative, IndicatorKind::Level] {
        let indicator = indicator(kind);
        let mut step = target(100.0, "2025", Cadence::Level);
        step.op = Op::AtMost;
        let mut next = target(90.0, "2026", Cadence::Level);
        next.op = Op::AtMost;
        let steps = [step, next];
        let at =
            |quarter: &str, value: f64, today: &str| judge(&indicator, &steps, &[actual(quarter, value)], moment(quarter, today));
        assert_eq!(at("2025Q3", 20.0, "2025-09-30").0, Judgement::OnSchedule, "{kind}");
        assert_eq!(at("2025Q3", 120.0, "2025-09-30").0, Judgement::Behind, "{kind}");
        assert_eq!(
            at("2025Q4", 120.0, "2026-01-05"),
            (Judgement::YearMissed, "控制值100，实际120，超出控制范围→红".to_owned()),
            "{kind}"
        );
        // what was in bounds in an earlier quarter says nothing of this one
        let stale = judge(&indicator, &steps, &[actual("2025Q2", 20.0)], moment("2025Q3", "2025-09-30"));
        assert_eq!(stale.0, Judgement::NoData, "{kind}");
    }
}

#[test]
fn level_that_is_to_come_down_goes_by_the_way_from_its_base() {
    let mut indicator = indicator(IndicatorKind::Level);
    indicator.baseline = Some((2024, 40.0));
    let mut step = target(36.0, "2025", Cadence::Level);
    step.op = Op::AtMost;
    let (judgement, why) = judge(&indicator, &[step], &[actual("2025Q2", 38.0)], moment("2025Q2", "2025-06-30"));
    assert_eq!((judgement, why.as_str()), (Judgement::OnSchedule, "序时50%，完成50%，与序时持平→绿"));
}

#[test]
fn target_past_its_date_is_overdue_whatever_its_gap() {
    let indicator = indicator(IndicatorKind::Cumulative);
    let steps = [target(10.0, "2025-05", Cadence::Level)];
    assert_eq!(judge(&indicator, &steps, &[actual("2025Q2", 9.9)], moment("2025Q2", "2025-07-02")).0, Judgement::Overdue);
    assert_eq!(judge(&indicator, &steps, &[actual("2025Q2", 9.9)], moment("2025Q2", "2025-05-31")).0, Judgement::OnSchedule);
    assert_eq!(judge(&indicator, &steps, &[], moment("2025Q2", "2025-07-02")).0, Judgement::NoData, "nobody knows");
    let last_known = judge(&indicator, &steps, &[actual("2025Q2", 9.0)], moment("2025Q3", "2025-09-30"));
    assert_eq!(last_known, (Judgement::Overdue, "按2025年二季度数据，2025年5月底到期，完成90%→红".to_owned()));
}

#[test]
fn what_was_reached_stays_reached_without_a_new_figure() {
    let indicator = indicator(IndicatorKind::Cumulative);
    let steps = [target(10.0, "2027", Cadence::Level)];
    assert_eq!(judge(&indicator, &steps, &[actual("2025Q1", 10.0)], moment("2025Q3", "2025-09-30")).0, Judgement::Completed);
    assert_eq!(judge(&indicator, &steps, &[actual("2025Q1", 9.0)], moment("2025Q3", "2025-09-30")).0, Judgement::NoData);
}

#[test]
fn departments_figures_add_up_and_rates_are_averaged() {
    let mut indicator = indicator(IndicatorKind::Annual);
    let from =
        |department: &str, value: f64| Actual { department: Some(DepartmentId::new(department)), ..actual("2025Q1", value) };
    let actuals = [from("a", 2.0), from("b", 4.0)];
    let quarter = "2025Q1".parse().unwrap();
    assert_eq!(figure(&indicator, &actuals, quarter), Some(6.0));
    indicator.unit = "%".to_owned();
    assert_eq!(figure(&indicator, &actuals, quarter), Some(3.0));
}

#[test]
fn missing_return_turns_yellow_after_three_working_days() {
    // 2025-06-30 is a Monday: Tuesday to Thursday are the three working days
    let rules = RuleSet::default();
    assert_eq!(not_returned_lamp(&rules, moment("2025Q2", "2025-07-03")), Lamp::None);
    assert_eq!(not_returned_lamp(&rules, moment("2025Q2", "2025-07-04")), Lamp::Yellow);
    let never = RuleSet { not_returned_yellow_working_days: None, ..RuleSet::default() };
    assert_eq!(not_returned_lamp(&never, moment("2025Q2", "2026-07-04")), Lamp::None);
}

fn milestone(due: &str, done_on: Option<&str>) -> Milestone {
    Milestone {
        id: MilestoneId::new("m"),
        plan: PlanId::new("p"),
        task: Some(TaskId::new("t")),
        departments: Vec::new(),
        what: "方案编制".to_owned(),
        due: due.parse().unwrap(),
        done_on: done_on.map(day),
        span: None,
        position: 0,
    }
}

#[test]
fn milestone_is_yellow_three_days_before_and_red_the_day_after() {
    let rules = RuleSet::default();
    let lamp = |today: &str| assess_milestone(&milestone("2025-06", None), &rules, moment("2025Q2", today)).lamp;
    assert_eq!(lamp("2025-06-26"), Lamp::Green);
    assert_eq!(lamp("2025-06-27"), Lamp::Yellow);
    assert_eq!(lamp("2025-06-30"), Lamp::Yellow);
    assert_eq!(lamp("2025-07-01"), Lamp::Red);
}

fn task() -> Task {
    Task {
        id: TaskId::new("t"),
        plan: PlanId::new("p"),
        section: None,
        number: "1".to_owned(),
        title: "培育企业".to_owned(),
        kind: TaskKind::Task,
        text: String::new(),
        span: None,
        weight: 1.0,
        start: None,
        due: None,
        closed_on: None,
        override_judgement: None,
        origin: None,
        remark: String::new(),
        position: 0,
    }
}

fn item(done_on: Option<&str>) -> ChecklistItem {
    ChecklistItem {
        id: ChecklistItemId::new("c"),
        task: TaskId::new("t"),
        departments: Vec::new(),
        text: "排摸企业".to_owned(),
        due: None,
        done_on: done_on.map(day),
        span: None,
        position: 0,
    }
}

fn progress(quarter: &str, status: Status) -> Progress {
    Progress {
        id: ProgressId::new(quarter),
        task: TaskId::new("t"),
        department: DepartmentId::new("d"),
        quarter: quarter.parse().unwrap(),
        status,
        done: "已开展".to_owned(),
        problems: String::new(),
        next: String::new(),
    }
}

struct Case {
    task: Task,
    items: Vec<ChecklistItem>,
    milestones: Vec<Milestone>,
    progress: Vec<Progress>,
    indicators: Vec<(Indicator, Vec<Target>, Vec<Actual>)>,
}

impl Case {
    fn new() -> Self {
        Self {
            task: task(),
            items: Vec::new(),
            milestones: Vec::new(),
            progress: vec![progress("2025Q2", Status::Underway)],
            indicators: Vec::new(),
        }
    }

    fn judged(&self, quarter: &str, today: &str) -> TaskAssessment {
        self.judged_by(&RuleSet::default(), quarter, today)
    }

    fn judged_by(&self, rules: &RuleSet, quarter: &str, today: &str) -> TaskAssessment {
        let plan = plan();
        let indicators: Vec<_> = self.indicators.iter().map(|(i, t, a)| (i, t.as_slice(), a.as_slice())).collect();
        let input = TaskInput {
            plan: &plan,
            task: &self.task,
            assignments: &[],
            items: &self.items,
            milestones: &self.milestones,
            indicators: &indicators,
            progress: &self.progress,
        };
        assess_task(input, rules, moment(quarter, today))
    }

    fn judgement(&self, quarter: &str, today: &str) -> Judgement {
        self.judged(quarter, today).assessment.judgement
    }
}

#[test]
fn task_without_a_return_is_not_returned_and_never_green() {
    let mut case = Case::new();
    case.progress.clear();
    let judged = case.judged("2025Q2", "2025-06-20");
    assert_eq!((judged.assessment.judgement, judged.assessment.lamp, judged.counted), (Judgement::NotReturned, Lamp::None, true));
}

#[test]
fn late_milestone_beats_everything_but_the_offices_own_word() {
    let mut case = Case::new();
    case.milestones = vec![milestone("2025-05", None)];
    case.indicators =
        vec![(indicator(IndicatorKind::Annual), vec![target(10.0, "2027", Cadence::Annual)], vec![actual("2025Q2", 10.0)])];
    assert_eq!(case.judgement("2025Q2", "2025-06-20"), Judgement::Overdue);
    case.task.override_judgement = Some((Judgement::OnSchedule, "上级调整时限".to_owned()));
    let judged = case.judged("2025Q2", "2025-06-20");
    assert_eq!(judged.assessment.why, "督查认定：上级调整时限→绿");
}

#[test]
fn binding_indicator_decides_over_the_others() {
    let mut case = Case::new();
    let mut binding = indicator(IndicatorKind::Annual);
    binding.binding = true;
    case.indicators = vec![
        (binding, vec![target(10.0, "2027", Cadence::Annual)], vec![actual("2025Q2", 5.0)]),
        (indicator(IndicatorKind::Annual), vec![target(10.0, "2027", Cadence::Annual)], vec![actual("2025Q2", 0.0)]),
    ];
    assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::OnSchedule);
}

#[test]
fn figure_past_its_target_does_not_make_up_for_one_that_lags() {
    let mut case = Case::new();
    let with = |value: f64| {
        (indicator(IndicatorKind::Annual), vec![target(10.0, "2027", Cadence::Annual)], vec![actual("2025Q2", value)])
    };
    case.indicators = vec![with(100.0), with(0.0)];
    assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::OnSchedule);
    case.indicators = vec![with(100.0), with(0.0), with(0.0)];
    assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::Behind);
}

#[test]
fn checklist_is_done_when_all_of_it_is_ticked() {
    let mut case = Case::new();
    case.items = vec![item(Some("2025-04-01"))];
    assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::Completed);
    case.items = vec![item(Some("2025-08-01"))];
    assert_eq!(
        case.judgement("2025Q2", "2025-11-30"),
        Judgement::OnSchedule,
        "what was done later does not brighten an old quarter"
    );
    case.items = vec![item(Some("2025-04-01")), ChecklistItem { due: Some("2026".parse().unwrap()), ..item(None) }];
    case.milestones = vec![milestone("2025-05", Some("2025-05-01"))];
    assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::OnSchedule, "something later is open");
}

#[test]
fn cancelled_and_not_yet_started_tasks_are_outside_the_denominator() {
    let mut case = Case::new();
    case.progress = vec![progress("2025Q2", Status::Cancelled)];
    assert!(!case.judged("2025Q2", "2025-06-30").counted);
    let mut case = Case::new();
    case.task.start = Some(day("2026-01-01"));
    let judged = case.judged("2025Q2", "2025-06-30");
    assert_eq!((judged.assessment.judgement, judged.counted), (Judgement::NotDue, false));
}

#[test]
fn bar_of_a_task_shows_the_schedule_that_its_lamp_names() {
    let mut case = Case::new();
    case.progress = vec![progress("2025Q3", Status::Underway)];
    // three quarters of a three-year plan are a quarter of its time, but three quarters of the year's target
    case.indicators =
        vec![(indicator(IndicatorKind::Annual), vec![target(100.0, "2027", Cadence::Annual)], vec![actual("2025Q3", 52.0)])];
    let judged = case.judged("2025Q3", "2025-09-30").assessment;
    assert_eq!(judged.why, "序时75%，完成52%，差23点→黄");
    assert_eq!((judged.schedule, judged.completion), (Some(0.75), Some(0.52)));
    case.indicators[0].0.binding = true;
    let judged = case.judged("2025Q3", "2025-09-30").assessment;
    assert_eq!((judged.schedule, judged.completion), (Some(0.75), Some(0.52)));
}

#[test]
fn what_passes_or_fails_has_no_part_in_the_mean_and_counts_by_its_worst() {
    let mut case = Case::new();
    let mut ceiling = target(100.0, "2027", Cadence::Annual);
    ceiling.op = Op::AtMost;
    let bounds = |value: f64| (indicator(IndicatorKind::Inverse), vec![ceiling.clone()], vec![actual("2025Q2", value)]);
    let count = (indicator(IndicatorKind::Annual), vec![target(10.0, "2027", Cadence::Annual)], vec![actual("2025Q2", 3.0)]);
    case.indicators = vec![count.clone(), bounds(20.0)];
    let judged = case.judged("2025Q2", "2025-06-30").assessment;
    assert_eq!((judged.judgement, judged.completion), (Judgement::Behind, Some(0.3)), "in bounds does not lift a count");
    let on_time = (count.0, count.1, vec![actual("2025Q2", 5.0)]);
    case.indicators = vec![on_time.clone(), bounds(120.0)];
    let judged = case.judged("2025Q2", "2025-06-30").assessment;
    assert_eq!((judged.judgement, judged.completion), (Judgement::Behind, Some(0.5)));
    assert_eq!(judged.why, "“高新技术企业”控制值100，实际120，超出控制范围→黄");
    let step = (indicator(IndicatorKind::YesNo), vec![target(1.0, "2027", Cadence::Level)], vec![actual("2025Q2", 0.0)]);
    case.indicators = vec![on_time, step];
    let judged = case.judged("2025Q2", "2025-06-30").assessment;
    assert_eq!((judged.judgement, judged.completion), (Judgement::OnSchedule, Some(0.5)), "not done before its date is not 0%");
}

#[test]
fn text_without_the_figure_that_is_asked_is_no_return_of_the_figure() {
    let mut case = Case::new();
    case.indicators = vec![(indicator(IndicatorKind::Annual), vec![target(10.0, "2027", Cadence::Annual)], Vec::new())];
    let judged = case.judged("2025Q2", "2025-06-30").assessment;
    assert_eq!((judged.judgement, judged.lamp), (Judgement::NoData, Lamp::None));
    assert_eq!(judged.why, "“高新技术企业”2025年二季度尚未填报数据");
    let filed = (indicator(IndicatorKind::Annual), vec![target(10.0, "2027", Cadence::Annual)], vec![actual("2025Q2", 5.0)]);
    case.indicators.push(filed);
    assert_eq!(case.judgement("2025Q2", "2025-06-30"), Judgement::NoData, "one figure does not stand for another");
}

#[test]
fn cancelled_and_closed_go_on_standing_in_later_quarters() {
    let mut case = Case::new();
    case.progress = vec![progress("2025Q2", Status::Cancelled)];
    let later = case.judged("2025Q4", "2025-12-31");
    assert_eq!((later.counted, later.assessment.lamp, later.assessment.why.as_str()), (false, Lamp::None, "已取消"));
    assert!(case.judged("2025Q1", "2025-12-31").counted, "not before it was cancelled");
    case.progress = vec![progress("2025Q2", Status::Closed)];
    assert_eq!(case.judgement("2025Q4", "2025-12-31"), Judgement::Completed);
    case.progress = vec![progress("2025Q2", Status::Cancelled), progress("2025Q3", Status::Underway)];
    assert!(case.judged("2025Q4", "2025-12-31").counted, "taken up again");
    case.progress = vec![progress("2025Q2", Status::Suspended)];
    assert_eq!(case.judgement("2025Q4", "2025-12-31"), Judgement::NotReturned, "other words speak of their quarter only");
}

#[test]
fn bar_without_figures_is_of_what_has_a_date() {
    let mut case = Case::new();
    case.progress = vec![progress("2025Q3", Status::Underway)];
    case.items = vec![item(Some("2025-08-01")), item(None)];
    let way = |case: &Case| {
        let judged = case.judged("2025Q3", "2025-09-30").assessment;
        (judged.completion, judged.schedule)
    };
    assert_eq!(way(&case), (None, None), "ticks without a date are measured against nothing");
    case.milestones =
        ["2025-08", "2025-12", "2026", "2027"].map(|due| milestone(due, (due == "2025-08").then_some("2025-07-15"))).into();
    assert_eq!(way(&case), (Some(0.25), Some(0.25)));
}

#[test]
fn old_quarter_keeps_its_judgement_and_its_days() {
    let mut case = Case::new();
    case.milestones = vec![milestone("2025-06", Some("2025-07-05"))];
    let (q2, q3): (Vec<_>, Vec<_>) = ["2025-07-01", "2025-07-05", "2025-09-30", "2025-10-05", "2026-11-23"]
        .into_iter()
        .map(|today| (case.judged("2025Q2", today).assessment.why, case.judgement("2025Q3", today)))
        .unzip();
    assert_eq!(q2[0], "“方案编制”2025年6月底到期，至期未完成→红");
    assert!(q2[1..].iter().all(|why| why == "“方案编制”2025年6月底到期，至期未完成，7月5日已补完成→红"), "{q2:?}");
    assert_eq!(q3[1..], [Judgement::Completed; 4]);
    case.milestones = vec![milestone("2024-04", None)];
    let days = |today: &str| case.judged("2025Q2", today).assessment.why;
    assert_eq!(days("2025-07-05"), days("2026-11-23"));
}

#[test]
fn change_is_of_the_lamp_and_a_missing_return_compares_with_nothing() {
    use Judgement::*;
    let cases = [
        (Some(Ahead), OnSchedule, Change::Same),
        (Some(Behind), OnSchedule, Change::Better),
        (Some(Behind), Overdue, Change::Worse),
        (Some(Overdue), NotReturned, Change::Unknown),
        (Some(NotReturned), Behind, Change::Unknown),
        (Some(NotDue), Behind, Change::Fresh),
        (None, Completed, Change::Fresh),
    ];
    for (before, now, change) in cases {
        assert_eq!(Change::between(before, now), change, "{before:?} {now}");
    }
}

#[test]
fn what_missed_its_month_is_yellow_and_red_once_the_quarter_is_over() {
    let missed = Some(Missed { month: Judgement::Behind, quarter: Judgement::FarBehind });
    let rules = RuleSet { missed, ..RuleSet::default() };
    let mut case = Case::new();
    case.milestones = vec![milestone("2025-05", None)];
    let at = |case: &Case, quarter: &str, today: &str| {
        let judged = case.judged_by(&rules, quarter, today).assessment;
        (judged.judgement, judged.lamp, judged.why)
    };
    let (judgement, lamp, why) = at(&case, "2025Q2", "2025-06-10");
    assert_eq!((judgement, lamp), (Judgement::Behind, Lamp::Yellow));
    assert_eq!(why, "“方案编制”2025年5月底到期，当月目标未完成→黄");
    assert_eq!(assess_milestone(&case.milestones[0], &rules, moment("2025Q2", "2025-06-10")).lamp, Lamp::Yellow);
    let (judgement, lamp, why) = at(&case, "2025Q2", "2025-07-02");
    assert_eq!((judgement, lamp), (Judgement::FarBehind, Lamp::Red));
    assert_eq!(why, "“方案编制”2025年5月底到期，季度目标未完成→红");
    assert_eq!(at(&case, "2025Q2", "2025-05-31").0, Judgement::OnSchedule, "its month still runs");
    // a quarter that nothing was returned for is judged by its dates too, an item as a milestone
    case.milestones.clear();
    case.items = vec![ChecklistItem { due: Some("2025-05".parse().unwrap()), ..item(None) }];
    assert_eq!(at(&case, "2025Q3", "2025-08-01").0, Judgement::FarBehind);
    assert_eq!(item_lamp(&case.items[0], &rules, moment("2025Q2", "2025-06-10")), Lamp::Yellow);
    // the worse counts: a figure far behind, and a task past its own date
    case.indicators =
        vec![(indicator(IndicatorKind::Annual), vec![target(100.0, "2025", Cadence::Annual)], vec![actual("2025Q2", 5.0)])];
    assert_eq!(at(&case, "2025Q2", "2025-06-10").0, Judgement::FarBehind);
    case.indicators.clear();
    case.task.due = Some("2025-05".parse().unwrap());
    assert_eq!(at(&case, "2025Q2", "2025-06-10").0, Judgement::Overdue);
    case.task.override_judgement = Some((Judgement::OnSchedule, "已补办".to_owned()));
    assert_eq!(at(&case, "2025Q2", "2025-06-10").0, Judgement::OnSchedule);
}
