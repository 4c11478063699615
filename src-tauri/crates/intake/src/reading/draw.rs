//! The whole way from paragraphs to the draft.

use super::dates::Years;
use super::division;
use super::evidence::Ground;
use super::facts;
use super::fates;
use super::findings;
use super::indicators;
use super::items;
use super::milestones;
use super::notes::{self, Note};
use super::outline::{Outline, Zone};
use super::paragraphs::{self, Paragraph};
use super::prose::Prose;
use super::role::Role;
use super::scene::{self, Genre, Scene};
use super::table::{self, Table};
use super::targets::{self, Context};
use super::tasks;
use super::words::words;
use crate::Document;
use crate::draft::{Draft, DraftItem, DraftMilestone, DraftSection, DraftTarget, DraftTask, Evidence, Finding, FindingKind};
use crate::reason::Reason;
use chrono::Datelike;
use plan::{Due, Span, TaskKind};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Draws the draft of a document.
pub(crate) fn draw(document: &Document) -> Draft {
    read(document, false).0
}

/// Every number with its evidence.
pub(crate) fn evidence(document: &Document) -> Vec<Evidence> {
    read(document, true).1
}

fn read(document: &Document, learning: bool) -> (Draft, Vec<Evidence>) {
    let source = &document.text;
    let paragraphs = paragraphs::paragraphs(document);
    let outline = Outline::read(&paragraphs);
    let tables = table::tables(&paragraphs, &outline.zones);
    let mut reader = Reader::new(source, &paragraphs, &outline, &tables, learning);
    reader.draft.findings.extend(document.unread.iter().map(|unread| Finding {
        kind: FindingKind::Unread,
        message: unread.message.clone(),
        span: unread.span,
    }));
    reader.tasks(&tables);
    reader.tables(&tables);
    reader.numbers();
    let evidence = reader.notes.iter().map(Note::evidence).collect();
    reader.close();
    (reader.draft, evidence)
}

/// What a passage or a section holds, before it joins the draft.
#[derive(Default)]
struct Drawn {
    targets: Vec<DraftTarget>,
    milestones: Vec<DraftMilestone>,
    items: Vec<DraftItem>,
    findings: Vec<Finding>,
    notes: Vec<Note>,
    doubtful: Vec<(DraftTarget, Reason)>,
}

impl Drawn {
    fn into_draft(self, draft: &mut Draft) {
        draft.targets.extend(self.targets);
        draft.milestones.extend(self.milestones);
        draft.items.extend(self.items);
        draft.findings.extend(self.findings);
    }
}

/// A target of running text as a row of the draft.
fn row(target: targets::Found, task: Option<usize>, passage: &super::passage::Passage) -> DraftTarget {
    DraftTarget {
        task,
        indicator: target.indicator,
        op: target.op,
        value: target.value,
        unit: target.unit,
        due: target.due,
        cadence: target.cadence,
        baseline: target.baseline,
        binding: false,
        span: passage.span(&target.quote),
        number: passage.span(&target.number),
    }
}

struct Reader<'a> {
    source: &'a str,
    paragraphs: &'a [Paragraph],
    outline: &'a Outline,
    draft: Draft,
    years: Years,
    /// The task of a section, where it is one.
    task_of: Vec<Option<usize>>,
    /// When each task is due by its own clause or row.
    terms: Vec<Option<Due>>,
    /// Tasks that turned out to be mere headings over a table of tasks.
    dropped: HashSet<usize>,
    scenes: Vec<Arc<Scene>>,
    /// Which paragraphs belong to a table.
    tabled: Vec<bool>,
    /// Which belong to a table that was understood.
    understood: Vec<bool>,
    /// Every number that was looked at.
    notes: Vec<Note>,
    /// Candidates that the clerk is asked about.
    doubtful: Vec<(DraftTarget, Reason)>,
    /// The names of the features are kept.
    learning: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, paragraphs: &'a [Paragraph], outline: &'a Outline, tables: &[Table], learning: bool) -> Self {
        let plan = facts::read(source, paragraphs, outline);
        let years = Years { now: plan.issued_on.map(|day| day.year()).or(plan.period_from), end: plan.period_to };
        let mut tabled = vec![false; paragraphs.len()];
        for table in tables {
            tabled[table.paragraphs.clone()].fill(true);
        }
        let scenes = scene::scenes(source, plan.title.as_deref(), paragraphs, outline, &tabled, years);
        let draft = Draft { plan, sections: sections(source, paragraphs, outline), ..Draft::default() };
        Self {
            source,
            paragraphs,
            outline,
            draft,
            years,
            task_of: vec![None; outline.sections.len()],
            terms: Vec::new(),
            dropped: HashSet::new(),
            scenes,
            understood: vec![false; paragraphs.len()],
            tabled,
            notes: Vec::new(),
            doubtful: Vec::new(),
            learning,
        }
    }

    fn tasks(&mut self, tables: &[Table]) {
        let tabled: Vec<String> = tables
            .iter()
            .filter_map(|table| division::read(table, self.years))
            .flatten()
            .flat_map(|row| row.departments)
            .collect();
        for task in tasks::draw(self.paragraphs, self.outline, &tabled) {
            self.task_of[task.section] = Some(self.draft.tasks.len());
            let mut drawn = task.draft;
            drawn.path = self.outline.path(task.section).into_iter().map(|at| self.draft.sections[at].heading.clone()).collect();
            let section = &self.outline.sections[task.section];
            drawn.title = printed(self.source, &self.paragraphs[section.paragraph], &section.title);
            self.draft.tasks.push(drawn);
            self.terms.push(task.term.and_then(|term| {
                super::dates::find(&term, self.years)
                    .into_iter()
                    .rev()
                    .find(|dated| dated.sense == super::dates::Sense::By)
                    .map(|dated| dated.due)
            }));
        }
    }

    /// The section whose own paragraphs hold a paragraph.
    fn section_at(&self, paragraph: usize) -> Option<usize> {
        if self.outline.zones[paragraph] != Zone::Body {
            return None;
        }
        let index = self.outline.sections.partition_point(|section| section.paragraph <= paragraph);
        index.checked_sub(1).filter(|index| self.outline.sections[*index].paragraphs.contains(&paragraph))
    }

    fn tables(&mut self, tables: &[Table]) {
        for table in tables {
            let section = self.section_at(table.paragraphs.start);
            if section.is_some_and(|section| self.outline.sections[section].role == Role::History) {
                continue;
            }
            let task = section.and_then(|section| self.task_of[section]);
            if let Some(found) = indicators::read(table, self.years.now, self.years.end) {
                self.understood[table.paragraphs.clone()].fill(true);
                for target in found {
                    self.draft.targets.push(DraftTarget {
                        task,
                        indicator: target.indicator,
                        op: target.op,
                        value: target.value,
                        unit: target.unit,
                        due: target.due,
                        cadence: target.cadence,
                        baseline: target.baseline,
                        binding: target.binding,
                        span: target.span,
                        number: target.number,
                    });
                }
            } else if let Some(rows) = division::read(table, self.years) {
                self.divided(table, section, rows);
            } else if table.rows.len() > 1 {
                let span = Span {
                    start: self.paragraphs[table.paragraphs.start].passage.whole().start,
                    end: self.paragraphs[table.paragraphs.end - 1].passage.whole().end,
                };
                self.draft.findings.push(findings::table(self.source, span));
            }
        }
    }

    /// A table that shares out the work: its rows are the tasks of the text again, with their units, or tasks of their own.
    fn divided(&mut self, table: &Table, section: Option<usize>, rows: Vec<division::Row>) {
        let squeeze = |text: &str| {
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '、' | '。')).collect::<String>()
        };
        let known: Vec<String> = self.draft.tasks.iter().map(|task| squeeze(&task.title)).collect();
        let exact: std::collections::HashMap<&str, usize> =
            known.iter().enumerate().map(|(i, task)| (task.as_str(), i)).collect();
        // looking for a title inside another is only for tables and plans of human size
        let small = known.len() * rows.len() <= 250_000;
        let same = |row: &division::Row| {
            let title = squeeze(&row.title);
            exact.get(title.as_str()).copied().or_else(|| {
                known.iter().take(if small { known.len() } else { 0 }).position(|task| {
                    (task.chars().count() >= 6 && title.contains(task.as_str()))
                        || (title.chars().count() >= 6 && task.contains(&title))
                })
            })
        };
        let matches: Vec<Option<usize>> = rows.iter().map(same).collect();
        let matched = matches.iter().filter(|task| task.is_some()).count();
        if matched * 2 < rows.len()
            && rows.len() >= 2
            && let Some(task) = section.and_then(|section| self.task_of[section])
            && self.draft.tasks[task].departments.is_empty()
        {
            // the heading over the table only introduces its rows
            self.dropped.insert(task);
        }
        if section.is_none() && matched * 2 < rows.len() && rows.len() >= 2 {
            // 二、重点任务: the tasks themselves stand in the annex
            let only_named = |task: &DraftTask| task.departments.is_empty() && super::role::is_container(&task.title);
            let named = self.draft.tasks.iter().enumerate().filter(|(_, task)| only_named(task)).map(|(at, _)| at);
            self.dropped.extend(named.collect::<Vec<_>>());
        }
        let path: Vec<String> = match section {
            Some(section) => self.outline.path(section).into_iter().map(|at| self.draft.sections[at].heading.clone()).collect(),
            None if table.caption.is_empty() => Vec::new(),
            None => vec![table.caption.clone()],
        };
        let mostly_known = matched * 2 >= rows.len() && matched > 0;
        for (row, task) in rows.into_iter().zip(matches) {
            let figures = self.draft.targets.len();
            let delivered = self.draft.milestones.len();
            let index = match task {
                Some(task) => {
                    let drawn = &mut self.draft.tasks[task];
                    if drawn.departments.is_empty() {
                        drawn.departments = row.departments;
                        drawn.lead = row.lead;
                        drawn.clause = row.clause;
                    }
                    task
                }
                // a row in other words than the text's own tasks says nothing new
                None if mostly_known => continue,
                None => {
                    self.draft.tasks.push(DraftTask {
                        path: path.iter().cloned().chain([row.title.clone()]).collect(),
                        title: row.title.clone(),
                        kind: TaskKind::Task,
                        lead: row.lead,
                        departments: row.departments,
                        section: None,
                        span: row.span,
                        clause: row.clause,
                    });
                    self.terms.push(row.due.map(|(due, _)| due));
                    let index = self.draft.tasks.len() - 1;
                    for (at, text) in row.texts.iter().enumerate() {
                        let due = row.due.map(|(due, _)| due);
                        // beside its content, the task's own name is no step
                        let steps = due.filter(|_| at > 0 || row.texts.len() == 1);
                        let context = Context { years: self.years, head: due, ..Context::default() };
                        let mut drawn = Drawn::default();
                        let scene = Arc::clone(&self.scenes[table.paragraphs.start]);
                        self.read_passage(text, &scene, Some(index), &context, steps, &mut drawn);
                        self.keep(drawn);
                    }
                    index
                }
            };
            if let Some((due, span)) = row.due {
                self.terms[index].get_or_insert(due);
                if task.is_some() {
                    continue;
                }
                // a row with a figure is a target by its date, not a deliverable without number; what it says is handed over is one
                if self.draft.targets.len() > figures || self.draft.milestones.len() > delivered {
                    continue;
                }
                let place = Span { start: row.span.start.min(span.start), end: row.span.end.max(span.end) };
                self.draft.milestones.push(DraftMilestone {
                    task: Some(index),
                    what: row.title,
                    due,
                    departments: Vec::new(),
                    span: place,
                });
            }
        }
    }

    /// Targets and milestones of the running text.
    fn numbers(&mut self) {
        let tabled = std::mem::take(&mut self.tabled);
        let context = self.context();
        let sections = &self.outline.sections;
        // 到2030年 over a list of numbered goals governs them as it does dashed ones: these are read in order
        let governs = |section: usize| sections[section].children.iter().any(|child| sections[*child].role.is_general());
        let in_order: Vec<bool> = (0..sections.len()).map(|at| sections[at].role.is_general() || governs(at)).collect();
        let mut heads: Vec<Option<Due>> = vec![None; sections.len()];
        let mut read: Vec<Drawn> = Vec::with_capacity(sections.len());
        for (index, section) in sections.iter().enumerate() {
            let mut drawn = Drawn::default();
            if in_order[index] {
                let above = section.parent.filter(|_| section.role.is_general()).and_then(|parent| heads[parent]);
                heads[index] = self.section_numbers(index, above, &tabled, &context, &mut drawn);
            }
            read.push(drawn);
        }
        let others: Vec<usize> = (0..sections.len()).filter(|at| !in_order[*at]).collect();
        let drawn = super::cores::each(others.len(), self.source.len(), |at| {
            let mut drawn = Drawn::default();
            self.section_numbers(others[at], self.introduced(others[at]), &tabled, &context, &mut drawn);
            drawn
        });
        for (index, drawn) in others.into_iter().zip(drawn) {
            read[index] = drawn;
        }
        let preamble = self.preamble(&context);
        self.keep(preamble);
        read.into_iter().for_each(|drawn| self.keep(drawn));
        self.rest(&context);
    }

    fn keep(&mut self, mut drawn: Drawn) {
        self.notes.append(&mut drawn.notes);
        self.doubtful.append(&mut drawn.doubtful);
        drawn.into_draft(&mut self.draft);
    }

    /// The numbers that no section's reading has seen: before the plan begins, behind its end, in its history, in tables.
    fn rest(&mut self, context: &Context) {
        self.notes.sort_by_key(|note| note.span.start);
        let known = fates::Taken::new(self.draft.targets.iter().map(|target| target.number));
        let context = Context { weighed_only: true, ..context.clone() };
        let read = super::cores::each(self.paragraphs.len(), self.source.len(), |at| {
            let mut drawn = Drawn::default();
            let passage = &self.paragraphs[at].passage;
            let place = passage.whole();
            let from = self.notes.partition_point(|note| note.span.start < place.start);
            let seen = self.notes[from..].iter().take_while(|note| note.span.start < place.end);
            let seen: Vec<Span> = seen.map(|note| note.span).collect();
            let numerals = super::numbers::find(passage.as_str()).len();
            if numerals <= seen.len() {
                return drawn;
            }
            let seen = fates::Taken::new(seen.into_iter());
            let task = self.section_at(at).and_then(|section| self.task_of[section]);
            self.read_passage(passage, &self.scenes[at], task, &context, None, &mut drawn);
            let new = |number: Span| !seen.touches(number);
            let open = |number: Span| !self.understood[at] && new(number) && !known.touches(number);
            drawn.targets.retain(|target| open(target.number));
            drawn.doubtful.retain(|(target, _)| open(target.number));
            drawn.notes.retain(|note| new(note.span));
            drawn.milestones.clear();
            drawn.items.clear();
            drawn.findings.clear();
            drawn
        });
        read.into_iter().for_each(|drawn| self.keep(drawn));
        self.notes.sort_by_key(|note| note.span.start);
    }

    /// The date of the words that introduce a numbered list: “今年继续办好十方面民生实事。1.医疗卫生方面。…”.
    fn introduced(&self, section: usize) -> Option<Due> {
        let sections = &self.outline.sections;
        let kind = sections[section].kind;
        let first =
            sections[..=section].iter().rev().take(100).take_while(|one| one.kind == kind).find(|one| one.number == Some(1))?;
        let at = first.paragraph.checked_sub(1)?;
        let text = self.paragraphs[at].text();
        let introduces = super::words::words!["实事", "如下", "以下", "下列"].within(text) || text.ends_with(':');
        if !introduces || text.chars().count() > 200 || sections.binary_search_by_key(&at, |one| one.paragraph).is_ok() {
            return None;
        }
        let found = super::dates::find(text, self.years);
        let found = found.into_iter().rfind(|dated| dated.sense == super::dates::Sense::By)?;
        self.years.now.is_none_or(|now| found.due.year() >= now).then_some(found.due)
    }

    /// What the words before the first chapter promise: “…,力争网办率达到98%,现提出以下要点。”
    fn preamble(&self, context: &Context) -> Drawn {
        let mut drawn = Drawn::default();
        let first = self.outline.sections.first().map_or(0, |section| section.paragraph);
        for at in (0..first).rev().take(3).filter(|at| self.outline.zones[*at] == Zone::Front) {
            let text = self.paragraphs[at].text();
            let long = text.chars().count() >= 40 && text.contains('。');
            let promise = words!["力争", "确保", "努力实现", "奋力实现"].first_in(text);
            if let Some(from) =
                promise.filter(|_| long && words!["为", "围绕", "根据", "按照", "以", "20"].starting(text).is_some())
            {
                let passage = self.paragraphs[at].passage.part(&(from..text.len()));
                let own = Context { goals: true, ..context.clone() };
                self.read_passage(&passage, &self.scenes[at], None, &own, None, &mut drawn);
            }
        }
        drawn
    }

    /// Targets and milestones of one section's own paragraphs, and the date that heads lists below it.
    fn section_numbers(
        &self,
        index: usize,
        above: Option<Due>,
        tabled: &[bool],
        context: &Context,
        drawn: &mut Drawn,
    ) -> Option<Due> {
        let section = &self.outline.sections[index];
        if matches!(section.role, Role::History | Role::Principle | Role::Aside) {
            return None;
        }
        let goals = section.role.is_general();
        let task = self.task_of[index];
        let mut head: Option<Due> = above;
        let mut below = None;
        let phase = self.phase_of(index);
        for at in section.paragraphs.clone() {
            let paragraph = &self.paragraphs[at];
            if self.outline.zones[at] != Zone::Body || tabled[at] {
                continue;
            }
            let from = if at == section.paragraph { section.body } else { super::marker::step(paragraph.text()) };
            let passage = paragraph.passage.part(&(from..paragraph.text().len()));
            let text = passage.as_str();
            if text.chars().count() < 4 {
                continue;
            }
            let listed = text.starts_with(['—', '-', '·', '•', '●', '◆', '■', '○']);
            let own = Context { goals, head: if listed { head } else { above }, ..context.clone() };
            // 今年经济社会发展的主要预期目标是…: the plan's own, due in its year
            let expected = text.contains("预期目标") && (context.one_year || self.scenes[at].genre == Genre::Report);
            if expected {
                let year = self.years.now.map(Due::Year);
                let own = Context { goals: true, one_year: true, head: own.head.or(year), ..own };
                self.read_passage(&passage, &self.scenes[at], None, &own, phase, drawn);
                head = year;
                below = head;
                continue;
            }
            let own_head = self.read_passage(&passage, &self.scenes[at], task, &own, phase, drawn);
            if !listed {
                head = own_head.or(above);
                below = head;
            }
        }
        below
    }

    /// The end of the phase that a heading names: “(二)集中整治阶段(2026年4月至10月)”.
    fn phase_of(&self, section: usize) -> Option<Due> {
        let section = &self.outline.sections[section];
        let text = &self.paragraphs[section.paragraph].text()[section.heading.clone()];
        let named = section.role == Role::Phases || super::role::names_phase(text);
        let found = super::dates::find(text, self.years);
        let last = found.into_iter().rev().find(|dated| dated.sense == super::dates::Sense::By)?;
        let bracketed = text.ends_with(')') && text.rfind('(').is_some_and(|open| open <= last.range.start);
        (bracketed || named && text.contains(['(', ':'])).then_some(last.due)
    }

    fn context(&self) -> Context {
        let texts: Vec<&str> = self.paragraphs.iter().map(Paragraph::text).collect();
        Context {
            years: self.years,
            goals: false,
            head: None,
            owner: None,
            one_year: self.draft.plan.period_from.is_some() && self.draft.plan.period_from == self.draft.plan.period_to,
            names: Arc::new(targets::count_names(&texts)),
            weighed_only: false,
        }
    }

    fn read_passage(
        &self,
        passage: &super::passage::Passage,
        scene: &Scene,
        task: Option<usize>,
        context: &Context,
        phase: Option<Due>,
        drawn: &mut Drawn,
    ) -> Option<Due> {
        let text = passage.as_str();
        let prose = Prose::read(text, self.years);
        let ground = Ground::new(&prose, scene);
        let candidates = ground.candidates();
        let targets::Read { mut found, mut doubtful, doubts, head, phrased } = targets::read(&prose, context, &candidates);
        if scene.past {
            // 翻番 and 全覆盖 of a review are no targets either
            found.clear();
            doubtful.clear();
        }
        drawn.notes.extend(notes::of(&ground, candidates, passage, &phrased, self.learning));
        drawn.doubtful.extend(doubtful.into_iter().map(|(target, reason)| (row(target, task, passage), reason)));
        let mut taken: Vec<Range<usize>> = Vec::new();
        let item = |drawn: &mut Drawn, words: String, due: Option<Due>, departments: Vec<String>, range: &Range<usize>| {
            if let Some(task) = task {
                drawn.items.push(DraftItem { task, text: words, departments, due, span: passage.span(range) });
            }
        };
        for target in found {
            taken.push(target.quote.clone());
            // a number to be reached is a target and no step; one to be built or held is both
            let words = items::of_target(&text[target.quote.clone()], &target);
            if items::is_step(&words, &target.unit) {
                item(drawn, words, target.due, Vec::new(), &target.quote);
            }
            drawn.targets.push(row(target, task, passage));
        }
        taken.sort_by_key(|range| range.start);
        for doubt in doubts {
            drawn.findings.push(findings::doubt(self.source, doubt.why, passage.span(&doubt.range)));
        }
        let places = super::responsibility::places(text, &prose.depth);
        for mut milestone in milestones::read(&prose, self.years, self.draft.plan.issued_on, context.goals, phase, &taken) {
            // “由县林业局牵头,县水利局配合,4月25日前完成” says who and by when, not what
            if places.iter().any(|place| place.range.start < milestone.quote.end && milestone.quote.end <= place.range.end) {
                continue;
            }
            taken.push(milestone.quote.clone());
            // 6月底前开工: what is begun is the task itself
            let title = task.map(|task| self.draft.tasks[task].title.as_str()).filter(|_| milestone.what.chars().count() <= 4);
            if let Some(title) = title {
                let first = title.split([',', '，', '；']).next().unwrap_or(title);
                let thing = super::wording::thing(first);
                if thing.ends_with(&milestone.what) {
                    milestone.what = thing.to_owned();
                } else if (2..=30).contains(&thing.chars().count()) {
                    milestone.what = format!("{thing}{}", milestone.what);
                }
            }
            let departments: Vec<String> = milestone.subject.into_iter().collect();
            item(drawn, milestone.what.clone(), Some(milestone.due), departments.clone(), &milestone.quote);
            drawn.milestones.push(DraftMilestone {
                task,
                what: milestone.what,
                due: milestone.due,
                departments,
                span: passage.span(&milestone.quote),
            });
        }
        if task.is_some() {
            taken.extend(places.into_iter().map(|place| place.range));
            taken.sort_by_key(|range| range.start);
            for found in items::read(&prose, self.years, &taken) {
                item(drawn, found.text, found.due, Vec::new(), &found.quote);
            }
        }
        head
    }

    /// Names are read with half-width brackets; they are given as the document prints them.
    fn as_printed(&mut self) {
        let wide = self.source.matches('（').count();
        if wide <= self.source.matches('(').count() {
            return;
        }
        let widen = |name: &mut String| {
            if name.contains(['(', ')']) {
                *name = name.replace('(', "（").replace(')', "）");
            }
        };
        self.draft.plan.title.iter_mut().for_each(widen);
        for task in &mut self.draft.tasks {
            task.lead.iter_mut().chain(&mut task.departments).for_each(widen);
        }
        self.draft.targets.iter_mut().for_each(|target| widen(&mut target.indicator));
        for milestone in &mut self.draft.milestones {
            widen(&mut milestone.what);
            milestone.departments.iter_mut().for_each(widen);
        }
        for item in &mut self.draft.items {
            widen(&mut item.text);
            item.departments.iter_mut().for_each(widen);
        }
    }

    /// Puts the tasks into the order of the text, dropped ones left out, and renumbers what points at them.
    fn reorder(&mut self) {
        let mut order: Vec<usize> = (0..self.draft.tasks.len()).filter(|task| !self.dropped.contains(task)).collect();
        order.sort_by_key(|task| self.draft.tasks[*task].span.start);
        let mut place = vec![None; self.draft.tasks.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = Some(new);
        }
        self.terms = order.iter().map(|old| self.terms[*old]).collect();
        let mut tasks: Vec<Option<DraftTask>> = std::mem::take(&mut self.draft.tasks).into_iter().map(Some).collect();
        self.draft.tasks = order.iter().filter_map(|old| tasks[*old].take()).collect();
        let moved = |task: Option<usize>| task.and_then(|task| place[task]);
        for target in self.draft.targets.iter_mut().chain(self.doubtful.iter_mut().map(|(target, _)| target)) {
            target.task = moved(target.task);
        }
        for milestone in &mut self.draft.milestones {
            milestone.task = moved(milestone.task);
        }
        self.draft.items.retain_mut(|item| {
            let new = place[item.task];
            item.task = new.unwrap_or_default();
            new.is_some()
        });
    }

    /// The items of a task whose text names no step that hands something over: what it says is to be done.
    fn told_work(&self, at: usize) -> Vec<DraftItem> {
        let Some(section) = self.draft.tasks[at].section.map(|section| &self.outline.sections[section]) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for paragraph in section.paragraphs.clone().take(12) {
            if self.outline.zones[paragraph] != Zone::Body || !self.paragraphs[paragraph].cells.is_empty() {
                continue;
            }
            let text = self.paragraphs[paragraph].text();
            let from = if paragraph == section.paragraph { section.title.start } else { 0 };
            let passage = self.paragraphs[paragraph].passage.part(&(from..text.len()));
            let prose = Prose::read(passage.as_str(), self.years);
            found.extend(items::work(&prose).into_iter().map(|work| DraftItem {
                task: at,
                text: work.text,
                departments: Vec::new(),
                due: work.due,
                span: passage.span(&work.quote),
            }));
        }
        found.retain(|item| !items::repeats(&item.text, &self.draft.tasks[at].title));
        found.truncate(3);
        found
    }

    /// Orders the rows, leaves out items that say the title again, names the departments, and says what was unclear.
    fn close(&mut self) {
        self.reorder();
        let mut seen: HashSet<(usize, String)> = HashSet::new();
        let mut count = vec![0usize; self.draft.tasks.len()];
        let mut items = std::mem::take(&mut self.draft.items);
        items.sort_by_key(|item| (item.task, item.span.start, item.span.end));
        items.retain(|item| {
            let bare = item.text.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()).collect();
            if items::repeats(&item.text, &self.draft.tasks[item.task].title) {
                return false;
            }
            let new = count[item.task] < MOST_ITEMS && seen.insert((item.task, bare));
            count[item.task] += usize::from(new);
            new
        });
        for (at, count) in count.iter().enumerate() {
            if *count == 0 {
                items.extend(self.told_work(at));
            }
        }
        items.sort_by_key(|item| (item.task, item.span.start, item.span.end));
        for item in &mut items {
            if item.due.is_none() {
                item.due = self.terms.get(item.task).copied().flatten();
            }
        }
        self.draft.items = items;
        // 完成时限: 2025年10月底 under a task is the date of its numbers too
        for target in self.draft.targets.iter_mut().filter(|target| target.due.is_none()) {
            target.due = target.task.and_then(|task| self.terms.get(task).copied().flatten());
        }
        self.as_printed();
        let mut named: HashSet<&str> = HashSet::new();
        let mut departments = Vec::new();
        for unit in self.draft.tasks.iter().flat_map(|task| &task.departments) {
            if named.insert(unit) {
                departments.push(unit.clone());
            }
        }
        self.draft.departments = departments;
        self.draft.targets.sort_by_key(|target| (target.span.start, target.span.end));
        let doubtful = std::mem::take(&mut self.doubtful);
        fates::settle(self.source, self.paragraphs, self.outline, &self.notes, doubtful, &mut self.draft);
        self.draft.milestones.sort_by_key(|milestone| (milestone.span.start, milestone.span.end));
        let mut findings = findings::of_draft(self.paragraphs, self.outline, &self.draft);
        findings.append(&mut self.draft.findings);
        findings.truncate(MOST_FINDINGS);
        self.draft.findings = findings;
    }
}

/// A checklist longer than this helps nobody.
const MOST_ITEMS: usize = 16;
const MOST_FINDINGS: usize = 500;

/// A range of a paragraph as the document prints it, white space at line breaks left out.
fn printed(source: &str, paragraph: &Paragraph, range: &Range<usize>) -> String {
    let span = paragraph.passage.span(range);
    let text = &source[span.start..span.end];
    if text.contains('\n') {
        return paragraph.text()[range.clone()].to_owned();
    }
    text.chars().map(super::radicals::unified).collect()
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
