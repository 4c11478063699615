//! The rules of merging, first one by one, then over a thousand random orders.

mod copies;
mod year;

use super::*;
use crate::head::{Head, Kind};
use crate::key::SecretKey;
use crate::mark::{About, Field};
use plan::{DepartmentKind, Due, IndicatorKind, PlanId, Role, Status, TargetId, TaskKind};

const DEPARTMENTS: usize = 10;
const TASKS: usize = 14;

fn quarter() -> Quarter {
    "2025Q2".parse().unwrap()
}

fn unit(at: usize) -> DepartmentId {
    DepartmentId::new(format!("unit-{at}"))
}

fn office_secret() -> SecretKey {
    SecretKey::from_bytes(&[9; 32])
}

fn key(at: usize) -> SecretKey {
    office_secret().of_department("county", &unit(at), 0)
}

fn department(at: usize) -> Department {
    Department {
        id: unit(at),
        name: format!("第{at}局"),
        short_name: format!("{at}局"),
        kind: DepartmentKind::County,
        aliases: Vec::new(),
        position: i64::try_from(at).unwrap(),
    }
}

/// Ten departments; each task has a lead and two supports, an item for all, an item of one, a milestone and an indicator.
fn office() -> Office {
    let mut rows = Standing { departments: (0..DEPARTMENTS).map(department).collect(), ..Standing::default() };
    let mut office = Office { workbook: "county".to_owned(), ..Office::default() };
    for at in 0..DEPARTMENTS {
        office.keys.insert(unit(at), KeysOf { current: key(at).public(), former: Vec::new() });
        office.sent.insert((unit(at), quarter()), Sent { sent: true, ..Sent::default() });
    }
    for at in 0..TASKS {
        let task = TaskId::new(format!("task-{at}"));
        rows.tasks.insert(
            task.clone(),
            Task {
                id: task.clone(),
                plan: PlanId::new("plan"),
                section: None,
                number: at.to_string(),
                title: format!("第{at}项任务"),
                kind: TaskKind::Task,
                text: String::new(),
                span: None,
                weight: 1.0,
                start: None,
                due: None,
                closed_on: None,
                override_judgement: None,
                origin: None,
                remark: String::new(),
                position: 0,
            },
        );
        let part = |unit_at: usize, role: Role, position: i64| Assignment {
            task: task.clone(),
            department: unit(unit_at % DEPARTMENTS),
            role,
            by_default: false,
            position,
        };
        // the lead does not stand first
        let parts = vec![part(at + 1, Role::Support, 0), part(at, Role::Lead, 1), part(at + 2, Role::Support, 2)];
        rows.assignments.insert(task.clone(), parts);
        for (number, named) in [(0, Vec::new()), (1, vec![unit((at + 1) % DEPARTMENTS)])] {
            let id = ChecklistItemId::new(format!("item-{at}-{number}"));
            rows.items.insert(
                id.clone(),
                ChecklistItem {
                    id,
                    task: task.clone(),
                    departments: named,
                    text: "事项".to_owned(),
                    due: None,
                    done_on: (at % 4 == 0).then(|| "2025-04-01".parse().unwrap()),
                    span: None,
                    position: 0,
                },
            );
        }
        let id = MilestoneId::new(format!("milestone-{at}"));
        rows.milestones.insert(
            id.clone(),
            Milestone {
                id,
                plan: PlanId::new("plan"),
                task: Some(task.clone()),
                departments: Vec::new(),
                what: "节点".to_owned(),
                due: Due::Month(2025, 6),
                done_on: None,
                span: None,
                position: 0,
            },
        );
        let indicator = IndicatorId::new(format!("indicator-{at}"));
        rows.indicators.insert(
            indicator.clone(),
            Indicator {
                id: indicator.clone(),
                plan: PlanId::new("plan"),
                task: Some(task.clone()),
                name: "指标".to_owned(),
                unit: "家".to_owned(),
                kind: IndicatorKind::Cumulative,
                binding: false,
                baseline: None,
                weight: 1.0,
                position: 0,
            },
        );
        if at % 3 == 0 {
            let row = Actual {
                id: ActualId::new(format!("actual-{at}")),
                indicator: indicator.clone(),
                quarter: quarter(),
                department: None,
                value: 7.0,
                note: String::new(),
            };
            rows.actuals.insert((indicator, quarter(), None), row);
        }
        if at % 5 == 0 {
            let row = Progress {
                id: ProgressId::new(format!("progress-{at}")),
                task: task.clone(),
                department: unit(at % DEPARTMENTS),
                quarter: quarter(),
                status: Status::Underway,
                done: "督查电话了解：已开工。".to_owned(),
                problems: String::new(),
                next: String::new(),
            };
            rows.writers.insert(row.id.clone(), ("办公室".to_owned(), NaiveDateTime::default()));
            rows.progress.insert((task, unit(at % DEPARTMENTS), quarter()), row);
        }
    }
    office.rows = rows;
    office
}

fn head(from: usize, serial: i64) -> Head {
    Head {
        kind: Kind::Return,
        workbook: "county".to_owned(),
        office: String::new(),
        department: unit(from),
        department_name: format!("第{from}局"),
        quarter: quarter(),
        serial,
        made_at: NaiveDateTime::default() + chrono::TimeDelta::seconds(serial),
        made_by: format!("人{from}"),
    }
}

fn empty(from: usize, serial: i64) -> Return {
    Return {
        head: head(from, serial),
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

/// As it comes from a stick: written, signed and read back.
fn incoming(returned: &Return, signer: &SecretKey) -> Incoming {
    let bytes = returned.write(signer).unwrap();
    let read = Return::read(&bytes).map(|(signer, read)| (Some(signer), read));
    Incoming {
        file: format!("{}-{}.planpack", returned.head.department_name, returned.head.serial),
        hash: crate::sha256(&bytes),
        read,
    }
}

fn from(at: usize, serial: i64, answers: &[(Address, Option<&str>, Option<&str>)]) -> Incoming {
    let mut returned = empty(at, serial);
    for (address, now, was) in answers {
        returned.answers.push(Answer::new(address, now.map(str::to_owned), was.map(|was| Mark::of(address, was))));
    }
    incoming(&returned, &key(at))
}

fn tick(item: &str) -> Address {
    Address::new(About::Item, item, None, Field::DoneOn)
}

fn done(task: usize, by: usize) -> Address {
    Address::new(About::Progress, &format!("task-{task}"), Some(&unit(by)), Field::Done)
}

/// What the store would do with the outcome.
fn apply(office: &mut Office, outcome: &Outcome) {
    let rows = &mut office.rows;
    for write in &outcome.writes {
        match write.clone() {
            Write::Progress { row, by, at } => {
                rows.writers.insert(row.id.clone(), (by, at));
                rows.progress.insert((row.task.clone(), row.department.clone(), row.quarter), row);
            }
            Write::NoProgress(id) => rows.progress.retain(|_, row| row.id != id),
            Write::Item { id, done_on } => rows.items.get_mut(&id).unwrap().done_on = done_on,
            Write::Milestone { id, done_on } => rows.milestones.get_mut(&id).unwrap().done_on = done_on,
            Write::Figure(row) => {
                rows.actuals.insert((row.indicator.clone(), row.quarter, row.department.clone()), row);
            }
            Write::NoFigure(id) => rows.actuals.retain(|_, row| row.id != id),
            Write::Evidence(row, bytes) => {
                rows.kept.extend(bytes.map(|_| row.sha256.clone()));
                rows.evidence.insert(row.id.clone(), row);
            }
            Write::Seen { hash, .. } => {
                office.seen.insert(hash);
            }
            Write::Ask(department, _, ask) => {
                rows.asks.insert(ask.id, KnownAsk { department, asked_at: ask.asked_at, decided: false });
            }
            Write::Claims(department, quarter, claims) => {
                office.claims.insert((department, quarter), claims);
            }
            Write::Chosen(quarter, claims) => {
                office.chosen.insert(quarter, claims);
            }
            Write::Returned { department, quarter, serial, hash, .. } => {
                let sent = office.sent.get_mut(&(department, quarter)).unwrap();
                sent.returned = sent.returned.clone().max(Some((serial, hash)));
            }
            Write::Empty { department, quarter } => {
                office.sent.get_mut(&(department, quarter)).unwrap().empty = true;
            }
        }
    }
}

/// Everything that a workbook holds of it, as text.
fn content(office: &Office) -> String {
    let rows = &office.rows;
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines.join("\n")
    };
    [
        sorted(rows.progress.values().map(|row| format!("{row:?} {:?}", rows.writers.get(&row.id))).collect()),
        sorted(rows.items.values().map(|row| format!("{row:?}")).collect()),
        sorted(rows.milestones.values().map(|row| format!("{row:?}")).collect()),
        sorted(rows.actuals.values().map(|row| format!("{row:?}")).collect()),
        sorted(rows.evidence.values().map(|row| format!("{row:?}")).collect()),
        format!("{:?}", rows.asks),
        format!("{:?}", office.claims),
        // whether an empty form came before a return is of no interest after it
        format!(
            "{:?}",
            office.sent.values().map(|sent| (&sent.returned, sent.returned.is_none() && sent.empty)).collect::<Vec<_>>()
        ),
    ]
    .join("\n\n")
}

#[test]
fn a_return_changes_what_the_department_changed_and_a_second_merge_changes_nothing() {
    let mut office = office();
    let file = from(
        1,
        1,
        &[
            (done(1, 1), Some("已立项。"), None),
            (tick("item-1-0"), Some("2025-06-20"), None),
            (Address::new(About::Figure, "indicator-1", Some(&unit(1)), Field::Value), Some("12.5"), None),
        ],
    );
    let first = merge(&office, std::slice::from_ref(&file), &[]);
    assert_eq!(first.files[0].state, FileState::New);
    assert_eq!(first.files[0].changes.len(), 3);
    assert_eq!(first.missing.len(), DEPARTMENTS - 1);
    apply(&mut office, &first);
    let figure = &office.rows.actuals[&(IndicatorId::new("indicator-1"), quarter(), Some(unit(1)))];
    assert_eq!((figure.value, figure.id.as_str().len()), (12.5, 36));
    let second = merge(&office, &[file.clone(), file], &[]);
    assert_eq!(second.writes, []);
    assert!(second.files.iter().all(|file| file.state == FileState::Same));
}

#[test]
fn lead_and_support_write_beside_each_other_and_the_leads_tick_counts() {
    let office = office();
    // department 0 leads task 0's neighbour 13? no: task 3 is led by 3, supported by 4 and 5
    let lead = from(3, 1, &[(done(3, 3), Some("牵头说"), None), (tick("item-3-0"), Some("2025-06-20"), None)]);
    let support = from(4, 1, &[(done(3, 4), Some("配合说"), None), (tick("item-3-0"), Some("2025-05-01"), None)]);
    for files in [[lead.clone(), support.clone()], [support, lead]] {
        let mut office = office.clone();
        let outcome = merge(&office, &files, &[]);
        apply(&mut office, &outcome);
        assert_eq!(office.rows.items[&ChecklistItemId::new("item-3-0")].done_on.unwrap().to_string(), "2025-06-20");
        let said = |at| office.rows.progress[&(TaskId::new("task-3"), unit(at), quarter())].done.clone();
        assert_eq!((said(3), said(4)), ("牵头说".to_owned(), "配合说".to_owned()));
        let conflict = &outcome.files[0].conflicts[0];
        assert_eq!(conflict.sides.iter().map(|side| side.department.clone()).collect::<Vec<_>>(), [unit(3), unit(4)]);
    }
}

#[test]
fn the_other_side_of_a_conflict_can_be_chosen_and_stays_chosen() {
    let mut office = office();
    let address = tick("item-3-0");
    let files =
        [from(3, 1, &[(address.clone(), Some("2025-06-20"), None)]), from(4, 1, &[(address.clone(), Some("2025-05-01"), None)])];
    let choice = Choice { key: address.to_string(), take: Some(unit(4)), file: None };
    let outcome = merge(&office, &files, &[choice]);
    apply(&mut office, &outcome);
    let day = |office: &Office| office.rows.items[&ChecklistItemId::new("item-3-0")].done_on.unwrap().to_string();
    assert_eq!(day(&office), "2025-05-01");
    let later = merge(&office, &[from(5, 1, &[(address, Some("2025-06-30"), None)])], &[]);
    assert_eq!(later.files[0].conflicts.len(), 1);
    apply(&mut office, &later);
    assert_eq!(day(&office), "2025-05-01");
}

#[test]
fn what_the_office_wrote_itself_stays_unless_the_department_is_chosen() {
    let office = office();
    let address = done(5, 5);
    let file = from(5, 1, &[(address.clone(), Some("单位的说法"), None)]);
    let kept = merge(&office, std::slice::from_ref(&file), &[]);
    assert_eq!(kept.files[0].changes, []);
    assert_eq!(kept.files[0].conflicts[0].office.as_deref(), Some("督查电话了解：已开工。"));
    let take = Choice { key: address.to_string(), take: Some(unit(5)), file: None };
    let taken = merge(&office, std::slice::from_ref(&file), &[take]);
    assert_eq!(taken.files[0].changes[0].new.as_deref(), Some("单位的说法"));
    let keep = Choice { key: address.to_string(), take: None, file: None };
    assert_eq!(merge(&office, &[file], &[keep]).files[0].changes, []);
}

fn refusal_of(office: &Office, at: usize, answer: Answer) -> String {
    let mut returned = empty(at, 1);
    returned.answers.push(answer);
    let outcome = merge(office, &[incoming(&returned, &key(at))], &[]);
    let changed =
        outcome.writes.iter().any(|write| !matches!(write, Write::Claims(..) | Write::Returned { .. } | Write::Seen { .. }));
    assert!(!changed, "{:?}", outcome.writes);
    outcome.files[0].refused.first().map(|refused| refused.why.clone()).unwrap_or_default()
}

#[test]
fn what_a_department_may_not_change_is_refused_and_named() {
    let mut office = office();
    office.rows.plans.insert(PlanId::new("plan"), PlanYears::new(Some(2025), Some(2027), None));
    office.rows.today = "2025-07-10".parse().ok();
    let answer = |about: &str, row: &str, department: Option<usize>, field: &str, now: &str| Answer {
        about: about.to_owned(),
        row: row.to_owned(),
        department: department.map(|at| unit(at).to_string()),
        field: field.to_owned(),
        now: Some(now.to_owned()),
        ..Answer::default()
    };
    let target = TargetId::new("target-1");
    let long = "长".repeat(10_001);
    for (answer, word) in [
        (answer("target", target.as_str(), None, "value", "1"), "目标值"),
        (answer("task", "task-1", None, "due", "2027"), "时限"),
        (answer("milestone", "milestone-1", None, "due", "2027"), "时限"),
        (answer("assignment", "task-1", Some(1), "role", "support"), "责任分工"),
        (answer("setting", "rule_set", None, "value", "x"), "不是单位可以填报"),
        (answer("progress", "task-1", Some(2), "done", "替别人写"), "别的单位"),
        (answer("progress", "task-7", Some(1), "done", "不是我的任务"), "不是这项任务的责任单位"),
        (answer("progress", "task-99", Some(1), "done", "没有的任务"), "已不在台账"),
        (answer("progress", "task-1", Some(1), "status", "已销号"), "销号"),
        (answer("progress", "task-1", Some(1), "status", "取消"), "销号"),
        (answer("progress", "task-1", Some(1), "status", "随便"), "办理状态"),
        (answer("progress", "task-1", Some(1), "done", &long), "10000字"),
        (answer("progress", "task-1", Some(1), "done", "a\u{0}b"), "不能显示"),
        (answer("checklist_item", "item-1-1", None, "done_on", "2025-06-20"), "别的单位"),
        (answer("checklist_item", "item-5-0", None, "done_on", "2025-06-20"), "不是这项任务"),
        (answer("checklist_item", "item-1-0", None, "done_on", "2025-02-30"), "不是完整的日期"),
        (answer("checklist_item", "item-1-0", None, "done_on", "2025"), "不是完整的日期"),
        (answer("checklist_item", "item-1-0", None, "done_on", "2025-07-11"), "应为2024-01-01至2025-07-10（今天）之间的日期"),
        (answer("milestone", "milestone-1", None, "done_on", "1900-01-01"), "应为2024-01-01至2025-07-10（今天）之间的日期"),
        (answer("checklist_item", "item-1-0", None, "text", "改文字"), "单位不能改"),
        (answer("actual", "indicator-1", Some(1), "value", "许多"), "不是数"),
        (answer("actual", "indicator-1", Some(1), "value", "inf"), "不是数"),
        (answer("actual", "indicator-1", Some(1), "value", "1e300"), "超出了台账能记的范围"),
        (answer("actual", "indicator-5", Some(1), "value", "1"), "不是这项任务"),
    ] {
        let why = refusal_of(&office, 1, answer.clone());
        assert!(why.contains(word), "{answer:?}: {why}");
    }
}

#[test]
fn a_file_that_is_not_the_departments_own_is_refused_as_a_whole() {
    let mut office = office();
    let renewed = office_secret().of_department("county", &unit(2), 1);
    office.keys.insert(unit(2), KeysOf { current: renewed.public(), former: vec![key(2).public()] });
    let good = empty(1, 1);
    let changed = |change: fn(&mut Return)| {
        let mut returned = good.clone();
        change(&mut returned);
        returned
    };
    let stranger = SecretKey::from_bytes(&[1; 32]);
    for (file, word) in [
        (incoming(&good, &key(3)), "用第3局的密钥签名"),
        (incoming(&good, &stranger), "不是用第1局的密钥签名"),
        (incoming(&empty(2, 1), &key(2)), "已作废的密钥"),
        (incoming(&changed(|returned| returned.head.workbook = "city".to_owned()), &key(1)), "另一个台账"),
        (incoming(&changed(|returned| returned.head.quarter = "2025Q3".parse().unwrap()), &key(1)), "还没有下发"),
        (incoming(&changed(|returned| returned.head.department = DepartmentId::new("gone")), &key(1)), "不在当前台账"),
    ] {
        let outcome = merge(&office, &[file], &[]);
        assert_eq!((outcome.files[0].state, outcome.writes.len()), (FileState::Refused, 0));
        assert!(outcome.files[0].why.contains(word), "{}", outcome.files[0].why);
    }
    office.rows.closed.insert(quarter());
    let late = merge(&office, &[from(1, 1, &[(done(1, 1), Some("迟了"), None)])], &[]);
    assert_eq!((late.files[0].state, late.writes.len()), (FileState::Late, 0));
    assert_eq!(late.files[0].refused.len(), 1);
}

/// Random numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            let other = self.roll(at + 1);
            all.swap(at, other);
        }
    }
}

/// A return as a department's program writes it: everything that was sent to it, changed or not, and new things; and
/// now and then what no program writes: other departments' rows, words that are none.
fn random_return(dice: &mut Dice, office: &Office, at: usize, serial: i64) -> Incoming {
    let mut returned = empty(at, serial);
    let mut addresses = BTreeSet::new();
    for task in (0..TASKS).filter(|task| [0, 1, 2].contains(&((DEPARTMENTS + at - task % DEPARTMENTS) % DEPARTMENTS))) {
        addresses.extend([
            tick(&format!("item-{task}-0")),
            tick(&format!("item-{task}-1")),
            Address::new(About::Milestone, &format!("milestone-{task}"), None, Field::DoneOn),
            Address::new(About::Figure, &format!("indicator-{task}"), None, Field::Value),
            Address::new(About::Figure, &format!("indicator-{task}"), Some(&unit(at)), Field::Value),
            Address::new(About::Progress, &format!("task-{task}"), Some(&unit(at)), Field::Status),
            done(task, at),
        ]);
    }
    let (task, whose) = (dice.roll(TASKS), dice.roll(DEPARTMENTS));
    addresses.extend([done(task, whose), tick(&format!("item-{task}-1"))]);
    addresses.insert(Address::new(About::Figure, &format!("indicator-{task}"), Some(&unit(whose)), Field::Value));
    for address in addresses {
        let stands = office.rows.value(&address, quarter());
        let now = match (address.field, dice.roll(4)) {
            (_, 0) => stands.clone(),
            (Field::DoneOn | Field::Value, 1) => None,
            (Field::DoneOn, _) => Some(format!("2025-06-{:02}", 1 + dice.roll(4))),
            (Field::Value, _) => Some(dice.roll(4).to_string()),
            (Field::Status, _) => Some(["推进中", "已完成(待核)", "已销号", "暂缓", "无此状态"][dice.roll(5)].to_owned()),
            _ => Some(["甲", "乙", "很长的一段文字，说明这个季度做了什么、还差什么"][dice.roll(3)].to_owned()),
        };
        if now.is_none() && stands.is_none() {
            continue;
        }
        let was = stands.map(|stands| Mark::of(&address, &stands));
        returned.answers.push(Answer::new(&address, now, was));
    }
    // a request that gets new words with each return, and one about somebody else's task
    returned.asks.push(request(&format!("ask-{at}"), &format!("task-{at}"), serial));
    returned.asks.push(request(&format!("bold-{at}"), &format!("task-{}", (at + 5) % DEPARTMENTS), serial));
    incoming(&returned, &key(at))
}

fn request(id: &str, task: &str, minute: i64) -> Ask {
    Ask {
        id: id.to_owned(),
        about: "task".to_owned(),
        row: task.to_owned(),
        field: "due".to_owned(),
        original: "2025-06".to_owned(),
        asked: "2025-09".to_owned(),
        reason: "汛期停工".to_owned(),
        asked_by: String::new(),
        asked_at: format!("2025-06-20T01:{minute:02}:00Z"),
        quarter: None,
        decision: None,
        decided_by: String::new(),
        decided_at: String::new(),
        answer: String::new(),
    }
}

#[test]
fn a_request_is_taken_once_gets_later_words_and_stays_as_decided() {
    let mut office = office();
    let with = |serial: i64, asks: &[Ask]| incoming(&Return { asks: asks.to_vec(), ..empty(0, serial) }, &key(0));
    let first = merge(&office, &[with(1, &[request("a", "task-0", 1)])], &[]);
    assert_eq!(first.files[0].asks.len(), 1);
    apply(&mut office, &first);
    assert_eq!(merge(&office, &[with(2, &[request("a", "task-0", 1)])], &[]).files[0].asks, []);
    let words = merge(&office, &[with(3, &[request("a", "task-0", 2)])], &[]);
    assert_eq!(words.files[0].asks[0].asked_at, "2025-06-20T01:02:00Z");
    office.rows.asks.get_mut("a").unwrap().decided = true;
    assert_eq!(merge(&office, &[with(4, &[request("a", "task-0", 9)])], &[]).files[0].asks, []);
    // what nobody may ask for, and what belongs to others
    let mut wrong = Vec::new();
    for change in [
        (|ask: &mut Ask| "task-5".clone_into(&mut ask.row)) as fn(&mut Ask),
        |ask| "weight".clone_into(&mut ask.field),
        |ask| "明年".clone_into(&mut ask.asked),
        |ask| " ".clone_into(&mut ask.reason),
        |ask| ask.reason = "长".repeat(2_001),
        |ask| "昨天".clone_into(&mut ask.asked_at),
        |ask| "assignment".clone_into(&mut ask.about),
        |ask| ask.id.clear(),
    ] {
        let mut ask = request("b", "task-0", 1);
        change(&mut ask);
        wrong.push(ask);
    }
    office.rows.asks.insert(
        "theirs".to_owned(),
        KnownAsk { department: unit(3), asked_at: "2025-06-20T01:00:00Z".to_owned(), decided: false },
    );
    wrong.push(request("theirs", "task-0", 5));
    let refused = merge(&office, &[with(5, &wrong)], &[]);
    assert_eq!((refused.files[0].asks.len(), refused.files[0].refused.len()), (0, wrong.len()), "{:#?}", refused.files[0]);
}

#[test]
fn a_thousand_random_orders_of_thirty_files_give_the_same_workbook() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0..20 {
        let office = office();
        let mut files: Vec<Incoming> = (0..30)
            .map(|at| random_return(&mut dice, &office, at % DEPARTMENTS, 1 + i64::try_from(at / DEPARTMENTS).unwrap()))
            .collect();
        let mut expected: Option<String> = None;
        for order in 0..50 {
            dice.shuffle(&mut files);
            let mut merged = office.clone();
            let mut rest = files.as_slice();
            while !rest.is_empty() {
                // some one by one, some many at a time, some twice
                let (batch, after) = rest.split_at(1 + dice.roll(rest.len().min(14)));
                let outcome = merge(&merged, batch, &[]);
                apply(&mut merged, &outcome);
                if dice.roll(5) == 0 {
                    let again = merge(&merged, batch, &[]);
                    assert_eq!(again.writes, [], "round {round}, order {order}");
                }
                rest = after;
            }
            let content = content(&merged);
            match &expected {
                None => expected = Some(content),
                Some(expected) => {
                    if *expected != content {
                        let (one, other): (BTreeSet<&str>, BTreeSet<&str>) =
                            (expected.lines().collect(), content.lines().collect());
                        panic!("round {round}, order {order}: {:#?}", one.symmetric_difference(&other).collect::<Vec<_>>());
                    }
                }
            }
        }
    }
}

#[test]
fn no_random_file_changes_what_it_may_not() {
    let mut dice = Dice(77);
    for _ in 0..60 {
        let office = office();
        let at = dice.roll(DEPARTMENTS);
        let mut merged = office.clone();
        let outcome = merge(&office, &[random_return(&mut dice, &office, at, 1)], &[]);
        apply(&mut merged, &outcome);
        for (key, row) in &merged.rows.progress.iter().collect::<BTreeMap<_, _>>() {
            let same = office.rows.progress.get(key) == Some(row);
            assert!(same || (key.1 == unit(at) && office.rows.is_assigned(&key.0, &unit(at))), "{row:?}");
            assert!(same || !matches!(row.status, Status::Closed | Status::Cancelled));
        }
        for (id, row) in &merged.rows.items.iter().collect::<BTreeMap<_, _>>() {
            let before = &office.rows.items[id];
            let may = row.departments.contains(&unit(at))
                || (row.departments.is_empty() && office.rows.is_assigned(&row.task, &unit(at)));
            assert!(before == *row || may, "{row:?}");
            assert_eq!((&before.text, &before.due), (&row.text, &row.due));
        }
        for key in merged.rows.actuals.keys().collect::<BTreeSet<_>>() {
            assert!(office.rows.actuals.contains_key(key) || key.2 == Some(unit(at)), "{key:?}");
        }
        assert_eq!(office.rows.tasks, merged.rows.tasks);
        assert_eq!(office.rows.indicators, merged.rows.indicators);
    }
}

#[test]
fn what_came_late_and_the_quarters_own_return_give_the_same_in_either_order() {
    let next = quarter().next();
    let mut office = office();
    office.rows.closed.insert(quarter());
    office.late = true;
    office.sent.insert((unit(0), next), Sent { sent: true, ..Sent::default() });
    let before = office.rows.progress.clone();
    let text = |address: Address, words: &str| (address, Some(words.to_owned()));
    let late = from(
        0,
        1,
        &[(done(0, 0), Some("迟来"), None), (done(8, 0), Some("迟来"), None), (tick("item-0-0"), Some("2025-06-09"), None)],
    );
    let own = {
        let mut returned = empty(0, 2);
        returned.head.quarter = next;
        let (address, now) = text(done(0, 0), "三季度的话");
        returned.answers.push(Answer::new(&address, now, None));
        incoming(&returned, &key(0))
    };
    let merged = |order: [&Incoming; 2]| {
        let mut merged = office.clone();
        for file in order {
            let outcome = merge(&merged, std::slice::from_ref(file), &[]);
            assert_eq!(outcome.files[0].state, FileState::New, "{:?}", outcome.files[0]);
            apply(&mut merged, &outcome);
            assert_eq!(merge(&merged, std::slice::from_ref(file), &[]).writes, []);
        }
        let both = merge(&merged, &[late.clone(), own.clone()], &[]);
        assert_eq!(both.writes, []);
        merged
    };
    let (one, other) = (merged([&late, &own]), merged([&own, &late]));
    let said = |office: &Office, task: usize| {
        office.rows.progress.get(&(TaskId::new(format!("task-{task}")), unit(0), next)).map(|row| row.done.clone())
    };
    for office in [&one, &other] {
        assert_eq!(said(office, 0).as_deref(), Some("三季度的话"));
        assert_eq!(said(office, 8).as_deref(), Some("（补报2025年二季度）迟来"));
        assert!(!office.rows.progress.keys().any(|key| key.2 == quarter() && !before.contains_key(key)));
    }
}
