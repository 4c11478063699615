//! What tables, fields and codes are called.

use crate::model::environment::local;
use chrono::NaiveDateTime;
use messages::Noun;
use plan::{Cadence, DepartmentKind, Due, IndicatorKind, Op, PersonRole, PlanStage, Quarter, Register, Role, TaskKind};

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
        "packet_seen" => "收发文件",
        "department_key" => "单位密钥",
        "retired" => "停止列入",
        "person" => "人员",
        "holding" => "人员分工",
        other => other,
    }
}

/// The kind of thing that a row of a table is, as sentences name it.
pub(crate) fn noun(table: &str) -> Noun {
    match table {
        "plan" => Noun::Plan,
        "section" => Noun::Section,
        "department" | "department_alias" => Noun::Department,
        "person" => Noun::Person,
        "holding" => Noun::Holding,
        "task" => Noun::Task,
        "assignment" => Noun::Assignment,
        "checklist_item" | "checklist_item_department" => Noun::ChecklistItem,
        "milestone" | "milestone_department" => Noun::Milestone,
        "indicator" => Noun::Indicator,
        "target" => Noun::Target,
        "actual" => Noun::Actual,
        "progress" => Noun::Progress,
        "evidence" => Noun::Evidence,
        "quarter_close" => Noun::QuarterClose,
        "slip" => Noun::Slip,
        "passage" => Noun::Passage,
        "setting" => Noun::Setting,
        "exchange" => Noun::Exchange,
        "request" => Noun::ChangeRequest,
        "packet_seen" => Noun::Packet,
        "department_key" => Noun::Key,
        "retired" => Noun::Revision,
        _ => Noun::Row,
    }
}

pub(crate) fn field_word<'a>(table: &str, column: &'a str) -> &'a str {
    match (table, column) {
        ("progress", "done") => "进展情况",
        ("checklist_item", "text") => "事项",
        ("passage" | "slip", "text") => "文字",
        ("task", "text") => "任务内容",
        ("task", "origin") => "来源",
        ("task", "received_on") => "交办日期",
        ("task", "matter") => "事由",
        (_, "remark") => "备注",
        (_, "register") => "来源类别",
        (_, "telephone") => "电话",
        (_, "held_from") => "任职起",
        (_, "held_to") => "任职止",
        (_, "person") => "人员",
        (_, "weight") => "权重",
        ("person", "name") => "姓名",
        ("person", "office") => "职务",
        (_, "title") => "名称",
        (_, "name") => "名称",
        ("slip", "number") => "编号",
        ("quarter_close", "number") => "封账序号",
        (_, "number") => "序号",
        (_, "doc_number") => "文号",
        (_, "issuer") => "发文机关",
        ("slip", "issued_on") => "发出日期",
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
        ("slip", "level") => "级别",
        ("slip", "year") => "年度",
        ("slip", "reason") => "原因",
        ("slip", "matter") => "督办事项",
        ("slip", "asks") => "办理要求",
        (_, "deadline") => "办理期限",
        (_, "contact") => "联系人",
        (_, "signer") => "签发人",
        (_, "withdrawn_on") => "撤回日期",
        (_, "received_on") => "签收日期",
        (_, "received_by") => "签收人",
        (_, "receipt_done") => "反馈的办理情况",
        (_, "receipt_cause") => "反馈的原因",
        (_, "receipt_measures") => "反馈的措施",
        (_, "receipt_expected_on") => "预计完成日期",
        (_, "closed_at") => "封账时间",
        (_, "closed_by") => "封账人",
        (_, "reopened_at") => "重新打开时间",
        (_, "reopened_by") => "重新打开人",
        (_, "reopened_reason") => "重新打开的理由",
        (_, "direction") => "收或发",
        (_, "made_at") => "生成时间",
        (_, "seen_at") => "收到时间",
        (_, "outcome") => "结果",
        (_, "revoked_at") => "停用时间",
        (_, "asked_by") => "申请人",
        (_, "asked_at") => "申请时间",
        (_, "decided_by") => "答复人",
        (_, "decided_at") => "答复时间",
        (_, "retired_on") => "停止列入日期",
        _ => column,
    }
}

/// A code, a moment or a setting in words; none where the text speaks for itself.
pub(super) fn value(table: &str, column: &str, text: &str) -> Option<String> {
    let chinese = |word: Option<&'static str>| word.map(ToOwned::to_owned);
    match (table, column) {
        ("holding", "role") => chinese(text.parse().ok().map(PersonRole::chinese)),
        ("plan", "register") => chinese(text.parse().ok().map(Register::chinese)),
        ("plan", "stage") => chinese(text.parse().ok().map(PlanStage::chinese)),
        ("department", "kind") => chinese(text.parse().ok().map(DepartmentKind::chinese)),
        ("task", "kind") => chinese(text.parse().ok().map(TaskKind::chinese)),
        ("indicator", "kind") => chinese(text.parse().ok().map(IndicatorKind::chinese)),
        ("target", "cadence") => chinese(text.parse().ok().map(Cadence::chinese)),
        ("target", "op") => chinese(text.parse().ok().map(Op::chinese)),
        ("exchange", "state") => chinese(match text {
            "sent" => Some("已下发"),
            "received" => Some("已接收"),
            "returned" => Some("已报送"),
            "merged" => Some("已合并"),
            "refused" => Some("退回"),
            "empty" => Some("空表"),
            _ => None,
        }),
        ("packet_seen", "direction") => chinese(match text {
            "in" => Some("收"),
            "out" => Some("发"),
            _ => None,
        }),
        ("packet_seen", "outcome") => chinese(match text {
            "made" => Some("已生成"),
            "merged" | "taken" => Some("已合并"),
            "refused" => Some("退回"),
            _ => None,
        }),
        ("passage", "kind") => chinese(passage(text)),
        ("request", "approved") => chinese(Some(if text == "1" { "是" } else { "否" })),
        ("request", "original" | "asked") => Some(plain_value("due", text)),
        ("setting", "value") => Some(setting(text)),
        (_, column) if column.ends_with("_at") => moment(text),
        _ => None,
    }
}

/// A value of a field that is called the same in every table.
pub(super) fn plain_value(column: &str, text: &str) -> String {
    let word = match column {
        "role" => text.parse().ok().map(|role: Role| role.chinese().to_owned()),
        "quarter" => text.parse().ok().map(Quarter::chinese),
        "due" => text.parse().ok().map(Due::chinese),
        "value" | "baseline_value" => text.parse().ok().map(|value| plan::number(value, 6)),
        "binding" => Some(if text == "1" { "约束性" } else { "预期性" }.to_owned()),
        _ => None,
    };
    word.unwrap_or_else(|| text.to_owned())
}

/// A moment as the tables hold it, in the time of China's offices.
fn moment(text: &str) -> Option<String> {
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.fZ").ok()?;
    Some(local(at).format("%Y-%m-%d %H:%M").to_string())
}

/// A setting's JSON in words.
fn setting(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(text)) => {
            let rules = crate::model::seeds::rule_sets().into_iter().find(|set| set.code == text).map(|set| set.label);
            let style = report::HouseStyle::ALL.iter().find(|style| style.code == text).map(|style| style.label.to_owned());
            rules.or(style).unwrap_or_else(|| plain_value("quarter", &text))
        }
        Ok(serde_json::Value::Bool(on)) => if on { "开" } else { "关" }.to_owned(),
        Ok(serde_json::Value::Object(_) | serde_json::Value::Array(_)) => "已修改".to_owned(),
        _ => json.to_owned(),
    }
}

/// A passage of a report.
fn passage(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "opening" => "开头",
        "demands" => "工作要求",
        "distribution" => "印发机关和日期",
        "addressee" => "主送机关",
        "signatory" => "落款",
        "number" => "发文字号",
        "title" => "标题",
        "copies" => "抄送",
        _ => return None,
    })
}

/// The name of a passage's row, from its key: the quarter and the kind.
pub(super) fn passage_row(key: &str) -> String {
    let (quarter, kind) = key.split_once('/').unwrap_or((key, ""));
    format!("{}{}", plain_value("quarter", quarter), passage(kind).unwrap_or(kind))
}
