//! What is asked of a figure when it is entered: calm questions, once, where a slip of the pen or of the unit is likelier than the
//! figure. No question refuses anything; who says in the remark why the figure is right has answered it.

use crate::assessment::{figure, is_yearly};
use crate::{Actual, DepartmentId, Indicator, IndicatorKind, Op, Quarter, Target, number};

/// A figure past so many times its target is asked about.
const FAR: f64 = 3.0;
/// Another order of magnitude than last time.
const MAGNITUDE: f64 = 10.0;
/// Below this a count jumps by its smallness: 1 and then 12 is no other order of magnitude.
const SMALL: f64 = 5.0;

/// A figure as it is entered, with what it is held against.
#[derive(Debug, Clone, Copy)]
pub struct Entered<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The target that the quarter works on.
    pub target: &'a Target,
    /// All figures of the indicator.
    pub actuals: &'a [Actual],
    /// Who enters it; none for the office, who enters it for all.
    pub department: Option<&'a DepartmentId>,
    /// The quarter.
    pub quarter: Quarter,
    /// The figure, in the indicator's unit.
    pub value: f64,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// A total is smaller than it was.
    Falls {
        /// The figure before.
        before: f64,
        /// The quarter it was given for.
        of: Quarter,
    },
    /// It would fit in another unit, such as 万元 where 亿元 is asked.
    OtherUnit {
        /// The unit in which it would fit.
        unit: String,
    },
    /// It is more than three times its target.
    FarPastTarget {
        /// The target.
        target: f64,
    },
    /// Less than nothing of what is counted.
    Negative,
    /// Ten times, or a tenth of, the figure before.
    OtherMagnitude {
        /// The figure before.
        before: f64,
        /// The quarter it was given for.
        of: Quarter,
    },
    /// More than the whole of something.
    OverHundred,
}

impl Question {
    /// The code that wires hold.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Falls { .. } => "falls",
            Self::OtherUnit { .. } => "other_unit",
            Self::FarPastTarget { .. } => "far_past_target",
            Self::Negative => "negative",
            Self::OtherMagnitude { .. } => "other_magnitude",
            Self::OverHundred => "over_hundred",
        }
    }

    /// The question in words, of a figure in a unit.
    #[must_use]
    pub fn chinese(&self, value: f64, unit: &str) -> String {
        let quantity = |value: f64| format!("{}{unit}", number(value, 4));
        let now = quantity(value);
        match self {
            Self::Falls { before, of } => {
                format!("本期累计{now}，比{}的{}少，请核对是否填成了当季数", of.chinese(), quantity(*before))
            }
            Self::OtherUnit { unit: other } => format!("{now}与目标相差上万倍，请核对是否按“{other}”填报"),
            Self::FarPastTarget { target } => format!("{now}超过目标{}的3倍，请核对", quantity(*target)),
            Self::Negative => format!("{now}为负数，请核对"),
            Self::OtherMagnitude { before, of } => {
                format!("{now}与{}的{}相差十倍以上，请核对", of.chinese(), quantity(*before))
            }
            Self::OverHundred => format!("{now}超过100%，请核对"),
        }
    }
}

/// Whether a figure is the total so far, in words that a form prints: `2025年1—9月累计数`, `自规划实施以来累计数`, `当期水平`.
#[must_use]
pub fn asks_for(indicator: &Indicator, target: &Target, quarter: Quarter) -> String {
    match indicator.kind {
        IndicatorKind::YesNo => "是否完成".to_owned(),
        IndicatorKind::Growth => format!("{}增速", months(quarter)),
        IndicatorKind::Level | IndicatorKind::Inverse => "季末水平，不是当季增量".to_owned(),
        _ if is_yearly(indicator, target) => format!("{}累计数，不是当季数", months(quarter)),
        IndicatorKind::Cumulative | IndicatorKind::Annual => "自规划实施以来的累计数，不是当季数".to_owned(),
    }
}

fn months(quarter: Quarter) -> String {
    format!("{}年{}", quarter.year(), quarter.months_so_far())
}

/// The questions that a figure raises, the plainest first; none where it is in keeping with what is known.
#[must_use]
pub fn questions(entered: Entered<'_>) -> Vec<Question> {
    let Entered { indicator, target, value, .. } = entered;
    if !value.is_finite() || indicator.kind == IndicatorKind::YesNo {
        return Vec::new();
    }
    let mut asked = Vec::new();
    if indicator.kind != IndicatorKind::Growth && value < 0.0 && target.value >= 0.0 {
        asked.push(Question::Negative);
    }
    if can_be_no_more_than_all(indicator, target) && value > 100.0 {
        asked.push(Question::OverHundred);
    }
    let before = before(entered);
    let sums = matches!(indicator.kind, IndicatorKind::Cumulative | IndicatorKind::Annual);
    if let Some((of, before)) = before.filter(|(_, before)| sums && value >= 0.0 && value < *before) {
        asked.push(Question::Falls { before, of });
    }
    if indicator.kind == IndicatorKind::Growth || value <= 0.0 {
        return asked;
    }
    if let Some(unit) = other_unit(indicator, target, value) {
        asked.push(Question::OtherUnit { unit });
        return asked;
    }
    let far = target.op != Op::AtMost && target.value > 0.0 && value > target.value * FAR;
    if far && !asked.contains(&Question::OverHundred) {
        asked.push(Question::FarPastTarget { target: target.value });
    }
    let other = before.filter(|(_, before)| {
        *before > 0.0 && before.max(value) >= SMALL * MAGNITUDE && (value > before * MAGNITUDE || value * MAGNITUDE < *before)
    });
    if let Some((of, before)) = other.filter(|_| asked.is_empty()) {
        asked.push(Question::OtherMagnitude { before, of });
    }
    asked
}

/// The figure before: of the same department where it gave one, of the same year for what counts anew each year.
fn before(entered: Entered<'_>) -> Option<(Quarter, f64)> {
    let Entered { indicator, target, actuals, department, quarter, .. } = entered;
    let yearly = is_yearly(indicator, target);
    let earlier = |actual: &&Actual| actual.quarter < quarter && (!yearly || actual.quarter.year() == quarter.year());
    let own: Vec<Actual> =
        actuals.iter().filter(|actual| department.is_some() && actual.department.as_ref() == department).cloned().collect();
    let of = if own.iter().any(|actual| earlier(&actual)) { own.as_slice() } else { actuals };
    let last = of.iter().filter(earlier).map(|actual| actual.quarter).max()?;
    Some((last, figure(indicator, of, last)?))
}

/// Whether a per cent is a part of a whole. Rates of growth and of completion may be more.
fn can_be_no_more_than_all(indicator: &Indicator, target: &Target) -> bool {
    let of_a_whole = indicator.unit == "%" || indicator.unit == "％";
    let may_be_more = ["增", "完成率", "比上年", "同比", "自给率", "产销率", "负债率"];
    of_a_whole
        && indicator.kind != IndicatorKind::Growth
        && target.value <= 100.0
        && !may_be_more.iter().any(|word| indicator.name.contains(word))
}

/// The unit in which a figure that is thousands of times its target, or a part of thousands, would be in keeping with it.
fn other_unit(indicator: &Indicator, target: &Target, value: f64) -> Option<String> {
    let fits = |value: f64| target.value > 0.0 && value <= target.value * FAR && value * FAR * MAGNITUDE >= target.value;
    let unit = indicator.unit.as_str();
    let (head, base) = match unit.char_indices().next() {
        Some((_, first @ ('万' | '亿'))) => (Some(first), &unit[first.len_utf8()..]),
        _ => (None, unit),
    };
    if base.is_empty() || base.contains(['%', '％']) {
        return None;
    }
    let smaller = match head {
        Some('亿') => Some(format!("万{base}")),
        Some(_) => Some(base.to_owned()),
        None => None,
    };
    let larger = match head {
        None => Some(format!("万{base}")),
        Some('万') => Some(format!("亿{base}")),
        Some(_) => None,
    };
    if value > target.value * 1_000.0 && fits(value / 10_000.0) {
        return smaller;
    }
    // a small part of a target may be all there is: only where the unit is one that is often given in the larger
    let often = base == "元" || base == "亩" || base == "平方米";
    larger.filter(|_| often && value * 1_000.0 < target.value && fits(value * 10_000.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ActualId, Cadence, IndicatorId, PlanId, TargetId};

    fn indicator(kind: IndicatorKind, name: &str, unit: &str) -> Indicator {
        Indicator {
            id: IndicatorId::new("i"),
            plan: PlanId::new("p"),
            task: None,
            name: name.to_owned(),
            unit: unit.to_owned(),
            kind,
            binding: false,
            baseline: None,
            weight: 1.0,
            position: 0,
        }
    }

    fn target(value: f64, cadence: Cadence) -> Target {
        Target {
            id: TargetId::new("t"),
            indicator: IndicatorId::new("i"),
            op: Op::AtLeast,
            value,
            due: Some("2027".parse().unwrap()),
            cadence,
            proposed: false,
            span: None,
            position: 0,
        }
    }

    fn actual(quarter: &str, value: f64, department: Option<&str>) -> Actual {
        Actual {
            id: ActualId::new(quarter),
            indicator: IndicatorId::new("i"),
            quarter: quarter.parse().unwrap(),
            department: department.map(DepartmentId::new),
            value,
            note: String::new(),
        }
    }

    fn asked(indicator: &Indicator, target: &Target, actuals: &[Actual], quarter: &str, value: f64) -> Vec<&'static str> {
        let quarter = quarter.parse().unwrap();
        let entered = Entered { indicator, target, actuals, department: None, quarter, value };
        questions(entered).iter().map(Question::code).collect()
    }

    #[test]
    fn a_total_that_falls_is_asked_about_and_a_new_year_is_no_fall() {
        let yearly = indicator(IndicatorKind::Annual, "招商引资到位资金", "亿元");
        let (goal, before) = (target(20.0, Cadence::Annual), [actual("2025Q2", 9.0, None)]);
        assert_eq!(asked(&yearly, &goal, &before, "2025Q3", 4.0), ["falls"]);
        assert_eq!(asked(&yearly, &goal, &before, "2025Q3", 14.0), [""; 0]);
        assert_eq!(asked(&yearly, &goal, &before, "2026Q1", 4.0), [""; 0]);
        let total = indicator(IndicatorKind::Cumulative, "建成充电桩", "个");
        assert_eq!(asked(&total, &target(20.0, Cadence::Level), &before, "2026Q1", 4.0), ["falls"]);
        let level = indicator(IndicatorKind::Level, "床位数", "张");
        assert_eq!(asked(&level, &target(20.0, Cadence::Level), &before, "2026Q1", 8.0), [""; 0], "a level may fall");
    }

    #[test]
    fn far_past_the_target_below_nothing_and_over_the_whole() {
        let count = indicator(IndicatorKind::Annual, "培育企业", "家");
        let goal = target(20.0, Cadence::Annual);
        assert_eq!(asked(&count, &goal, &[], "2025Q3", 60.0), [""; 0]);
        assert_eq!(asked(&count, &goal, &[], "2025Q3", 61.0), ["far_past_target"]);
        assert_eq!(asked(&count, &goal, &[], "2025Q3", -2.0), ["negative"]);
        let rate = indicator(IndicatorKind::Level, "污水处理率", "%");
        assert_eq!(asked(&rate, &target(95.0, Cadence::Level), &[], "2025Q3", 952.0), ["over_hundred"]);
        let growth = indicator(IndicatorKind::Growth, "工业增加值增速", "%");
        assert_eq!(asked(&growth, &target(8.0, Cadence::Growth), &[], "2025Q3", -1.5), [""; 0], "growth may be below nothing");
        let done = indicator(IndicatorKind::Level, "投资完成率", "%");
        assert_eq!(asked(&done, &target(100.0, Cadence::Level), &[], "2025Q3", 104.0), [""; 0]);
    }

    #[test]
    fn a_figure_in_another_unit_is_asked_for_as_such() {
        let money = indicator(IndicatorKind::Annual, "固定资产投资", "亿元");
        let goal = target(20.0, Cadence::Annual);
        let entered = Entered {
            indicator: &money,
            target: &goal,
            actuals: &[],
            department: None,
            quarter: "2025Q3".parse().unwrap(),
            value: 152_000.0,
        };
        assert_eq!(questions(entered), [Question::OtherUnit { unit: "万元".to_owned() }]);
        let yuan = indicator(IndicatorKind::Annual, "税收", "万元");
        assert_eq!(asked(&yuan, &target(50_000.0, Cadence::Annual), &[], "2025Q3", 3.8), ["other_unit"]);
        let few = indicator(IndicatorKind::Annual, "植树", "株");
        assert_eq!(asked(&few, &target(50_000.0, Cadence::Annual), &[], "2025Q1", 3.0), [""; 0], "little done is no other unit");
    }

    #[test]
    fn another_order_of_magnitude_is_asked_about_unless_counts_are_small() {
        let level = indicator(IndicatorKind::Level, "常住人口", "万人");
        let goal = target(60.0, Cadence::Level);
        assert_eq!(asked(&level, &goal, &[actual("2025Q2", 55.0, None)], "2025Q3", 5.6), [""; 0]);
        assert_eq!(asked(&level, &goal, &[actual("2025Q2", 55.0, None)], "2025Q3", 5.4), ["other_magnitude"]);
        let count = indicator(IndicatorKind::Annual, "培育企业", "家");
        assert_eq!(asked(&count, &target(20.0, Cadence::Annual), &[actual("2025Q1", 1.0, None)], "2025Q2", 12.0), [""; 0]);
    }

    #[test]
    fn a_department_is_held_against_its_own_figure() {
        let count = indicator(IndicatorKind::Annual, "培育企业", "家");
        let goal = target(100.0, Cadence::Annual);
        let before = [actual("2025Q1", 30.0, Some("甲")), actual("2025Q1", 5.0, Some("乙"))];
        let (quarter, second) = ("2025Q2".parse().unwrap(), DepartmentId::new("乙"));
        let entered =
            Entered { indicator: &count, target: &goal, actuals: &before, department: Some(&second), quarter, value: 8.0 };
        assert!(questions(entered).is_empty());
        assert_eq!(
            questions(Entered { value: 4.0, ..entered }),
            [Question::Falls { before: 5.0, of: "2025Q1".parse().unwrap() }]
        );
        let words = questions(Entered { value: 4.0, ..entered })[0].chinese(4.0, "家");
        assert_eq!(words, "本期累计4家，比2025年一季度的5家少，请核对是否填成了当季数");
    }

    #[test]
    fn the_form_says_what_a_figure_is() {
        let quarter: Quarter = "2025Q3".parse().unwrap();
        let says = |kind, cadence| asks_for(&indicator(kind, "", "家"), &target(1.0, cadence), quarter);
        assert_eq!(says(IndicatorKind::Annual, Cadence::Annual), "2025年1—9月累计数，不是当季数");
        assert_eq!(says(IndicatorKind::Cumulative, Cadence::Level), "自规划实施以来的累计数，不是当季数");
        assert_eq!(says(IndicatorKind::Level, Cadence::Level), "季末水平，不是当季增量");
    }
}
