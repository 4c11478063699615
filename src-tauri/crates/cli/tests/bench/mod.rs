//! A folder of its own, and `planbook` run in it as a script would.
#![allow(dead_code, reason = "each test program uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What lies in the folder, in the order of names.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_planbook"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("PLANBOOK_DATA", self.folder.path().join("data"))
            .env("PLANBOOK_WHO", "王芳");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must go well, and gives what it printed.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.ok(arguments)).unwrap()
    }

    /// Runs a command that must be refused with one sentence, and gives it.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert!(sentence.trim_end().ends_with('。') && sentence.trim_end().lines().count() == 1, "{sentence}");
        sentence
    }

    /// Applies edits to a workbook, one a line.
    pub fn apply(&self, workbook: &str, lines: &[serde_json::Value]) -> Output {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(self.path("edits.jsonl"), text).unwrap();
        self.run(&["apply", workbook, "edits.jsonl"])
    }
}

pub fn plan() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plan.txt").to_string_lossy().into_owned()
}
