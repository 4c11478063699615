//! One open workbook: its file, its rows in memory, its rules, and today.

use crate::model::context::Context;
use crate::model::environment::Environment;
use crate::model::initials::initials;
use crate::model::labels;
use crate::model::ledger::{Ledger, TaskRows};
use crate::model::permissions;
use crate::model::refusals::{gone, wrong_input};
use crate::model::seeds;
use crate::model::settings;
use crate::model::timings::Timings;
use crate::wire::{self, Refusal, RefusalCode};
use chrono::{Datelike, NaiveDate};
use messages::{Input, Language, Noun, Opening, Program};
use plan::{DepartmentId, Moment, PlanId, Quarter, RuleSet, TaskAssessment, TaskId};
use serde_json::{Map, Value};
use std::path::Path;
use std::sync::Arc;
use store::table::passage::Passage;
use store::{Stamp, Workbook, table};

/// The rows as they are in the file, and what is computed from them until the next change.
#[derive(Debug)]
pub(crate) struct Loaded {
    ledger: Ledger,
    settings: Map<String, Value>,
    rules: RuleSet,
    rule_note: String,
    judged: Vec<(Moment, Arc<Vec<TaskAssessment>>)>,
}

impl Loaded {
    pub(crate) fn of(ledger: Ledger, settings: Map<String, Value>, rules: RuleSet, rule_note: String) -> Self {
        Self { ledger, settings, rules, rule_note, judged: Vec::new() }
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Computes a view of a quarter from the rows.
    pub(crate) fn view<T>(&mut self, moment: Moment, compute: impl FnOnce(Context<'_>, &Map<String, Value>, &str) -> T) -> T {
        let judged = self.judged(moment);
        let context = Context { ledger: &self.ledger, rules: &self.rules, moment, judged: &judged };
        compute(context, &self.settings, &self.rule_note)
    }

    /// The judgement of every task in a quarter, in the ledger's order.
    pub(crate) fn judged(&mut self, moment: Moment) -> Arc<Vec<TaskAssessment>> {
        if let Some((_, judged)) = self.judged.iter().find(|(of, _)| *of == moment) {
            return Arc::clone(judged);
        }
        let judged = Arc::new(self.ledger.judge_all(&self.rules, moment));
        // a view and its comparison with the quarter before are all that is looked at together
        if self.judged.len() >= 4 {
            self.judged.remove(0);
        }
        self.judged.push((moment, Arc::clone(&judged)));
        judged
    }

    /// Quarters in which anything was written, in order.
    pub(crate) fn written_quarters(&self) -> Vec<Quarter> {
        let progress = self.ledger.tasks.iter().flat_map(|row| row.progress.iter().map(|progress| progress.quarter));
        let figures = self.ledger.measured.iter().flat_map(|measured| measured.actuals.iter().map(|actual| actual.quarter));
        let mut quarters: Vec<Quarter> = progress.chain(figures).collect();
        quarters.sort_unstable();
        quarters.dedup();
        quarters
    }
}

/// A closed quarter with its rows.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The day of the close: the quarter is judged and dated as on it.
    pub today: NaiveDate,
    pub loaded: Loaded,
    pub passages: Vec<Passage>,
    pub timings: Timings,
}

/// A smaller file is read sooner than a second way into it is opened, in bytes.
const LARGE: u64 = 4 * 1024 * 1024;

/// One open workbook.
#[derive(Debug)]
pub(crate) struct Desk {
    workbook: Workbook,
    notices: Vec<String>,
    loaded: Option<Loaded>,
    /// The closed quarter that was looked at last, under its hash.
    pub(crate) kept: Option<(String, Kept)>,
    /// The language of what is answered.
    language: Language,
}

impl Desk {
    /// The language of what is answered from now on.
    pub(crate) fn speak(&mut self, language: Language) {
        self.language = language;
    }

    /// The language of what is answered.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// A new workbook that stands at `path` once it is filled: whatever ends the program before leaves that name free.
    pub(crate) fn create(
        path: &Path,
        stamp: &Stamp,
        fill: impl FnOnce(&mut Self) -> Result<(), Refusal>,
    ) -> Result<Self, Refusal> {
        let mut desk = Self {
            workbook: Workbook::begin(path, stamp)?,
            notices: Vec::new(),
            loaded: None,
            kept: None,
            language: Language::default(),
        };
        fill(&mut desk)?;
        Ok(Self { workbook: desk.workbook.stand()?, ..desk })
    }

    pub(crate) fn open(path: &Path, stamp: &Stamp) -> Result<Self, Refusal> {
        Ok(Self::of(Workbook::open(path, stamp)?))
    }

    /// A workbook that was opened.
    pub(crate) fn of(opened: store::Opened) -> Self {
        let notices = opened.notices.iter().map(|notice| notice.sentence().to_owned()).collect();
        Self { workbook: opened.workbook, notices, loaded: None, kept: None, language: Language::default() }
    }

    /// Adds something that the clerk should know.
    pub(crate) fn note(&mut self, sentence: String) {
        self.notices.push(sentence);
    }

    /// One of this workbook's automatic copies, to be read only.
    pub(crate) fn look_at_copy(&self, copy: &str, stamp: &Stamp) -> Result<Self, Refusal> {
        let wanted = Path::new(copy);
        if self.workbook.copies()?.iter().all(|one| one.path != wanted) {
            return Err(Refusal::new(RefusalCode::Refused, Opening::CopyGone, Opening::OtherCopy));
        }
        let workbook = Workbook::look(wanted, stamp, String::new())?;
        Ok(Self { workbook, notices: Vec::new(), loaded: None, kept: None, language: Language::default() })
    }

    /// Closes the workbook. All that was saved is safe; what could not be brought into the one file is told in a sentence.
    pub(crate) fn close(self) -> Option<String> {
        let name = self.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        match self.workbook.close() {
            Ok(()) => None,
            Err(store::StoreError::Detached { .. }) => {
                Some(format!("“{name}”已不是打开时的那一份，关闭时没有改动它。请核对那个位置上是哪一份，需要时从备份恢复。"))
            }
            Err(unsettled) => Some(unsettled.to_string()),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.workbook.path()
    }

    /// Findings about the file's integrity, each a sentence.
    pub(crate) fn check(&self) -> Result<Vec<String>, Refusal> {
        Ok(self.workbook.check()?.iter().map(|finding| finding.sentence.clone()).collect())
    }

    pub(crate) fn load(&mut self) -> Result<&mut Loaded, Refusal> {
        if self.loaded.is_none() {
            let rows = self.workbook.read();
            let (settings, rules, rule_note) = read_settings(&rows)?;
            let is_large = std::fs::metadata(self.workbook.path()).is_ok_and(|file| file.len() > LARGE);
            let ledger = Ledger::read(&rows, if is_large { self.workbook.beside() } else { None })?;
            self.loaded = Some(Loaded::of(ledger, settings, rules, rule_note));
        }
        self.loaded.as_mut().ok_or_else(|| wrong_input(Opening::LedgerNotRead, Program::Reopen))
    }

    /// Quarters in which anything was written, in order.
    pub(crate) fn written_quarters(&mut self) -> Result<Vec<Quarter>, Refusal> {
        Ok(self.load()?.written_quarters())
    }

    /// The file, to read from.
    pub(crate) fn reading(&self) -> store::Rows<'_> {
        self.workbook.read()
    }

    /// The file, to read from and to edit; [`changed`](Self::changed) is to be called after an edit.
    pub(crate) fn workbook(&mut self) -> &mut Workbook {
        &mut self.workbook
    }

    /// The file to be edited, beside what was read of it; nothing where nothing was.
    pub(crate) fn workbook_and_loaded(&mut self) -> Option<(&mut Workbook, &Loaded)> {
        Some((&mut self.workbook, self.loaded.as_ref()?))
    }

    /// Forgets what was read, since the file has changed.
    pub(crate) fn changed(&mut self) {
        self.loaded = None;
    }

    /// Keeps what was read true after an edit, reading anew only what it touched. The tasks touched; nothing where that cannot
    /// be told, or cannot be read: then the next look reads all, and says what is wrong.
    pub(crate) fn follow(&mut self, changed: &[store::ChangedRow]) -> Option<Vec<TaskId>> {
        let mut loaded = self.loaded.take()?;
        let rows = self.workbook.read();
        let (of_settings, of_rows): (Vec<_>, Vec<_>) = changed.iter().cloned().partition(|row| row.table == "setting");
        if !of_settings.is_empty() {
            (loaded.settings, loaded.rules, loaded.rule_note) = read_settings(&rows).ok()?;
            loaded.judged.clear();
        }
        let places = loaded.ledger.follow(&rows, &of_rows).ok()??;
        if loaded.rules.last_places.is_some() {
            // one figure may move every department's place
            loaded.judged.clear();
        }
        for (moment, judged) in &mut loaded.judged {
            let judged = Arc::make_mut(judged);
            for &place in &places {
                *judged.get_mut(place)? = loaded.ledger.judge(loaded.ledger.tasks.get(place)?, &loaded.rules, *moment)?;
            }
        }
        let tasks = places.iter().filter_map(|&place| Some(loaded.ledger.tasks.get(place)?.task.id.clone())).collect();
        self.loaded = Some(loaded);
        Some(tasks)
    }

    pub(crate) fn settings(&mut self) -> Result<&Map<String, Value>, Refusal> {
        Ok(&self.load()?.settings)
    }

    /// The department whose own workbook this is; none in an office's.
    pub(crate) fn own_department(&mut self) -> Result<Option<DepartmentId>, Refusal> {
        Ok(settings::text(self.settings()?, "department").map(DepartmentId::new))
    }

    pub(crate) fn ledger(&mut self) -> Result<&Ledger, Refusal> {
        Ok(&self.load()?.ledger)
    }

    /// Today as the workbook judges it: the shell's word, else the day a sample was made for, else the clock.
    pub(crate) fn today(&mut self, environment: &Environment) -> Result<NaiveDate, Refusal> {
        if let Some(today) = environment.today {
            return Ok(today);
        }
        let fixed = settings::text(&self.load()?.settings, "as_of").and_then(|day| day.parse().ok());
        Ok(fixed.unwrap_or_else(|| environment.clock_day()))
    }

    /// Computes a view of a quarter from the rows.
    pub(crate) fn view<T>(
        &mut self,
        moment: Moment,
        compute: impl FnOnce(Context<'_>, &Map<String, Value>, &str) -> T,
    ) -> Result<T, Refusal> {
        Ok(self.load()?.view(moment, compute))
    }

    /// The judgement of every task in a quarter, in the ledger's order.
    pub(crate) fn judged(&mut self, moment: Moment) -> Result<Arc<Vec<TaskAssessment>>, Refusal> {
        Ok(self.load()?.judged(moment))
    }

    /// Quarters that are closed now.
    pub(crate) fn closed_quarters(&self) -> Result<Vec<String>, Refusal> {
        closed_quarters(&self.workbook.read())
    }

    /// What frames every view.
    pub(crate) fn frame(&mut self, environment: &Environment) -> Result<wire::Workbook, Refusal> {
        let today = self.today(environment)?;
        let drafts = self.draft_lines()?;
        let rows = self.workbook.read();
        let closed = closed_quarters(&rows)?;
        let language = self.language;
        let undo = rows.to_undo()?.map(|(_, label)| labels::read(&label).render(language));
        let redo = rows.to_redo()?.map(|(_, label)| labels::read(&label).render(language));
        let path = self.workbook.path().to_path_buf();
        let read_only = self.workbook.is_read_only();
        let notices = std::mem::take(&mut self.notices);
        let loaded = self.load()?;
        let ledger = &loaded.ledger;
        let quarters = quarters(ledger, today);
        let is_department = settings::text(&loaded.settings, "role") == Some("department");
        let shown = settings::text(&loaded.settings, "quarter").and_then(|quarter| quarter.parse::<Quarter>().ok());
        Ok(wire::Workbook {
            name: path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            path: path.to_string_lossy().into_owned(),
            read_only,
            notices,
            may: permissions::of(is_department, read_only),
            statuses: permissions::statuses(is_department),
            role: settings::text(&loaded.settings, "role").unwrap_or("office").to_owned(),
            office: settings::text(&loaded.settings, "office").unwrap_or_default().to_owned(),
            plans: plan_lines(ledger),
            departments: department_lines(ledger),
            drafts,
            quarter: shown.unwrap_or_else(|| first_shown(ledger, today)).to_string(),
            quarters: quarters.iter().map(ToString::to_string).collect(),
            closed,
            as_of: today.to_string(),
            undo,
            redo,
            settings: loaded.settings.clone(),
        })
    }

    // ---- history and copies ----

    pub(crate) fn passages(&self, quarter: Quarter) -> Result<Vec<Passage>, Refusal> {
        Ok(table::passage::of_quarter(&self.workbook.read(), quarter)?)
    }
}

/// The settings with what the exchange says of them, and the rules that they choose.
/// Quarters that are closed now, in order of their closing.
fn closed_quarters(rows: &store::Rows<'_>) -> Result<Vec<String>, Refusal> {
    let closes = table::quarter_close::heads(rows)?;
    Ok(closes.into_iter().filter(|close| close.reopened.is_none()).map(|close| close.quarter.to_string()).collect())
}

fn read_settings(rows: &store::Rows<'_>) -> Result<(Map<String, Value>, RuleSet, String), Refusal> {
    let mut settings = Map::new();
    for (key, value) in table::setting::list(rows)?.into_iter().chain(table::preference::list(rows)?) {
        settings.insert(key, serde_json::from_str(&value).unwrap_or(Value::Null));
    }
    if let Some(department) = own_department(rows)? {
        settings.insert("role".to_owned(), Value::String("department".to_owned()));
        settings.insert("department".to_owned(), Value::String(department.to_string()));
    }
    let name = settings::text(&settings, "rule_set").unwrap_or("default").to_owned();
    let (rules, rule_note) = seeds::rule_set(&name).or_else(|_| seeds::rule_set("default"))?;
    let rules = RuleSet { working_days: crate::model::holidays::working_days(&settings), ..rules };
    Ok((settings, rules, rule_note))
}

fn plan_lines(ledger: &Ledger) -> Vec<wire::PlanLine> {
    // the tasks of a plan stand together
    let by_plan: Vec<&[TaskRows]> = ledger.tasks.chunk_by(|a, b| a.task.plan == b.task.plan).collect();
    let tasks = |plan: &PlanId| by_plan.iter().find(|rows| rows[0].task.plan == *plan).map_or(0, |rows| rows.len());
    let line = |plan: &plan::Plan| wire::PlanLine {
        id: plan.id.to_string(),
        title: plan.title.clone(),
        doc_number: plan.doc_number.clone(),
        issuer: plan.issuer.clone(),
        issued_on: plan.issued_on.map(|day| day.to_string()),
        period: wire::Period { from: plan.period_from, to: plan.period_to },
        stage: plan.stage.to_string(),
        source: plan.register.chinese().to_owned(),
        tasks: tasks(&plan.id),
        has_source: !plan.source_text.is_empty(),
    };
    ledger.plans.iter().map(line).collect()
}

fn department_lines(ledger: &Ledger) -> Vec<wire::DepartmentLine> {
    let mut counts = vec![(0, 0); ledger.departments.len()];
    for (place, assignment) in ledger.tasks.iter().flat_map(TaskRows::assigned) {
        if assignment.role == plan::Role::Lead { counts[place].0 += 1 } else { counts[place].1 += 1 }
    }
    let lines = ledger.departments.iter().zip(counts).map(|(department, (leads, supports))| wire::DepartmentLine {
        id: department.id.to_string(),
        name: department.name.clone(),
        short_name: department.short_name.clone(),
        aliases: department.aliases.clone(),
        kind: department.kind.to_string(),
        leads,
        supports,
        initials: initials(&department.name),
    });
    lines.collect()
}

/// Quarters from the first to the last year of the plans and of what was written, today's among them.
fn quarters(ledger: &Ledger, today: NaiveDate) -> Vec<Quarter> {
    let years = ledger.plans.iter().flat_map(|plan| [plan.period_from.or(plan.issued_on.map(|day| day.year())), plan.period_to]);
    let written = ledger.tasks.iter().flat_map(|row| row.progress.iter().map(|progress| Some(progress.quarter.year())));
    let years: Vec<i32> = years.chain(written).chain([Some(today.year())]).flatten().collect();
    let (first, last) = (years.iter().min().copied(), years.iter().max().copied());
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    // a mistyped year must not make a list of a thousand quarters
    let last = last.min(first + 60);
    (first..=last).flat_map(|year| (1..=4).filter_map(move |number| Quarter::new(year, number))).collect()
}

/// The quarter to show first: the one whose returns are due now, within the plans' years.
fn first_shown(ledger: &Ledger, today: NaiveDate) -> Quarter {
    let current = Quarter::of(today);
    let ends = ledger.plans.iter().filter_map(|plan| plan.period_to).max();
    let starts = ledger.plans.iter().filter_map(|plan| plan.period_from.or(plan.issued_on.map(|day| day.year()))).min();
    // in the first three weeks after a cut-off the quarter before is still being collected
    let collecting = (today - current.first_day()).num_days() < 21;
    let shown = if collecting { current.previous() } else { current };
    match (starts, ends) {
        (Some(from), _) if shown.year() < from => Quarter::new(from, 1).unwrap_or(shown),
        (_, Some(to)) if shown.year() > to => Quarter::new(to, 4).unwrap_or(shown),
        _ => shown,
    }
}

/// A department by id or name.
pub(crate) fn department_id(ledger: &Ledger, word: &str) -> Result<DepartmentId, Refusal> {
    ledger.department_called(word).map(|department| department.id.clone()).ok_or_else(|| {
        let names: Vec<String> = ledger.departments.iter().take(12).map(|department| department.name.clone()).collect();
        let hint = if names.is_empty() { Input::NoDepartments } else { Input::DepartmentsAre { names } };
        Refusal::new(RefusalCode::Gone, Input::NoSuchDepartment { name: word.to_owned() }, hint)
    })
}

/// A plan by id.
pub(crate) fn plan_id(ledger: &Ledger, id: Option<&String>) -> Result<Option<PlanId>, Refusal> {
    id.map(|id| {
        let plan = PlanId::new(id.as_str());
        ledger.plan(&plan).map(|plan| plan.id.clone()).ok_or_else(|| gone(Noun::Plan, id))
    })
    .transpose()
}

/// The department whose own workbook this is; none in an office's.
///
/// # Errors
/// Failures of the file.
pub(crate) fn own_department(rows: &store::Rows<'_>) -> Result<Option<DepartmentId>, store::StoreError> {
    Ok(table::identity::find(rows, "department")?.map(DepartmentId::new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::applying::by_number;
    use crate::wire::Edit;

    fn stamp() -> Stamp {
        let at = NaiveDate::from_ymd_opt(2025, 10, 12).and_then(|day| day.and_hms_opt(1, 0, 0)).unwrap();
        Stamp::new(at, "王芳", "")
    }

    /// What was followed is what the file says, row by row and judgement by judgement.
    fn assert_followed(desk: &mut Desk, moments: &[Moment], after: &str) {
        let followed = desk.loaded.take().unwrap_or_else(|| panic!("all was read again after {after}"));
        let fresh = desk.load().unwrap();
        for (old, new) in followed.ledger.tasks.iter().zip(&fresh.ledger.tasks) {
            assert_eq!(format!("{old:?}"), format!("{new:?}"), "{after}");
        }
        for (old, new) in followed.ledger.measured.iter().zip(&fresh.ledger.measured) {
            assert_eq!(format!("{old:?}"), format!("{new:?}"), "{after}");
        }
        for moment in moments {
            let (_, old) = followed.judged.iter().find(|(of, _)| of == moment).unwrap();
            assert_eq!(format!("{old:?}"), format!("{:?}", desk.judged(*moment).unwrap()), "{after}");
        }
    }

    #[test]
    fn two_threads_read_what_one_reads() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = stamp();
        let seed = seeds::seed("yunxi-2025").unwrap();
        let desk = Desk::create(&folder.path().join("台账.planbook"), &stamp, |desk| desk.plant_seed(&seed, &stamp)).unwrap();
        let one = Ledger::read(&desk.workbook.read(), None).unwrap();
        assert!(one.tasks.len() > 30 && one.measured.len() > 30 && !one.goals.is_empty());
        desk.workbook.settle().unwrap();
        for _ in 0..20 {
            let beside = desk.workbook.beside().expect("the log is empty");
            let two = Ledger::read(&desk.workbook.read(), Some(beside)).unwrap();
            assert_eq!(format!("{:?}", one.tasks), format!("{:?}", two.tasks));
            assert_eq!(format!("{:?}", one.measured), format!("{:?}", two.measured));
            assert_eq!(format!("{:?}", one.goals), format!("{:?}", two.goals));
        }
    }

    #[test]
    fn an_edit_is_followed_without_reading_all() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = stamp();
        let seed = seeds::seed("yunxi-2025").unwrap();
        let mut desk = Desk::create(&folder.path().join("台账.planbook"), &stamp, |desk| desk.plant_seed(&seed, &stamp)).unwrap();
        let today = NaiveDate::from_ymd_opt(2025, 10, 12).unwrap();
        let moments = ["2025Q3", "2025Q2"].map(|quarter| Moment { quarter: quarter.parse().unwrap(), today });
        let row = |desk: &mut Desk, place: usize| {
            let row = &desk.ledger().unwrap().tasks[place];
            (row.task.id.to_string(), row.items[0].id.to_string(), row.assignments[0].department.to_string(), row.measured[0])
        };
        let (task, item, department, measured) = row(&mut desk, 2);
        let target = desk.ledger().unwrap().measured[measured].targets[0].id.to_string();
        let milestone = desk.ledger().unwrap().tasks.iter().find_map(|row| row.milestones.first()).unwrap().id.to_string();
        let quarter = || "2025Q3".to_owned();
        let steps: Vec<Edit> = vec![
            Edit::TickItem { item: item.clone(), done_on: Some("2025-09-01".to_owned()) },
            Edit::TickItem { item, done_on: None },
            Edit::CompleteMilestone { milestone, done_on: Some("2025-09-02".to_owned()) },
            Edit::SetActual { target: target.clone(), quarter: quarter(), value: Some(3.0), note: None, department: None },
            Edit::SetTarget(wire::TargetFields { target: target.clone(), value: Some(61.0), ..wire::TargetFields::default() }),
            Edit::SetActual { target, quarter: quarter(), value: None, note: None, department: None },
            Edit::SetTaskTitle { task: task.clone(), title: "另一个名称".to_owned() },
            Edit::SetProgress {
                task: task.clone(),
                department: department.clone(),
                quarter: quarter(),
                status: None,
                done: Some("写了几句。".to_owned()),
                problems: None,
                next: None,
            },
            Edit::Assign { task, department, role: None },
        ];
        for edit in steps {
            for moment in moments {
                desk.judged(moment).unwrap();
            }
            let name = format!("{edit:?}");
            desk.apply(&[edit], &by_number(1), today, &stamp).unwrap();
            assert_followed(&mut desk, &moments, &name);
        }
        for _ in 0..9 {
            for moment in moments {
                desk.judged(moment).unwrap();
            }
            desk.undo(&stamp).unwrap();
            assert_followed(&mut desk, &moments, "undo");
        }
    }
}
