//! A block of cells from a spreadsheet, each row a task: all of it or nothing, and what is not understood is named by row and
//! column.

use super::measures::add_target;
use super::outline::{add_section, add_task, find_plan};
use crate::model::refusals::wrong_input;
use crate::wire::{self, Refusal};
use intake::ledger::Field;
use plan::{Due, Op};
use store::table;

/// The most rows that are pasted at once.
const MOST: usize = 10_000;

pub(super) fn paste_rows(store: &mut store::Edit<'_>, pasted: &wire::PastedRows) -> Result<(), Refusal> {
    let (columns, rows) = columns(pasted)?;
    let columns = columns.as_slice();
    if rows.len() > MOST {
        return Err(wrong_input(format!("一次粘贴了{}行，最多{MOST}行。", rows.len()), "请分几次粘贴，或用导入。"));
    }
    let first = pasted.rows.len() - rows.len() + 1;
    let mut after = pasted.after.clone();
    let mut group: Option<(String, String)> = None;
    let mut added = 0;
    for (cells, line) in rows.iter().zip(first..) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if let Some(at) = (columns.len()..cells.len()).find(|&at| !cells[at].trim().is_empty()) {
            return Err(wrong_input(
                format!("第{line}行有{}列，比其他行多：“{}”。", at + 1, short(&cells[at])),
                "请核对粘贴的范围后再试。",
            ));
        }
        let row = Cells { columns, cells, line };
        let mut new = row.task()?;
        new.plan.clone_from(&pasted.plan);
        new.section.clone_from(&pasted.section);
        if let Some(title) = row.text(Field::Group) {
            let known = group.as_ref().filter(|(known, _)| *known == title).map(|(_, id)| id.clone());
            let id = match known {
                Some(id) => id,
                None => heading(store, pasted, &title)?,
            };
            // rows of another heading stand where that one ends
            if group.as_ref().is_none_or(|(known, _)| *known != title) {
                after = None;
            }
            new.section = Some(id.clone());
            group = Some((title, id));
        }
        new.after = after.take();
        let named = |refusal: Refusal| refusal.of_part(Some(format!("第{line}行：").into()));
        let task = add_task(store, &new).map_err(named)?;
        for target in row.targets(task.as_str())? {
            add_target(store, &target).map_err(named)?;
        }
        after = Some(task.to_string());
        added += 1;
    }
    if added == 0 {
        return Err(wrong_input("粘贴的内容里没有任务。", "请在WPS或Excel中选中有内容的行，复制后再粘贴。"));
    }
    Ok(())
}

/// What each column holds; none for one that is left out.
type Fields = Vec<Option<Field>>;

/// What the columns hold, and the rows of tasks.
fn columns(pasted: &wire::PastedRows) -> Result<(Fields, &[Vec<String>]), Refusal> {
    let columns = match &pasted.columns {
        Some(columns) => {
            let field = |name: &Option<String>| name.as_deref().map(field).transpose();
            return Ok((holding_tasks(columns.iter().map(field).collect::<Result<_, _>>()?)?, &pasted.rows));
        }
        None => pasted.rows.first(),
    };
    let Some(first) = columns else { return Ok((Vec::new(), &pasted.rows)) };
    if let Some(heads) = heads(first) {
        return Ok((holding_tasks(heads)?, &pasted.rows[1..]));
    }
    if pasted.rows.iter().all(|cells| cells.iter().skip(1).all(|cell| cell.trim().is_empty())) {
        return Ok((vec![Some(Field::Task)], &pasted.rows));
    }
    Err(wrong_input("没有看出粘贴的各列是什么。", "请连同表头（序号、目标任务、牵头单位、完成时限……）一起复制，或指明每一列。"))
}

/// What stands alone over a column of tasks; a task's own title may have these words in it.
const ALONE: [&str; 8] = ["任务", "目标任务", "重点任务", "任务名称", "工作任务", "重点工作", "事项", "工作内容"];

/// The heads that a row has, where it is one of heads: it names the tasks' column, and all of its cells are heads.
fn heads(cells: &[String]) -> Option<Fields> {
    let fields: Fields = cells.iter().map(|cell| Field::of_head(cell)).collect();
    let all = cells.iter().zip(&fields).all(|(cell, field)| cell.trim().is_empty() || field.is_some());
    let names_tasks = fields.iter().any(|field| matches!(field, Some(Field::Task | Field::Detail | Field::Indicator)));
    let said: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let is_title = matches!(said[..], [only] if !ALONE.contains(&only));
    (all && names_tasks && !is_title).then_some(fields)
}

fn field(name: &str) -> Result<Field, Refusal> {
    Field::of_head(name).ok_or_else(|| {
        wrong_input(
            format!("“{name}”不是台账的一种列。"),
            "可写：序号、目标任务、工作内容、牵头单位、配合单位、责任单位、完成时限、指标名称、计量单位、目标值、类别、备注。",
        )
    })
}

/// What a quarter's columns say belongs to a quarter, which a block of rows does not name.
fn holding_tasks(mut fields: Fields) -> Result<Fields, Refusal> {
    let of_quarters =
        [Field::Progress, Field::Problem, Field::NextStep, Field::Evidence, Field::Lamp, Field::Leader, Field::Baseline(None)];
    let other = |field: &Field| of_quarters.iter().find(|other| std::mem::discriminant(*other) == std::mem::discriminant(field));
    if let Some(field) = fields.iter().flatten().find_map(other) {
        return Err(wrong_input(
            format!("“{}”这一列不能粘贴成任务。", field.chinese()),
            "请把这一列设为不取，或用“导入”读入整个台账。",
        ));
    }
    if !fields.contains(&Some(Field::Task)) {
        // a list of measures without a column of tasks: what is to be done is the task
        let instead = [Field::Detail, Field::Indicator].into_iter().find(|field| fields.contains(&Some(*field)));
        let Some(instead) = instead else {
            return Err(wrong_input("粘贴的内容里没有“目标任务”这一列。", "请指明哪一列是任务名称。"));
        };
        if instead == Field::Detail {
            fields.iter_mut().filter(|field| **field == Some(instead)).for_each(|field| *field = Some(Field::Task));
        }
    }
    Ok(fields)
}

/// A heading of a title under the one that is pasted to, made where there is none.
fn heading(store: &mut store::Edit<'_>, pasted: &wire::PastedRows, title: &str) -> Result<String, Refusal> {
    let plan = find_plan(store, &pasted.plan)?.id;
    let under = |section: &plan::Section| section.parent.as_ref().map(plan::SectionId::as_str) == pasted.section.as_deref();
    let find = |store: &store::Edit<'_>| -> Result<Option<String>, Refusal> {
        let all = table::section::of_plan(store, &plan)?;
        Ok(all.iter().find(|section| section.title == title && under(section)).map(|section| section.id.to_string()))
    };
    if let Some(id) = find(store)? {
        return Ok(id);
    }
    let (plan, parent) = (pasted.plan.clone(), pasted.section.clone());
    add_section(store, &wire::NewSection { plan, parent, title: title.to_owned(), ..wire::NewSection::default() })?;
    find(store)?.ok_or_else(|| wrong_input(format!("标题“{title}”没有加上。"), "请先加上标题，再粘贴。"))
}

/// One row.
struct Cells<'a> {
    columns: &'a [Option<Field>],
    cells: &'a [String],
    line: usize,
}

impl Cells<'_> {
    /// The cell of a column, if it says anything.
    fn text(&self, wanted: Field) -> Option<String> {
        self.all(|field| field == wanted).next().map(|(_, text)| text)
    }

    fn all(&self, is: impl Fn(Field) -> bool) -> impl Iterator<Item = (Field, String)> {
        let cells = self.columns.iter().zip(self.cells);
        cells
            .filter_map(move |(field, cell)| Some(((*field)?, cell.trim())))
            .filter(move |(field, cell)| is(*field) && !cell.is_empty())
            .map(|(field, cell)| (field, cell.to_owned()))
    }

    fn not_understood(&self, field: Field, cell: &str, hint: &str) -> Refusal {
        wrong_input(format!("第{}行的{}“{}”没有看懂。", self.line, field.chinese(), short(cell)), hint)
    }

    fn task(&self) -> Result<wire::NewTask, Refusal> {
        let title = self
            .text(Field::Task)
            .or_else(|| self.text(Field::Indicator))
            .ok_or_else(|| wrong_input(format!("第{}行没有任务名称。", self.line), "请补上任务名称，或不要选中这一行。"))?;
        let due = match self.text(Field::Due) {
            Some(cell) => Some(self.due(&cell)?.to_string()),
            None => None,
        };
        let mut lead = self.names(Field::Lead);
        let mut support = self.names(Field::Support);
        let mut named = self.names(Field::Departments).into_iter();
        if lead.is_empty() {
            lead.extend(named.next());
        }
        support.extend(named);
        support.retain(|name| !lead.contains(name));
        Ok(wire::NewTask {
            number: self.text(Field::Number).unwrap_or_default(),
            title: plan::limits::one_line(&title),
            text: self.text(Field::Detail),
            remark: self.text(Field::Note),
            due,
            lead,
            support,
            ..wire::NewTask::default()
        })
    }

    fn due(&self, cell: &str) -> Result<Due, Refusal> {
        let hint = "日期请写明年份，如2025年6月底、2025-06-30。";
        cell.parse().ok().or_else(|| intake::ledger::date_in(cell)).ok_or_else(|| self.not_understood(Field::Due, cell, hint))
    }

    /// The departments that a cell names, each once.
    fn names(&self, field: Field) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (_, cell) in self.all(|of| of == field) {
            for name in cell.split(['、', '，', ',', '；', ';', '\n', '/']) {
                let name = plan::limits::one_line(name);
                if !name.is_empty() && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// A target for each cell of a column of targets.
    fn targets(&self, task: &str) -> Result<Vec<wire::NewTarget>, Refusal> {
        let mut targets = Vec::new();
        for (field, cell) in self.all(|field| matches!(field, Field::Target(_))) {
            let hint = "目标值请写成数，如60、≥60家、95%；文字要求请放在工作内容里。";
            let (op, value, unit) = intake::ledger::figure_in(&cell).ok_or_else(|| self.not_understood(field, &cell, hint))?;
            let indicator = self.text(Field::Indicator).or_else(|| self.text(Field::Task)).unwrap_or_default();
            let year = if let Field::Target(year) = field { year } else { None };
            let due = match (year, self.text(Field::Due)) {
                (Some(year), _) => Some(Due::Year(year).to_string()),
                (None, Some(cell)) => Some(self.due(&cell)?.to_string()),
                (None, None) => None,
            };
            targets.push(wire::NewTarget {
                task: Some(task.to_owned()),
                indicator: plan::limits::one_line(&indicator),
                op: op.unwrap_or(Op::AtLeast).to_string(),
                value,
                unit: if unit.is_empty() { self.text(Field::Unit).unwrap_or_default() } else { unit },
                due,
                cadence: "level".to_owned(),
                ..wire::NewTarget::default()
            });
        }
        Ok(targets)
    }
}

/// So much of a cell is said.
fn short(cell: &str) -> String {
    let cell = plan::limits::one_line(cell);
    let said: String = cell.chars().take(30).collect();
    if said.len() < cell.len() { format!("{said}…") } else { said }
}
