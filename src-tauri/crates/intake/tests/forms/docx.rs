//! Word documents.

use crate::make::{lines, zipped};
use intake::ReadError;

const NAMES: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" ",
    "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" ",
    "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
);

fn docx(body: &str, numbering: &str, styles: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &format!("<?xml version=\"1.0\"?><w:document {NAMES}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", &format!("<w:numbering {NAMES}>{numbering}</w:numbering>")),
        ("word/styles.xml", &format!("<w:styles {NAMES}>{styles}</w:styles>")),
    ])
}

fn check(body: &str, expected: &[&str]) {
    check_all(body, "", "", expected);
}

fn check_all(body: &str, numbering: &str, styles: &str, expected: &[&str]) {
    let document = intake::read(&docx(body, numbering, styles), "计划.docx").unwrap();
    assert_eq!(lines(&document), expected);
}

fn level(at: usize, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn abstract_list(id: usize, levels: &[String]) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.concat())
}

fn list(id: usize, of: usize, more: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{of}\"/>{more}</w:num>")
}

fn item(list: usize, level: usize, text: &str) -> String {
    let number = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    format!("<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn outline() -> String {
    abstract_list(
        1,
        &[
            level(0, "chineseCounting", "%1、", ""),
            level(1, "chineseCounting", "（%2）", ""),
            level(2, "decimal", "%3.", ""),
            level(3, "decimal", "（%4）", ""),
            level(4, "decimalEnclosedCircleChinese", "%5", ""),
        ],
    )
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

#[test]
fn automatic_numbers_are_written_out_and_begin_again_under_each_heading() {
    let body = [
        item(1, 0, "总体要求"),
        item(1, 0, "重点任务"),
        item(1, 1, "产业"),
        item(1, 2, "甲"),
        item(1, 2, "乙"),
        item(1, 3, "细项"),
        item(1, 4, "小项"),
        item(1, 1, "农业"),
        item(1, 2, "丙"),
    ];
    let numbering = outline() + &list(1, 1, "");
    let expected = ["一、总体要求", "二、重点任务", "（一）产业", "1.甲", "2.乙", "（1）细项", "① 小项", "（二）农业", "1.丙"];
    check_all(&body.concat(), &numbering, "", &expected);
}

#[test]
fn chapters_and_compound_numbers() {
    let levels = [
        level(0, "chineseCountingThousand", "第%1章", "<w:suff w:val=\"space\"/>"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "upperLetter", "%3)", "<w:lvlRestart w:val=\"0\"/>"),
    ];
    let body =
        [item(1, 0, "总则"), item(1, 1, "目标"), item(1, 2, "子"), item(1, 0, "任务"), item(1, 1, "投资"), item(1, 2, "丑")];
    let numbering = abstract_list(1, &levels) + &list(1, 1, "");
    check_all(&body.concat(), &numbering, "", &["第一章 总则", "1.1 目标", "A)子", "第二章 任务", "2.1 投资", "B)丑"]);
}

#[test]
fn a_list_counts_on_in_its_other_uses_unless_they_start_anew() {
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let other = format!("<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", level(0, "decimal", "%1）", ""));
    let numbering = outline() + &list(1, 1, "") + &list(2, 1, "") + &list(3, 1, anew) + &list(4, 1, &other);
    let body = [item(1, 0, "甲"), item(2, 0, "乙"), item(3, 0, "丙"), item(3, 0, "丁"), item(4, 0, "戊"), item(9, 0, "无")];
    check_all(&body.concat(), &numbering, "", &["一、甲", "二、乙", "五、丙", "六、丁", "7）戊", "无"]);
}

#[test]
fn numbers_come_through_styles_and_through_linked_lists() {
    let linked = "<w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink w:val=\"公文\"/></w:abstractNum>";
    let levels = [
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"h1\"/>"),
        level(1, "chineseCounting", "（%2）", "<w:pStyle w:val=\"h2\"/>"),
    ];
    let base = format!("<w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"公文\"/>{}</w:abstractNum>", levels.concat());
    let numbering = linked.to_owned() + &base + &list(7, 2, "");
    let style = |id: &str, base: &str, more: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{base}\"/><w:pPr>{more}</w:pPr></w:style>")
    };
    let in_list = "<w:numPr><w:numId w:val=\"7\"/></w:numPr>";
    let styles = style("h1", "a", in_list) + &style("h2", "a", in_list) + &style("h2b", "h2", "") + &style("a", "a", "");
    let styled = |id: &str, more: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{id}\"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled("h1", "", "总体要求"),
        styled("h2", "", "思想"),
        styled("h2b", "", "目标"),
        styled("h1", "<w:numPr><w:numId w:val=\"0\"/></w:numPr>", "不编号"),
        styled("h1", "", "任务"),
    ];
    check_all(&body.concat(), &numbering, &styles, &["一、总体要求", "（一）思想", "（二）目标", "不编号", "二、任务"]);
}

#[test]
fn styles_and_lists_that_go_in_circles_end() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"x\"/><w:numStyleLink w:val=\"y\"/></w:abstractNum>\
                     <w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"y\"/><w:numStyleLink w:val=\"x\"/></w:abstractNum>";
    let body = format!("<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>{}", item(1, 0, "乙"));
    check_all(&body, &(numbering.to_owned() + &list(1, 1, "")), styles, &["甲", "乙"]);
}

#[test]
fn merged_cells_stand_in_every_row_and_column_they_cover() {
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&[tc("", "类别"), tc("", "指标"), tc("<w:gridSpan w:val=\"2\"/>", "目标值")]),
        row(&[tc("<w:vMerge w:val=\"restart\"/>", "经济"), tc("", "产值"), tc("", "10"), tc("", "20")]),
        row(&[tc("<w:vMerge/>", ""), tc("", "税收"), tc("", "3"), tc("", "4")]),
        row(&[tc("<w:gridSpan w:val=\"4\"/>", "合计见附表")]),
    ];
    let body = format!("{}<w:tbl>{}</w:tbl>{}", p("前"), table.concat(), p("后"));
    check(&body, &["前", "=类别|指标|目标值|目标值", "经济|产值|10|20", "经济|税收|3|4", "合计见附表", "后"]);
}

#[test]
fn a_table_in_a_table_and_a_box_around_text() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", tc("", "内一"), tc("", "内二"));
    let outer = format!("<w:tbl><w:tr>{}<w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>", tc("", "外"));
    let frame = format!("<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>", p("专栏1"), p("工程"));
    check(&(outer + &frame), &["=外|内一 内二", "专栏1", "工程"]);
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("框中字"));
    let body = format!(
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{content}\
         </wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>继续</w:t></w:r></w:p>"
    );
    check(&body, &["正文继续", "框中字"]);
}

#[test]
fn changes_are_taken_as_accepted() {
    let body = "<w:p><w:r><w:t>新增</w:t></w:r><w:del><w:r><w:delText>30</w:delText></w:r></w:del>\
                <w:ins><w:r><w:t>50</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>\
                <w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>\
                <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>";
    let rows =
        format!("<w:tbl><w:tr>{0}{1}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{1}{1}</w:tr></w:tbl>", tc("", "甲"), tc("", "乙"));
    check(&(body.to_owned() + &rows), &["新增50移来", "前半后半", "=甲|乙"]);
}

#[test]
fn what_does_not_print_is_left_out() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{result}\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let result = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>第3页</w:t></w:r>";
    let body = [
        "<w:p><w:r><w:t>见</w:t></w:r>".to_owned(),
        field(" PAGEREF _x ", result),
        field("eq \\o\\ac(○,2)", ""),
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>".to_owned(),
        "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>可见</w:t></w:r>".to_owned(),
        "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>".to_owned(),
        format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", p("单击输入")),
        format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", p("控件")),
    ];
    check(&body.concat(), &["见第3页②可见链接", "控件"]);
}

#[test]
fn a_soft_break_starts_a_line_and_signs_are_kept() {
    let body = "<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\"> a&lt;b&amp;c</w:t>\
                <w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>";
    check(body, &["第一行", "第二行- a<b&c☑x+y"]);
}

#[test]
fn notes_stand_at_the_end_and_headers_nowhere() {
    let document = format!(
        "<w:document {NAMES}><w:body><w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:body></w:document>"
    );
    let notes = format!(
        "<w:footnotes {NAMES}><w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote>\
         <w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p("线"),
        p("口径说明")
    );
    let bytes = zipped(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/word/main.xml\"/></Relationships>",
        ),
        ("word/main.xml", &document),
        ("word/footnotes.xml", &notes),
        ("word/header1.xml", "<w:hdr>页眉</w:hdr>"),
    ]);
    let document = intake::read(&bytes, "a.docx").unwrap();
    assert_eq!(lines(&document), ["正文"]);
    assert_eq!(document.text, "正文\n注2：口径说明\n");
}

#[test]
fn pictures_are_said_and_a_document_of_pictures_is_a_scan() {
    let picture = "<w:p><w:r><w:drawing><pic:pic xmlns:pic=\"x\"/></w:drawing></w:r></w:p>";
    let document = intake::read(&docx(&(p("正文") + picture), "", ""), "a.docx").unwrap();
    assert_eq!(document.unread.len(), 1);
    assert!(document.unread[0].message.contains("1幅图片"));
    assert!(document.unread[0].span.is_some());
    assert!(matches!(intake::read(&docx(picture, "", ""), "a.docx"), Err(ReadError::Scanned(_))));
}

#[test]
fn ten_thousand_tables_in_each_other_are_read() {
    let body = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &p("深处") + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    check(&body, &["深处"]);
    // and where they never close, the document is cut short but not lost in depth
    let open = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &p("深处");
    let _ = intake::read(&docx(&open, "", ""), "a.docx");
    let boxes = "<w:p><w:r><w:txbxContent>".repeat(10_000) + "<w:p><w:r><w:t>深处</w:t></w:r></w:p>";
    let _ = intake::read(&docx(&boxes, "", ""), "a.docx");
}

#[test]
fn a_bomb_is_refused() {
    let bytes = docx(&p(&"a".repeat(40 << 20)), "", "");
    assert!(bytes.len() < 1 << 20);
    assert!(matches!(intake::read(&bytes, "a.docx"), Err(ReadError::TooLarge(_))));
}

#[test]
fn other_zips_are_named_for_what_they_are() {
    let of = |name: &str| intake::read(&zipped(&[("[Content_Types].xml", "<Types/>"), (name, "<x/>")]), "表.docx");
    assert!(matches!(of("xl/workbook.xml"), Err(ReadError::Spreadsheet(_))));
    assert!(matches!(of("ppt/presentation.xml"), Err(ReadError::NoDocument { what: "演示文稿", .. })));
    assert!(matches!(intake::read(&zipped(&[("a.txt", "x")]), "a.zip"), Err(ReadError::NoDocument { what: "压缩包", .. })));
    let whole = docx(&p("甲"), "", "");
    assert!(matches!(intake::read(&whole[..whole.len() / 2], "半.docx"), Err(ReadError::Damaged(name)) if name == "半.docx"));
    assert!(intake::read(&docx("", "", ""), "空.docx").unwrap_err().to_string().contains("空.docx"));
}
