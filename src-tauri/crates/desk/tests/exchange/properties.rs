//! What must hold for any returns whatever, in a real workbook: their order does not matter, a second merge is empty, one undo
//! takes all back, and what a department may not change stays byte for byte.

use crate::{Clock, County, QUARTER, collect, session, text};
use packet::{About, Address, Answer, Ask, Field, Head, Issue, Kind, Mark, Return, SecretKey};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A pseudo-random sequence that is the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            let other = self.roll(at + 1);
            all.swap(at, other);
        }
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// What a department was sent, and the key that signs its returns.
struct Sender {
    issue: Issue,
    key: SecretKey,
}

impl Sender {
    fn of(file: &str) -> Self {
        let (_, issue) = Issue::read(&std::fs::read(file).unwrap()).unwrap();
        let key = SecretKey::from_text(&issue.secret).unwrap();
        Self { issue, key }
    }

    fn empty(&self, serial: i64) -> Return {
        Return {
            head: Head {
                kind: Kind::Return,
                serial,
                made_at: self.issue.head.made_at + chrono::TimeDelta::seconds(serial),
                made_by: "经办".to_owned(),
                ..self.issue.head.clone()
            },
            answers: Vec::new(),
            writers: BTreeMap::new(),
            evidence: Vec::new(),
            asks: Vec::new(),
            missing: Vec::new(),
            bytes: BTreeMap::new(),
            unknown: 0,
            faults: Vec::new(),
        }
    }

    fn write(&self, returned: &Return, path: &Path) -> String {
        std::fs::write(path, returned.write(&self.key).unwrap()).unwrap();
        text(path)
    }
}

/// A return as the program makes it: the department's own fields, some of them changed.
fn honest(dice: &mut Dice, sender: &Sender, serial: i64) -> Return {
    let own = &sender.issue.head.department;
    let mut returned = sender.empty(serial);
    let mut say = |address: Address, stands: Option<String>, now: Option<String>| {
        if stands.is_some() || now.is_some() {
            let was = stands.map(|stands| Mark::of(&address, &stands));
            returned.answers.push(Answer::new(&address, now, was));
        }
    };
    for item in &sender.issue.items {
        let stands = item.done_on.map(|day| day.to_string());
        let now = if dice.roll(3) == 0 { stands.clone() } else { Some(format!("2025-06-{:02}", 1 + dice.roll(5))) };
        say(Address::new(About::Item, item.id.as_str(), None, Field::DoneOn), stands, now);
    }
    for indicator in &sender.issue.indicators {
        say(Address::new(About::Figure, indicator.id.as_str(), Some(own), Field::Value), None, Some(dice.roll(5).to_string()));
    }
    for task in &sender.issue.tasks {
        let at = |field| Address::new(About::Progress, task.id.as_str(), Some(own), field);
        say(at(Field::Status), None, Some(dice.pick(&["推进中", "已完成(待核)"]).to_string()));
        say(at(Field::Done), None, Some(dice.pick(&["已立项。", "已开工。", "已完成主体工程，正在办理验收手续。"]).to_string()));
    }
    returned
}

/// A merge in a copy of the workbook, as if it were the only one that ever was.
struct Copy {
    office: desk::Session,
    path: PathBuf,
}

impl Copy {
    fn of(base: &Path, clock: &Clock, path: PathBuf) -> Self {
        for ending in ["", "-wal"] {
            let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
        }
        std::fs::copy(base, &path).unwrap();
        let mut office = session(clock, "王芳");
        office.open_workbook(&desk::wire::AtPath { path: text(&path) }).unwrap();
        Self { office, path }
    }

    fn content(&self) -> String {
        content(&self.path)
    }
}

fn content(path: &Path) -> String {
    let at = chrono::NaiveDate::from_ymd_opt(2025, 12, 31).unwrap().and_hms_opt(0, 0, 0).unwrap();
    store::Workbook::look(path, &store::Stamp::new(at, "", ""), "只看".to_owned()).unwrap().content().unwrap()
}

/// An office that has sent its files, closed so that its file can be copied.
fn sent() -> (County, PathBuf, Vec<Sender>) {
    let mut county = County::new();
    county.office.close_workbook(&desk::wire::Nothing {}).unwrap();
    let base = county.path("台账.planbook");
    let senders = county.issued.files.iter().map(|file| Sender::of(&file.path)).collect();
    (county, base, senders)
}

#[test]
fn a_thousand_orders_of_thirty_files_give_the_same_workbook() {
    let (county, base, senders) = sent();
    let mut dice = Dice(0x5eed_f11e);
    // ten departments, three returns each: of every department only the newest counts
    let mut files = Vec::new();
    for (at, sender) in senders.iter().filter(|sender| sender.issue.tasks.len() < 6).take(10).enumerate() {
        for serial in 1..=3 {
            let returned = honest(&mut dice, sender, sender.issue.head.serial + serial);
            files.push(sender.write(&returned, &county.path(&format!("{at}-{serial}.planpack"))));
        }
    }
    assert_eq!(files.len(), 30);
    // every order is a workbook of its own: in memory where there is such a place, so that no disk is waited for
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    let (files, clock, base, place) = (&files, &county.clock, &base, place.path());
    let halves = std::thread::scope(|scope| {
        let half = |number: u64| {
            scope.spawn(move || {
                let mut dice = Dice(0xf00d + number);
                let path = place.join(format!("份{number}.planbook"));
                (0..500).map(|order| merged(&mut dice, files.clone(), base, clock, &path, order)).collect::<BTreeSet<_>>()
            })
        };
        let halves = [half(0), half(1)];
        halves.map(|half| half.join().unwrap())
    });
    assert_eq!((halves[0].len(), &halves[0]), (1, &halves[1]));
}

/// The hash of the content after all files were merged in some order, in some batches, some of them twice.
fn merged(dice: &mut Dice, mut files: Vec<String>, base: &Path, clock: &Clock, path: &Path, order: usize) -> String {
    dice.shuffle(&mut files);
    let mut copy = Copy::of(base, clock, path.to_owned());
    let mut rest = files.as_slice();
    while !rest.is_empty() {
        let (batch, after) = rest.split_at((8 + dice.roll(23)).min(rest.len()));
        // a batch of nothing but older returns is refused as a whole, and changes nothing
        let taken = copy.office.collect_returns(&collect(batch)).is_ok();
        if taken && dice.roll(50) == 0 {
            let once = copy.content();
            copy.office.collect_returns(&collect(batch)).unwrap();
            assert!(copy.content() == once, "order {order}: merged twice");
        }
        rest = after;
    }
    packet::sha256(copy.content().as_bytes())
}

/// Words for any field: values that stand there, values of other fields, and words that are none.
const WORDS: [&str; 12] =
    ["", "0", "7777", "-1", "1e999", "2025-06-18", "9999-12-31", "2025-02-30", "已销号", "取消", "改写了别人的内容", "\u{0}"];

/// Ids of the whole workbook.
struct Rows {
    all: Vec<String>,
    tasks: Vec<String>,
    items: Vec<String>,
    indicators: Vec<String>,
    targets: Vec<String>,
}

impl Rows {
    fn of(content: &str) -> Self {
        let tables = rows(content);
        let keys = |table: &str| -> Vec<String> {
            let rows = tables.get(table).into_iter().flatten();
            rows.map(|row| row.split('\t').next().unwrap().trim_matches('"').to_owned()).collect()
        };
        // every text that is a key somewhere
        let words = content.lines().flat_map(|line| line.split('\t').skip(1).take(2));
        let all: BTreeSet<String> =
            words.filter_map(|word| word.strip_prefix('"')?.strip_suffix('"')).map(str::to_owned).collect();
        Self {
            all: all.into_iter().collect(),
            tasks: keys("task"),
            items: keys("checklist_item"),
            indicators: keys("indicator"),
            targets: keys("target"),
        }
    }
}

/// A return that is rightly signed and says whatever it likes about rows of the whole workbook.
fn hostile(dice: &mut Dice, sender: &Sender, rows: &Rows, departments: &[String], serial: i64) -> Return {
    let ids = &rows.all;
    let mut returned = sender.empty(serial);
    let abouts = [
        "progress",
        "checklist_item",
        "milestone",
        "actual",
        "target",
        "task",
        "assignment",
        "department",
        "plan",
        "setting",
        "quarter_close",
        "evidence",
        "无此表",
    ];
    let fields =
        ["status", "done", "problems", "next", "done_on", "value", "note", "due", "title", "text", "weight", "department"];
    for _ in 0..40 {
        let department = match dice.roll(3) {
            0 => None,
            1 => Some(sender.issue.head.department.to_string()),
            _ => Some(dice.pick(departments).clone()),
        };
        let was = (dice.roll(4) == 0)
            .then(|| Mark::of(&Address::new(About::Item, "x", None, Field::DoneOn), WORDS[dice.roll(WORDS.len())]));
        // half of it about a row and field that there are, most of them not its own
        let (about, row, field) = match dice.roll(10) {
            0..5 => (dice.pick(&abouts).to_string(), dice.pick(ids).clone(), *dice.pick(&fields)),
            5 | 6 => ("progress".to_owned(), dice.pick(&rows.tasks).clone(), *dice.pick(&["done", "status", "next"])),
            7 => ("checklist_item".to_owned(), dice.pick(&rows.items).clone(), "done_on"),
            8 => ("actual".to_owned(), dice.pick(&rows.indicators).clone(), "value"),
            _ => ("target".to_owned(), dice.pick(&rows.targets).clone(), "value"),
        };
        returned.answers.push(Answer {
            about,
            row,
            department,
            field: field.to_owned(),
            now: match field {
                "status" => Some(dice.pick(&["已销号", "取消", "无此状态", "推进中"]).to_string()),
                _ => (dice.roll(8) > 0).then(|| dice.pick(&WORDS).to_string()),
            },
            was,
            ..Answer::default()
        });
    }
    for number in 0..4 {
        let ask = Ask {
            id: if dice.roll(2) == 0 { format!("ask-{number}") } else { dice.pick(ids).clone() },
            about: dice.pick(&abouts).to_string(),
            row: dice.pick(ids).clone(),
            field: dice.pick(&["due", "value", "title"]).to_string(),
            original: String::new(),
            asked: dice.pick(&WORDS).to_string(),
            reason: dice.pick(&["", "汛期停工"]).to_string(),
            asked_by: "经办".to_owned(),
            asked_at: "2025-06-20T01:30:00Z".to_owned(),
            quarter: dice.pick(&[None, Some("2025Q1".to_owned()), Some("2099Q9".to_owned())]).clone(),
            decision: dice.pick(&[None, Some("approved".to_owned())]).clone(),
            decided_by: "经办".to_owned(),
            decided_at: "2025-06-20T01:30:00Z".to_owned(),
            answer: "同意".to_owned(),
        };
        returned.asks.push(ask);
    }
    returned
}

/// The rows of a content by table, each as its columns.
fn rows(content: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut tables: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in content.lines() {
        let (table, row) = line.split_once('\t').unwrap();
        tables.entry(table).or_default().insert(row);
    }
    tables
}

#[test]
fn whatever_a_rightly_signed_file_says_only_the_departments_own_rows_change_and_one_undo_takes_it_back() {
    let (county, base, senders) = sent();
    let mut dice = Dice(0xbad_c0de);
    let before = content(&base);
    let all = Rows::of(&before);
    let departments: Vec<String> = senders.iter().map(|sender| sender.issue.head.department.to_string()).collect();
    let path = county.path("份.planbook");
    let (mut changed, mut refused) = (0, 0);
    for round in 0..80_i64 {
        let sender = dice.pick(&senders);
        let own = &sender.issue.head.department;
        let tasks = sender.issue.assignments.iter().filter(|row| row.department == *own).map(|row| row.task.to_string());
        let assigned: Vec<String> = tasks.chain(sender.issue.indicators.iter().map(|row| row.id.to_string())).collect();
        // what it was sent to tick; what is for one department by name is that one's only
        let for_it = |named: &[plan::DepartmentId]| named.is_empty() || named.contains(own);
        let items = sender.issue.items.iter().filter(|row| for_it(&row.departments)).map(|row| row.id.to_string());
        let milestones = sender.issue.milestones.iter().filter(|row| for_it(&row.departments)).map(|row| row.id.to_string());
        let theirs: BTreeSet<String> = items.chain(milestones).collect();
        let mut returned = hostile(&mut dice, sender, &all, &departments, sender.issue.head.serial + round + 1);
        // before the nonsense something that may be done
        let mut answers = honest(&mut dice, sender, 1).answers;
        answers.append(&mut returned.answers);
        returned.answers = answers;
        let file = sender.write(&returned, &county.path("敌.planpack"));
        let mut copy = Copy::of(&base, &county.clock, path.clone());
        let told = copy.office.collect_returns(&collect(std::slice::from_ref(&file))).unwrap();
        refused += told.files[0].refused.len();
        let after = copy.content();
        let (old, new) = (rows(&before), rows(&after));
        for table in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let none = BTreeSet::new();
            let (old, new) = (old.get(table).unwrap_or(&none), new.get(table).unwrap_or(&none));
            let gone: Vec<&&str> = old.difference(new).collect();
            let come: Vec<&&str> = new.difference(old).collect();
            changed += come.len();
            let mine = |row: &&&str| row.contains(&format!("{:?}", own.as_str()));
            // closing a task is the office's word alone
            let closed = |row: &&&str| matches!(row.split('\t').nth(4), Some("\"已销号\"" | "\"取消\""));
            assert!(*table != "progress" || !come.iter().any(closed), "round {round}: {come:#?}");
            match *table {
                // its own words, figures and what was exchanged with it
                "progress" | "actual" | "exchange" | "exchanged" | "request" | "packet_seen" => {
                    assert!(gone.iter().chain(&come).all(mine), "round {round}, {table}: {gone:#?} {come:#?}");
                    // and of those only what is about a row that it has part in
                    let about = |row: &&&str| assigned.iter().any(|id| row.contains(id.as_str()));
                    let is_about = !matches!(*table, "progress" | "actual") || come.iter().all(about);
                    assert!(is_about, "round {round}, {table}: {come:#?}");
                }
                // a day on which something was done; everything else of the row stays
                "checklist_item" | "milestone" => {
                    let ids: BTreeSet<String> =
                        come.iter().map(|row| row.split('\t').next().unwrap().trim_matches('"').to_owned()).collect();
                    let bare = |row: &&&str| {
                        let kept = row.split('\t').filter(|word| *word != "-" && !is_day(word));
                        kept.collect::<Vec<_>>().join("\t")
                    };
                    let (gone, come): (Vec<_>, Vec<_>) = (gone.iter().map(bare).collect(), come.iter().map(bare).collect());
                    assert_eq!(gone, come, "round {round}, {table}");
                    assert!(ids.iter().all(|id| theirs.contains(id)), "round {round}, {table}: {ids:?}");
                }
                _ => assert_eq!((gone.len(), come.len()), (0, 0), "round {round}, {table}: {gone:#?} {come:#?}"),
            }
        }
        let again = copy.office.collect_returns(&collect(&[file])).unwrap();
        assert!(!again.merged && copy.content() == after, "round {round}: merged twice");
        copy.office.undo(&desk::wire::InQuarter { quarter: QUARTER.to_owned() }).unwrap();
        assert_eq!(copy.content(), before, "round {round}: one undo");
    }
    assert!(changed > 500 && refused > 500, "{changed} changed, {refused} refused");
}

fn is_day(word: &str) -> bool {
    let word = word.trim_matches('"');
    word.len() == 10 && word.parse::<chrono::NaiveDate>().is_ok()
}
