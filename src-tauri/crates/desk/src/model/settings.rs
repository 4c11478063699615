//! The settings of a workbook: JSON by key, each checked before it is kept.

use crate::model::refusals::wrong_input;
use crate::wire::Refusal;
use chrono::{Datelike, NaiveDate};
use messages::Program;
use plan::Quarter;
use plan::limits::{self, YEARS};
use serde_json::{Map, Value};

/// The settings that a workbook may hold.
const KEYS: [&str; 14] = [
    "office",
    "place",
    "rule_set",
    "house_style",
    "ranking",
    "red_head",
    "leaders",
    "columns",
    "words",
    "role",
    "as_of",
    "language",
    "quarter",
    "holidays",
];

/// Whether a setting is one that there is, of its shape.
///
/// # Errors
/// An unknown key or a value of a wrong shape.
pub(crate) fn check(key: &str, value: &Value) -> Result<(), Refusal> {
    if !KEYS.contains(&key) {
        return Err(wrong_input(Program::NoSuchSetting { key: key.to_owned() }, Program::Update));
    }
    if value.is_null() {
        return Ok(());
    }
    if key == "holidays" {
        let small = value.to_string().len() <= LARGEST;
        return if small && crate::model::holidays::is_sound(value) { Ok(()) } else { Err(crate::model::holidays::refusal()) };
    }
    let text = value.as_str();
    let (fits, allowed) = match key {
        "ranking" | "red_head" | "leaders" => (value.is_boolean(), "true或false".to_owned()),
        "columns" | "words" => {
            let small = value.to_string().len() <= LARGEST;
            ((value.is_object() || value.is_array()) && small && texts_are_lines(value), "不超过20KB的词表".to_owned())
        }
        "as_of" => {
            let day = text.and_then(|day| day.parse::<NaiveDate>().ok());
            (day.is_some_and(|day| YEARS.contains(&day.year())), "如2025-06-30的日期".to_owned())
        }
        "quarter" => (text.is_some_and(|quarter| quarter.parse::<Quarter>().is_ok()), "如2025Q2的季度".to_owned()),
        "rule_set" => {
            let known = crate::model::seeds::rule_sets();
            (text.is_some_and(|name| known.iter().any(|set| set.code == name)), one_of(known.iter().map(|set| set.code.as_str())))
        }
        "house_style" => {
            let known = report::HouseStyle::ALL.iter().map(|style| style.code);
            (text.is_some_and(|code| known.clone().any(|known| known == code)), one_of(known))
        }
        "role" => (text.is_some_and(|role| ["office", "department"].contains(&role)), one_of(["office", "department"])),
        "language" => (text.is_some_and(|tag| ["zh-CN", "en"].contains(&tag)), one_of(["zh-CN", "en"])),
        // the names of the office and of its place; empty is as good as none
        _ => match text {
            Some("") => (true, String::new()),
            Some(text) => return Ok(limits::name(label(key), text).map(|_| ())?),
            None => (false, "文字".to_owned()),
        },
    };
    if fits {
        Ok(())
    } else {
        Err(wrong_input(format!("设置“{}”的值不对，应为{allowed}。", label(key)), "请改正后再试。"))
    }
}

/// The largest setting, in bytes of JSON.
const LARGEST: usize = 20_000;

fn one_of<'a>(known: impl IntoIterator<Item = &'a str>) -> String {
    format!("{}中的一个", known.into_iter().collect::<Vec<_>>().join("、"))
}

/// Whether every text in a value, words that print, is one line.
fn texts_are_lines(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty() || limits::name("", text).is_ok(),
        Value::Array(all) => all.iter().all(texts_are_lines),
        Value::Object(all) => all.values().all(texts_are_lines),
        _ => true,
    }
}

/// What the settings view calls a setting.
pub(crate) fn label(key: &str) -> &str {
    match key {
        "office" => "本单位名称",
        "place" => "所在地",
        "rule_set" => "亮灯规则",
        "house_style" => "公文版式",
        "ranking" => "单位得分与排名",
        "red_head" => "红头",
        "leaders" => "附件中印责任领导",
        "columns" => "台账列",
        "words" => "进度用语",
        "role" => "使用单位",
        "as_of" => "评判日期",
        "language" => "语言",
        "quarter" => "打开时的季度",
        "holidays" => "节假日",
        other => other,
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
