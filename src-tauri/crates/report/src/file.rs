//! Writes the file: objects gathered into compressed streams (ISO 32000 7.5.7) and a cross-reference stream, so that the tree of a long
//! report costs little. The large number of small objects is never held as a tree in memory: they come as text.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, Stream, dictionary};

/// An object as the text that stands for it in the file.
pub(crate) struct Written {
    pub id: u32,
    pub text: Vec<u8>,
}

/// So many objects share a stream.
const SHARING: usize = 1000;

/// A row of the cross-reference stream, in bytes: what it is, where, and its place there.
const ROW: usize = 7;
/// The PNG filter “up”.
const PREDICTED_BY_ABOVE: u8 = 2;

/// Where an object is found.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    In { stream: u32, index: usize },
}

/// An object's text. The library writes operands of content streams with the same rules.
fn text_of(object: Object) -> Vec<u8> {
    let content = Content { operations: vec![Operation::new("", vec![object])] };
    // writing to memory fails only where memory does
    let mut text = content.encode().unwrap_or_default();
    while text.last() == Some(&b' ') {
        text.pop();
    }
    text
}

/// Writes the document, and with it the objects that are text already; their ids lie above the document's.
pub(crate) fn write(file: lopdf::Document, written: Vec<Written>) -> Vec<u8> {
    let trailer = file.trailer;
    let mut streams: Vec<(u32, Stream)> = Vec::new();
    let mut small: Vec<Written> = Vec::new();
    for ((id, _), object) in file.objects {
        match object {
            Object::Stream(stream) => streams.push((id, stream)),
            object => small.push(Written { id, text: text_of(object) }),
        }
    }
    small.extend(written);
    let mut next = small.iter().map(|one| one.id).chain(streams.iter().map(|(id, _)| *id)).max().unwrap_or(0) + 1;

    let mut places = vec![Place::Free; usize::try_from(next).unwrap_or(0)];
    let mut set = |id: u32, place: Place| {
        let id = usize::try_from(id).unwrap_or(0);
        if id >= places.len() {
            places.resize(id + 1, Place::Free);
        }
        places[id] = place;
    };
    for shared in small.chunks(SHARING) {
        let mut index = Vec::new();
        let mut body = Vec::new();
        for (place, one) in shared.iter().enumerate() {
            index.extend(format!("{} {} ", one.id, body.len()).bytes());
            body.extend_from_slice(&one.text);
            body.push(b'\n');
            set(one.id, Place::In { stream: next, index: place });
        }
        let head = dictionary! {
            "Type" => "ObjStm",
            "N" => i64::try_from(shared.len()).unwrap_or(0),
            "First" => i64::try_from(index.len()).unwrap_or(0),
        };
        index.append(&mut body);
        streams.push((next, Stream::new(head, index)));
        next += 1;
    }
    drop(small);
    compress(&mut streams);

    let mut out = b"%PDF-1.7\n%\xe8\xa7\x84\xe5\x88\x92\n".to_vec();
    for (id, stream) in streams {
        set(id, Place::At(out.len()));
        write_stream(&mut out, id, stream.dict, &stream.content);
    }
    let start = out.len();
    set(next, Place::At(start));
    // rows as what they differ by from the row above: places in order then hardly take anything
    let mut table = Vec::with_capacity(places.len() * (ROW + 1));
    let mut above = [0_u8; ROW];
    for place in &places {
        let (kind, one, two) = match place {
            Place::Free => (0_u8, 0, 0),
            Place::At(offset) => (1, *offset, 0),
            Place::In { stream, index } => (2, usize::try_from(*stream).unwrap_or(0), *index),
        };
        let mut row = [kind; ROW];
        row[1..5].copy_from_slice(&u32::try_from(one).unwrap_or(u32::MAX).to_be_bytes());
        row[5..].copy_from_slice(&u16::try_from(two).unwrap_or(u16::MAX).to_be_bytes());
        table.push(PREDICTED_BY_ABOVE);
        table.extend(row.iter().zip(&above).map(|(own, above)| own.wrapping_sub(*above)));
        above = row;
    }
    let mut head = dictionary! {
        "Type" => "XRef",
        "Size" => i64::try_from(places.len()).unwrap_or(0),
        "W" => vec![1.into(), 4.into(), 2.into()],
    };
    for key in [&b"Root"[..], b"Info", b"ID"] {
        if let Ok(value) = trailer.get(key) {
            head.set(key, value.clone());
        }
    }
    let mut table = Stream::new(head, table);
    table.dict.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => i64::try_from(ROW).unwrap_or(0) });
    // a predictor is undone behind a filter only, so this stream has one whatever it saves
    if let Some(small) = packed(&table.content) {
        table.dict.set("Filter", "FlateDecode");
        table.content = small;
    }
    write_stream(&mut out, next, table.dict, &table.content);
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}

fn write_stream(out: &mut Vec<u8>, id: u32, mut head: Dictionary, content: &[u8]) {
    head.set("Length", i64::try_from(content.len()).unwrap_or(0));
    out.extend(format!("{id} 0 obj\n").bytes());
    out.extend(text_of(Object::Dictionary(head)));
    out.extend(b"\nstream\n");
    out.extend_from_slice(content);
    out.extend(b"\nendstream\nendobj\n");
}

/// Deflates all streams, on as many threads as there are processors: the strongest level takes three times as long for two per cent.
fn compress(streams: &mut [(u32, Stream)]) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let share = streams.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for own in streams.chunks_mut(share) {
            scope.spawn(|| {
                for (_, stream) in own.iter_mut().filter(|(_, stream)| stream.allows_compression) {
                    deflate(stream);
                }
            });
        }
    });
}

fn deflate(stream: &mut Stream) {
    if stream.dict.get(b"Filter").is_ok() {
        return;
    }
    if let Some(small) = packed(&stream.content)
        && small.len() < stream.content.len()
    {
        stream.dict.set("Filter", "FlateDecode");
        stream.content = small;
    }
}

fn packed(content: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 2), Compression::new(6));
    encoder.write_all(content).ok()?;
    encoder.finish().ok()
}
