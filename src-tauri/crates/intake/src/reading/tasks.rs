//! Tasks: the lowest numbered headings that carry work, and who is responsible for each.

use super::brackets::Depth;
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::responsibility::{self, Clause};
use super::role::Role;
use super::unit_names;
use crate::draft::DraftTask;
use plan::{Span, TaskKind};
use std::ops::Range;

/// A task and the section it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) draft: DraftTask,
    pub(crate) section: usize,
    /// The text after 完成时限.
    pub(crate) term: Option<String>,
}

/// Clauses of one section's own paragraphs.
#[derive(Debug, Clone, Default)]
struct Named {
    clause: Clause,
    span: Option<Span>,
    found: bool,
    /// The clause stands on a line of its own.
    own_line: bool,
}

/// More units than any task has.
const MOST_UNITS: usize = 200;

/// Draws the tasks. `tabled` are units that the document's tables name.
pub(crate) fn draw(paragraphs: &[Paragraph], outline: &Outline, tabled: &[String]) -> Vec<Task> {
    let sections = &outline.sections;
    let named: Vec<Named> = (0..sections.len()).map(|section| clauses_of(paragraphs, outline, section)).collect();
    let mut clauses_below = vec![0usize; sections.len()];
    for (section, named) in sections.iter().zip(&named) {
        if let Some(parent) = section.parent.filter(|_| named.found) {
            clauses_below[parent] += 1;
        }
    }
    // a goal for which units are named is work that somebody answers for
    let answered = |section: usize| {
        sections[section].children.is_empty()
            && matches!(sections[section].role, Role::Goals | Role::General)
            && named[section].found
    };
    let leaves: Vec<usize> = (0..sections.len()).filter(|section| is_task(outline, *section) || answered(*section)).collect();
    let mut first_leads = front_rule(paragraphs, outline);
    let mut everywhere: Vec<String> = rules_above(paragraphs, outline, &leaves);
    let mut known = known_units(&named);
    known.extend(tabled.iter().cloned());
    let mut tasks = Vec::new();
    for section in leaves {
        let mut clause = named[section].clause.clone();
        let mut place = named[section].span;
        let mut found = named[section].found;
        if !found && let Some(shared) = inherited(outline, &named, &clauses_below, section) {
            clause = named[shared].clause.clone();
            place = named[shared].span;
            found = true;
        }
        first_leads |= clause.first_leads;
        for unit in std::mem::take(&mut clause.everywhere) {
            if !everywhere.contains(&unit) {
                everywhere.push(unit);
            }
        }
        let mut lead = clause.lead.clone();
        let mut departments = clause.units.clone();
        let role = sections[section].role;
        if found {
            for unit in &everywhere {
                if !departments.contains(unit) {
                    departments.push(unit.clone());
                }
            }
            if lead.is_empty() && first_leads {
                lead.extend(clause.units.first().cloned());
            }
        } else if role == Role::Duties {
            let named = unit_names::list(outline.title(paragraphs, section));
            let leads = |named: &&unit_names::Named| named.part == Some(unit_names::Part::Lead);
            lead = named.iter().filter(leads).map(|named| named.name.clone()).collect();
            departments = named.into_iter().map(|named| named.name).filter(|name| unit_names::is_unit(name)).collect();
        } else {
            let assigned = assigned(paragraphs, outline, section, &known, role == Role::Safeguard);
            lead.clone_from(&assigned);
            departments = assigned;
        }
        let term = clause.due.clone();
        tasks.push(Task { draft: draft_task(paragraphs, outline, section, lead, departments, place), section, term });
    }
    tasks
}

fn draft_task(
    paragraphs: &[Paragraph],
    outline: &Outline,
    section: usize,
    lead: Vec<String>,
    departments: Vec<String>,
    clause: Option<Span>,
) -> DraftTask {
    let sections = &outline.sections;
    let own = &sections[section];
    let end = outline.end(section).max(own.paragraph + 1);
    let last = (own.paragraph..end).rev().find(|at| matches!(outline.zones[*at], Zone::Body)).unwrap_or(own.paragraph);
    let span = Span { start: paragraphs[own.paragraph].passage.whole().start, end: paragraphs[last].passage.whole().end };
    DraftTask {
        path: Vec::new(),
        title: String::new(),
        kind: if own.role == Role::Safeguard { TaskKind::Safeguard } else { TaskKind::Task },
        lead,
        departments,
        section: Some(section),
        span,
        clause,
    }
}

/// The lowest numbered headings outside the general sections. Where a list under a heading is one sentence's parts, the
/// outline has already left it out.
pub(crate) fn is_task(outline: &Outline, section: usize) -> bool {
    let own = &outline.sections[section];
    !own.role.is_general() && own.children.is_empty() && !(own.role == Role::Phases && own.level == 1)
}

fn clauses_of(paragraphs: &[Paragraph], outline: &Outline, section: usize) -> Named {
    let own = &outline.sections[section];
    let mut named = Named::default();
    for at in own.paragraphs.clone() {
        if outline.zones[at] != Zone::Body || !paragraphs[at].cells.is_empty() {
            continue;
        }
        let text = paragraphs[at].text();
        let depth = Depth::of(text);
        let places = if at == own.paragraph {
            // a heading such as “责任单位:…” is none
            responsibility::places(text, &depth).into_iter().filter(|place| place.range.start >= own.title.end).collect()
        } else {
            responsibility::places(text, &depth)
        };
        for place in places {
            let read = responsibility::read(&text[place.content.clone()]);
            if read == Clause::default() {
                continue;
            }
            named.found |= !read.units.is_empty();
            named.own_line |= place.range.start == 0;
            named.clause.first_leads |= read.first_leads;
            named.clause.everywhere.extend(read.everywhere);
            for unit in read.units {
                if named.clause.units.len() < MOST_UNITS && !named.clause.units.contains(&unit) {
                    named.clause.units.push(unit);
                }
            }
            for unit in read.lead {
                if !named.clause.lead.contains(&unit) {
                    named.clause.lead.push(unit);
                }
            }
            if named.clause.due.is_none() {
                named.clause.due = read.due;
            }
            let span = paragraphs[at].passage.span(&place.range);
            named.span.get_or_insert(span);
        }
    }
    named
}

/// A clause that stands once for several tasks: before them, in the section above, or on its own line behind the last.
fn inherited(outline: &Outline, named: &[Named], clauses_below: &[usize], section: usize) -> Option<usize> {
    let sections = &outline.sections;
    let mut at = section;
    while let Some(parent) = sections[at].parent {
        if named[parent].found {
            return Some(parent);
        }
        let siblings = &sections[parent].children;
        if let Some(last) = siblings.last()
            && *last != at
            && named[*last].own_line
            && clauses_below[parent] == 1
            && sections[parent].level > 1
        {
            return Some(*last);
        }
        at = parent;
    }
    None
}

/// Rules that stand above the first task: “以下各项任务均需各乡镇落实，不再列出”.
fn rules_above(paragraphs: &[Paragraph], outline: &Outline, leaves: &[usize]) -> Vec<String> {
    let first = leaves.first().map_or(0, |leaf| outline.sections[*leaf].paragraph);
    let mut found = Vec::new();
    for (paragraph, zone) in paragraphs[..first].iter().zip(&outline.zones) {
        if matches!(zone, Zone::Front | Zone::Body) && paragraph.text().contains('均') {
            for unit in paragraph.text().split('。').flat_map(responsibility::everywhere) {
                if found.len() < MOST_UNITS && !found.contains(&unit) {
                    found.push(unit);
                }
            }
        }
    }
    found
}

/// A rule before the first task: “各项任务排在第一位的为牵头单位”.
fn front_rule(paragraphs: &[Paragraph], outline: &Outline) -> bool {
    paragraphs
        .iter()
        .zip(&outline.zones)
        .filter(|(_, zone)| matches!(zone, Zone::Front))
        .any(|(paragraph, _)| paragraph.text().split('。').any(responsibility::names_first_as_lead))
}

fn known_units(named: &[Named]) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let units = named.iter().flat_map(|named| named.clause.units.iter().chain(&named.clause.everywhere));
    units.filter(|unit| seen.insert(unit.as_str())).take(2_000).cloned().collect()
}

/// Units to which a sentence of the task assigns the work: 县财政局牵头统筹…, 县发改、科技、工信等部门负责….
fn assigned(paragraphs: &[Paragraph], outline: &Outline, section: usize, known: &[String], safeguard: bool) -> Vec<String> {
    let own = &outline.sections[section];
    let mut found: Vec<String> = Vec::new();
    for at in own.paragraphs.clone() {
        if outline.zones[at] != Zone::Body || !paragraphs[at].cells.is_empty() {
            continue;
        }
        let from = if at == own.paragraph { own.body.min(paragraphs[at].text().len()) } else { 0 };
        let text = &paragraphs[at].text()[from..];
        let depth = Depth::of(text);
        for clause in depth.split(text, 0..text.len(), |c| matches!(c, '。' | ',' | ';' | ':')) {
            for unit in subject(text, clause, known, safeguard) {
                if !found.contains(&unit) {
                    found.push(unit);
                }
            }
        }
    }
    found
}

/// The units at the head of a clause whose verb gives them the work.
fn subject(text: &str, clause: Range<usize>, known: &[String], safeguard: bool) -> Vec<String> {
    let words = text[clause].trim();
    let words = words.strip_prefix('由').unwrap_or(words);
    let verbs: &[&str] = if safeguard {
        &["负责", "牵头", "统筹推进", "统筹协调", "要", "应当", "应", "须"]
    } else {
        &["负责牵头", "牵头负责"]
    };
    let depth = Depth::of(words);
    let Some((at, verb)) = verbs
        .iter()
        .filter_map(|verb| words.find(verb).filter(|at| depth.outside(*at)).map(|at| (at, *verb)))
        .min_by_key(|(at, verb)| (*at, std::cmp::Reverse(verb.len())))
    else {
        return Vec::new();
    };
    let subject = words[..at].trim();
    if subject.chars().count() < 3 || subject.chars().count() > 60 {
        return Vec::new();
    }
    let orders = matches!(verb, "要" | "应当" | "应" | "须");
    // 县发改、科技、工信等部门: named by their fields
    if let Some(list) = subject
        .strip_suffix("等部门")
        .or_else(|| subject.strip_suffix("等单位"))
        .or_else(|| subject.strip_suffix("部门").filter(|s| s.contains('、')))
    {
        let names: Vec<String> = list
            .split(['、', '和', '与'])
            .map(|name| name.trim().to_owned())
            .filter(|name| (2..=14).contains(&name.chars().count()))
            .collect();
        let local = names.first().is_some_and(|name| {
            name.starts_with(['县', '市', '区', '省', '州', '旗', '镇', '乡']) || unit_names::is_office(name)
        });
        return if local && !list.contains("有关") && !list.contains("相关") && !orders { names } else { Vec::new() };
    }
    let read = unit_names::list(subject);
    if read.is_empty() || !read.iter().all(|named| unit_names::is_office(&named.name)) {
        return Vec::new();
    }
    read.into_iter()
        .map(|named| {
            // 各县(市、区)要…: the unit as the clauses print it
            known
                .iter()
                .find(|unit| {
                    unit.strip_prefix(named.name.as_str()).is_some_and(|rest| matches!(rest, "政府" | "人民政府" | "管委会"))
                })
                .cloned()
                .unwrap_or(named.name)
        })
        .filter(|name| !name.starts_with('各') || known.contains(name) || known.is_empty())
        .collect()
}
