//! What goes out to a department: its rows, what it needs to read them, and what it wrote before.

use crate::container;
use crate::error::PacketError;
use crate::head::{Head, Kind, RECORDS_ENTRY, moment_of, moment_text};
use crate::key::{PublicKey, SecretKey};
use crate::number::{number_of, number_text};
use crate::record::{
    Ask, AssignmentRecord, DepartmentRecord, FigureRecord, HoldingRecord, IndicatorRecord, ItemRecord, MilestoneRecord,
    OriginRecord, PersonRecord, PlanRecord, ProgressRecord, Record, SectionRecord, TargetRecord, TaskRecord, at_most, from_lines,
    to_lines,
};
use chrono::{NaiveDate, NaiveDateTime};
use plan::{
    Actual, ActualId, Assignment, ChecklistItem, ChecklistItemId, Department, DepartmentId, Due, Holding, HoldingId, Indicator,
    IndicatorId, Milestone, MilestoneId, Origin, Person, PersonId, Plan, PlanId, Progress, ProgressId, Quarter, Register,
    Section, SectionId, Target, TargetId, Task, TaskId,
};
use std::fmt::Display;
use std::str::FromStr;

/// The most bytes and lines that the rows of a workbook unpack to: 20,000 tasks with twenty quarters are a tenth of it.
const LARGEST_KEPT: u64 = 512 * 1024 * 1024;
const MOST_KEPT_LINES: usize = 5_000_000;

/// Progress with who wrote it and when (UTC).
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The row.
    pub progress: Progress,
    /// The person.
    pub by: String,
    /// The moment.
    pub at: NaiveDateTime,
}

/// A department's part of the ledger for a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Its head; the kind is [`Kind::Issue`].
    pub head: Head,
    /// The key that the department's returns are signed with, 64 hexadecimal digits.
    pub secret: String,
    /// The greatest serial number among the department's returns that were merged; 0 for none. The next one has to be greater
    /// even where the department's workbook is new and its clock is wrong.
    pub last_return: i64,
    /// Settings by key, as JSON text.
    pub settings: Vec<(String, String)>,
    /// Closed quarters.
    pub closed: Vec<Quarter>,
    /// Plans without their source text.
    pub plans: Vec<Plan>,
    /// Headings, parents first.
    pub sections: Vec<Section>,
    /// The departments that take part in these tasks.
    pub departments: Vec<Department>,
    /// The people who answer for these tasks and departments, with the telephone numbers that the reader may have.
    pub people: Vec<Person>,
    /// What they hold.
    pub holdings: Vec<Holding>,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// Who takes part in them.
    pub assignments: Vec<Assignment>,
    /// Checklist items.
    pub items: Vec<ChecklistItem>,
    /// Milestones.
    pub milestones: Vec<Milestone>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Figures.
    pub actuals: Vec<Actual>,
    /// What the department wrote before.
    pub progress: Vec<Written>,
    /// What the department asked for, with the office's decisions.
    pub asks: Vec<Ask>,
}

fn text<T: Display>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

fn parse<T>(word: &str) -> Result<T, PacketError>
where
    T: FromStr,
    T::Err: Display,
{
    word.parse().map_err(|error: T::Err| PacketError::content(error.to_string()))
}

fn parse_or_none<T>(word: Option<&String>) -> Result<Option<T>, PacketError>
where
    T: FromStr,
    T::Err: Display,
{
    word.map(|word| parse(word)).transpose()
}

fn day_or_none(word: Option<&String>) -> Result<Option<NaiveDate>, PacketError> {
    word.map(|word| match parse::<Due>(word)? {
        Due::Day(day) => Ok(day),
        Due::Year(_) | Due::Month(..) => Err(PacketError::content(format!("“{word}”不是完整的日期"))),
    })
    .transpose()
}

fn figure(word: &str) -> Result<f64, PacketError> {
    number_of(word).ok_or_else(|| PacketError::content(format!("“{word}”不是数")))
}

impl Issue {
    /// An issue with nothing in it yet.
    #[must_use]
    pub fn new(head: Head, secret: String) -> Self {
        Self {
            head,
            secret,
            last_return: 0,
            settings: Vec::new(),
            closed: Vec::new(),
            plans: Vec::new(),
            sections: Vec::new(),
            departments: Vec::new(),
            people: Vec::new(),
            holdings: Vec::new(),
            tasks: Vec::new(),
            assignments: Vec::new(),
            items: Vec::new(),
            milestones: Vec::new(),
            indicators: Vec::new(),
            targets: Vec::new(),
            actuals: Vec::new(),
            progress: Vec::new(),
            asks: Vec::new(),
        }
    }

    /// The file, signed by the office. The same issue and key give the same bytes.
    ///
    /// # Errors
    /// None as things are: every field is text.
    pub fn write(&self, office: &SecretKey) -> Result<Vec<u8>, PacketError> {
        container::seal(&self.head.entries(to_lines(&self.records())?)?, office)
    }

    /// The rows packed without head and signature, to be kept in a workbook. The same rows give the same bytes.
    ///
    /// # Errors
    /// None as things are: every field is text.
    pub fn pack(&self) -> Result<Vec<u8>, PacketError> {
        container::pack(RECORDS_ENTRY, &to_lines(&self.records())?)
    }

    /// Rows that were packed, under a head.
    ///
    /// # Errors
    /// Bytes that are none of these, more than a workbook holds, a value that is none.
    pub fn unpack(head: Head, bytes: &[u8]) -> Result<Self, PacketError> {
        let mut issue = Self::new(head, String::new());
        for record in at_most(MOST_KEPT_LINES, &container::unpack(RECORDS_ENTRY, bytes, LARGEST_KEPT)?)? {
            issue.take(record)?;
        }
        Ok(issue)
    }

    fn records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        if self.head.kind == Kind::Issue {
            records.push(Record::Key { secret: self.secret.clone() });
            records.push(Record::LastReturn { serial: self.last_return });
        }
        records.extend(self.settings.iter().map(|(key, json)| Record::Setting { key: key.clone(), json: json.clone() }));
        records.extend(self.closed.iter().map(|quarter| Record::Closed { quarter: quarter.to_string() }));
        records.extend(self.plans.iter().map(plan_record));
        records.extend(self.sections.iter().map(section_record));
        records.extend(self.departments.iter().map(department_record));
        records.extend(self.people.iter().map(person_record));
        records.extend(self.tasks.iter().map(task_record));
        records.extend(self.assignments.iter().map(assignment_record));
        records.extend(self.items.iter().map(item_record));
        records.extend(self.milestones.iter().map(milestone_record));
        records.extend(self.indicators.iter().map(indicator_record));
        records.extend(self.targets.iter().map(target_record));
        records.extend(self.actuals.iter().map(figure_record));
        records.extend(self.progress.iter().map(progress_record));
        records.extend(self.holdings.iter().map(holding_record));
        records.extend(self.asks.iter().cloned().map(Record::Ask));
        records
    }

    /// Reads an issue, with its signer. Records of a later program are left out.
    ///
    /// # Errors
    /// A file that is none of ours, not whole, newer, of the other direction, or with a value that is none.
    pub fn read(bytes: &[u8]) -> Result<(PublicKey, Self), PacketError> {
        let (signer, issue) = Self::of_kind(bytes, Kind::Issue)?;
        if SecretKey::from_text(&issue.secret).is_none() {
            return Err(PacketError::content("缺少本单位的密钥"));
        }
        Ok((signer, issue))
    }

    /// Reads a closed quarter that an office hands up, with its signer: all that an issue has but a key.
    ///
    /// # Errors
    /// As for an issue.
    pub fn read_close(bytes: &[u8]) -> Result<(PublicKey, Self), PacketError> {
        Self::of_kind(bytes, Kind::Close)
    }

    fn of_kind(bytes: &[u8], kind: Kind) -> Result<(PublicKey, Self), PacketError> {
        let opened = container::open(bytes)?;
        let head = Head::of(&opened)?;
        if head.kind != kind {
            return Err(PacketError::WrongKind(match kind {
                Kind::Issue => "这不是督查机构下发给单位的文件。请选择督查机构下发的文件。",
                _ => "这不是封账季度的上报文件。请选择下级督查机构上报的文件。",
            }));
        }
        let mut issue = Self::new(head, String::new());
        for record in from_lines(opened.text(RECORDS_ENTRY)?)? {
            issue.take(record)?;
        }
        Ok((opened.signer, issue))
    }

    fn take(&mut self, record: Record) -> Result<(), PacketError> {
        match record {
            Record::Key { secret } => self.secret = secret,
            Record::LastReturn { serial } => self.last_return = serial,
            Record::Setting { key, json } => self.settings.push((key, json)),
            Record::Closed { quarter } => self.closed.push(parse(&quarter)?),
            Record::Plan(record) => self.plans.push(Plan {
                id: PlanId::new(record.id),
                title: record.title,
                doc_number: record.doc_number,
                issuer: record.issuer,
                issued_on: day_or_none(record.issued_on.as_ref())?,
                period_from: record.period_from,
                period_to: record.period_to,
                stage: parse(&record.stage)?,
                register: parse_or_none(record.register.as_ref())?.unwrap_or(Register::Plan),
                source_text: String::new(),
                position: record.position,
            }),
            Record::Section(record) => self.sections.push(Section {
                id: SectionId::new(record.id),
                plan: PlanId::new(record.plan),
                parent: record.parent.map(SectionId::new),
                number: record.number,
                title: record.title,
                position: record.position,
            }),
            Record::Department(record) => self.departments.push(Department {
                id: DepartmentId::new(record.id),
                name: record.name,
                short_name: record.short_name,
                kind: parse(&record.kind)?,
                aliases: record.aliases,
                position: record.position,
            }),
            Record::Person(record) => self.people.push(Person {
                id: PersonId::new(record.id),
                name: record.name,
                office: record.office,
                telephone: record.telephone,
                department: record.department.map(DepartmentId::new),
                position: record.position,
            }),
            Record::Holding(record) => self.holdings.push(Holding {
                id: HoldingId::new(record.id),
                person: PersonId::new(record.person),
                role: parse(&record.role)?,
                task: record.task.map(TaskId::new),
                department: record.department.map(DepartmentId::new),
                from: day_or_none(record.from.as_ref())?,
                to: day_or_none(record.to.as_ref())?,
            }),
            Record::Task(record) => self.tasks.push(task_of(record)?),
            Record::Assignment(record) => self.assignments.push(Assignment {
                task: TaskId::new(record.task),
                department: DepartmentId::new(record.department),
                role: parse(&record.role)?,
                by_default: record.by_default,
                position: record.position,
            }),
            Record::ChecklistItem(record) => self.items.push(ChecklistItem {
                id: ChecklistItemId::new(record.id),
                task: TaskId::new(record.task),
                departments: record.departments.into_iter().map(DepartmentId::new).collect(),
                text: record.text,
                due: parse_or_none(record.due.as_ref())?,
                done_on: day_or_none(record.done_on.as_ref())?,
                span: None,
                position: record.position,
            }),
            Record::Milestone(record) => self.milestones.push(Milestone {
                id: MilestoneId::new(record.id),
                plan: PlanId::new(record.plan),
                task: record.task.map(TaskId::new),
                departments: record.departments.into_iter().map(DepartmentId::new).collect(),
                what: record.what,
                due: parse(&record.due)?,
                done_on: day_or_none(record.done_on.as_ref())?,
                span: None,
                position: record.position,
            }),
            Record::Indicator(record) => self.indicators.push(Indicator {
                id: IndicatorId::new(record.id),
                plan: PlanId::new(record.plan),
                task: record.task.map(TaskId::new),
                name: record.name,
                unit: record.unit,
                kind: parse(&record.kind)?,
                binding: record.binding,
                baseline: record.baseline_year.zip(record.baseline_value.as_deref().map(figure).transpose()?),
                weight: figure(&record.weight)?,
                position: record.position,
            }),
            Record::Target(record) => self.targets.push(Target {
                id: TargetId::new(record.id),
                indicator: IndicatorId::new(record.indicator),
                op: parse(&record.op)?,
                value: figure(&record.value)?,
                due: parse_or_none(record.due.as_ref())?,
                cadence: parse(&record.cadence)?,
                proposed: record.proposed,
                span: None,
                position: record.position,
            }),
            Record::Actual(record) => self.actuals.push(Actual {
                id: ActualId::new(record.id),
                indicator: IndicatorId::new(record.indicator),
                quarter: parse(&record.quarter)?,
                department: record.department.map(DepartmentId::new),
                value: figure(&record.value)?,
                note: record.note,
            }),
            Record::Progress(record) => self.progress.push(Written {
                by: record.written_by,
                at: moment_of(&record.written_at)?,
                progress: Progress {
                    id: ProgressId::new(record.id),
                    task: TaskId::new(record.task),
                    department: DepartmentId::new(record.department),
                    quarter: parse(&record.quarter)?,
                    status: parse(&record.status)?,
                    done: record.done,
                    problems: record.problems,
                    next: record.next,
                },
            }),
            Record::Ask(ask) => self.asks.push(ask),
            Record::Evidence(_)
            | Record::Answer(_)
            | Record::Writer { .. }
            | Record::Missing { .. }
            | Record::Shown { .. }
            | Record::Unknown => {}
        }
        Ok(())
    }
}

fn plan_record(plan: &Plan) -> Record {
    Record::Plan(PlanRecord {
        id: plan.id.to_string(),
        title: plan.title.clone(),
        doc_number: plan.doc_number.clone(),
        issuer: plan.issuer.clone(),
        issued_on: text(plan.issued_on.as_ref()),
        period_from: plan.period_from,
        period_to: plan.period_to,
        stage: plan.stage.to_string(),
        register: (plan.register != Register::Plan).then(|| plan.register.to_string()),
        position: plan.position,
    })
}

fn section_record(section: &Section) -> Record {
    Record::Section(SectionRecord {
        id: section.id.to_string(),
        plan: section.plan.to_string(),
        parent: text(section.parent.as_ref()),
        number: section.number.clone(),
        title: section.title.clone(),
        position: section.position,
    })
}

fn department_record(department: &Department) -> Record {
    Record::Department(DepartmentRecord {
        id: department.id.to_string(),
        name: department.name.clone(),
        short_name: department.short_name.clone(),
        kind: department.kind.to_string(),
        aliases: department.aliases.clone(),
        position: department.position,
    })
}

fn person_record(person: &Person) -> Record {
    Record::Person(PersonRecord {
        id: person.id.to_string(),
        name: person.name.clone(),
        office: person.office.clone(),
        telephone: person.telephone.clone(),
        department: text(person.department.as_ref()),
        position: person.position,
    })
}

fn holding_record(holding: &Holding) -> Record {
    Record::Holding(HoldingRecord {
        id: holding.id.to_string(),
        person: holding.person.to_string(),
        role: holding.role.to_string(),
        task: text(holding.task.as_ref()),
        department: text(holding.department.as_ref()),
        from: text(holding.from.as_ref()),
        to: text(holding.to.as_ref()),
    })
}

fn task_record(task: &Task) -> Record {
    let judgement = task.override_judgement.as_ref();
    Record::Task(TaskRecord {
        id: task.id.to_string(),
        plan: task.plan.to_string(),
        section: text(task.section.as_ref()),
        number: task.number.clone(),
        title: task.title.clone(),
        kind: task.kind.to_string(),
        text: task.text.clone(),
        weight: number_text(task.weight),
        start: text(task.start.as_ref()),
        due: text(task.due.as_ref()),
        closed_on: text(task.closed_on.as_ref()),
        judgement: judgement.map(|(judgement, _)| judgement.to_string()),
        judgement_reason: judgement.map(|(_, reason)| reason.clone()),
        origin: task.origin.as_ref().map(|origin| OriginRecord {
            from: origin.from.clone(),
            received_on: text(origin.received_on.as_ref()),
            matter: origin.matter.clone(),
        }),
        remark: task.remark.clone(),
        position: task.position,
    })
}

fn task_of(record: TaskRecord) -> Result<Task, PacketError> {
    Ok(Task {
        id: TaskId::new(record.id),
        plan: PlanId::new(record.plan),
        section: record.section.map(SectionId::new),
        number: record.number,
        title: record.title,
        kind: parse(&record.kind)?,
        text: record.text,
        span: None,
        weight: figure(&record.weight)?,
        start: day_or_none(record.start.as_ref())?,
        due: parse_or_none(record.due.as_ref())?,
        closed_on: day_or_none(record.closed_on.as_ref())?,
        override_judgement: parse_or_none(record.judgement.as_ref())?.zip(record.judgement_reason),
        origin: record.origin.map(origin_of).transpose()?.map(Box::new),
        remark: record.remark,
        position: record.position,
    })
}

fn origin_of(record: OriginRecord) -> Result<Origin, PacketError> {
    let received_on = day_or_none(record.received_on.as_ref())?;
    Ok(Origin { from: record.from, received_on, matter: record.matter })
}

fn assignment_record(assignment: &Assignment) -> Record {
    Record::Assignment(AssignmentRecord {
        task: assignment.task.to_string(),
        department: assignment.department.to_string(),
        role: assignment.role.to_string(),
        by_default: assignment.by_default,
        position: assignment.position,
    })
}

fn item_record(item: &ChecklistItem) -> Record {
    Record::ChecklistItem(ItemRecord {
        id: item.id.to_string(),
        task: item.task.to_string(),
        departments: item.departments.iter().map(ToString::to_string).collect(),
        text: item.text.clone(),
        due: text(item.due.as_ref()),
        done_on: text(item.done_on.as_ref()),
        position: item.position,
    })
}

fn milestone_record(milestone: &Milestone) -> Record {
    Record::Milestone(MilestoneRecord {
        id: milestone.id.to_string(),
        plan: milestone.plan.to_string(),
        task: text(milestone.task.as_ref()),
        departments: milestone.departments.iter().map(ToString::to_string).collect(),
        what: milestone.what.clone(),
        due: milestone.due.to_string(),
        done_on: text(milestone.done_on.as_ref()),
        position: milestone.position,
    })
}

fn indicator_record(indicator: &Indicator) -> Record {
    Record::Indicator(IndicatorRecord {
        id: indicator.id.to_string(),
        plan: indicator.plan.to_string(),
        task: text(indicator.task.as_ref()),
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        kind: indicator.kind.to_string(),
        binding: indicator.binding,
        baseline_year: indicator.baseline.map(|(year, _)| year),
        baseline_value: indicator.baseline.map(|(_, value)| number_text(value)),
        weight: number_text(indicator.weight),
        position: indicator.position,
    })
}

fn target_record(target: &Target) -> Record {
    Record::Target(TargetRecord {
        id: target.id.to_string(),
        indicator: target.indicator.to_string(),
        op: target.op.to_string(),
        value: number_text(target.value),
        due: text(target.due.as_ref()),
        cadence: target.cadence.to_string(),
        proposed: target.proposed,
        position: target.position,
    })
}

fn figure_record(actual: &Actual) -> Record {
    Record::Actual(FigureRecord {
        id: actual.id.to_string(),
        indicator: actual.indicator.to_string(),
        quarter: actual.quarter.to_string(),
        department: text(actual.department.as_ref()),
        value: number_text(actual.value),
        note: actual.note.clone(),
    })
}

fn progress_record(written: &Written) -> Record {
    let progress = &written.progress;
    Record::Progress(ProgressRecord {
        id: progress.id.to_string(),
        task: progress.task.to_string(),
        department: progress.department.to_string(),
        quarter: progress.quarter.to_string(),
        status: progress.status.to_string(),
        done: progress.done.clone(),
        problems: progress.problems.clone(),
        next: progress.next.clone(),
        written_by: written.by.clone(),
        written_at: moment_text(written.at),
    })
}
