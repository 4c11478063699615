//! An invented county's workbook, with a row in every table.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use plan::*;
use std::path::Path;
use store::table;
use store::{Edit, Stamp, StoreError, Workbook};

/// The moment `minutes` after the sample's beginning, by 张敏 on 督查室-01.
pub fn stamp(minutes: i64) -> Stamp {
    let begin: NaiveDateTime = day("2025-06-20").and_hms_opt(1, 30, 0).unwrap();
    Stamp::new(begin + TimeDelta::minutes(minutes), "张敏", "督查室-01")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn quarter() -> Quarter {
    "2025Q2".parse().unwrap()
}

/// A new workbook with [`fill`] as its one edit.
pub fn workbook(path: &Path) -> Workbook {
    let mut workbook = Workbook::create(path, &stamp(0)).unwrap();
    workbook.edit("导入规划", &stamp(1), fill).unwrap();
    workbook
}

/// The same with no quarter closed, so that all of it can be undone.
pub fn workbook_of_open_quarters(path: &Path) -> Workbook {
    let mut workbook = Workbook::create(path, &stamp(0)).unwrap();
    workbook.edit("导入规划", &stamp(1), fill_open).unwrap();
    workbook
}

pub fn department(id: &str, name: &str, position: i64) -> Department {
    Department {
        id: DepartmentId::new(id),
        name: name.to_owned(),
        short_name: name.trim_start_matches('县').to_owned(),
        kind: DepartmentKind::County,
        aliases: vec![format!("{name}(牵头)")],
        position,
    }
}

pub fn task(id: &str, number: i64) -> Task {
    Task {
        id: TaskId::new(id),
        plan: PlanId::new("plan"),
        section: Some(SectionId::new("section-2")),
        number: number.to_string(),
        title: format!("第{number}项任务"),
        kind: TaskKind::Task,
        text: "到2025年底建成孵化器3家。".to_owned(),
        span: Some(Span { start: 12, end: 48 }),
        weight: 1.0,
        start: Some(day("2025-01-01")),
        due: Some(Due::Year(2025)),
        closed_on: None,
        override_judgement: Some((Judgement::Behind, "场地未落实".to_owned())),
        origin: None,
        remark: String::new(),
        position: number,
    }
}

pub fn progress(id: &str, task: &str, department: &str) -> Progress {
    Progress {
        id: ProgressId::new(id),
        task: TaskId::new(task),
        department: DepartmentId::new(department),
        quarter: quarter(),
        status: Status::Underway,
        done: "已完成选址。".to_owned(),
        problems: String::new(),
        next: "七月开工。".to_owned(),
    }
}

pub fn actual(id: &str, department: Option<&str>, value: f64) -> Actual {
    Actual {
        id: ActualId::new(id),
        indicator: IndicatorId::new("indicator"),
        quarter: quarter(),
        department: department.map(DepartmentId::new),
        value,
        note: String::new(),
    }
}

/// One plan, two tasks, two departments, and a row in every other table of the ledger.
pub fn fill_open(edit: &mut Edit<'_>) -> Result<(), StoreError> {
    table::plan::insert(
        edit,
        &Plan {
            id: PlanId::new("plan"),
            title: "云溪县科技创新行动计划".to_owned(),
            doc_number: Some("云政办发〔2025〕3号".to_owned()),
            issuer: None,
            issued_on: Some(day("2025-01-15")),
            period_from: Some(2025),
            period_to: Some(2027),
            stage: PlanStage::Issued,
            register: Register::Plan,
            source_text: "一、重点任务。到2025年底建成孵化器3家。".to_owned(),
            position: 1,
        },
    )?;
    for (id, parent, number) in [("section-1", None, "一、"), ("section-2", Some("section-1"), "(一)")] {
        table::section::insert(
            edit,
            &Section {
                id: SectionId::new(id),
                plan: PlanId::new("plan"),
                parent: parent.map(SectionId::new),
                number: number.to_owned(),
                title: "重点任务".to_owned(),
                position: 1,
            },
        )?;
    }
    table::department::insert(edit, &department("dept-1", "县科技局", 1))?;
    table::department::insert(edit, &department("dept-2", "县工信局", 2))?;
    for (id, number) in [("task-1", 1), ("task-2", 2)] {
        table::task::insert(edit, &task(id, number))?;
        for (department, role, position) in [("dept-1", Role::Lead, 1), ("dept-2", Role::Support, 2)] {
            table::assignment::put(
                edit,
                &Assignment {
                    task: TaskId::new(id),
                    department: DepartmentId::new(department),
                    role,
                    by_default: false,
                    position,
                },
            )?;
        }
    }
    table::checklist_item::insert(
        edit,
        &ChecklistItem {
            id: ChecklistItemId::new("item"),
            task: TaskId::new("task-1"),
            departments: vec![DepartmentId::new("dept-2"), DepartmentId::new("dept-1")],
            text: "建成孵化器".to_owned(),
            due: Some(Due::Month(2025, 12)),
            done_on: None,
            span: None,
            position: 1,
        },
    )?;
    table::milestone::insert(
        edit,
        &Milestone {
            id: MilestoneId::new("milestone"),
            plan: PlanId::new("plan"),
            task: Some(TaskId::new("task-1")),
            departments: vec![DepartmentId::new("dept-1")],
            what: "孵化器开工".to_owned(),
            due: Due::Day(day("2025-07-31")),
            done_on: None,
            span: Some(Span { start: 0, end: 3 }),
            position: 1,
        },
    )?;
    table::indicator::insert(
        edit,
        &Indicator {
            id: IndicatorId::new("indicator"),
            plan: PlanId::new("plan"),
            task: Some(TaskId::new("task-1")),
            name: "孵化器".to_owned(),
            unit: "家".to_owned(),
            kind: IndicatorKind::Cumulative,
            binding: true,
            baseline: Some((2024, 1.0)),
            weight: 1.0,
            position: 1,
        },
    )?;
    table::target::insert(
        edit,
        &Target {
            id: TargetId::new("target"),
            indicator: IndicatorId::new("indicator"),
            op: Op::AtLeast,
            value: 3.0,
            due: Some(Due::Year(2025)),
            cadence: Cadence::Level,
            proposed: false,
            span: Some(Span { start: 20, end: 30 }),
            position: 1,
        },
    )?;
    table::actual::insert(edit, &actual("actual", Some("dept-1"), 1.5))?;
    table::progress::insert(edit, &progress("progress", "task-1", "dept-1"))?;
    let sha256 = table::evidence::keep_bytes(edit, b"photo")?;
    table::evidence::insert(
        edit,
        &Evidence {
            id: EvidenceId::new("evidence"),
            task: TaskId::new("task-1"),
            item: Some(ChecklistItemId::new("item")),
            department: Some(DepartmentId::new("dept-1")),
            quarter: quarter(),
            file_name: "选址照片.jpg".to_owned(),
            media_type: "image/jpeg".to_owned(),
            sha256,
            size: 5,
        },
    )?;
    table::slip::insert(edit, &slip("slip", 1))?;
    table::passage::put(
        edit,
        &table::passage::Passage {
            quarter: quarter(), kind: "opening".to_owned(), text: "现将二季度情况通报如下。".to_owned()
        },
    )?;
    table::setting::put(edit, "office", "{\"name\":\"云溪县督查室\"}")?;
    table::exchange::put(edit, &exchange("dept-1"))?;
    table::packet_seen::put(
        edit,
        &table::packet_seen::PacketSeen {
            hash: "ab".repeat(32),
            department: Some(DepartmentId::new("dept-1")),
            quarter: quarter(),
            direction: "out".to_owned(),
            file_name: "县科技局-2025Q2.planpack".to_owned(),
            made_at: stamp(0).at,
            seen_at: stamp(0).at,
            outcome: "made".to_owned(),
        },
    )?;
    Ok(())
}

/// A row in every table, and a closed quarter.
pub fn fill(edit: &mut Edit<'_>) -> Result<(), StoreError> {
    fill_open(edit)?;
    table::quarter_close::close(edit, "2025Q1".parse().unwrap(), "{\"tasks\":2}").map(|_| ())
}

pub fn exchange(department: &str) -> table::exchange::Exchange {
    table::exchange::Exchange {
        department: DepartmentId::new(department),
        quarter: quarter(),
        state: "sent".to_owned(),
        sent_at: Some(stamp(0).at),
        sent_hash: Some("ab".repeat(32)),
        reminded_at: None,
        returned_at: None,
        returned_hash: None,
        returned_serial: None,
        merged_at: None,
        note: String::new(),
    }
}

pub fn slip(id: &str, number: i64) -> table::slip::Slip {
    table::slip::Slip {
        id: id.to_owned(),
        quarter: quarter(),
        task: Some(TaskId::new("task-1")),
        department: Some(DepartmentId::new("dept-1")),
        level: "黄".to_owned(),
        number: Some((2025, number)),
        reason: "连续两季滞后".to_owned(),
        matter: "孵化器建设".to_owned(),
        asks: "加快建设".to_owned(),
        deadline: Some(day("2025-07-15")),
        contact: "李工".to_owned(),
        signer: String::new(),
        issued_on: Some(day("2025-06-30")),
        withdrawn_on: None,
        receipt: table::slip::Receipt::default(),
    }
}

/// A row in each table that came after the first version.
pub fn fill_later(edit: &mut Edit<'_>) -> Result<(), StoreError> {
    let body = "{\"item\":\"2025-06-20\"}".to_owned();
    let exchanged = table::exchanged::Exchanged { department: "dept-1".to_owned(), quarter: quarter(), body };
    table::exchanged::put(edit, &exchanged)?;
    let cells = "[]".to_owned();
    let row = table::import_row::ImportRow {
        plan: PlanId::new("plan"),
        sheet: "台账".to_owned(),
        row: 3,
        file: "台账.xlsx".to_owned(),
        hash: table::import_row::hash_of(&cells),
        task: Some(TaskId::new("task-1")),
        cells,
    };
    table::import_row::replace(edit, &PlanId::new("plan"), &[row])?;
    let retired_on = stamp(0).at.date();
    table::retired::put(edit, &table::retired::Retired { id: "item".to_owned(), kind: "checklist_item".to_owned(), retired_on })?;
    table::department_key::replace(edit, &key("dept-1", 0))?;
    let person = Person {
        id: PersonId::new("person"),
        name: "周平".to_owned(),
        office: "副县长".to_owned(),
        telephone: "0571-88880000".to_owned(),
        department: Some(DepartmentId::new("dept-1")),
        position: 0,
    };
    table::person::insert(edit, &person)?;
    let holding = Holding {
        id: HoldingId::new("holding"),
        person: person.id,
        role: PersonRole::Leader,
        task: Some(TaskId::new("task-1")),
        department: None,
        from: Some(day("2025-01-01")),
        to: None,
    };
    table::person::insert_holding(edit, &holding)?;
    table::request::insert(
        edit,
        &table::request::Request {
            id: "request".to_owned(),
            department: DepartmentId::new("dept-1"),
            quarter: quarter(),
            about_table: "milestone".to_owned(),
            about_row: "milestone".to_owned(),
            field: "due".to_owned(),
            original: "2025-07-31".to_owned(),
            asked: "2025-09".to_owned(),
            reason: "用地未批".to_owned(),
            asked_by: "李工".to_owned(),
            asked_at: stamp(0).at,
            decision: None,
            answer: String::new(),
        },
    )
}

pub fn key(department: &str, minutes: i64) -> table::department_key::DepartmentKey {
    table::department_key::DepartmentKey {
        department: DepartmentId::new(department),
        made_at: stamp(minutes).at,
        public_key: format!("public-{minutes}"),
        secret_key: Some("secret".to_owned()),
        revoked_at: None,
    }
}
