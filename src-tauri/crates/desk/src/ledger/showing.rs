//! The views of the open workbook, asked for by quarter, plan, department or task.

use crate::ledger::{find, requests, views};
use crate::model::desk::{Desk, department_id, plan_id};
use crate::model::refusals::{gone, wrong_input};
use crate::model::session::Session;
use crate::wire::{self, Refusal};
use messages::{Editing, Noun};
use plan::{Moment, PlanId, Quarter, TaskId};

impl Session {
    /// The overview of a quarter.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn overview(&mut self, request: &wire::OfQuarter) -> Result<wire::Overview, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        let desk = self.desk()?;
        let before = desk.judged(moment.previous())?;
        desk.view(moment, |context, _, _| views::overview(context, &before, plan.as_ref()))
    }

    /// The tasks that a figure of the overview counts.
    ///
    /// # Errors
    /// A quarter or plan that is none, or a figure that the overview has not.
    pub fn overview_tasks(&mut self, request: &wire::OfFigure) -> Result<Vec<String>, Refusal> {
        let of = wire::OfQuarter { quarter: request.quarter.clone(), plan: request.plan.clone() };
        let (moment, plan) = self.of_quarter(&of)?;
        let desk = self.desk()?;
        let before = desk.judged(moment.previous())?;
        let (figure, department) = (request.figure.as_str(), request.department.as_deref());
        desk.view(moment, |context, _, _| views::overview_tasks(context, &before, plan.as_ref(), figure, department))?
            .ok_or_else(|| wrong_input(Editing::NoSuchFigure { figure: figure.to_owned() }, Editing::OpenFromFigure))
    }

    /// The tasks of a quarter in numbers.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn totals(&mut self, request: &wire::OfQuarter) -> Result<wire::Totals, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::totals(context, plan.as_ref()))
    }

    /// The ledger of a quarter.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn ledger(&mut self, request: &wire::OfQuarter) -> Result<wire::Ledger, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::ledger_rows(context, plan.as_ref()))
    }

    /// The same as a table that says once what many rows say: for a window that keeps 100,000 rows.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn ledger_table(&mut self, request: &wire::OfQuarter) -> Result<wire::LedgerTable, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::ledger_table(context, plan.as_ref()))
    }

    /// Everything about one task.
    ///
    /// # Errors
    /// A task that is gone.
    pub fn task(&mut self, request: &wire::OfTask) -> Result<wire::TaskDetail, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let desk = self.desk()?;
        let history =
            desk.history(&wire::OfHistory { row: Some(request.task.clone()), limit: Some(20), ..wire::OfHistory::default() })?;
        let id = TaskId::new(request.task.as_str());
        let mut detail = desk.detail(&id, moment)?.ok_or_else(|| gone(Noun::Task, &request.task))?;
        detail.history = history;
        detail.requests = requests::requests_of(desk, &id)?;
        Ok(detail)
    }

    /// Departments' checklists.
    ///
    /// # Errors
    /// A department that is not there.
    pub fn checklist(&mut self, request: &wire::OfDepartment) -> Result<wire::Checklists, Refusal> {
        let moment = self.moment(&request.quarter)?;
        let desk = self.desk()?;
        let ledger = desk.ledger()?;
        let asked = request.department.as_ref().map(|word| department_id(ledger, word)).transpose()?;
        // a department's own workbook shows what that department fills
        let only = asked.or(desk.own_department()?);
        desk.view(moment, |context, _, _| views::checklists(context, only.as_ref()))
    }

    /// Indicators with targets and figures.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn indicators(&mut self, request: &wire::OfQuarter) -> Result<wire::Indicators, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::indicators(context, plan.as_ref()))
    }

    /// Milestones and task dues over the quarters.
    ///
    /// # Errors
    /// A quarter or plan that is none.
    pub fn timeline(&mut self, request: &wire::OfQuarter) -> Result<wire::Timeline, Refusal> {
        let (moment, plan) = self.of_quarter(request)?;
        self.desk()?.view(moment, |context, _, _| views::timeline(context, plan.as_ref()))
    }

    fn of_quarter(&mut self, request: &wire::OfQuarter) -> Result<(Moment, Option<PlanId>), Refusal> {
        let moment = self.moment(&request.quarter)?;
        let plan = plan_id(self.desk()?.ledger()?, request.plan.as_ref())?;
        Ok((moment, plan))
    }

    /// Rows by words or pinyin initials.
    ///
    /// # Errors
    /// No workbook is open, or it cannot be read.
    pub fn find(&mut self, request: &wire::ToFind) -> Result<Vec<wire::Hit>, Refusal> {
        let moment = Moment { quarter: Quarter::of(self.environment().clock_day()), today: self.environment().clock_day() };
        self.desk()?.view(moment, |context, _, _| find::hits(context.ledger, &request.words))
    }
}

impl Desk {
    /// Everything about one task in a quarter but its history and what is asked about it; none where it is gone.
    pub(crate) fn detail(&mut self, task: &TaskId, moment: Moment) -> Result<Option<wire::TaskDetail>, Refusal> {
        self.view(moment, |context, _, _| {
            let place = context.ledger.task_place(task)?;
            views::detail(context, place, context.ledger.tasks.get(place)?)
        })
    }
}
