//! Reports that compare with an earlier quarter, on the fixed command line.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::Bench;
use serde_json::{Value, json};

const AS_OF: &str = "2025-10-12";

/// The words of a report in Word.
fn words(bench: &Bench, arguments: &[&str]) -> String {
    let mut all = vec!["report", "a.planbook", "--quarter", "2025Q3", "-o", "r.docx", "--as-of", AS_OF];
    all.extend(arguments);
    bench.ok(&all);
    bench.ok(&["text", "r.docx"])
}

/// The sample with its second quarter closed, and then a target, a date, an item and a task changed by the office.
fn changed_after_the_close() -> Bench {
    let bench = Bench::new();
    bench.ok(&["create", "a.planbook", "--seed", "yunxi-2025"]);
    bench.ok(&["close", "a.planbook", "--quarter", "2025Q2", "--as-of", "2025-07-05"]);
    let checklist = bench.json(&["checklist", "a.planbook", "--quarter", "2025Q3", "--json"]);
    let task = |number: &str| -> (String, Value) {
        let departments = checklist["departments"].as_array().unwrap();
        let found = departments.iter().find_map(|department| {
            let tasks = department["tasks"].as_array().unwrap();
            let task = tasks.iter().find(|task| task["number"] == number && task["role"] == "lead")?;
            Some((department["name"].as_str().unwrap().to_owned(), task.clone()))
        });
        found.unwrap()
    };
    let (lead, cancelled) = task("27");
    let output = bench.apply(
        "a.planbook",
        &[
            json!({"edit": "set_target", "target": task("1").1["targets"][0]["id"], "value": 36}),
            json!({"edit": "set_task_due", "task": task("6").1["id"], "due": "2026-03"}),
            json!({"edit": "remove_item", "item": task("10").1["items"][0]["id"]}),
            json!({"edit": "set_progress", "task": cancelled["id"], "department": lead, "quarter": "2025Q3", "status": "取消",
                "done": "并入另一项。"}),
        ],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    bench
}

#[test]
fn a_bulletin_names_what_changed_since_the_quarter_it_is_held_against() {
    let bench = changed_after_the_close();
    let told = words(&bench, &["--kind", "bulletin"]);
    for said in [
        "与2025年二季度相比，",
        "目标值调整1个、完成时限调整1项、取消和移出台账1项（见附件3）。",
        "2025年三季度与2025年二季度对比表",
        "目标“新认定高新技术企业”\t18家\t36家",
        "完成时限\t—\t2026年3月底",
        "任务\t达序时\t取消",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    // the desk's own comparison of the two says the same
    let compared = bench.json(&["compare", "a.planbook", "--from", "2025Q2", "--to", "2025Q3", "--json", "--as-of", AS_OF]);
    let rows = compared["rows"].as_array().unwrap();
    let first = rows.iter().find(|row| row["number"] == "1").unwrap();
    let field = |label: &str| first["changes"].as_array().unwrap().iter().find(|field| field["label"] == label).unwrap();
    assert_eq!(field("目标·新认定高新技术企业")["from"], "18");
    assert_eq!(field("目标·新认定高新技术企业")["to"], "36");
    assert!(told.contains(&format!(
        "{}\t{}",
        field("进度判定")["from"].as_str().unwrap(),
        field("进度判定")["to"].as_str().unwrap()
    )));
    let item = rows.iter().find(|row| row["number"] == "10").unwrap();
    assert!(item["changes"].as_array().unwrap().iter().any(|field| field["label"].as_str().unwrap().starts_with("清单·")));
}

#[test]
fn the_quarter_to_compare_with_is_chosen_and_is_an_earlier_one() {
    let bench = changed_after_the_close();
    let first = words(&bench, &["--kind", "bulletin", "--against", "2025Q1"]);
    assert!(first.contains("2025年三季度与2025年一季度对比表"));
    // an open quarter has the rows of today: only progress differs
    assert!(!first.contains("目标值调整"));
    let none = words(&bench, &["--kind", "bulletin", "--against", "none"]);
    assert!(!none.contains("对比表") && !none.contains("相比"));
    let own = words(&bench, &["--kind", "department", "--department", "县科技局"]);
    assert!(own.contains("与2025年二季度对比") && own.contains("18家\t36家") && !own.contains("任务\t达序时\t取消"), "{own}");
    let page = words(&bench, &["--kind", "one-page"]);
    assert!(page.contains("；目标值调整1个、完成时限调整1项、取消和移出台账1项。"), "{page}");
    let of_one = words(&bench, &["--kind", "one-page", "--department", "县商务局"]);
    assert!(of_one.contains("；取消和移出台账1项。"), "{of_one}");
    for (against, word) in [("2025Q4", "早的季度"), ("2025Q3", "早的季度"), ("上季度", "季度")] {
        let sentence = bench.refused(&[
            "report",
            "a.planbook",
            "--kind",
            "bulletin",
            "--quarter",
            "2025Q3",
            "--against",
            against,
            "-o",
            "x.pdf",
        ]);
        assert!(sentence.contains(word), "{sentence}");
    }
    assert!(!bench.names().contains(&"x.pdf".to_owned()));
}

/// The bytes of every report of a quarter, in all forms.
fn printed(bench: &Bench, quarter: &str, as_of: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for kind in ["bulletin", "department", "one-page", "slip", "yearbook", "timeline"] {
        for ending in ["pdf", "docx", "xlsx"] {
            let file = format!("out.{ending}");
            bench.run(&["report", "a.planbook", "--kind", kind, "--quarter", quarter, "-o", &file, "--as-of", as_of]);
            all.push((format!("{kind}.{ending}"), std::fs::read(bench.path(&file)).unwrap()));
            std::fs::remove_file(bench.path(&file)).unwrap();
        }
    }
    all
}

fn assert_same(before: &[(String, Vec<u8>)], after: &[(String, Vec<u8>)], when: &str) {
    for ((name, before), (_, after)) in before.iter().zip(after) {
        assert!(before == after, "{name} differs {when}");
    }
}

#[test]
fn a_closed_quarter_prints_the_same_bytes_whatever_is_edited_afterwards() {
    let bench = Bench::new();
    bench.ok(&["create", "a.planbook", "--seed", "yunxi-2025"]);
    bench.ok(&["close", "a.planbook", "--quarter", "2025Q1", "--as-of", "2025-04-05"]);
    let open = printed(&bench, "2025Q3", AS_OF);
    bench.ok(&["close", "a.planbook", "--quarter", "2025Q3", "--as-of", AS_OF]);
    assert_same(&open, &printed(&bench, "2025Q3", AS_OF), "by the close alone");
    let checklist = bench.json(&["checklist", "a.planbook", "--quarter", "2025Q4", "--json"]);
    let group = &checklist["departments"][0];
    let (name, task) = (group["name"].as_str().unwrap(), &group["tasks"][0]);
    let edits = [
        json!({"edit": "set_target", "target": task["targets"][0]["id"], "value": 1}),
        json!({"edit": "set_actual", "target": task["targets"][0]["id"], "quarter": "2025Q4", "value": 77}),
        json!({"edit": "set_actual", "target": task["targets"][0]["id"], "quarter": "2025Q2", "value": 3}),
        json!({"edit": "set_task_title", "task": task["id"], "title": "后来改的名称"}),
        json!({"edit": "set_task_due", "task": task["id"], "due": "2025-02"}),
        json!({"edit": "tick_item", "item": task["items"][0]["id"], "done_on": null}),
        json!({"edit": "rename_department", "department": name, "name": "县后来局"}),
        json!({"edit": "set_setting", "key": "rule_set", "value": "songyang"}),
        json!({"edit": "set_setting", "key": "office", "value": "后来的督查室"}),
        json!({"edit": "set_setting", "key": "ranking", "value": true}),
        json!({"edit": "set_passage", "quarter": "2025Q4", "kind": "opening", "text": "后来的开头。"}),
    ];
    for edit in edits {
        let output = bench.apply("a.planbook", std::slice::from_ref(&edit));
        assert!(output.status.success(), "{edit}: {}", String::from_utf8_lossy(&output.stderr));
    }
    // what it was compared with is opened again, and the quarter before closed only now
    let reason = ["reopen", "a.planbook", "--quarter", "2025Q1", "--reason", "更正", "--as-of", "2026-01-10"];
    bench.ok(&reason);
    bench.ok(&["close", "a.planbook", "--quarter", "2025Q2", "--as-of", "2026-01-10"]);
    assert_same(&open, &printed(&bench, "2025Q3", "2026-01-12"), "after later edits");
    // its own words cannot be changed, and what differs today is named
    let passage = json!({"edit": "set_passage", "quarter": "2025Q3", "kind": "opening", "text": "改写。"});
    let output = bench.apply("a.planbook", std::slice::from_ref(&passage));
    assert!(String::from_utf8_lossy(&output.stderr).contains("已封账"), "{}", String::from_utf8_lossy(&output.stderr));
    let output =
        bench.run(&["report", "a.planbook", "--kind", "bulletin", "--quarter", "2025Q3", "-o", "x.docx", "--as-of", AS_OF]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("2025年三季度已封账"));
}

#[test]
fn a_folder_gets_one_file_a_department_with_its_progress_told() {
    let bench = Bench::new();
    bench.ok(&["create", "a.planbook", "--seed", "yunxi-2025"]);
    let ask = |kind: &str, more: &[&str]| {
        let mut all = vec!["report", "a.planbook", "--kind", kind, "--quarter", "2025Q3", "--as-of", AS_OF];
        all.extend(more);
        bench.run(&all)
    };
    let output = ask("department", &["--out", "全部/三季度", "--form", "docx"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 18, "{told}");
    assert!(lines[0].starts_with("1/18 全部/三季度/") && lines[17].starts_with("18/18 "), "{told}");
    let mut names: Vec<String> = std::fs::read_dir(bench.path("全部/三季度"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 18);
    // the same file as the department's alone
    let one = ask("department", &["--department", "县科技局", "-o", "one.docx"]);
    assert!(one.status.success());
    let name = names.iter().find(|name| name.starts_with("县科技局")).unwrap();
    assert!(std::fs::read(bench.path("one.docx")).unwrap() == std::fs::read(bench.path("全部/三季度").join(name)).unwrap());
    for (kind, more, code) in [
        ("bulletin", vec!["--out", "b"], 1),
        ("department", vec!["--out", "b", "-o", "c.pdf"], 2),
        ("department", vec!["--out", "b", "--department", "县科技局"], 2),
        ("department", vec![], 2),
    ] {
        assert_eq!(ask(kind, &more).status.code(), Some(code), "{kind} {more:?}");
    }
    assert!(!bench.path("b").exists());
}

#[cfg(unix)]
#[test]
fn what_is_stopped_leaves_whole_files_only() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let bench = Bench::new();
    bench.ok(&["create", "a.planbook", "--seed", "yunxi-2025"]);
    let mut stopped = 0;
    for after in [1, 2, 4] {
        let folder = format!("out{after}");
        let arguments =
            ["report", "a.planbook", "--kind", "department", "--quarter", "2025Q3", "--out", &folder, "--as-of", AS_OF];
        let mut child = bench.command(&arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        for _ in 0..after {
            lines.next().unwrap().unwrap();
        }
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        let rest: Vec<String> = lines.map(Result::unwrap).collect();
        let status = child.wait().unwrap();
        let names: Vec<_> = std::fs::read_dir(bench.path(&folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        for path in &names {
            let bytes = std::fs::read(path).unwrap();
            assert!(bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF"), "{}", path.display());
        }
        if status.code() == Some(1) {
            stopped += 1;
            let last = rest.last().unwrap();
            assert_eq!(*last, format!("已停止：共18份，已写出{}份，都是完整的。", names.len()));
        }
    }
    assert!(stopped > 0, "nothing was stopped in time");
}

/// The report commands for one of each form, into a file.
fn into(form: &str) -> Vec<String> {
    ["report", "office.planbook", "--kind", "bulletin", "--quarter", "2025Q2", "--as-of", "2025-06-30", "-o"]
        .iter()
        .map(|word| (*word).to_owned())
        .chain([format!("通报.{form}")])
        .collect()
}

#[test]
fn a_target_that_cannot_be_written_is_named_and_nothing_is_left_behind() {
    let bench = Bench::new();
    bench.ok(&["create", "office.planbook", "--seed", "yunxi-2025"]);
    for form in ["pdf", "docx", "xlsx"] {
        let name = format!("通报.{form}");
        std::fs::create_dir_all(bench.path(&name).join("旧件")).unwrap();
        let arguments = into(form);
        let said = bench.refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(said.contains(&name), "{said}");
        std::fs::remove_dir_all(bench.path(&name)).unwrap();
        // a folder that is not there
        let mut elsewhere = arguments.clone();
        *elsewhere.last_mut().unwrap() = format!("没有的文件夹/{name}");
        let said = bench.refused(&elsewhere.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(said.contains(&name), "{said}");
    }
    assert!(bench.names().iter().all(|name| !name.contains("通报")), "{:?}", bench.names());
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_leaves_the_report_that_was_there() {
    let bench = Bench::new();
    bench.ok(&["create", "office.planbook", "--seed", "yunxi-2025"]);
    for form in ["pdf", "docx", "xlsx"] {
        let arguments = into(form);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        bench.ok(&arguments);
        let path = bench.path(&format!("通报.{form}"));
        let before = std::fs::read(&path).unwrap();
        // no file may grow beyond 4 KB, as on a disk that has no more
        let command = bench.command(&arguments);
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]).arg(command.get_program()).args(command.get_args());
        shell.current_dir(command.get_current_dir().unwrap());
        shell.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
        let output = shell.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("通报.{form}")), "{said}");
        assert!(before == std::fs::read(&path).unwrap(), "the {form} that was there is there");
        assert!(bench.names().iter().all(|name| !name.ends_with(".part")), "{:?}", bench.names());
    }
}
