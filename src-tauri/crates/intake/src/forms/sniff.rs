//! Which form bytes are in. File names lie; offices rename .docx to .doc and save web pages under .doc.

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looks {
    Zip,
    /// The container of old binary Office files.
    Compound,
    Pdf,
    Rtf,
    Html,
    /// A web page with its pictures in one mail message.
    Mht,
    /// Another form that is known and not read, by what it is in Chinese.
    Other(&'static str),
    Text,
}

/// Looks at the first bytes.
pub(crate) fn looks(bytes: &[u8]) -> Looks {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Looks::Zip;
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Looks::Compound;
    }
    // a PDF may have a few bytes before its mark
    if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Looks::Pdf;
    }
    if starts(b"{\\rt") {
        return Looks::Rtf;
    }
    let others: [(&[u8], &str); 10] = [
        (b"\x89PNG", "图片"),
        (b"\xff\xd8\xff", "图片"),
        (b"GIF8", "图片"),
        (b"II*\0", "图片"),
        (b"MM\0*", "图片"),
        (b"Rar!", "压缩包"),
        (b"7z\xbc\xaf", "压缩包"),
        (b"\x1f\x8b", "压缩包"),
        (b"MZ", "程序"),
        (b"SQLite format 3\0", "数据库或规划台账文件"),
    ];
    if let Some((_, what)) = others.iter().find(|(magic, _)| starts(magic) && (magic.len() > 2 || bytes.contains(&0))) {
        return Looks::Other(what);
    }
    let head = ascii(&bytes[..bytes.len().min(4096)]);
    let page = head.trim_start();
    if page.starts_with("mime-version:") || (page.contains("\nmime-version:") && page.contains("multipart/related")) {
        return Looks::Mht;
    }
    if page.starts_with("<!doctype html") || ["<html", "<head>", "<body", "<meta "].iter().any(|tag| page.contains(tag)) {
        return Looks::Html;
    }
    let tags =
        ["<p>", "<p ", "<div", "<table", "<br>", "<br/>", "<span"].iter().map(|tag| page.matches(tag).count()).sum::<usize>();
    if page.starts_with('<') && tags >= 2 { Looks::Html } else { Looks::Text }
}

/// The ASCII letters of text in any encoding, in lower case.
fn ascii(bytes: &[u8]) -> String {
    bytes.iter().filter(|b| b.is_ascii() && **b != 0).map(|b| char::from(b.to_ascii_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide() {
        assert_eq!(looks(b"PK\x03\x04rest"), Looks::Zip);
        assert_eq!(looks(b"\n%PDF-1.7"), Looks::Pdf);
        assert_eq!(looks(b"{\\rtf1"), Looks::Rtf);
        assert_eq!(looks(b"\x89PNG\r\n"), Looks::Other("图片"));
        assert_eq!(looks("\u{feff}<!DOCTYPE html><html>".as_bytes()), Looks::Html);
        assert_eq!(looks(b"<div class=a><p>x</p></div>"), Looks::Html);
        assert_eq!(looks(b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;"), Looks::Mht);
        assert_eq!(looks("云溪县<2027年>行动计划".as_bytes()), Looks::Text);
        assert_eq!(looks(b""), Looks::Text);
    }
}
