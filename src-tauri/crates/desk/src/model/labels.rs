//! What edits are called: messages, which the history keeps as key and arguments.

use messages::{Label, Message};

/// A label as the history keeps it: JSON of key and arguments.
pub(crate) fn kept(label: impl Into<Message>) -> String {
    let label = label.into();
    // a message is plain data, which always becomes JSON; should it not, its Chinese words are as good
    serde_json::to_string(&label).unwrap_or_else(|_| label.to_string())
}

/// A label as the history has it; earlier programs wrote Chinese words.
pub(crate) fn read(label: &str) -> Message {
    let message = if label.starts_with('{') { serde_json::from_str(label).ok() } else { None };
    message.unwrap_or_else(|| label.into())
}

/// A label of a list of edits, by the first of them.
pub(crate) fn of_several(first: Label, count: usize) -> Message {
    if count == 1 { first.into() } else { Label::Several { label: Box::new(first.into()), count }.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use messages::Language;

    #[test]
    fn a_label_is_kept_as_key_and_arguments_and_old_ones_stay_readable() {
        let label = of_several(Label::SetTaskTitle, 3);
        let text = kept(label.clone());
        assert!(text.contains("several") && text.contains("set_task_title") && !text.contains("修改"), "{text}");
        assert_eq!(read(&text), label);
        assert_eq!(read(&text).render(Language::English), "rename a task, 3 in all");
        assert_eq!(read("修改任务名称等3处").to_string(), "修改任务名称等3处");
        assert_eq!(read("{不是标签").to_string(), "{不是标签");
    }
}
