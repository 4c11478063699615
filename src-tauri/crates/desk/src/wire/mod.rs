//! What crosses the boundary to the page and the command line: serde twins of domain types, never the domain types
//! themselves. Ids are text, dates ISO text (`2025-06-30`; dues also `2025` or `2025-06`), quarters `2025Q2`, shares and
//! completions 0..1, gaps in points (percentage points, positive means behind).
//!
//! `ui/wire.d.ts` is generated from here; a stale file is a red test.

mod draft;
mod edit;
mod exchange;
mod refusal;
mod request;
mod structure;
mod view;

pub use draft::*;
pub use edit::*;
pub use exchange::*;
pub use refusal::*;
pub use request::*;
pub use structure::*;
pub use view::*;
