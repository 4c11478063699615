//! The history in the words of the office: what the rows are called, what the fields are called.

use crate::environment::local;
use crate::ledger::Ledger;
use crate::wire::{FieldChange, HistoryEntry};
use plan::{DepartmentId, Due, Quarter, Role, TaskId};
use store::{Change, EditKind, EditRecord, EditState};

/// Everything that hangs on a row, so that a task's history holds its items, figures and progress too.
pub(crate) fn rows_of(ledger: &Ledger, row: &str) -> Vec<String> {
    let mut rows = vec![row.to_owned()];
    if let Some(task) = ledger.task(&TaskId::new(row)) {
        rows.extend(task.items.iter().map(|item| item.id.to_string()));
        rows.extend(task.milestones.iter().map(|milestone| milestone.id.to_string()));
        rows.extend(task.progress.iter().map(|progress| progress.id.to_string()));
        rows.extend(task.evidence.iter().map(|evidence| evidence.id.to_string()));
        for measured in ledger.measured_of(task) {
            rows.push(measured.indicator.id.to_string());
            rows.extend(measured.targets.iter().map(|target| target.id.to_string()));
            rows.extend(measured.actuals.iter().map(|actual| actual.id.to_string()));
        }
    }
    // the store takes at most so many
    rows.truncate(500);
    rows
}

/// The entries of the wire.
pub(crate) fn entries(ledger: &Ledger, records: &[EditRecord]) -> Vec<HistoryEntry> {
    let names = Names::new(ledger);
    let entry = |record: &EditRecord| HistoryEntry {
        id: record.id.to_string(),
        at: local(record.at).format("%Y-%m-%dT%H:%M:%S").to_string(),
        who: record.who.clone(),
        label: match record.kind {
            EditKind::Edit => record.label.clone(),
            EditKind::Undo => format!("撤销“{}”", record.label),
            EditKind::Redo => format!("重做“{}”", record.label),
            EditKind::Restore => "恢复备份".to_owned(),
        },
        undone: record.state != EditState::Done,
        changes: record.changes.iter().filter(|change| is_shown(change)).map(|change| names.line(change)).collect(),
    };
    records.iter().map(entry).collect()
}

/// Ids, places and links say nothing to a clerk.
fn is_shown(change: &Change) -> bool {
    change.table != "exchanged"
        && !(change.table == "retired" && change.column == "kind")
        && !matches!(
            change.column.as_str(),
            "id" | "position"
                | "span_start"
                | "span_end"
                | "source_text"
                | "written_by"
                | "written_at"
                | "sha256"
                | "proposed"
                | "weight"
                | "by_default"
                | "plan"
                | "parent"
                | "section"
                | "task"
                | "item"
                | "indicator"
                | "milestone"
                | "short_name"
                | "snapshot"
                | "hash"
                | "previous_hash"
                | "sent_hash"
                | "returned_hash"
                | "returned_serial"
        )
}

pub(crate) struct Names<'a> {
    ledger: &'a Ledger,
    figures: std::collections::HashMap<&'a str, String>,
    rows: std::collections::HashMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(ledger: &'a Ledger) -> Self {
        let mut figures = std::collections::HashMap::new();
        let mut rows: std::collections::HashMap<&str, &str> = std::collections::HashMap::new();
        for measured in &ledger.measured {
            rows.insert(measured.indicator.id.as_str(), &measured.indicator.name);
            for target in &measured.targets {
                rows.insert(target.id.as_str(), &measured.indicator.name);
            }
            for actual in &measured.actuals {
                figures.insert(actual.id.as_str(), format!("{} {}", measured.indicator.name, actual.quarter.chinese()));
            }
        }
        for row in &ledger.tasks {
            rows.insert(row.task.id.as_str(), &row.task.title);
            for item in &row.items {
                rows.insert(item.id.as_str(), &item.text);
            }
            for milestone in &row.milestones {
                rows.insert(milestone.id.as_str(), &milestone.what);
            }
            for progress in &row.progress {
                let unit = ledger.department_name(&progress.department);
                figures.insert(progress.id.as_str(), format!("{} {unit} {}", row.task.title, progress.quarter.chinese()));
            }
            for evidence in &row.evidence {
                rows.insert(evidence.id.as_str(), &evidence.file_name);
            }
        }
        for milestone in &ledger.goals {
            rows.insert(milestone.id.as_str(), &milestone.what);
        }
        for plan in &ledger.plans {
            rows.insert(plan.id.as_str(), &plan.title);
        }
        for section in &ledger.sections {
            rows.insert(section.id.as_str(), &section.title);
        }
        for department in &ledger.departments {
            rows.insert(department.id.as_str(), &department.name);
        }
        Self { ledger, figures, rows }
    }

    pub(crate) fn row(&self, id: &str) -> String {
        if let Some(name) = self.figures.get(id) {
            return name.clone();
        }
        let parts = id.split('/').map(|part| self.rows.get(part).map_or(part, |name| *name));
        // an id that is in no row any more says nothing to a reader
        let known: Vec<&str> = parts.filter(|part| part.len() != 36 || !part.contains('-')).collect();
        known.join(" ")
    }

    fn line(&self, change: &Change) -> FieldChange {
        let label = format!("{}·{}", table_word(&change.table), field_word(&change.table, &change.column));
        let value = |value: &Option<String>| value.as_ref().map(|text| self.value(&change.column, text));
        FieldChange {
            what: change.table.clone(),
            row: self.row(&change.row),
            id: change.row.clone(),
            field: change.column.clone(),
            label,
            old: value(&change.old),
            new: value(&change.new),
        }
    }

    pub(crate) fn value(&self, column: &str, text: &str) -> String {
        match column {
            "department" => self.ledger.department(&DepartmentId::new(text)).map_or_else(|| text.to_owned(), |d| d.name.clone()),
            "role" => text.parse::<Role>().map_or_else(|_| text.to_owned(), |role| role.chinese().to_owned()),
            "quarter" => text.parse::<Quarter>().map_or_else(|_| text.to_owned(), Quarter::chinese),
            "due" => text.parse::<Due>().map_or_else(|_| text.to_owned(), Due::chinese),
            "value" | "baseline_value" => text.parse().map_or_else(|_| text.to_owned(), |value| plan::number(value, 6)),
            "binding" => if text == "1" { "约束性" } else { "预期性" }.to_owned(),
            _ => text.to_owned(),
        }
    }
}

pub(crate) fn table_word(table: &str) -> &str {
    match table {
        "plan" => "规划",
        "section" => "目录",
        "department" | "department_alias" => "单位",
        "task" => "任务",
        "assignment" => "责任分工",
        "checklist_item" | "checklist_item_department" => "清单事项",
        "milestone" | "milestone_department" => "节点",
        "indicator" => "指标",
        "target" => "目标",
        "actual" => "指标数据",
        "progress" => "进展",
        "evidence" => "佐证材料",
        "quarter_close" => "封账",
        "slip" => "督办单",
        "passage" => "报告文字",
        "setting" => "设置",
        "exchange" => "收发",
        "request" => "调整申请",
        "retired" => "修订",
        other => other,
    }
}

pub(crate) fn field_word<'a>(table: &str, column: &'a str) -> &'a str {
    match (table, column) {
        ("progress", "done") => "进展情况",
        ("checklist_item", "text") => "事项",
        ("passage" | "slip", "text") => "文字",
        ("task", "text") => "原文",
        (_, "title") => "名称",
        (_, "name") => "名称",
        (_, "number") => "序号",
        (_, "doc_number") => "文号",
        (_, "issuer") => "发文机关",
        (_, "issued_on") => "成文日期",
        (_, "period_from") => "起始年",
        (_, "period_to") => "结束年",
        (_, "stage") => "阶段",
        (_, "kind") => "类别",
        (_, "alias") => "别名",
        (_, "start") => "开始日期",
        (_, "due") => "完成时限",
        (_, "closed_on") => "销号日期",
        (_, "override_judgement") => "认定进度",
        (_, "override_reason") => "认定理由",
        (_, "department") => "单位",
        (_, "role") => "责任",
        (_, "done_on") => "完成日期",
        (_, "what") => "内容",
        (_, "unit") => "单位",
        (_, "binding") => "性质",
        (_, "baseline_year") => "基期年",
        (_, "baseline_value") => "基期值",
        (_, "op") => "比较关系",
        (_, "value") => "数值",
        (_, "cadence") => "计数周期",
        (_, "quarter") => "季度",
        (_, "note") => "备注",
        ("request", "original") => "原定",
        ("request", "asked") => "申请调整为",
        ("request", "reason") => "理由",
        ("request", "approved") => "同意",
        ("request", "answer") => "答复",
        (_, "status") => "办理状态",
        (_, "state") => "收发状态",
        (_, "sent_at") => "下发时间",
        (_, "returned_at") => "报送时间",
        (_, "merged_at") => "合并时间",
        (_, "reminded_at") => "催报时间",
        (_, "problems") => "存在问题",
        (_, "next") => "下一步措施",
        (_, "file_name") => "文件名",
        (_, "media_type") => "文件类型",
        (_, "size") => "大小",
        (_, "key") => "项目",
        (_, "retired_on") => "不再列入",
        _ => column,
    }
}
