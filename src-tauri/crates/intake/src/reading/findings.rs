//! What was unclear, in sentences for the clerk.

use super::outline::Outline;
use super::paragraphs::Paragraph;
use super::targets::Why;
use crate::draft::{Draft, Finding, FindingKind};
use plan::Span;

/// The document's own words around a place, short enough for a sentence.
fn cited(source: &str, span: Span) -> String {
    let text: String = source.get(span.start..span.end).unwrap_or_default().split_whitespace().collect();
    if text.chars().count() > 40 { text.chars().take(39).chain(['…']).collect() } else { text }
}

/// A number that is unclear.
pub(crate) fn doubt(source: &str, why: Why, span: Span) -> Finding {
    let words = cited(source, span);
    let (kind, message) = match why {
        Why::NoUnit => (FindingKind::Target, format!("数字“{words}”后面没有单位，已按无单位的指标列出，请补上单位或删去。")),
        Why::Uneven => (FindingKind::Target, format!("“{words}”里用“分别”列出的名称个数与数字个数对不上，请逐个核对指标。")),
        Why::ImpossibleDate => (FindingKind::Date, format!("日期“{words}”在日历上不存在，请核对原文并改正时限。")),
    };
    Finding { kind, message, span: Some(span) }
}

/// A table that was not understood.
pub(crate) fn table(source: &str, span: Span) -> Finding {
    let words = cited(source, Span { start: span.start, end: span.end.min(span.start + 120) });
    Finding {
        kind: FindingKind::Table,
        message: format!("表格“{words}”既不像指标表也不像任务分工表，没有读入，请看一眼是否需要补录。"),
        span: Some(span),
    }
}

/// What the draft as a whole lacks.
pub(crate) fn of_draft(paragraphs: &[Paragraph], outline: &Outline, draft: &Draft) -> Vec<Finding> {
    let mut found = Vec::new();
    if draft.tasks.is_empty() && draft.targets.is_empty() {
        found.push(Finding {
            kind: FindingKind::NoPlan,
            message: "这份文件里没有找到带编号的任务，也没有找到指标，可能不是规划、计划、方案一类的文件。请确认选对了文件，或手工录入。".to_owned(),
            span: None,
        });
        return found;
    }
    if draft.tasks.is_empty() {
        found.push(Finding {
            kind: FindingKind::NoPlan,
            message: "没有找到带编号的任务，只找到了指标。请手工补录任务，或检查文件是否完整。".to_owned(),
            span: None,
        });
    }
    let missing: Vec<&str> = [
        (draft.plan.title.is_none(), "标题"),
        (draft.plan.issuer.is_none(), "发文机关"),
        (draft.plan.issued_on.is_none(), "成文日期"),
        (draft.plan.period_to.is_none(), "规划期"),
    ]
    .into_iter()
    .filter_map(|(lacks, name)| lacks.then_some(name))
    .collect();
    if !missing.is_empty() {
        found.push(Finding {
            kind: FindingKind::PlanField,
            message: format!("没有找到文件的{}，请在计划信息里补上。", missing.join("、")),
            span: None,
        });
    }
    numbering(paragraphs, outline, draft, &mut found);
    departments(outline, draft, &mut found);
    found
}

/// Numbers of headings that jump or come twice.
fn numbering(paragraphs: &[Paragraph], outline: &Outline, draft: &Draft, found: &mut Vec<Finding>) {
    let mut last: std::collections::BTreeMap<super::marker::Kind, (u64, Option<usize>)> = std::collections::BTreeMap::new();
    for (at, section) in outline.sections.iter().enumerate() {
        let Some(number) = section.number else {
            let heading = &draft.sections[at].heading;
            found.push(Finding {
                kind: FindingKind::Outline,
                message: format!("标题“{heading}”前面的编号缺失，已按上下文接续，请核对。"),
                span: Some(draft.sections[at].span),
            });
            last.remove(&section.kind);
            continue;
        };
        if let Some((before, parent)) = last.get(&section.kind)
            && number != before + 1
            && (number != 1 || *parent == section.parent)
        {
            let text = paragraphs[section.paragraph].text()[section.heading.clone()].trim().to_owned();
            let text: String = text.chars().take(30).collect();
            let message = if number == *before {
                format!("标题“{text}”的编号与前一个相同，请核对是否有重复或漏改。")
            } else {
                format!("标题“{text}”的编号没有接上前一个（第{before}之后是第{number}），请核对是否有缺漏。")
            };
            found.push(Finding { kind: FindingKind::Outline, message, span: Some(draft.sections[at].span) });
        }
        last.insert(section.kind, (number, section.parent));
    }
}

/// Tasks without units where the others have theirs.
fn departments(outline: &Outline, draft: &Draft, found: &mut Vec<Finding>) {
    let named = draft.tasks.iter().filter(|task| !task.departments.is_empty()).count();
    if named * 2 > draft.tasks.len() {
        let open = |task: &&crate::draft::DraftTask| {
            task.departments.is_empty()
                && task.kind == plan::TaskKind::Task
                && task.section.is_none_or(|section| outline.sections[section].role == super::role::Role::Work)
        };
        for task in draft.tasks.iter().filter(open) {
            found.push(Finding {
                kind: FindingKind::Department,
                message: format!("任务“{}”没有写明责任单位，请指定由谁承担。", short(&task.title)),
                span: Some(task.span),
            });
        }
    } else if !draft.tasks.is_empty() && named == 0 {
        found.push(Finding {
            kind: FindingKind::Department,
            message: "全文没有写明各项任务的责任单位，请按职责逐项指定。".to_owned(),
            span: None,
        });
    }
    for task in &draft.tasks {
        for unit in &task.departments {
            if super::unit_names::is_generic(unit) {
                found.push(Finding {
                    kind: FindingKind::Department,
                    message: format!("任务“{}”的责任单位“{unit}”没有点名，请明确是哪些单位。", short(&task.title)),
                    span: task.clause,
                });
            } else if !super::unit_names::is_unit(unit) && task.clause.is_some() && !unit.starts_with('各') {
                found.push(Finding {
                    kind: FindingKind::Department,
                    message: format!("任务“{}”里的“{unit}”看起来不像单位名称，请核对。", short(&task.title)),
                    span: task.clause,
                });
            }
        }
    }
}

fn short(text: &str) -> String {
    if text.chars().count() > 30 { text.chars().take(29).chain(['…']).collect() } else { text.to_owned() }
}
