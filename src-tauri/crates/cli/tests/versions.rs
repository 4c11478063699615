//! A new version of a plan on the command line, and what was unclear in a document.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::{Bench, plan};

/// The plan of the tests once more: one target raised, one task gone.
fn new_version(bench: &Bench) -> String {
    let text = std::fs::read_to_string(plan()).unwrap();
    let gone = text.find("2.推广循环养殖").unwrap();
    let next = text.find("(二)打响澄湖品牌").unwrap();
    let text = format!("{}{}", &text[..gone], &text[next..]).replace("12000亩", "15000亩");
    let file = bench.path("new.txt");
    std::fs::write(&file, text).unwrap();
    file.to_string_lossy().into_owned()
}

#[test]
fn a_new_version_is_previewed_and_then_taken_over_with_the_ids_it_had() {
    let bench = Bench::new();
    bench.ok(&["create", "fish.planbook", "--document", &plan()]);
    let tasks = |bench: &Bench| {
        let list = bench.json(&["checklist", "fish.planbook", "--quarter", "2025Q3", "--as-of", "2025-08-12", "--json"]);
        let of = |title: &str| {
            let departments = list["departments"].as_array().unwrap();
            departments.iter().flat_map(|d| d["tasks"].as_array().unwrap()).find(|task| task["title"] == title).unwrap().clone()
        };
        (of("改造连片池塘"), of("推广循环养殖"))
    };
    let (pond, _) = tasks(&bench);
    let new = new_version(&bench);

    // without the word it is refused, and the way out is said
    let refused = bench.refused(&["create", "fish.planbook", "--document", &new]);
    assert!(refused.contains("--revises"), "{refused}");
    let preview = ["create", "fish.planbook", "--document", &new, "--revises", "--preview", "--as-of", "2025-08-12"];
    let said = bench.ok(&preview);
    assert!(
        said.contains("≥12000亩 → ≥15000亩") && said.contains("- 推广循环养殖（取消）") && said.contains("没有写入"),
        "{said}"
    );
    assert_eq!(tasks(&bench).0, pond);

    bench.ok(&["create", "fish.planbook", "--document", &new, "--revises", "渔业", "--as-of", "2025-08-12"]);
    let (now, gone) = tasks(&bench);
    assert_eq!(now["id"], pond["id"]);
    let targets: Vec<f64> = now["targets"].as_array().unwrap().iter().map(|target| target["value"].as_f64().unwrap()).collect();
    assert_eq!(targets, [15000.0, 40.0]);
    assert_eq!(gone["status"], "取消");
    assert!(bench.ok(&["check", "fish.planbook"]).contains("完好"));
    bench.ok(&["undo", "fish.planbook"]);
    assert_eq!(tasks(&bench).0, pond);

    let refused = bench.refused(&["create", "fish.planbook", "--document", &new, "--revises", "林业"]);
    assert!(refused.contains("林业") && refused.contains("渔业"), "{refused}");
}

#[test]
fn what_was_unclear_is_said_and_names_of_one_department_become_one() {
    let bench = Bench::new();
    let file = bench.path("plan.txt");
    let text = "云溪县水产提升行动方案(2025—2027年)\n\n一、重点任务\n1.建设标准鱼塘。到2027年,建成标准鱼塘9000亩。\
                (责任单位:县农业农村局、县科技局)\n2.推广良种。到2026年,良种覆盖率达到90%。(责任单位:科技局、县水利局)\n";
    std::fs::write(&file, text).unwrap();
    let file = file.to_string_lossy().into_owned();
    let said = bench.ok(&["create", "a.planbook", "--document", &file]);
    assert!(said.contains("需要核对") && said.contains("像是同一个单位：县科技局、科技局"), "{said}");
    assert!(said.contains("--merge-departments"), "{said}");
    let said = bench.ok(&["create", "b.planbook", "--document", &file, "--merge-departments"]);
    assert!(said.contains("已统一为一个单位：科技局 → 县科技局") && said.contains("3个单位"), "{said}");
}
