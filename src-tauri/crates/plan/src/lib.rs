//! The domain: plans, sections, tasks, checklist items, milestones, indicators with yearly targets, departments, quarters,
//! and the rules that turn them into completion, gap, judgement and lamp.
//!
//! Pure: no IO, no clock (`today` is an argument), no environment, no serialisation. Dates are `chrono::NaiveDate`.

mod assessment;
mod calendar;
mod ledger;
pub mod limits;
pub mod questions;
mod rules;
mod words;
mod working_days;

pub use assessment::{
    Assessment, Change, Moment, Placed, TargetInput, TaskAssessment, TaskInput, answering, assess_milestone, assess_target,
    assess_task, completion, current_step, day_from, due_of, figure, gap_words, is_yearly, item_lamp, lift_last_places,
    not_returned_lamp, number, own_due, return_deadline, schedule, status_in,
};
pub use calendar::{CalendarError, Due, Quarter, Sought};
pub use ledger::{
    Actual, ActualId, Assignment, ChecklistItem, ChecklistItemId, Department, DepartmentId, DraftId, EditId, Evidence,
    EvidenceId, Holding, HoldingId, Indicator, IndicatorId, Milestone, MilestoneId, Origin, Person, PersonId, Plan, PlanId,
    Progress, ProgressId, Section, SectionId, Span, Target, TargetId, Task, TaskId,
};
pub use rules::{Missed, RuleSet, shares};
pub use words::{
    Cadence, DepartmentKind, IndicatorKind, Judgement, Lamp, Op, PersonRole, PlanStage, Register, Role, Status, TaskKind,
    UnknownWord, quoted,
};
pub use working_days::WorkingDays;
