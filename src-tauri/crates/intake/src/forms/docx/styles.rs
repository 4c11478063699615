//! Styles of a .docx, as far as numbering and visibility go.

use super::numbering::Numbering;
use crate::forms::Fault;
use crate::forms::xml::{Node, local, walk};
use std::collections::HashMap;
use std::io::BufRead;

/// Links between styles that are followed; more is a circle.
const MAX_LINKS: usize = 32;

/// A style.
#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    instance: Option<String>,
    level: Option<usize>,
    hidden: Option<bool>,
    raised: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Styles {
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

impl Styles {
    /// Reads word/styles.xml.
    pub(crate) fn read(source: &mut dyn BufRead) -> Result<Self, Fault> {
        let mut found = Self::default();
        let mut current: Option<(String, Style)> = None;
        walk(source, &mut |node| {
            match node {
                Node::Open(element) => {
                    let name = local(element.name());
                    if name == "style" {
                        let id = element.attribute("styleId").unwrap_or_default();
                        if element.attribute("type").as_deref() == Some("paragraph")
                            && matches!(element.attribute("default").as_deref(), Some("1" | "true" | "on"))
                        {
                            found.default_paragraph = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                    } else if let Some((_, style)) = &mut current {
                        match name {
                            "basedOn" => style.based_on = element.attribute("val"),
                            "numId" => style.instance = element.attribute("val"),
                            "ilvl" => style.level = element.number("val").map(|level| level as usize),
                            "vertAlign" => style.raised = Some(element.attribute("val").as_deref() == Some("superscript")),
                            "vanish" => style.hidden = Some(is_on(element.attribute("val").as_deref())),
                            _ => {}
                        }
                    }
                }
                Node::Close(name) => {
                    if local(name) == "style"
                        && let Some((id, style)) = current.take()
                    {
                        found.styles.insert(id, style);
                    }
                }
                Node::Text(_) => {}
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The list and level of paragraphs of a style: its own, or what it inherits. Without a style the document's default.
    pub(crate) fn numbering(&self, style: Option<&str>, numbering: &Numbering) -> Option<(String, usize)> {
        let mut at = style.or(self.default_paragraph.as_deref())?;
        let mut level = None;
        for _ in 0..MAX_LINKS {
            let style = self.styles.get(at)?;
            level = level.or(style.level);
            if let Some(instance) = &style.instance {
                let level = numbering.level_of_style(instance, at).or(level).unwrap_or(0);
                return (instance != "0").then(|| (instance.clone(), level));
            }
            at = style.based_on.as_deref()?;
        }
        None
    }

    /// True where text of a style does not print.
    pub(crate) fn is_hidden(&self, style: &str) -> bool {
        self.inherits(style, |style| style.hidden)
    }

    /// True where text of a style stands above the line.
    pub(crate) fn is_raised(&self, style: &str) -> bool {
        self.inherits(style, |style| style.raised)
    }

    fn inherits(&self, style: &str, property: impl Fn(&Style) -> Option<bool>) -> bool {
        let mut at = style;
        for _ in 0..MAX_LINKS {
            let Some(style) = self.styles.get(at) else {
                return false;
            };
            if let Some(is) = property(style) {
                return is;
            }
            let Some(next) = style.based_on.as_deref() else {
                return false;
            };
            at = next;
        }
        false
    }
}

/// An on-off property: on where it stands without a value.
pub(crate) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}
