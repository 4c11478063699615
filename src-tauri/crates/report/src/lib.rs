//! A view of the workbook becomes pages of placed items (plain data), and pages become PDF.
//!
//! The crate never opens the database, has no clock, reads no environment and writes no file; it reads font files from the folders it is
//! given. Same view, same options, same faces: same bytes.
//!
//! [`View`] → [`Figures`] (computed once) → blocks (what is said) → [`Document`] (pages) → [`pdf()`]; [`docx()`] takes the same blocks, and
//! [`xlsx()`] the same rows and figures.

mod annexes;
mod archive;
mod block;
mod bulletin;
mod changes;
mod character;
mod department;
mod document;
mod docx;
mod docx_parts;
mod exchange;
mod faces;
mod figures;
mod file;
mod flow;
mod foot;
mod one_page;
mod page;
mod pdf;
mod picture;
mod slip;
mod structure;
mod style;
mod table;
mod timeline;
mod title;
mod typeset;
mod view;
mod wording;
mod xlsx;
mod yearbook;

pub use bulletin::{Proposed, proposed};
pub use document::{Document, MissingCharacter, Properties, compose, file_name};
pub use docx::docx;
pub use faces::{FaceError, FaceId, FaceRole, Faces, Glyph};
pub use figures::{Comparison, DepartmentFigures, Figures, Score, Share, TargetFigures};
pub use page::{Anchor, Element, ElementKind, Ink, Item, Link, Mark, Page, RowId, SHEET_HEIGHT, SHEET_WIDTH};
pub use pdf::pdf;
pub use style::{HouseStyle, MM_PER_PT};
pub use timeline::TimelineFigures;
pub use view::{
    ChangeLine, ChangeState, ChangedField, DepartmentLine, FieldChange, IndicatorLine, ItemLine, Kind, MilestoneLine,
    MissingReturn, Options, Passages, PlanLine, ProgressText, Receipt, Reminder, Return, SlipLevel, SlipLine, TargetLine,
    TaskLine, View, Words, YearLine,
};
pub use wording::chinese_marks;
pub use xlsx::{SheetError, xlsx};
pub use yearbook::YearbookFigures;
