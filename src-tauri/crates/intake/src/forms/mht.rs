//! A web page saved with its pictures (.mht): a mail message whose text part is the page.

use super::{Fault, html};
use crate::Document;

/// Parts of a message that are looked at.
const MAX_PARTS: usize = 10_000;

/// Reads the first web page of a message.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    let (head, body) = split(bytes);
    let kind = field(&head, "content-type").unwrap_or_default();
    if kind.to_ascii_lowercase().starts_with("text/html") {
        return page(&head, body);
    }
    let boundary = parameter(&kind, "boundary").ok_or(Fault::Damaged)?;
    let mark = format!("--{boundary}");
    for part in pieces(body, mark.as_bytes()).into_iter().take(MAX_PARTS) {
        let (head, body) = split(part);
        if field(&head, "content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html")) {
            return page(&head, body);
        }
    }
    Err(Fault::Damaged)
}

fn page(head: &[(String, String)], body: &[u8]) -> Result<Document, Fault> {
    let charset = field(head, "content-type").and_then(|kind| parameter(&kind, "charset"));
    let encoding = field(head, "content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = match encoding.as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    html::read(&bytes, charset.as_deref())
}

/// Head fields with lower-case names, and the body.
fn split(bytes: &[u8]) -> (Vec<(String, String)>, &[u8]) {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let line = String::from_utf8_lossy(line);
        let bare = line.trim_end();
        if bare.is_empty() {
            if fields.is_empty() {
                continue;
            }
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(bare.trim_start());
            }
        } else if let Some((name, value)) = bare.split_once(':') {
            fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    (fields, rest)
}

fn field(head: &[(String, String)], name: &str) -> Option<String> {
    head.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone())
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        (key.trim().eq_ignore_ascii_case(name)).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between lines that begin with a mark.
fn pieces<'b>(body: &'b [u8], mark: &[u8]) -> Vec<&'b [u8]> {
    let mut found = Vec::new();
    let mut from = None;
    let mut at = 0;
    for line in body.split_inclusive(|b| *b == b'\n') {
        if line.starts_with(mark) {
            if let Some(from) = from {
                found.push(&body[from..at]);
            }
            from = Some(at + line.len());
        }
        at += line.len();
    }
    if let Some(from) = from {
        found.push(&body[from..]);
    }
    found
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut found = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        at += 1;
        if *byte != b'=' {
            found.push(*byte);
            continue;
        }
        let hex = |at: usize| body.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (hex(at), hex(at + 1)) {
            (Some(high), Some(low)) => {
                found.push((high * 16 + low) as u8);
                at += 2;
            }
            // a line that goes on
            _ => {
                if body.get(at) == Some(&b'\r') {
                    at += 1;
                }
                if body.get(at) == Some(&b'\n') {
                    at += 1;
                }
            }
        }
    }
    found
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut found = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            found.push((bits >> count) as u8);
        }
    }
    found
}
