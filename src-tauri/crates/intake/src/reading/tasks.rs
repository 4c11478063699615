//! Tasks: the lowest numbered headings that carry work, and who is responsible for each.

use super::brackets::Depth;
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::responsibility::{self, Clause};
use super::role::Role;
use super::unit_names;
use super::words::words;
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
    let bytes = paragraphs.iter().map(|paragraph| paragraph.text().len()).sum();
    let named: Vec<Named> = super::cores::each(sections.len(), bytes, |section| clauses_of(paragraphs, outline, section));
    let chapters_closed = closed_chapters(outline, &named);
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
    let shared_back = rules_behind(paragraphs, outline, &leaves);
    let mut first_leads = front_rule(paragraphs, outline);
    let mut everywhere: Vec<String> = rules_above(paragraphs, outline, &leaves);
    let mut known = known_units(&named);
    known.extend(tabled.iter().cloned());
    let mut tasks = Vec::new();
    for (leaf, section) in leaves.into_iter().enumerate() {
        let mut clause = named[section].clause.clone();
        let mut place = named[section].span;
        let mut found = named[section].found;
        if !found && let Some(shared) = inherited(outline, &named, &clauses_below, &chapters_closed, section) {
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
            (lead, departments) = assigned(paragraphs, outline, section, &known, role == Role::Safeguard);
        }
        for rule in shared_back.iter().filter(|rule| rule.leaves.contains(&leaf)) {
            for unit in &rule.units {
                let leads = unit.part == Some(unit_names::Part::Lead);
                if leads && !lead.contains(&unit.name) {
                    lead.push(unit.name.clone());
                }
                if departments.len() < MOST_UNITS && !departments.contains(&unit.name) {
                    departments.push(unit.name.clone());
                }
            }
            place.get_or_insert(rule.span);
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
fn inherited(
    outline: &Outline,
    named: &[Named],
    clauses_below: &[usize],
    chapters_closed: &[bool],
    section: usize,
) -> Option<usize> {
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
            && (sections[parent].level > 1 || chapters_closed[parent])
        {
            return Some(*last);
        }
        at = parent;
    }
    None
}

/// The chapters whose units stand once, on a line of their own behind the last task, where several chapters do it so: in one
/// alone the line may be the last task's own.
fn closed_chapters(outline: &Outline, named: &[Named]) -> Vec<bool> {
    let sections = &outline.sections;
    let closed: Vec<bool> = sections
        .iter()
        .map(|chapter| {
            let with_units = chapter.children.iter().filter(|child| named[**child].found).count();
            chapter.level == 1
                && chapter.children.len() >= 2
                && with_units == 1
                && chapter.children.last().is_some_and(|last| named[*last].found && named[*last].own_line)
        })
        .collect();
    if closed.iter().filter(|closed| **closed).count() >= 2 { closed } else { vec![false; sections.len()] }
}

/// A sentence behind several tasks that says who does them: “以上3项工作由县农业农村局牵头,各乡镇配合”.
struct RuleBehind {
    /// The tasks, by their place among all.
    leaves: Range<usize>,
    units: Vec<unit_names::Named>,
    span: Span,
}

fn rules_behind(paragraphs: &[Paragraph], outline: &Outline, leaves: &[usize]) -> Vec<RuleBehind> {
    let mut found = Vec::new();
    let chapters: Vec<usize> = leaves.iter().map(|leaf| outline.path(*leaf)[0]).collect();
    let mut from = 0;
    for (leaf, &section) in leaves.iter().enumerate() {
        if chapters[leaf] != chapters[from] {
            from = leaf;
        }
        for at in outline.sections[section].paragraphs.clone() {
            let text = paragraphs[at].text();
            if outline.zones[at] != Zone::Body
                || !paragraphs[at].cells.is_empty()
                || !text.contains("以上") && !text.contains("上述")
            {
                continue;
            }
            for sentence in Depth::of(text).split(text, 0..text.len(), |c| c == '。') {
                let Some((count, units)) = responsibility::reaching_back(&text[sentence.clone()]) else { continue };
                let from = count.map_or(from, |count| (leaf + 1).saturating_sub(count));
                found.push(RuleBehind { leaves: from..leaf + 1, units, span: paragraphs[at].passage.span(&sentence) });
            }
        }
    }
    found
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

/// What the names of a place's own offices begin with.
const LOCAL: [char; 9] = ['县', '市', '区', '省', '州', '旗', '镇', '乡', '各'];

/// What the names of offices, or the lists of them, end in.
const LAST: [char; 30] = [
    '局', '委', '办', '部', '厅', '署', '府', '心', '司', '团', '行', '室', '班', '组', '会', '道', '镇', '乡', '街', '联', '协',
    '院', '队', '门', '位', '处', '区', '县', '市', ')',
];

/// Words that give work to the units before them.
const ASSIGNING: &[&str] = &["负责", "牵头", "统筹推进", "统筹协调", "要", "应当", "应", "须"];

/// What an office is said to do in a safeguard: the sentence gives it the work.
const DOING: &[&str] = &[
    "承担",
    "统筹",
    "安排",
    "按",
    "每",
    "定期",
    "不定期",
    "实行",
    "组织",
    "建立",
    "制定",
    "加强",
    "落实",
    "对",
    "将",
    "适时",
    "及时",
    "具体",
    "开展",
    "履行",
    "做好",
    "强化",
    "指导",
    "督促",
    "跟踪",
    "全程",
    "切实",
    "抓好",
    "加大",
    "优先",
    "全面",
    "依法",
    "把",
    "纳入",
    "编制",
    "汇总",
    "通报",
    "调度",
];

/// Units to which a sentence of the task assigns the work: 县财政局牵头统筹…, 县发改、科技、工信等部门负责…. Those that lead
/// first, then all.
fn assigned(
    paragraphs: &[Paragraph],
    outline: &Outline,
    section: usize,
    known: &[String],
    safeguard: bool,
) -> (Vec<String>, Vec<String>) {
    let own = &outline.sections[section];
    let (mut lead, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for at in own.paragraphs.clone() {
        if outline.zones[at] != Zone::Body || !paragraphs[at].cells.is_empty() {
            continue;
        }
        let from = if at == own.paragraph { own.body.min(paragraphs[at].text().len()) } else { 0 };
        let text = &paragraphs[at].text()[from..];
        let depth = Depth::of(text);
        for clause in depth.split(text, 0..text.len(), |c| matches!(c, '。' | ',' | ';' | ':')) {
            let (units, leads) = subject(text, clause, known, safeguard);
            // who only does something beside the one that leads is no second lead
            let leads = leads.unwrap_or(usize::from(lead.is_empty()));
            for (place, unit) in units.into_iter().enumerate() {
                if place < leads && !lead.contains(&unit) {
                    lead.push(unit.clone());
                }
                if !all.contains(&unit) {
                    all.push(unit);
                }
            }
        }
    }
    (lead, all)
}

/// The units at the head of a clause whose verb gives them the work, and how many of them lead by its word; none where it does
/// not say, and the first leads if nobody else does.
type Subject = (Vec<String>, Option<usize>);

fn subject(text: &str, clause: Range<usize>, known: &[String], safeguard: bool) -> Subject {
    let words = text[clause].trim();
    let words = words.strip_prefix('由').unwrap_or(words);
    if let Some(answerable) = answerable(words) {
        return answerable;
    }
    if safeguard && let Some(joint) = joint(words, known).or_else(|| listed(words)) {
        return joint;
    }
    let verbs: &[&[&str]] = if safeguard { &[ASSIGNING, DOING] } else { &[&["负责牵头", "牵头负责"]] };
    let depth = Depth::of(words);
    let mut found: Vec<(usize, &str)> = verbs
        .iter()
        .flat_map(|verbs| verbs.iter())
        .filter_map(|verb| words.find(verb).filter(|at| depth.outside(*at)).map(|at| (at, *verb)))
        .collect();
    found.sort_by_key(|(at, verb)| (*at, std::cmp::Reverse(verb.len())));
    for (at, verb) in found {
        // 发挥县委科技委员会牵头抓总作用: whose part is to be played, not who is given the work
        if words!["发挥", "强化", "坚持"].within(&words[..at]) {
            continue;
        }
        let units = named_before(words, at, verb, known);
        if !units.is_empty() {
            let leads = match verb {
                _ if DOING.contains(&verb) => None,
                _ if words[..at].contains("会同") => Some(1),
                _ => Some(units.len()),
            };
            return (units, leads);
        }
    }
    (Vec::new(), None)
}

/// 建立一支…, 督促各…: no name of an office begins so.
fn begins_with_action(name: &str) -> bool {
    words![
        "建立", "成立", "组建", "加强", "强化", "推动", "推进", "督促", "要求", "协调", "联合", "鼓励", "支持", "引导", "依托",
        "做好", "落实", "明确", "发挥"
    ]
    .starting(name)
    .is_some()
}

/// A name of an office that no other word is run into.
fn is_plain_office(name: &str) -> bool {
    unit_names::is_office(name) && !begins_with_action(name) && !name.contains(['由', '将', '把', '向'])
}

/// “县政府是…的责任主体”: who answers for the work by the words of the sentence.
fn answerable(words: &str) -> Option<Subject> {
    let part = words!["责任主体", "责任单位", "责任部门", "牵头单位", "牵头部门", "主责部门", "主责单位"].end_of(words)?;
    let at = words.find(['是', '为'])?;
    let names: Vec<String> = unit_names::list(&words[..at]).into_iter().map(|named| named.name).collect();
    // 各乡镇是…的责任主体 tells all of them, and gives the work to none
    let whole = !names.is_empty() && names.iter().all(|name| is_plain_office(name) && !name.starts_with('各'));
    let leads = if part.starts_with('责') { 0 } else { names.len() };
    whole.then_some((names, Some(leads)))
}

/// “县住建局会同县发改局、县财政局等部门推进…”: who leads, and who stands beside. Nobody in particular (有关部门) is left out.
fn joint(words: &str, known: &[String]) -> Option<Subject> {
    let at = words.find("会同")?;
    let leader = words[..at].trim();
    let local = leader.starts_with(LOCAL) || known.iter().any(|unit| unit == leader) || leader.ends_with(['部', '局', '委']);
    if !is_plain_office(leader) || unit_names::is_issuer(leader) || !local {
        return None;
    }
    let rest = &words[at + "会同".len()..];
    let mut units = vec![leader.to_owned()];
    let end = words!["等部门", "等单位", "等有关部门", "等相关部门", "等有关单位", "等相关单位", "等职能部门"].first_in(rest);
    let list = &rest[..end.unwrap_or(rest.len())];
    let mut names = list.split('、').peekable();
    while let Some(name) = names.next() {
        let last = names.peek().is_none() && end.is_none();
        // the verb stands right behind the last name
        let name = if last { office_at_head(name) } else { name };
        if is_plain_office(name) && !units.iter().any(|unit| unit == name) && units.len() < MOST_UNITS {
            units.push(name.to_owned());
        }
    }
    Some((units, Some(1)))
}

/// The longest name of an office with which words begin.
fn office_at_head(words: &str) -> &str {
    let ends: Vec<usize> = words.char_indices().map(|(at, c)| at + c.len_utf8()).take(24).collect();
    ends.into_iter().rev().map(|end| &words[..end]).find(|name| is_plain_office(name)).unwrap_or_default()
}

/// “县林科所、云岭植物园等单位发挥优势”: several bodies named by their whole names, whatever they do.
fn listed(words: &str) -> Option<Subject> {
    let end = words!["等部门", "等单位"].first_in(words)?;
    let names: Vec<&str> = words[..end].split('、').collect();
    let whole = |name: &&str| {
        unit_names::is_unit(name)
            && !unit_names::is_generic(name)
            && name.chars().count() >= 4
            && !begins_with_action(name)
            && !name.contains(['由', '将', '把', '向', '与', '对', '为'])
    };
    (names.len() >= 2 && names.iter().all(whole))
        .then(|| (names.iter().map(|name| (*name).to_owned()).collect(), Some(names.len())))
}

/// The units that the words before a verb name, where they name nothing else.
fn named_before(words: &str, at: usize, verb: &str, known: &[String]) -> Vec<String> {
    let subject = words[..at].trim();
    // most words before a verb are no office: that is seen from their last character
    if !subject.ends_with(LAST) {
        return Vec::new();
    }
    if subject.chars().count() < 3 || subject.chars().count() > 60 {
        return Vec::new();
    }
    let orders = matches!(verb, "要" | "应当" | "应" | "须");
    let offices = |text: &str| {
        let read: Vec<String> = unit_names::list(text).into_iter().map(|named| named.name).collect();
        // 会同有关部门: nobody in particular beside one that is named
        let named: Vec<String> = read.iter().filter(|name| !unit_names::is_generic(name)).cloned().collect();
        let whole = named.iter().all(|name| is_plain_office(name) && !unit_names::is_issuer(name));
        // 试点乡镇政府要…: what all bodies of a class are told is given to none of them
        let whole = whole && !(orders && named.iter().any(|name| !name.starts_with('各') && name.ends_with("政府")));
        let local = |name: &String| name.starts_with(LOCAL) || known.contains(name);
        let local = !DOING.contains(&verb) || named.iter().all(local);
        if whole && local { named } else { Vec::new() }
    };
    // 县发改、科技、工信等部门: named by their fields
    if let Some(list) = subject
        .strip_suffix("等部门")
        .or_else(|| subject.strip_suffix("等单位"))
        .or_else(|| subject.strip_suffix("部门").filter(|s| s.contains('、')))
    {
        let whole = offices(list);
        if !whole.is_empty() {
            return whole;
        }
        let names: Vec<String> = list
            .split(['、', '和', '与'])
            .map(|name| name.trim().to_owned())
            .filter(|name| (2..=14).contains(&name.chars().count()))
            .collect();
        let fields = names.len() >= 3 && !names.iter().any(|name| begins_with_action(name));
        let local = fields || names.first().is_some_and(|name| name.starts_with(LOCAL) || unit_names::is_office(name));
        return if local && !list.contains("有关") && !list.contains("相关") && !orders { names } else { Vec::new() };
    }
    offices(subject)
        .into_iter()
        .map(|name| {
            // 各县(市、区)要…: the unit as the clauses print it
            known
                .iter()
                .find(|unit| unit.strip_prefix(name.as_str()).is_some_and(|rest| matches!(rest, "政府" | "人民政府" | "管委会")))
                .cloned()
                .unwrap_or(name)
        })
        .filter(|name| !name.starts_with('各') || known.contains(name) || known.is_empty())
        .collect()
}
