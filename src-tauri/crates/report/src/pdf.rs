//! Pages become a PDF file: subset faces, drawn items, links, bookmarks, properties. The same document makes the same bytes.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use printpdf::{
    Color, CurTransMat, DictItem, FontId, Line, LineCapStyle, LinePoint, Mm, Op, PaintMode, ParsedFont, PdfDocument,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rgb, TextItem, TextMatrix, WindingOrder,
};

use crate::archive::{self, Statement, utf16};
use crate::document::Document;
use crate::faces::{FaceError, FaceId, Faces};
use crate::file::Written;
use crate::page::{Ink, Item, Page, SHEET_HEIGHT, SHEET_WIDTH};
use crate::structure;

/// A face as it is embedded.
struct Embedded {
    id: FontId,
    /// Advance of each character in thousandths of an em, as the file states them.
    advances: BTreeMap<char, i64>,
}

/// Writes a document as PDF.
///
/// # Errors
/// [`FaceError::Unreadable`] where a face's file changed since it was found.
pub fn pdf(document: &Document, faces: &Faces) -> Result<Vec<u8>, FaceError> {
    let mut out = PdfDocument::new(&document.properties.title);
    let embedded = embed(&mut out, document, faces)?;
    let (pages, marked): (Vec<_>, Vec<_>) = document.pages.iter().map(|page| draw(page, document, &embedded)).unzip();
    out.pages = pages;
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = out.to_lopdf_document(&options, &mut warnings);
    drop(out);
    let tree = finish(&mut file, document, &marked);
    Ok(crate::file::write(file, tree))
}

/// Embeds the glyphs that are used of each face, in the order of their characters.
fn embed(out: &mut PdfDocument, document: &Document, faces: &Faces) -> Result<BTreeMap<FaceId, Embedded>, FaceError> {
    let mut used: BTreeMap<FaceId, BTreeMap<char, u16>> = BTreeMap::new();
    let items = document.pages.iter().flat_map(|page| page.items.iter().chain(&page.furniture));
    for item in items {
        if let Item::Text { face, text, .. } = item {
            let own = used.entry(*face).or_default();
            for character in text.chars() {
                if !own.contains_key(&character)
                    && let Some(glyph) = faces.glyph_in(*face, character)
                {
                    own.insert(character, glyph.number);
                }
            }
        }
    }
    let mut embedded = BTreeMap::new();
    for (face, characters) in used {
        let mut numbers: Vec<u16> = characters.values().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.is_empty() {
            continue;
        }
        let small = faces.subset(face, &numbers)?;
        let mut warnings = Vec::new();
        let Some(mut font) = ParsedFont::from_bytes(&small, 0, &mut warnings) else {
            return Err(faces.unreadable(face, "取不出所用的字形"));
        };
        // the subset's own character map may lack what its encoding cannot say: glyphs are numbered in the order they were asked for
        font.codepoint_to_glyph = characters
            .iter()
            .map(|(character, number)| {
                let place = numbers.binary_search(number).unwrap_or(0);
                (u32::from(*character), u16::try_from(place + 1).unwrap_or(0))
            })
            .collect();
        let name = faces.post_script_name(face);
        font.font_name = Some(format!("{}+{name}", tag(&numbers)));
        let units = f32::from(font.pdf_font_metrics.units_per_em.max(1));
        let advances = font
            .codepoint_to_glyph
            .iter()
            .filter_map(|(code, glyph)| {
                let width = font.get_glyph_width(*glyph).unwrap_or(0);
                // as the file's widths are cut down to whole thousandths
                Some((char::from_u32(*code)?, (f32::from(width) * 1000.0 / units) as i64))
            })
            .collect();
        let id = FontId(format!("T{}", embedded.len()));
        out.resources.fonts.map.insert(id.clone(), printpdf::PdfFont::new(font));
        embedded.insert(face, Embedded { id, advances });
    }
    Ok(embedded)
}

/// Six capitals that tell one subset of a face from another (ISO 32000 9.6.4), from the glyphs in it.
fn tag(glyphs: &[u16]) -> String {
    let mut hash = fnv(glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()));
    (0..6)
        .map(|_| {
            let letter = u8::try_from(hash % 26).unwrap_or(0);
            hash /= 26;
            char::from(b'A' + letter)
        })
        .collect()
}

/// FNV-1a, for names that must only differ.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A page's operations, and the elements of its pieces of marked content in their order.
fn draw(page: &Page, document: &Document, faces: &BTreeMap<FaceId, Embedded>) -> (PdfPage, Vec<usize>) {
    let mut pen = Pen {
        ops: Vec::with_capacity(page.items.len() * 4),
        faces,
        height: page.height(),
        fill: None,
        stroke: None,
        width: 0.0,
        font: None,
        document,
        marked: Vec::new(),
    };
    if page.turned {
        pen.ops.push(Op::SaveGraphicsState);
        // the reader's right is the sheet's upper edge, the reader's head its left one
        pen.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw([0.0, 1.0, -1.0, 0.0, SHEET_WIDTH as f32, 0.0]) });
        pen.items(&page.items, &page.elements);
        pen.ops.push(Op::RestoreGraphicsState);
        pen.height = SHEET_HEIGHT;
        pen.forget();
    } else {
        pen.items(&page.items, &page.elements);
    }
    pen.items(&page.furniture, &[]);
    (PdfPage::new(Mm(210.0), Mm(297.0), pen.ops), pen.marked)
}

/// A box whose ends are half circles: its middle line from the one centre to the other.
struct Pill {
    from: f64,
    to: f64,
    y: f64,
    height: f64,
    fill: Ink,
    edge: Ink,
    line: f64,
}

/// Writes items as operations, and remembers what is set.
struct Pen<'a> {
    ops: Vec<Op>,
    faces: &'a BTreeMap<FaceId, Embedded>,
    height: f64,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    width: f64,
    font: Option<(FaceId, f64)>,
    document: &'a Document,
    /// The element of each piece of marked content.
    marked: Vec<usize>,
}

impl Pen<'_> {
    fn forget(&mut self) {
        self.fill = None;
        self.stroke = None;
        self.width = 0.0;
        self.font = None;
    }

    fn items(&mut self, items: &[Item], elements: &[(usize, usize, usize)]) {
        // boxes and rules first, so that all text is in one text object; they say nothing that the text does not
        if items.iter().any(|item| !matches!(item, Item::Text { .. })) {
            self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
            let mut pills = Vec::new();
            for item in items {
                match item {
                    Item::Text { .. } => {}
                    Item::Rule { from, to, width, ink } => self.line(&[*from, *to], *width, *ink),
                    Item::Strokes { points, width, ink } => self.line(points, *width, *ink),
                    Item::Box { x, y, width, height, radius, fill, stroke } => match (fill, stroke) {
                        (Some(fill), Some((edge, line))) if *radius * 2.0 >= *height && width > height => {
                            pills.push(Pill {
                                from: x + height / 2.0,
                                to: x + width - height / 2.0,
                                y: y + height / 2.0,
                                height: *height,
                                fill: *fill,
                                edge: *edge,
                                line: *line,
                            });
                        }
                        _ => self.outline((*x, *y, *width, *height), *radius, *fill, *stroke),
                    },
                }
            }
            self.pills(&pills);
            self.ops.push(Op::EndMarkedContent);
        }
        if !items.iter().any(|item| matches!(item, Item::Text { .. })) {
            return;
        }
        self.ops.push(Op::StartTextSection);
        let mut elements = elements.iter().peekable();
        // the element whose content is open; `Some(None)` is ornament
        let mut open: Option<Option<usize>> = None;
        for (place, item) in items.iter().enumerate() {
            let Item::Text { x, y, size, face, ink, text, offsets } = item else { continue };
            while elements.next_if(|(_, after, _)| *after <= place).is_some() {}
            let element = elements.peek().filter(|(from, ..)| *from <= place).map(|(_, _, element)| *element);
            if open != Some(element) {
                if open.is_some() {
                    self.ops.push(Op::EndMarkedContent);
                }
                self.begin(element);
                open = Some(element);
            }
            self.text((*x, *y), *size, *face, *ink, text, offsets);
        }
        if open.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
        self.ops.push(Op::EndTextSection);
    }

    /// Begins the content of an element, or ornament.
    fn begin(&mut self, element: Option<usize>) {
        let Some((place, element)) = element.and_then(|place| Some((place, self.document.elements.get(place)?))) else {
            self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
            return;
        };
        let number = i64::try_from(self.marked.len()).unwrap_or(0);
        self.marked.push(place);
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: structure::name(&element.kind).to_owned(),
            properties: DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]) },
        });
    }

    fn set_fill(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.ops.push(Op::SetFillColor { col: colour(ink) });
        }
    }

    fn set_stroke(&mut self, ink: Ink, width: f64) {
        if self.stroke != Some(ink) {
            self.stroke = Some(ink);
            self.ops.push(Op::SetOutlineColor { col: colour(ink) });
        }
        if (self.width - width).abs() > 1e-6 {
            self.width = width;
            self.ops.push(Op::SetOutlineThickness { pt: Pt(width as f32) });
        }
    }

    fn point(&self, (x, y): (f64, f64)) -> Point {
        Point { x: Pt(round(x)), y: Pt(round(self.height - y)) }
    }

    fn line(&mut self, points: &[(f64, f64)], width: f64, ink: Ink) {
        self.set_stroke(ink, width);
        let points = points.iter().map(|point| LinePoint { p: self.point(*point), bezier: false }).collect();
        self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }

    /// Pills as strokes with round ends, one in the colour of the edge and a thinner one over it: a page of a hundred lamps takes a
    /// sixth of what their curves would.
    fn pills(&mut self, pills: &[Pill]) {
        if pills.is_empty() {
            return;
        }
        self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
        for pill in pills {
            self.line(&[(pill.from, pill.y), (pill.to, pill.y)], pill.height + pill.line, pill.edge);
        }
        for pill in pills {
            self.line(&[(pill.from, pill.y), (pill.to, pill.y)], pill.height - pill.line, pill.fill);
        }
        self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Butt });
    }

    fn outline(
        &mut self,
        (x, y, width, height): (f64, f64, f64, f64),
        radius: f64,
        fill: Option<Ink>,
        stroke: Option<(Ink, f64)>,
    ) {
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => PaintMode::Stroke,
            (None, None) => return,
        };
        if let Some(ink) = fill {
            self.set_fill(ink);
        }
        if let Some((ink, width)) = stroke {
            self.set_stroke(ink, width);
        }
        let (right, bottom) = (x + width, y + height);
        let r = radius.min(width / 2.0).min(height / 2.0);
        // a quarter of a circle by one curve
        let k = r * (1.0 - 0.552_284_75);
        let corners: Vec<((f64, f64), bool)> = if r <= 0.0 {
            vec![((x, y), false), ((right, y), false), ((right, bottom), false), ((x, bottom), false)]
        } else {
            vec![
                ((x + r, y), false),
                ((right - r, y), false),
                ((right - k, y), true),
                ((right, y + k), true),
                ((right, y + r), false),
                ((right, bottom - r), false),
                ((right, bottom - k), true),
                ((right - k, bottom), true),
                ((right - r, bottom), false),
                ((x + r, bottom), false),
                ((x + k, bottom), true),
                ((x, bottom - k), true),
                ((x, bottom - r), false),
                ((x, y + r), false),
                ((x, y + k), true),
                ((x + k, y), true),
                ((x + r, y), false),
            ]
        };
        let points = corners.into_iter().map(|(point, bezier)| LinePoint { p: self.point(point), bezier }).collect();
        self.ops.push(Op::DrawPolygon {
            polygon: Polygon { rings: vec![PolygonRing { points }], mode, winding_order: WindingOrder::NonZero },
        });
    }

    /// Shows characters where they stand: a correction before each one that the face's own advance would put elsewhere.
    fn text(&mut self, (x, y): (f64, f64), size: f64, face: FaceId, ink: Ink, text: &str, offsets: &[f32]) {
        let Some(embedded) = self.faces.get(&face) else {
            return;
        };
        self.set_fill(ink);
        if self.font != Some((face, size)) {
            self.font = Some((face, size));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(embedded.id.clone()), size: Pt(size as f32) });
        }
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(round(x)), Pt(round(self.height - y))) });
        let mut items = Vec::new();
        let mut run = String::new();
        // in thousandths of an em from the first character
        let mut pen = 0;
        for (character, offset) in text.chars().zip(offsets) {
            let Some(advance) = embedded.advances.get(&character) else {
                continue;
            };
            let at = (f64::from(*offset) / size * 1000.0).round() as i64;
            if at != pen {
                if !run.is_empty() {
                    items.push(TextItem::Text(std::mem::take(&mut run)));
                }
                items.push(TextItem::Offset((pen - at) as f32));
                pen = at;
            }
            run.push(character);
            pen += advance;
        }
        if !run.is_empty() {
            items.push(TextItem::Text(run));
        }
        self.ops.push(Op::ShowText { items });
    }
}

/// Hundredths of a point are finer than any printer.
fn round(value: f64) -> f32 {
    ((value * 100.0).round() / 100.0) as f32
}

fn colour(ink: Ink) -> Color {
    let [r, g, b] = ink.rgb();
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

/// What printpdf leaves to its caller: turned sheets, links, the tree of bookmarks, language, properties, and identifiers that do not
/// change from run to run.
fn finish(file: &mut lopdf::Document, document: &Document, marked: &[Vec<usize>]) -> Vec<Written> {
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    share_resources(file, &pages);
    for (page, id) in document.pages.iter().zip(&pages) {
        let links: Vec<Object> = page
            .links
            .iter()
            .filter_map(|link| {
                let anchor = document.anchors.iter().find(|a| a.name == link.to)?;
                let to = destination(document, anchor.page, anchor.y, &pages)?;
                Some(Object::Dictionary(dictionary! {
                    "Type" => "Annot",
                    "Subtype" => "Link",
                    "Rect" => rectangle(page, link.area),
                    // printed with the page, as archives want every annotation
                    "F" => 4,
                    "Border" => vec![0.into(), 0.into(), 0.into()],
                    "Dest" => to,
                }))
            })
            .collect();
        if let Ok(dictionary) = file.get_dictionary_mut(*id) {
            if page.turned {
                dictionary.set("Rotate", 90);
            }
            if links.is_empty() {
                dictionary.remove(b"Annots");
            } else {
                dictionary.set("Annots", links);
            }
        }
    }
    let outline = outline(file, document, &pages);
    let statement = Statement::of(&document.properties, &document.faces);
    let metadata = file.add_object(statement.metadata());
    let intent = archive::output_intent(file);
    let catalog = file.trailer.get(b"Root").and_then(Object::as_reference).ok();
    if let Some(catalog) = catalog.and_then(|id| file.get_dictionary_mut(id).ok()) {
        catalog.set("Lang", Object::string_literal("zh-CN"));
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
        catalog.set("Metadata", metadata);
        catalog.set("OutputIntents", intent);
        catalog.set("PageLayout", "OneColumn");
        if let Some(outline) = outline {
            catalog.set("Outlines", outline);
            catalog.set("PageMode", "UseOutlines");
        }
    }
    let info = file.add_object(statement.info());
    if let Ok(old) = file.trailer.get(b"Info").and_then(Object::as_reference) {
        file.objects.remove(&old);
    }
    file.trailer.set("Info", info);
    let id = identifier(document);
    file.trailer.set("ID", vec![id.clone(), id]);
    // its objects come last, above all others
    structure::tree(file, document, &pages, marked)
}

/// Pages with the same resources share one dictionary of them. printpdf names kinds of resources that no page uses with empty dictionaries,
/// which are left out: a checker of PDF/A takes a page with an empty `Shading` for one with shadings.
fn share_resources(file: &mut lopdf::Document, pages: &[ObjectId]) {
    let mut shared: Vec<(Dictionary, ObjectId)> = Vec::new();
    let mut replaced = Vec::new();
    for page in pages {
        let Some(old) = file.get_dictionary(*page).and_then(|own| own.get(b"Resources")).ok().cloned() else { continue };
        let resolved = match &old {
            Object::Reference(id) => {
                replaced.push(*id);
                file.get_dictionary(*id).ok().cloned()
            }
            Object::Dictionary(own) => Some(own.clone()),
            _ => None,
        };
        let Some(resolved) = resolved else { continue };
        let used: Dictionary = resolved
            .into_iter()
            .filter(|(_, kind)| !file.dereference(kind).is_ok_and(|(_, own)| own.as_dict().is_ok_and(Dictionary::is_empty)))
            .collect();
        let id = match shared.iter().find(|(known, _)| *known == used) {
            Some((_, id)) => *id,
            None => {
                let id = file.add_object(used.clone());
                shared.push((used, id));
                id
            }
        };
        if let Ok(own) = file.get_dictionary_mut(*page) {
            own.set("Resources", id);
        }
    }
    for id in replaced {
        file.objects.remove(&id);
    }
}

fn identifier(document: &Document) -> Object {
    let properties = &document.properties;
    let text = document.pages.iter().flat_map(|page| {
        page.items.iter().flat_map(|item| match item {
            Item::Text { text, .. } => text.as_bytes(),
            _ => &[],
        })
    });
    let head = format!("{}{}", properties.title, properties.date);
    let first = fnv(head.bytes().chain(text.copied()));
    let second = fnv(first.to_be_bytes().into_iter());
    let bytes = [first.to_be_bytes(), second.to_be_bytes()].concat();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A rectangle on the upright sheet from one in the direction a page is read.
fn rectangle(page: &Page, (x, y, width, height): (f64, f64, f64, f64)) -> Object {
    let corners = if page.turned {
        [SHEET_WIDTH - (page.height() - y), x, SHEET_WIDTH - (page.height() - y - height), x + width]
    } else {
        [x, page.height() - y - height, x + width, page.height() - y]
    };
    Object::Array(corners.iter().map(|c| Object::Real(round(*c))).collect())
}

fn destination(document: &Document, page: usize, y: f64, pages: &[ObjectId]) -> Option<Object> {
    let id = *pages.get(page)?;
    let own = document.pages.get(page)?;
    let (left, top) = if own.turned { (y - 12.0, SHEET_HEIGHT) } else { (0.0, own.height() - y + 12.0) };
    Some(Object::Array(vec![id.into(), "XYZ".into(), Object::Real(round(left)), Object::Real(round(top)), Object::Null]))
}

/// The tree of bookmarks, from anchors that have a title.
fn outline(file: &mut lopdf::Document, document: &Document, pages: &[ObjectId]) -> Option<ObjectId> {
    let anchors: Vec<_> = document.anchors.iter().filter(|anchor| !anchor.title.is_empty()).collect();
    if anchors.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = anchors.iter().map(|_| file.new_object_id()).collect();
    // parent of each: the nearest one before it that is less deep
    let parents: Vec<Option<usize>> = (0..anchors.len())
        .map(|place| {
            let level = anchors[place].level;
            anchors[..place].iter().rposition(|a| a.level < level)
        })
        .collect();
    let children = |parent: Option<usize>| -> Vec<usize> {
        let from = parent.map_or(0, |place| place + 1);
        // children follow their parent until something as shallow as it
        anchors[from..]
            .iter()
            .enumerate()
            .take_while(|(_, a)| parent.is_none_or(|p| a.level > anchors[p].level))
            .map(|(offset, _)| from + offset)
            .filter(|place| parents[*place] == parent)
            .collect()
    };
    let mut links: Vec<Dictionary> = anchors
        .iter()
        .zip(&parents)
        .map(|(anchor, parent)| {
            let mut link = dictionary! {
                "Title" => utf16(&anchor.title),
                "Parent" => parent.map_or(root, |place| ids[place]),
            };
            if let Some(to) = destination(document, anchor.page, anchor.y, pages) {
                link.set("Dest", to);
            }
            link
        })
        .collect();
    let mut top = dictionary! { "Type" => "Outlines" };
    for parent in std::iter::once(None).chain((0..anchors.len()).map(Some)) {
        let own = children(parent);
        let (Some(first), Some(last)) = (own.first(), own.last()) else {
            continue;
        };
        for pair in own.windows(2) {
            links[pair[0]].set("Next", ids[pair[1]]);
            links[pair[1]].set("Prev", ids[pair[0]]);
        }
        let count = i64::try_from(own.len()).unwrap_or(0);
        let holder = match parent {
            None => &mut top,
            Some(place) => &mut links[place],
        };
        holder.set("First", ids[*first]);
        holder.set("Last", ids[*last]);
        // closed below the first level
        holder.set("Count", if parent.is_none() { count } else { -count });
    }
    for (id, link) in ids.into_iter().zip(links) {
        file.objects.insert(id, Object::Dictionary(link));
    }
    file.objects.insert(root, Object::Dictionary(top));
    Some(root)
}
