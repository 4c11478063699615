//! The catalogue: every sentence that the program says, once, as a key with typed arguments, in Chinese and in English.
//!
//! What happened is a value of [`Message`]; it becomes prose where it is shown, in the language of the reader. A sentence that
//! lacks one of its languages, names what it was not given, or leaves out what it was given, does not compile.
//!
//! # To add a sentence
//!
//! 1. Choose the topic: the files of `topics/`, one for each part of the program ([`Opening`], [`Editing`], [`Exchange`] …).
//! 2. Add an entry, anywhere in its list:
//!
//!    ```text
//!    NotPartOf { department: String, task: String }
//!        zh "“{department}”不是任务“{task}”的责任单位。"
//!        en "\"{department}\" has no part in the task \"{task}\".";
//!    ```
//!
//!    The key is the name in snake case under the topic's (`editing.not_part_of`). It stays once it was shipped: histories hold
//!    it. Arguments are whatever implements [`Say`]: `String` for what is quoted as it is, `usize` and the like for counts,
//!    [`Figure`] for measured numbers, [`Quarter`] and [`Day`] for times, [`Noun`] for the kind of a thing, [`Word`] for a word
//!    of a vocabulary, `Box<Message>` for a sentence within a sentence. Without arguments leave the braces out.
//! 3. Say it: `Refusal::new(RefusalCode::Refused, Editing::NotPartOf { department, task }, Editing::AssignFirst)`. The second
//!    message is the way out; where there is none, `Refusal::bare(code, message)`.
//!
//! Tests compare the Chinese (`refusal.to_string()`, `message.to_string()`): `Display` is Chinese.
//!
//! Pure: no IO, no clock, and no dependency but serde.

mod arguments;
mod catalogue;
mod message;
mod topics;

pub use arguments::{Day, Doing, Face, Figure, Language, Noun, Quarter, RowKind, Say, Word};
pub use message::Message;
pub use topics::*;
