//! One workbook = one SQLite file: its tables, edits that are on disk when the call returns, undo across restarts, copies.
//!
//! The store computes no judgement and prints nothing; it has no clock (every write brings its [`Stamp`]), and nobody
//! outside sees SQLite: rows are the domain's structs, errors are whole sentences.
//!
//! ```no_run
//! # use store::{Stamp, StoreError, Workbook, table};
//! # fn show(path: &std::path::Path, stamp: &Stamp, id: &plan::TaskId) -> Result<(), StoreError> {
//! let mut opened = Workbook::open(path, stamp)?;
//! let tasks = table::task::list(&opened.workbook.read())?;
//! opened.workbook.edit("改任务名称", stamp, |edit| {
//!     let mut task = table::task::get(edit, id)?;
//!     task.title = "建成创新平台".to_owned();
//!     table::task::update(edit, &task)
//! })?;
//! opened.workbook.undo(stamp)?;
//! # let _ = tasks; Ok(()) }
//! ```

mod aside;
mod changes;
mod changeset;
mod check;
mod content;
mod copies;
mod edit;
mod erase;
mod error;
mod hash;
mod held;
mod history;
mod link;
mod lock;
mod log;
mod opening;
mod recount;
mod rescue;
mod row;
mod schema;
mod snapshot;
mod stamp;
pub mod table;
mod workbook;

pub use changes::{Action, Change, ChangedRow};
pub use check::{Finding, FindingKind};
pub use copies::{Copied, CopyKind};
pub use edit::{Aside, Edit, Edited};
pub use erase::Erased;
pub use error::StoreError;
pub use held::Lost;
pub use history::{EditKind, EditRecord, EditState, HistoryQuery, Turned};
pub use recount::{Difference, Recount, Unrecorded};
pub use rescue::Rescued;
pub use row::Rows;
pub use stamp::{Stamp, is_named};
pub use workbook::{Beside, Notice, Opened, Workbook};
