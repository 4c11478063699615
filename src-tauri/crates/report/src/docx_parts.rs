//! The parts of a .docx that say how it looks: styles by the faces offices have, sections, footers.

use crate::faces::FaceRole;
use crate::style::{HouseStyle, MM_PER_PT};
use crate::table::PITCH;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(crate) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#;

pub(crate) const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

pub(crate) const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer2.xml"/></Relationships>"#;

pub(crate) const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>规划台账</Application></Properties>"#;

pub(crate) const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"#;

/// The family that offices have for a role.
pub(crate) fn family(role: FaceRole) -> &'static str {
    match role {
        FaceRole::Title => "方正小标宋简体",
        FaceRole::Hei => "黑体",
        FaceRole::Kai => "楷体",
        FaceRole::Fang | FaceRole::Digits => "仿宋",
    }
}

fn twips(mm: f64) -> i64 {
    (mm / MM_PER_PT * 20.0).round() as i64
}

pub(crate) fn core(title: &str, author: &str, subject: &str, date: chrono::NaiveDate) -> String {
    let date = date.format("%Y-%m-%dT00:00:00Z");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator><dc:language>zh-CN</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:modified></cp:coreProperties>"
    )
}

pub(crate) fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONSHIPS}\"><w:body>{body}</w:body></w:document>"
    )
}

/// The measures of a section's pages, upright or turned, with the page numbers of odd and even ones.
pub(crate) fn section(style: &HouseStyle, turned: bool, restarts: bool) -> String {
    let (right, bottom) = (210.0 - style.left - style.width, 297.0 - style.top - style.height);
    // pitch in twentieths of a point
    let pitch = (style.pitch * 20.0).round() as i64;
    let start = if restarts { "<w:pgNumType w:start=\"1\"/>" } else { "" };
    let (size, margins) = if turned {
        ("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"", [style.left, style.top, right, bottom])
    } else {
        ("w:w=\"11906\" w:h=\"16838\"", [style.top, right, bottom, style.left])
    };
    let [top, right, bottom, left] = margins.map(twips);
    // 4号 is 4.9 mm high and stands 7 mm below the type area
    let footer = twips(297.0 - style.top - style.height - 7.0 - 4.9).max(200);
    let footer = if turned { footer.min(bottom / 2) } else { footer };
    let grid = if turned { String::new() } else { format!("<w:docGrid w:type=\"lines\" w:linePitch=\"{pitch}\"/>") };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:footerReference w:type=\"even\" r:id=\"rId4\"/><w:type w:val=\"nextPage\"/><w:pgSz {size}/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"{footer}\" w:gutter=\"0\"/>{start}{grid}</w:sectPr>"
    )
}

pub(crate) fn footer(side: &str) -> String {
    let indent = if side == "right" { "w:rightChars=\"100\" w:right=\"280\"" } else { "w:leftChars=\"100\" w:left=\"280\"" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind {indent}/><w:jc w:val=\"{side}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
    )
}

pub(crate) fn styles(style: &HouseStyle) -> String {
    let line = (style.pitch * 20.0).round() as i64;
    let size = (style.size * 2.0).round() as i64;
    let exact = format!("<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/>");
    // the advance of the grid is a little less than the size: 28 characters fill a line by narrower spacing, which every program knows,
    // and not by a character grid, which some read differently
    let narrower = ((style.advance() / MM_PER_PT - style.size) * 20.0).floor() as i64;
    let paragraph = |id: &str, name: &str, ppr: &str, rpr: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
        )
    };
    let fonts = |role: FaceRole| format!("<w:rFonts w:eastAsia=\"{}\"/>", family(role));
    let first = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";
    let heading = |level: usize| format!("<w:keepNext/>{first}<w:outlineLvl w:val=\"{}\"/>", level - 1);
    // the printed pitch of a table's lines in so many words: by their own height, faces of one PC need a page more than another's
    let small = |size: f64| {
        let line = (size * PITCH * 20.0).round() as i64;
        format!("<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/><w:jc w:val=\"left\"/>")
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"仿宋\"/><w:kern w:val=\"2\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr><w:widowControl w:val=\"0\"/>{exact}<w:jc w:val=\"both\"/></w:pPr><w:rPr><w:spacing w:val=\"{narrower}\"/></w:rPr></w:style>"
    );
    for part in [
        paragraph(
            "Title",
            "Title",
            "<w:keepNext/><w:spacing w:line=\"640\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
            &format!("{}<w:spacing w:val=\"0\"/><w:sz w:val=\"44\"/>", fonts(FaceRole::Title)),
        ),
        paragraph("Subtitle", "Subtitle", "<w:jc w:val=\"center\"/>", &fonts(FaceRole::Kai)),
        paragraph(
            "RedHead",
            "红头",
            "<w:spacing w:before=\"1200\" w:line=\"1200\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
            "<w:spacing w:val=\"0\"/><w:sz w:val=\"88\"/>",
        ),
        paragraph("Heading1", "heading 1", &heading(1), &fonts(FaceRole::Hei)),
        paragraph("Heading2", "heading 2", &heading(2), &fonts(FaceRole::Kai)),
        paragraph("Heading3", "heading 3", &heading(3), ""),
        paragraph("BodyText", "Body Text", first, ""),
        paragraph("AnnexMark", "附件序号", "<w:keepNext/><w:jc w:val=\"left\"/>", &fonts(FaceRole::Hei)),
        paragraph("Note", "表注", &small(10.5), "<w:spacing w:val=\"0\"/><w:sz w:val=\"21\"/>"),
        paragraph("TableText", "表格文字", &small(10.5), "<w:spacing w:val=\"0\"/><w:sz w:val=\"21\"/>"),
        paragraph("TableText12", "表格文字大", &small(12.0), "<w:spacing w:val=\"0\"/><w:sz w:val=\"24\"/>"),
        paragraph(
            "Imprint",
            "版记",
            "<w:ind w:leftChars=\"100\" w:left=\"280\"/>",
            "<w:spacing w:val=\"0\"/><w:sz w:val=\"28\"/>",
        ),
        paragraph(
            "Footer",
            "footer",
            "<w:spacing w:line=\"280\" w:lineRule=\"exact\"/>",
            "<w:spacing w:val=\"0\"/><w:sz w:val=\"28\"/>",
        ),
    ] {
        out.push_str(&part);
    }
    out.push_str("<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"));
    }
    out.push_str("</w:tblBorders><w:tblCellMar><w:top w:w=\"30\" w:type=\"dxa\"/><w:left w:w=\"60\" w:type=\"dxa\"/><w:bottom w:w=\"30\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>");
    out
}
