//! How the program ends: killed, interrupted, at fault.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod bench;

use bench::Bench;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
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

/// The second shell under way.
struct Served {
    child: Child,
    host: String,
    base: String,
    cookie: String,
}

impl Served {
    fn of(bench: &Bench, workbook: &str, fault: &str) -> Self {
        let mut child = bench
            .command(&["serve", workbook, "--no-open", "--as-of", "2025-06-30"])
            .env("TMPDIR", bench.path(""))
            .env("PLANBOOK_TEST_FAULT", fault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (origin, code) = address.trim().split_once("/#code=").unwrap();
        let host = origin.trim_start_matches("http://").to_owned();
        let mut served = Self { child, host, base: String::new(), cookie: String::new() };
        let answer = served.asked("/session", code);
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap().to_owned();
        assert!(cookie.contains("; HttpOnly; SameSite=Strict"), "{cookie}");
        served.base = answer.split_once("\r\n\r\n").unwrap().1.trim_matches('"').to_owned();
        assert!(cookie.contains(&format!("Path={};", served.base)), "{cookie}");
        served.cookie = cookie.split(';').next().unwrap().to_owned();
        assert!(served.asked("/session", code).starts_with("HTTP/1.1 410"), "a second use is refused");
        served
    }

    /// A whole answer, with its head.
    fn asked(&self, path: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.host,
            self.cookie,
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Status and body of an answer under the session's path.
    fn post(&self, path: &str, body: &str) -> (u16, String) {
        let answer = self.asked(&format!("{}{path}", self.base), body);
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    /// Waits for its end, but not for ever.
    fn ended(mut self) -> Option<i32> {
        for _ in 0..200 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        panic!("the shell did not end");
    }
}

#[cfg(unix)]
#[test]
fn the_second_shell_ends_when_it_is_asked_to_and_leaves_one_file() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let bench = Bench::new();
        bench.ok(&["create", "台账.planbook", "--seed", "yunxi-2025"]);
        let before = bench.names();
        let served = Served::of(&bench, "台账.planbook", "");
        let (status, kept) = served.post("/file/%E7%94%B2.txt", "text");
        assert_eq!(status, 200, "{kept}");
        let (status, _) = served.post("/call/workbook", "{}");
        assert_eq!(status, 200);
        assert!(bench.names().iter().any(|name| name.starts_with("planbook-handed-over-")));
        assert!(bench.names().contains(&"台账.planbook.lock".to_owned()));
        let pid = served.child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert_eq!(served.ended(), Some(0), "{signal}");
        let mut left = bench.names();
        left.retain(|name| !before.contains(name) && name != "台账.备份");
        assert_eq!(left, [""; 0], "{signal}");
    }
}

#[test]
fn a_fault_in_the_second_shell_is_told_and_the_workbook_goes_on() {
    let bench = Bench::new();
    bench.ok(&["create", "台账.planbook", "--seed", "yunxi-2025"]);
    let mut served = Served::of(&bench, "台账.planbook", "overview");
    let (status, said) = served.post("/call/overview", "{\"quarter\": \"2025Q2\"}");
    assert!(status == 422 && said.contains("此前保存的内容都在"), "{status} {said}");
    let (status, frame) = served.post("/call/workbook", "{}");
    assert!(status == 200 && frame.contains("\"read_only\":false"), "{status} {frame}");
    served.child.kill().unwrap();
    served.child.wait().unwrap();
    let log = std::fs::read_to_string(bench.path("data/planbook.log")).unwrap();
    assert!(log.contains("a fault that a test asked for"), "{log}");
}
