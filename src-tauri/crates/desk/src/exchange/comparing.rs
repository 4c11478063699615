//! Two quarters side by side: a closed one as it was when it was closed, an open one as it stands. The one comparison there is:
//! the window, the command line and the reports say the same of the same two quarters.

use super::snapshot::{self, GoalLine, HeadLine, TaskLine};
use crate::Session;
use crate::model::context::Context;
use crate::model::desk::Desk;
use crate::model::refusals::wrong_input;
use crate::wire::{self, Refusal};
use messages::Exchange;
use plan::{Judgement, Lamp, Moment, Quarter};
use std::collections::{BTreeMap, BTreeSet};
use store::table::quarter_close;

/// A quarter as it is compared.
pub(crate) struct Side {
    closed: bool,
    head: HeadLine,
    tasks: Vec<TaskLine>,
}

/// What a task is to the two quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It stands in both.
    Changed,
    /// Only in the later one.
    New,
    /// Only in the earlier one.
    Gone,
}

/// What of a task differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Title,
    Judgement,
    Lamp,
    Status,
    Due,
    /// How many of the checklist are done.
    Ticks,
    /// A checklist item that stands in one only.
    Item,
    Target,
    /// Whether a milestone stands and is done.
    Milestone,
    /// The date of a milestone that is done in neither.
    MilestoneDue,
    Figure,
}

/// A field that differs, with both its values.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub what: What,
    /// What of several it is: the indicator, the milestone, the item; empty where there is but one.
    pub name: String,
    /// The unit of its values; empty for none.
    pub unit: String,
    /// The target's id.
    pub target: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// A task that differs, or the own indicators of a plan, which are of no task.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Task id; empty for a plan's own indicators.
    pub id: String,
    pub number: String,
    pub title: String,
    /// The plan's title.
    pub plan: String,
    /// Id, name and role of who takes part, of the later quarter that has the task.
    pub departments: Vec<(String, String, String)>,
    pub state: State,
    pub fields: Vec<Field>,
}

impl Side {
    /// A quarter as it stands in rows.
    pub(crate) fn of_rows(context: Context<'_>) -> Self {
        let (head, tasks) = snapshot::lines(context);
        Self { closed: false, head, tasks }
    }

    /// A quarter as it was closed.
    pub(crate) fn of_close(text: &str) -> Result<Self, Refusal> {
        let (head, tasks) = snapshot::read(text)?;
        Ok(Self { closed: true, head, tasks })
    }

    /// The judgement of each task by its id, as its code.
    pub(crate) fn judgements(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tasks.iter().map(|task| (task.id.as_str(), task.judgement.as_str()))
    }

    fn line(&self) -> wire::ComparedQuarter {
        let count = |word: &str, of: fn(&TaskLine) -> &String| self.tasks.iter().filter(|task| of(task) == word).count();
        let judgements = Judgement::ALL.iter().map(|word| (word.code().to_owned(), count(word.code(), |task| &task.judgement)));
        let lamps = Lamp::ALL.iter().map(|word| (word.code().to_owned(), count(word.code(), |task| &task.lamp)));
        let some = |(_, count): &(String, usize)| *count > 0;
        wire::ComparedQuarter {
            quarter: self.head.quarter.clone(),
            closed: self.closed,
            as_of: self.head.as_of.clone(),
            tasks: self.tasks.len(),
            judgements: judgements.filter(some).collect(),
            lamps: lamps.filter(some).collect(),
        }
    }
}

/// The tasks that differ, in the order of the later quarter; those that are gone, then the plans' own indicators, come last.
pub(crate) fn rows(from: &Side, to: &Side) -> Vec<Row> {
    let mut before: BTreeMap<&str, &TaskLine> = from.tasks.iter().map(|task| (task.id.as_str(), task)).collect();
    let mut rows = Vec::new();
    for task in &to.tasks {
        let earlier = before.remove(task.id.as_str());
        let state = if earlier.is_some() { State::Changed } else { State::New };
        let fields = differences(earlier, Some(task));
        if !fields.is_empty() || state == State::New {
            rows.push(row(task, state, fields));
        }
    }
    for task in from.tasks.iter().filter(|task| before.contains_key(task.id.as_str())) {
        rows.push(row(task, State::Gone, differences(Some(task), None)));
    }
    rows.extend(goals(&from.head.goals, &to.head.goals));
    rows
}

fn row(task: &TaskLine, state: State, fields: Vec<Field>) -> Row {
    Row {
        id: task.id.clone(),
        number: task.number.clone(),
        title: task.title.clone(),
        plan: task.plan.clone(),
        departments: task.departments.clone(),
        state,
        fields,
    }
}

/// What changed of the plans' own indicators. A close from before they were kept says nothing of them.
fn goals(from: &[GoalLine], to: &[GoalLine]) -> Vec<Row> {
    if from.is_empty() {
        return Vec::new();
    }
    let plans: BTreeSet<&str> = from.iter().chain(to).map(|goal| goal.plan.as_str()).collect();
    let of = |goals: &[GoalLine], plan: &str| -> Vec<Goal> {
        let of_plan = goals.iter().filter(|goal| goal.plan == plan);
        of_plan.flat_map(|goal| marked(&goal.targets, &goal.target_marks)).collect()
    };
    let rows = plans.into_iter().map(|plan| Row {
        id: String::new(),
        number: String::new(),
        title: format!("《{plan}》总体目标"),
        plan: plan.to_owned(),
        departments: Vec::new(),
        state: State::Changed,
        fields: targets(&of(from, plan), &of(to, plan)),
    });
    rows.filter(|row| !row.fields.is_empty()).collect()
}

impl Desk {
    /// A quarter as it is compared: as it was closed, else as it stands.
    pub(crate) fn side(&mut self, moment: Moment) -> Result<Side, Refusal> {
        match quarter_close::holding(&self.workbook().read(), moment.quarter)? {
            Some(close) => Side::of_close(&close.snapshot),
            None => self.view(moment, |context, _, _| Side::of_rows(context)),
        }
    }
}

impl Session {
    /// Compares two quarters, task by task.
    ///
    /// # Errors
    /// A quarter that is none, twice the same, a damaged snapshot.
    pub fn compare_quarters(&mut self, request: &wire::ToCompare) -> Result<wire::QuarterComparison, Refusal> {
        let (from, to) = (request.from.parse::<Quarter>()?, request.to.parse::<Quarter>()?);
        if from == to {
            return Err(wrong_input(Exchange::SameQuarters, Exchange::OtherQuarters));
        }
        let today = self.today()?;
        let desk = self.desk()?;
        let from = desk.side(Moment { quarter: from, today })?;
        let to = desk.side(Moment { quarter: to, today })?;
        let rows = rows(&from, &to).into_iter().map(Row::into_wire).collect();
        Ok(wire::QuarterComparison { from: from.line(), to: to.line(), rows })
    }
}

impl Row {
    fn into_wire(self) -> wire::ComparedTask {
        let state = match self.state {
            State::Changed => "changed",
            State::New => "new",
            State::Gone => "gone",
        };
        wire::ComparedTask {
            id: self.id,
            number: self.number,
            title: self.title,
            state: state.to_owned(),
            changes: self
                .fields
                .into_iter()
                .map(|field| wire::ComparedField { label: field.label(), from: field.from, to: field.to })
                .collect(),
        }
    }
}

impl Field {
    fn label(&self) -> String {
        let word = match self.what {
            What::Title => "任务名称",
            What::Judgement => "进度判定",
            What::Lamp => "亮灯",
            What::Status => "办理状态",
            What::Due => "完成时限",
            What::Ticks => "清单完成",
            What::Item => "清单",
            What::Target => "目标",
            What::Milestone | What::MilestoneDue => "节点",
            What::Figure => "数据",
        };
        if self.name.is_empty() { word.to_owned() } else { format!("{word}·{}", self.name) }
    }
}

/// What differs between two states of a task; the words of a quarter are its own and always differ, so only judgement, status,
/// dates, checklist, targets and figures count.
fn differences(from: Option<&TaskLine>, to: Option<&TaskLine>) -> Vec<Field> {
    let mut fields = Vec::new();
    let text = |task: Option<&TaskLine>, of: fn(&TaskLine) -> &String| task.map(|task| of(task).clone());
    compare(&mut fields, What::Title, "", text(from, |task| &task.title), text(to, |task| &task.title));
    compare(&mut fields, What::Judgement, "", text(from, |task| &task.judgement), text(to, |task| &task.judgement));
    compare(&mut fields, What::Lamp, "", text(from, |task| &task.lamp), text(to, |task| &task.lamp));
    compare(&mut fields, What::Status, "", text(from, |task| &task.status), text(to, |task| &task.status));
    let due = |task: Option<&TaskLine>| task.and_then(|task| task.due.clone());
    compare(&mut fields, What::Due, "", due(from), due(to));
    let ticks = |task: Option<&TaskLine>| {
        let done = |task: &TaskLine| task.items.iter().filter(|(_, day)| day.is_some()).count();
        task.filter(|task| !task.items.is_empty()).map(|task| format!("{}/{}", done(task), task.items.len()))
    };
    compare(&mut fields, What::Ticks, "", ticks(from), ticks(to));
    if let (Some(from), Some(to)) = (from, to) {
        items(&mut fields, from, to);
    }
    let of_task = |task: Option<&TaskLine>| task.map(|task| marked(&task.targets, &task.target_marks)).unwrap_or_default();
    fields.extend(targets(&of_task(from), &of_task(to)));
    milestones(&mut fields, from, to);
    let mut figures: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    let mut units: BTreeMap<String, String> = BTreeMap::new();
    for (side, task) in [from, to].into_iter().enumerate() {
        let Some(task) = task else { continue };
        for (name, whose, value, _) in &task.figures {
            let whose = whose.as_ref().map(|whose| format!("（{whose}）")).unwrap_or_default();
            let named = format!("{name}{whose}");
            let unit = task.targets.iter().zip(&task.target_marks).find(|((_, of, _), _)| of == name);
            if let Some((_, (unit, _))) = unit {
                units.insert(named.clone(), unit.clone());
            }
            join(&mut figures.entry(named).or_default()[side], value);
        }
    }
    for (name, [from, to]) in figures {
        compare(&mut fields, What::Figure, &name, from, to);
        if let (Some(field), Some(unit)) = (fields.last_mut(), units.get(&name))
            && field.what == What::Figure
            && field.name == name
        {
            field.unit.clone_from(unit);
        }
    }
    fields
}

fn compare(fields: &mut Vec<Field>, what: What, name: &str, from: Option<String>, to: Option<String>) {
    if from != to {
        fields.push(Field { what, name: name.to_owned(), unit: String::new(), target: None, from, to });
    }
}

/// The checklist items that stand in one of the two only; the same words twice are two items.
fn items(fields: &mut Vec<Field>, from: &TaskLine, to: &TaskLine) {
    let shown = |day: &Option<String>| day.clone().unwrap_or_else(|| "未完成".to_owned());
    let mut later: Vec<&(String, Option<String>)> = to.items.iter().collect();
    for (text, day) in &from.items {
        match later.iter().position(|(of, _)| of == text) {
            Some(at) => {
                later.remove(at);
            }
            None => compare(fields, What::Item, text, Some(shown(day)), None),
        }
    }
    for (text, day) in later {
        compare(fields, What::Item, text, None, Some(shown(day)));
    }
}

/// The milestones of one name on one side: due, and the day on which each was done.
type Dues<'a> = Vec<(&'a str, Option<&'a str>)>;

fn milestones(fields: &mut Vec<Field>, from: Option<&TaskLine>, to: Option<&TaskLine>) {
    let mut named: BTreeMap<&str, [Dues<'_>; 2]> = BTreeMap::new();
    for (side, task) in [from, to].into_iter().enumerate() {
        for (what, due, day) in task.iter().flat_map(|task| &task.milestones) {
            named.entry(what).or_default()[side].push((due, day.as_deref()));
        }
    }
    for (what, [from, to]) in named {
        let open = |side: &[(&str, Option<&str>)]| side.len() == 1 && side[0].1.is_none();
        if open(&from) && open(&to) {
            compare(fields, What::MilestoneDue, what, Some(from[0].0.to_owned()), Some(to[0].0.to_owned()));
            continue;
        }
        let shown = |side: Dues<'_>| {
            let mut all = None;
            for (due, day) in side {
                join(&mut all, &day.map_or_else(|| format!("未完成（{due}）"), str::to_owned));
            }
            all
        };
        compare(fields, What::Milestone, what, shown(from), shown(to));
    }
}

/// A target as it was kept.
struct Goal {
    id: String,
    name: String,
    value: String,
    unit: String,
    due: Option<String>,
}

fn marked(targets: &[(String, String, String)], marks: &[(String, Option<String>)]) -> Vec<Goal> {
    let of = |(place, (id, name, value)): (usize, &(String, String, String))| {
        let (unit, due) = marks.get(place).cloned().unwrap_or_default();
        Goal { id: id.clone(), name: name.clone(), value: value.clone(), unit, due }
    };
    targets.iter().enumerate().map(of).collect()
}

/// The targets whose value is another, that are new, and that are gone. Where an indicator has several, each is named by its date.
fn targets(from: &[Goal], to: &[Goal]) -> Vec<Field> {
    let mut earlier: BTreeMap<&str, &Goal> = from.iter().map(|target| (target.id.as_str(), target)).collect();
    let several = |name: &str| [from, to].iter().any(|side| side.iter().filter(|target| target.name == name).count() > 1);
    let field = |target: &Goal, from: Option<&Goal>, to: Option<&Goal>| {
        let due = target.due.as_deref().filter(|_| several(&target.name)).and_then(|due| due.parse::<plan::Due>().ok());
        Field {
            what: What::Target,
            name: due.map_or_else(|| target.name.clone(), |due| format!("{}（{}）", target.name, due.chinese())),
            unit: target.unit.clone(),
            target: Some(target.id.clone()),
            from: from.map(|target| target.value.clone()),
            to: to.map(|target| target.value.clone()),
        }
    };
    let mut fields = Vec::new();
    for target in to {
        let before = earlier.remove(target.id.as_str());
        if before.is_none_or(|before| before.value != target.value) {
            fields.push(field(target, before, Some(target)));
        }
    }
    let gone = from.iter().filter(|target| earlier.contains_key(target.id.as_str()));
    fields.extend(gone.map(|target| field(target, Some(target), None)));
    fields
}

/// Several values under one name stand side by side.
fn join(place: &mut Option<String>, value: &str) {
    match place {
        None => *place = Some(value.to_owned()),
        Some(before) => {
            before.push('、');
            before.push_str(value);
        }
    }
}
