//! Office Open XML text (.docx): a zip of XML parts.

mod body;
pub(super) mod numbering;
mod styles;

use super::archive::Archive;
use super::flow::Flow;
use super::xml::{Node, local, walk};
use super::{Fault, Form};
use crate::Document;
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// Reads a .docx from its opened zip.
pub(crate) fn read(archive: &mut Archive<'_>) -> Result<Document, Fault> {
    let main = main_part(archive)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let styles = archive.part(&beside("styles.xml"), |part| Styles::read(part))?.unwrap_or_default();
    let mut numbering = archive.part(&beside("numbering.xml"), |part| Numbering::read(part))?.unwrap_or_default();
    let mut flow = Flow::default();
    let mut body = Body::new(&styles, &mut numbering, &mut flow);
    archive.part(&main, |part| body.read(part))?.ok_or(Fault::Damaged)?;
    body.begin_notes();
    for notes in ["footnotes.xml", "endnotes.xml"] {
        archive.part(&beside(notes), |part| body.read(part))?;
    }
    flow.finish(Form::Docx)
}

/// The name of the part that holds the text, as the package's relations tell it.
fn main_part(archive: &mut Archive<'_>) -> Result<String, Fault> {
    let mut found = None;
    archive.part("_rels/.rels", |part| {
        walk(part, &mut |node| {
            if let Node::Open(element) = node
                && local(element.name()) == "Relationship"
                && element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                found = element.attribute("Target");
            }
            Ok(())
        })
    })?;
    let found = found.map(|target| target.trim_start_matches(['/', '.']).to_owned());
    Ok(found.filter(|name| archive.has(name)).unwrap_or_else(|| "word/document.xml".to_owned()))
}
