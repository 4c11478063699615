//! Two quarters side by side: a closed one as it was when it was closed, an open one as it stands.

use super::snapshot::{self, TaskLine};
use crate::Session;
use crate::refusals::wrong_input;
use crate::wire::{self, Refusal};
use plan::{Judgement, Lamp};
use std::collections::BTreeMap;
use store::table::quarter_close;

/// One side as it was read.
struct Side {
    quarter: wire::ComparedQuarter,
    tasks: Vec<TaskLine>,
}

impl Session {
    /// Compares two quarters, task by task.
    ///
    /// # Errors
    /// A quarter that is none, twice the same, a damaged snapshot.
    pub fn compare_quarters(&mut self, request: &wire::ToCompare) -> Result<wire::QuarterComparison, Refusal> {
        if request.from == request.to {
            return Err(wrong_input("两个季度相同，没有可比较的。", "请选择两个不同的季度。"));
        }
        let (from, to) = (self.side(&request.from)?, self.side(&request.to)?);
        let mut before: BTreeMap<&str, &TaskLine> = from.tasks.iter().map(|task| (task.id.as_str(), task)).collect();
        let mut rows = Vec::new();
        for task in &to.tasks {
            let (state, changes) = match before.remove(task.id.as_str()) {
                None => ("new", differences(None, Some(task))),
                Some(earlier) => ("changed", differences(Some(earlier), Some(task))),
            };
            if !changes.is_empty() || state == "new" {
                rows.push(row(task, state, changes));
            }
        }
        for task in from.tasks.iter().filter(|task| before.contains_key(task.id.as_str())) {
            rows.push(row(task, "gone", differences(Some(task), None)));
        }
        Ok(wire::QuarterComparison { from: from.quarter, to: to.quarter, rows })
    }

    fn side(&mut self, quarter: &str) -> Result<Side, Refusal> {
        let moment = self.moment(quarter)?;
        let desk = self.desk()?;
        let held = quarter_close::holding(&desk.workbook().read(), moment.quarter)?;
        let closed = held.is_some();
        let text = match held {
            Some(close) => close.snapshot,
            None => desk.view(moment, |context, _, _| snapshot::of(context))??,
        };
        let (head, tasks) = snapshot::read(&text)?;
        let count = |word: &str, of: fn(&TaskLine) -> &String| tasks.iter().filter(|task| of(task) == word).count();
        let judgements = Judgement::ALL.iter().map(|word| (word.code().to_owned(), count(word.code(), |task| &task.judgement)));
        let lamps = Lamp::ALL.iter().map(|word| (word.code().to_owned(), count(word.code(), |task| &task.lamp)));
        let some = |(_, count): &(String, usize)| *count > 0;
        Ok(Side {
            quarter: wire::ComparedQuarter {
                quarter: moment.quarter.to_string(),
                closed,
                as_of: head.as_of,
                tasks: tasks.len(),
                judgements: judgements.filter(some).collect(),
                lamps: lamps.filter(some).collect(),
            },
            tasks,
        })
    }
}

fn row(task: &TaskLine, state: &str, changes: Vec<wire::ComparedField>) -> wire::ComparedTask {
    wire::ComparedTask {
        id: task.id.clone(),
        number: task.number.clone(),
        title: task.title.clone(),
        state: state.to_owned(),
        changes,
    }
}

/// What differs between two states of a task; the words of a quarter are its own and always differ, so only judgement, status,
/// dates, targets and figures count.
fn differences(from: Option<&TaskLine>, to: Option<&TaskLine>) -> Vec<wire::ComparedField> {
    let mut fields = Vec::new();
    let mut compare = |label: String, from: Option<String>, to: Option<String>| {
        if from != to {
            fields.push(wire::ComparedField { label, from, to });
        }
    };
    let text = |task: Option<&TaskLine>, of: fn(&TaskLine) -> &String| task.map(|task| of(task).clone());
    compare("任务名称".to_owned(), text(from, |task| &task.title), text(to, |task| &task.title));
    compare("进度判定".to_owned(), text(from, |task| &task.judgement), text(to, |task| &task.judgement));
    compare("亮灯".to_owned(), text(from, |task| &task.lamp), text(to, |task| &task.lamp));
    compare("办理状态".to_owned(), text(from, |task| &task.status), text(to, |task| &task.status));
    let due = |task: Option<&TaskLine>| task.and_then(|task| task.due.clone());
    compare("完成时限".to_owned(), due(from), due(to));
    let ticks = |task: Option<&TaskLine>| {
        let done = |task: &TaskLine| task.items.iter().filter(|(_, day)| day.is_some()).count();
        task.filter(|task| !task.items.is_empty()).map(|task| format!("{}/{}", done(task), task.items.len()))
    };
    compare("清单完成".to_owned(), ticks(from), ticks(to));
    let mut named: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for (side, task) in [from, to].into_iter().enumerate() {
        for (_, name, value) in task.iter().flat_map(|task| &task.targets) {
            join(&mut named.entry(format!("目标·{name}")).or_default()[side], value);
        }
        for (what, due, day) in task.iter().flat_map(|task| &task.milestones) {
            let shown = day.as_ref().map_or_else(|| format!("未完成（{due}）"), Clone::clone);
            join(&mut named.entry(format!("节点·{what}")).or_default()[side], &shown);
        }
        for (name, whose, value, _) in task.iter().flat_map(|task| &task.figures) {
            let whose = whose.as_ref().map(|whose| format!("（{whose}）")).unwrap_or_default();
            join(&mut named.entry(format!("数据·{name}{whose}")).or_default()[side], value);
        }
    }
    for (label, [from, to]) in named {
        compare(label, from, to);
    }
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
