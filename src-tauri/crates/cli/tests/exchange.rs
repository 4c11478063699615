//! A quarter's exchange on the fixed command line.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::Bench;

#[test]
fn files_go_out_come_back_and_are_handed_up() {
    let folder = Bench::new();
    folder.ok(&["create", "office.planbook", "--seed", "yunxi-2025"]);
    let issued = folder.ok(&["issue", "office.planbook", "--quarter", "2025Q4", "--out", "out", "--xlsx"]);
    assert!(issued.contains("out/柳坪镇-2025Q4.planpack") && issued.contains("out/柳坪镇-2025Q4.xlsx"), "{issued}");
    folder.ok(&["create", "town.planbook", "--packet", "out/柳坪镇-2025Q4.planpack"]);
    let list = folder.json(&["checklist", "town.planbook", "--quarter", "2025Q4", "--json"]);
    let task = list["departments"][0]["tasks"][0]["id"].as_str().unwrap();
    let edit = serde_json::json!({"edit": "set_progress", "task": task, "department": "柳坪镇", "quarter": "2025Q4",
        "status": "推进中", "done": "已建成两处。"});
    let ask = serde_json::json!({"edit": "ask_change", "about": "task", "row": task, "asked": "2026-06", "reason": "汛期停工。",
        "quarter": "2025Q4"});
    std::fs::write(folder.path("edits.jsonl"), format!("{edit}\n{ask}\n")).unwrap();
    folder.ok(&["apply", "town.planbook", "edits.jsonl"]);
    let returned = folder.ok(&["return", "town.planbook", "--quarter", "2025Q4", "-o", "back.planpack"]);
    assert!(returned.contains("校验号"), "{returned}");

    let preview = folder.json(&["collect", "office.planbook", "back.planpack", "out/青石镇-2025Q4.xlsx", "--preview", "--json"]);
    let states: Vec<&str> = preview["files"].as_array().unwrap().iter().map(|file| file["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["new", "empty"]);
    let change = |field: &str| {
        let all = preview["files"][0]["changes"].as_array().unwrap();
        all.iter().find(|change| change["field"] == field).map(|change| change["new"].clone())
    };
    assert_eq!(change("done"), Some("已建成两处。".into()));
    assert_eq!(preview["files"][0]["requests"].as_array().unwrap().len(), 1);
    // of some departments words stand in the sample's ledger already: they are not missing
    assert_eq!(preview["missing"].as_array().unwrap().len(), 13);
    folder.ok(&["collect", "office.planbook", "back.planpack"]);
    assert!(folder.ok(&["collect", "office.planbook", "back.planpack"]).contains("没有新内容"));

    let asked = folder.json(&["requests", "office.planbook", "--json"]);
    assert_eq!((&asked[0]["state"], &asked[0]["department"]), (&"open".into(), &"柳坪镇".into()));
    assert!(folder.ok(&["requests", "office.planbook"]).contains("汛期停工。"));
    folder.ok(&["collect", "office.planbook", "out/青石镇-2025Q4.xlsx"]);
    let status = folder.json(&["exchange", "office.planbook", "--quarter", "2025Q4", "--json"]);
    let state = |name: &str| {
        let lines = status["departments"].as_array().unwrap();
        lines.iter().find(|line| line["name"] == name).unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state("青石镇"), "empty");
    assert!(matches!(state("柳坪镇").as_str(), "returned" | "late"));
    assert!(folder.ok(&["exchange", "office.planbook", "--quarter", "2025Q4"]).contains("空表\t青石镇"));

    folder.ok(&["close", "office.planbook", "--quarter", "2025Q4"]);
    let compared = folder.json(&["compare", "office.planbook", "--from", "2025Q3", "--to", "2025Q4", "--json"]);
    assert_eq!((&compared["from"]["closed"], &compared["to"]["closed"]), (&false.into(), &true.into()));
    let handed = folder.ok(&["hand-up", "office.planbook", "--quarter", "2025Q4", "-o", "up.planpack"]);
    assert!(handed.contains("37项任务"), "{handed}");
    folder.ok(&["create", "city.planbook", "--seed", "lianshui-2024"]);
    folder.ok(&["collect", "city.planbook", "up.planpack"]);
    let merged = folder.ok(&["checklist", "city.planbook", "--quarter", "2025Q4"]);
    assert!(merged.contains("·柳坪镇") && merged.contains("县商务局"), "{merged}");
    let late = folder.run(&["collect", "office.planbook", "out/青石镇-2025Q4.xlsx"]);
    assert_eq!(late.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&late.stderr).contains("已封账"));
}

#[test]
fn where_two_wrote_the_same_field_one_side_is_taken_in_all() {
    let folder = Bench::new();
    folder.ok(&["create", "office.planbook", "--seed", "yunxi-2025"]);
    folder.ok(&["issue", "office.planbook", "--quarter", "2025Q4", "--out", "out"]);
    folder.ok(&["create", "town.planbook", "--packet", "out/柳坪镇-2025Q4.planpack"]);
    let list = folder.json(&["checklist", "town.planbook", "--quarter", "2025Q4", "--json"]);
    let task = list["departments"][0]["tasks"][0]["id"].as_str().unwrap();
    let says = |workbook: &str, done: &str, problems: &str| {
        let edit = serde_json::json!({"edit": "set_progress", "task": task, "department": "柳坪镇", "quarter": "2025Q4",
            "status": "推进中", "done": done, "problems": problems});
        std::fs::write(folder.path("edits.jsonl"), edit.to_string()).unwrap();
        folder.ok(&["apply", workbook, "edits.jsonl"]);
    };
    says("town.planbook", "已建成两处。", "汛期停工。");
    says("office.planbook", "核实建成一处。", "资金未到位。");
    folder.ok(&["return", "town.planbook", "--quarter", "2025Q4", "-o", "back.planpack"]);
    let after = |take: &[&str]| {
        let arguments = [&["collect", "office.planbook", "back.planpack", "--preview", "--json"], take].concat();
        let preview = folder.json(&arguments);
        let conflicts = preview["files"][0]["conflicts"].as_array().unwrap();
        conflicts.iter().map(|line| line["new"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(after(&[]), ["核实建成一处。", "资金未到位。"]);
    assert_eq!(after(&["--take", "office"]), after(&[]));
    assert_eq!(after(&["--take", "department"]), ["已建成两处。", "汛期停工。"]);
    folder.ok(&["collect", "office.planbook", "back.planpack", "--take", "department"]);
    let history = folder.ok(&["history", "office.planbook", "--json"]);
    assert!(history.contains("汛期停工。"), "{history}");
}
