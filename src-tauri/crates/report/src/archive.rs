//! What makes the file fit for archives (PDF/A-2b, ISO 19005-2): the colour space it is meant in, and its properties as XMP.

use lopdf::{Dictionary, Object, Stream, dictionary};

use crate::document::Properties;

/// What the Info dictionary and the XMP packet both say; the standard wants them equal.
pub(crate) struct Statement {
    pub title: String,
    pub subject: String,
    pub author: String,
    pub keywords: String,
    pub creator: &'static str,
    pub producer: &'static str,
    pub date: chrono::NaiveDate,
}

impl Statement {
    pub(crate) fn of(properties: &Properties, faces: &[String]) -> Self {
        let mut keywords = properties.keywords.clone();
        keywords.push(format!("字体 {}", faces.join(" ")));
        let clean = |text: &str| text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
        Self {
            title: clean(&properties.title),
            subject: clean(&properties.subject),
            author: clean(&properties.author),
            keywords: clean(&keywords.join("; ")),
            creator: "规划台账",
            producer: "规划台账 printpdf",
            date: properties.date,
        }
    }

    pub(crate) fn info(&self) -> Dictionary {
        let date = self.date.format("D:%Y%m%d000000+08'00'").to_string();
        dictionary! {
            "Title" => utf16(&self.title),
            "Subject" => utf16(&self.subject),
            "Author" => utf16(&self.author),
            "Keywords" => utf16(&self.keywords),
            "Creator" => utf16(self.creator),
            "Producer" => utf16(self.producer),
            "CreationDate" => Object::string_literal(date.clone()),
            "ModDate" => Object::string_literal(date),
        }
    }

    /// The XMP packet as a stream, uncompressed, so that programs that know no PDF find it.
    pub(crate) fn metadata(&self) -> Stream {
        let date = self.date.format("%Y-%m-%dT00:00:00+08:00");
        let packet = format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language><xmp:CreatorTool>{}</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><pdf:Producer>{}</pdf:Producer><pdf:Keywords>{}</pdf:Keywords><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
            escape(&self.title),
            escape(&self.author),
            escape(&self.subject),
            escape(self.creator),
            escape(self.producer),
            escape(&self.keywords),
        );
        Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes()).with_compression(false)
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text of the Info dictionary and of bookmarks.
pub(crate) fn utf16(text: &str) -> Object {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, lopdf::StringFormat::Hexadecimal)
}

/// The intent that the colours are sRGB's, with the profile to be embedded.
pub(crate) fn output_intent(file: &mut lopdf::Document) -> Object {
    let profile = file.add_object(Stream::new(dictionary! { "N" => 3 }, srgb_profile()));
    Object::Array(vec![Object::Dictionary(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "RegistryName" => Object::string_literal("http://www.color.org"),
        "DestOutputProfile" => profile,
    })])
}

/// A display profile of sRGB (ICC.1:2001-04): its primaries adapted to D50, its tone curve as the nearest gamma.
fn srgb_profile() -> Vec<u8> {
    let number = |value: f64| ((value * 65536.0).round() as i32).to_be_bytes();
    let xyz = |x: f64, y: f64, z: f64| -> Vec<u8> {
        let mut tag = b"XYZ \0\0\0\0".to_vec();
        for value in [x, y, z] {
            tag.extend(number(value));
        }
        tag
    };
    let name = b"sRGB IEC61966-2.1\0";
    let mut desc = b"desc\0\0\0\0".to_vec();
    desc.extend(18_u32.to_be_bytes());
    desc.extend(name);
    // no Unicode and no script name
    desc.extend([0; 4 + 4 + 2 + 1 + 67]);
    let mut copyright = b"text\0\0\0\0".to_vec();
    copyright.extend(b"public domain\0");
    // one entry: gamma 2.2 as 8.8 fixed point
    let mut curve = b"curv\0\0\0\0".to_vec();
    curve.extend(1_u32.to_be_bytes());
    curve.extend([0x02, 0x33]);
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", desc),
        (b"cprt", copyright),
        (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", xyz(0.43607, 0.22249, 0.01392)),
        (b"gXYZ", xyz(0.38515, 0.71687, 0.09708)),
        (b"bXYZ", xyz(0.14307, 0.06061, 0.71410)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = 9_u32.to_be_bytes().to_vec();
    let mut data = Vec::new();
    let first = 128 + 4 + tags.len() * 12;
    for (signature, tag) in &tags {
        table.extend(*signature);
        table.extend(u32::try_from(first + data.len()).unwrap_or(0).to_be_bytes());
        table.extend(u32::try_from(tag.len()).unwrap_or(0).to_be_bytes());
        data.extend(tag);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = Vec::with_capacity(first + data.len());
    profile.extend(u32::try_from(first + data.len()).unwrap_or(0).to_be_bytes());
    profile.extend([0; 4]);
    profile.extend([0x02, 0x10, 0, 0]);
    profile.extend(b"mntrRGB XYZ ");
    // made on 1 January 2000: a fixed date keeps the bytes the same
    for part in [2000_u16, 1, 1, 0, 0, 0] {
        profile.extend(part.to_be_bytes());
    }
    profile.extend(b"acsp");
    profile.extend([0; 28]);
    for value in [0.9642, 1.0, 0.8249] {
        profile.extend(number(value));
    }
    profile.resize(128, 0);
    profile.extend(table);
    profile.extend(data);
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_length_and_its_tags_lie_within_it() {
        let profile = srgb_profile();
        let word = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(word(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        assert_eq!(word(128), 9);
        for tag in 0..9 {
            let (offset, size) = (word(132 + tag * 12 + 4), word(132 + tag * 12 + 8));
            assert!(offset % 4 == 0 && offset + size <= profile.len(), "tag {tag}");
        }
    }
}
