//! Automatic numbering of a .docx: its definitions, and the counters while the text is read.

use crate::forms::xml::{Node, local, walk};
use crate::forms::{Fault, numeral};
use std::collections::HashMap;
use std::io::BufRead;

/// Levels of a list.
const LEVELS: usize = 9;
/// Links between lists that are followed; more is a circle.
const MAX_LINKS: usize = 32;

/// A level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// What stands between number and text: tab, space or nothing.
    suffix: Suffix,
    /// The level whose step starts this one again, counted from 1; 0 for never; none for any level above.
    restart: Option<u32>,
    /// Numbers of levels above print as decimal digits.
    legal: bool,
    style: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Tab,
    Space,
    Nothing,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            suffix: Suffix::Tab,
            restart: None,
            legal: false,
            style: None,
        }
    }
}

#[derive(Debug, Clone, Default)]
struct List {
    levels: HashMap<usize, Level>,
    /// This list is the one that the numbering style of this name defines.
    defines: Option<String>,
    /// This list's levels are those of the list that defines this numbering style.
    uses: Option<String>,
}

/// A use of a list, with its changes to it.
#[derive(Debug, Clone, Default)]
struct Instance {
    list: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// All lists of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbering {
    lists: HashMap<String, List>,
    instances: HashMap<String, Instance>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Instances whose changed starts were applied, by level.
    started: HashMap<String, [bool; LEVELS]>,
}

/// A level as a form describes it that has no XML.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub(crate) start: u32,
    /// The format by its WordprocessingML name.
    pub(crate) format: &'static str,
    /// The text, with `%1` for the number of the first level.
    pub(crate) text: String,
    pub(crate) legal: bool,
    /// The text follows without a gap.
    pub(crate) nothing_behind: bool,
}

impl Numbering {
    /// Gives a list a level.
    pub(crate) fn define(&mut self, list: &str, at: usize, pattern: Pattern) {
        let Pattern { start, format, text, legal, nothing_behind } = pattern;
        let suffix = if nothing_behind { Suffix::Nothing } else { Suffix::Tab };
        let level = Level { start, format: format.to_owned(), text, suffix, legal, ..Level::default() };
        self.lists.entry(list.to_owned()).or_default().levels.insert(at, level);
    }

    /// Names a use of a list.
    pub(crate) fn use_list(&mut self, instance: &str, list: &str) {
        self.instances.insert(instance.to_owned(), Instance { list: list.to_owned(), ..Instance::default() });
    }

    /// Lets a use of a list begin a level at another number.
    pub(crate) fn start_at(&mut self, instance: &str, level: usize, start: u32) {
        if let Some(instance) = self.instances.get_mut(instance) {
            instance.starts.insert(level.min(LEVELS - 1), start);
        }
    }

    /// Reads word/numbering.xml.
    pub(crate) fn read(source: &mut dyn BufRead) -> Result<Self, Fault> {
        let mut reader = Reader::default();
        walk(source, &mut |node| {
            reader.visit(&node);
            Ok(())
        })?;
        let mut numbering = reader.numbering;
        numbering.follow_links();
        Ok(numbering)
    }

    /// Lists that take their levels from another one get them.
    fn follow_links(&mut self) {
        let defining: HashMap<String, String> =
            self.lists.iter().filter_map(|(id, list)| Some((list.defines.clone()?, id.clone()))).collect();
        let linked: Vec<(String, String)> = self
            .lists
            .iter()
            .filter(|(_, list)| list.levels.is_empty())
            .filter_map(|(id, list)| Some((id.clone(), list.uses.clone()?)))
            .collect();
        for (id, mut style) in linked {
            for _ in 0..MAX_LINKS {
                let Some(target) = defining.get(&style).filter(|target| **target != id).and_then(|target| self.lists.get(target))
                else {
                    break;
                };
                if !target.levels.is_empty() {
                    let levels = target.levels.clone();
                    if let Some(list) = self.lists.get_mut(&id) {
                        list.levels = levels;
                    }
                    break;
                }
                let Some(next) = target.uses.clone() else {
                    break;
                };
                style = next;
            }
        }
    }

    /// The level that a list keeps for paragraphs of a style.
    pub(crate) fn level_of_style(&self, instance: &str, style: &str) -> Option<usize> {
        let instance = self.instances.get(instance)?;
        let list = self.lists.get(&instance.list)?;
        let of = |levels: &HashMap<usize, Level>| {
            (0..LEVELS).find(|at| levels.get(at).is_some_and(|level| level.style.as_deref() == Some(style)))
        };
        of(&instance.levels).or_else(|| of(&list.levels))
    }

    /// Counts a paragraph of a list and gives its number as printed, with what stands between number and text.
    pub(crate) fn next(&mut self, instance_id: &str, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let Some(instance) = self.instances.get(instance_id) else {
            return String::new();
        };
        let empty = List::default();
        let list = self.lists.get(&instance.list).unwrap_or(&empty);
        let level_at = |at: usize| instance.levels.get(&at).or_else(|| list.levels.get(&at));
        let Some(own) = level_at(level) else {
            return String::new();
        };
        let start_of =
            |at: usize| instance.starts.get(&at).copied().unwrap_or_else(|| level_at(at).map_or(1, |level| level.start));
        let counters = self.counters.entry(instance.list.clone()).or_default();
        let started = self.started.entry(instance_id.to_owned()).or_default();
        if instance.starts.contains_key(&level) && !started[level] {
            counters[level] = None;
        }
        started[level] = true;
        counters[level] = Some(counters[level].map_or_else(|| start_of(level), |count| count.saturating_add(1)));
        for (below, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let restarts = match level_at(below).and_then(|level| level.restart) {
                Some(0) => false,
                Some(after) => level < after as usize,
                None => true,
            };
            if restarts {
                *counter = None;
            }
        }
        // a level above that was left out prints, and counts, as begun
        for (above, counter) in counters.iter_mut().enumerate().take(level) {
            counter.get_or_insert_with(|| start_of(above));
        }
        if own.format == "bullet" {
            return bullet(&own.text);
        }
        let mut printed = String::new();
        let mut parts = own.text.chars().peekable();
        while let Some(c) = parts.next() {
            let shown = (c == '%').then(|| parts.peek().and_then(|digit| digit.to_digit(10))).flatten();
            let Some(shown) = shown.filter(|shown| (1..=LEVELS as u32).contains(shown)) else {
                printed.push(c);
                continue;
            };
            parts.next();
            let at = shown as usize - 1;
            let count = counters[at].unwrap_or_else(|| start_of(at));
            let format = level_at(at).map_or("decimal", |level| level.format.as_str());
            printed.push_str(&numeral::format(count, if own.legal { "decimal" } else { format }));
        }
        if needs_space(&printed, own.suffix) {
            printed.push(' ');
        }
        printed
    }
}

/// Bullets of symbol fonts have no character of their own.
fn bullet(text: &str) -> String {
    match text.chars().next() {
        None => String::new(),
        Some('—' | '－' | '-' | '–') => text.to_owned(),
        Some(c) if matches!(c, '\u{e000}'..='\u{f8ff}') || c.is_ascii_alphanumeric() => "• ".to_owned(),
        Some(_) => format!("{text} "),
    }
}

/// The gap behind a number is a tab on paper; in text only a number that ends in no mark needs one.
fn needs_space(number: &str, suffix: Suffix) -> bool {
    suffix != Suffix::Nothing
        && number.chars().next_back().is_some_and(|last| {
            !matches!(last, '、' | '，' | '．' | '。' | '）' | ')' | '.' | '：' | ':' | '】' | '］' | ']' | ' ' | '\u{3000}')
        })
}

/// While numbering.xml is read.
#[derive(Default)]
struct Reader {
    numbering: Numbering,
    list: Option<(String, List)>,
    instance: Option<(String, Instance)>,
    /// The level whose override is read.
    overridden: Option<usize>,
    level: Option<(usize, Level)>,
    /// Inside an alternative for older programs.
    fallback: usize,
}

impl Reader {
    fn visit(&mut self, node: &Node<'_>) {
        match node {
            Node::Open(element) => {
                let name = local(element.name());
                if name == "Fallback" || self.fallback > 0 {
                    self.fallback += 1;
                    return;
                }
                self.open(name, |key| element.attribute(key));
            }
            Node::Close(name) => {
                if self.fallback > 0 {
                    self.fallback -= 1;
                    return;
                }
                self.close(local(name));
            }
            Node::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>) {
        let value = || attribute("val");
        let number = |key: &str| attribute(key).and_then(|value| value.trim().parse::<u32>().ok());
        match name {
            "abstractNum" => self.list = attribute("abstractNumId").map(|id| (id, List::default())),
            "num" => self.instance = attribute("numId").map(|id| (id, Instance::default())),
            "styleLink" => {
                if let Some((_, list)) = &mut self.list {
                    list.defines = value();
                }
            }
            "numStyleLink" => {
                if let Some((_, list)) = &mut self.list {
                    list.uses = value();
                }
            }
            "abstractNumId" => {
                if let Some((_, instance)) = &mut self.instance {
                    instance.list = value().unwrap_or_default();
                }
            }
            "lvlOverride" => self.overridden = number("ilvl").map(|level| (level as usize).min(LEVELS - 1)),
            "startOverride" => {
                if let (Some((_, instance)), Some(level)) = (&mut self.instance, self.overridden) {
                    instance.starts.insert(level, number("val").unwrap_or(1));
                }
            }
            "lvl" => {
                let at = number("ilvl").unwrap_or(0) as usize;
                self.level = (at < LEVELS).then(|| (at, Level::default()));
            }
            _ => {
                if let Some((_, level)) = &mut self.level {
                    match name {
                        "start" => level.start = number("val").unwrap_or(1),
                        "numFmt" => level.format = value().unwrap_or_else(|| "decimal".to_owned()),
                        "lvlText" => level.text = value().unwrap_or_default(),
                        "suff" => {
                            level.suffix = match value().as_deref() {
                                Some("space") => Suffix::Space,
                                Some("nothing") => Suffix::Nothing,
                                _ => Suffix::Tab,
                            }
                        }
                        "lvlRestart" => level.restart = number("val"),
                        "isLgl" => level.legal = !matches!(value().as_deref(), Some("0" | "false" | "off")),
                        "pStyle" => level.style = value(),
                        _ => {}
                    }
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "lvl" => {
                if let Some((at, level)) = self.level.take() {
                    if self.overridden.is_some() {
                        if let Some((_, instance)) = &mut self.instance {
                            instance.levels.insert(at, level);
                        }
                    } else if let Some((_, list)) = &mut self.list {
                        list.levels.insert(at, level);
                    }
                }
            }
            "lvlOverride" => self.overridden = None,
            "abstractNum" => {
                if let Some((id, list)) = self.list.take() {
                    self.numbering.lists.insert(id, list);
                }
            }
            "num" => {
                if let Some((id, instance)) = self.instance.take() {
                    self.numbering.instances.insert(id, instance);
                }
            }
            _ => {}
        }
    }
}
