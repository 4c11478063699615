//! The outline of a document: which paragraphs are headings, how they nest, what each section is for, and what of the
//! document is no part of the plan (web frame, table of contents, annexes, signature).

use super::heading::{self, Manner};
use super::marker::{self, Kind, Marker};
use super::paragraphs::Paragraph;
use super::role::{self, Role};
use super::words::{bare, words};
use std::ops::Range;

/// Which part of the document a paragraph belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    /// Everything before the first heading: web frame, letter head, notice, title, preamble.
    Front,
    /// A table of contents.
    Contents,
    /// The plan.
    Body,
    /// An annex.
    Annex,
    /// Signature, copies to, web frame at the end, foot notes.
    Tail,
}

/// A heading and what hangs under it.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) kind: Kind,
    pub(crate) number: Option<u64>,
    /// 1 for the outermost.
    pub(crate) level: usize,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
    pub(crate) role: Role,
    /// The paragraph it stands in.
    pub(crate) paragraph: usize,
    /// The heading with its number, in the paragraph.
    pub(crate) heading: Range<usize>,
    /// The title without the number, in the paragraph.
    pub(crate) title: Range<usize>,
    /// Where the text behind the heading begins in the paragraph.
    pub(crate) body: usize,
    /// The paragraphs up to the next heading of any level, its own included.
    pub(crate) paragraphs: Range<usize>,
}

/// The outline.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) sections: Vec<Section>,
    /// One per paragraph.
    pub(crate) zones: Vec<Zone>,
}

impl Outline {
    pub(crate) fn read(paragraphs: &[Paragraph]) -> Self {
        let mut zones = zones(paragraphs);
        let mut sections = sections(paragraphs, &mut zones);
        nest(&mut sections);
        by_manner(paragraphs, &mut sections);
        assign_roles(paragraphs, &mut sections);
        Self { sections, zones }
    }

    /// A section and those above it, outermost first.
    pub(crate) fn path(&self, section: usize) -> Vec<usize> {
        let mut path = vec![section];
        let mut at = section;
        while let Some(parent) = self.sections[at].parent {
            path.push(parent);
            at = parent;
        }
        path.reverse();
        path
    }

    /// The title as the grammar reads it.
    pub(crate) fn title<'a>(&self, paragraphs: &'a [Paragraph], section: usize) -> &'a str {
        let section = &self.sections[section];
        &paragraphs[section.paragraph].text()[section.title.clone()]
    }

    /// One past the last paragraph of a section and all below it.
    pub(crate) fn end(&self, section: usize) -> usize {
        let level = self.sections[section].level;
        self.sections[section + 1..]
            .iter()
            .find(|next| next.level <= level)
            .map_or_else(|| self.sections.last().map_or(0, |last| last.paragraphs.end), |next| next.paragraph)
    }
}

/// The text of a line of a table of contents without its dots and page number, where it is one.
fn contents_entry(text: &str) -> Option<&str> {
    let without = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let paged = without.len() < text.len() && text.len() - without.len() <= 3;
    let entry = without.trim_end_matches(['.', '…', '·', ' ', '-', '—', '_', '(', '⋯', '．']);
    let led = entry.len() + 3 <= without.len() || without.ends_with([' ', '…', '。', '.']);
    (paged && led && text.chars().count() <= 90 && !entry.is_empty()).then_some(entry)
}

/// True for “附件”, “附件1”, “附表二:…”: the start of an annex or of the list of annexes.
pub(crate) fn is_annex_mark(text: &str) -> bool {
    if !text.trim_start().starts_with('附') {
        return false;
    }
    let text = bare(text);
    ["附件", "附表", "附录", "附图"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || super::numeral::is_han_number(c) || c == '-');
            after.is_empty()
                || after.starts_with([':', '、', '.', '('])
                || (rest.len() > after.len() && after.chars().count() <= 40)
        }) && text.chars().count() <= 80
    })
}

fn is_tail(text: &str) -> bool {
    // no last line is as long as a paragraph
    if text.len() > 2_000 {
        return false;
    }
    let text = bare(text);
    words![
        "抄送",
        "主送",
        "打印本页",
        "打印",
        "关闭窗口",
        "关闭本页",
        "相关链接",
        "相关附件",
        "相关解读",
        "相关稿件",
        "责任编辑",
        "扫一扫",
        "分享到",
        "上一篇",
        "下一篇",
        "主办单位",
        "版权所有",
        "网站标识",
        "注释",
        "注:",
        "【打印",
        "[打印",
        "信息来源",
        "字体:",
        "友情链接",
        "网站地图",
    ]
    .starting(&text)
    .is_some()
        && text.chars().count() <= 400
        || is_imprint(&text)
}

/// “某县人民政府办公室 2026年3月9日印发”: the last line of the printed form.
fn is_imprint(text: &str) -> bool {
    let line = text.strip_suffix("印发").filter(|line| line.chars().count() <= 60 && line.ends_with('日'));
    line.is_some_and(|line| !line.contains(['。', ',', ';', '《']) && line.contains('年'))
}

fn zones(paragraphs: &[Paragraph]) -> Vec<Zone> {
    let mut zones = vec![Zone::Front; paragraphs.len()];
    let mut at = 0;
    while at < paragraphs.len() {
        if matches!(&*bare(paragraphs[at].text()), "目录" | "目次" | "【目录】" | "[目录]") {
            let end = contents_end(paragraphs, at + 1);
            zones[at..end].fill(Zone::Contents);
            at = end.max(at + 1);
        } else {
            at += 1;
        }
    }
    // a table of contents without its name: three or more led lines in a row
    let mut run = 0;
    for at in 0..=paragraphs.len() {
        let led = paragraphs.get(at).is_some_and(|p| {
            p.cells.is_empty()
                && p.text().contains(['…', '.'])
                && contents_entry(p.text()).is_some_and(|e| e.len() + 4 < p.text().len())
        });
        if led {
            run += 1;
        } else {
            if run >= 3 {
                zones[at - run..at].fill(Zone::Contents);
            }
            run = 0;
        }
    }
    zones
}

/// One past the last line of a table of contents that starts at `from`. Its lines carry page numbers, or come again as
/// headings later on.
fn contents_end(paragraphs: &[Paragraph], from: usize) -> usize {
    // every line of the text, so that a title that comes again is found at once
    let later: std::collections::HashMap<String, usize> = paragraphs
        .iter()
        .enumerate()
        .skip(from)
        .filter(|(_, p)| p.text().chars().count() <= 60)
        .map(|(i, p)| (bare(p.text()).trim_end_matches(['。', ':']).to_owned(), i))
        .collect();
    let mut at = from;
    while let Some(paragraph) = paragraphs.get(at) {
        let text = paragraph.text();
        let again = later.get(bare(text).trim_end_matches(['。', ':'])).is_some_and(|last| *last > at);
        let heads_later = text.chars().count() <= 60
            && marker::marker(text).is_some()
            && paragraphs.get(at + 1).is_some_and(|next| next.text().chars().count() <= 60)
            && at < from + 400
            && paragraphs[at + 1..].iter().take(400).any(|p| p.text().len() > text.len() && p.text().starts_with(text));
        if contents_entry(text).is_none() && !again && !heads_later {
            break;
        }
        at += 1;
    }
    at
}

/// Finds the headings, and what the paragraphs around them are.
fn sections(paragraphs: &[Paragraph], zones: &mut [Zone]) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut zone = Zone::Front;
    let mut annex_list = false;
    let mut boxed = false;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if zones[at] == Zone::Contents {
            continue;
        }
        let text = paragraph.text();
        let is_row = !paragraph.cells.is_empty();
        if !is_row && is_annex_mark(text) {
            // before the plan has begun, it is itself what is annexed
            annex_list = true;
            if zone != Zone::Front {
                zone = Zone::Annex;
            }
        } else if !is_row && zone == Zone::Body && is_signature(paragraphs, at) {
            zone = Zone::Tail;
        } else if !is_row && matches!(zone, Zone::Body | Zone::Tail) && is_tail(text) {
            zones[at] = Zone::Tail;
            continue;
        }
        boxed |= !is_row && text.trim_start().starts_with('专') && bare(text).starts_with("专栏") && text.chars().count() <= 60;
        let marker = if is_row { None } else { marker::marker(text).or_else(|| counted(paragraphs, &found, text)) };
        if matches!(zone, Zone::Front | Zone::Body)
            && let Some(marker) = marker
            && !(zone == Zone::Front && annex_list && marker.kind == Kind::Arabic && text.chars().count() <= 50)
            && starts_section(paragraphs, at, marker, zone == Zone::Front)
            && !(boxed && is_boxed(&found, marker))
            && let found_heading = heading::heading(&text[marker.length..])
            && !text[marker.length..marker.length + found_heading.title_end].trim().is_empty()
        {
            zone = Zone::Body;
            boxed = false;
            found.push(Section {
                kind: marker.kind,
                number: marker.number,
                level: 0,
                parent: None,
                children: Vec::new(),
                role: Role::Work,
                paragraph: at,
                heading: 0..marker.length + found_heading.end,
                title: marker.length..marker.length + found_heading.title_end,
                body: marker.length + found_heading.body,
                paragraphs: at..at,
            });
        } else if marker.is_none() {
            annex_list = annex_list && is_annex_mark(text);
        }
        zones[at] = zone;
    }
    let ends: Vec<usize> = (0..found.len())
        .map(|i| {
            let end = found.get(i + 1).map_or(paragraphs.len(), |next| next.paragraph);
            let start = found[i].paragraph;
            // the last section ends where the plan does
            (start..end).find(|at| *at > start && matches!(zones[*at], Zone::Annex)).unwrap_or(end)
        })
        .collect();
    for (section, end) in found.iter_mut().zip(ends) {
        section.paragraphs = section.paragraph..end;
    }
    found
}

/// “一是…” right under 重点任务, or behind the one before it: there it counts the tasks themselves.
fn counted(paragraphs: &[Paragraph], sections: &[Section], text: &str) -> Option<Marker> {
    let marker = marker::counted(text)?;
    let last = sections.last()?;
    let goes_on = last.kind == Kind::Counted && marker.number == last.number.map(|number| number + 1);
    let title = &paragraphs[last.paragraph].text()[last.title.clone()];
    let opens = marker.number == Some(1) && last.kind != Kind::Counted && role::holds_tasks(title);
    (goes_on || opens).then_some(marker)
}

/// A box (专栏) belongs to the section it stands in, its numbered items too: a list that starts again at 1 or lies deeper.
/// The section's own numbering, going on, ends the box.
fn is_boxed(sections: &[Section], marker: Marker) -> bool {
    let Some(last) = sections.last() else {
        return false;
    };
    let goes_on = sections
        .iter()
        .rev()
        .take(40)
        .find(|section| section.kind == marker.kind)
        .is_some_and(|section| marker.number.zip(section.number).is_none_or(|(number, before)| number == before + 1));
    !goes_on && marker.kind >= last.kind && marker.kind >= Kind::HanBracket
}

/// A short line of an office's name, or a date alone, with the other next to it.
fn is_signature(paragraphs: &[Paragraph], at: usize) -> bool {
    let text = paragraphs[at].text();
    let next = paragraphs.get(at + 1).map_or("", |p| p.text());
    let later = paragraphs.get(at + 2).map_or("", |p| p.text());
    if super::facts::lone_date(text).is_some() {
        return true;
    }
    super::facts::is_issuer(text)
        && (super::facts::lone_date(next).is_some()
            || (super::facts::is_issuer(next) && super::facts::lone_date(later).is_some()))
}

/// Whether a numbered paragraph opens a section. Items of an enumeration that end in “;” are parts of one sentence, and
/// circled numbers count points inside a task.
fn starts_section(paragraphs: &[Paragraph], at: usize, marker: Marker, first: bool) -> bool {
    let text = paragraphs[at].text();
    if marker.kind == Kind::Circled {
        return false;
    }
    if first && marker.number.is_some_and(|number| number != 1) && marker.kind >= Kind::HanBracket {
        return false;
    }
    if marker.kind == Kind::Arabic && marker::is_bare(text) {
        let below = format!("{}.1", marker.number.unwrap_or_default());
        if !paragraphs.get(at + 1).is_some_and(|next| next.text().starts_with(&below)) {
            return false;
        }
    }
    // “2.5 10 2 2 3 优于…”: the small numbers of a line that a conversion took apart
    let mut words = text[marker.length..].split(' ');
    let small = |word: Option<&str>| word.is_some_and(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()));
    if small(words.next()) && small(words.next()) {
        return false;
    }
    if text.ends_with(';') {
        return false;
    }
    // the last item of such an enumeration ends in a full stop
    if marker.kind >= Kind::HanBracket
        && let Some(previous) = at.checked_sub(1).map(|i| paragraphs[i].text())
        && previous.ends_with(';')
        && marker::marker(previous).is_some_and(|m| m.kind == marker.kind)
    {
        return false;
    }
    true
}

/// Reads the headings again by the manner of those that stand beside them: in one section either most numbered paragraphs begin
/// with a heading, or most do not.
fn by_manner(paragraphs: &[Paragraph], sections: &mut [Section]) {
    let mut groups: std::collections::BTreeMap<(Option<usize>, Kind), Vec<usize>> = std::collections::BTreeMap::new();
    let mut last: std::collections::BTreeMap<Kind, Option<usize>> = std::collections::BTreeMap::new();
    for (at, section) in sections.iter().enumerate() {
        // numbers that run on across chapters count one list
        let runs_on = section.number.is_some_and(|number| number != 1);
        let parent = last.get(&section.kind).copied().filter(|_| runs_on).unwrap_or(section.parent);
        last.insert(section.kind, parent);
        groups.entry((parent, section.kind)).or_default().push(at);
    }
    for group in groups.values().filter(|group| group.len() >= 3) {
        let behind = |at: &usize| {
            let text = paragraphs[sections[*at].paragraph].text();
            &text[sections[*at].title.start..]
        };
        let votes: Vec<bool> = group.iter().filter_map(|at| heading::is_titled(behind(at))).collect();
        let titled = votes.iter().filter(|titled| **titled).count();
        let manner = match votes.len() {
            3.. if titled * 4 >= votes.len() * 3 => Manner::Titles,
            3.. if titled * 2 < votes.len() => Manner::Items,
            _ => continue,
        };
        let read: Vec<heading::Heading> = group.iter().map(|at| heading::heading_among(behind(at), manner)).collect();
        for (at, read) in group.iter().zip(read) {
            let section = &mut sections[*at];
            let from = section.title.start;
            section.heading.end = from + read.end;
            section.title.end = from + read.title_end;
            section.body = from + read.body;
        }
    }
}

/// Levels by the kinds that are open above a heading.
fn nest(sections: &mut [Section]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..sections.len() {
        let kind = sections[at].kind;
        while open.last().is_some_and(|above| sections[*above].kind >= kind) {
            open.pop();
        }
        sections[at].parent = open.last().copied();
        sections[at].level = open.len() + 1;
        if let Some(parent) = open.last().copied() {
            sections[parent].children.push(at);
        }
        open.push(at);
    }
}

fn assign_roles(paragraphs: &[Paragraph], sections: &mut [Section]) {
    for at in 0..sections.len() {
        let own = role::of(&paragraphs[sections[at].paragraph].text()[sections[at].title.clone()]);
        let above = sections[at].parent.map(|parent| sections[parent].role);
        sections[at].role = match (above, own) {
            (Some(Role::History), _) => Role::History,
            (Some(Role::Principle), Role::Goals) => Role::Goals,
            (Some(Role::Principle), _) => Role::Principle,
            (Some(Role::Aside), _) => Role::Aside,
            (Some(Role::Goals), Role::Principle | Role::History | Role::General | Role::Aside) => own,
            (Some(Role::Goals), _) => Role::Goals,
            (Some(Role::General), Role::Work | Role::Safeguard) => Role::General,
            (Some(Role::Safeguard), Role::Work | Role::Safeguard | Role::Duties | Role::Phases) => Role::Safeguard,
            (Some(Role::Phases), Role::Work) => Role::Phases,
            (Some(Role::Duties), Role::Work) => Role::Duties,
            _ => own,
        };
    }
}
