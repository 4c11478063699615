//! Places: where a county turns what is behind red among its last departments.

use super::TaskAssessment;
use crate::{DepartmentId, DepartmentKind, Judgement, RuleSet};
use std::collections::BTreeMap;

/// A task counts for at most so many times its schedule, as in the score.
const MOST_AHEAD: f64 = 1.2;

/// A judged task with who answers for it.
#[derive(Debug)]
pub struct Placed<'a> {
    /// The department that answers for it.
    pub department: &'a DepartmentId,
    /// Its kind: places are kept apart by it.
    pub kind: DepartmentKind,
    /// The task's weight.
    pub weight: f64,
    /// Whether the office judged it itself: that stands.
    pub by_office: bool,
    /// The judgement.
    pub judged: &'a mut TaskAssessment,
}

/// Turns what is behind far behind where its department is among the last of its kind, by the weighted mean of completion against
/// schedule (a missing return counts as nothing). Departments of one mean share a place; where a kind has no more departments than
/// would be the last ones, nobody is.
pub fn lift_last_places(tasks: &mut [Placed<'_>], rules: &RuleSet) {
    let Some(last) = rules.last_places else { return };
    let mut sums: BTreeMap<(DepartmentKind, &DepartmentId), (f64, f64)> = BTreeMap::new();
    for task in tasks.iter().filter(|task| task.judged.counted) {
        let assessment = &task.judged.assessment;
        let missing = (assessment.judgement == Judgement::NotReturned).then_some(0.0);
        let part = assessment.completion.or(missing).zip(assessment.schedule);
        let Some((completion, schedule)) = part.filter(|(completion, schedule)| completion.is_finite() && *schedule > 0.0) else {
            continue;
        };
        let sum = sums.entry((task.kind, task.department)).or_default();
        sum.0 += task.weight * (completion / schedule).clamp(0.0, MOST_AHEAD);
        sum.1 += task.weight;
    }
    let means: Vec<(DepartmentKind, &DepartmentId, f64)> = sums
        .into_iter()
        .filter(|(_, (_, weight))| *weight > 0.0)
        .map(|((kind, id), (sum, weight))| (kind, id, sum / weight))
        .collect();
    let is_last = |kind: DepartmentKind, id: &DepartmentId| {
        let of_kind = || means.iter().filter(|(of, ..)| *of == kind);
        let Some((_, _, own)) = of_kind().find(|(_, of, _)| *of == id) else { return false };
        of_kind().count() > last && of_kind().filter(|(_, _, mean)| mean < own).count() < last
    };
    for task in tasks.iter_mut().filter(|task| task.judged.counted && !task.by_office) {
        let assessment = &mut task.judged.assessment;
        if assessment.judgement == Judgement::Behind && is_last(task.kind, task.department) {
            assessment.judgement = Judgement::FarBehind;
            assessment.lamp = rules.lamp(Judgement::FarBehind);
            let reason = assessment.why.rsplit_once('→').map_or(assessment.why.as_str(), |(reason, _)| reason);
            assessment.why = format!("{reason}，责任单位完成进度列同类后{last}位→{}", assessment.lamp);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Assessment, Lamp};

    fn judged(judgement: Judgement, completion: f64) -> TaskAssessment {
        let lamp = RuleSet::default().lamp(judgement);
        let why = format!("序时50%→{lamp}");
        let assessment = Assessment { completion: Some(completion), schedule: Some(0.5), gap: None, judgement, lamp, why };
        TaskAssessment { assessment, counted: true, returned: true }
    }

    /// What becomes of tasks that are all behind, one a department, by their completions in per cent.
    fn lifted(completions: &[(&str, DepartmentKind, f64, bool)]) -> Vec<(String, Judgement)> {
        let rules = RuleSet { last_places: Some(3), ..RuleSet::default() };
        let departments: Vec<DepartmentId> = completions.iter().map(|(id, ..)| DepartmentId::new(*id)).collect();
        let mut all: Vec<TaskAssessment> =
            completions.iter().map(|(_, _, completion, _)| judged(Judgement::Behind, completion / 100.0)).collect();
        let placed = departments.iter().zip(completions).zip(&mut all);
        let mut placed: Vec<Placed<'_>> = placed
            .map(|((department, (_, kind, _, by_office)), judged)| Placed {
                department,
                kind: *kind,
                weight: 1.0,
                by_office: *by_office,
                judged,
            })
            .collect();
        lift_last_places(&mut placed, &rules);
        departments.iter().map(ToString::to_string).zip(all.iter().map(|judged| judged.assessment.judgement)).collect()
    }

    #[test]
    fn what_is_behind_is_red_among_the_last_three_of_a_kind_only() {
        use DepartmentKind::{County, Town};
        let found = lifted(&[
            ("甲镇", Town, 40.0, false),
            ("乙镇", Town, 30.0, false),
            ("丙镇", Town, 20.0, false),
            ("丁镇", Town, 20.0, true),
            ("戊镇", Town, 45.0, false),
            // of its kind there are no more than would be last
            ("县科技局", County, 1.0, false),
        ]);
        let red: Vec<&str> =
            found.iter().filter(|(_, judgement)| *judgement == Judgement::FarBehind).map(|(id, _)| id.as_str()).collect();
        assert_eq!(red, ["乙镇", "丙镇"], "the office's own judgement stands");
    }

    #[test]
    fn the_reason_says_the_place_and_the_lamp_that_it_gives() {
        let rules = RuleSet { last_places: Some(1), ..RuleSet::default() };
        let ids = ["a", "b"].map(DepartmentId::new);
        let mut all = [judged(Judgement::Behind, 0.1), judged(Judgement::OnSchedule, 0.5)];
        let mut placed: Vec<Placed<'_>> = ids
            .iter()
            .zip(&mut all)
            .map(|(department, judged)| Placed { department, kind: DepartmentKind::Town, weight: 1.0, by_office: false, judged })
            .collect();
        lift_last_places(&mut placed, &rules);
        assert_eq!(all[0].assessment.why, "序时50%，责任单位完成进度列同类后1位→红");
        assert_eq!((all[0].assessment.lamp, all[1].assessment.judgement), (Lamp::Red, Judgement::OnSchedule));
    }
}
