//! An office's own ledger, imported once and again, on the command line.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::Bench;

const HEAD: &str = "序号,重点任务,工作目标,牵头单位,配合单位,完成时限,进展情况,存在问题,下一步措施";
const ROWS: [&str; 5] = [
    "01,开展助企走访,走访企业80家,县工信局,县税务局,2026年5月,已走访30家,,下月走访园区企业",
    "02,举办银企对接,举办对接会6场,县工信局,县金融中心,2026年8月,,银行参与不多,",
    "03,盘活闲置厂房,盘活厂房9万平方米,县工信局,,2026年11月,,,",
    "04,推进农田建设,新建高标准农田3万亩,县农业农村局,,2026年12月,,,",
    "04,推进农田建设,建设灌溉渠道25公里,县农业农村局,,2026年10月,,,",
];

fn ledger(bench: &Bench, name: &str, rows: &[&str]) -> String {
    let text = format!("青溪县2026年重点工作任务台账\n{HEAD}\n{}\n", rows.join("\n"));
    let file = bench.path(name);
    std::fs::write(&file, text).unwrap();
    file.to_string_lossy().into_owned()
}

fn import(bench: &Bench, file: &str, more: &[&str]) -> String {
    let mut arguments = vec!["create", "town.planbook", "--document", file, "--as-of", "2026-05-20"];
    arguments.extend(more);
    bench.ok(&arguments)
}

fn tasks(bench: &Bench) -> Vec<serde_json::Value> {
    let list = bench.json(&["checklist", "town.planbook", "--quarter", "2026Q2", "--as-of", "2026-05-20", "--json"]);
    let mut found: Vec<serde_json::Value> = Vec::new();
    for task in list["departments"].as_array().unwrap().iter().flat_map(|d| d["tasks"].as_array().unwrap()) {
        if !found.iter().any(|known| known["id"] == task["id"]) {
            found.push(task.clone());
        }
    }
    found.sort_by_key(|task| task["number"].as_str().unwrap().to_owned());
    found
}

fn edits(bench: &Bench) -> usize {
    bench.json(&["history", "town.planbook", "--json"]).as_array().unwrap().len()
}

#[test]
fn the_same_ledger_changes_nothing_in_whatever_order_and_a_changed_cell_is_one_change() {
    let bench = Bench::new();
    import(&bench, &ledger(&bench, "台账.csv", &ROWS), &[]);
    let before = tasks(&bench);
    let numbers: Vec<&str> = before.iter().map(|task| task["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, ["01", "02", "03", "04"]);
    assert_eq!(before[3]["targets"].as_array().unwrap().len(), 2);

    let shuffled = [ROWS[4], ROWS[1], ROWS[0], ROWS[3], ROWS[2]];
    for rows in [&ROWS, &shuffled] {
        let said = import(&bench, &ledger(&bench, "台账.csv", rows), &[]);
        assert!(said.contains("新增0、改动0"), "{said}");
    }
    assert_eq!((tasks(&bench), edits(&bench)), (before.clone(), 1));

    // in another file, in another order: one figure and one date
    let first = ROWS[0].replace("80家", "95家");
    let third = ROWS[2].replace("2026年11月", "2026年12月");
    let changed = ledger(&bench, "台账（6月）.csv", &[ROWS[4], ROWS[3], &third, ROWS[1], &first]);
    let said = import(&bench, &changed, &["--preview"]);
    assert!(said.contains("新增0、改动2") && said.contains("没有写入"), "{said}");
    assert!(said.contains("开展助企走访 工作目标：走访企业80家 → 走访企业95家"), "{said}");
    assert!(said.contains("盘活闲置厂房 完成时限：2026年11月 → 2026年12月"), "{said}");
    assert_eq!((tasks(&bench), edits(&bench)), (before.clone(), 1));
    import(&bench, &changed, &[]);
    let after = tasks(&bench);
    let line = |task: &serde_json::Value| (task["id"].clone(), task["number"].clone(), task["title"].clone());
    assert_eq!(after.iter().map(line).collect::<Vec<_>>(), before.iter().map(line).collect::<Vec<_>>());
    assert_eq!(after[0]["targets"][0]["value"], 95.0);
    assert_eq!(after[0]["targets"][0]["id"], before[0]["targets"][0]["id"]);
    assert_eq!(after[2]["targets"][0]["due"], "2026-12");
    assert_eq!((&after[1], &after[3]), (&before[1], &before[3]));
    assert!(bench.ok(&["check", "town.planbook"]).contains("完好"));
    bench.ok(&["undo", "town.planbook"]);
    assert_eq!(tasks(&bench), before);
}

#[test]
fn what_was_put_right_by_hand_stays_where_the_file_says_what_it_said() {
    let bench = Bench::new();
    let file = ledger(&bench, "台账.csv", &ROWS);
    import(&bench, &file, &[]);
    let target = tasks(&bench)[0]["targets"][0]["id"].as_str().unwrap().to_owned();
    let edit = bench.path("edit.jsonl");
    std::fs::write(&edit, format!("{{\"edit\": \"set_target\", \"target\": \"{target}\", \"value\": 90}}\n")).unwrap();
    bench.ok(&["apply", "town.planbook", &edit.to_string_lossy()]);
    let said = import(&bench, &file, &[]);
    assert!(said.contains("新增0、改动0"), "{said}");
    // another row changes, this one does not
    let second = ROWS[1].replace("6场", "8场");
    import(&bench, &ledger(&bench, "台账.csv", &[ROWS[0], &second, ROWS[2], ROWS[3], ROWS[4]]), &[]);
    let after = tasks(&bench);
    assert_eq!((&after[0]["targets"][0]["value"], &after[1]["targets"][0]["value"]), (&90.0.into(), &8.0.into()));
}

#[test]
fn a_row_that_is_new_is_added_behind_and_one_that_is_missing_stays() {
    let bench = Bench::new();
    import(&bench, &ledger(&bench, "台账.csv", &ROWS), &[]);
    let before = tasks(&bench);
    let new = "05,新建城市公园,新建公园2个,县城管局,,2026年12月,,,";
    let said = import(&bench, &ledger(&bench, "台账.csv", &[new, ROWS[0], ROWS[1], ROWS[3], ROWS[4]]), &[]);
    assert!(said.contains("新增1、改动0"), "{said}");
    let after = tasks(&bench);
    assert_eq!(after[..4], before[..]);
    assert_eq!((&after[4]["number"], &after[4]["title"]), (&"05".into(), &"新建城市公园".into()));
}

#[test]
fn progress_goes_into_the_quarter_that_one_names() {
    let bench = Bench::new();
    let file = ledger(&bench, "台账.csv", &ROWS);
    let said = import(&bench, &file, &[]);
    assert!(said.contains("“进展情况”列") && said.contains("季度"), "{said}");
    let written = |bench: &Bench| -> Vec<String> {
        let edits = bench.json(&["history", "town.planbook", "--json"]);
        let changes = edits.as_array().unwrap().iter().flat_map(|edit| edit["changes"].as_array().unwrap());
        changes.filter_map(|change| change["new"].as_str().map(str::to_owned)).collect()
    };
    let is_written = |words: &str| written(&bench).iter().any(|new| new == words);
    assert!(!is_written("已走访30家") && tasks(&bench)[0]["status"] == "未启动");
    import(&bench, &file, &["--quarter", "2026Q2"]);
    for words in ["已走访30家", "银行参与不多", "下月走访园区企业"] {
        assert!(is_written(words), "{words}: {:?}", written(&bench));
    }
    assert_eq!(tasks(&bench)[0]["status"], "推进中");
    let edits_before = edits(&bench);
    import(&bench, &file, &["--quarter", "2026Q2"]);
    assert_eq!(edits(&bench), edits_before, "the same once more");
    bench.ok(&["close", "town.planbook", "--quarter", "2026Q2"]);
    let later = ledger(&bench, "台账.csv", &[&ROWS[0].replace("30家", "60家"), ROWS[1], ROWS[2], ROWS[3], ROWS[4]]);
    let refused = bench.refused(&["create", "town.planbook", "--document", &later, "--quarter", "2026Q2"]);
    assert!(refused.contains("封账"), "{refused}");
}
