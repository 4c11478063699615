//! The whole way from paragraphs to the draft.

use super::dates::Years;
use super::facts;
use super::milestones;
use super::outline::{Outline, Zone};
use super::paragraphs::{self, Paragraph};
use super::role::Role;
use super::targets::{self, Context};
use super::tasks;
use crate::Document;
use crate::draft::{Draft, DraftMilestone, DraftSection, DraftTarget};
use chrono::Datelike;
use plan::Due;

/// Draws the draft of a document.
pub(crate) fn draw(document: &Document) -> Draft {
    let source = &document.text;
    let paragraphs = paragraphs::paragraphs(document);
    let outline = Outline::read(&paragraphs);
    let mut draft = Draft { plan: facts::read(source, &paragraphs, &outline), ..Draft::default() };
    draft.sections = sections(source, &paragraphs, &outline);
    let tasks = tasks::draw(&paragraphs, &outline);
    let mut task_of = vec![None; outline.sections.len()];
    for (i, task) in tasks.into_iter().enumerate() {
        task_of[task.section] = Some(i);
        let mut drawn = task.draft;
        drawn.path = outline.path(task.section).into_iter().map(|at| draft.sections[at].heading.clone()).collect();
        drawn.title =
            printed(source, &paragraphs[outline.sections[task.section].paragraph], &outline.sections[task.section].title);
        for unit in &drawn.departments {
            if !draft.departments.contains(unit) {
                draft.departments.push(unit.clone());
            }
        }
        draft.tasks.push(drawn);
    }
    read_numbers(&paragraphs, &outline, &task_of, &mut draft);
    draft
}

/// A range of a paragraph as the document prints it, white space at line breaks left out.
fn printed(source: &str, paragraph: &Paragraph, range: &std::ops::Range<usize>) -> String {
    let span = paragraph.passage.span(range);
    let text = &source[span.start..span.end];
    if text.contains('\n') { paragraph.text()[range.clone()].to_owned() } else { text.to_owned() }
}

fn sections(source: &str, paragraphs: &[Paragraph], outline: &Outline) -> Vec<DraftSection> {
    outline
        .sections
        .iter()
        .map(|section| DraftSection {
            level: section.level,
            heading: printed(source, &paragraphs[section.paragraph], &section.heading),
            span: paragraphs[section.paragraph].passage.span(&section.heading),
            parent: section.parent,
        })
        .collect()
}

fn read_numbers(paragraphs: &[Paragraph], outline: &Outline, task_of: &[Option<usize>], draft: &mut Draft) {
    let issued = draft.plan.issued_on.map(|day| day.year());
    let years = Years { now: issued.or(draft.plan.period_from), end: draft.plan.period_to };
    let names = targets::count_names(paragraphs.iter().map(Paragraph::text));
    let one_year = draft.plan.period_from.is_some() && draft.plan.period_from == draft.plan.period_to;
    for (index, section) in outline.sections.iter().enumerate() {
        if matches!(section.role, Role::History | Role::Principle | Role::Aside) {
            continue;
        }
        let goals = section.role.is_general();
        let task = task_of[index];
        let mut head: Option<Due> = None;
        for at in section.paragraphs.clone() {
            let paragraph = &paragraphs[at];
            if outline.zones[at] != Zone::Body || !paragraph.cells.is_empty() {
                continue;
            }
            let from = if at == section.paragraph { section.body } else { 0 };
            let passage = paragraph.passage.part(&(from..paragraph.text().len()));
            let text = passage.as_str();
            if text.chars().count() < 4 {
                continue;
            }
            let listed = text.starts_with(['—', '-', '·', '•', '●', '◆']);
            let context = Context { years, goals, head: if listed { head } else { None }, one_year, names: names.clone() };
            let (found, _doubts, own_head) = targets::read(text, &context);
            if !listed {
                head = own_head;
            }
            for target in found {
                draft.targets.push(DraftTarget {
                    task,
                    indicator: target.indicator,
                    op: target.op,
                    value: target.value,
                    unit: target.unit,
                    due: target.due,
                    cadence: target.cadence,
                    baseline: None,
                    binding: false,
                    span: passage.span(&target.quote),
                });
            }
            for milestone in milestones::read(text, years, goals, None) {
                draft.milestones.push(DraftMilestone {
                    task,
                    what: milestone.what,
                    due: milestone.due,
                    departments: milestone.subject.into_iter().collect(),
                    span: passage.span(&milestone.quote),
                });
            }
        }
    }
}
