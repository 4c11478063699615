//! The return that a filled-in form is.

use super::cells::{self, Book, Cell, Sheet};
use super::{ASK_DUE, ASK_REASON, FILLED_BY, Hidden, ID_HEAD, column_head, row_key};
use crate::error::PacketError;
use crate::hash::digest;
use crate::head::{Head, moment_text};
use crate::key::PublicKey;
use crate::mark::{About, Address, Field, Mark};
use crate::record::{AnswerRecord, Ask};
use crate::returned::Refused;
use crate::returned::{Answer, Return};
use plan::{Due, Status};
use std::collections::BTreeMap;

/// Whether the bytes look like a spreadsheet rather than an exchange file.
#[must_use]
pub fn is_form(bytes: &[u8]) -> bool {
    cells::is_other(bytes) || (bytes.starts_with(b"PK\x03\x04") && bytes.windows(15).any(|window| window == b"xl/workbook.xml"))
}

/// Reads the return from a filled-in form, with the office that made the form. Nothing of what it says is allowed yet.
///
/// # Errors
/// A spreadsheet that is no form of ours, not whole, newer, or whose hidden sheet was changed.
pub fn read_form(bytes: &[u8]) -> Result<(PublicKey, Return), PacketError> {
    let Book { sheets, saved_at } = cells::open(bytes)?;
    let hidden = sheets.iter().find_map(hidden_lines).ok_or(PacketError::NotForm)?;
    let Hidden { maker, head, fields, shown } = Hidden::of(&hidden)?;
    let by = sheets.iter().find_map(filled_by).unwrap_or_default();
    let head = head.returned(saved_at, by)?;
    let mut form = Filled::of(&sheets, &shown);
    let mut returned = Return {
        answers: Vec::new(),
        writers: BTreeMap::new(),
        evidence: Vec::new(),
        asks: Vec::new(),
        missing: Vec::new(),
        bytes: BTreeMap::new(),
        unknown: 0,
        faults: std::mem::take(&mut form.faults),
        head,
    };
    let mut by_row: BTreeMap<(String, String), Vec<AnswerRecord>> = BTreeMap::new();
    let mut order = Vec::new();
    for field in fields {
        let key = (field.about.clone(), field.row.clone());
        let of_row = by_row.entry(key.clone()).or_default();
        if of_row.is_empty() {
            order.push(key);
        }
        of_row.push(field);
    }
    let mut gone = Vec::new();
    for (about, row) in &order {
        // the task's own record stands for the request that can be made in its row
        let key = row_key(if about == "task" { About::Progress.code() } else { about }, row);
        let Some(cells) = form.rows.get(&key) else {
            if about != "task" {
                gone.push(key);
            }
            continue;
        };
        let fields = by_row.get(&(about.clone(), row.clone())).map(Vec::as_slice).unwrap_or_default();
        if about == "task" {
            returned.asks.extend(ask(cells, row, fields, &returned.head));
        } else {
            answer(cells, fields, &mut returned);
        }
    }
    returned.missing.extend(lost(&gone, &order, &shown));
    Ok((maker, returned))
}

/// The rows that are not in the form any more, by what they are called: what stood there before stays.
fn lost(gone: &[String], all: &[(String, String)], shown: &BTreeMap<String, String>) -> Vec<String> {
    let sheets =
        [(About::Progress, "进展情况"), (About::Item, "清单事项"), (About::Milestone, "节点"), (About::Figure, "指标数据")];
    let mut lines = Vec::new();
    for (about, sheet) in sheets {
        let of = |key: &&String| key.starts_with(&format!("{}/", about.code()));
        let here: Vec<&String> = gone.iter().filter(of).collect();
        let total = all.iter().filter(|(of, _)| of == about.code()).count();
        if here.is_empty() {
            continue;
        }
        if here.len() == total {
            lines.push(format!("填报表中“{sheet}”的{total}行都没有读到（整张表或表头被删去），原有内容不变"));
            continue;
        }
        let named: Vec<String> = here
            .iter()
            .take(MOST_NAMED)
            .filter_map(|key| shown.get(*key))
            .map(|title| plan::quoted(&title.replace('|', " ")))
            .collect();
        lines.push(format!("填报表中“{sheet}”少了{}行，原有内容不变：{}", here.len(), named.join("、")));
    }
    lines
}

/// So many rows that are lost are named one by one.
const MOST_NAMED: usize = 10;

/// The lines of the sheet that no menu shows.
fn hidden_lines(sheet: &Sheet) -> Option<Vec<String>> {
    match sheet.get(&(0, 0)) {
        Some(Cell::Text(first)) if first.starts_with("{\"planbook_form\"") => {}
        _ => return None,
    }
    let lines = sheet.iter().filter(|((_, column), _)| *column == 0).map(|(_, cell)| cell.text());
    Some(lines.collect())
}

/// The name beside its label, on a sheet without rows to fill in.
fn filled_by(sheet: &Sheet) -> Option<String> {
    let label = sheet.iter().find(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim() == FILLED_BY));
    let ((row, column), _) = label?;
    let name = sheet.get(&(*row, column + 1))?.text();
    Some(name.trim().chars().filter(|c| !c.is_control()).take(40).collect())
}

/// A visible row: what stands under each head.
type Row = BTreeMap<String, Cell>;

/// The visible rows by their ids.
struct Filled<'a> {
    rows: BTreeMap<String, Row>,
    faults: Vec<Refused>,
    /// What is seen beside each row's id.
    shown: &'a BTreeMap<String, String>,
    /// The id of what is seen, where it is seen once.
    by_title: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Filled<'a> {
    fn of(sheets: &[Sheet], shown: &'a BTreeMap<String, String>) -> Self {
        let mut by_title: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (key, title) in shown {
            by_title.entry(title).and_modify(|key| *key = None).or_insert(Some(key));
        }
        let mut filled = Self { rows: BTreeMap::new(), faults: Vec::new(), shown, by_title };
        for sheet in sheets {
            filled.take(sheet);
        }
        filled
    }

    fn take(&mut self, sheet: &Sheet) {
        let at = |head: &str| sheet.iter().find(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim() == head));
        // where the column of ids was deleted, the rows are known by what is seen
        let Some(((head_row, column), head)) = at(ID_HEAD).or_else(|| at("目标任务")).or_else(|| at("所属任务")) else {
            return;
        };
        let id_column = (head.text().trim() == ID_HEAD).then_some(column);
        let heads: BTreeMap<u32, String> = sheet
            .range((*head_row, 0)..(head_row + 1, 0))
            .map(|((_, column), cell)| (*column, cell.text().trim().to_owned()))
            .collect();
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        for ((row, column), cell) in sheet.range((head_row + 1, 0)..) {
            let head = if Some(column) == id_column { ID_HEAD } else { heads.get(column).map_or("", String::as_str) };
            // of two columns with one head the first counts
            rows.entry(*row).or_default().entry(head.to_owned()).or_insert_with(|| cell.clone());
        }
        for (place, mut row) in rows {
            for head in heads.values() {
                row.entry(format!("#{head}")).or_insert(Cell::Number(0.0));
            }
            let id = row.remove(ID_HEAD).map(|id| id.text().trim().to_owned());
            match self.id_of(&row, id, id_column.is_none()) {
                Some(id) if !self.shown.is_empty() && !self.shown.contains_key(&id) => {
                    let why = format!("表中第{}行不是本单位这份填报表里的行，没有采用。", place + 1);
                    self.fault(&row, &why);
                }
                Some(id) if self.is_other_row(&id, &row) => {
                    let why = format!(
                        "表中第{}行的序号和名称与隐藏的行编号对不上（可能只移动了部分列），没有采用。请填在原表里。",
                        place + 1
                    );
                    self.fault(&row, &why);
                }
                Some(id) => match self.rows.get(&id) {
                    None => {
                        self.rows.insert(id, row);
                    }
                    Some(first) if *first == row => {}
                    Some(_) => self.fault(&row, "同一项在表中有两行，内容不同，只采用了前一行。请删去多余的一行。"),
                },
                None => {
                    let why = format!("表中第{}行没有行编号，不知道是哪一项，没有采用。请填在原来的行里。", place + 1);
                    self.fault(&row, &why);
                }
            }
        }
    }

    /// A row's id: the hidden one, else the one of what is seen.
    fn id_of(&self, row: &Row, id: Option<String>, without_ids: bool) -> Option<String> {
        if id.is_some() || !without_ids {
            return id;
        }
        self.by_title.get(seen(row).as_str()).copied().flatten().map(str::to_owned)
    }

    /// Whether what is seen in a row is of another row than its id: some columns were sorted or pasted without the others.
    fn is_other_row(&self, id: &str, row: &Row) -> bool {
        let (Some(title), seen) = (self.shown.get(id), seen(row)) else { return false };
        *title != seen && self.by_title.contains_key(seen.as_str())
    }

    /// A row that cannot be taken, if anything was filled in.
    fn fault(&mut self, row: &Row, why: &str) {
        let fields = [About::Progress, About::Item, About::Figure]
            .into_iter()
            .flat_map(|about| about.fields().iter().map(move |field| (about, *field)));
        let filled = fields.into_iter().find_map(|(about, field)| Some((about, field, row.get(column_head(about, field))?)));
        let Some((about, field, cell)) = filled else { return };
        let answer = Answer {
            about: about.code().to_owned(),
            row: String::new(),
            department: None,
            field: field.code().to_owned(),
            now: Some(cell.text()),
            was: None,
            ..Answer::default()
        };
        self.faults.push(Refused { answer, why: why.to_owned() });
    }
}

/// What is seen in a row that tells which it is.
fn seen(row: &Row) -> String {
    let texts: Vec<(&str, String)> = row.iter().map(|(head, cell)| (head.as_str(), cell.text())).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(head, text)| (*head, text.as_str())).collect();
    super::title_of(&texts)
}

/// The status that a clerk means: the vocabulary's own words, and those that are used for them.
fn status_of(word: &str) -> Option<Status> {
    let plain: String = word.trim().chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace('（', "(").replace('）', ")").replace('【', "(").replace('】', ")");
    if let Ok(status) = plain.parse::<Status>() {
        return Some(status);
    }
    Some(match plain.trim_end_matches(['。', '.']) {
        "完成" | "已完成" | "已办结" | "办结" | "已经完成" | "已完成待核" | "已完成(待核实)" | "100%" => {
            Status::Done
        }
        "推进" | "正在推进" | "进行中" | "正在进行" | "正在办理" | "办理中" | "在办" | "实施中" | "正在实施" | "推进中(正常)"
        | "正常推进" => Status::Underway,
        "未开始" | "没有启动" | "尚未启动" | "未开展" | "未开工" => Status::NotStarted,
        "暂停" | "暂缓办理" | "已暂缓" => Status::Suspended,
        _ => return None,
    })
}

/// Whether the sheet of a row still has the column.
fn has_column(row: &Row, head: &str) -> bool {
    row.contains_key(head) || row.contains_key(&format!("#{head}"))
}

fn answer(cells: &Row, fields: &[AnswerRecord], returned: &mut Return) {
    let mut said: Vec<(Address, Option<String>, Option<Mark>)> = Vec::new();
    let mut about = None;
    for field in fields {
        let Some(address) = Address::of(&field.about, &field.row, field.department.as_deref(), &field.field) else { continue };
        let head = column_head(address.about, address.field);
        let was = field.was.as_deref().map(Mark::read);
        if !has_column(cells, head) {
            let answer = Answer::new(&address, None, was);
            returned.faults.push(Refused {
                answer, why: format!("表中缺少“{head}”一列，没有采用。请在原表中填写。")
            });
            continue;
        }
        let now = cells.get(head).map(|cell| match address.field {
            Field::DoneOn => cell.day_text(returned.head.quarter.year()),
            Field::Value => {
                let unit = cells.get("单位").map(Cell::text).unwrap_or_default();
                let figure = cell.figure(unit.trim());
                if figure.about {
                    about = Some(cell.text().trim().to_owned());
                }
                figure.text
            }
            Field::Status => {
                let word = cell.text().trim().to_owned();
                status_of(&word).map_or(word, |status| status.code().to_owned())
            }
            Field::Done | Field::Problems | Field::Next | Field::Note => cell.text(),
        });
        said.push((address, now, was));
    }
    if let Some(written) = about {
        let name = cells.get("指标").map(Cell::text).unwrap_or_default();
        returned.missing.push(format!("{}填的是约数“{written}”，请核实", plan::quoted(&name)));
        // the figure stands as it was said: about so much
        if let Some((_, note, _)) = said.iter_mut().find(|(address, ..)| address.field == Field::Note)
            && note.as_deref().is_none_or(|note| !note.contains('约'))
        {
            *note = Some(note.take().map_or_else(|| "约数".to_owned(), |note| format!("约数；{note}")));
        }
    }
    let text = |field: Field| said.iter().find(|(address, ..)| address.field == field).and_then(|(_, now, _)| now.clone());
    let kind = said.first().map(|(address, ..)| address.about);
    let title = ["目标任务", "指标"].into_iter().find_map(|head| cells.get(head)).map(Cell::text).unwrap_or_default();
    let number = cells.get("序号").map(|cell| format!("第{}项", cell.text())).unwrap_or_default();
    match kind {
        Some(About::Progress) if text(Field::Done).is_none() => {
            returned.missing.push(format!("{number}{}：进展情况", plan::quoted(&title)));
        }
        Some(About::Figure) if text(Field::Value).is_none() => {
            returned.missing.push(format!("{}：本季数据", plan::quoted(&title)));
        }
        _ => {}
    }
    let begun = text(Field::Status).is_none() && text(Field::Done).is_some();
    for (address, now, was) in said {
        // who writes what was done without choosing a status is under way
        let now = if begun && address.field == Field::Status { Some(Status::Underway.code().to_owned()) } else { now };
        // a figure's note alone is no figure
        let alone = address.field == Field::Note && returned_no_value(returned, &address) && was.is_none();
        if (now.is_some() || was.is_some()) && !alone {
            returned.answers.push(Answer::new(&address, now, was));
        }
    }
}

/// Whether no figure is said beside this note.
fn returned_no_value(returned: &Return, note: &Address) -> bool {
    !returned.answers.iter().rev().take(1).any(|answer| answer.row == note.row && answer.field == Field::Value.code())
}

/// The request in a task's row, where there is one. Its id follows from what it is about, so that it is one request however
/// often the form is returned.
fn ask(cells: &Row, task: &str, fields: &[AnswerRecord], head: &Head) -> Option<Ask> {
    let asked = cells.get(ASK_DUE)?;
    let asked = match asked {
        // a year alone is a number, and no day of 1905
        Cell::Number(year) if (2000.0..2101.0).contains(year) => asked.text(),
        _ => due_text(&asked.day_text(head.quarter.year())),
    };
    let parts =
        [b"planbook form request 1".as_slice(), head.workbook.as_bytes(), head.department.as_str().as_bytes(), task.as_bytes()];
    let quarter = head.quarter.to_string();
    let hash = digest(&[parts.as_slice(), &[quarter.as_bytes()]].concat());
    Some(Ask {
        id: crate::merge::id_of(head.quarter, &hash),
        about: "task".to_owned(),
        row: task.to_owned(),
        field: "due".to_owned(),
        original: fields.first().and_then(|field| field.was.clone()).unwrap_or_default(),
        asked,
        reason: cells.get(ASK_REASON).map(Cell::text).unwrap_or_default(),
        asked_by: head.made_by.clone(),
        asked_at: moment_text(head.made_at),
        quarter: Some(quarter),
        decision: None,
        decided_by: String::new(),
        decided_at: String::new(),
        answer: String::new(),
    })
}

/// A due date in its one spelling, where it is one: also 2025年9月 and 2025/9.
fn due_text(text: &str) -> String {
    if let Ok(due) = text.parse::<Due>() {
        return due.to_string();
    }
    let plain = text.trim().trim_end_matches(['底', '末', '前', '月', '年']).replace(['年', '/', '.'], "-");
    let month = plain.split_once('-').and_then(|(year, month)| Some((year.parse::<i32>().ok()?, month.parse::<u8>().ok()?)));
    match month {
        Some((year, month)) if (1..=12).contains(&month) => format!("{year:04}-{month:02}"),
        _ => plain.parse::<Due>().map_or_else(|_| text.to_owned(), |due| due.to_string()),
    }
}
