//! Documents of every form, made here, and what is read from them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot make its document must fail")]

mod doc;
mod docx;
mod hostile;
mod html;
mod make;
mod marks;
mod odt;
mod pdf;
mod rtf;
mod same_draft;
mod written;
