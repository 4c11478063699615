//! Judgement of one task in a quarter, from everything that hangs on it.

use super::target::passes_or_fails;
use super::{
    Assessment, Moment, TargetInput, assess_milestone, assess_target, current_step, falls_due, gap_words, mean,
    not_returned_lamp, percent, share,
};
use crate::{
    Actual, Assignment, ChecklistItem, DepartmentId, Due, Indicator, IndicatorKind, Judgement, Lamp, Milestone, Plan, Progress,
    Quarter, Role, RuleSet, Status, Target, Task, quoted,
};

/// Everything a task is judged by.
#[derive(Debug, Clone, Copy)]
pub struct TaskInput<'a> {
    /// The plan, for its period.
    pub plan: &'a Plan,
    /// The task.
    pub task: &'a Task,
    /// Its departments.
    pub assignments: &'a [Assignment],
    /// Its checklist.
    pub items: &'a [ChecklistItem],
    /// Its milestones.
    pub milestones: &'a [Milestone],
    /// Its indicators, each with its targets and figures.
    pub indicators: &'a [(&'a Indicator, &'a [Target], &'a [Actual])],
    /// What departments wrote, of all quarters.
    pub progress: &'a [Progress],
}

/// A task's judgement in a quarter, and whether it counts in shares (未到期 and 取消 do not).
#[derive(Debug, Clone, PartialEq)]
pub struct TaskAssessment {
    /// The judgement with its reason.
    pub assessment: Assessment,
    /// Whether it is in the denominator of shares.
    pub counted: bool,
    /// Whether anything was returned for the quarter.
    pub returned: bool,
}

/// The department that answers for a task: the first lead, else the first named.
#[must_use]
pub fn answering(assignments: &[Assignment]) -> Option<&DepartmentId> {
    assignments.iter().find(|a| a.role == Role::Lead).or(assignments.first()).map(|a| &a.department)
}

/// The handling status of a task in a quarter: the answering department's word of that quarter, else the first word there is.
/// Where a quarter has none, 已完成(待核), 取消 and 已销号 of the last quarter that has one go on standing; all others speak of
/// their quarter only.
#[must_use]
pub fn status_in(assignments: &[Assignment], progress: &[Progress], quarter: Quarter) -> Status {
    let Some(last) = progress.iter().map(|p| p.quarter).filter(|&of| of <= quarter).max() else { return Status::NotStarted };
    let answers = answering(assignments);
    let mut of_last = progress.iter().filter(|p| p.quarter == last);
    let first = of_last.clone().next();
    let word = of_last.find(|p| Some(&p.department) == answers).or(first).map_or(Status::NotStarted, |p| p.status);
    let goes_on = matches!(word, Status::Done | Status::Cancelled | Status::Closed);
    if last == quarter || goes_on { word } else { Status::NotStarted }
}

/// Judges a task by what is due on the judged day: the office's own judgement first; then what is past its date; then the worst of
/// its binding indicators; else the weighted mean gap of its other indicators, or what is worse among those that pass or fail, grow
/// or have no figure; else its milestones and dated items that are due. What is due later, and items without a date before the
/// task's own, count for nothing yet: a task with nothing due and a return there is on plan.
///
/// Milestones alone never hide indicators that lag: where no binding indicator stands beside them and none is late, the other
/// indicators decide. A plan is not judged before it was issued, nor asked for anything after its end. Where the rules judge what
/// was not done by its date, the worse of that and of all else stands.
#[must_use]
pub fn assess_task(input: TaskInput<'_>, rules: &RuleSet, moment: Moment) -> TaskAssessment {
    let judged = Judging::of(input, rules, moment).judged();
    let judged = if input.task.override_judgement.is_none() { after_the_plan(input, moment, judged) } else { judged };
    let Some(missed) = rules.missed.filter(|_| judged.counted && input.task.override_judgement.is_none()) else { return judged };
    if matches!(judged.assessment.judgement, Judgement::Completed | Judgement::Overdue) {
        return judged;
    }
    let milestones = input.milestones.iter().filter(|milestone| !moment.is_done(milestone.done_on));
    let items = input.items.iter().filter(|item| !moment.is_done(item.done_on));
    let open = milestones
        .map(|milestone| (&milestone.what, milestone.due))
        .chain(items.filter_map(|item| Some((&item.text, item.due?))))
        .filter(|(_, due)| moment.is_past(rules.last_day(*due)))
        .map(|(what, due)| (moment.missed(missed, rules.last_day(due)), what, due));
    // of equal ones the first in the ledger's order
    let worst = open.rev().max_by_key(|((judgement, _), ..)| *judgement);
    match worst {
        Some(((judgement, words), what, due))
            if judgement > judged.assessment.judgement
                || matches!(judged.assessment.judgement, Judgement::NotReturned | Judgement::NoData) =>
        {
            let lamp = rules.lamp(judgement);
            let why = format!("{}{}，{words}→{lamp}", quoted(what), falls_due(due, rules));
            TaskAssessment { assessment: Assessment { judgement, lamp, why, ..judged.assessment }, ..judged }
        }
        _ => judged,
    }
}

/// After a plan's last year only what was finished or missed stands; nothing is asked for any more.
fn after_the_plan(input: TaskInput<'_>, moment: Moment, judged: TaskAssessment) -> TaskAssessment {
    let Some(last_year) = input.plan.period_to.filter(|year| *year < moment.quarter.year()) else { return judged };
    let own = input.task.due.is_some_and(|due| due.year() > last_year);
    let stands = matches!(
        judged.assessment.judgement,
        Judgement::Completed | Judgement::YearMet | Judgement::YearMissed | Judgement::Overdue | Judgement::NotDue
    );
    if own || stands {
        return judged;
    }
    let why = format!("规划{last_year}年底期满，不再要求报送");
    let assessment =
        Assessment { completion: None, schedule: None, gap: None, judgement: Judgement::NotDue, lamp: Lamp::None, why };
    TaskAssessment { assessment, counted: false, ..judged }
}

/// What of a task has a date: items and milestones, each once.
#[derive(Debug, Clone, Copy, Default)]
struct Dated {
    all: usize,
    done: usize,
    due: usize,
}

/// Completion and schedule by one and the same measure, as a bar shows them.
type Way = (Option<f64>, Option<f64>);

/// A task with what is known of it on the judged day.
struct Judging<'a> {
    input: TaskInput<'a>,
    rules: &'a RuleSet,
    moment: Moment,
    status: Status,
    returned: bool,
    /// The indicators' steps that are worked on, judged.
    current: Vec<(&'a Indicator, &'a Target, Assessment)>,
    /// The milestones that are done or due in the quarter, judged.
    milestones: Vec<(&'a Milestone, Assessment)>,
    done_items: usize,
    dated: Dated,
    /// Weighted means of those that go a way: completion and schedule.
    mean: Option<(f64, f64)>,
    way: Way,
}

impl<'a> Judging<'a> {
    fn of(input: TaskInput<'a>, rules: &'a RuleSet, moment: Moment) -> Self {
        let TaskInput { plan, assignments, items, milestones, indicators, progress, .. } = input;
        let quarter = moment.quarter;
        let current: Vec<(&Indicator, &Target, Assessment)> = indicators
            .iter()
            .filter_map(|(indicator, steps, actuals)| {
                let target = current_step(plan, steps, quarter)?;
                let judged = assess_target(TargetInput { plan, indicator, target, steps, actuals }, rules, moment);
                Some((*indicator, target, judged))
            })
            .collect();
        let open = || current.iter().filter(|(indicator, target, judged)| goes_a_way(indicator, target, judged));
        // A figure past its target does not make up for one that lags: each counts as at most done.
        let reached = mean(open().filter_map(|(indicator, _, judged)| Some((indicator.weight, judged.completion?.min(1.0)))));
        let scheduled = mean(open().filter_map(|(indicator, _, judged)| Some((indicator.weight, judged.schedule?))));
        let dated = dated(input, rules, moment);
        let by_dates = share(dated.done, dated.all).zip(share(dated.due, dated.all)).filter(|_| dated.done + dated.due > 0);
        let mean = reached.zip(scheduled);
        let way = mean.or(by_dates).map_or((None, None), |(reached, scheduled)| (Some(reached), Some(scheduled)));
        Self {
            input,
            rules,
            moment,
            status: status_in(assignments, progress, quarter),
            returned: progress.iter().any(|p| p.quarter == quarter)
                || indicators.iter().any(|(_, _, actuals)| actuals.iter().any(|actual| actual.quarter == quarter)),
            milestones: milestones
                .iter()
                .filter(|m| moment.is_done(m.done_on) || rules.last_day(m.due) <= quarter.last_day())
                .map(|m| (m, assess_milestone(m, rules, moment)))
                .collect(),
            done_items: items.iter().filter(|item| moment.is_done(item.done_on)).count(),
            current,
            dated,
            mean,
            way,
        }
    }

    fn judged(&self) -> TaskAssessment {
        self.decided()
            .or_else(|| self.not_yet())
            .or_else(|| self.late())
            .or_else(|| self.finished())
            .or_else(|| self.past_its_own_date())
            .or_else(|| self.said_to_be_done())
            .or_else(|| self.not_returned())
            .or_else(|| self.by_binding())
            .or_else(|| self.by_figures())
            .unwrap_or_else(|| self.by_dates())
    }

    fn verdict_of(&self, judgement: Judgement, lamp: Lamp, why: String, gap: Option<f64>, way: Way) -> TaskAssessment {
        let (completion, schedule) = way;
        TaskAssessment {
            assessment: Assessment { completion, schedule, gap, judgement, lamp, why },
            counted: judgement != Judgement::NotDue && self.status != Status::Cancelled,
            returned: self.returned,
        }
    }

    /// A verdict with the lamp of its judgement, which ends its reason.
    fn verdict(&self, judgement: Judgement, reason: &str) -> TaskAssessment {
        let lamp = self.rules.lamp(judgement);
        self.verdict_of(judgement, lamp, format!("{reason}→{lamp}"), None, self.way)
    }

    /// The verdict of the indicator that decides, with its way, so that a bar shows what its lamp says.
    fn of_target(&self, indicator: &Indicator, judged: &Assessment, what: &str) -> TaskAssessment {
        let why = format!("{what}{}{}", quoted(&indicator.name), judged.why);
        self.verdict_of(judged.judgement, judged.lamp, why, judged.gap, (judged.completion, judged.schedule))
    }

    /// What people decided: cancelled, judged by the office, closed after a check.
    fn decided(&self) -> Option<TaskAssessment> {
        if self.status == Status::Cancelled {
            return Some(self.verdict_of(Judgement::NotDue, Lamp::None, "已取消".to_owned(), None, (None, None)));
        }
        if let Some((judgement, reason)) = &self.input.task.override_judgement {
            return Some(self.verdict(*judgement, &format!("督查认定：{reason}")));
        }
        let closed = self.moment.is_done(self.input.task.closed_on) || self.status == Status::Closed;
        closed.then(|| self.verdict(Judgement::Completed, "已销号"))
    }

    /// A plan that is not issued yet, or a task that starts later.
    fn not_yet(&self) -> Option<TaskAssessment> {
        let TaskInput { plan, task, .. } = self.input;
        let not_due =
            |why: String| Some(self.verdict_of(Judgement::NotDue, self.rules.lamp(Judgement::NotDue), why, None, (None, None)));
        if let Some(issued) = plan.issued_on.filter(|day| *day > self.moment.day()) {
            return not_due(format!("规划{}印发，此前不作判定", Due::Day(issued).chinese()));
        }
        if let Some(from) = plan.period_from.filter(|from| plan.issued_on.is_none() && *from > self.moment.quarter.year()) {
            return not_due(format!("规划自{from}年起实施，此前不作判定"));
        }
        let start = task.start.filter(|start| *start > self.moment.quarter.last_day())?;
        not_due(format!("{}起实施，未到期", Due::Day(start).chinese()))
    }

    /// What is late beats all; then what missed its year.
    fn late(&self) -> Option<TaskAssessment> {
        if let Some((milestone, late)) = self.milestones.iter().find(|(_, judged)| judged.judgement == Judgement::Overdue) {
            let why = format!("{}{}", quoted(&milestone.what), late.why);
            return Some(self.verdict_of(Judgement::Overdue, late.lamp, why, None, self.way));
        }
        let first = |judgement: Judgement| self.current.iter().find(|(_, _, judged)| judged.judgement == judgement);
        let (indicator, _, late) = first(Judgement::Overdue).or_else(|| first(Judgement::YearMissed))?;
        Some(self.of_target(indicator, late, ""))
    }

    /// Whether every indicator's step is as these judgements say; false where nothing is measured.
    fn all_targets(&self, are: impl Fn(Judgement) -> bool) -> bool {
        !self.current.is_empty() && self.current.iter().all(|(_, _, judged)| are(judged.judgement))
    }

    /// Whether all that is measured or ticked is done, where `reached` says which targets are.
    fn is_done(&self, reached: impl Fn(Judgement) -> bool) -> bool {
        let TaskInput { items, milestones, .. } = self.input;
        let all_milestones_done = milestones.iter().all(|m| self.moment.is_done(m.done_on));
        let all_items_done = !items.is_empty() && self.done_items == items.len();
        let ticked = self.current.is_empty() && (all_items_done || (all_milestones_done && !milestones.is_empty()));
        all_milestones_done && (ticked || self.all_targets(reached))
    }

    /// Done, with nothing later still open; or the year's targets met with later ones open.
    fn finished(&self) -> Option<TaskAssessment> {
        let open_later = self.input.items.iter().any(|item| {
            !self.moment.is_done(item.done_on) && item.due.is_some_and(|due| !self.moment.is_past(self.rules.last_day(due)))
        });
        if !open_later && self.is_done(|judgement| judgement == Judgement::Completed) {
            return Some(self.verdict(Judgement::Completed, "任务内容已全部完成"));
        }
        let met = |judgement| matches!(judgement, Judgement::Completed | Judgement::YearMet);
        let warned = self.milestones.iter().any(|(_, judged)| judged.lamp == Lamp::Yellow);
        (self.all_targets(met) && !warned && !self.is_past_own_date())
            .then(|| self.verdict(Judgement::YearMet, if open_later { "当期目标已完成" } else { "年度目标已完成" }))
    }

    fn is_past_own_date(&self) -> bool {
        self.input.task.due.is_some_and(|due| self.moment.is_past(self.rules.last_day(due)))
    }

    /// Past the task's own date, for which all its items count, dated or not. The plan's end is no date of a task.
    fn past_its_own_date(&self) -> Option<TaskAssessment> {
        let due = self.input.task.due.filter(|_| self.is_past_own_date())?;
        if self.is_done(|judgement| matches!(judgement, Judgement::Completed | Judgement::YearMet)) {
            return Some(self.verdict(Judgement::Completed, "任务内容已全部完成"));
        }
        if self.status == Status::Done {
            return Some(self.verdict(Judgement::Completed, "责任单位报已完成，待核"));
        }
        let unknown = self.current.iter().find(|(_, _, judged)| judged.judgement == Judgement::NoData);
        if let Some((indicator, _, judged)) = unknown {
            return Some(self.of_target(indicator, judged, ""));
        }
        let way = match self.way.0.or(share(self.done_items, self.input.items.len())) {
            Some(part) => (format!("，完成{}", percent(part)), Some(part)),
            None => (String::new(), None),
        };
        let lamp = self.rules.lamp(Judgement::Overdue);
        let why = format!("{}{}→{lamp}", falls_due(due, self.rules), way.0);
        Some(self.verdict_of(Judgement::Overdue, lamp, why, None, (way.1, Some(1.0))))
    }

    /// The unit's word stands where nothing is measured, until the office has checked it or the unit says otherwise.
    fn said_to_be_done(&self) -> Option<TaskAssessment> {
        let said = self.status == Status::Done && self.current.is_empty();
        said.then(|| self.verdict(Judgement::Completed, "责任单位报已完成，待核"))
    }

    fn not_returned(&self) -> Option<TaskAssessment> {
        if self.returned {
            return None;
        }
        let quarter = self.moment.quarter;
        let why = if self.moment.is_over() {
            format!("{}未报送", quarter.chinese())
        } else {
            format!("{}尚未报送，{}截止", quarter.chinese(), Due::Day(quarter.last_day()).chinese())
        };
        Some(self.verdict_of(Judgement::NotReturned, not_returned_lamp(self.rules, self.moment), why, None, self.way))
    }

    fn by_binding(&self) -> Option<TaskAssessment> {
        let binding = self.current.iter().filter(|(indicator, ..)| indicator.binding);
        let (indicator, _, judged) = binding.max_by_key(|(_, _, judged)| judged.judgement)?;
        Some(self.of_target(indicator, judged, "约束性指标"))
    }

    /// Growth, what passes or fails, what time says nothing of and what has no figure yet: the worst of them stands beside the mean
    /// of the others.
    fn by_figures(&self) -> Option<TaskAssessment> {
        let by_gap = self.mean.map(|(reached, scheduled)| {
            let gap = (scheduled - reached) * 100.0;
            let judgement = self.rules.judge_gap(gap);
            let lamp = self.rules.lamp(judgement);
            let open = self.current.iter().filter(|(indicator, target, judged)| goes_a_way(indicator, target, judged)).count();
            let many = if open > 1 { format!("{open}项指标平均") } else { String::new() };
            let why = format!("{many}序时{}，完成{}，{}→{lamp}", percent(scheduled), percent(reached), gap_words(gap));
            self.verdict_of(judgement, lamp, why, Some(gap), self.way)
        });
        let by_word = self
            .current
            .iter()
            .filter(|(indicator, target, judged)| {
                // what is done already leaves the word to what is still open
                let open = !matches!(judged.judgement, Judgement::NotDue | Judgement::Completed | Judgement::YearMet);
                open && !goes_a_way(indicator, target, judged)
            })
            .max_by_key(|(_, _, judged)| judged.judgement)
            .map(|(indicator, _, judged)| {
                let why = format!("{}{}", quoted(&indicator.name), judged.why);
                self.verdict_of(judged.judgement, judged.lamp, why, judged.gap, self.way)
            });
        match (by_gap, by_word) {
            (Some(gap), Some(word)) if word.assessment.judgement > gap.assessment.judgement.max(Judgement::OnSchedule) => {
                Some(word)
            }
            (gap, word) => gap.or(word),
        }
    }

    /// Nothing is measured: what is due by its date, and else nothing.
    fn by_dates(&self) -> TaskAssessment {
        let TaskInput { items, .. } = self.input;
        if let Some((milestone, judged)) = self.milestones.iter().find(|(_, judged)| judged.lamp == Lamp::Yellow) {
            let why = format!("{}{}", quoted(&milestone.what), judged.why);
            return self.verdict_of(Judgement::OnSchedule, Lamp::Yellow, why, None, self.way);
        }
        let late = items.iter().find_map(|item| {
            let due = item.due.filter(|due| self.moment.is_past(self.rules.last_day(*due)))?;
            (!self.moment.is_done(item.done_on)).then_some((item, due))
        });
        if let Some((item, due)) = late {
            let made_good = self.moment.made_good(item.done_on);
            let reason = format!("{}{}未完成{made_good}", quoted(&item.text), falls_due(due, self.rules));
            return self.verdict(Judgement::Behind, &reason);
        }
        let ticked =
            if items.is_empty() { String::new() } else { format!("，清单完成{}/{}项", self.done_items, items.len()) };
        let reason = match (self.dated, self.next()) {
            (Dated { all: 0, .. }, _) => format!("无量化要求，按报送情况{ticked}"),
            (Dated { due, .. }, _) if due > 0 => format!("到期的{due}项均已完成"),
            (_, Some((what, due))) => format!("尚无到期事项，按计划推进，{}{}", quoted(what), falls_due(due, self.rules)),
            _ => "尚无到期事项，按计划推进".to_owned(),
        };
        self.verdict(Judgement::OnSchedule, &reason)
    }

    /// What is due next.
    fn next(&self) -> Option<(&'a str, Due)> {
        let TaskInput { items, milestones, .. } = self.input;
        let open = milestones.iter().filter(|m| !self.moment.is_done(m.done_on)).map(|m| (m.what.as_str(), m.due));
        let items = items.iter().filter(|item| !self.moment.is_done(item.done_on));
        open.chain(items.filter_map(|item| Some((item.text.as_str(), item.due?)))).min_by_key(|(_, due)| due.last_day())
    }
}

/// Whether an indicator goes a way towards its target against time; what passes or fails has no part in a mean and speaks by its
/// judgement.
fn goes_a_way(indicator: &Indicator, target: &Target, judged: &Assessment) -> bool {
    judged.gap.is_some() && indicator.kind != IndicatorKind::Growth && !passes_or_fails(indicator, target)
}

/// Counts what has a date: the milestones, and the items that no milestone of the same date stands for. Items without one have the
/// task's own.
fn dated(input: TaskInput<'_>, rules: &RuleSet, moment: Moment) -> Dated {
    let TaskInput { task, items, milestones, .. } = input;
    let of_milestones = milestones.iter().map(|milestone| (milestone.due, milestone.done_on));
    let of_items = items.iter().filter_map(|item| {
        let due = item.due.or(task.due)?;
        (!milestones.iter().any(|milestone| milestone.due == due)).then_some((due, item.done_on))
    });
    let mut dated = Dated::default();
    for (due, done_on) in of_milestones.chain(of_items) {
        dated.all += 1;
        dated.done += usize::from(moment.is_done(done_on));
        dated.due += usize::from(moment.is_past(rules.last_day(due)));
    }
    dated
}
