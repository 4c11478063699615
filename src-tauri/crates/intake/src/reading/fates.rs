//! The fate of every number: drawn, doubtful, or set aside with its reason. Nothing else exists.

use super::marker;
use super::notes::Note;
use super::numbers;
use super::outline::{Outline, Zone};
use super::paragraphs::Paragraph;
use super::passage::Passage;
use super::weights::Verdict;
use crate::draft::{Doubtful, Draft, DraftTarget, Finding, FindingKind, SetAside};
use crate::reason::Reason;
use plan::Span;

/// Spans in their order, asked whether one of them touches another.
pub(crate) struct Taken(Vec<Span>);

impl Taken {
    pub(crate) fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_by_key(|span| span.start);
        Self(spans)
    }

    pub(crate) fn touches(&self, span: Span) -> bool {
        let end = self.0.partition_point(|known| known.start < span.end);
        self.0[..end].iter().rev().take(32).any(|known| span.start < known.end)
    }
}

/// Gives each number its fate. `doubtful` are the candidates' rows.
pub(crate) fn settle(
    source: &str,
    paragraphs: &[Paragraph],
    outline: &Outline,
    notes: &[Note],
    doubtful: Vec<(DraftTarget, Reason)>,
    draft: &mut Draft,
) {
    let drawn = Taken::new(draft.targets.iter().map(|target| target.number));
    let mut doubtful: Vec<(DraftTarget, Reason)> =
        doubtful.into_iter().filter(|(target, _)| !drawn.touches(target.number)).collect();
    doubtful.sort_by_key(|(target, _)| (target.span.start, target.number.start));
    let asked = Taken::new(doubtful.iter().map(|(target, _)| target.number));
    let mut baselines: Vec<f64> = draft.targets.iter().filter_map(|target| Some(target.baseline?.1)).collect();
    baselines.sort_by(f64::total_cmp);
    let mut aside: Vec<SetAside> = Vec::new();
    for note in notes.iter().filter(|note| !drawn.touches(note.span) && !asked.touches(note.span)) {
        let reason = match note.verdict {
            Verdict::Aside(reason) => reason,
            // a number of a table that was understood: where its targets start from
            Verdict::Drawn | Verdict::Doubtful(_)
                if note.value.is_some_and(|value| baselines.binary_search_by(|known| known.total_cmp(&value)).is_ok()) =>
            {
                Reason::Base
            }
            Verdict::Drawn => Reason::Part,
            Verdict::Doubtful(reason) => reason,
        };
        aside.push(SetAside { span: note.whole, reason });
    }
    heads(paragraphs, outline, &mut aside);
    clauses(paragraphs, draft);
    aside.sort_by_key(|one| (one.span.start, one.span.end));
    between(source, paragraphs, &mut aside);
    aside.sort_by_key(|one| (one.span.start, one.span.end));
    aside.dedup_by_key(|one| one.span);
    draft.set_aside = aside;
    draft.doubtful.extend(doubtful.into_iter().map(|(target, reason)| Doubtful::Target(target, reason)));
    draft.doubtful.sort_by_key(|row| (row.span().start, row.span().end));
}

/// Clauses that name units but went to no task.
fn clauses(paragraphs: &[Paragraph], draft: &mut Draft) {
    let named = draft.tasks.iter().filter(|task| !task.departments.is_empty());
    let known = Taken::new(named.flat_map(|task| task.clause.into_iter().chain([task.span])));
    let asked = Taken::new(draft.findings.iter().filter_map(|finding| finding.span));
    let mut lost = Vec::new();
    for paragraph in paragraphs {
        let text = paragraph.text();
        for label in ["责任单位", "牵头单位", "配合单位", "责任部门", "牵头部门", "配合部门"] {
            for (at, _) in text.match_indices(label) {
                let behind = at + label.len();
                if !text[behind..].trim_start().starts_with(':') {
                    continue;
                }
                let end = text[behind..].find([')', '。', ';']).map_or(text.len(), |end| behind + end);
                let span = paragraph.passage.span(&(at..end));
                if !known.touches(span) && !asked.touches(span) {
                    lost.push((span, text[at..end].chars().take(40).collect::<String>()));
                }
            }
        }
    }
    for (span, words) in lost {
        let message = format!("“{words}”没有归到哪项任务，请看一眼是否需要指定。");
        draft.findings.push(Finding { kind: FindingKind::Department, message, span: Some(span) });
    }
}

/// Numbers before paragraphs that are no headings: of lists, of lines of a table of contents, of articles.
fn heads(paragraphs: &[Paragraph], outline: &Outline, aside: &mut Vec<SetAside>) {
    let mut sections = outline.sections.iter().peekable();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        while sections.next_if(|section| section.paragraph < at).is_some() {}
        let is_section = sections.peek().is_some_and(|section| section.paragraph == at) && outline.zones[at] != Zone::Contents;
        if is_section {
            continue;
        }
        if let Some(marker) = marker::marker(paragraph.text()).filter(|marker| marker.length > 0) {
            let span = paragraph.passage.span(&(0..marker.length));
            aside.push(SetAside { span, reason: Reason::Number });
        }
    }
}

/// Numbers of lines that are no paragraphs, and of what was left out inside one: pages.
fn between(source: &str, paragraphs: &[Paragraph], aside: &mut Vec<SetAside>) {
    let mut spans: Vec<Span> = paragraphs.iter().map(|paragraph| paragraph.passage.whole()).collect();
    spans.sort_by_key(|span| span.start);
    let mut gaps: Vec<Span> = paragraphs.iter().flat_map(|paragraph| paragraph.passage.gaps()).collect();
    let mut at = 0;
    for span in spans.into_iter().chain([Span { start: source.len(), end: source.len() }]) {
        if at < span.start {
            gaps.push(Span { start: at, end: span.start });
        }
        at = at.max(span.end);
    }
    let known = Taken::new(aside.iter().map(|one| one.span));
    let mut more = Vec::new();
    for gap in gaps.into_iter().filter(|gap| source.get(gap.start..gap.end).is_some_and(|text| !text.trim().is_empty())) {
        let passage = Passage::read(source, gap);
        let found = numbers::find(passage.as_str()).into_iter().map(|numeral| passage.span(&numeral.range));
        let found = found.chain(marker::marker(passage.as_str().trim_start()).map(|_| gap));
        more.extend(found.filter(|span| !known.touches(*span)).map(|span| SetAside { span, reason: Reason::Number }));
    }
    aside.append(&mut more);
}
