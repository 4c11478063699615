//! Rows of a ledger as tasks, targets, milestones and checklist items.

use super::LedgerRow;
use super::aside::SetAside;
use super::columns::{Field, Head, year_in};
use super::row::Row;
use super::sheets::Sheet;
use super::sums::{self, Sums};
use super::values;
use crate::Document;
use crate::draft::{Draft, DraftItem, DraftMilestone, DraftTarget, DraftTask, Finding, FindingKind, PlanFacts};
use crate::reading::dates::Years;
use crate::reading::prose::Prose;
use crate::reading::{heading, marker, responsibility, targets, unit_names};
use plan::{Cadence, Due, Op, Span, TaskKind};
use std::collections::{HashMap, HashSet};

/// The longest title that is taken whole.
const LONGEST_TITLE: usize = 60;

/// Takes sheet after sheet into one draft.
pub(super) struct Reading {
    draft: Draft,
    file_title: String,
    years: Years,
    first_year: Option<i32>,
    /// When each task is due by its own cell.
    terms: Vec<Option<(Due, Span)>>,
    /// Where cells of dates stand that were asked about.
    asked: HashSet<usize>,
    rows: Vec<LedgerRow>,
    /// Tasks of the sheet by what they stand under, their number and title.
    named: HashMap<(String, String, String), usize>,
}

impl Reading {
    pub(super) fn new(file_name: &str) -> Self {
        let file_title = file_name.rsplit_once('.').map_or(file_name, |(name, _)| name).to_owned();
        let year = year_in(&file_title);
        Self {
            draft: Draft::default(),
            file_title,
            years: Years { now: year, end: year },
            first_year: year,
            terms: Vec::new(),
            asked: HashSet::new(),
            rows: Vec::new(),
            named: HashMap::new(),
        }
    }

    /// Reads the rows of a sheet.
    pub(super) fn sheet(&mut self, text: &str, sheet: &Sheet, rows: &[Vec<Span>], texts: &[Vec<String>], head: &Head) {
        self.title(&texts[..head.start]);
        for title in &head.titles {
            self.first_year = self.first_year.or_else(|| year_in(title));
        }
        self.years.now = self.years.now.or(self.first_year);
        self.years.end = self.years.end.or(self.years.now);
        let mut group: Vec<String> = Vec::new();
        let mut task: Option<(Span, usize)> = None;
        self.named.clear();
        let mut aside = SetAside::default();
        let mut sums = Sums::default();
        for (index, (cells, words)) in rows.iter().zip(texts).enumerate().skip(head.end) {
            let row = Row { text, sheet, index, cells, head };
            if aside.takes(&row) {
                continue;
            }
            let filled = row.filled();
            let Some((_, first)) = filled.first().copied() else {
                continue;
            };
            // the head is printed again on each page
            if words.iter().filter(|word| !word.is_empty()).all(|word| head.titles.contains(word)) {
                continue;
            }
            let printed = row.printed(first);
            if let Some((kind, span)) = row.sum(&filled) {
                self.sum(&row, kind, span, &mut sums);
                if kind == sums::Kind::Total {
                    task = None;
                }
                continue;
            }
            if filled.len() == 1 && row.cell(Field::Number) != Some(first) {
                if printed.starts_with(['注', '填']) || printed.starts_with("说明") || printed.starts_with("备注") {
                    self.say(FindingKind::Table, format!("“{}”按表下的说明处理，没有读入。", cited(printed)), first);
                } else if task.is_none()
                    || cells.iter().filter(|span| **span == first).count() > 1
                    || !self.is_task_cell(&row, first)
                {
                    group = vec![printed.to_owned()];
                    task = None;
                    sums.heading();
                    continue;
                }
                if !self.is_task_cell(&row, first) {
                    continue;
                }
            }
            let before = self.draft.tasks.len();
            self.row(&row, &group, &mut task);
            sums.row(row.amounts(), self.draft.tasks.len() > before);
        }
        for (message, span) in aside.said(sheet, text) {
            self.say(FindingKind::Table, message, span);
        }
        self.left_out(text, sheet, rows, head);
        for note in &sheet.notes {
            self.draft.findings.push(Finding { kind: FindingKind::Unread, message: note.clone(), span: None });
        }
    }

    /// Says that a row is a sum, and whether it comes out.
    fn sum(&mut self, row: &Row<'_>, kind: sums::Kind, span: Span, sums: &mut Sums) {
        let (words, address) = (cited(row.printed(span).trim()), row.address(span));
        let message = match kind {
            sums::Kind::Total => {
                let checked = sums.total(row.amounts());
                format!("{address}“{words}”一行是汇总，没有列为任务；{checked}。")
            }
            sums::Kind::Part => {
                let checked = sums.part(row.amounts());
                format!("{address}“{words}”一行是上一项的组成部分，没有单独列为任务；{checked}。")
            }
        };
        self.say(FindingKind::Table, message, span);
    }

    fn is_task_cell(&self, row: &Row<'_>, span: Span) -> bool {
        row.cell(Field::Task) == Some(span) || row.cell(Field::Detail) == Some(span) || row.cell(Field::Indicator) == Some(span)
    }

    fn say(&mut self, kind: FindingKind, message: String, span: Span) {
        self.draft.findings.push(Finding { kind, message, span: Some(span) });
    }

    /// Takes the plan's title and years from what stands above the head.
    fn title(&mut self, above: &[Vec<String>]) {
        for text in above.iter().flatten().map(|text| text.trim()).filter(|text| text.chars().count() >= 4) {
            self.first_year = self.first_year.or_else(|| year_in(text));
            if self.draft.plan.title.is_none() && !text.contains(['：', ':']) && !text.starts_with("附件") {
                self.draft.plan.title = Some(text.to_owned());
            }
        }
    }

    fn row(&mut self, row: &Row<'_>, group: &[String], task: &mut Option<(Span, usize)>) {
        let indicator = row.cell(Field::Indicator);
        let mut details: Vec<Span> = row.places(|field| field == Field::Detail).map(|(_, _, span)| span).collect();
        details.dedup();
        let detail = details.first().copied();
        let own = row.cell(Field::Task).or_else(|| {
            // a ledger of indicators has no column of tasks; one of contents has none either
            let column = |field| row.head.fields.iter().position(|known| *known == Some(field));
            let unnamed = match column(Field::Task) {
                Some(task) => row.says_nothing(task),
                None => column(Field::Indicator).is_none(),
            };
            unnamed.then_some(detail).flatten()
        });
        details.retain(|detail| Some(*detail) != own);
        let all = row.places(|_| true).map(|(_, _, span)| span);
        let whole = all.fold(None, |whole: Option<Span>, span| {
            let whole = whole.unwrap_or(span);
            Some(Span { start: whole.start.min(span.start), end: whole.end.max(span.end) })
        });
        let Some(whole) = whole.map(|whole| row.line(whole)) else {
            return;
        };
        let due = self.due(row);
        let known = self.draft.tasks.len();
        let index = match (own, *task) {
            // a merged cell: the same task goes on
            (Some(own), Some((before, index))) if own == before => Some(index),
            (Some(own), before) => {
                let name = row.name(own, group);
                // a title said again under its number is the task again; without a number, right below it
                let again = self.named.get(&name).copied();
                let again = again.filter(|index| !name.1.is_empty() || before.is_some() && *index + 1 == known);
                let index = again.unwrap_or_else(|| self.task(row, own, whole, group, due));
                self.named.insert(name, index);
                *task = Some((own, index));
                Some(index)
            }
            (None, before) => before.map(|(_, index)| index),
        };
        let goes_on = self.draft.tasks.len() == known;
        if let Some(index) = index {
            if index + 1 == self.draft.tasks.len() {
                let drawn = &mut self.draft.tasks[index];
                drawn.span.end = drawn.span.end.max(whole.end);
            }
            self.units(row, index);
        }
        self.rows.push(row.kept(index, whole));
        let before = self.draft.targets.len();
        self.values(row, index, indicator.or(own), due.map(|(due, _)| due));
        let counted = self.draft.targets.len() > before;
        for span in own.into_iter().chain(details.iter().copied()) {
            self.sentence(row, span, index, due.map(|(due, _)| due), counted);
        }
        for detail in details.iter().filter(|detail| bare_value(row, **detail).is_none()) {
            if let Some(index) = index {
                self.items(row, *detail, index, due.map(|(due, _)| due));
            }
        }
        if let Some((due, span)) = due
            && goes_on
            && self.draft.targets.len() == before
            && let Some(index) = index
            && self.terms[index].is_none_or(|(term, _)| term != due)
        {
            let what =
                detail.or(indicator).map_or_else(|| self.draft.tasks[index].title.clone(), |span| row.printed(span).to_owned());
            self.draft.milestones.push(DraftMilestone { task: Some(index), what, due, departments: Vec::new(), span });
        }
    }

    fn task(&mut self, row: &Row<'_>, own: Span, whole: Span, group: &[String], due: Option<(Due, Span)>) -> usize {
        let passage = row.passage(own);
        let text = passage.as_str();
        let from = marker::marker(text).map_or(0, |marker| marker.length);
        let rest = text[from..].trim();
        let title = if rest.chars().count() <= LONGEST_TITLE {
            rest.trim_end_matches(['。', '；', ';']).to_owned()
        } else {
            text[from..from + heading::heading(&text[from..]).title_end].trim().to_owned()
        };
        // the words as printed, where the fold changed none of their places
        let printed = passage.whole();
        let title = match row.printed(printed).find(&title) {
            _ if title.is_empty() => row.printed(own).to_owned(),
            Some(at) => row.printed(printed)[at..at + title.len()].to_owned(),
            None => title,
        };
        let mut path: Vec<String> = group.to_vec();
        let mut last = None;
        for (_, _, span) in row.places(|field| field == Field::Group) {
            if last != Some(span) {
                path.push(row.printed(span).to_owned());
            }
            last = Some(span);
        }
        path.push(title.clone());
        self.draft.tasks.push(DraftTask {
            path,
            title,
            kind: TaskKind::Task,
            lead: Vec::new(),
            departments: Vec::new(),
            section: None,
            span: whole,
            clause: None,
        });
        self.terms.push(due);
        self.draft.tasks.len() - 1
    }

    /// The units of a row's columns.
    fn units(&mut self, row: &Row<'_>, index: usize) {
        let places = row.places(|field| matches!(field, Field::Lead | Field::Support | Field::Departments));
        for (_, field, span) in places.collect::<Vec<_>>() {
            if values::is_none(row.printed(span)) {
                continue;
            }
            let passage = closed_up(row.passage(span).as_str());
            let clause = responsibility::read(&passage);
            let mut lead = clause.lead;
            let mut named = clause.units;
            if named.is_empty() {
                named = unit_names::list(&passage).into_iter().map(|named| named.name).collect();
            }
            if named.is_empty() {
                let (words, address) = (cited(row.printed(span)), row.address(span));
                named.push(passage.trim().to_owned());
                let message = format!("{address}“{words}”不像单位名称，已照原样列为责任单位，请核对。");
                self.say(FindingKind::Department, message, span);
            }
            if field == Field::Lead {
                lead.clone_from(&named);
            }
            let drawn = &mut self.draft.tasks[index];
            drawn.clause.get_or_insert(span);
            for unit in named {
                if lead.contains(&unit) && !drawn.lead.contains(&unit) {
                    drawn.lead.push(unit.clone());
                }
                if !drawn.departments.contains(&unit) {
                    drawn.departments.push(unit.clone());
                }
                if !self.draft.departments.contains(&unit) {
                    self.draft.departments.push(unit);
                }
            }
        }
    }

    /// The date of a row; one that was not understood is said.
    fn due(&mut self, row: &Row<'_>) -> Option<(Due, Span)> {
        let span = row.cell(Field::Due)?;
        let passage = row.passage(span);
        if values::is_none(passage.as_str()) {
            return None;
        }
        let doubtful = values::doubtful_date(passage.as_str(), row.is_number(span), self.years);
        let due = if doubtful.is_some() { None } else { values::due(passage.as_str(), self.years) };
        // a merged cell is asked about once
        if due.is_none() && !self.asked.contains(&span.start) {
            self.asked.insert(span.start);
            let (words, address) = (cited(row.printed(span)), row.address(span));
            let message = match doubtful {
                Some(may_be) => format!("{address}的完成时限“{words}”{may_be}，没有替您决定，该行没有时限，请补上。"),
                None => format!(
                    "{address}的完成时限“{words}”没有认出日期，该行没有时限，请补上（如2025年底、2025-06-30）或确认长期推进。"
                ),
            };
            self.say(FindingKind::Date, message, span);
        }
        due.map(|due| (due, span))
    }

    /// The targets in columns of values.
    fn values(&mut self, row: &Row<'_>, task: Option<usize>, name: Option<Span>, due: Option<Due>) {
        let unit_cell =
            row.cell(Field::Unit).map(|span| row.passage(span).as_str().trim().to_owned()).filter(|unit| !values::is_none(unit));
        let baseline = row.places(|field| matches!(field, Field::Baseline(_))).find_map(|(_, field, span)| {
            let Field::Baseline(year) = field else { return None };
            let value = values::value(row.passage(span).as_str())?.value;
            Some((year.or(self.years.now.map(|now| now - 1))?, value))
        });
        let mut last = None;
        let of_values = row.places(|field| matches!(field, Field::Target(_) | Field::Detail)).collect::<Vec<_>>();
        for (column, field, span) in of_values {
            if last.replace(span) == Some(span) {
                continue;
            }
            let year = match field {
                Field::Target(year) => year,
                // a goal that is a figure with its unit
                _ if bare_value(row, span).is_some() => None,
                _ => continue,
            };
            let passage = row.passage(span);
            let text = passage.as_str().trim();
            if values::is_none(text) {
                continue;
            }
            let title = row.head.titles.get(column).cloned().unwrap_or_default();
            let (words, address) = (cited(row.printed(span)), row.address(span));
            let Some(found) = values::value(text) else {
                let message = format!("{address}“{title}”列的“{words}”没有认出数字，没有列为指标，请核对后补录。");
                self.say(FindingKind::Target, message, span);
                continue;
            };
            let Some(name_span) = name else {
                let message = format!("{address}“{title}”列的“{words}”没有对应的任务或指标名称，没有列入，请补录。");
                self.say(FindingKind::Target, message, span);
                continue;
            };
            let (indicator, own_unit) = named(row.passage(name_span).as_str());
            let scale_only = found.unit.chars().all(|c| matches!(c, '万' | '亿' | '千' | '百'));
            let unit = match unit_cell.clone().or(own_unit) {
                // 2000万 in a column of 元
                Some(unit) if scale_only && !unit.starts_with(['万', '亿', '千', '百']) && unit != "%" => {
                    format!("{}{unit}", found.unit)
                }
                Some(unit) if found.unit.is_empty() => unit,
                Some(unit) if scale_only => {
                    let message = format!("{address}“{words}”带“{}”，而单位是“{unit}”，请核对数值和单位。", found.unit);
                    self.say(FindingKind::Target, message, span);
                    unit
                }
                _ => found.unit.clone(),
            };
            if unit.is_empty() {
                let message = format!("{address}指标“{}”的“{words}”没有单位，请补上。", cited(&indicator));
                self.say(FindingKind::Target, message, span);
            }
            if found.more {
                let message = format!("{address}“{words}”里除数字外还有别的内容，只取了{}，请核对。", found.value);
                self.say(FindingKind::Target, message, span);
            }
            let share = ["率", "占比", "比重", "比例"].iter().any(|word| indicator.ends_with(word));
            if share && found.value > 0.0 && found.value <= 1.0 {
                let message = format!(
                    "{address}“{}”的目标值是{}，如果表里显示为{}%，请改为百分数。",
                    cited(&indicator),
                    found.value,
                    found.value * 100.0
                );
                self.say(FindingKind::Target, message, span);
            }
            self.draft.targets.push(DraftTarget {
                task,
                indicator,
                op: found.op.unwrap_or(Op::AtLeast),
                value: found.value,
                unit,
                due: year.map(Due::Year).or(due).or(self.years.now.map(Due::Year)),
                cadence: Cadence::Level,
                baseline,
                binding: false,
                span,
                number: span,
            });
        }
    }

    /// The targets in a cell of words. Where the row's own columns give values, its words say them again.
    fn sentence(&mut self, row: &Row<'_>, span: Span, task: Option<usize>, due: Option<Due>, counted: bool) {
        if counted {
            return;
        }
        let passage = row.passage(span);
        let context = targets::Context { years: self.years, head: due, one_year: true, ..targets::Context::default() };
        let found = targets::read(&Prose::read(passage.as_str(), self.years), &context, &[]).found;
        for target in found {
            let span = passage.span(&target.quote);
            // a merged cell comes again in each row
            if self.draft.targets.iter().any(|known| known.span == span) {
                continue;
            }
            self.draft.targets.push(DraftTarget {
                task,
                indicator: target.indicator,
                op: target.op,
                value: target.value,
                unit: target.unit,
                due: target.due.or(due).or(self.years.now.map(Due::Year)),
                cadence: target.cadence,
                baseline: target.baseline,
                binding: false,
                span,
                number: passage.span(&target.number),
            });
        }
    }

    /// The steps in a cell of contents.
    fn items(&mut self, row: &Row<'_>, span: Span, task: usize, due: Option<Due>) {
        let printed = row.printed(span);
        let mut at = span.start;
        for piece in printed.split_inclusive(['；', ';', '。']) {
            let start = at;
            at += piece.len();
            let body = piece.trim().trim_end_matches(['；', ';', '。']).trim_end();
            let Some(offset) = piece.find(body).filter(|_| body.chars().count() >= 4) else {
                continue;
            };
            let place = Span { start: start + offset, end: start + offset + body.len() };
            if self.draft.items.iter().rev().take(64).any(|item| item.span == place) || self.is_target(place) {
                continue;
            }
            let length = marker::marker(body).map_or(0, |marker| marker.length);
            let text = body.get(length..).unwrap_or(body).trim().to_owned();
            self.draft.items.push(DraftItem { task, text, departments: Vec::new(), due, span: place });
        }
    }

    /// Most of a step's words are those of targets: it would say them again.
    fn is_target(&self, place: Span) -> bool {
        let within = |span: &Span| span.start >= place.start && span.end <= place.end;
        let spans = self.draft.targets.iter().rev().take(64).map(|target| target.span).filter(within);
        let said: usize = spans.map(|span| span.end - span.start).sum();
        said * 10 >= (place.end - place.start) * 6
    }

    /// Says which filled columns have no place in the draft.
    fn left_out(&mut self, text: &str, sheet: &Sheet, rows: &[Vec<Span>], head: &Head) {
        for (column, field) in head.fields.iter().enumerate() {
            let printed = |span: &&Span| text.get(span.start..span.end).is_some_and(|text| !values::is_none(text));
            let cells: Vec<&Span> = rows[head.end..].iter().filter_map(|row| row.get(column)).filter(printed).collect();
            let Some(first) = cells.first() else {
                continue;
            };
            let title =
                if head.titles[column].is_empty() { format!("第{}列", column + 1) } else { head.titles[column].clone() };
            let place = if sheet.name.is_empty() { String::new() } else { format!("工作表“{}”的", sheet.name) };
            let count = cells.len();
            let message = match field {
                None => format!(
                    "{place}“{title}”列没有认出是什么，{count}行内容没有读入；如果它是任务、单位、时限或目标值，请指定后重新读取。"
                ),
                Some(
                    field @ (Field::Leader
                    | Field::Progress
                    | Field::Problem
                    | Field::NextStep
                    | Field::Evidence
                    | Field::Lamp
                    | Field::Note),
                ) => format!(
                    "{place}“{title}”列认作{}，{count}行内容不属于任务本身；{}",
                    field.chinese(),
                    if matches!(field, Field::Leader) {
                        "没有写进草稿，确认后可对照左侧原表补录。"
                    } else {
                        "导入时指明季度，就写进该季度的填报，否则不写入。"
                    }
                ),
                Some(_) => continue,
            };
            self.say(FindingKind::Table, message, **first);
        }
    }

    /// The rows that were read, once.
    pub(super) fn take_rows(&mut self) -> Vec<LedgerRow> {
        std::mem::take(&mut self.rows)
    }

    /// The draft, with dates of tasks that have no targets as milestones.
    pub(super) fn finish(mut self, document: &Document) -> Draft {
        let mut with_targets = vec![false; self.draft.tasks.len()];
        for target in &mut self.draft.targets {
            if let Some(task) = target.task {
                with_targets[task] = true;
            }
        }
        for (index, term) in self.terms.iter().enumerate() {
            if let (Some((due, span)), false) = (term, with_targets[index]) {
                let task = &self.draft.tasks[index];
                self.draft.milestones.push(DraftMilestone {
                    task: Some(index),
                    what: task.title.clone(),
                    due: *due,
                    departments: Vec::new(),
                    span: *span,
                });
            }
        }
        self.draft.milestones.sort_by_key(|milestone| (milestone.task, milestone.span.start));
        for (index, task) in self.draft.tasks.iter().enumerate() {
            if task.departments.is_empty() {
                let message = format!("任务“{}”没有责任单位，请补上。", cited(&task.title));
                let span = Some(self.draft.tasks[index].span);
                self.draft.findings.push(Finding { kind: FindingKind::Department, message, span });
            }
        }
        let dues =
            self.draft.targets.iter().filter_map(|target| target.due).chain(self.draft.milestones.iter().map(|row| row.due));
        let years: Vec<i32> = dues.map(Due::year).chain(self.first_year).collect();
        let title = self.draft.plan.title.take().or(Some(self.file_title));
        self.draft.plan = PlanFacts {
            title,
            period_from: self.first_year.or(years.iter().copied().min()),
            period_to: years.iter().copied().max(),
            ..PlanFacts::default()
        };
        let unread = document.unread.iter().map(|unread| Finding {
            kind: FindingKind::Unread,
            message: unread.message.clone(),
            span: unread.span,
        });
        self.draft.findings.extend(unread);
        if self.draft.tasks.is_empty() && self.draft.targets.is_empty() {
            let message = "表里没有找到任务，也没有找到指标。请确认选对了文件，或手工录入。".to_owned();
            self.draft.findings.push(Finding { kind: FindingKind::NoPlan, message, span: None });
        }
        self.draft.findings.sort_by_key(|finding| finding.kind);
        self.draft
    }
}

/// The figure of a cell that holds nothing but it and its unit.
fn bare_value(row: &Row<'_>, span: Span) -> Option<values::Value> {
    let passage = row.passage(span);
    values::value(passage.as_str().trim()).filter(|value| !value.more && !value.unit.is_empty())
}

/// Names whose characters are set apart to fill a cell, closed up: 县 财 政 局, 水 利 局、农业农村局.
fn closed_up(text: &str) -> String {
    let close = |name: &str| {
        let parts: Vec<&str> = name.split_whitespace().collect();
        let apart = parts.len() > 1
            && parts.iter().all(|part| part.chars().count() <= 2)
            && parts.iter().any(|part| part.chars().count() == 1);
        if apart { parts.concat() } else { name.to_owned() }
    };
    let mut closed = String::with_capacity(text.len());
    for piece in text.split_inclusive(['、', '，', ',', '；', ';', '：', ':']) {
        let name = piece.trim_end_matches(['、', '，', ',', '；', ';', '：', ':']);
        closed.push_str(&close(name));
        closed.push_str(&piece[name.len()..]);
    }
    closed
}

/// An indicator's name, and the unit that stands in brackets behind it.
fn named(text: &str) -> (String, Option<String>) {
    let from = marker::marker(text).map_or(0, |marker| marker.length);
    let text = text[from..].trim();
    if let Some(open) = text.rfind('(')
        && let Some(inner) = text[open + 1..].strip_suffix(')')
        && (crate::reading::quantity::measure(inner).is_some() || inner.contains('%'))
    {
        return (text[..open].trim().to_owned(), Some(inner.to_owned()));
    }
    (text.to_owned(), None)
}

pub(super) fn cited(text: &str) -> String {
    if text.chars().count() > 30 { text.chars().take(29).chain(['…']).collect() } else { text.to_owned() }
}
