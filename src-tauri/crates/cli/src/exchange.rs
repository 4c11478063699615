//! Files out and back: `issue`, `create --packet`, `return`, `collect`, `close`, `reopen`.

use crate::arguments::Side;
use crate::output::{close, open, print, print_json};
use desk::Session;
use desk::wire::{self, Refusal};
use std::path::{Path, PathBuf};

/// `issue`: the files of a quarter.
pub(crate) fn issue(session: &mut Session, workbook: &Path, request: &wire::ToIssue, english: bool) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let issued = session.issue_packets(request)?;
    close(session)?;
    let mut text = String::new();
    for file in &issued.files {
        let tasks = if english { format!("{} tasks", file.tasks) } else { format!("{}项任务", file.tasks) };
        text.push_str(&format!("{}\t{tasks}\t{}\n", file.path, file.department));
        if let Some(form) = &file.xlsx {
            text.push_str(&format!("{form}\t{tasks}\t{}\n", file.department));
        }
    }
    print(&text)
}

/// `create --packet`: a department's own workbook, new or brought up to date.
pub(crate) fn receive(session: &mut Session, workbook: &Path, packet: &Path, english: bool) -> Result<(), Refusal> {
    let frame = session.receive_packet(&wire::PacketFile {
        packet: packet.to_string_lossy().into_owned(),
        workbook: Some(workbook.to_string_lossy().into_owned()),
    })?;
    let tasks: usize = frame.plans.iter().map(|plan| plan.tasks).sum();
    let (path, quarter) = (frame.path.clone(), frame.quarter.clone());
    close(session)?;
    print(&if english {
        format!("{path}: {quarter}, {tasks} tasks\n")
    } else {
        format!("{path}：{quarter}，{tasks}项任务\n")
    })
}

/// `return`: the department's answer.
pub(crate) fn give_back(
    session: &mut Session,
    workbook: &Path,
    quarter: &str,
    output: &Path,
    english: bool,
) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let request = wire::ToReturn { quarter: quarter.to_owned(), path: output.to_string_lossy().into_owned() };
    let returned = session.return_packet(&request)?;
    close(session)?;
    for open in &returned.unfilled {
        eprintln!("{}{open}", if english { "Not filled in: " } else { "未填：" });
    }
    let (filled, tasks, number) = (returned.filled, returned.tasks, &returned.check_number);
    let mut text = if english {
        format!("{}: {filled} of {tasks} tasks filled in, check number {number}\n", returned.path)
    } else {
        format!("{}：已填{filled}/{tasks}项任务，校验号{number}\n", returned.path)
    };
    if let Some(evidence) = &returned.evidence_path {
        text.push_str(&if english { format!("{evidence}: evidence\n") } else { format!("{evidence}：佐证材料\n") });
    }
    print(&text)
}

/// What `collect` was asked.
pub(crate) struct Collect<'a> {
    pub files: &'a [PathBuf],
    pub preview: bool,
    pub late: bool,
    pub take: Side,
    pub json: bool,
}

/// `collect`: what returns would change, or their merge.
pub(crate) fn collect(session: &mut Session, workbook: &Path, asked: &Collect<'_>, english: bool) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let mut request = wire::ToCollect {
        files: asked.files.iter().map(|file| file.to_string_lossy().into_owned()).collect(),
        choices: Vec::new(),
        late: asked.late,
    };
    if asked.take == Side::Department {
        // the first side is the one whose word weighs most: the lead's before a support's
        let conflicts = session.preview_returns(&request)?.files.into_iter().flat_map(|file| file.conflicts);
        let first = |line: wire::ConflictLine| {
            let side = line.sides.into_iter().next()?;
            Some(wire::TakeSide { key: line.key, department: Some(side.id), file: side.file })
        };
        request.choices = conflicts.filter_map(first).collect();
    }
    let collected = if asked.preview { session.preview_returns(&request)? } else { session.collect_returns(&request)? };
    close(session)?;
    if !asked.preview {
        for file in collected
            .files
            .iter()
            .filter(|file| matches!(file.state.as_str(), "refused" | "late" | "empty") && !file.why.is_empty())
        {
            eprintln!("“{}”：{}", file.file, file.why);
        }
    }
    if asked.json { print_json(&collected) } else { print(&collected_text(&collected, asked.preview, english)) }
}

/// `close`.
pub(crate) fn close_quarter(session: &mut Session, workbook: &Path, quarter: &str, english: bool) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let closed = session.close_quarter(&wire::InQuarter { quarter: quarter.to_owned() })?;
    close(session)?;
    if !closed.missing.is_empty() {
        eprintln!("{}{}", if english { "Not returned: " } else { "未报送：" }, closed.missing.join("、"));
    }
    print(&if english {
        format!("{}: closed, number {}, {}\n", closed.quarter, closed.number, closed.hash)
    } else {
        format!("{}：已封账，第{}号，校验{}\n", closed.quarter, closed.number, closed.hash)
    })
}

/// `reopen`.
pub(crate) fn reopen(session: &mut Session, workbook: &Path, quarter: &str, reason: &str, english: bool) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let opened =
        session.reopen_quarter(&wire::ToReopen { quarter: quarter.to_owned(), reason: reason.to_owned(), by: String::new() })?;
    close(session)?;
    print(&if english { format!("{}: open again\n", opened.quarter) } else { format!("{}：已重新打开\n", opened.quarter) })
}

/// `compare`.
pub(crate) fn compare(
    session: &mut Session,
    workbook: &Path,
    (from, to): (&str, &str),
    json: bool,
    english: bool,
) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let compared = session.compare_quarters(&wire::ToCompare { from: from.to_owned(), to: to.to_owned() })?;
    close(session)?;
    if json {
        return print_json(&compared);
    }
    let mut text = String::new();
    for side in [&compared.from, &compared.to] {
        let counts: Vec<String> = side.judgements.iter().map(|(word, count)| format!("{word}{count}")).collect();
        let state = match (side.closed, english) {
            (true, true) => "closed",
            (true, false) => "已封账",
            (false, true) => "open",
            (false, false) => "未封账",
        };
        text.push_str(&format!("{}（{state}，{}）{}: {}\n", side.quarter, side.as_of, side.tasks, counts.join("，")));
    }
    let empty = || if english { "(none)".to_owned() } else { "（无）".to_owned() };
    for row in &compared.rows {
        let state = match (row.state.as_str(), english) {
            ("new", false) => " 新增",
            ("gone", false) => " 已删",
            ("new", true) => " new",
            ("gone", true) => " gone",
            _ => "",
        };
        text.push_str(&format!("{} {}{state}\n", row.number, row.title));
        for change in &row.changes {
            let (from, to) = (change.from.clone().unwrap_or_else(empty), change.to.clone().unwrap_or_else(empty));
            text.push_str(&format!("    {}: {from} → {to}\n", change.label));
        }
    }
    print(&text)
}

/// `hand-up`.
pub(crate) fn hand_up(
    session: &mut Session,
    workbook: &Path,
    quarter: &str,
    output: &Path,
    english: bool,
) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let request = wire::ToHandUp { quarter: quarter.to_owned(), path: output.to_string_lossy().into_owned() };
    let handed = session.hand_up(&request)?;
    close(session)?;
    let (path, tasks, number) = (&handed.path, handed.tasks, &handed.check_number);
    print(&if english {
        format!("{path}: {tasks} tasks, check number {number}\n")
    } else {
        format!("{path}：{tasks}项任务，校验号{number}\n")
    })
}

/// `requests`: what departments ask for in any quarter, open ones first.
pub(crate) fn requests(session: &mut Session, workbook: &Path, json: bool, english: bool) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let mut lines = session.requests(&wire::InQuarter::default())?;
    close(session)?;
    lines.sort_by_key(|line| line.state != "open");
    if json {
        return print_json(&lines);
    }
    let state = |line: &wire::RequestLine| match (line.state.as_str(), english) {
        ("open", false) => "待答复",
        ("approved", false) => "已同意",
        (_, false) => "未同意",
        ("open", true) => "open",
        ("approved", true) => "approved",
        (_, true) => "refused",
    };
    let text: String = lines
        .iter()
        .map(|line| {
            let (quarter, department, label, row) = (&line.quarter, &line.department, &line.label, &line.row);
            format!(
                "{}\t{quarter}\t{department}\t{label} {row}: {} → {}\t{}\n",
                state(line),
                line.original,
                line.asked,
                line.reason
            )
        })
        .collect();
    print(&text)
}

/// `exchange`: who was sent a quarter's file, and what came back.
pub(crate) fn status(session: &mut Session, workbook: &Path, quarter: &str, json: bool, english: bool) -> Result<(), Refusal> {
    open(session, workbook, None)?;
    let status = session.exchange_status(&wire::InQuarter { quarter: quarter.to_owned() })?;
    close(session)?;
    if json {
        return print_json(&status);
    }
    let word = |state: &str| match (state, english) {
        ("not_sent", false) => "未下发",
        ("sent", false) => "已下发",
        ("missing", false) => "未报",
        ("returned", false) => "已报",
        ("late", false) => "迟报",
        ("empty", false) => "空表",
        (_, false) => "退回",
        ("not_sent", true) => "not sent",
        ("sent", true) => "sent",
        ("missing", true) => "missing",
        ("returned", true) => "returned",
        ("late", true) => "late",
        ("empty", true) => "empty form",
        (_, true) => "refused",
    };
    let mut text = String::new();
    for line in &status.departments {
        let at = line.returned_at.as_ref().or(line.sent_at.as_ref()).map(String::as_str).unwrap_or("—");
        let awaited = match (line.evidence_awaited, english) {
            (0, _) => String::new(),
            (count, false) => format!("\t佐证待交{count}份"),
            (count, true) => format!("\t{count} pieces of evidence to come"),
        };
        text.push_str(&format!(
            "{}\t{}\t{}/{}\t{at}\t{}{awaited}\n",
            word(&line.state),
            line.name,
            line.filled,
            line.tasks,
            line.note
        ));
    }
    for county in &status.counties {
        let state = match (&county.check_number, english) {
            (Some(number), _) => number.clone(),
            (None, false) => "未上报".to_owned(),
            (None, true) => "not handed up".to_owned(),
        };
        text.push_str(&format!("{state}\t{}\t{}\n", county.name, county.newest));
    }
    print(&text)
}

fn collected_text(collected: &wire::Collected, preview: bool, english: bool) -> String {
    let say = |chinese: &str, plain: &str| if english { plain.to_owned() } else { chinese.to_owned() };
    let empty = say("（空）", "(empty)");
    let mut text = String::new();
    for file in &collected.files {
        let state = match file.state.as_str() {
            "new" => say("新报送", "new"),
            "same" => say("已合并过", "merged before"),
            "late" => say("已封账", "late"),
            "empty" => say("空表", "empty form"),
            _ => say("不采用", "refused"),
        };
        let (department, quarter) = (file.department.as_deref().unwrap_or("—"), file.quarter.as_deref().unwrap_or("—"));
        text.push_str(&format!("{}  {department}  {quarter}  {state}\n", file.file));
        if !file.why.is_empty() {
            text.push_str(&format!("    {}\n", file.why));
        }
        for change in &file.changes {
            let (old, new) = (change.old.as_ref().unwrap_or(&empty), change.new.as_ref().unwrap_or(&empty));
            text.push_str(&format!("    {} {}: {old} → {new}\n", change.label, change.row));
        }
        for conflict in &file.conflicts {
            let sides: Vec<String> = conflict
                .sides
                .iter()
                .map(|side| format!("{} {}", side.department, side.value.as_ref().unwrap_or(&empty)))
                .collect();
            let (old, new) = (conflict.old.as_ref().unwrap_or(&empty), conflict.new.as_ref().unwrap_or(&empty));
            text.push_str(&format!(
                "    {} {} {}: {} {old}; {} → {new}\n",
                say("不一致", "Conflict"),
                conflict.label,
                conflict.row,
                say("台账", "office"),
                sides.join("; ")
            ));
        }
        for older in &file.older {
            text.push_str(&format!("    {} {}: {}\n", say("较早", "Older"), older.what, older.why));
        }
        for refused in &file.refused {
            text.push_str(&format!("    {} {}: {}\n", say("不采用", "Refused"), refused.what, refused.why));
        }
        for request in &file.requests {
            text.push_str(&format!("    {request}\n"));
        }
        for open in &file.unfilled {
            text.push_str(&format!("    {}{open}\n", say("未填：", "Not filled in: ")));
        }
    }
    if !collected.missing.is_empty() {
        text.push_str(&format!("{}{}\n", say("未报送：", "Not returned: "), collected.missing.join("、")));
    }
    if !preview {
        text.push_str(&match (&collected.label, collected.merged) {
            (Some(label), true) => format!("{}{label}\n", say("已保存：", "Saved: ")),
            _ => say("没有新内容。\n", "Nothing new.\n"),
        });
    }
    text
}
