//! The form as it goes out.

use super::{ASK_DUE, ASK_REASON, FILLED_BY, FormHead, HIDDEN_SHEET, ID_HEAD, SIGNED_AS, column_head, row_key};
use crate::error::PacketError;
use crate::head::NO_SECRETS;
use crate::issue::Issue;
use crate::key::SecretKey;
use crate::mark::{About, Address, Field, Mark};
use crate::record::{AnswerRecord, Record};
use plan::{Actual, DepartmentId, Due, Indicator, Op, Progress, Role, Status, Task};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// The longest text of a cell; the same as every return is held to.
const LONGEST: u32 = 10_000;
/// The lines that a row grows to by what is in it from the start.
const MOST_LINES_SHOWN: u8 = 12;

impl From<XlsxError> for PacketError {
    // the writer's own words are English; what it refuses is too many rows or too long a text
    fn from(_: XlsxError) -> Self {
        Self::content("内容太多，一张填报表放不下")
    }
}

/// The form for the department of an issue, signed by the office. The same issue and key give the same bytes.
///
/// # Errors
/// Where the writer of spreadsheets refuses, such as for more than a million rows.
pub fn write_form(issue: &Issue, office: &SecretKey) -> Result<Vec<u8>, PacketError> {
    let mut file = Workbook::new();
    let made = ExcelDateTime::from_timestamp(issue.head.made_at.and_utc().timestamp())?;
    file.set_properties(
        &DocProperties::new()
            .set_title(title(issue))
            .set_author(&issue.head.office)
            .set_subject(NO_SECRETS)
            .set_creation_datetime(&made),
    );
    let mut form = Form { issue, own: &issue.head.department, looks: Looks::new(), fields: Vec::new(), shown: Vec::new() };
    form.cover(file.add_worksheet())?;
    form.progress(file.add_worksheet())?;
    form.ticks(file.add_worksheet())?;
    form.figures(file.add_worksheet())?;
    form.hidden(file.add_worksheet(), office)?;
    Ok(file.save_to_buffer()?)
}

fn title(issue: &Issue) -> String {
    format!("{}{}填报表", issue.head.department_name, issue.head.quarter.chinese())
}

struct Looks {
    head: Format,
    locked: Format,
    open: Format,
    open_day: Format,
    open_number: Format,
    notice: Format,
    plain: Format,
    title: Format,
}

impl Looks {
    fn new() -> Self {
        let plain = Format::new().set_font_name("宋体").set_font_size(11).set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let ruled = plain.clone().set_border(FormatBorder::Thin);
        let open = ruled.clone().set_unlocked().set_background_color(Color::RGB(0x00FF_FBE6));
        Self {
            head: ruled
                .clone()
                .set_font_name("黑体")
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00E8_EAED)),
            locked: ruled,
            open_day: open.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            open_number: open.clone().set_align(FormatAlign::Center),
            open,
            notice: Format::new().set_font_name("宋体").set_font_size(11).set_bold().set_font_color(Color::RGB(0x00C2_171C)),
            title: Format::new().set_font_name("黑体").set_font_size(16),
            plain,
        }
    }
}

/// A cell of a row.
enum Value {
    Fixed(String),
    Open(String),
    Day(String),
    Number(String),
}

impl Value {
    fn text(&self) -> &str {
        let (Self::Fixed(text) | Self::Open(text) | Self::Day(text) | Self::Number(text)) = self;
        text
    }

    /// The lines that it takes in a column of a width in half characters; a long one ends in what is scrolled to.
    fn lines(&self, width: f64) -> u8 {
        let (Self::Fixed(text) | Self::Open(text)) = self else { return 1 };
        let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
        let lines = text.lines().map(|line| (wide(line) / (width - 1.0)).ceil().max(1.0)).sum::<f64>();
        (1..MOST_LINES_SHOWN).find(|shown| f64::from(*shown) >= lines).unwrap_or(MOST_LINES_SHOWN)
    }
}

struct Form<'a> {
    issue: &'a Issue,
    own: &'a DepartmentId,
    looks: Looks,
    /// Each field that may be filled, and what was sent of it.
    fields: Vec<AnswerRecord>,
    /// What is seen beside each row's id.
    shown: Vec<Record>,
}

impl<'a> Form<'a> {
    fn cover(&self, sheet: &mut Worksheet) -> Result<(), PacketError> {
        let head = &self.issue.head;
        sheet.set_name("填报说明")?.set_column_width(0, 14)?.set_column_width(1, 70)?;
        sheet.write_string_with_format(0, 0, title(self.issue), &self.looks.title)?;
        sheet.write_string_with_format(1, 0, NO_SECRETS, &self.looks.notice)?;
        let lines = [
            ("填报单位", head.department_name.clone()),
            ("督查机构", head.office.clone()),
            ("季度", head.quarter.chinese()),
            (
                "填报方法",
                "只填浅黄色的格。“进展情况”一表逐项写办理状态和进展；“清单和节点”一表在完成的事项后填完成日期；“指标数据”一表填本季数据。没有变化的不用重填。".to_owned(),
            ),
            ("延期申请", format!("确需延期的，在该项后填“{ASK_DUE}”和“{ASK_REASON}”，由督查机构答复。目标、时限和责任单位不能在表中改。")),
            ("报送", "填好后保存，把本文件交回督查机构。可以排序、筛选、调整列宽；请不要删除行和列。".to_owned()),
        ];
        for (at, (label, text)) in (2..).zip(lines) {
            sheet.write_string_with_format(at, 0, label, &self.looks.plain)?;
            // the height of wrapped lines is for the program that shows them to find, and not all do
            let lines = u8::try_from(text.chars().count().div_ceil(34).clamp(1, 8)).unwrap_or(8);
            sheet.set_row_height(at, f64::from(lines) * 16.0)?;
            sheet.write_string_with_format(at, 1, text, &self.looks.plain)?;
        }
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.write_string_with_format(9, 0, FILLED_BY, &self.looks.head)?;
        sheet.write_blank(9, 1, &self.looks.open)?;
        sheet.write_string_with_format(10, 0, "单位负责人", &self.looks.head)?;
        sheet.write_blank(10, 1, &self.looks.open)?;
        sheet.write_string_with_format(11, 0, "（盖章）", &self.looks.plain)?;
        protect(sheet);
        Ok(())
    }

    fn progress(&mut self, sheet: &mut Worksheet) -> Result<(), PacketError> {
        let issue = self.issue;
        let written: BTreeMap<(&str, plan::Quarter), &Progress> = issue
            .progress
            .iter()
            .map(|written| ((written.progress.task.as_str(), written.progress.quarter), &written.progress))
            .collect();
        let mut rows = Vec::new();
        for task in &issue.tasks {
            let present = written.get(&(task.id.as_str(), issue.head.quarter)).copied();
            let last = issue
                .progress
                .iter()
                .map(|written| &written.progress)
                .filter(|row| row.task == task.id && row.quarter < issue.head.quarter)
                .max_by_key(|row| row.quarter);
            let mut cells = vec![
                Value::Fixed(task.number.clone()),
                Value::Fixed(task.title.clone()),
                Value::Fixed(self.role(task)),
                Value::Fixed(due_text(task.due)),
                Value::Fixed(last.map(|last| last.done.clone()).unwrap_or_default()),
            ];
            for (field, value) in [
                (Field::Status, present.map(|row| row.status.code().to_owned())),
                (Field::Done, present.map(|row| row.done.clone())),
                (Field::Problems, present.map(|row| row.problems.clone())),
                (Field::Next, present.map(|row| row.next.clone())),
            ] {
                let address = Address::new(About::Progress, task.id.as_str(), Some(self.own), field);
                self.may_fill(&address, value.as_deref());
                cells.push(Value::Open(value.unwrap_or_default()));
            }
            cells.extend([Value::Open(String::new()), Value::Open(String::new())]);
            self.fields.push(AnswerRecord {
                about: "task".to_owned(),
                row: task.id.to_string(),
                department: None,
                field: "due".to_owned(),
                now: None,
                was: task.due.map(|due| due.to_string()),
                ..AnswerRecord::default()
            });
            rows.push((row_key(About::Progress.code(), task.id.as_str()), cells));
        }
        let heads = [
            ("序号", 6.0),
            ("目标任务", 24.0),
            ("责任", 8.0),
            ("完成时限", 12.0),
            ("上季进展", 22.0),
            (column_head(About::Progress, Field::Status), 10.0),
            (column_head(About::Progress, Field::Done), 30.0),
            (column_head(About::Progress, Field::Problems), 18.0),
            (column_head(About::Progress, Field::Next), 18.0),
            (ASK_DUE, 11.0),
            (ASK_REASON, 14.0),
        ];
        self.sheet(sheet, "进展情况", &heads, &rows)?;
        let last = last_row(&rows);
        let words: Vec<&str> = Status::ALL
            .iter()
            .filter(|status| !matches!(status, Status::Closed | Status::Cancelled))
            .map(|s| s.chinese())
            .collect();
        let status = DataValidation::new()
            .allow_list_strings(&words)?
            .set_error_title("办理状态")?
            .set_error_message("请从下拉列表中选择。销号和取消由督查机构核定。")?;
        sheet.add_data_validation(1, 5, last, 5, &status)?;
        let length = DataValidation::new()
            .allow_text_length(DataValidationRule::LessThanOrEqualTo(LONGEST))
            .set_error_title("文字过长")?
            .set_error_message(format!("每格不超过{LONGEST}字。"))?;
        sheet.add_data_validation(1, 6, last, 8, &length)?;
        Ok(())
    }

    fn role(&self, task: &Task) -> String {
        let mine = self.issue.assignments.iter().find(|row| row.task == task.id && row.department == *self.own);
        mine.map(|row| row.role.chinese().to_owned()).unwrap_or_default()
    }

    fn ticks(&mut self, sheet: &mut Worksheet) -> Result<(), PacketError> {
        let issue = self.issue;
        let own = self.own;
        let is_own = |named: &[DepartmentId]| named.is_empty() || named.contains(own);
        let mut rows = Vec::new();
        let tasks: BTreeMap<&str, &Task> = issue.tasks.iter().map(|task| (task.id.as_str(), task)).collect();
        let named = |task: Option<&&Task>| task.map(|task| format!("{} {}", task.number, task.title)).unwrap_or_default();
        for item in issue.items.iter().filter(|item| is_own(&item.departments)) {
            let value = item.done_on.map(|day| day.to_string());
            self.may_fill(&Address::new(About::Item, item.id.as_str(), None, Field::DoneOn), value.as_deref());
            let task = named(tasks.get(item.task.as_str()));
            let cells = vec![
                Value::Fixed(task),
                Value::Fixed("清单事项".to_owned()),
                Value::Fixed(item.text.clone()),
                Value::Fixed(due_text(item.due)),
                Value::Day(value.unwrap_or_default()),
            ];
            rows.push((row_key(About::Item.code(), item.id.as_str()), cells));
        }
        for milestone in &issue.milestones {
            let task = milestone.task.as_ref().and_then(|task| tasks.get(task.as_str()));
            // a goal of the plan itself is only theirs whom it names
            if !(milestone.departments.contains(own) || (milestone.departments.is_empty() && task.is_some())) {
                continue;
            }
            let value = milestone.done_on.map(|day| day.to_string());
            self.may_fill(&Address::new(About::Milestone, milestone.id.as_str(), None, Field::DoneOn), value.as_deref());
            let cells = vec![
                Value::Fixed(named(task)),
                Value::Fixed("节点".to_owned()),
                Value::Fixed(milestone.what.clone()),
                Value::Fixed(milestone.due.chinese()),
                Value::Day(value.unwrap_or_default()),
            ];
            rows.push((row_key(About::Milestone.code(), milestone.id.as_str()), cells));
        }
        let heads = [
            ("所属任务", 34.0),
            ("类别", 10.0),
            ("事项", 60.0),
            ("完成时限", 14.0),
            (column_head(About::Item, Field::DoneOn), 14.0),
        ];
        self.sheet(sheet, "清单和节点", &heads, &rows)?;
        let from = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let to = ExcelDateTime::from_ymd(2100, 12, 31)?;
        let days = DataValidation::new()
            .allow_date(DataValidationRule::Between(from, to))
            .set_error_title("完成日期")?
            .set_error_message("请填写日期，如2025-06-18；没有完成的留空。")?;
        sheet.add_data_validation(1, 4, last_row(&rows), 4, &days)?;
        Ok(())
    }

    fn figures(&mut self, sheet: &mut Worksheet) -> Result<(), PacketError> {
        let issue = self.issue;
        let quarter = issue.head.quarter;
        let mut rows = Vec::new();
        for indicator in &issue.indicators {
            let task = indicator.task.as_ref().and_then(|id| issue.tasks.iter().find(|task| task.id == *id));
            let Some(task) = task.filter(|task| self.is_answering(task)) else { continue };
            let of = |department: Option<&DepartmentId>, of: plan::Quarter| -> Option<&Actual> {
                let mut all = issue.actuals.iter();
                all.find(|row| row.indicator == indicator.id && row.quarter == of && row.department.as_ref() == department)
            };
            // the figure for all that the office sent is corrected where it stands
            let for_all = of(None, quarter);
            let whose = if for_all.is_some() { None } else { Some(self.own) };
            let present = for_all.or_else(|| of(whose, quarter));
            let before = of(None, quarter.previous()).or_else(|| of(Some(self.own), quarter.previous()));
            let value = present.map(|row| crate::number_text(row.value));
            let note = present.map(|row| row.note.clone());
            let at = |field| Address::new(About::Figure, indicator.id.as_str(), whose, field);
            self.may_fill(&at(Field::Value), value.as_deref());
            self.may_fill(&at(Field::Note), note.as_deref());
            let cells = vec![
                Value::Fixed(format!("{} {}", task.number, task.title)),
                Value::Fixed(indicator.name.clone()),
                Value::Fixed(indicator.unit.clone()),
                Value::Fixed(self.goal(indicator)),
                Value::Fixed(before.map(|row| plan::number(row.value, 6)).unwrap_or_default()),
                Value::Number(value.unwrap_or_default()),
                Value::Open(note.unwrap_or_default()),
            ];
            rows.push((row_key(About::Figure.code(), indicator.id.as_str()), cells));
        }
        let heads = [
            ("所属任务", 34.0),
            ("指标", 30.0),
            ("单位", 10.0),
            ("目标", 24.0),
            ("上季数据", 12.0),
            (column_head(About::Figure, Field::Value), 14.0),
            (column_head(About::Figure, Field::Note), 30.0),
        ];
        self.sheet(sheet, "指标数据", &heads, &rows)?;
        let numbers = DataValidation::new()
            .allow_decimal_number(DataValidationRule::Between(-1e15, 1e15))
            .set_error_title("本季数据")?
            .set_error_message("请只填数字，单位已在左边；说明请写在备注。")?;
        sheet.add_data_validation(1, 5, last_row(&rows), 5, &numbers)?;
        Ok(())
    }

    /// Whether the department is the one that answers for the task: nobody else is asked for its figures.
    fn is_answering(&self, task: &Task) -> bool {
        let of_task: Vec<_> = self.issue.assignments.iter().filter(|row| row.task == task.id).collect();
        let lead = of_task.iter().filter(|row| row.role == Role::Lead).min_by_key(|row| row.position);
        let first = lead.or_else(|| of_task.iter().min_by_key(|row| row.position));
        first.is_some_and(|row| row.department == *self.own)
    }

    fn goal(&self, indicator: &Indicator) -> String {
        let targets = self.issue.targets.iter().filter(|target| target.indicator == indicator.id);
        let each: Vec<String> = targets
            .map(|target| {
                let when = target.due.map(|due| format!("{}：", due.chinese())).unwrap_or_default();
                let value = plan::number(target.value, 6);
                match target.op {
                    Op::About => format!("{when}{value}{}", target.op.chinese()),
                    _ => format!("{when}{}{value}", target.op.chinese()),
                }
            })
            .collect();
        each.join("\n")
    }

    fn may_fill(&mut self, address: &Address, value: Option<&str>) {
        self.fields.push(AnswerRecord {
            about: address.about.code().to_owned(),
            row: address.row.clone(),
            department: address.department.as_ref().map(ToString::to_string),
            field: address.field.code().to_owned(),
            now: None,
            // an empty cell reads as nothing
            was: value.filter(|value| !value.is_empty()).map(|value| Mark::of(address, value).text().to_owned()),
            ..AnswerRecord::default()
        });
    }

    fn sheet(
        &mut self,
        sheet: &mut Worksheet,
        name: &str,
        heads: &[(&str, f64)],
        rows: &[(String, Vec<Value>)],
    ) -> Result<(), PacketError> {
        sheet.set_name(name)?;
        let columns = u16::try_from(heads.len()).unwrap_or(u16::MAX);
        for (at, (head, width)) in (0..).zip(heads) {
            sheet.set_column_width(at, *width)?;
            sheet.write_string_with_format(0, at, *head, &self.looks.head)?;
        }
        sheet.write_string_with_format(0, columns, ID_HEAD, &self.looks.head)?;
        sheet.set_column_hidden(columns)?;
        for (at, (id, cells)) in (1..).zip(rows) {
            let seen: Vec<(&str, &str)> = heads.iter().map(|(head, _)| *head).zip(cells.iter().map(Value::text)).collect();
            self.shown.push(Record::Shown { key: id.clone(), title: super::title_of(&seen) });
            let lines = cells.iter().zip(heads).map(|(cell, (_, width))| cell.lines(*width)).max().unwrap_or(1);
            // a row of one line is left to grow with what is typed into it
            if lines > 1 {
                sheet.set_row_height(at, f64::from(lines) * 16.0)?;
            }
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Value::Fixed(text) => write_text(sheet, at, column, text, &self.looks.locked)?,
                    Value::Open(text) => write_text(sheet, at, column, text, &self.looks.open)?,
                    Value::Day(text) => match ExcelDateTime::parse_from_str(text) {
                        Ok(day) if !text.is_empty() => {
                            sheet.write_datetime_with_format(at, column, day, &self.looks.open_day)?;
                        }
                        _ => write_text(sheet, at, column, text, &self.looks.open_day)?,
                    },
                    Value::Number(text) => match crate::number_of(text) {
                        Some(value) => {
                            sheet.write_number_with_format(at, column, value, &self.looks.open_number)?;
                        }
                        None => write_text(sheet, at, column, text, &self.looks.open_number)?,
                    },
                }
            }
            sheet.write_string_with_format(at, columns, id, &self.looks.locked)?;
        }
        sheet.autofilter(0, 0, last_row(rows), columns)?;
        sheet.set_freeze_panes(1, 2)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        sheet.set_header(format!("&C{NO_SECRETS}")).set_footer("&C— &P —");
        // a centimetre at the sides: ten columns are to be read on paper
        sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
        protect(sheet);
        Ok(())
    }

    fn hidden(&self, sheet: &mut Worksheet, office: &SecretKey) -> Result<(), PacketError> {
        sheet.set_name(HIDDEN_SHEET)?.set_very_hidden(true);
        let to_line = |error: serde_json::Error| PacketError::json("填报表的隐藏页", &error);
        let mut lines = vec![serde_json::to_string(&FormHead::of(&self.issue.head, self.issue.last_return)).map_err(to_line)?];
        for shown in &self.shown {
            lines.push(serde_json::to_string(shown).map_err(to_line)?);
        }
        for field in &self.fields {
            lines.push(serde_json::to_string(&Record::Answer(field.clone())).map_err(to_line)?);
        }
        let signature = crate::hash::hex(&office.sign(&[SIGNED_AS, lines.join("\n").as_bytes()]));
        lines.push(format!("{} {signature}", office.public().to_text()));
        for (at, line) in (0..).zip(&lines) {
            sheet.write_string(at, 0, line)?;
        }
        sheet.protect();
        Ok(())
    }
}

fn due_text(due: Option<Due>) -> String {
    due.map(Due::chinese).unwrap_or_default()
}

fn last_row(rows: &[(String, Vec<Value>)]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1)
}

/// Excel takes no more than 32,767 characters in a cell; longer texts are no texts of ours.
fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, look: &Format) -> Result<(), PacketError> {
    if text.is_empty() {
        sheet.write_blank(row, column, look)?;
    } else {
        let text: String = text.chars().take(32_000).collect();
        sheet.write_string_with_format(row, column, text, look)?;
    }
    Ok(())
}

/// Without a password: it keeps from slips of the hand, and a password would be one more thing to lose.
fn protect(sheet: &mut Worksheet) {
    let mut options = ProtectionOptions::new();
    options.sort = true;
    options.use_autofilter = true;
    options.format_columns = true;
    options.format_rows = true;
    sheet.protect_with_options(&options);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text_from_the_start() {
        let lines = |text: &str| Value::Open(text.to_owned()).lines(41.0);
        assert_eq!((lines(""), lines("已开工。"), lines(&"字".repeat(20))), (1, 1, 1));
        assert_eq!((lines(&"字".repeat(21)), lines("一\n\n三"), lines(&"字".repeat(9_000))), (2, 3, MOST_LINES_SHOWN));
        assert_eq!(Value::Number("1".repeat(99)).lines(9.0), 1);
    }
}
