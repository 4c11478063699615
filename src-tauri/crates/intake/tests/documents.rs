//! What a careful clerk draws from documents of many habits, all about invented places.
//!
//! Beside each `tests/documents/NAME.txt` stands `NAME.facts`: a line that begins with `+` must be among the draft's lines, one
//! that begins with `-` must not.

#![allow(clippy::unwrap_used, reason = "a test says by panicking what it did not find")]

use intake::Draft;

fn lines(text: &str, draft: &Draft) -> Vec<String> {
    let plan = &draft.plan;
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "无".to_owned());
    let mut lines = vec![
        format!("标题 {}", or_none(plan.title.clone())),
        format!("文号 {}", or_none(plan.doc_number.clone())),
        format!("机关 {}", or_none(plan.issuer.clone())),
        format!("日期 {}", or_none(plan.issued_on.map(|day| day.to_string()))),
        format!(
            "期间 {} {}",
            or_none(plan.period_from.map(|year| year.to_string())),
            or_none(plan.period_to.map(|year| year.to_string()))
        ),
        format!("任务数 {}", draft.tasks.len()),
    ];
    for task in &draft.tasks {
        lines.push(format!("任务 {}", task.title));
        lines.push(format!("任务 {} 单位 {}", task.title, task.departments.join(" ")));
        lines.push(format!("任务 {} 牵头 {}", task.title, task.lead.join(" ")));
    }
    let owner = |task: Option<usize>| task.map_or("全文".to_owned(), |task| draft.tasks[task].title.chars().take(12).collect());
    for target in &draft.targets {
        let due = or_none(target.due.map(|due| due.to_string()));
        lines.push(format!(
            "指标 {} {} {}{} {due} {} 〔{}〕",
            target.indicator,
            target.op,
            target.value,
            target.unit,
            target.cadence,
            owner(target.task)
        ));
        lines.push(format!("引文 {}", &text[target.span.start..target.span.end]));
        if let Some((year, value)) = target.baseline {
            lines.push(format!("基期 {} {year} {value}", target.indicator));
        }
    }
    for milestone in &draft.milestones {
        lines.push(format!("节点 {} {} 〔{}〕", milestone.what, milestone.due, owner(milestone.task)));
    }
    for item in &draft.items {
        lines.push(format!("事项 {} {}", item.text, or_none(item.due.map(|due| due.to_string()))));
    }
    lines.extend(draft.findings.iter().map(|finding| format!("提示 {}", finding.message)));
    lines
}

#[test]
fn documents_give_the_rows_a_clerk_would_write() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "facts")) {
        let bytes = std::fs::read(path.with_extension("txt")).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let document = intake::read(&bytes, &format!("{name}.txt")).unwrap();
        let lines = lines(&document.text, &intake::draw(&document));
        for fact in std::fs::read_to_string(path).unwrap().lines().filter(|line| !line.trim().is_empty()) {
            let (sign, fact) = fact.split_at(1);
            let fact = fact.trim();
            let there = lines.iter().any(|line| line == fact);
            checked += 1;
            if there != (sign == "+") {
                wrong.push(format!("{name}: {} {fact}", if there { "不该有" } else { "没有" }));
            }
        }
        if std::env::var_os("SHOW_LINES").is_some_and(|shown| shown.to_string_lossy() == name) {
            wrong.push(lines.join("\n"));
        }
    }
    assert!(checked > 50);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
