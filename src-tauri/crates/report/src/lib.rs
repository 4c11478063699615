//! A view of the workbook becomes pages of placed items (plain data), and pages become PDF.
//!
//! The crate never opens the database, has no clock, reads no environment and writes no file; it reads font files from the folders it is given.
//! Same view, same options, same faces: same bytes.

mod style;
mod view;

pub use style::{HouseStyle, MM_PER_PT};
pub use view::{
    DepartmentLine, ItemLine, Kind, MilestoneLine, Options, Passages, PlanLine, ProgressText,
    Return, SlipLevel, SlipLine, TargetLine, TaskLine, View, Words,
};
