//! Whether departments returned a quarter in time, as far as it is known.

use plan::DepartmentId;
use std::collections::BTreeSet;

/// The departments whose day is known; of the others nobody says that they were in time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Timings {
    pub on_time: BTreeSet<DepartmentId>,
    pub late: BTreeSet<DepartmentId>,
}
