//! How the program ends: killed, interrupted, at fault.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::Bench;
use std::process::Stdio;
use std::time::Duration;

#[test]
fn create_killed_at_any_moment_leaves_a_whole_workbook_or_a_free_name() {
    let bench = Bench::new();
    let path = bench.path("台账.planbook");
    let mut cut_off = 0;
    for step in 0..40 {
        let mut made = bench.command(&["create", "台账.planbook", "--seed", "yunxi-2025"]).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(3 * step));
        made.kill().unwrap();
        made.wait().unwrap();
        if !path.exists() {
            cut_off += 1;
            continue;
        }
        let checklist = bench.json(&["checklist", "台账.planbook", "--quarter", "2025Q3", "--json"]);
        assert!(checklist["departments"].as_array().unwrap().len() > 3, "a workbook with half of the plan has the name");
        std::fs::remove_file(&path).unwrap();
    }
    assert!(cut_off > 0, "no attempt was killed in time");
    bench.ok(&["create", "台账.planbook", "--seed", "yunxi-2025"]);
    let left: Vec<String> = bench.names().into_iter().filter(|name| name.starts_with("台账.planbook")).collect();
    assert_eq!(left, ["台账.planbook"]);
}
