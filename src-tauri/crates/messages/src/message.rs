//! A sentence of any topic.

use crate::topics::{CommandLine, Editing, Exchange, Files, Input, Label, Opening, Program, Reading, Reporting};
use crate::{Language, Say, catalogue::snake_case};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

macro_rules! messages {
    ($($topic:ident)+) => {
        /// What the program says: a sentence of the catalogue, or several, one after the other.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "topic", rename_all = "snake_case")]
        pub enum Message {
            $(
                #[doc = concat!("Of the topic [`", stringify!($topic), "`].")]
                $topic($topic),
            )+
            /// Several sentences.
            Together {
                /// In their order.
                parts: Vec<Message>,
            },
            /// Words that the catalogue does not have: what an earlier program wrote down, or what a file says of itself.
            Prose {
                /// As it was found.
                text: String,
            },
        }

        impl Message {
            /// The key: the topic and the sentence's own, `editing.not_part_of`.
            #[must_use]
            pub fn key(&self) -> String {
                match self {
                    $(Self::$topic(message) => format!("{}.{}", snake_case(stringify!($topic)), message.key()),)+
                    Self::Together { .. } => "together".to_owned(),
                    Self::Prose { .. } => "prose".to_owned(),
                }
            }

            /// What it says in a language.
            #[must_use]
            pub fn render(&self, language: Language) -> String {
                match self {
                    $(Self::$topic(message) => message.render(language),)+
                    Self::Together { parts } => {
                        let parts: Vec<String> = parts.iter().map(|part| part.render(language)).collect();
                        parts.join(if language == Language::English { " " } else { "" })
                    }
                    Self::Prose { text } => text.clone(),
                }
            }

            /// Every sentence of the catalogue, with sample arguments.
            #[cfg(test)]
            fn samples() -> Vec<Self> {
                [$($topic::samples(),)+].concat()
            }
        }
    };
}

messages! { CommandLine Editing Exchange Files Input Label Opening Program Reading Reporting }

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Language::Chinese))
    }
}

impl Say for Message {
    fn say(&self, language: Language) -> Cow<'_, str> {
        self.render(language).into()
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::Prose { text }
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Self::Prose { text: text.to_owned() }
    }
}

#[cfg(test)]
impl crate::arguments::Sample for Message {
    fn sample() -> Self {
        Program::NothingWritten.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn is_chinese(c: char) -> bool {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
    }

    #[test]
    fn keys_are_told_apart_and_are_what_crosses_the_wire() {
        let mut keys = BTreeSet::new();
        for message in Message::samples() {
            let key = message.key();
            let json = serde_json::to_value(&message).unwrap();
            let topic_and_key = format!("{}.{}", json["topic"].as_str().unwrap(), json["key"].as_str().unwrap());
            assert_eq!(key, topic_and_key);
            assert_eq!(serde_json::from_value::<Message>(json).unwrap(), message, "{key}");
            assert!(keys.insert(key.clone()), "{key} is there twice");
        }
        assert!(keys.len() > 100, "{}", keys.len());
    }

    #[test]
    fn each_sentence_is_said_in_its_own_language() {
        for message in Message::samples() {
            let (chinese, english) = (message.render(Language::Chinese), message.render(Language::English));
            // a title between its marks has no word of its own
            assert!(chinese.chars().any(is_chinese) || chinese.starts_with('《'), "{}: {chinese}", message.key());
            assert!(!english.chars().any(is_chinese), "{}: {english}", message.key());
            assert!(!english.contains(['，', '。', '：', '“', '”', '；']), "{}: {english}", message.key());
            let is_whole = |text: &str, end: &[char]| text.ends_with(end);
            let ends = (is_whole(&chinese, &['。']), is_whole(&english, &['.', '…']));
            assert!(!ends.0 || ends.1, "{}: {english}", message.key());
        }
    }

    #[test]
    fn several_sentences_follow_each_other() {
        let parts = vec![Message::from(Opening::NoWorkbook), Opening::OpenFirst.into()];
        let both = Message::Together { parts };
        assert_eq!(both.to_string(), "还没有打开工作簿。请先打开或新建一个工作簿。");
        assert_eq!(both.render(Language::English), "No workbook is open. Open or make a workbook first.");
        assert_eq!(Message::from("一句话。").render(Language::English), "一句话。");
    }
}
