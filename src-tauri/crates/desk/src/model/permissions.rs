//! What may be done in the open workbook, as data for the page: it holds no rule of its own.

use crate::wire::Permission;
use plan::Status;

/// What this workbook lets its person do; nothing where it can only be read.
pub(crate) fn of(is_department: bool, read_only: bool) -> Vec<Permission> {
    match (read_only, is_department) {
        (true, _) => Vec::new(),
        (false, true) => vec![Permission::Report, Permission::AskChange, Permission::SendReturn],
        (false, false) => vec![Permission::Report, Permission::EditPlan, Permission::DecideRequests, Permission::Exchange],
    }
}

/// Whether a department may set a status itself; closing and cancelling are the office's.
pub(crate) fn departments_may_set(status: Status) -> bool {
    !matches!(status, Status::Closed | Status::Cancelled)
}

/// The statuses that may be entered, in their order.
pub(crate) fn statuses(is_department: bool) -> Vec<String> {
    let may = |status: &&Status| !is_department || departments_may_set(**status);
    Status::ALL.iter().filter(may).map(|status| status.code().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_reports_and_asks_and_the_office_does_the_rest() {
        assert!(of(true, true).is_empty() && of(false, true).is_empty());
        assert!(of(true, false).contains(&Permission::AskChange) && !of(true, false).contains(&Permission::EditPlan));
        assert!(of(false, false).contains(&Permission::EditPlan) && !of(false, false).contains(&Permission::AskChange));
        assert_eq!(statuses(true), ["未启动", "推进中", "已完成(待核)", "暂缓"]);
        assert_eq!(statuses(false).len(), Status::ALL.len());
    }
}
