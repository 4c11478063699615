//! The settings of a workbook: JSON by key, each checked before it is kept.

use crate::refusals::wrong_input;
use crate::wire::Refusal;
use serde_json::{Map, Value};

/// The settings that a workbook may hold.
const KEYS: [&str; 12] = [
    "office",
    "place",
    "rule_set",
    "house_style",
    "ranking",
    "red_head",
    "columns",
    "words",
    "role",
    "as_of",
    "language",
    "quarter",
];

/// Whether a setting is one that there is, of its shape.
///
/// # Errors
/// An unknown key or a value of a wrong shape.
pub(crate) fn check(key: &str, value: &Value) -> Result<(), Refusal> {
    if !KEYS.contains(&key) {
        return Err(wrong_input(format!("没有名为“{key}”的设置。"), "请更新程序后再试。"));
    }
    let fits = match key {
        "ranking" | "red_head" => value.is_boolean(),
        "columns" | "words" => value.is_object() || value.is_array(),
        "as_of" => value.as_str().is_some_and(|day| day.parse::<chrono::NaiveDate>().is_ok()),
        "rule_set" => value.as_str().is_some_and(|name| crate::seeds::rule_set(name).is_ok()),
        _ => value.is_string(),
    };
    if fits || value.is_null() {
        Ok(())
    } else {
        Err(wrong_input(format!("设置“{key}”的值不对。"), "请在设置页重新选择。"))
    }
}

/// Whether a setting is how this workbook looks on the page, which no undo should bring back.
pub(crate) fn is_preference(key: &str) -> bool {
    matches!(key, "columns" | "language")
}

/// A text setting.
pub(crate) fn text<'a>(settings: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    settings.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A yes-or-no setting, no where it is absent.
pub(crate) fn is_on(settings: &Map<String, Value>, key: &str) -> bool {
    settings.get(key).and_then(Value::as_bool).unwrap_or(false)
}
