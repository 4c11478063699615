//! XML as the readers of zipped forms need it: elements by name and attributes, text with its references resolved.

use super::Fault;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::io::BufRead;

/// Elements that may stand open at a time.
const MAX_DEPTH: usize = 1 << 18;

/// What a part of a document holds, in its order.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    /// An element opens; one without content opens and closes.
    Open(Element<'a>),
    /// The element of this qualified name closes.
    Close(&'a str),
    /// Text between tags, a stretch of it at a time.
    Text(&'a str),
}

/// An opening tag.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The name with its prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.name().0
    }

    /// All attributes: names with their prefixes, and values.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, String)> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            (attribute.key.0, value.map(std::borrow::Cow::into_owned).unwrap_or_default())
        })
    }

    /// An attribute's value by its name with or without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().with_checks(false).flatten().find(|attribute| {
            attribute.key.0 == name || attribute.key.0.rsplit_once(':').is_some_and(|(_, local)| local == name)
        })?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// An attribute's value as a number.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// The part of a qualified name behind its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Shows a part's nodes to `visit`, reading it as a stream: what is held at a time is one tag or one stretch of text.
/// False where the part breaks off with elements still open.
pub(crate) fn walk(source: &mut dyn BufRead, visit: &mut dyn FnMut(Node<'_>) -> Result<(), Fault>) -> Result<bool, Fault> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let mut any = false;
    let mut open = 0_usize;
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            // a tag or a comment that is never closed
            Err(quick_xml::Error::Syntax(_)) if any => {
                open = open.max(1);
                break;
            }
            Err(_) => return Err(Fault::Damaged),
        };
        match event {
            Event::Start(start) => {
                any = true;
                open += 1;
                // the reader keeps the name of each
                if open > MAX_DEPTH {
                    return Err(Fault::TooLarge);
                }
                visit(Node::Open(Element { start: &start }))?;
            }
            Event::Empty(start) => {
                any = true;
                visit(Node::Open(Element { start: &start }))?;
                visit(Node::Close(start.name().0))?;
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                visit(Node::Close(end.name().0))?;
            }
            Event::Text(text) => visit(Node::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Node::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(character) = character {
                    visit(Node::Text(character.encode_utf8(&mut [0; 4])))?;
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if any { Ok(open == 0) } else { Err(Fault::Damaged) }
}
