//! The exchange file between an office and its departments: bytes to records and back, signed; and what a return would
//! change, computed before anything is applied.
//!
//! Pure: no files, no clock, no randomness. It decides who may change what; it never writes a workbook.
//!
//! A `.planpack` is a zip that any tool can look into. Its last bytes, the zip's own comment, hold an Ed25519 signature over
//! all bytes before them, so that one changed byte anywhere is seen before anything is unpacked.

mod container;
mod error;
mod form;
mod hash;
mod head;
#[cfg(test)]
mod hostile;
mod issue;
mod key;
mod mark;
mod merge;
mod number;
mod record;
mod returned;

pub use container::LARGEST_FILE;
pub use error::PacketError;
pub use form::{is_form, read_form, write_form};
pub use hash::sha256;
pub use head::{Head, Kind, NO_SECRETS, peek};
pub use issue::{Issue, Written};
pub use key::{PublicKey, SecretKey};
pub use mark::{About, Address, Claim, Claims, Field, Mark};
pub use merge::{
    Choice, Conflict, Difference, FileState, Incoming, KeysOf, KnownAsk, MergedFile, Office, Outcome, Sent, Side, Standing,
    Write, merge,
};
pub use number::{number_of, number_text};
pub use record::Ask;
pub use returned::{Answer, Refused, Return};
