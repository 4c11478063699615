//! How figures read: numbers, dates, lists of items, and the rows that a sentence names.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use plan::{DepartmentId, IndicatorKind, Judgement, Op, Role, TargetId, TaskId};

use crate::block::Span;
use crate::page::RowId;
use crate::view::{DepartmentLine, TargetLine, TaskLine, View};

/// Items of one department that are named by number in a sentence; the annexes name all.
const NAMED_ITEMS: usize = 12;

/// A number as it prints: at most two decimals, none where they are 0; `—` where it is none.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    if value.abs() >= 1e15 {
        return format!("{value:.3e}");
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A part of the whole as per cent with at most one decimal: 0.523 is 52.3%.
pub(crate) fn percent(part: f64) -> String {
    if !part.is_finite() {
        return "—".to_owned();
    }
    // what is a hundred times the target or more is a wrong figure, not a result
    if part.abs() >= 100.0 {
        return if part > 0.0 { "超9999%".to_owned() } else { "低于-9999%".to_owned() };
    }
    format!("{}%", number((part * 1000.0).round() / 10.0))
}

/// Points with at most one decimal, without sign.
pub(crate) fn points(gap: f64) -> String {
    number((gap.abs() * 10.0).round() / 10.0)
}

/// Tenths of a per cent: 207 is 20.7%.
pub(crate) fn tenths(share: u32) -> String {
    format!("{}.{}%", share / 10, share % 10)
}

/// 2025年6月30日
pub(crate) fn date(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Chinese text with the marks that a careful typist sets: Western commas, colons, semicolons and brackets that stand in it
/// become Chinese ones. Numbers (1,052), times (9:30) and Western words keep theirs.
pub fn chinese_marks(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let is_chinese = |c: char| !c.is_ascii();
    let mut opened = Vec::new();
    for place in 0..characters.len() {
        let before = place.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(place + 1).copied();
        let digits = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        let beside = before.is_some_and(is_chinese) || after.is_some_and(is_chinese);
        match characters[place] {
            ',' if beside && !digits => characters[place] = '，',
            ':' if beside && !digits => characters[place] = '：',
            ';' if beside => characters[place] = '；',
            '(' => opened.push(place),
            ')' => {
                let Some(start) = opened.pop() else { continue };
                let leans = start.checked_sub(1).is_some_and(|before| is_chinese(characters[before]));
                if leans || characters[start..place].iter().copied().any(is_chinese) {
                    characters[start] = '（';
                    characters[place] = '）';
                }
            }
            _ => {}
        }
    }
    characters.into_iter().collect()
}

/// A value with its unit: 12.5万元, 3.2%.
pub(crate) fn quantity(value: f64, unit: &str) -> String {
    format!("{}{}", number(value), unit.trim())
}

/// A target as it prints: ≥50个, 约30%.
pub(crate) fn target(line: &TargetLine) -> String {
    signed(line.op, &quantity(line.value, &line.unit))
}

/// A value with how it binds: ≥50个.
pub(crate) fn signed(op: Op, value: &str) -> String {
    let sign = match op {
        Op::AtLeast => "≥",
        Op::AtMost => "≤",
        Op::Equal => "",
        Op::About => "约",
    };
    format!("{sign}{value}")
}

/// A target as a sentence says it: 100家以上, 不超过15天, 约30%.
fn target_in_words(line: &TargetLine) -> String {
    let value = quantity(line.value, &line.unit);
    match line.op {
        Op::AtLeast => format!("{value}以上"),
        Op::AtMost => format!("不超过{value}"),
        Op::Equal => value,
        Op::About => format!("约{value}"),
    }
}

/// Finds a view's rows by id.
#[derive(Debug)]
pub(crate) struct Book<'a> {
    pub view: &'a View,
    tasks: BTreeMap<&'a TaskId, &'a TaskLine>,
    departments: BTreeMap<&'a DepartmentId, &'a DepartmentLine>,
    targets: BTreeMap<&'a TargetId, &'a TargetLine>,
}

impl<'a> Book<'a> {
    pub(crate) fn of(view: &'a View) -> Self {
        Self {
            view,
            tasks: view.tasks.iter().map(|task| (&task.id, task)).collect(),
            departments: view.departments.iter().map(|d| (&d.id, d)).collect(),
            targets: view.targets.iter().map(|t| (&t.id, t)).collect(),
        }
    }

    pub(crate) fn task(&self, id: &TaskId) -> Option<&'a TaskLine> {
        self.tasks.get(id).copied()
    }

    pub(crate) fn target(&self, id: &TargetId) -> Option<&'a TargetLine> {
        self.targets.get(id).copied()
    }

    /// Name of a department; 未分派 where the row is gone.
    pub(crate) fn name(&self, id: &DepartmentId) -> &'a str {
        self.departments.get(id).map_or("未分派", |d| &d.name)
    }

    /// Names of a task's departments in a role, in the document's order.
    pub(crate) fn names(&self, task: &TaskLine, role: Role) -> String {
        let names: Vec<&str> = task.departments.iter().filter(|(_, r)| *r == role).map(|(id, _)| self.name(id)).collect();
        names.join("、")
    }

    /// 第1、3项, of one plan; of many tasks the first and how many they are: 第1、3、…、41项等58项.
    pub(crate) fn items(&self, ids: &[TaskId]) -> Vec<Span> {
        let mut spans = vec![Span::new("第")];
        for (place, task) in ids.iter().filter_map(|id| self.task(id)).take(NAMED_ITEMS).enumerate() {
            if place > 0 {
                spans.push(Span::new("、"));
            }
            spans.push(Span::new(task.number.clone()).counting(vec![RowId::Task(task.id.clone())]));
        }
        spans.push(Span::new("项"));
        if ids.len() > NAMED_ITEMS {
            spans.push(Span::new("等"));
            spans.push(counted(ids));
            spans.push(Span::new("项"));
        }
        spans
    }

    /// The plans by name: 《甲》《乙》, or 《甲》等5个规划 where there are many.
    pub(crate) fn plans(&self) -> String {
        let plans = &self.view.plans;
        let named: String =
            plans.iter().take(if plans.len() > 3 { 1 } else { 3 }).map(|plan| format!("《{}》", plan.title)).collect();
        if plans.len() > 3 { format!("{named}等{}个规划", plans.len()) } else { named }
    }
}

/// A figure with the tasks it counts.
pub(crate) fn counted(ids: &[TaskId]) -> Span {
    Span::new(ids.len().to_string()).counting(ids.iter().cloned().map(RowId::Task).collect())
}

/// A figure with the targets it counts.
pub(crate) fn counted_targets(ids: &[TargetId]) -> Span {
    Span::new(ids.len().to_string()).counting(ids.iter().cloned().map(RowId::Target).collect())
}

/// “粮食总产量完成8.2万吨，为目标10万吨的82%，高于序时进度7个百分点”.
pub(crate) fn target_sentence(line: &TargetLine) -> Vec<Span> {
    let rows = || vec![RowId::Target(line.id.clone())];
    let figure = |text: String| Span::new(text).counting(rows());
    let mut spans = vec![Span::new(line.name.clone())];
    let Some(actual) = line.actual else {
        spans.push(Span::new("本季度未报数据"));
        return spans;
    };
    if line.kind == IndicatorKind::YesNo {
        spans.push(Span::new(if line.judgement.is_met() { "已完成" } else { "尚未完成" }));
        return spans;
    }
    spans.push(Span::new(if line.kind == IndicatorKind::Growth { "为" } else { "完成" }));
    spans.push(figure(quantity(actual, &line.unit)));
    let gap = line.gap.filter(|gap| gap.is_finite());
    if line.kind == IndicatorKind::Growth {
        spans.push(Span::new(format!("，目标{}", target_in_words(line))));
        let distance = actual - line.value;
        if points(distance) == "0" {
            spans.push(Span::new("，与目标持平"));
        } else if distance.is_finite() {
            spans.push(Span::new(if distance < 0.0 { "，低于目标" } else { "，高于目标" }));
            spans.push(figure(points(distance)));
            spans.push(Span::new("个百分点"));
        }
        return spans;
    }
    // what passes or fails, and what is to be nothing or less, is no part of its target
    if line.completion.is_none() || line.value <= 0.0 {
        let held = line.judgement.is_met() || matches!(line.judgement, Judgement::Ahead | Judgement::OnSchedule);
        let words = match (line.completion.is_none(), held) {
            (true, true) => "在控制范围内",
            (true, false) => "超出控制范围",
            (false, true) => "符合目标要求",
            (false, false) => "未达目标要求",
        };
        spans.push(Span::new(format!("，目标{}，{words}", target_in_words(line))));
        return spans;
    }
    if let Some(completion) = line.completion.filter(|c| c.is_finite()) {
        // a level with a base year counts from the base: its completion is no plain quotient and is not called one
        let plain = line.value != 0.0 && (actual / line.value - completion).abs() < 5e-4;
        spans.push(Span::new(if plain {
            format!("，为目标{}的", quantity(line.value, &line.unit))
        } else {
            format!("，目标{}，完成度", target_in_words(line))
        }));
        spans.push(figure(percent(completion)));
    }
    if let Some(gap) = gap {
        if points(gap) == "0" {
            spans.push(Span::new("，与序时进度持平"));
        } else {
            spans.push(Span::new(if gap > 0.0 { "，低于序时进度" } else { "，高于序时进度" }));
            spans.push(figure(points(gap)));
            spans.push(Span::new("个百分点"));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_without_empty_decimals_and_never_as_nan() {
        for (value, text) in [
            (50.0, "50"),
            (12.5, "12.5"),
            (-0.001, "0"),
            (-3.456, "-3.46"),
            (f64::NAN, "—"),
            (f64::INFINITY, "—"),
            (1e20, "1.000e20"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(percent(0.5234), "52.3%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(tenths(5), "0.5%");
    }

    fn line(kind: IndicatorKind, op: Op, value: f64, actual: f64) -> TargetLine {
        TargetLine {
            id: TargetId::new("t"),
            indicator: plan::IndicatorId::new("i"),
            plan: plan::PlanId::new("p"),
            task: None,
            name: "审批用时".to_owned(),
            unit: "天".to_owned(),
            kind,
            cadence: plan::Cadence::Annual,
            binding: false,
            op,
            value,
            due: None,
            actual: Some(actual),
            actual_before: None,
            note: String::new(),
            completion: None,
            schedule: None,
            gap: None,
            judgement: Judgement::OnSchedule,
            lamp: plan::Lamp::Green,
            why: String::new(),
        }
    }

    fn said(line: &TargetLine) -> String {
        target_sentence(line).into_iter().map(|span| span.text).collect()
    }

    #[test]
    fn targets_read_as_words_in_a_sentence() {
        let ceiling = line(IndicatorKind::Inverse, Op::AtMost, 15.0, 12.0);
        assert_eq!(said(&ceiling), "审批用时完成12天，目标不超过15天，在控制范围内");
        let mut growth = line(IndicatorKind::Growth, Op::AtMost, 3.0, 3.0);
        growth.unit = "%".to_owned();
        assert_eq!(said(&growth), "审批用时为3%，目标不超过3%，与目标持平");
        growth.actual = Some(5.0);
        assert_eq!(said(&growth), "审批用时为5%，目标不超过3%，高于目标2个百分点");
        let mut level = line(IndicatorKind::Level, Op::AtLeast, 100.0, 40.0);
        level.completion = Some(0.2);
        assert_eq!(said(&level), "审批用时完成40天，目标100天以上，完成度20%");
        let mut none = line(IndicatorKind::Annual, Op::Equal, 0.0, 0.0);
        none.completion = Some(1.0);
        assert_eq!(said(&none), "审批用时完成0天，目标0天，符合目标要求");
    }

    #[test]
    fn marks_become_chinese_except_within_numbers() {
        for (typed, printed) in [
            ("序时75%,完成1,052个,差23点→黄", "序时75%，完成1,052个，差23点→黄"),
            ("(一)建设行动计划(2024-2025年)", "（一）建设行动计划（2024-2025年）"),
            ("三年行动(2025-2027)", "三年行动（2025-2027）"),
            ("GB/T 9704(2012), 9:30", "GB/T 9704(2012), 9:30"),
            ("一个半边(括号", "一个半边(括号"),
        ] {
            assert_eq!(chinese_marks(typed), printed);
        }
    }
}
