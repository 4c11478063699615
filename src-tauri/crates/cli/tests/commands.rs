//! The fixed command line, as a script uses it.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::{Bench, plan};

fn checklist(bench: &Bench) -> serde_json::Value {
    bench.json(&["checklist", "fish.planbook", "--quarter", "2025Q2", "--as-of", "2025-06-30", "--json"])
}

fn fish() -> Bench {
    let bench = Bench::new();
    bench.ok(&["create", "fish.planbook", "--document", &plan()]);
    bench
}

fn task<'a>(checklist: &'a serde_json::Value, department: &str, title: &str) -> &'a serde_json::Value {
    let departments = checklist["departments"].as_array().unwrap();
    let of = departments.iter().find(|d| d["name"] == department).unwrap_or_else(|| panic!("no {department}"));
    of["tasks"].as_array().unwrap().iter().find(|task| task["title"] == title).unwrap_or_else(|| panic!("no {title}"))
}

#[test]
fn draft_of_a_document_has_the_labels_shape_and_exact_quotes() {
    let bench = Bench::new();
    let draft = bench.json(&["intake", &plan(), "--json"]);
    let text = bench.ok(&["text", &plan()]);
    assert_eq!(text, std::fs::read_to_string(plan()).unwrap());
    assert_eq!(draft["plan"]["title"], "澄湖县渔业振兴三年行动方案(2025—2027年)");
    assert_eq!(draft["plan"]["doc_number"], "澄政办发〔2025〕12号");
    assert_eq!(draft["plan"]["issued_on"], "2025-02-18");
    assert_eq!(draft["plan"]["period"], serde_json::json!({"from": 2025, "to": 2027}));
    let titles: Vec<&str> = draft["tasks"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["改造连片池塘", "推广循环养殖", "拓展销售渠道", "加强组织领导", "强化资金支持"]);
    assert_eq!(draft["tasks"][0]["lead"], serde_json::json!(["县农业农村局"]));
    let pond = draft["targets"].as_array().unwrap().iter().find(|target| target["value"] == 12000.0).unwrap();
    assert_eq!((pond["unit"].as_str(), pond["due"].as_str(), pond["op"].as_str()), (Some("亩"), Some("2026"), Some(">=")));
    for part in ["targets", "milestones", "checklist_items"] {
        for row in draft[part].as_array().unwrap() {
            assert!(text.contains(row["quote"].as_str().unwrap()), "{row}");
        }
    }
}

#[test]
fn document_becomes_checklists_with_roles_and_dates() {
    let bench = fish();
    let checklist = checklist(&bench);
    assert_eq!((checklist["quarter"].as_str(), checklist["as_of"].as_str()), (Some("2025Q2"), Some("2025-06-30")));
    let pond = task(&checklist, "县农业农村局", "改造连片池塘");
    assert_eq!(pond["role"], "lead");
    assert_eq!(task(&checklist, "县水利局", "改造连片池塘")["role"], "support");
    assert_eq!(task(&checklist, "县供销社", "拓展销售渠道")["role"], "support", "the first named unit leads by default");
    assert_eq!(pond["milestones"][0]["due"], "2025-06");
    let values: Vec<f64> = pond["targets"].as_array().unwrap().iter().map(|t| t["value"].as_f64().unwrap()).collect();
    assert_eq!(values, [12000.0, 40.0]);
}

#[test]
fn edits_are_saved_judged_and_undone() {
    let bench = fish();
    let before = checklist(&bench);
    let pond = task(&before, "县农业农村局", "改造连片池塘");
    let (target, milestone) = (&pond["targets"][0]["id"], &pond["milestones"][0]["id"]);
    let output = bench.apply(
        "fish.planbook",
        &[
            serde_json::json!({"edit": "set_actual", "target": target, "quarter": "2025Q2", "value": 4200, "note": "一期"}),
            serde_json::json!({"edit": "set_actual", "target": pond["targets"][1]["id"], "quarter": "2025Q2", "value": 14}),
            serde_json::json!({"edit": "complete_milestone", "milestone": milestone, "done_on": "2025-06-20"}),
            serde_json::json!({"edit": "set_progress", "task": pond["id"], "department": "县农业农村局", "quarter": "2025Q2",
            "status": "推进中", "done": "一期4200亩已完工", "problems": "", "next": "开工二期"}),
        ],
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let after = checklist(&bench);
    let pond = task(&after, "县农业农村局", "改造连片池塘");
    assert_eq!((pond["status"].as_str(), pond["lamp"].as_str()), (Some("推进中"), Some("绿")));
    assert_eq!(pond["targets"][0]["actual"], 4200.0);
    assert_eq!(pond["milestones"][0]["done_on"], "2025-06-20");
    let history = bench.json(&["history", "fish.planbook", "--json"]);
    assert_eq!(history[0]["who"], "王芳");
    assert!(history[0]["changes"].as_array().unwrap().iter().any(|change| change["new"] == "一期4200亩已完工"));
    bench.ok(&["undo", "fish.planbook"]);
    assert_eq!(checklist(&bench), before);
}

#[test]
fn list_with_one_bad_edit_changes_nothing() {
    let bench = fish();
    let before = checklist(&bench);
    let pond = task(&before, "县农业农村局", "改造连片池塘");
    let good = serde_json::json!({"edit": "set_actual", "target": pond["targets"][0]["id"], "quarter": "2025Q2", "value": 1, "note": ""});
    for bad in [
        serde_json::json!({"edit": "tick_item", "item": "01a20000-0000-7000-8000-000000000000", "done_on": "2025-06-20"}),
        serde_json::json!({"edit": "complete_milestone", "milestone": pond["milestones"][0]["id"], "done_on": "2025-02-30"}),
        serde_json::json!({"edit": "set_progress", "task": pond["id"], "department": "县档案馆", "quarter": "2025Q2", "done": "x"}),
        serde_json::json!({"edit": "set_actual", "target": pond["targets"][0]["id"], "quarter": "2025Q7", "value": 1}),
        serde_json::json!({"edit": "no_such_edit"}),
    ] {
        let output = bench.apply("fish.planbook", &[good.clone(), bad.clone()]);
        assert_eq!(output.status.code(), Some(1), "{bad}");
        assert!(String::from_utf8(output.stderr).unwrap().contains('2'), "names the line: {bad}");
        assert_eq!(checklist(&bench), before, "{bad}");
    }
}

#[test]
fn key_that_is_missing_does_not_erase() {
    let bench = fish();
    let before = checklist(&bench);
    let pond = task(&before, "县农业农村局", "改造连片池塘");
    let good = serde_json::json!({"edit": "set_actual", "target": pond["targets"][0]["id"], "quarter": "2025Q2", "value": 7});
    assert!(bench.apply("fish.planbook", std::slice::from_ref(&good)).status.success());
    let filled = checklist(&bench);
    for (bad, key) in [
        (serde_json::json!({"edit": "set_actual", "target": pond["targets"][0]["id"], "quarter": "2025Q2"}), "value"),
        (serde_json::json!({"edit": "complete_milestone", "milestone": pond["milestones"][0]["id"]}), "done_on"),
        (serde_json::json!({"edit": "assign", "task": pond["id"], "department": "县水利局"}), "role"),
        (serde_json::json!({"edit": "set_item_due", "item": "x"}), "due"),
        (serde_json::json!({"edit": "tick_item", "item": "x"}), "done_on"),
    ] {
        let output = bench.apply("fish.planbook", &[good.clone(), bad.clone()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{bad}");
        assert!(said.contains("第2行") && said.contains(&format!("缺少“{key}”")), "{said}");
        assert_eq!(checklist(&bench), filled, "{bad}");
    }
    let cleared =
        serde_json::json!({"edit": "set_actual", "target": pond["targets"][0]["id"], "quarter": "2025Q2", "value": null});
    assert!(bench.apply("fish.planbook", &[cleared]).status.success());
    assert_eq!(checklist(&bench), before);
}

#[test]
fn report_does_not_overwrite_the_workbook_it_is_made_from() {
    let bench = Bench::new();
    bench.ok(&["create", "y.pdf", "--seed", "yunxi-2025"]);
    std::fs::create_dir(bench.path("sub")).unwrap();
    let before = std::fs::read(bench.path("y.pdf")).unwrap();
    for target in ["y.pdf", "./y.pdf", "sub/../y.pdf"] {
        let sentence = bench.refused(&["report", "y.pdf", "--kind", "bulletin", "--quarter", "2025Q3", "-o", target]);
        assert!(sentence.contains("台账本身"), "{sentence}");
        assert!(std::fs::read(bench.path("y.pdf")).unwrap() == before, "{target}");
    }
}

#[test]
fn bulletin_prints_the_same_bytes_twice() {
    let bench = Bench::new();
    bench.ok(&["create", "y.planbook", "--seed", "yunxi-2025"]);
    for file in ["a.pdf", "b.pdf"] {
        bench.ok(&["report", "y.planbook", "--kind", "bulletin", "--quarter", "2025Q3", "--as-of", "2025-10-12", "-o", file]);
    }
    let (a, b) = (std::fs::read(bench.path("a.pdf")).unwrap(), std::fs::read(bench.path("b.pdf")).unwrap());
    assert!(a.starts_with(b"%PDF-") && a == b);
    assert!(a.len() < 1_000_000, "{}", a.len());
}

#[test]
fn ending_of_the_file_decides_the_form_of_a_report() {
    let bench = Bench::new();
    bench.ok(&["create", "y.planbook", "--seed", "yunxi-2025"]);
    for kind in ["bulletin", "department", "one-page", "slip"] {
        for (file, head) in [("a.pdf", &b"%PDF-"[..]), ("a.docx", b"PK"), ("a.xlsx", b"PK")] {
            bench.ok(&["report", "y.planbook", "--kind", kind, "--quarter", "2025Q3", "-o", file]);
            assert!(std::fs::read(bench.path(file)).unwrap().starts_with(head), "{kind} {file}");
        }
    }
}

#[test]
fn every_seed_opens_as_a_workbook() {
    let bench = Bench::new();
    let seeds = bench.ok(&["seeds"]);
    let names: Vec<&str> = seeds.lines().filter_map(|line| line.split('\t').next()).collect();
    for name in ["pingyang-2025", "zhejiang-2019", "lianshui-2024", "lishui-2024", "pinghu-2016"] {
        assert!(names.contains(&name), "{name}");
    }
    for name in names {
        let workbook = format!("{name}.planbook");
        bench.ok(&["create", &workbook, "--seed", name]);
        assert!(!bench.json(&["checklist", &workbook, "--json"])["departments"].as_array().unwrap().is_empty(), "{name}");
    }
}

#[test]
fn second_plan_joins_a_workbook_and_the_same_plan_does_not_enter_twice() {
    let bench = fish();
    bench.ok(&["create", "fish.planbook", "--seed", "lianshui-2024"]);
    let departments = checklist(&bench)["departments"].clone();
    let names: Vec<&serde_json::Value> = departments.as_array().unwrap().iter().map(|d| &d["name"]).collect();
    assert_eq!(names.iter().filter(|name| **name == "县科技局").count(), 1, "one department over both plans");
    let sentence = bench.refused(&["create", "fish.planbook", "--document", &plan()]);
    assert!(sentence.contains("澄湖县渔业振兴"), "{sentence}");
}

#[test]
fn draft_that_was_printed_makes_the_same_workbook() {
    let bench = fish();
    std::fs::write(bench.path("draft.json"), bench.ok(&["intake", &plan(), "--json"])).unwrap();
    bench.ok(&["create", "other.planbook", "--draft", "draft.json"]);
    let titles = |workbook: &str| -> Vec<String> {
        let checklist = bench.json(&["checklist", workbook, "--quarter", "2025Q2", "--json"]);
        let departments = checklist["departments"].as_array().unwrap().clone();
        departments.iter().flat_map(|d| d["tasks"].as_array().unwrap().clone()).map(|t| t["title"].to_string()).collect()
    };
    assert_eq!(titles("fish.planbook"), titles("other.planbook"));
}

#[test]
fn bad_files_are_refused_with_a_sentence_and_leave_nothing_behind() {
    let bench = Bench::new();
    std::fs::write(bench.path("empty.txt"), "").unwrap();
    std::fs::write(bench.path("noise.docx"), (0..4096_u32).map(|n| (n * 7 % 251) as u8).collect::<Vec<u8>>()).unwrap();
    std::fs::write(bench.path("poem.txt"), "床前灯影深。\n窗外雨声沉。\n").unwrap();
    std::fs::write(bench.path("broken.json"), "{\"plan\":").unwrap();
    for (option, file) in [
        ("--document", "empty.txt"),
        ("--document", "noise.docx"),
        ("--document", "poem.txt"),
        ("--document", "gone.txt"),
        ("--draft", "broken.json"),
    ] {
        let sentence = bench.refused(&["create", "new.planbook", option, file]);
        assert!(sentence.contains(file), "{sentence}");
        assert!(!bench.path("new.planbook").exists(), "{file}");
    }
    std::fs::write(bench.path("not.planbook"), "这不是台账").unwrap();
    assert!(bench.refused(&["checklist", "not.planbook"]).contains("not.planbook"));
    assert!(bench.refused(&["checklist", "missing.planbook"]).contains("missing.planbook"));
    assert!(bench.refused(&["create", "x.planbook", "--seed", "atlantis"]).contains("atlantis"));
    assert_eq!(std::fs::read(bench.path("not.planbook")).unwrap(), "这不是台账".as_bytes());
}

#[test]
fn report_to_a_place_that_cannot_be_written_is_refused() {
    let bench = fish();
    let report =
        |file: &str| bench.refused(&["report", "fish.planbook", "--kind", "bulletin", "--quarter", "2025Q2", "-o", file]);
    assert!(report("no/such/folder/a.pdf").contains("a.pdf"));
    assert!(report("a.exe").contains("a.exe"));
    let unknown =
        ["report", "fish.planbook", "--kind", "department", "--department", "县档案馆", "--quarter", "2025Q2", "-o", "a.pdf"];
    assert!(bench.refused(&unknown).contains("县档案馆"));
}

#[test]
fn wrong_usage_exits_with_two() {
    let bench = Bench::new();
    for arguments in
        [&["create", "x.planbook"][..], &["report", "x.planbook"], &["no-such-command"], &["seeds", "--as-of", "2025-13-01"]]
    {
        assert_eq!(bench.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn english_is_complete_enough_to_follow() {
    let bench = fish();
    assert!(bench.ok(&["seeds", "--lang", "en"]).contains("tasks"));
    std::fs::write(bench.path("half.planbook"), "SQLite format 3\0 and no more").unwrap();
    std::fs::write(bench.path("edits.jsonl"), "{\"edit\": \"no_such\"}\n").unwrap();
    std::fs::write(bench.path("empty.docx"), "").unwrap();
    for arguments in [
        &["checklist", "missing.planbook"][..],
        &["checklist", "half.planbook"],
        &["create", "new.planbook", "--seed", "atlantis"],
        &["create", "new.planbook", "--document", "empty.docx"],
        &["apply", "fish.planbook", "edits.jsonl"],
        &["report", "fish.planbook", "--kind", "bulletin", "--quarter", "2025Q9", "-o", "a.pdf"],
    ] {
        let output = bench.run(&[arguments, &["--lang", "en"]].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || "，。“”".contains(c);
        assert!(said.contains(". ") && !said.chars().any(chinese), "{arguments:?}: {said}");
    }
}

#[test]
fn a_ledger_in_a_table_is_read_and_becomes_a_workbook() {
    let bench = Bench::new();
    let table = "目标任务,谁来办,完成时限,目标值\n培育规模以上工业企业,县工信局,2026年底,50家以上\n修订防汛应急预案,县应急局,2026年6月底,\n";
    std::fs::write(bench.path("台账.csv"), table).unwrap();
    let draft = bench.json(&["intake", "台账.csv", "--json"]);
    assert_eq!(draft["tasks"].as_array().unwrap().len(), 2);
    assert_eq!(draft["targets"][0]["value"], 50.0);
    assert!(draft["findings"].to_string().contains("谁来办"), "an unknown column is said");
    let draft = bench.json(&["intake", "台账.csv", "--column", "谁来办=牵头单位", "--json"]);
    assert_eq!(draft["tasks"][0]["lead"][0], "县工信局");
    assert!(!bench.run(&["intake", "台账.csv", "--column", "谁来办=天气"]).status.success());
    assert!(bench.ok(&["create", "台账.planbook", "--document", "台账.csv"]).contains("2项任务"));
}

#[test]
fn history_names_rows_as_they_were_and_says_codes_in_words() {
    let bench = fish();
    let list = checklist(&bench);
    let task = list["departments"][0]["tasks"][0].clone();
    let rename = |title: &str| serde_json::json!({"edit": "set_task_title", "task": task["id"], "title": title});
    for title in ["甲名", "乙名"] {
        assert!(bench.apply("fish.planbook", &[rename(title)]).status.success());
    }
    let history = |bench: &Bench| bench.json(&["history", "fish.planbook", "--json"]);
    let row_of = |entry: &serde_json::Value| entry["changes"][0]["row"].clone();
    let renamed = history(&bench);
    assert_eq!((row_of(&renamed[0]), row_of(&renamed[1])), ("乙名".into(), "甲名".into()), "each by its name of then");

    // once the import is undone none of the rows is there any more, and each is still named
    let import = renamed[2].clone();
    for _ in 0..3 {
        bench.ok(&["undo", "fish.planbook"]);
    }
    let after = history(&bench);
    let same = after.as_array().unwrap().iter().find(|entry| entry["id"] == import["id"]).unwrap();
    assert_eq!(same["changes"], import["changes"]);
    let named = |what: &str| {
        let changes = after[0]["changes"].as_array().unwrap();
        changes.iter().filter(|change| change["what"] == what).all(|change| !change["row"].as_str().unwrap().is_empty())
    };
    for what in ["task", "checklist_item", "indicator", "target", "assignment", "department", "plan"] {
        assert!(named(what), "{what}: {after}");
    }
    let text = bench.ok(&["history", "fish.planbook"]);
    for code in ["county", "issued", "lead", "safeguard", "town", "yes_no", "level"] {
        assert!(!text.contains(&format!("→ {code}\n")) && !text.contains(&format!(": {code} →")), "{code}");
    }
    assert!(text.contains("→ 县直\n") && text.contains("……另有"), "{text}");
}

#[test]
fn nothing_is_written_over_the_workbook_or_what_belongs_to_it() {
    let bench = Bench::new();
    // a workbook may bear any name, also one that a file of the exchange would have
    bench.ok(&["create", "office.planbook", "--seed", "yunxi-2025"]);
    bench.ok(&["issue", "office.planbook", "--quarter", "2025Q4", "--out", "out"]);
    bench.ok(&["close", "office.planbook", "--quarter", "2025Q2"]);
    std::fs::rename(bench.path("office.planbook"), bench.path("柳坪镇-2025Q4.planpack")).unwrap();
    bench.ok(&["create", "town.planpack", "--packet", "out/柳坪镇-2025Q4.planpack"]);
    for words in [
        &["issue", "柳坪镇-2025Q4.planpack", "--quarter", "2025Q4", "--out", "."][..],
        &["hand-up", "柳坪镇-2025Q4.planpack", "--quarter", "2025Q2", "-o", "柳坪镇-2025Q4.planpack"],
        &["return", "town.planpack", "--quarter", "2025Q4", "-o", "town.planpack"],
        &["report", "town.planpack", "--kind", "department", "--quarter", "2025Q4", "-o", "town.备份/a.pdf"],
    ] {
        std::fs::create_dir_all(bench.path("town.备份")).unwrap();
        let said = bench.refused(words);
        assert!(said.contains("是台账本身的文件") || said.contains("备份文件夹里"), "{words:?}: {said}");
    }
    for workbook in ["柳坪镇-2025Q4.planpack", "town.planpack"] {
        assert!(bench.ok(&["check", workbook]).contains("完好"), "{workbook} is still a workbook");
    }
}

#[test]
fn refusals_name_the_line_the_fault_and_a_way_that_is_there() {
    let bench = fish();
    let list = checklist(&bench);
    let tasks = || list["departments"].as_array().unwrap().iter().flat_map(|one| one["tasks"].as_array().unwrap());
    let item = tasks().find_map(|task| task["items"].get(0)).unwrap_or_else(|| panic!("no item"))["id"].clone();
    let edits = |text: &str| {
        std::fs::write(bench.path("edits.jsonl"), text).unwrap();
        bench.refused(&["apply", "fish.planbook", "edits.jsonl"])
    };
    let due = |due: &str| serde_json::json!({"edit": "set_item_due", "item": item, "due": due}).to_string();
    // blank lines count, as in every editor
    let said = edits(&format!("{}\n\n\n{}\n", due("2025-06"), due("2025Q2")));
    assert!(said.starts_with("文件“edits.jsonl”第4行，全部未保存：“2025Q2”不是有效的日期。"), "{said}");
    assert!(said.contains("如二季度末为2025-06") && !said.contains("季度写作2025Q2"), "{said}");
    assert!(edits(&due("明年")).contains("第1行"));
    let said = edits("{\"edit\": \"tick_item\", \"item\": \"none\", \"done_on\": null}\n");
    assert!(said.contains("找不到要改的清单事项“none”") && !said.contains("刷新"), "{said}");

    let said = bench.refused(&["apply", "fish.planbook", "no-such.jsonl"]);
    assert!(said.contains("文件不存在") && !said.contains("UTF-8"), "{said}");
    std::fs::write(bench.path("edits.jsonl"), [0xff, 0xfe, b'a']).unwrap();
    assert!(bench.refused(&["apply", "fish.planbook", "edits.jsonl"]).contains("不是UTF-8文本"));

    bench.ok(&["close", "fish.planbook", "--quarter", "2025Q2", "--as-of", "2025-07-05"]);
    let unnamed = bench
        .command(&["reopen", "fish.planbook", "--quarter", "2025Q2", "--reason", "补录"])
        .env("PLANBOOK_WHO", "未署名")
        .output();
    let said = String::from_utf8(unnamed.unwrap().stderr).unwrap();
    assert!(said.contains("不知道是谁要重新打开2025年二季度"), "{said}");
    bench.ok(&["reopen", "fish.planbook", "--quarter", "2025Q2", "--reason", "补录"]);

    // advice is about copies only where there are some
    let mut bytes = std::fs::read(bench.path("fish.planbook")).unwrap();
    bytes[4096..40_000].fill(7);
    std::fs::write(bench.path("torn.planbook"), &bytes).unwrap();
    let said = bench.refused(&["history", "torn.planbook"]);
    assert!(said.contains("旁边没有自动备份"), "{said}");
    std::fs::write(bench.path("fish.planbook"), &bytes).unwrap();
    let said = bench.refused(&["history", "fish.planbook"]);
    assert!(said.contains("有1份自动备份") && said.contains("planbook restore"), "{said}");
}

#[test]
fn of_an_indicators_steps_one_is_the_quarters() {
    let bench = Bench::new();
    bench.ok(&["create", "a.planbook", "--seed", "yunxi-2025"]);
    let mut seen = 0;
    for quarter in ["2025Q1", "2025Q4"] {
        let list = bench.json(&["checklist", "a.planbook", "--quarter", quarter, "--json"]);
        for task in list["departments"].as_array().unwrap().iter().flat_map(|one| one["tasks"].as_array().unwrap()) {
            let targets = task["targets"].as_array().unwrap();
            for target in targets {
                let of_one = targets.iter().filter(|other| other["indicator_id"] == target["indicator_id"]);
                assert_eq!(of_one.filter(|other| other["current"] == true).count(), 1, "{quarter}: {target}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}
