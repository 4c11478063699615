//! Every figure that a report prints, computed once. Each keeps the rows it was counted from.

use std::collections::BTreeMap;

use plan::{Change, DepartmentId, DepartmentKind, IndicatorKind, Judgement, Lamp, Quarter, Role, Status, TargetId, TaskId};

use crate::view::{
    ChangeLine, ChangeState, ChangedField, DepartmentLine, FieldChange, Return, SlipLevel, TargetLine, TaskLine, View,
};

/// A judgement's part of the counted tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The judgement.
    pub judgement: Judgement,
    /// Its tasks.
    pub tasks: Vec<TaskId>,
    /// Share of the counted tasks in tenths of a per cent; all shares sum to 1000 by largest remainder, or are all 0.
    pub tenths: u32,
}

/// How the targets stand against the schedule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TargetFigures {
    /// All targets.
    pub all: Vec<TargetId>,
    /// Those that bind.
    pub binding: Vec<TargetId>,
    /// Those with a figure for the quarter.
    pub reported: Vec<TargetId>,
    /// Reported and at or ahead of the schedule.
    pub reached: Vec<TargetId>,
    /// Of these, those that time says nothing of: a level without a base.
    pub timeless: Vec<TargetId>,
    /// Reported and below the schedule, the widest gap first.
    pub short: Vec<TargetId>,
}

/// How a department stands.
#[derive(Debug, Clone, PartialEq)]
pub struct DepartmentFigures {
    /// The department.
    pub id: DepartmentId,
    /// Tasks it leads.
    pub leads: Vec<TaskId>,
    /// Tasks it supports.
    pub supports: Vec<TaskId>,
    /// Led tasks by lamp: green, yellow, red, none; without those not due and cancelled.
    pub lamps: [Vec<TaskId>; 4],
    /// Led tasks done or ahead of schedule.
    pub ahead: Vec<TaskId>,
    /// Led tasks behind, far behind or overdue.
    pub behind: Vec<TaskId>,
    /// Mean completion of the led tasks where it is known, 0..1 and above, by weight.
    pub completion: Option<f64>,
}

/// What changed since an earlier quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The earlier quarter.
    pub quarter: Quarter,
    /// Judged better now.
    pub better: Vec<TaskId>,
    /// Judged worse now.
    pub worse: Vec<TaskId>,
    /// Judged the same.
    pub same: Vec<TaskId>,
    /// Not judged then.
    pub fresh: Vec<TaskId>,
    /// Nothing was returned then or now.
    pub unknown: Vec<TaskId>,
    /// Targets with another value.
    pub targets: Vec<TargetId>,
    /// Tasks that are due at another time.
    pub dues: Vec<TaskId>,
    /// Tasks that were cancelled or taken out of the ledger.
    pub dropped: Vec<TaskId>,
    /// Tasks that were not in the ledger.
    pub added: Vec<TaskId>,
}

/// A unit's score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The department.
    pub department: DepartmentId,
    /// Ranks are kept apart by kind.
    pub kind: DepartmentKind,
    /// Rank within the kind; units with the same points share one.
    pub rank: usize,
    /// Points, 0 and above.
    pub points: f64,
    /// How they came about.
    pub arithmetic: String,
    /// Tasks that count.
    pub tasks: Vec<TaskId>,
}

/// All figures of a view.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// All tasks.
    pub tasks: Vec<TaskId>,
    /// Not yet to start: outside the denominator.
    pub not_due: Vec<TaskId>,
    /// Cancelled: outside the denominator.
    pub cancelled: Vec<TaskId>,
    /// The denominator of shares.
    pub counted: Vec<TaskId>,
    /// Shares of all judgements that can be counted, in the order they print.
    pub shares: Vec<Share>,
    /// Counted tasks by lamp: green, yellow, red, none.
    pub lamps: [Vec<TaskId>; 4],
    /// Targets against the schedule.
    pub targets: TargetFigures,
    /// Departments in the view's order.
    pub departments: Vec<DepartmentFigures>,
    /// Departments that returned nothing.
    pub missing: Vec<DepartmentId>,
    /// Departments that returned late.
    pub late: Vec<DepartmentId>,
    /// The comparison, where an earlier quarter is given.
    pub comparison: Option<Comparison>,
    /// Scores, by kind and rank.
    pub scores: Vec<Score>,
}

/// The order in which judgements print.
pub(crate) const PRINTED: [Judgement; 10] = [
    Judgement::Completed,
    Judgement::YearMet,
    Judgement::Ahead,
    Judgement::OnSchedule,
    Judgement::Behind,
    Judgement::FarBehind,
    Judgement::YearMissed,
    Judgement::Overdue,
    Judgement::NoData,
    Judgement::NotReturned,
];

/// A supporting unit's part of a joint task in its score.
const SUPPORT_WEIGHT: f64 = 0.3;
/// A task counts for at most so many times its schedule.
const MOST_AHEAD: f64 = 1.2;
/// Praise adds at most so many points.
const MOST_PRAISE: f64 = 5.0;

impl Figures {
    /// Computes the figures of a view.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let ids = |keep: &dyn Fn(&TaskLine) -> bool| -> Vec<TaskId> {
            view.tasks.iter().filter(|task| keep(task)).map(|task| task.id.clone()).collect()
        };
        let counted = ids(&is_counted);
        let by_judgement: Vec<Vec<TaskId>> =
            PRINTED.iter().map(|judgement| ids(&|task| is_counted(task) && task.judgement == *judgement)).collect();
        let tenths = plan::shares(&by_judgement.iter().map(Vec::len).collect::<Vec<_>>());
        Self {
            tasks: ids(&|_| true),
            not_due: ids(&|task| task.judgement == Judgement::NotDue && task.status != Status::Cancelled),
            cancelled: ids(&|task| task.status == Status::Cancelled),
            counted,
            shares: PRINTED
                .iter()
                .zip(by_judgement)
                .zip(tenths)
                .map(|((judgement, tasks), tenths)| Share { judgement: *judgement, tasks, tenths })
                .collect(),
            lamps: by_lamp(view.tasks.iter().filter(|task| is_counted(task))),
            targets: targets(&view.targets),
            departments: departments(view),
            missing: returned(&view.departments, Return::Missing),
            late: returned(&view.departments, Return::Late),
            comparison: view.compared_with.map(|quarter| comparison(view, quarter)),
            scores: scores(view),
        }
    }

    /// The share of a judgement.
    #[must_use]
    pub fn share(&self, judgement: Judgement) -> Option<&Share> {
        self.shares.iter().find(|share| share.judgement == judgement)
    }
}

/// Whether a task is in the denominator.
pub(crate) fn is_counted(task: &TaskLine) -> bool {
    task.judgement != Judgement::NotDue && task.status != Status::Cancelled
}

/// Whether a task is behind, far behind or overdue.
pub(crate) fn is_behind(task: &TaskLine) -> bool {
    is_counted(task) && task.judgement.is_behind()
}

/// Whether a task is done or ahead of schedule.
pub(crate) fn is_ahead(task: &TaskLine) -> bool {
    is_counted(task) && matches!(task.judgement, Judgement::Completed | Judgement::YearMet | Judgement::Ahead)
}

fn by_lamp<'a>(tasks: impl Iterator<Item = &'a TaskLine>) -> [Vec<TaskId>; 4] {
    let mut lamps: [Vec<TaskId>; 4] = Default::default();
    for task in tasks {
        let place = match task.lamp {
            Lamp::Green => 0,
            Lamp::Yellow => 1,
            Lamp::Red => 2,
            Lamp::None => 3,
        };
        lamps[place].push(task.id.clone());
    }
    lamps
}

fn targets(lines: &[TargetLine]) -> TargetFigures {
    let ids = |keep: &dyn Fn(&TargetLine) -> bool| -> Vec<TargetId> {
        lines.iter().filter(|line| keep(line)).map(|line| line.id.clone()).collect()
    };
    let gap = |line: &TargetLine| line.gap.filter(|gap| gap.is_finite());
    // what passes or fails has no gap: its judgement says whether it is reached
    let reported = |line: &TargetLine| line.actual.is_some() && line.judgement != Judgement::NotDue;
    let reached = |line: &TargetLine| {
        let on_time = line.judgement.is_met() || matches!(line.judgement, Judgement::Ahead | Judgement::OnSchedule);
        reported(line) && (line.judgement.is_met() || gap(line).map_or(on_time, |gap| gap <= 0.0))
    };
    let timeless = |line: &TargetLine| {
        let stock = line.kind == IndicatorKind::Level && line.completion.is_some() && line.gap.is_none();
        reported(line) && stock && line.judgement == Judgement::OnSchedule
    };
    let reached = |line: &TargetLine| reached(line) && !timeless(line);
    let mut short: Vec<&TargetLine> = lines.iter().filter(|line| reported(line) && !reached(line) && !timeless(line)).collect();
    short.sort_by(|a, b| gap(b).unwrap_or(0.0).total_cmp(&gap(a).unwrap_or(0.0)));
    TargetFigures {
        all: ids(&|_| true),
        binding: ids(&|line| line.binding),
        reported: ids(&reported),
        reached: ids(&reached),
        timeless: ids(&timeless),
        short: short.into_iter().map(|line| line.id.clone()).collect(),
    }
}

fn returned(departments: &[DepartmentLine], how: Return) -> Vec<DepartmentId> {
    departments.iter().filter(|department| department.returned == how).map(|department| department.id.clone()).collect()
}

/// Tasks of every department in one walk, so that many departments stay cheap.
fn tasks_by_department(view: &View) -> BTreeMap<&DepartmentId, Vec<(&TaskLine, Role)>> {
    let mut by_department: BTreeMap<&DepartmentId, Vec<(&TaskLine, Role)>> = BTreeMap::new();
    for task in &view.tasks {
        for (department, role) in &task.departments {
            by_department.entry(department).or_default().push((task, *role));
        }
    }
    by_department
}

fn departments(view: &View) -> Vec<DepartmentFigures> {
    let by_department = tasks_by_department(view);
    view.departments
        .iter()
        .map(|department| {
            let own = by_department.get(&department.id).map_or(&[][..], Vec::as_slice);
            let of_role =
                |role: Role| -> Vec<&TaskLine> { own.iter().filter(|(_, r)| *r == role).map(|(task, _)| *task).collect() };
            let leads = of_role(Role::Lead);
            let ids = |tasks: &[&TaskLine], keep: &dyn Fn(&TaskLine) -> bool| -> Vec<TaskId> {
                tasks.iter().filter(|task| keep(task)).map(|task| task.id.clone()).collect()
            };
            let (mut weighted, mut weights) = (0.0, 0.0);
            for task in &leads {
                if let Some(completion) = task.completion.filter(|c| c.is_finite())
                    && is_counted(task)
                {
                    weighted += completion * task.weight;
                    weights += task.weight;
                }
            }
            DepartmentFigures {
                id: department.id.clone(),
                lamps: by_lamp(leads.iter().copied().filter(|task| is_counted(task))),
                ahead: ids(&leads, &is_ahead),
                behind: ids(&leads, &is_behind),
                completion: (weights > 0.0).then(|| weighted / weights),
                supports: ids(&of_role(Role::Support), &|_| true),
                leads: ids(&leads, &|_| true),
            }
        })
        .collect()
}

fn comparison(view: &View, quarter: Quarter) -> Comparison {
    let tasks_where = |keep: &dyn Fn(&ChangeLine) -> bool| -> Vec<TaskId> {
        view.changes.iter().filter(|line| keep(line)).filter_map(|line| line.task.clone()).collect()
    };
    let both = view.changes.iter().filter(|line| line.state == ChangeState::Changed);
    let mut comparison = Comparison {
        quarter,
        better: Vec::new(),
        worse: Vec::new(),
        same: Vec::new(),
        fresh: Vec::new(),
        unknown: Vec::new(),
        targets: both.flat_map(|line| &line.fields).filter_map(moved_target).cloned().collect(),
        dues: tasks_where(&|line| {
            line.state == ChangeState::Changed && line.fields.iter().any(|field| field.field == ChangedField::Due)
        }),
        dropped: tasks_where(&is_dropped),
        added: tasks_where(&|line| line.state == ChangeState::Added),
    };
    for task in view.tasks.iter().filter(|task| is_counted(task)) {
        let place = match Change::between(task.before, task.judgement) {
            Change::Better => &mut comparison.better,
            Change::Worse => &mut comparison.worse,
            Change::Same => &mut comparison.same,
            Change::Fresh => &mut comparison.fresh,
            Change::Unknown => &mut comparison.unknown,
        };
        place.push(task.id.clone());
    }
    comparison
}

/// 100 x Σ w·min(c/序时, 1.2)/Σ w, x 0.8, + timeliness, - slips, + praise, floor 0. Units without a task that can be measured have no score.
fn scores(view: &View) -> Vec<Score> {
    let by_department = tasks_by_department(view);
    let mut scores: Vec<Score> = view
        .departments
        .iter()
        .filter_map(|department| {
            let own = by_department.get(&department.id)?;
            let (mut reached, mut weights, mut tasks) = (0.0, 0.0, Vec::new());
            for (task, role) in own.iter().filter(|(task, _)| is_counted(task)) {
                let not_returned = task.judgement == Judgement::NotReturned;
                let (Some(completion), Some(schedule)) = (task.completion.or(not_returned.then_some(0.0)), task.schedule) else {
                    continue;
                };
                let weight = task.weight * if *role == Role::Lead { 1.0 } else { SUPPORT_WEIGHT };
                if !completion.is_finite() || schedule.is_nan() || schedule <= 0.0 || weight.is_nan() || weight <= 0.0 {
                    continue;
                }
                reached += weight * (completion / schedule).clamp(0.0, MOST_AHEAD);
                weights += weight;
                tasks.push(task.id.clone());
            }
            (weights > 0.0).then(|| score(view, department, reached / weights, tasks))
        })
        .collect();
    scores.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.points.total_cmp(&a.points)));
    for place in 0..scores.len() {
        let kind = scores[place].kind;
        let points = scores[place].points;
        let first = scores.iter().position(|s| s.kind == kind).unwrap_or(0);
        let same = scores[first..].iter().position(|s| (s.points - points).abs() < 1e-9).unwrap_or(0);
        scores[place].rank = same + 1;
    }
    scores
}

fn score(view: &View, department: &DepartmentLine, mean: f64, tasks: Vec<TaskId>) -> Score {
    let timeliness = match department.returned {
        // nobody loses points for a day that is not known
        Return::OnTime | Return::Returned => 20.0,
        Return::Late => 10.0,
        Return::NotAsked | Return::Missing => 0.0,
    };
    let slips: f64 = view
        .slips
        .iter()
        // a proposal counts for nothing until a person has issued it under its number
        .filter(|slip| !slip.number.is_empty())
        .filter(|slip| slip.departments.iter().any(|(id, role)| *id == department.id && *role == Role::Lead))
        .map(|slip| match slip.level {
            SlipLevel::Blue => 0.0,
            SlipLevel::Yellow => 1.0,
            SlipLevel::Red => 2.0,
        })
        .sum();
    let praise = if department.praise.is_finite() { department.praise.clamp(0.0, MOST_PRAISE) } else { 0.0 };
    let points = (100.0 * mean * 0.8 + timeliness - slips + praise).max(0.0);
    // ranks go by what prints
    let points = (points * 10.0).round() / 10.0;
    let mut arithmetic = format!("{:.1}×0.8+{timeliness}", 100.0 * mean);
    if slips > 0.0 {
        arithmetic.push_str(&format!("−{slips}"));
    }
    if praise > 0.0 {
        arithmetic.push_str(&format!("+{praise}"));
    }
    arithmetic.push_str(&format!("={points:.1}"));
    Score { department: department.id.clone(), kind: department.kind, rank: 0, points, arithmetic, tasks }
}

/// The target of a field where its value is another; none where the target is new or gone.
pub(crate) fn moved_target(field: &FieldChange) -> Option<&TargetId> {
    field.target.as_ref().filter(|_| field.from.is_some() && field.to.is_some())
}

/// Whether a task is gone, or was cancelled since.
pub(crate) fn is_dropped(line: &ChangeLine) -> bool {
    line.state == ChangeState::Dropped || (line.state == ChangeState::Changed && cancelled(line))
}

pub(crate) fn cancelled(line: &ChangeLine) -> bool {
    let is = |word: &Option<String>| word.as_deref() == Some(Status::Cancelled.code());
    line.fields.iter().any(|field| field.field == ChangedField::Status && is(&field.to) && !is(&field.from))
}

#[cfg(test)]
mod tests {

    #[test]
    fn shares_sum_to_the_whole_whatever_the_counts() {
        assert_eq!(plan::shares(&[1, 1, 1]), [334, 333, 333]);
        assert_eq!(plan::shares(&[0, 0]), [0, 0]);
        for total in 1..60_usize {
            for first in 0..=total {
                let second = (total - first) / 3;
                let shares = plan::shares(&[first, second, total - first - second]);
                assert_eq!(shares.iter().sum::<u32>(), 1000);
            }
        }
    }

    #[test]
    fn a_share_differs_from_the_exact_one_by_less_than_a_tenth() {
        let counts = [17, 3, 41, 9, 2, 1, 5];
        let total: usize = counts.iter().sum();
        for (count, tenths) in counts.iter().zip(plan::shares(&counts)) {
            let exact = *count as f64 * 1000.0 / total as f64;
            assert!((f64::from(tenths) - exact).abs() < 1.0, "{count}: {tenths} {exact}");
        }
    }
}
