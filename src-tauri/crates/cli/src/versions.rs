//! What a new version of a plan changes, and what was unclear in a document, as lines.

use desk::Added;
use desk::wire::{self, FieldDifference};

/// What a new version changes in the ledger: a line for each row that is new, differs or is dropped.
pub(crate) fn comparison_text(comparison: &wire::Comparison, is_preview: bool, english: bool) -> String {
    let say = |chinese: &'static str, plain: &'static str| if english { plain } else { chinese };
    let off = comparison.dropped.iter().filter(|row| !row.still_valid).count();
    let wire::Comparison { title, added, changed, unchanged, dropped, .. } = comparison;
    let dropped_count = dropped.len();
    let mut text = if english {
        format!("“{title}”: {added} added, {changed} changed, {dropped_count} dropped ({off} taken off), {unchanged} unchanged\n")
    } else {
        format!("与《{title}》对照：新增{added}、改动{changed}、删去{dropped_count}（其中取消{off}）、不变{unchanged}\n")
    };
    for field in &comparison.fields {
        text.push_str(&format!("  {} {}\n", say("规划", "plan"), difference(field, english)));
    }
    for cell in &comparison.cells {
        let place = if cell.sheet.is_empty() { String::new() } else { format!("{} ", cell.sheet) };
        let row = if english { format!("row {}", cell.row) } else { format!("第{}行", cell.row) };
        let empty = say("（无）", "(none)");
        let value = |text: &str| if text.is_empty() { empty.to_owned() } else { text.to_owned() };
        text.push_str(&format!("  {place}{row} {} {}：{} → {}\n", cell.task, cell.head, value(&cell.old), value(&cell.new)));
    }
    for row in comparison.rows.iter().filter(|row| row.state == "added") {
        text.push_str(&format!("  + {}\n", row.text));
    }
    for row in comparison.rows.iter().filter(|row| row.state == "changed") {
        let fields: Vec<String> = row.fields.iter().map(|field| difference(field, english)).collect();
        text.push_str(&format!("  ~ {}：{}\n", row.text, fields.join("；")));
    }
    for row in dropped {
        let word = if row.still_valid { say("仍有效", "in force") } else { say("取消", "taken off") };
        let work = match row.work.as_deref() {
            Some("done") => say("，已完成", ", done"),
            Some("closed") => say("，已销号", ", closed"),
            Some("figures") => say("，已有数据", ", has figures"),
            Some(_) => say("，已有进展", ", has progress"),
            None => "",
        };
        text.push_str(&format!("  - {}（{word}{work}）\n", row.text));
    }
    if is_preview {
        text.push_str(say("只作预览，没有写入。\n", "A preview: nothing was written.\n"));
    }
    text
}

fn difference(field: &FieldDifference, english: bool) -> String {
    let word = match (field.field.as_str(), english) {
        (name, true) => name,
        ("title", _) => "名称",
        ("kind", _) => "类别",
        ("section", _) => "所在章节",
        ("departments", _) => "责任单位",
        ("sentence", _) => "原文",
        ("text", _) => "事项",
        ("what", _) => "节点",
        ("due", _) => "时限",
        ("indicator", _) => "指标",
        ("value", _) => "数值",
        ("cadence", _) => "口径",
        ("baseline", _) => "基期",
        ("binding", _) => "性质",
        ("task", _) => "所属任务",
        ("status", _) => "办理状态",
        ("doc_number", _) => "文号",
        ("issuer", _) => "发文单位",
        ("issued_on", _) => "成文日期",
        ("from", _) => "起始年",
        ("to", _) => "终止年",
        ("stage", _) => "状态",
        (other, _) => other,
    };
    let empty = if english { "(none)" } else { "（无）" };
    let value = |said: &str| match (field.field.as_str(), said) {
        (_, "") => empty.to_owned(),
        ("stage", "draft") if !english => "征求意见稿".to_owned(),
        ("stage", "issued") if !english => "正式印发".to_owned(),
        ("kind", "task") if !english => "任务".to_owned(),
        ("kind", "safeguard") if !english => "保障".to_owned(),
        ("cadence", "level") if !english => "到期达到".to_owned(),
        ("cadence", "annual") if !english => "每年".to_owned(),
        ("cadence", "growth") if !english => "增幅".to_owned(),
        _ => said.to_owned(),
    };
    format!("{word} {} → {}", value(&field.old), value(&field.new))
}

/// What was unclear in the document, and names that seem to be one department.
pub(crate) fn unclear_text(added: &Added, english: bool) -> String {
    let mut text = String::new();
    if !added.findings.is_empty() {
        text.push_str(&if english {
            format!("To be checked ({}):\n", added.findings.len())
        } else {
            format!("需要核对（{}处）：\n", added.findings.len())
        });
        for finding in &added.findings {
            text.push_str(&format!("  {}\n", finding.message));
        }
    }
    for names in &added.merged {
        let Some((keep, others)) = names.split_first() else { continue };
        let others = others.join("、");
        text.push_str(&if english {
            format!("Taken for one department: {others} → {keep}\n")
        } else {
            format!("已统一为一个单位：{others} → {keep}\n")
        });
    }
    if !added.variants.is_empty() {
        for names in &added.variants {
            let names = names.join("、");
            text.push_str(&if english {
                format!("These seem to be one department: {names}\n")
            } else {
                format!("像是同一个单位：{names}\n")
            });
        }
        text.push_str(if english {
            "With --merge-departments they become one; later, one edit a line does: \
             {\"edit\": \"merge_departments\", \"from\": NAME, \"into\": NAME}\n"
        } else {
            "导入时加--merge-departments可统一；已导入的用planbook apply合并：\
             {\"edit\": \"merge_departments\", \"from\": \"原名\", \"into\": \"统一后的名称\"}\n"
        });
    }
    text
}
