//! The way out of damage, as the command line offers it.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::Bench;

/// A workbook with one copy, made before its last edit.
fn with_a_copy() -> Bench {
    let bench = Bench::new();
    bench.ok(&["create", "台账.planbook", "--seed", "yunxi-2025"]);
    bench.ok(&["checklist", "台账.planbook"]);
    let edit = serde_json::json!({"edit": "set_setting", "key": "office", "value": "县政府督查室"});
    assert!(bench.apply("台账.planbook", &[edit]).status.success());
    bench
}

#[test]
fn a_damaged_workbook_is_put_right_by_one_command_and_nothing_is_lost() {
    let bench = with_a_copy();
    let path = bench.path("台账.planbook");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..160_000].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let sentence = bench.refused(&["checklist", "台账.planbook"]);
    assert!(sentence.contains("已损坏") && sentence.contains("步）") && sentence.contains("planbook restore"), "{sentence}");
    let said = bench.ok(&["restore", "台账.planbook"]);
    assert!(said.contains("已恢复到备份“台账 ") && said.contains("原件.planbook”"), "{said}");
    bench.ok(&["check", "台账.planbook"]);
    let kept: Vec<_> = std::fs::read_dir(bench.path("台账.备份")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(kept.iter().any(|file| std::fs::read(file).unwrap() == bytes), "{kept:?}");
}

#[test]
fn a_missing_workbook_comes_back_and_a_whole_one_is_left_alone() {
    let bench = with_a_copy();
    let sentence = bench.refused(&["restore", "台账.planbook"]);
    assert!(sentence.contains("没有损坏"), "{sentence}");
    std::fs::remove_file(bench.path("台账.planbook")).unwrap();
    let sentence = bench.refused(&["check", "台账.planbook"]);
    assert!(sentence.contains("找不到台账文件") && sentence.contains("1份自动备份"), "{sentence}");
    bench.ok(&["restore", "台账.planbook"]);
    bench.ok(&["check", "台账.planbook"]);
    // a whole one goes back to a copy that is named, and that can be taken back
    let copy = std::fs::read_dir(bench.path("台账.备份")).unwrap().next().unwrap().unwrap().file_name();
    bench.ok(&["restore", "台账.planbook", copy.to_str().unwrap()]);
    assert!(bench.names().contains(&"台账.planbook".to_owned()));
    let sentence = bench.refused(&["restore", "另一个.planbook"]);
    assert!(sentence.contains("没有完整的备份"), "{sentence}");
}

#[test]
fn what_is_erased_is_found_nowhere_and_the_history_says_that_something_was() {
    let bench = with_a_copy();
    let checklist = bench.json(&["checklist", "台账.planbook", "--quarter", "2025Q3", "--json"]);
    let task = checklist["departments"][0]["tasks"][0].clone();
    let (id, title) = (task["id"].as_str().unwrap(), task["title"].as_str().unwrap());
    let said = bench.ok(&["erase", "台账.planbook", id, "--reason", "误录入"]);
    assert!(said.starts_with("已彻底清除："), "{said}");
    let is_in = |path: &std::path::Path| std::fs::read(path).unwrap().windows(title.len()).any(|bytes| bytes == title.as_bytes());
    assert!(!is_in(&bench.path("台账.planbook")), "{title}");
    for copy in std::fs::read_dir(bench.path("台账.备份")).unwrap() {
        assert!(!is_in(&copy.unwrap().path()), "{title}");
    }
    assert!(bench.ok(&["history", "台账.planbook"]).contains("彻底清除：误录入"));
    bench.ok(&["check", "台账.planbook"]);
    let sentence = bench.refused(&["undo", "台账.planbook"]);
    assert!(sentence.contains("彻底清除"), "{sentence}");
}
