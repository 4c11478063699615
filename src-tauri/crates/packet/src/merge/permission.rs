//! What a department may change: its own progress, ticks and figures; never a target, another's rows, or the office's word.

use super::{KnownAsk, Standing};
use crate::mark::{About, Address, Field};
use crate::number::number_of;
use crate::record::Ask;
use crate::returned::Answer;
use chrono::{NaiveDate, NaiveDateTime};
use plan::limits::LONGEST_TEXT as LONGEST;
use plan::{ChecklistItemId, DepartmentId, Due, IndicatorId, MilestoneId, PlanId, Quarter, Status, TargetId, TaskId};

/// The longest reason of a request, in characters.
const LONGEST_REASON: usize = 2_000;

impl Standing {
    /// The address that an answer fills, where the department may fill it with that; else the sentence why not.
    pub(super) fn allow(&self, department: &DepartmentId, quarter: Quarter, answer: &Answer) -> Result<Address, String> {
        let Some(address) = answer.address() else {
            return Err(match answer.about.as_str() {
                "target" | "indicator" => "目标值由督查机构确定，单位不能改；如需调整，请单位提出申请。",
                "assignment" => "责任分工由督查机构确定，单位不能改。",
                "task" | "checklist_item" | "milestone" => {
                    "任务、事项和时限由督查机构确定，单位不能改；如需调整，请单位提出申请。"
                }
                _ => "这不是单位可以填报的内容，没有采用。",
            }
            .to_owned());
        };
        if address.department.as_ref().is_some_and(|whose| whose != department) {
            return Err("这是别的单位的填报内容，没有采用。".to_owned());
        }
        match address.about {
            About::Progress => self.allow_progress(department, quarter, &address, answer)?,
            About::Item => {
                let item = self.items.get(&ChecklistItemId::new(address.row.as_str()));
                let item = item.ok_or("这条清单事项已不在台账中，没有采用。")?;
                self.allow_row(Some(&item.task), &item.departments, department)?;
                if let Some(task) = self.tasks.get(&item.task) {
                    self.allow_day(&task.plan, answer)?;
                }
            }
            About::Milestone => {
                let milestone = self.milestones.get(&MilestoneId::new(address.row.as_str()));
                let milestone = milestone.ok_or("这个节点已不在台账中，没有采用。")?;
                self.allow_row(milestone.task.as_ref(), &milestone.departments, department)?;
                self.allow_day(&milestone.plan, answer)?;
            }
            About::Figure => {
                let indicator = self.indicators.get(&IndicatorId::new(address.row.as_str()));
                let indicator = indicator.ok_or("这个指标已不在台账中，没有采用。")?;
                self.allow_row(indicator.task.as_ref(), &[], department)?;
            }
        }
        allow_value(&address, answer.now.as_deref())?;
        // the figure for all is the office's to make; a department may correct the one it was sent, else its figure is its own
        if address.about == About::Figure && address.is_shared() && answer.was.is_none() {
            let present = self.actuals.contains_key(&(IndicatorId::new(address.row.as_str()), quarter, None));
            if !present {
                return Ok(Address { department: Some(department.clone()), ..address });
            }
        }
        Ok(address)
    }

    /// Whether a department may ask for this; else the sentence why not.
    pub(super) fn allow_ask(&self, department: &DepartmentId, known: Option<&KnownAsk>, ask: &Ask) -> Result<(), String> {
        if known.is_some_and(|known| known.department != *department) {
            return Err("申请与别的单位的申请编号相同，没有收下。".to_owned());
        }
        let gone = || "申请所指的内容已不在台账中，没有收下。".to_owned();
        match (ask.about.as_str(), ask.field.as_str()) {
            ("task", "due") => self.allow_row(Some(&TaskId::new(ask.row.as_str())), &[], department)?,
            ("checklist_item", "due") => {
                let item = self.items.get(&ChecklistItemId::new(ask.row.as_str())).ok_or_else(gone)?;
                self.allow_row(Some(&item.task), &item.departments, department)?;
            }
            ("milestone", "due") => {
                let milestone = self.milestones.get(&MilestoneId::new(ask.row.as_str())).ok_or_else(gone)?;
                self.allow_row(milestone.task.as_ref(), &milestone.departments, department)?;
            }
            ("target", "value" | "due") => {
                let target = self.targets.get(&TargetId::new(ask.row.as_str())).ok_or_else(gone)?;
                let indicator = self.indicators.get(&target.indicator).ok_or_else(gone)?;
                self.allow_row(indicator.task.as_ref(), &[], department)?;
            }
            _ => return Err("这不是可以申请调整的内容，没有收下。".to_owned()),
        }
        let fits = match ask.field.as_str() {
            "value" => number_of(&ask.asked).is_some(),
            _ => ask.asked.parse::<Due>().is_ok(),
        };
        if !fits {
            return Err("申请调整成的不是数或日期，没有收下。".to_owned());
        }
        let texts = [(&ask.original, 100), (&ask.reason, LONGEST_REASON), (&ask.asked_by, 100), (&ask.id, 64)];
        let shown = |text: &str| text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        if ask.id.is_empty() || texts.iter().any(|(text, most)| text.chars().count() > *most || !shown(text)) {
            return Err("申请的文字过长或有不能显示的字符，没有收下。".to_owned());
        }
        if ask.reason.trim().is_empty() {
            return Err("申请没有写明理由，没有收下。".to_owned());
        }
        // two spellings of one moment would make the later of two words a matter of spelling
        let moment = NaiveDateTime::parse_from_str(&ask.asked_at, crate::head::MOMENT).ok();
        if moment.is_none_or(|at| crate::head::moment_text(at) != ask.asked_at) {
            return Err("申请的时间不合规范，没有收下。".to_owned());
        }
        Ok(())
    }

    fn allow_progress(
        &self,
        department: &DepartmentId,
        quarter: Quarter,
        address: &Address,
        answer: &Answer,
    ) -> Result<(), String> {
        let task = TaskId::new(address.row.as_str());
        if !self.tasks.contains_key(&task) {
            return Err("这项任务已不在台账中，没有采用。".to_owned());
        }
        if !self.is_assigned(&task, department) {
            return Err("本单位不是这项任务的责任单位，没有采用。".to_owned());
        }
        if address.field != Field::Status {
            return Ok(());
        }
        let present = self.progress.get(&(task, department.clone(), quarter)).map(|row| row.status);
        let asked: Option<Status> = answer
            .now
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(|error: plan::UnknownWord| format!("{error}，没有采用；可以填{}。", own_words().join("、")))?;
        let offices = |status: Option<Status>| matches!(status, Some(Status::Closed | Status::Cancelled));
        if asked != present && offices(asked) {
            return Err("销号和取消由督查机构核定，单位不能自行填报。".to_owned());
        }
        if asked != present && offices(present) {
            return Err("督查机构已经销号或取消，单位不能改回。".to_owned());
        }
        Ok(())
    }

    /// Holds the day of a tick against the plan's years and today; one that is no day is refused elsewhere.
    fn allow_day(&self, plan: &PlanId, answer: &Answer) -> Result<(), String> {
        let day = answer.now.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        match (day, self.plans.get(plan), self.today) {
            (Some(day), Some(years), Some(today)) => {
                years.day("完成日期", day, today).map(|_| ()).map_err(|error| format!("{error}；没有采用。"))
            }
            _ => Ok(()),
        }
    }

    fn allow_row(&self, task: Option<&TaskId>, named: &[DepartmentId], department: &DepartmentId) -> Result<(), String> {
        if named.contains(department) {
            return Ok(());
        }
        if !named.is_empty() {
            return Err("这一项由别的单位负责，没有采用。".to_owned());
        }
        if task.is_some_and(|task| self.is_assigned(task, department)) {
            return Ok(());
        }
        Err("本单位不是这项任务的责任单位，没有采用。".to_owned())
    }
}

/// The statuses that a department may choose.
fn own_words() -> Vec<&'static str> {
    let own = Status::ALL.iter().filter(|status| !matches!(status, Status::Closed | Status::Cancelled));
    own.map(|status| status.chinese()).collect()
}

fn allow_value(address: &Address, now: Option<&str>) -> Result<(), String> {
    let Some(now) = now.filter(|now| !now.is_empty()) else { return Ok(()) };
    match address.field {
        Field::Status => Ok(()),
        Field::DoneOn => {
            let day = now.parse::<NaiveDate>().ok().filter(|day| day.to_string() == now);
            day.map(|_| ()).ok_or_else(|| format!("“{now}”不是完整的日期，没有采用。"))
        }
        Field::Value => number_of(now)
            .map(|_| ())
            .ok_or_else(|| format!("“{}”不是数、单位与指标的不同，或超出了台账能记的范围，没有采用。请只填数。", shown(now))),
        Field::Done | Field::Problems | Field::Next | Field::Note => {
            if now.chars().count() > LONGEST {
                return Err(format!("文字超过{LONGEST}字，没有采用。"));
            }
            if now.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
                return Err("文字中有不能显示的字符，没有采用。".to_owned());
            }
            Ok(())
        }
    }
}

/// The beginning of a value, as far as it can be shown.
fn shown(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(30).collect()
}
