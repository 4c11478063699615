//! How an indicator counts, from the words of its target.

use plan::{Cadence, IndicatorKind, Op};

/// How an indicator counts, from how its target is worded; the office can change it.
pub(crate) fn indicator_kind(name: &str, unit: &str, value: f64, op: Op, cadence: Cadence) -> IndicatorKind {
    const COUNTS_UP: [&str; 22] = [
        "新增", "累计", "新建", "建成", "建设", "培育", "引进", "招引", "新引", "完成", "开展", "创建", "打造", "引育", "培训",
        "改造", "实施", "设立", "组织", "举办", "新培", "推广",
    ];
    match (cadence, op) {
        (Cadence::Growth, _) => IndicatorKind::Growth,
        (_, Op::AtMost) => IndicatorKind::Inverse,
        (_, Op::Equal) if value == 0.0 => IndicatorKind::Inverse,
        (Cadence::Annual, _) => IndicatorKind::Annual,
        (Cadence::Level, _) => {
            let rate = unit.contains('%') || unit.contains("百分点") || unit.contains('倍');
            let counts = COUNTS_UP.iter().any(|word| name.contains(word));
            if counts && !rate { IndicatorKind::Cumulative } else { IndicatorKind::Level }
        }
    }
}
