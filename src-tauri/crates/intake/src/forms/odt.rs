//! Open Document text (.odt): a zip of XML parts.

mod body;
mod lists;

use super::archive::Archive;
use super::flow::Flow;
use super::xml::{Node, local, walk};
use super::{Fault, Form};
use crate::Document;
use body::Body;
use lists::Lists;
use std::io::Read;

/// Reads an Open Document file from its opened zip.
pub(crate) fn read(archive: &mut Archive<'_>) -> Result<Document, Fault> {
    let kind = kind(archive)?;
    if kind.contains("opendocument.spreadsheet") {
        return Err(Fault::Spreadsheet);
    }
    if kind.contains("opendocument.presentation") {
        return Err(Fault::NoDocument("演示文稿"));
    }
    if is_protected(archive)? {
        return Err(Fault::Protected);
    }
    let mut lists = Lists::default();
    archive.part("styles.xml", |part| lists.read(part))?;
    let mut flow = Flow::default();
    // styles of the text stand in front of it, in the same part
    archive.part("content.xml", |part| lists.read(part))?.ok_or(Fault::Damaged)?;
    let mut body = Body::new(&mut lists, &mut flow);
    archive.part("content.xml", |part| body.read(part))?.ok_or(Fault::Damaged)?;
    flow.finish(Form::Odt)
}

/// What the package says it is; empty where it does not say.
fn kind(archive: &mut Archive<'_>) -> Result<String, Fault> {
    let read = archive.part("mimetype", |part| {
        let mut kind = Vec::new();
        part.take(200).read_to_end(&mut kind).map_err(|_| Fault::Damaged)?;
        Ok(String::from_utf8_lossy(&kind).into_owned())
    })?;
    Ok(read.unwrap_or_default())
}

fn is_protected(archive: &mut Archive<'_>) -> Result<bool, Fault> {
    let mut found = false;
    archive.part("META-INF/manifest.xml", |part| {
        walk(part, &mut |node| {
            if let Node::Open(element) = node
                && local(element.name()) == "encryption-data"
            {
                found = true;
            }
            Ok(())
        })
    })?;
    Ok(found)
}
