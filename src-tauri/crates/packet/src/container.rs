//! The zip and the signature at its end.

use crate::error::PacketError;
use crate::hash::{from_hex, hex};
use crate::key::{PublicKey, SecretKey};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The largest exchange file that is read, in bytes; light ones stay below 2 MB, those with evidence come near.
pub const LARGEST_FILE: u64 = 256 * 1024 * 1024;
/// The entry that says what a file is.
pub(crate) const HEAD_ENTRY: &str = "manifest.json";
/// The most that all entries together unpack to, and the most of the records, in bytes.
const LARGEST_UNPACKED: u64 = 256 * 1024 * 1024;
const LARGEST_PACKED_ENTRY: u64 = 48 * 1024 * 1024;
/// A quarter's evidence is hundreds of files at most.
const MOST_ENTRIES: usize = 4000;

/// What stands before the key in the zip's comment; the number is the container's version.
const MARK: &str = "planbook-packet-1 ";
const MARK_OF_ANY_VERSION: &str = "planbook-packet-";
const SIGNED_AS: &[u8] = b"planbook packet 1";
/// Mark, key, blank, signature.
const TRAILER: usize = MARK.len() + 64 + 1 + 128;

/// An entry of the zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Text is packed; what was packed before is stored.
    pub packed: bool,
}

impl Entry {
    pub(crate) fn text(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), bytes: text.into_bytes(), packed: true }
    }
}

/// An opened file: who signed it, and its entries.
#[derive(Debug)]
pub(crate) struct Opened {
    pub signer: PublicKey,
    pub entries: Vec<Entry>,
}

impl Opened {
    pub(crate) fn entry(&self, name: &str) -> Result<&[u8], PacketError> {
        let found = self.entries.iter().find(|entry| entry.name == name);
        found.map(|entry| entry.bytes.as_slice()).ok_or_else(|| PacketError::content(format!("缺少{name}")))
    }

    pub(crate) fn text(&self, name: &str) -> Result<&str, PacketError> {
        std::str::from_utf8(self.entry(name)?).map_err(|_| PacketError::content(format!("{name}不是文字")))
    }
}

/// Packs and signs. The same entries and key give the same bytes.
pub(crate) fn seal(entries: &[Entry], key: &SecretKey) -> Result<Vec<u8>, PacketError> {
    let zipped = || -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        // room for the signature, which the zip's own end counts
        writer.set_raw_comment(vec![b' '; TRAILER].into_boxed_slice())?;
        for entry in entries {
            let method = if entry.packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
            writer.start_file(entry.name.as_str(), SimpleFileOptions::DEFAULT.compression_method(method))?;
            writer.write_all(&entry.bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    };
    let mut bytes = zipped().map_err(|_| PacketError::content("内容太多，一个文件放不下"))?;
    bytes.truncate(bytes.len().saturating_sub(TRAILER));
    let signature = key.sign(&[SIGNED_AS, &bytes]);
    bytes.extend_from_slice(MARK.as_bytes());
    bytes.extend_from_slice(key.public().to_text().as_bytes());
    bytes.push(b' ');
    bytes.extend_from_slice(hex(&signature).as_bytes());
    Ok(bytes)
}

/// Packs one text, unsigned: for what stays within a workbook, whose own hashes guard it. The same text gives the same bytes.
pub(crate) fn pack(name: &str, text: &str) -> Result<Vec<u8>, PacketError> {
    let zipped = || -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated))?;
        writer.write_all(text.as_bytes())?;
        Ok(writer.finish()?.into_inner())
    };
    zipped().map_err(|_| PacketError::content("内容太多，放不下"))
}

/// Unpacks a text that [`pack`] packed, of `most` bytes at most.
pub(crate) fn unpack(name: &str, bytes: &[u8], most: u64) -> Result<String, PacketError> {
    let unreadable = || PacketError::content("压缩内容已损坏");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let file = archive.by_name(name).map_err(|_| unreadable())?;
    let mut text = Vec::new();
    file.take(most + 1).read_to_end(&mut text).map_err(|_| unreadable())?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > most {
        return Err(PacketError::TooLarge);
    }
    String::from_utf8(text).map_err(|_| unreadable())
}

/// Checks the signature over the whole file, then unpacks within bounds.
pub(crate) fn open(bytes: &[u8]) -> Result<Opened, PacketError> {
    let (signer, _) = check(bytes)?;
    let unreadable = || PacketError::content("压缩内容已损坏");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if archive.len() > MOST_ENTRIES {
        return Err(PacketError::TooLarge);
    }
    let mut entries: Vec<Entry> = Vec::new();
    let mut left = LARGEST_UNPACKED;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| unreadable())?;
        let name = file.name().map_err(|_| unreadable())?.into_owned();
        let packed = match file.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => return Err(PacketError::content("压缩方式不认识")),
        };
        if entries.iter().any(|entry| entry.name == name) {
            return Err(PacketError::content(format!("有两份{name}")));
        }
        // what the zip says of its sizes is not believed: reading stops one byte past the bound
        let bound = if packed { left.min(LARGEST_PACKED_ENTRY) } else { left };
        let mut unpacked = Vec::new();
        file.take(bound + 1).read_to_end(&mut unpacked).map_err(|_| unreadable())?;
        let size = u64::try_from(unpacked.len()).unwrap_or(u64::MAX);
        if size > bound {
            return Err(PacketError::TooLarge);
        }
        left -= size;
        entries.push(Entry { name, bytes: unpacked, packed });
    }
    Ok(Opened { signer, entries })
}

/// The signer of a whole file, and the bytes that were signed.
fn check(bytes: &[u8]) -> Result<(PublicKey, &[u8]), PacketError> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST_FILE {
        return Err(PacketError::TooLarge);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        // a stick pulled while it was written leaves a file of zeros
        let nothing = !bytes.is_empty() && bytes.iter().take(4096).all(|byte| *byte == 0);
        return Err(if nothing || bytes.is_empty() { PacketError::Cut } else { PacketError::NotPacket });
    }
    let ours = contains(bytes, HEAD_ENTRY.as_bytes());
    let broken = || if ours { PacketError::Changed } else { PacketError::NotPacket };
    let Some((signed, trailer)) = bytes.len().checked_sub(TRAILER).map(|at| bytes.split_at(at)) else {
        return Err(if ours { PacketError::Cut } else { PacketError::NotPacket });
    };
    let Ok(trailer) = std::str::from_utf8(trailer) else {
        return Err(if ours { PacketError::Cut } else { PacketError::NotPacket });
    };
    let Some(rest) = trailer.strip_prefix(MARK) else {
        let end = std::str::from_utf8(&bytes[bytes.len().saturating_sub(400)..]).unwrap_or(trailer);
        if newer_mark(end) {
            return Err(PacketError::Newer);
        }
        return Err(if ours { PacketError::Cut } else { PacketError::NotPacket });
    };
    let (key, signature) = rest.split_once(' ').ok_or_else(broken)?;
    let signer = PublicKey::from_text(key).ok_or_else(broken)?;
    let signature: [u8; 64] = from_hex(signature).ok_or_else(broken)?;
    if !signer.has_signed(&[SIGNED_AS, signed], &signature) {
        return Err(PacketError::Changed);
    }
    Ok((signer, signed))
}

/// Whether a file's end carries the mark of a later container.
fn newer_mark(end: &str) -> bool {
    let Some((_, after)) = end.rsplit_once(MARK_OF_ANY_VERSION) else { return false };
    let version: String = after.chars().take_while(char::is_ascii_digit).take(6).collect();
    version.parse::<u32>().is_ok_and(|version| version > 1)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    // the head is the second entry, near the start
    bytes[..bytes.len().min(4096)].windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SecretKey {
        SecretKey::from_bytes(&[3; 32])
    }

    fn sealed() -> Vec<u8> {
        let entries = [Entry::text(HEAD_ENTRY, "{}".to_owned()), Entry::text("记录.jsonl", "一\n".repeat(500))];
        seal(&entries, &key()).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_with_its_signer_and_is_a_zip_for_any_tool() {
        let bytes = sealed();
        assert_eq!(bytes, sealed());
        let opened = open(&bytes).unwrap();
        assert_eq!(opened.signer, key().public());
        assert_eq!(opened.text("记录.jsonl").unwrap().lines().count(), 500);
        assert_eq!(ZipArchive::new(Cursor::new(&bytes)).unwrap().len(), 2);
    }

    #[test]
    fn every_single_changed_byte_is_refused() {
        let bytes = sealed();
        for at in 0..bytes.len() {
            for change in [1, 0x20, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= change;
                open(&changed).unwrap_err();
            }
        }
    }

    #[test]
    fn every_cut_and_every_appended_byte_is_refused() {
        let bytes = sealed();
        for length in 0..bytes.len() {
            open(&bytes[..length]).unwrap_err();
        }
        let mut longer = bytes.clone();
        longer.push(b'0');
        open(&longer).unwrap_err();
        let mut twice = bytes.clone();
        twice.extend_from_slice(&bytes);
        open(&twice).unwrap_err();
    }

    #[test]
    fn each_kind_of_wrong_file_is_named_as_what_it_is() {
        let bytes = sealed();
        assert_eq!(open(b"").unwrap_err(), PacketError::Cut);
        assert_eq!(open(&[0; 100]).unwrap_err(), PacketError::Cut);
        assert_eq!(open("规划".as_bytes()).unwrap_err(), PacketError::NotPacket);
        assert_eq!(open(&bytes[..bytes.len() - 7]).unwrap_err(), PacketError::Cut);
        let plain = {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            writer.start_file("a.txt", SimpleFileOptions::DEFAULT).unwrap();
            writer.finish().unwrap().into_inner()
        };
        assert_eq!(open(&plain).unwrap_err(), PacketError::NotPacket);
        let newer = String::from_utf8_lossy(&bytes[bytes.len() - TRAILER..]).replace("packet-1 ", "packet-2 ");
        let newer = [&bytes[..bytes.len() - TRAILER], newer.as_bytes()].concat();
        assert_eq!(open(&newer).unwrap_err(), PacketError::Newer);
    }

    #[test]
    fn a_signed_bomb_is_refused_before_it_fills_the_memory() {
        let zeros = vec![0; 4 * 1024 * 1024];
        let entries: Vec<Entry> = (0..13).map(|at| Entry { name: at.to_string(), bytes: zeros.clone(), packed: true }).collect();
        let whole: Vec<u8> = entries.iter().flat_map(|entry| entry.bytes.clone()).collect();
        let bomb = seal(&[Entry { name: "记录.jsonl".to_owned(), bytes: whole, packed: true }], &key()).unwrap();
        assert!(bomb.len() < 100_000, "{}", bomb.len());
        assert_eq!(open(&bomb).unwrap_err(), PacketError::TooLarge);
        let many: Vec<Entry> = (0..4001).map(|at| Entry::text(&at.to_string(), String::new())).collect();
        assert_eq!(open(&seal(&many, &key()).unwrap()).unwrap_err(), PacketError::TooLarge);
    }
}
