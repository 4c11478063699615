//! Only what is due on the judged day is judged: a table of cases, a line each.

use super::*;

/// A line of the table: what is there, when it is judged, and what is said.
struct Line {
    what: &'static str,
    case: Case,
    at: (&'static str, &'static str),
    judgement: Judgement,
    why: &'static str,
}

fn reporting(quarter: &str) -> Case {
    Case { progress: vec![progress(quarter, Status::Underway)], ..Case::new() }
}

fn dated(due: &str, done_on: Option<&str>) -> ChecklistItem {
    ChecklistItem { due: Some(due.parse().unwrap()), ..item(done_on) }
}

fn counted(kind: IndicatorKind, steps: Vec<Target>, actuals: Vec<Actual>) -> (Indicator, Vec<Target>, Vec<Actual>) {
    (indicator(kind), steps, actuals)
}

#[test]
fn only_what_is_due_is_judged() {
    use Judgement::*;
    let at_year_end = ("2025Q4", "2026-01-10");
    let yearly = |actuals: Vec<Actual>| counted(IndicatorKind::Annual, vec![target(100.0, "2027", Cadence::Annual)], actuals);
    let steps = || vec![target(10.0, "2025", Cadence::Level), target(20.0, "2026", Cadence::Level)];
    let own_date = |items: Vec<ChecklistItem>| Case {
        task: Task { due: Some("2025-10".parse().unwrap()), ..task() },
        items,
        ..reporting("2025Q4")
    };
    let cases = [
        Line {
            what: "a milestone of next year is not red in this one",
            case: Case { milestones: vec![milestone("2026-06", None)], ..reporting("2025Q4") },
            at: at_year_end,
            judgement: OnSchedule,
            why: "尚无到期事项，按计划推进，“方案编制”2026年6月底到期→绿",
        },
        Line {
            what: "ticks over the whole plan say nothing",
            case: Case { items: vec![item(Some("2025-04-01")), item(None), item(None), item(None)], ..reporting("2027Q3") },
            at: ("2027Q3", "2027-09-30"),
            judgement: OnSchedule,
            why: "无量化要求，按报送情况，清单完成1/4项→绿",
        },
        Line {
            what: "the plan's end is no date of its own",
            case: Case { items: vec![item(None)], ..reporting("2027Q4") },
            at: ("2027Q4", "2028-01-10"),
            judgement: OnSchedule,
            why: "无量化要求，按报送情况，清单完成0/1项→绿",
        },
        Line {
            what: "nothing measurable is said to be so",
            case: reporting("2025Q4"),
            at: at_year_end,
            judgement: OnSchedule,
            why: "无量化要求，按报送情况→绿",
        },
        Line {
            what: "a dated item that is due and done",
            case: Case { items: vec![dated("2025-10", Some("2025-10-20")), dated("2026", None)], ..reporting("2025Q4") },
            at: at_year_end,
            judgement: OnSchedule,
            why: "到期的1项均已完成→绿",
        },
        Line {
            what: "a dated item that is due and open",
            case: Case { items: vec![dated("2025-10", None), dated("2026", None)], ..reporting("2025Q4") },
            at: at_year_end,
            judgement: Behind,
            why: "“排摸企业”2025年10月底到期未完成→黄",
        },
        Line {
            what: "what was done after the cut-off is said, and brightens the next quarter",
            case: Case { milestones: vec![milestone("2025-11", Some("2026-01-05"))], ..reporting("2025Q4") },
            at: at_year_end,
            judgement: Overdue,
            why: "“方案编制”2025年11月底到期，逾期31天，2026年1月5日已补完成→红",
        },
        Line {
            what: "items without a date count at the task's own",
            case: own_date(vec![item(Some("2025-09-01")), item(None)]),
            at: at_year_end,
            judgement: Overdue,
            why: "2025年10月底到期，完成50%→红",
        },
        Line {
            what: "and not before it",
            case: Case { progress: vec![progress("2025Q3", Status::Underway)], ..own_date(vec![item(None), item(None)]) },
            at: ("2025Q3", "2025-09-30"),
            judgement: OnSchedule,
            why: "尚无到期事项，按计划推进→绿",
        },
        Line {
            what: "a year without a figure is not known",
            case: Case { indicators: vec![yearly(Vec::new())], ..reporting("2025Q4") },
            at: at_year_end,
            judgement: NoData,
            why: "“高新技术企业”2025年底到期，尚未填报数据",
        },
        Line {
            what: "and missed once there is one",
            case: Case { indicators: vec![yearly(vec![actual("2025Q4", 60.0)])], ..reporting("2025Q4") },
            at: at_year_end,
            judgement: YearMissed,
            why: "“高新技术企业”2025年目标完成60%→红",
        },
        Line {
            what: "a step of a year is missed, not overdue",
            case: Case {
                indicators: vec![counted(IndicatorKind::Cumulative, steps(), vec![actual("2025Q4", 9.0)])],
                ..reporting("2025Q4")
            },
            at: at_year_end,
            judgement: YearMissed,
            why: "“高新技术企业”2025年目标完成90%→红",
        },
        Line {
            what: "a real date that has passed",
            case: Case {
                indicators: vec![counted(
                    IndicatorKind::Cumulative,
                    vec![target(10.0, "2025-11", Cadence::Level)],
                    vec![actual("2025Q4", 9.0)],
                )],
                ..reporting("2025Q4")
            },
            at: at_year_end,
            judgement: Overdue,
            why: "“高新技术企业”2025年11月底到期，完成90%→红",
        },
        Line {
            what: "a yearly target met keeps until the year's end without a new figure",
            case: Case { indicators: vec![yearly(vec![actual("2025Q2", 104.0)])], ..reporting("2025Q3") },
            at: ("2025Q3", "2025-09-30"),
            judgement: YearMet,
            why: "年度目标已完成→绿",
        },
        Line {
            what: "and starts anew in the next",
            case: Case { indicators: vec![yearly(vec![actual("2025Q4", 104.0)])], ..reporting("2026Q1") },
            at: ("2026Q1", "2026-03-31"),
            judgement: NoData,
            why: "“高新技术企业”2026年一季度尚未填报数据",
        },
        Line {
            what: "in the last year nothing later is open",
            case: Case { indicators: vec![yearly(vec![actual("2027Q4", 104.0)])], ..reporting("2027Q4") },
            at: ("2027Q4", "2028-01-10"),
            judgement: Completed,
            why: "任务内容已全部完成→绿",
        },
        Line {
            what: "the unit's word that it is done goes on standing",
            case: Case { progress: vec![progress("2025Q2", Status::Done)], ..Case::new() },
            at: at_year_end,
            judgement: Completed,
            why: "责任单位报已完成，待核→绿",
        },
        Line {
            what: "a level stands until it changes",
            case: Case {
                indicators: vec![(
                    Indicator { baseline: Some((2024, 2.0)), ..indicator(IndicatorKind::Level) },
                    vec![target(4.0, "2025", Cadence::Level)],
                    vec![actual("2025Q2", 3.5)],
                )],
                ..reporting("2025Q3")
            },
            at: ("2025Q3", "2025-09-30"),
            judgement: OnSchedule,
            why: "序时75%，完成75%，与序时持平→绿",
        },
        Line {
            what: "a stock without a base year is no way that time could measure",
            case: Case {
                indicators: vec![counted(
                    IndicatorKind::Level,
                    vec![target(50.0, "2027", Cadence::Level)],
                    vec![actual("2025Q4", 10.0)],
                )],
                ..reporting("2025Q4")
            },
            at: at_year_end,
            judgement: OnSchedule,
            why: "“高新技术企业”现为10家，目标50家，无基期值，按水平，不计序时→绿",
        },
        Line {
            what: "growth can be ahead",
            case: Case {
                indicators: vec![counted(
                    IndicatorKind::Growth,
                    vec![target(8.0, "2027", Cadence::Growth)],
                    vec![actual("2025Q3", 9.0)],
                )],
                ..reporting("2025Q3")
            },
            at: ("2025Q3", "2025-09-30"),
            judgement: Ahead,
            why: "“高新技术企业”目标8%，实际9%，高1个百分点→绿",
        },
        Line {
            what: "after its end a plan asks for nothing",
            case: Case { progress: Vec::new(), ..Case::new() },
            at: ("2028Q1", "2028-04-10"),
            judgement: NotDue,
            why: "规划2027年底期满，不再要求报送",
        },
    ];
    for Line { what, case, at, judgement, why } in cases {
        let judged = case.judged(at.0, at.1).assessment;
        assert_eq!((judged.judgement, judged.why.as_str()), (judgement, why), "{what}");
    }
}

#[test]
fn a_plan_is_not_judged_before_it_was_issued() {
    let plan = Plan { issued_on: Some(day("2025-07-10")), ..plan() };
    let (task, rules) = (task(), RuleSet::default());
    let late = [milestone("2025-05", None)];
    let at = |quarter: &str, today: &str| {
        let input = TaskInput {
            plan: &plan,
            task: &task,
            assignments: &[],
            items: &[],
            milestones: &late,
            indicators: &[],
            progress: &[],
        };
        assess_task(input, &rules, moment(quarter, today))
    };
    let judged = at("2025Q2", "2025-08-01");
    assert_eq!((judged.assessment.judgement, judged.counted), (Judgement::NotDue, false));
    assert_eq!(judged.assessment.why, "规划2025年7月10日印发，此前不作判定");
    assert_eq!(at("2025Q3", "2025-08-01").assessment.judgement, Judgement::Overdue);
}

#[test]
fn totals_and_levels_are_measured_from_one_base_over_every_turn_of_a_year() {
    for kind in [IndicatorKind::Cumulative, IndicatorKind::Level] {
        let mut indicator = indicator(kind);
        indicator.baseline = Some((2024, 100.0));
        let steps = [target(120.0, "2025", Cadence::Level), target(140.0, "2026", Cadence::Level)];
        // exactly on schedule, quarter by quarter
        let figures = [("2025Q1", 105.0), ("2025Q3", 115.0), ("2025Q4", 120.0), ("2026Q1", 125.0), ("2026Q2", 130.0)];
        for (quarter, value) in figures {
            let today = quarter.parse::<Quarter>().unwrap().last_day().to_string();
            let (judgement, why) = judge(&indicator, &steps, &[actual(quarter, value)], moment(quarter, &today));
            let expected = if quarter == "2025Q4" { Judgement::YearMet } else { Judgement::OnSchedule };
            assert_eq!(judgement, expected, "{kind} {quarter} {why}");
        }
    }
}

#[test]
fn a_date_on_a_day_of_rest_means_the_next_working_day() {
    let rules = RuleSet {
        working_days: WorkingDays::new((1..=8).map(|number| NaiveDate::from_ymd_opt(2025, 10, number).unwrap()), []),
        ..RuleSet::default()
    };
    let step = milestone("2025-10-03", None);
    let at = |today: &str| assess_milestone(&step, &rules, moment("2025Q4", today));
    assert_eq!(at("2025-10-09").judgement, Judgement::OnSchedule);
    assert_eq!(at("2025-10-11").why, "2025年10月3日（休息日顺延至10月9日）到期，逾期2天→红");
    assert_eq!(return_deadline(&rules, "2025Q3".parse().unwrap()), Some(day("2025-10-13")));
}

#[test]
fn counts_of_days_lamps_and_the_printed_day_are_of_one_day() {
    let rules = RuleSet::default();
    let at = |due: &str, today: &str| assess_milestone(&milestone(due, None), &rules, moment("2025Q3", today)).why;
    for today in ["2025-10-01", "2025-10-20", "2026-03-01"] {
        assert_eq!(moment("2025Q3", today).day(), day("2025-09-30"));
        assert_eq!(at("2025-09-19", today), "2025年9月19日到期，逾期11天→红");
        assert_eq!(at("2025-09", today), "2025年9月底到期，至期未完成→红");
    }
    assert_eq!(at("2025-09", "2025-09-30"), "2025年9月底到期，还有0天→黄", "the day itself is still in time");
}
