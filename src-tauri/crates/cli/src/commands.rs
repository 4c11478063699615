//! Each command of the command line.

use crate::arguments::{Arguments, Command, How, Language, Source};
use crate::output::{close, open, print, print_json};
use crate::{exchange, reports, serve, shell, versions};
use desk::wire::{self, Edit, Refusal, RefusalCode};
use desk::{Adding, PlanSource, Session};
use messages::CommandLine;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Refusal> {
    let english = arguments.lang == Language::En;
    let mut session = shell::session(arguments.as_of);
    session.speak(arguments.lang.spoken());
    match &arguments.command {
        Command::Intake { document, account: true, .. } => account(document, english),
        Command::Intake { document, why: true, .. } => {
            let lines = desk::explain_document(document)?;
            print(&lines.iter().map(because_text).collect::<String>())
        }
        Command::Intake { document, columns, json, .. } => {
            let columns = columns.iter().map(|column| ledger_column(column)).collect::<Result<Vec<_>, _>>()?;
            let draft = desk::draw_ledger(document, &columns)?;
            if *json { print_json(&draft) } else { print(&draft_text(&draft, english)) }
        }
        Command::Text { document } => print(&desk::document_text(document)?),
        Command::Seeds { json } => {
            let seeds = session.start(&wire::Nothing {})?.seeds;
            if *json {
                return print_json(&seeds);
            }
            let mut text = String::new();
            for seed in seeds {
                let label = if english { &seed.label_en } else { &seed.label };
                let counts = if english {
                    format!("{} tasks, {} targets", seed.tasks, seed.targets)
                } else {
                    format!("{}项任务，{}个目标", seed.tasks, seed.targets)
                };
                text.push_str(&format!("{}\t{label}\t{counts}\n", seed.name));
            }
            print(&text)
        }
        Command::Create { workbook, from, how } => create(&mut session, workbook, (from, how), english),
        Command::Checklist { workbook, department, quarter, json } => {
            let quarter = open(&mut session, workbook, quarter.as_ref())?;
            let checklists = session.checklist(&wire::OfDepartment { quarter, department: department.clone() })?;
            if *json { print_json(&checklists) } else { print(&checklist_text(&checklists, english)) }
        }
        Command::Apply { workbook, edits } => {
            let file = edits.display().to_string();
            let (lines, edits): (Vec<usize>, Vec<Edit>) = read_edits(edits)?.into_iter().unzip();
            let quarter = open(&mut session, workbook, None)?;
            let count = edits.len();
            let called = |number: usize| {
                let line = lines.get(number).copied().unwrap_or_default();
                Some(CommandLine::InLine { file: file.clone(), line }.into())
            };
            let applied = session.apply_called(&wire::Edits { edits, quarter }, &called)?;
            close(&mut session)?;
            print(&match (applied.edit, english) {
                (None, true) => "Nothing changed.\n".to_owned(),
                (None, false) => "没有改动。\n".to_owned(),
                (Some(_), true) => format!("{count} edits saved: {}.\n", applied.label),
                (Some(_), false) => format!("已保存{count}处改动：{}。\n", applied.label),
            })?;
            print(&applied.questions.iter().map(|question| format!("{question}\n")).collect::<String>())
        }
        Command::Report { workbook, kind, quarter, department, against, to } => {
            let quarter = open(&mut session, workbook, quarter.as_ref())?;
            let report = wire::OfReport {
                kind: kind.code().to_owned(),
                quarter,
                department: department.clone(),
                plan: None,
                against: against.clone(),
            };
            reports::write(&mut session, report, to, english)
        }
        Command::History { workbook, json } => {
            open(&mut session, workbook, None)?;
            let entries = whole_history(&mut session, *json)?;
            if *json {
                return print_json(&entries);
            }
            let mut text = String::new();
            for entry in entries {
                let undone = if entry.undone { if english { " (undone)" } else { "（已撤销）" } } else { "" };
                text.push_str(&format!("{}  {}  {}{undone}\n", entry.at.replace('T', " "), entry.who, entry.label));
                for change in entry.changes {
                    let (old, new) = (change.old.unwrap_or_default(), change.new.unwrap_or_default());
                    text.push_str(&format!("    {} {}: {old} → {new}\n", change.label, change.row));
                }
                match (entry.more, english) {
                    (0, _) => {}
                    (more, true) => text.push_str(&format!("    … and {more} more\n")),
                    (more, false) => text.push_str(&format!("    ……另有{more}处\n")),
                }
            }
            print(&text)
        }
        Command::Undo { workbook, to } => {
            let quarter = open(&mut session, workbook, None)?;
            let applied = match to {
                Some(edit) => session.undo_to(&wire::ToEdit { edit: edit.clone(), quarter })?,
                None => session.undo(&wire::InQuarter { quarter })?,
            };
            close(&mut session)?;
            print(&format!("{}\n", applied.label))
        }
        Command::Issue { workbook, quarter, out, department, new_key, xlsx } => {
            let request = wire::ToIssue {
                quarter: quarter.clone(),
                folder: out.to_string_lossy().into_owned(),
                department: department.clone(),
                xlsx: *xlsx,
                new_key: *new_key,
            };
            exchange::issue(&mut session, workbook, &request, english)
        }
        Command::Return { workbook, quarter, output } => exchange::give_back(&mut session, workbook, quarter, output, english),
        Command::Collect { workbook, files, preview, late, take, json } => {
            let asked = exchange::Collect { files, preview: *preview, late: *late, take: *take, json: *json };
            exchange::collect(&mut session, workbook, &asked, english)
        }
        Command::Close { workbook, quarter } => exchange::close_quarter(&mut session, workbook, quarter, english),
        Command::Reopen { workbook, quarter, reason } => exchange::reopen(&mut session, workbook, quarter, reason, english),
        Command::Compare { workbook, from, to, json } => exchange::compare(&mut session, workbook, (from, to), *json, english),
        Command::Requests { workbook, json } => exchange::requests(&mut session, workbook, *json, english),
        Command::Exchange { workbook, quarter, json } => exchange::status(&mut session, workbook, quarter, *json, english),
        Command::HandUp { workbook, quarter, output } => exchange::hand_up(&mut session, workbook, quarter, output, english),
        Command::Serve { workbook, page, no_open } => {
            let is_packet = |path: &&PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("planpack"));
            let packet = workbook.as_ref().filter(is_packet);
            if let Some(workbook) = workbook.as_ref().filter(|_| packet.is_none()) {
                open(&mut session, workbook, None)?;
            }
            serve::run(
                session,
                &serve::Opening {
                    page: page.as_deref(),
                    packet: packet.map(PathBuf::as_path),
                    browser: !*no_open,
                    as_of: arguments.as_of,
                },
            )
        }
        Command::Erase { workbook, row, reason } => {
            open(&mut session, workbook, None)?;
            let (rows, copies) = session.erase(row, reason)?;
            close(&mut session)?;
            print(&if english {
                format!("Erased for good: {rows} rows, their history and {copies} copies.\n")
            } else {
                format!("已彻底清除：{rows}行，连同它们的历史和{copies}份备份。\n")
            })
        }
        Command::Restore { workbook, copy } => restore(&mut session, workbook, copy.as_deref(), english),
        Command::Check { workbook } => {
            open(&mut session, workbook, None)?;
            let findings = session.check()?;
            print(&session.check_notes()?.iter().map(|note| format!("{note}\n")).collect::<String>())?;
            if findings.is_empty() {
                return print(if english { "Whole: nothing differs.\n" } else { "完好，核数通过。\n" });
            }
            print(&findings.iter().map(|finding| format!("{finding}\n")).collect::<String>())?;
            Err(Refusal::new(
                RefusalCode::Unreadable,
                CommandLine::Findings { count: findings.len() },
                CommandLine::RestoreOrCheck,
            ))
        }
    }
}

/// All of the history, page by page; for another program with every changed field.
fn whole_history(session: &mut Session, complete: bool) -> Result<Vec<wire::HistoryEntry>, Refusal> {
    const PAGE: usize = 500;
    let mut entries: Vec<wire::HistoryEntry> = Vec::new();
    loop {
        let before = entries.last().map(|entry| entry.id.clone());
        let changes = complete.then_some(usize::MAX);
        let page = session.history(&wire::OfHistory { row: None, limit: Some(PAGE), before, changes })?;
        let is_last = page.len() < PAGE;
        entries.extend(page);
        if is_last {
            return Ok(entries);
        }
    }
}

fn restore(session: &mut Session, workbook: &Path, copy: Option<&Path>, english: bool) -> Result<(), Refusal> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let frame = session.restore_workbook(&wire::ToRestore { path: text(workbook), copy: copy.map(text) })?;
    close(session)?;
    let tasks: usize = frame.plans.iter().map(|plan| plan.tasks).sum();
    let (path, plans) = (&frame.path, frame.plans.len());
    let mut said = if english {
        format!("{path} is back: {plans} plans, {tasks} tasks\n")
    } else {
        format!("{path}已恢复：{plans}个规划，{tasks}项任务\n")
    };
    for notice in &frame.notices {
        said.push_str(&format!("{notice}\n"));
    }
    print(&said)
}

/// What a column holds, from `谁来办=牵头单位`.
fn ledger_column(given: &str) -> Result<wire::LedgerColumn, Refusal> {
    let (head, holds) = given.split_once('=').ok_or_else(|| {
        Refusal::new(RefusalCode::BadRequest, CommandLine::NoColumn { given: given.to_owned() }, CommandLine::WriteColumn)
    })?;
    Ok(wire::LedgerColumn { head: head.to_owned(), holds: holds.to_owned() })
}

fn create(session: &mut Session, workbook: &Path, (from, how): (&Source, &How), english: bool) -> Result<(), Refusal> {
    if let Some(packet) = &from.packet {
        return exchange::receive(session, workbook, packet, english);
    }
    let source = match (&from.document, &from.seed, &from.draft) {
        (Some(document), _, _) => PlanSource::Document(document.clone()),
        (_, Some(seed), _) => PlanSource::Seed(seed.clone()),
        (_, _, Some(draft)) => PlanSource::Draft(draft.clone()),
        // clap asks for exactly one of them
        (None, None, None) => return Ok(()),
    };
    let adding = Adding {
        columns: how.columns.iter().map(|column| ledger_column(column)).collect::<Result<Vec<_>, _>>()?,
        merge_departments: how.merge_departments,
        revises: how.revises.clone(),
        keep_dropped: how.keep_dropped,
        preview: how.preview,
        quarter: how.quarter.clone(),
    };
    let added = session.add_plan_as(workbook, &source, &adding)?;
    close(session)?;
    if how.json {
        return print_json(&added.comparison);
    }
    let frame = &added.workbook;
    let path = frame.path.clone();
    let plans = frame.plans.len();
    let tasks: usize = frame.plans.iter().map(|plan| plan.tasks).sum();
    let departments = frame.departments.len();
    let mut text = if english {
        format!("{path}: {plans} plans, {tasks} tasks, {departments} departments\n")
    } else {
        format!("{path}：{plans}个规划，{tasks}项任务，{departments}个单位\n")
    };
    if let Some(comparison) = &added.comparison {
        text.push_str(&versions::comparison_text(comparison, how.preview, english));
    }
    text.push_str(&versions::unclear_text(&added, english));
    print(&text)
}

/// The edits of a file, each with its line.
fn read_edits(path: &Path) -> Result<Vec<(usize, Edit)>, Refusal> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map(|_| ())
    } else {
        std::fs::read_to_string(path).map(|read| text = read)
    };
    read.map_err(|error| {
        if error.kind() != std::io::ErrorKind::InvalidData {
            return desk::file_unreadable(path, &error);
        }
        Refusal::new(RefusalCode::Unreadable, CommandLine::NotUtf8 { file: path.display().to_string() }, CommandLine::SaveAsUtf8)
            .with_detail(error.to_string())
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let mut edits = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let edit: Edit = serde_json::from_str(line).map_err(|error| {
            Refusal::new(
                RefusalCode::BadRequest,
                CommandLine::WrongLine {
                    file: path.display().to_string(),
                    line: number + 1,
                    fault: Box::new(wrong_line(line, &error).into()),
                },
                CommandLine::SeeHelp,
            )
            .with_detail(error.to_string())
        })?;
        edits.push((number + 1, edit));
    }
    Ok(edits)
}

/// What is wrong with a line of edits: no JSON, no edit that is known, or which key of which edit.
fn wrong_line(line: &str, error: &serde_json::Error) -> CommandLine {
    let Ok(given) = serde_json::from_str::<serde_json::Value>(line) else { return CommandLine::NoJson };
    let Some(kind) = given["edit"].as_str().map(ToOwned::to_owned) else { return CommandLine::NoKindOfEdit };
    let said = error.to_string();
    let named = said.split('`').nth(1).unwrap_or_default().to_owned();
    if said.starts_with("missing field") {
        CommandLine::FieldMissing { kind, field: named }
    } else if said.starts_with("unknown field") {
        CommandLine::FieldUnknown { kind, field: named }
    } else if said.starts_with("unknown variant") && named == kind {
        CommandLine::KindUnknown { kind }
    } else {
        CommandLine::NoValidEdit { kind }
    }
}

fn draft_text(draft: &wire::Draft, english: bool) -> String {
    let say = |chinese: &str, plain: &str| if english { plain.to_owned() } else { chinese.to_owned() };
    let mut text = String::new();
    let mut line = |words: String| {
        text.push_str(&words);
        text.push('\n');
    };
    line(draft.plan.title.clone().unwrap_or_else(|| say("（没有找到标题）", "(no title)")));
    for (name, value) in [
        (say("文号", "number"), &draft.plan.doc_number),
        (say("发文机关", "issuer"), &draft.plan.issuer),
        (say("成文日期", "issued on"), &draft.plan.issued_on),
    ] {
        line(format!("{name}: {}", value.as_deref().unwrap_or("—")));
    }
    for task in &draft.tasks {
        line(format!("\n{} {}", task.id, task.title));
        if !task.departments.is_empty() {
            line(format!("    {}: {}", say("责任单位", "departments"), task.departments.join("、")));
        }
        for target in draft.targets.iter().filter(|target| target.task.as_ref() == Some(&task.id)) {
            line(format!("    {}", target_text(target)));
        }
        for milestone in draft.milestones.iter().filter(|milestone| milestone.task.as_ref() == Some(&task.id)) {
            line(format!("    ◇ {} {}", milestone.what, milestone.due));
        }
        for item in draft.checklist_items.iter().filter(|item| item.task == task.id) {
            line(format!("    □ {}", item.text));
        }
    }
    let own: Vec<&wire::DraftTarget> = draft.targets.iter().filter(|target| target.task.is_none()).collect();
    if !own.is_empty() {
        line(format!("\n{}", say("总体目标", "The plan's own goals")));
        own.iter().for_each(|target| line(format!("    {}", target_text(target))));
    }
    if !draft.findings.is_empty() {
        line(format!("\n{}", say("需要核对", "To be checked")));
        draft.findings.iter().for_each(|finding| line(format!("    {}", finding.message)));
    }
    text
}

/// Prints what became of everything; refuses where something has no fate.
fn account(document: &Path, english: bool) -> Result<(), Refusal> {
    let account = desk::account_document(document)?;
    let mut text = String::new();
    for line in &account.lines {
        let kind = match (line.kind.as_str(), english) {
            (kind, true) => kind,
            ("number", _) => "数字",
            ("clause", _) => "责任单位",
            ("promise", _) => "时限",
            _ => "标题",
        };
        let fate = match (line.fate.as_str(), english) {
            (fate, true) => fate,
            ("drawn", _) => "已列入",
            ("doubtful", _) => "待定",
            _ => "不列入",
        };
        let reason = if english { &line.reason.0 } else { &line.reason.1 };
        text.push_str(&format!("{kind}\t{fate}\t{reason}\t{}\n", line.count));
    }
    print(&text)?;
    if account.missing.is_empty() {
        return Ok(());
    }
    let quotes: Vec<String> = account.missing.iter().take(20).map(|(_, quote)| format!("“{quote}”")).collect();
    let message = format!("有{}处没有去向：{}。", account.missing.len(), quotes.join("、"));
    Err(Refusal::new(RefusalCode::Unreadable, message, "请把这份文件反馈给开发者，并人工核对这些地方。"))
}

fn because_text(because: &wire::Because) -> String {
    let evidence: Vec<String> = because.evidence.iter().map(|(name, weight)| format!("{name} {weight:+}")).collect();
    format!("{}\t{}\t{}\t{}\n", because.quote, because.fate, because.rule, evidence.join(", "))
}

fn target_text(target: &wire::DraftTarget) -> String {
    let due = target.due.as_deref().map(|due| format!(" {due}")).unwrap_or_default();
    format!("◎ {} {} {}{}{due}", target.indicator, target.op, target.value, target.unit)
}

fn checklist_text(checklists: &wire::Checklists, english: bool) -> String {
    let mut text = format!("{}  {}\n", checklists.quarter, checklists.as_of);
    for department in &checklists.departments {
        let name = department
            .name
            .clone()
            .unwrap_or_else(|| if english { "Without department".to_owned() } else { "未分派".to_owned() });
        text.push_str(&format!("\n{name}\n"));
        for task in &department.tasks {
            let role = match task.role.as_deref() {
                Some("lead") => {
                    if english {
                        "lead"
                    } else {
                        "牵头"
                    }
                }
                Some(_) => {
                    if english {
                        "support"
                    } else {
                        "配合"
                    }
                }
                None => "—",
            };
            text.push_str(&format!("  {} {}. {} [{role}] {} {}\n", task.lamp, task.number, task.title, task.judgement, task.why));
            for item in &task.items {
                let tick = if item.done_on.is_some() { "☑" } else { "☐" };
                let due = item.due.as_deref().map(|due| format!(" ({due})")).unwrap_or_default();
                text.push_str(&format!("      {tick} {}{due}\n", item.text));
            }
            for milestone in &task.milestones {
                text.push_str(&format!("      ◇ {} {} {}\n", milestone.what, milestone.due, milestone.lamp));
            }
            for target in &task.targets {
                let actual = target.actual.map_or_else(|| "—".to_owned(), |actual| actual.to_string());
                text.push_str(&format!(
                    "      ◎ {} {} {}{} / {actual} {}\n",
                    target.indicator, target.op, target.value, target.unit, target.lamp
                ));
            }
        }
    }
    text
}
