//! The tables of a report as a workbook for Excel and WPS: typed cells, filters, a frozen head, ready to print. A text is always written as
//! text, so that nothing a department wrote becomes a formula.

use plan::{DepartmentId, Role};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::changes::Group;
use crate::figures::{Figures, is_behind};
use crate::view::{Kind, Options, ProgressText, TaskLine, View};
use crate::wording::{Book, chinese_marks, date, target};

/// Why no spreadsheet was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("表格生成失败({reason});请减少任务数量或改用 PDF 后重试")]
pub struct SheetError {
    /// What the writer says.
    pub reason: String,
}

impl From<XlsxError> for SheetError {
    fn from(error: XlsxError) -> Self {
        Self { reason: error.to_string() }
    }
}

/// Excel takes so many characters in a cell.
const MOST_CHARACTERS: usize = 32_000;

/// A cell of a sheet.
enum Value {
    Text(String),
    Centred(String),
    Number(Option<f64>),
    Percent(Option<f64>),
    Lamp(plan::Lamp, String),
}

/// A column: its head, and its width in characters.
type Head = (&'static str, f64);

/// Writes the tables of a report as .xlsx.
///
/// # Errors
/// [`SheetError`] where the writer refuses, such as for more than a million rows.
pub fn xlsx(view: &View, kind: &Kind, options: &Options) -> Result<Vec<u8>, SheetError> {
    let book = Book::of(view);
    let figures = Figures::of(view);
    let mut file = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&view.as_of.format("%Y-%m-%d").to_string()).unwrap_or_default();
    file.set_properties(
        &DocProperties::new()
            .set_title(crate::document::file_name(view, kind))
            .set_author(clean(&view.office))
            .set_subject(view.quarter.chinese())
            .set_creation_datetime(&created),
    );
    let department = match kind {
        Kind::Department(id) | Kind::OnePage(Some(id)) | Kind::Slip(Some(id)) => Some(id),
        Kind::Receipt(receipt) => Some(&receipt.department),
        _ => None,
    };
    let tasks: Vec<&TaskLine> =
        view.tasks.iter().filter(|task| department.is_none_or(|id| task.departments.iter().any(|(own, _)| own == id))).collect();
    let formats = Formats::new();
    if *kind == Kind::Yearbook {
        year_sheet(&mut file, &formats, view)?;
        return Ok(file.save_to_buffer()?);
    }
    if department.is_none() {
        summary(&mut file, &formats, view, &figures)?;
    }
    task_sheet(&mut file, &formats, view, &book, "进展情况", &tasks)?;
    let behind: Vec<&TaskLine> = tasks.iter().copied().filter(|task| is_behind(task)).collect();
    if !behind.is_empty() {
        task_sheet(&mut file, &formats, view, &book, "滞后事项", &behind)?;
    }
    item_sheet(&mut file, &formats, view, &book, &tasks, department)?;
    target_sheet(&mut file, &formats, view, department.map(|_| tasks.as_slice()))?;
    if matches!(kind, Kind::Bulletin | Kind::Department(_) | Kind::AllDepartments) {
        change_sheet(&mut file, &formats, &book, department)?;
    }
    if *kind == Kind::Bulletin && options.ranking && !figures.scores.is_empty() {
        ranking_sheet(&mut file, &formats, &figures, &book)?;
    }
    Ok(file.save_to_buffer()?)
}

struct Formats {
    head: Format,
    text: Format,
    centred: Format,
    number: Format,
    percent: Format,
    lamps: [Format; 4],
}

impl Formats {
    fn new() -> Self {
        let base = Format::new().set_font_name("宋体").set_font_size(10.5).set_border(FormatBorder::Thin).set_text_wrap();
        let base = base.set_align(FormatAlign::VerticalCenter);
        let centred = base.clone().set_align(FormatAlign::Center);
        let lamp = |back: u32, front: u32| {
            centred.clone().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(front)).set_bold()
        };
        Self {
            head: centred.clone().set_font_name("黑体").set_background_color(Color::RGB(0x00E8_EAED)),
            number: centred.clone().set_num_format("0.##"),
            percent: centred.clone().set_num_format("0.0%"),
            lamps: [lamp(0x001A_7338, 0x00FF_FFFF), lamp(0x00FA_C721, 0), lamp(0x00C2_171C, 0x00FF_FFFF), centred.clone()],
            text: base,
            centred,
        }
    }
}

/// Text that Excel takes: without controls, not longer than a cell.
fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').take(MOST_CHARACTERS).collect();
    text.trim().to_owned()
}

/// Adds a sheet; its first `printed` columns print, the others are there to sort and filter by.
fn sheet(
    file: &mut Workbook,
    formats: &Formats,
    name: &str,
    (heads, printed): (&[Head], usize),
    rows: &[Vec<Value>],
) -> Result<(), SheetError> {
    let sheet = file.add_worksheet();
    sheet.set_name(name)?;
    for (column, (head, width)) in heads.iter().enumerate() {
        let column = u16::try_from(column).unwrap_or(0);
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *head, &formats.head)?;
    }
    for (place, row) in rows.iter().enumerate() {
        let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let lines = row.iter().zip(heads).map(|(value, (_, width))| lines_of(value, *width)).max().unwrap_or(1);
        sheet.set_row_height(place, (f64::from(lines) * LINE_HEIGHT + 3.0).min(MOST_HEIGHT))?;
        for (column, value) in row.iter().enumerate() {
            write(sheet, formats, place, u16::try_from(column).unwrap_or(0), value)?;
        }
    }
    let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(heads.len().saturating_sub(1)).unwrap_or(0);
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    let last_printed = u16::try_from(printed.clamp(1, heads.len()) - 1).unwrap_or(0);
    sheet.set_print_area(0, 0, last_row, last_printed)?;
    // A4, as wide as the sheet, as many pages as it takes
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C— &P —");
    Ok(())
}

/// Height of a line of 10.5 pt 宋体, in points.
const LINE_HEIGHT: f64 = 14.5;
/// The highest row that Excel knows, in points.
const MOST_HEIGHT: f64 = 409.0;

/// Lines that a text takes in a column, by its width in characters of the sheet's own face: a Chinese one takes two.
fn lines_of(value: &Value, width: f64) -> u32 {
    let (Value::Text(text) | Value::Centred(text)) = value else { return 1 };
    let in_line = width.clamp(4.0, 200.0) - 2.0;
    let of_paragraph = |paragraph: &str| {
        let wide: f64 = paragraph.chars().take(4000).map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
        // at most 4000 characters of 2 over a line of 2 and more
        ((wide / in_line).ceil() as u32).max(1)
    };
    text.lines().take(100).map(of_paragraph).sum::<u32>().max(1)
}

fn write(sheet: &mut Worksheet, formats: &Formats, row: u32, column: u16, value: &Value) -> Result<(), SheetError> {
    match value {
        Value::Text(text) => {
            sheet.write_string_with_format(row, column, clean(text), &formats.text)?;
        }
        Value::Centred(text) => {
            sheet.write_string_with_format(row, column, clean(text), &formats.centred)?;
        }
        Value::Number(number) => match number.filter(|n| n.is_finite()) {
            Some(number) => {
                sheet.write_number_with_format(row, column, number, &formats.number)?;
            }
            None => {
                sheet.write_blank(row, column, &formats.centred)?;
            }
        },
        Value::Percent(part) => match part.filter(|n| n.is_finite()) {
            Some(part) => {
                sheet.write_number_with_format(row, column, part, &formats.percent)?;
            }
            None => {
                sheet.write_blank(row, column, &formats.centred)?;
            }
        },
        Value::Lamp(lamp, word) => {
            let format = match lamp {
                plan::Lamp::Green => 0,
                plan::Lamp::Yellow => 1,
                plan::Lamp::Red => 2,
                plan::Lamp::None => 3,
            };
            sheet.write_string_with_format(row, column, clean(word), &formats.lamps[format])?;
        }
    }
    Ok(())
}

fn count(number: usize) -> Value {
    Value::Number(u32::try_from(number).ok().map(f64::from))
}

fn summary(file: &mut Workbook, formats: &Formats, view: &View, figures: &Figures) -> Result<(), SheetError> {
    let heads = [("进度判定", 18.0), ("项数", 10.0), ("占比", 10.0), ("说明", 60.0)];
    let line = |word: &str, number: usize, part: Option<f64>, note: &str| {
        vec![Value::Centred(word.to_owned()), count(number), Value::Percent(part), Value::Text(note.to_owned())]
    };
    let mut rows = vec![
        line("任务总数", figures.tasks.len(), None, &format!("截至{}", date(view.cut_off()))),
        line("未到期", figures.not_due.len(), None, "不计入统计"),
        line("取消", figures.cancelled.len(), None, "不计入统计"),
        line("计入统计", figures.counted.len(), None, "以下占比的分母；占比合计凑整为100%"),
    ];
    for share in &figures.shares {
        let word = view.words.judgement(share.judgement);
        rows.push(line(word, share.tasks.len(), Some(f64::from(share.tenths) / 1000.0), ""));
    }
    if let Some(comparison) = &figures.comparison {
        let quarter = comparison.quarter.chinese();
        let moved = |word: &str, number: usize| line(word, number, None, &format!("与{quarter}相比，逐项见“对比”"));
        rows.push(line("好转", comparison.better.len(), None, &format!("与{quarter}相比")));
        rows.push(line("变差", comparison.worse.len(), None, &format!("与{quarter}相比")));
        rows.push(line("持平", comparison.same.len(), None, &format!("与{quarter}相比")));
        rows.push(moved("目标值调整", comparison.targets.len()));
        rows.push(moved("完成时限调整", comparison.dues.len()));
        rows.push(moved("取消和移出", comparison.dropped.len()));
        rows.push(moved("新增", comparison.added.len()));
    }
    sheet(file, formats, "总体情况", (&heads, heads.len()), &rows)
}

fn told(task: &TaskLine, book: &Book<'_>, of: impl Fn(&ProgressText) -> &str) -> Value {
    let several = task.progress.len() > 1;
    let lines: Vec<String> = task
        .progress
        .iter()
        .filter(|progress| !of(progress).trim().is_empty())
        .map(|progress| {
            let text = of(progress).trim();
            if several { format!("{}：{text}", book.name(&progress.department)) } else { text.to_owned() }
        })
        .collect();
    Value::Text(lines.join("\n"))
}

/// A task's number as a number, where it is one that Excel does not round.
fn numbered(number: &str) -> Value {
    match number.parse::<u32>() {
        Ok(value) if value.to_string() == number => Value::Number(Some(f64::from(value))),
        _ => Value::Centred(number.to_owned()),
    }
}

fn plan_of<'a>(view: &'a View, id: &plan::PlanId) -> &'a str {
    view.plans.iter().find(|plan| plan.id == *id).map_or("", |plan| &plan.title)
}

fn task_sheet(
    file: &mut Workbook,
    formats: &Formats,
    view: &View,
    book: &Book<'_>,
    name: &str,
    tasks: &[&TaskLine],
) -> Result<(), SheetError> {
    let heads = [
        ("序号", 7.0),
        ("目标任务", 30.0),
        ("牵头单位", 14.0),
        ("配合单位", 16.0),
        ("完成时限", 13.0),
        ("进展情况", 36.0),
        ("存在问题", 24.0),
        ("下一步措施", 24.0),
        ("完成度", 9.0),
        ("进度判定", 11.0),
        ("亮灯", 7.0),
        ("判定依据", 26.0),
        ("办理状态", 10.0),
        ("序时", 9.0),
        ("差距(点)", 9.0),
        (earlier_word(view), 10.0),
        ("章节", 14.0),
        ("规划", 16.0),
    ];
    let rows: Vec<Vec<Value>> = tasks
        .iter()
        .map(|task| {
            let mut why = chinese_marks(&task.why);
            if let Some(reason) = &task.override_reason {
                why.push_str(&format!("\n人工判定：{reason}"));
            }
            vec![
                numbered(&task.number),
                Value::Text(task.title.clone()),
                Value::Text(book.names(task, Role::Lead)),
                Value::Text(book.names(task, Role::Support)),
                Value::Centred(task.due.map_or_else(String::new, plan::Due::chinese)),
                told(task, book, |progress| &progress.done),
                told(task, book, |progress| &progress.problems),
                told(task, book, |progress| &progress.next),
                Value::Percent(task.completion),
                Value::Centred(view.standing(task).to_owned()),
                Value::Lamp(task.lamp, view.words.lamp(task.lamp).to_owned()),
                Value::Text(why),
                Value::Centred(task.status.chinese().to_owned()),
                Value::Percent(task.schedule),
                Value::Number(task.gap),
                Value::Centred(task.before.map_or_else(String::new, |before| view.words.judgement(before).to_owned())),
                Value::Text(task.section.join(" ")),
                Value::Text(plan_of(view, &task.plan).to_owned()),
            ]
        })
        .collect();
    sheet(file, formats, name, (&heads, 11), &rows)
}

fn item_sheet(
    file: &mut Workbook,
    formats: &Formats,
    view: &View,
    book: &Book<'_>,
    tasks: &[&TaskLine],
    department: Option<&DepartmentId>,
) -> Result<(), SheetError> {
    let heads = [
        ("规划", 16.0),
        ("序号", 7.0),
        ("目标任务", 28.0),
        ("清单事项", 40.0),
        ("责任单位", 18.0),
        ("时限", 14.0),
        ("完成日期", 16.0),
        ("亮灯", 7.0),
    ];
    let mut rows = Vec::new();
    for task in tasks {
        for item in &task.items {
            if department.is_some_and(|id| !item.departments.is_empty() && !item.departments.contains(id)) {
                continue;
            }
            let names: Vec<&str> = item.departments.iter().map(|id| book.name(id)).collect();
            rows.push(vec![
                Value::Text(plan_of(view, &task.plan).to_owned()),
                Value::Centred(task.number.clone()),
                Value::Text(task.title.clone()),
                Value::Text(item.text.clone()),
                Value::Text(if names.is_empty() { book.names(task, Role::Lead) } else { names.join("、") }),
                Value::Centred(item.due.map_or_else(String::new, plan::Due::chinese)),
                Value::Centred(item.done_on.map_or_else(String::new, date)),
                Value::Lamp(item.lamp, view.words.lamp(item.lamp).to_owned()),
            ]);
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    sheet(file, formats, "任务清单", (&heads, heads.len()), &rows)
}

/// A line for each indicator and year, so that the years can be filtered and charted.
fn year_sheet(file: &mut Workbook, formats: &Formats, view: &View) -> Result<(), SheetError> {
    let heads = [
        ("规划", 16.0),
        ("指标", 28.0),
        ("单位", 10.0),
        ("约束性", 9.0),
        ("基期年", 9.0),
        ("基期值", 11.0),
        ("年度", 8.0),
        ("目标值", 11.0),
        ("完成值", 11.0),
        ("完成度", 9.0),
        ("序时", 9.0),
        ("亮灯", 7.0),
    ];
    let mut rows = Vec::new();
    for line in &view.indicators {
        for year in &line.years {
            rows.push(vec![
                Value::Text(plan_of(view, &line.plan).to_owned()),
                Value::Text(line.name.clone()),
                Value::Centred(line.unit.clone()),
                Value::Centred(if line.binding { "约束性" } else { "预期性" }.to_owned()),
                Value::Number(line.baseline.map(|(year, _)| f64::from(year))),
                Value::Number(line.baseline.map(|(_, value)| value)),
                Value::Number(Some(f64::from(year.year))),
                Value::Number(year.value),
                Value::Number(year.actual),
                Value::Percent(year.completion.filter(|_| year.actual.is_some())),
                Value::Percent(year.schedule.filter(|_| year.actual.is_some())),
                Value::Lamp(year.lamp, view.words.lamp(year.lamp).to_owned()),
            ]);
        }
    }
    sheet(file, formats, "指标年鉴", (&heads, heads.len()), &rows)
}

fn target_sheet(file: &mut Workbook, formats: &Formats, view: &View, of: Option<&[&TaskLine]>) -> Result<(), SheetError> {
    let heads = [
        ("规划", 16.0),
        ("指标", 26.0),
        ("类型", 9.0),
        ("约束性", 9.0),
        ("目标", 14.0),
        ("单位", 10.0),
        ("目标值", 11.0),
        ("时限", 12.0),
        ("完成值", 11.0),
        (if earlier_word(view) == "上季度" { "上季度完成值" } else { "对比季度完成值" }, 13.0),
        ("完成度", 9.0),
        ("序时", 9.0),
        ("差距(点)", 9.0),
        ("进度判定", 11.0),
        ("亮灯", 7.0),
        ("判定依据", 26.0),
        ("备注", 20.0),
    ];
    let own: Option<std::collections::BTreeSet<&plan::TaskId>> = of.map(|tasks| tasks.iter().map(|task| &task.id).collect());
    let rows: Vec<Vec<Value>> = view
        .targets
        .iter()
        .filter(|line| own.as_ref().is_none_or(|own| line.task.as_ref().is_some_and(|task| own.contains(task))))
        .map(|line| {
            vec![
                Value::Text(plan_of(view, &line.plan).to_owned()),
                Value::Text(line.name.clone()),
                Value::Centred(line.kind.chinese().to_owned()),
                Value::Centred(if line.binding { "约束性" } else { "预期性" }.to_owned()),
                Value::Centred(target(line)),
                Value::Centred(line.unit.clone()),
                Value::Number(Some(line.value)),
                Value::Centred(line.due.map_or_else(String::new, plan::Due::chinese)),
                Value::Number(line.actual),
                Value::Number(line.actual_before),
                Value::Percent(line.completion),
                Value::Percent(line.schedule),
                Value::Number(line.gap),
                Value::Centred(view.words.judgement(line.judgement).to_owned()),
                Value::Lamp(line.lamp, view.words.lamp(line.lamp).to_owned()),
                Value::Text(chinese_marks(&line.why)),
                Value::Text(line.note.clone()),
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    sheet(file, formats, "指标", (&heads, heads.len()), &rows)
}

/// What a column of the earlier quarter is called; the sheet 总体情况 names it.
fn earlier_word(view: &View) -> &'static str {
    if view.compared_with.is_none_or(|earlier| earlier == view.quarter.previous()) { "上季度" } else { "对比季度" }
}

/// What changed since the earlier quarter, each with its old value and its new one.
fn change_sheet(file: &mut Workbook, formats: &Formats, book: &Book<'_>, of: Option<&DepartmentId>) -> Result<(), SheetError> {
    let heads = [
        ("类别", 14.0),
        ("规划", 24.0),
        ("序号", 8.0),
        ("目标任务", 34.0),
        ("牵头单位", 18.0),
        ("事项", 34.0),
        ("对比季度", 16.0),
        ("本季度", 16.0),
        ("变化", 10.0),
    ];
    if book.view.compared_with.is_none() {
        return Ok(());
    }
    let mut rows = Vec::new();
    for group in Group::ALL {
        rows.extend(crate::changes::told(book, group, of).into_iter().map(|told| {
            vec![
                Value::Centred(group.chinese().to_owned()),
                Value::Text(told.line.plan.clone()),
                numbered(&told.line.number),
                Value::Text(told.line.title.clone()),
                Value::Text(crate::changes::lead_names(told.line)),
                Value::Text(told.what),
                Value::Centred(told.from),
                Value::Centred(told.to),
                Value::Centred(if group == Group::Progress { crate::changes::direction(told.line) } else { "" }.to_owned()),
            ]
        }));
    }
    if rows.is_empty() {
        return Ok(());
    }
    sheet(file, formats, "对比", (&heads, heads.len()), &rows)
}

fn ranking_sheet(file: &mut Workbook, formats: &Formats, figures: &Figures, book: &Book<'_>) -> Result<(), SheetError> {
    let heads = [("类别", 10.0), ("名次", 8.0), ("单位", 26.0), ("计分任务", 10.0), ("得分", 10.0), ("计算过程", 34.0)];
    let rows: Vec<Vec<Value>> = figures
        .scores
        .iter()
        .map(|score| {
            vec![
                Value::Centred(score.kind.chinese().to_owned()),
                count(score.rank),
                Value::Text(book.name(&score.department).to_owned()),
                count(score.tasks.len()),
                Value::Number(Some(score.points)),
                Value::Text(score.arithmetic.clone()),
            ]
        })
        .collect();
    sheet(file, formats, "单位排名", (&heads, heads.len()), &rows)
}
