//! The plans, rule sets and label sets that ship, embedded so that the program is one file.

use crate::model::refusals::wrong_input;
use crate::wire::{Choice, Refusal, Seed, SeedLine, WordSet};
use messages::Program;
use plan::{Judgement, Lamp, RuleSet};
use serde::Deserialize;

macro_rules! shipped {
    ($($name:literal),+ $(,)?; $folder:literal) => {
        &[$(($name, include_str!(concat!("../../../../../seeds/", $folder, "/", $name, ".json")))),+]
    };
}

/// Plans in the order of the start view: the sample with a year of filled-in quarters first.
const PLANS: &[(&str, &str)] =
    shipped!["yunxi-2025", "pingyang-2025", "zhejiang-2019", "lianshui-2024", "lishui-2024", "pinghu-2016"; "plans"];

const RULES: &[(&str, &str)] = shipped!["default", "yinchuan", "songyang", "cangnan", "xian", "guangyuan", "zaozhuang"; "rules"];

const WORDS: &str = include_str!("../../../../../seeds/words/default.json");

/// The lines of the start view.
pub(crate) fn lines() -> Vec<SeedLine> {
    PLANS
        .iter()
        .filter_map(|(name, _)| seed(name).ok())
        .map(|seed| SeedLine {
            name: seed.name,
            label: seed.label,
            label_en: seed.label_en,
            tasks: seed.draft.tasks.len(),
            targets: seed.draft.targets.len(),
            sample: !seed.quarters.is_empty(),
        })
        .collect()
}

/// The plan that ships under a name.
///
/// # Errors
/// Where no plan has the name.
pub(crate) fn seed(name: &str) -> Result<Seed, Refusal> {
    let names = || PLANS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let (_, text) = PLANS
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| wrong_input(Program::NoSuchSeed { name: name.to_owned() }, Program::ThereAre { names: names() }))?;
    serde_json::from_str(text).map_err(|error| {
        wrong_input(Program::SeedIncomplete { name: name.to_owned() }, Program::Reinstall).with_detail(error.to_string())
    })
}

#[derive(Deserialize)]
struct Thresholds {
    ahead: f64,
    behind: f64,
    behind_inclusive: bool,
    far_behind: f64,
    far_behind_inclusive: bool,
}

#[derive(Deserialize)]
struct MilestoneRule {
    yellow_days_before: Option<i64>,
}

#[derive(Deserialize)]
struct NotReturned {
    yellow_working_days: Option<u32>,
}

#[derive(Deserialize)]
struct MissedRule {
    month: String,
    quarter: String,
}

#[derive(Deserialize)]
struct RuleFile {
    name: String,
    label: String,
    note: String,
    quarter_shares: [f64; 4],
    gap: Thresholds,
    growth: Thresholds,
    milestone: MilestoneRule,
    not_returned: NotReturned,
    missed: Option<MissedRule>,
    last_places_red: Option<usize>,
    lamps: std::collections::BTreeMap<String, String>,
}

/// The rule sets that ship, with the sentence of each.
pub(crate) fn rule_sets() -> Vec<Choice> {
    let known = RULES.iter().filter_map(|(name, _)| rule_set(name).ok());
    known.map(|(rules, note)| Choice { code: rules.name, label: rules.label, note }).collect()
}

/// The sets of words that ship.
pub(crate) fn word_sets() -> Vec<WordSet> {
    #[derive(Deserialize)]
    struct File {
        sets: Vec<Set>,
    }
    #[derive(Deserialize)]
    struct Set {
        name: String,
        label: String,
        judgements: std::collections::BTreeMap<String, String>,
    }
    let file: Option<File> = serde_json::from_str(WORDS).ok();
    let sets = file.map(|file| file.sets).unwrap_or_default();
    sets.into_iter().map(|set| WordSet { code: set.name, label: set.label, judgements: set.judgements }).collect()
}

/// A rule set and the sentence that prints under its tables.
///
/// # Errors
/// Where no rule set has the name.
pub(crate) fn rule_set(name: &str) -> Result<(RuleSet, String), Refusal> {
    let wrong = |detail: String| {
        wrong_input(Program::NoSuchRules { name: name.to_owned() }, Program::ChooseOtherRules).with_detail(detail)
    };
    let text = rule_text(name).ok_or_else(|| wrong(String::new()))?;
    rules_of(name, text)
}

/// The text of a rule set that ships.
pub(crate) fn rule_text(name: &str) -> Option<&'static str> {
    RULES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The rule set of a text, with its sentence.
///
/// # Errors
/// A text that is none.
pub(crate) fn rules_of(name: &str, text: &str) -> Result<(RuleSet, String), Refusal> {
    let wrong = |detail: String| {
        wrong_input(Program::NoSuchRules { name: name.to_owned() }, Program::ChooseOtherRules).with_detail(detail)
    };
    let file: RuleFile = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let mut lamps = Vec::new();
    let standard = RuleSet::default();
    for (judgement, lamp) in &file.lamps {
        let judgement: Judgement = judgement.parse().map_err(|error: plan::UnknownWord| wrong(error.to_string()))?;
        let lamp: Lamp = lamp.parse().map_err(|error: plan::UnknownWord| wrong(error.to_string()))?;
        if standard.lamp(judgement) != lamp {
            lamps.push((judgement, lamp));
        }
    }
    let judgement = |word: &str| word.parse::<Judgement>().map_err(|error| wrong(error.to_string()));
    let missed = file
        .missed
        .map(|missed| Ok::<_, Refusal>(plan::Missed { month: judgement(&missed.month)?, quarter: judgement(&missed.quarter)? }));
    let rules = RuleSet {
        name: file.name,
        label: file.label,
        ahead: file.gap.ahead,
        behind: file.gap.behind,
        behind_inclusive: file.gap.behind_inclusive,
        far_behind: file.gap.far_behind,
        far_behind_inclusive: file.gap.far_behind_inclusive,
        growth_ahead: file.growth.ahead,
        growth_behind: file.growth.behind,
        growth_far_behind: file.growth.far_behind,
        milestone_yellow_days: file.milestone.yellow_days_before.unwrap_or(-1),
        not_returned_yellow_working_days: file.not_returned.yellow_working_days,
        quarter_shares: file.quarter_shares.map(|percent| percent / 100.0),
        missed: missed.transpose()?,
        last_places: file.last_places_red,
        lamps,
        // the days of rest are not of a rule set
        working_days: plan::WorkingDays::default(),
    };
    Ok((rules, file.note))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &str) -> Vec<String> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../seeds").join(folder);
        let mut names: Vec<String> = std::fs::read_dir(path)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap().strip_suffix(".json").map(str::to_owned))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_plan_file_ships_and_reads_back_under_its_name() {
        let mut names: Vec<String> = PLANS.iter().map(|(name, _)| (*name).to_owned()).collect();
        names.sort();
        assert_eq!(names, files("plans"));
        for name in names {
            assert_eq!(seed(&name).unwrap().name, name);
        }
    }

    #[test]
    fn every_rule_file_ships_and_the_default_is_the_domains_own() {
        let mut names: Vec<String> = RULES.iter().map(|(name, _)| (*name).to_owned()).collect();
        names.sort();
        assert_eq!(names, files("rules"));
        for name in names {
            rule_set(&name).unwrap();
        }
        assert_eq!(rule_set("default").unwrap().0, RuleSet::default());
    }

    #[test]
    fn the_printed_rule_names_only_what_is_judged_by() {
        // what a county's own rules have beside and no judgement here is made by
        for not_applied in ["启动", "蓝牌", "位次", "注明原"] {
            for (name, _) in RULES {
                let note = rule_set(name).unwrap().1;
                assert!(!note.contains(not_applied), "{name}: {note}");
            }
        }
        for (name, _) in RULES {
            let (rules, note) = rule_set(name).unwrap();
            let limits = rules.behind > 0.0 && rules.behind < 100.0;
            assert_eq!(note.contains("10至30个百分点（含）"), limits && !rules.far_behind_inclusive, "{name}: {note}");
            assert_eq!(note.contains("3日以内"), name == &"xian", "{name}: {note}");
            assert_eq!(note.contains("到期未完成"), rules.missed.is_some(), "{name}: {note}");
            assert_eq!(note.contains("后3位"), rules.last_places == Some(3), "{name}: {note}");
            assert_eq!(rules.lamp(Judgement::Overdue), Lamp::Red, "{name}");
        }
    }

    #[test]
    fn a_rule_file_says_nothing_that_is_not_read() {
        // what explains a set to its reader, and what is read
        let told = ["name", "label", "label_en", "source", "method", "between", "ask_office", "note"];
        let read = ["quarter_shares", "gap", "growth", "milestone", "not_returned", "missed", "last_places_red", "lamps"];
        for (name, text) in RULES {
            let file: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).unwrap();
            let unknown: Vec<&String> =
                file.keys().filter(|key| !told.contains(&key.as_str()) && !read.contains(&key.as_str())).collect();
            assert!(unknown.is_empty(), "{name}: {unknown:?}");
        }
    }

    #[test]
    fn every_word_set_names_every_judgement() {
        let sets = word_sets();
        assert!(!sets.is_empty());
        for set in sets {
            for judgement in Judgement::ALL {
                assert!(set.judgements.contains_key(judgement.code()), "{}: {judgement}", set.code);
            }
        }
    }

    #[test]
    fn unknown_plan_is_refused_with_the_names_there_are() {
        assert!(seed("atlantis").unwrap_err().to_string().contains("pingyang-2025"));
    }
}
