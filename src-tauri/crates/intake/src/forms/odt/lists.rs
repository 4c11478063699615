//! Lists of an Open Document text: how their levels number, and the counters while the text is read.

use crate::forms::xml::{Element, Node, local, walk};
use crate::forms::{Fault, numeral};
use std::collections::HashMap;
use std::io::BufRead;

/// Levels of a list.
const LEVELS: usize = 10;
/// Links between styles that are followed; more is a circle.
const MAX_LINKS: usize = 32;
/// The name under which the numbering of headings is kept; no style can have it.
const OUTLINE: &str = "\u{0}outline";

/// A level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    prefix: String,
    suffix: String,
    /// The whole pattern, where the writer gives one: `%1%.%2%、`.
    pattern: Option<String>,
    start: u32,
    /// How many levels print, this one included.
    shown: usize,
    bullet: Option<String>,
}

/// A paragraph style, as far as lists go.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    list: Option<String>,
    hidden: bool,
    /// Its characters stand above the line.
    raised: bool,
}

/// Whether a place of characters, as `super 58%` or `33% 58%`, is above the line.
fn is_above(position: &str) -> bool {
    let place = position.split_whitespace().next().unwrap_or_default();
    place == "super" || place.strip_suffix('%').and_then(|part| part.parse::<f32>().ok()).is_some_and(|part| part > 0.0)
}

/// An open list.
#[derive(Debug, Clone)]
struct Open {
    style: String,
    /// Its counters are kept under this name.
    counted: usize,
    /// An item was begun and has no paragraph yet.
    fresh: bool,
    /// The number that the item begins with, where it says so.
    start: Option<u32>,
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    levels: HashMap<String, HashMap<usize, Level>>,
    styles: HashMap<String, Style>,
    open: Vec<Open>,
    counters: Vec<[Option<u32>; LEVELS]>,
    by_id: HashMap<String, usize>,
    by_style: HashMap<String, usize>,
    headings: [Option<u32>; LEVELS],
}

impl Lists {
    /// Reads the styles of a part, content.xml or styles.xml.
    pub(crate) fn read(&mut self, source: &mut dyn BufRead) -> Result<(), Fault> {
        let mut list: Option<String> = None;
        let mut style: Option<(String, Style)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut in_text = 0_usize;
        walk(source, &mut |node| {
            match node {
                Node::Open(element) => {
                    let name = local(element.name());
                    if name == "body" || in_text > 0 {
                        in_text += 1;
                        return Ok(());
                    }
                    match name {
                        "list-style" => list = element.attribute("name"),
                        "outline-style" => list = Some(OUTLINE.to_owned()),
                        "style" if element.attribute("family").as_deref() == Some("paragraph") => {
                            let read = Style {
                                parent: element.attribute("parent-style-name"),
                                list: element.attribute("list-style-name"),
                                ..Style::default()
                            };
                            style = element.attribute("name").map(|name| (name, read));
                        }
                        "style" => style = element.attribute("name").map(|name| (format!("\u{0}{name}"), Style::default())),
                        "text-properties" => {
                            if let Some((_, style)) = &mut style {
                                style.hidden |= element.attribute("display").as_deref() == Some("none");
                                let position = element.attribute("text-position").unwrap_or_default();
                                style.raised |= is_above(&position);
                            }
                        }
                        "list-level-style-number" | "list-level-style-bullet" | "outline-level-style" => {
                            level = Some(read_level(&element));
                        }
                        "list-level-style-image" => {
                            let (at, _) = read_level(&element);
                            level = Some((at, Level { bullet: Some("•".to_owned()), ..Level::default() }));
                        }
                        _ => {}
                    }
                }
                Node::Close(name) => {
                    if in_text > 0 {
                        in_text -= 1;
                        return Ok(());
                    }
                    match local(name) {
                        "list-style" | "outline-style" => list = None,
                        "style" => {
                            if let Some((name, style)) = style.take() {
                                self.styles.insert(name, style);
                            }
                        }
                        "list-level-style-number"
                        | "list-level-style-bullet"
                        | "outline-level-style"
                        | "list-level-style-image" => {
                            if let (Some(list), Some((at, level))) = (&list, level.take()) {
                                self.levels.entry(list.clone()).or_default().insert(at, level);
                            }
                        }
                        _ => {}
                    }
                }
                Node::Text(_) => {}
            }
            Ok(())
        })?;
        Ok(())
    }

    /// A list opens.
    pub(super) fn begin(&mut self, element: &Element<'_>) {
        let own = element.attribute("style-name");
        let style = own.or_else(|| self.open.last().map(|open| open.style.clone())).unwrap_or_default();
        let counted = if let Some(around) = self.open.last() {
            around.counted
        } else {
            let continued = element.attribute("continue-list").and_then(|id| self.by_id.get(&id).copied());
            let continues = element.attribute("continue-numbering").as_deref() == Some("true");
            let before = continued.or_else(|| self.by_style.get(&style).copied().filter(|_| continues));
            before.unwrap_or_else(|| {
                self.counters.push([None; LEVELS]);
                self.counters.len() - 1
            })
        };
        if self.open.is_empty() {
            self.by_style.insert(style.clone(), counted);
        }
        if let Some(id) = element.attribute("id") {
            self.by_id.insert(id, counted);
        }
        self.open.push(Open { style, counted, fresh: false, start: None });
    }

    /// The innermost list closes.
    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// An item of the innermost list begins.
    pub(super) fn item(&mut self, element: &Element<'_>) {
        let start = element.number("start-value");
        if let Some(open) = self.open.last_mut() {
            open.fresh = true;
            open.start = start;
        }
    }

    /// True where text of a style, of a paragraph or inside one, does not print.
    pub(super) fn is_hidden(&self, style: &str, of_paragraph: bool) -> bool {
        if of_paragraph {
            self.styles.get(style).is_some_and(|style| style.hidden)
        } else {
            self.styles.get(&format!("\u{0}{style}")).is_some_and(|style| style.hidden)
        }
    }

    /// True where characters of a style stand above the line.
    pub(super) fn is_raised(&self, style: &str) -> bool {
        self.styles.get(&format!("\u{0}{style}")).is_some_and(|style| style.raised)
    }

    /// The number in front of a paragraph, counted on.
    pub(super) fn number(&mut self, style: Option<&str>, heading: Option<usize>) -> String {
        let depth = self.open.len().min(LEVELS);
        if let Some(open) = self.open.last_mut() {
            if !std::mem::take(&mut open.fresh) {
                return String::new();
            }
            let start = open.start.take();
            let (list, counted) = (open.style.clone(), open.counted);
            let list = if self.levels.contains_key(&list) { list } else { self.list_of(style).unwrap_or(list) };
            let Some(counters) = self.counters.get_mut(counted) else {
                return String::new();
            };
            return count(&self.levels, &list, counters, depth - 1, start);
        }
        let Some(heading) = heading.filter(|level| *level > 0) else {
            return String::new();
        };
        count(&self.levels, OUTLINE, &mut self.headings, heading.min(LEVELS) - 1, None)
    }

    /// The list that a paragraph's style names, its own or an inherited one.
    fn list_of(&self, style: Option<&str>) -> Option<String> {
        let mut at = style?;
        for _ in 0..MAX_LINKS {
            let style = self.styles.get(at)?;
            if style.list.is_some() {
                return style.list.clone().filter(|list| !list.is_empty());
            }
            at = style.parent.as_deref()?;
        }
        None
    }
}

fn read_level(element: &Element<'_>) -> (usize, Level) {
    let get = |name: &str| element.attribute(name).unwrap_or_default();
    let level = Level {
        format: get("num-format"),
        prefix: get("num-prefix"),
        suffix: get("num-suffix"),
        pattern: element.attribute("num-list-format"),
        start: element.number("start-value").unwrap_or(1),
        shown: element.number("display-levels").unwrap_or(1) as usize,
        bullet: element.attribute("bullet-char"),
    };
    ((element.number("level").unwrap_or(1) as usize).clamp(1, LEVELS) - 1, level)
}

/// Steps a counter and writes the number.
fn count(
    levels: &HashMap<String, HashMap<usize, Level>>,
    list: &str,
    counters: &mut [Option<u32>; LEVELS],
    at: usize,
    start: Option<u32>,
) -> String {
    let empty = HashMap::new();
    let levels = levels.get(list).unwrap_or(&empty);
    let start_of = |at: usize| levels.get(&at).map_or(1, |level| level.start);
    let next = start.unwrap_or_else(|| counters[at].map_or_else(|| start_of(at), |count| count.saturating_add(1)));
    counters[at] = Some(next);
    counters[at + 1..].fill(None);
    let Some(level) = levels.get(&at) else {
        return String::new();
    };
    if let Some(bullet) = &level.bullet {
        return match bullet.chars().next() {
            None => String::new(),
            Some('—' | '－' | '-' | '–') => bullet.clone(),
            Some(c) if matches!(c, '\u{e000}'..='\u{f8ff}') || c.is_ascii_alphanumeric() => "• ".to_owned(),
            Some(_) => format!("{bullet} "),
        };
    }
    let mut printed = |at: usize| {
        let count = *counters[at].get_or_insert_with(|| start_of(at));
        levels.get(&at).map_or_else(|| count.to_string(), |level| numeral::format(count, format_of(&level.format)))
    };
    let mut number = String::new();
    if let Some(pattern) = &level.pattern {
        // `%1%.%2%、`: the odd parts name levels
        for (index, part) in pattern.split('%').enumerate() {
            match part.parse::<usize>() {
                Ok(shown) if index % 2 == 1 && (1..=LEVELS).contains(&shown) => number.push_str(&printed(shown - 1)),
                _ => number.push_str(part),
            }
        }
    } else if !level.format.is_empty() {
        let first = (at + 1).saturating_sub(level.shown.max(1));
        let parts: Vec<String> = (first..=at).map(&mut printed).collect();
        number = format!("{}{}{}", level.prefix, parts.join("."), level.suffix);
    } else {
        number = format!("{}{}", level.prefix, level.suffix);
    }
    let bare = number.trim_end();
    if bare.ends_with(|c: char| c.is_ascii_alphanumeric()) { format!("{bare} ") } else { bare.to_owned() }
}

/// Formats by the name that word processors of the other family give them. Open Document writes the first three numbers out.
fn format_of(format: &str) -> &'static str {
    match format.chars().next() {
        None => "none",
        Some('a') => "lowerLetter",
        Some('A') => "upperLetter",
        Some('i') => "lowerRoman",
        Some('I') => "upperRoman",
        Some('一') => "chineseCountingThousand",
        Some('壹' | '壱') => "chineseLegalSimplified",
        Some('①') => "decimalEnclosedCircle",
        Some('１') => "decimalFullWidth",
        Some('甲') => "ideographTraditional",
        Some('子') => "ideographZodiac",
        Some('0') => "decimalZero",
        Some(_) => "decimal",
    }
}
