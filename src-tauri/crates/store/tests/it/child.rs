//! What runs in a process of its own, so that it can be killed or held in a folder without room or rights: this test binary
//! again, told by an environment variable what to do.

use crate::sample::{self, stamp};
use plan::TaskId;
use std::path::Path;
use std::process::{Command, Stdio};
use store::table;
use store::{StoreError, Workbook};

const ORDER: &str = "PLANBOOK_TEST_CHILD";

/// The command that runs `order` on a workbook in a child.
pub fn command(order: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    prepare(&mut command, order, path);
    command
}

/// The same, after a shell line was run in a mount namespace of its own. `None` where the system allows none.
pub fn in_namespace(line: &str, order: &str, path: &Path) -> Option<Command> {
    let able = Command::new("unshare").args(["-rm", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !able.is_ok_and(|status| status.success()) {
        println!("not run: the system allows no mount namespace");
        return None;
    }
    let exe = std::env::current_exe().unwrap();
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-ec"]);
    command.arg(format!("{line}; exec \"$0\" \"$@\""));
    command.arg(exe);
    prepare(&mut command, order, path);
    Some(command)
}

fn prepare(command: &mut Command, order: &str, path: &Path) {
    command
        .args(["--exact", "child::obey", "--nocapture"])
        .env(ORDER, format!("{order} {}", path.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
}

/// Runs a child to its end; the lines it said.
pub fn said(mut command: Command) -> Vec<String> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.strip_prefix("child: ")).map(str::to_owned).collect()
}

pub fn rename(workbook: &mut Workbook, title: &str) -> Result<(), StoreError> {
    workbook
        .edit("改任务名称", &stamp(5), |edit| {
            let mut task = table::task::get(edit, &TaskId::new("task-1"))?;
            task.title = title.to_owned();
            table::task::update(edit, &task)
        })
        .map(|_| ())
}

pub fn title(workbook: &Workbook) -> String {
    table::task::get(&workbook.read(), &TaskId::new("task-1")).unwrap().title
}

#[test]
fn obey() {
    let Ok(order) = std::env::var(ORDER) else {
        return;
    };
    let (order, path) = order.split_once(' ').unwrap();
    let path = Path::new(path);
    let say = |text: &str| println!("\nchild: {text}");
    match order {
        "save-and-hang" => {
            let mut workbook = Workbook::open(path, &stamp(2)).unwrap().workbook;
            for number in 1..=20 {
                rename(&mut workbook, &format!("名称{number}")).unwrap();
                say(&format!("saved {number}"));
            }
            let _ = workbook.edit("改到一半", &stamp(6), |edit| {
                // more than SQLite's cache holds, so that unfinished work is in the log when the end comes
                for number in 0..20_000_i64 {
                    let id = edit.new_id();
                    table::task::insert(edit, &sample::task(&id, number + 10))?;
                }
                say("inside");
                loop {
                    std::thread::sleep(std::time::Duration::from_secs(1));
                }
                #[allow(unreachable_code, reason = "gives the closure its type")]
                Ok::<_, StoreError>(())
            });
        }
        "fill-up" => {
            let mut workbook = Workbook::open(path, &stamp(2)).unwrap().workbook;
            let long = "长".repeat(20_000);
            for number in 0.. {
                if let Err(error) = rename(&mut workbook, &format!("{number}{long}")) {
                    say(&error.to_string());
                    break;
                }
            }
            let kept: String = title(&workbook).chars().filter(char::is_ascii_digit).collect();
            say(&kept);
            drop(workbook);
            let workbook = Workbook::open(path, &stamp(3)).unwrap().workbook;
            let found: String = title(&workbook).chars().filter(char::is_ascii_digit).collect();
            say(&found);
            say(&format!("{:?}", workbook.check().unwrap()));
            say(&Workbook::create(&path.with_file_name("new.planbook"), &stamp(3)).unwrap_err().to_string());
            say(&format!("{}", path.with_file_name("new.planbook").exists()));
        }
        "open-without-room" => {
            // all that is left goes to another file
            let filler = path.with_file_name("filler");
            let room: usize = std::env::var("PLANBOOK_TEST_ROOM").unwrap().parse().unwrap();
            let mut file = std::fs::File::create(&filler).unwrap();
            let mut written: usize = 0;
            while std::io::Write::write_all(&mut file, &[7; 4096]).is_ok() {
                written += 4096;
            }
            file.set_len(u64::try_from(written.saturating_sub(room)).unwrap()).unwrap();
            drop(file);
            let opened = Workbook::open(path, &stamp(3 * 24 * 60)).unwrap();
            for notice in &opened.notices {
                say(notice.sentence());
            }
            let mut workbook = opened.workbook;
            say(&title(&workbook));
            say(&rename(&mut workbook, "改").map_or_else(|error| error.to_string(), |()| "saved".to_owned()));
            say(&title(&workbook));
            say(&workbook.close().map_or_else(|error| error.to_string(), |()| "closed".to_owned()));
            say(&title(&Workbook::open(path, &stamp(3 * 24 * 60)).unwrap().workbook));
        }
        "look-and-hang" => {
            let opened = Workbook::open(path, &stamp(2)).unwrap().workbook;
            assert!(opened.is_read_only());
            say("reading");
            std::thread::sleep(std::time::Duration::from_secs(60));
            drop(opened);
        }
        "read-only" => {
            let mut opened = Workbook::open(path, &stamp(2)).unwrap();
            for notice in &opened.notices {
                say(notice.sentence());
            }
            say(&title(&opened.workbook));
            say(&rename(&mut opened.workbook, "改").unwrap_err().to_string());
            say(&Workbook::create(&path.with_file_name("new.planbook"), &stamp(3)).unwrap_err().to_string());
        }
        other => panic!("unknown order {other}"),
    }
}
