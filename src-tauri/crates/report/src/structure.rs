//! The tree of a file's elements (ISO 32000 14.7): what reads aloud, reflows or copies a report knows headings, rows and cells.

use std::fmt::Write as _;

use lopdf::{Object, ObjectId, dictionary};

use crate::document::Document;
use crate::file::Written;
use crate::page::ElementKind;

/// The standard name of an element.
pub(crate) fn name(kind: &ElementKind) -> &'static str {
    match kind {
        ElementKind::Heading(1) => "H1",
        ElementKind::Heading(2) => "H2",
        ElementKind::Heading(3) => "H3",
        ElementKind::Heading(_) => "H4",
        ElementKind::Paragraph => "P",
        ElementKind::Table => "Table",
        ElementKind::Row => "TR",
        ElementKind::HeadCell => "TH",
        ElementKind::Cell => "TD",
        ElementKind::Picture(_) => "Figure",
    }
}

/// What an element holds.
#[derive(Clone, Copy)]
enum Kid {
    Element(u32),
    /// Marked content: page, number on the page.
    Content(usize, usize),
}

/// Makes the tree, as text. `marked` holds, for each page, the element of each piece of marked content in its order.
pub(crate) fn tree(file: &mut lopdf::Document, document: &Document, pages: &[ObjectId], marked: &[Vec<usize>]) -> Vec<Written> {
    let root = file.max_id + 1;
    let (whole, numbers, first) = (root + 1, root + 2, root + 3);
    let id_of = |place: usize| first + u32::try_from(place).unwrap_or(0);
    let mut kids: Vec<Vec<Kid>> = vec![Vec::new(); document.elements.len()];
    let mut top = String::new();
    // elements stand after the one they belong to, so kids come in reading order
    for (place, element) in document.elements.iter().enumerate() {
        match element.parent.and_then(|parent| kids.get_mut(parent)) {
            Some(own) => own.push(Kid::Element(id_of(place))),
            None => {
                let _ = write!(top, "{} 0 R ", id_of(place));
            }
        }
    }
    let mut owners = String::from("<</Nums[");
    for (page, own) in marked.iter().enumerate() {
        let _ = write!(owners, "{page}[");
        for (number, place) in own.iter().enumerate() {
            if let Some(kids) = kids.get_mut(*place) {
                kids.push(Kid::Content(page, number));
            }
            let _ = write!(owners, "{} 0 R ", id_of(*place));
        }
        owners.push(']');
        if let Some(page_of) = pages.get(page).and_then(|id| file.get_dictionary_mut(*id).ok()) {
            page_of.set("StructParents", i64::try_from(page).unwrap_or(0));
            page_of.set("Tabs", "S");
        }
    }
    owners.push_str("]>>");

    let mut written = vec![
        Written {
            id: root,
            text: format!("<</Type/StructTreeRoot/K {whole} 0 R/ParentTree {numbers} 0 R/ParentTreeNextKey {}>>", pages.len())
                .into_bytes(),
        },
        Written { id: whole, text: format!("<</Type/StructElem/S/Document/P {root} 0 R/K[{top}]>>").into_bytes() },
        Written { id: numbers, text: owners.into_bytes() },
    ];
    for (place, (element, kids)) in document.elements.iter().zip(&kids).enumerate() {
        let parent = element.parent.map_or(whole, id_of);
        let mut text = format!("<</Type/StructElem/S/{}/P {parent} 0 R", name(&element.kind));
        match &element.kind {
            ElementKind::Picture(told) => {
                text.push_str("/Alt<FEFF");
                for unit in told.encode_utf16() {
                    let _ = write!(text, "{unit:04X}");
                }
                text.push('>');
            }
            ElementKind::HeadCell => text.push_str("/A<</O/Table/Scope/Column>>"),
            _ => {}
        }
        own_kids(&mut text, kids, pages);
        text.push_str(">>");
        written.push(Written { id: id_of(place), text: text.into_bytes() });
    }
    file.max_id = id_of(document.elements.len());
    let catalog = file.trailer.get(b"Root").and_then(Object::as_reference).ok();
    if let Some(catalog) = catalog.and_then(|id| file.get_dictionary_mut(id).ok()) {
        catalog.set("StructTreeRoot", (root, 0));
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
    }
    written
}

/// Writes what an element holds: content by its number where it lies on one page, else each piece with its page.
fn own_kids(text: &mut String, kids: &[Kid], pages: &[ObjectId]) {
    let page_of = |kid: &Kid| if let Kid::Content(page, _) = kid { Some(*page) } else { None };
    let page = kids.iter().find_map(page_of);
    if let Some(id) = page.and_then(|page| pages.get(page)) {
        let _ = write!(text, "/Pg {} 0 R", id.0);
    }
    if kids.is_empty() {
        return;
    }
    text.push_str("/K[");
    for kid in kids {
        let _ = match kid {
            Kid::Element(id) => write!(text, "{id} 0 R "),
            Kid::Content(own, number) if Some(*own) == page => write!(text, "{number} "),
            Kid::Content(own, number) => {
                let id = pages.get(*own).map_or(0, |id| id.0);
                write!(text, "<</Type/MCR/Pg {id} 0 R/MCID {number}>>")
            }
        };
    }
    text.push(']');
}
