//! What every use case stands on: the open workbook and its loaded ledger, the environment, settings, what ships, refusals.

pub(crate) mod context;
pub(crate) mod departments;
pub(crate) mod desk;
pub(crate) mod drafts;
pub(crate) mod environment;
pub(crate) mod files;
pub(crate) mod holidays;
pub(crate) mod initials;
pub(crate) mod kinds;
pub(crate) mod labels;
pub(crate) mod ledger;
pub(crate) mod passages;
pub(crate) mod permissions;
pub(crate) mod place;
pub(crate) mod recent;
pub(crate) mod refusals;
pub(crate) mod returns;
pub(crate) mod seeds;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod timings;
