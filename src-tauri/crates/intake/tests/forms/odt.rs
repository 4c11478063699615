//! Open Document texts.

use crate::make::{lines, zipped};
use intake::{Form, ReadError};

const NAMES: &str = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:draw=\"d\" xmlns:style=\"s\"";

fn odt(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn check(styles: &str, body: &str, expected: &[&str]) {
    let document = intake::read(&odt(styles, body), "计划.odt").unwrap();
    assert_eq!(document.form, Form::Odt);
    assert_eq!(lines(&document), expected);
}

fn level(at: usize, format: &str, before: &str, after: &str) -> String {
    format!(
        "<text:list-level-style-number text:level=\"{at}\" style:num-format=\"{format}\" style:num-prefix=\"{before}\" \
         style:num-suffix=\"{after}\"/>"
    )
}

#[test]
fn automatic_numbers_are_written_out_and_lists_go_on_where_they_say_so() {
    let list = format!(
        "<text:list-style style:name=\"L\">{}{}{}</text:list-style>",
        level(1, "一, 二, 三, ...", "", "、"),
        level(2, "一, 二, 三, ...", "（", "）"),
        level(3, "1", "", ".")
    );
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let inner = format!(
        "<text:list-item><text:p>重点任务</text:p><text:p>无号</text:p><text:list>{}{}</text:list></text:list-item>",
        item("产业"),
        item("农业")
    );
    let body = [
        format!("<text:list xml:id=\"a\" text:style-name=\"L\">{}{inner}</text:list>", item("总体要求")),
        "<text:p>正文</text:p>".to_owned(),
        format!("<text:list text:style-name=\"L\" text:continue-numbering=\"true\">{}</text:list>", item("保障")),
        format!("<text:list text:style-name=\"L\" text:continue-list=\"a\">{}</text:list>", item("附则")),
        format!("<text:list text:style-name=\"L\">{}</text:list>", item("另起")),
        "<text:list text:style-name=\"L\"><text:list-item text:start-value=\"7\"><text:p>跳号</text:p></text:list-item></text:list>".to_owned(),
    ];
    let expected = [
        "一、总体要求",
        "二、重点任务",
        "无号",
        "（一）产业",
        "（二）农业",
        "正文",
        "三、保障",
        "四、附则",
        "一、另起",
        "七、跳号",
    ];
    check(&list, &body.concat(), &expected);
}

#[test]
fn headings_take_the_numbers_of_the_outline() {
    let styles = "<text:outline-style style:name=\"Outline\">\
        <text:outline-level-style text:level=\"1\" style:num-format=\"一, 二, 三, ...\" style:num-suffix=\"、\"/>\
        <text:outline-level-style text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\" style:num-suffix=\"\"/></text:outline-style>";
    let body = "<text:h text:outline-level=\"1\">要求</text:h><text:h text:outline-level=\"1\">任务</text:h>\
        <text:h text:outline-level=\"2\">项目</text:h>";
    check(styles, body, &["一、要求", "二、任务", "二.1 项目"]);
}

#[test]
fn merged_cells_stand_in_each_row_and_deep_tables_join_their_cell() {
    let cell = |more: &str, text: &str| format!("<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>");
    let covered = "<table:covered-table-cell><text:p>看不见</text:p></table:covered-table-cell>";
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let table = [
        row(&[cell("table:number-rows-spanned=\"2\"", "经济"), cell("", "产值"), cell("", "10")]),
        row(&[covered.to_owned(), cell("", "税收"), cell("", "3")]),
        row(&[cell("table:number-columns-spanned=\"3\"", "二、民生"), covered.to_owned(), covered.to_owned()]),
        row(&[cell("table:number-columns-repeated=\"2\"", ""), cell("", "5")]),
    ];
    let body = format!(
        "<table:table><table:table-header-rows>{}</table:table-header-rows>{}</table:table>",
        table[0],
        table[1..].concat()
    );
    check("", &body, &["=经济|产值|10", "经济|税收|3", "二、民生", "||5"]);
}

#[test]
fn what_does_not_print_is_left_out_and_what_does_is_kept() {
    let styles =
        "<style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion></text:changed-region>\
        </text:tracked-changes><text:p>建成<text:span text:style-name=\"H\">暗</text:span>平台<text:s text:c=\"2\"/>5\n 个\
        <office:annotation><text:p>批注</text:p></office:annotation><text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>含在建</text:p></text:note-body></text:note>。<draw:frame><draw:text-box><text:p>框内</text:p>\
        </draw:text-box></draw:frame></text:p><text:p><text:ruby><text:ruby-base>县</text:ruby-base><text:ruby-text>xian</text:ruby-text>\
        </text:ruby>局<text:line-break/>下行</text:p>";
    check(styles, body, &["建成平台  5 个。", "框内", "县局", "下行"]);
}

#[test]
fn other_packages_of_the_format_are_told_apart() {
    let of = |kind: &str| intake::read(&zipped(&[("mimetype", kind), ("content.xml", "<a><b/></a>")]), "甲.odt");
    assert!(matches!(of("application/vnd.oasis.opendocument.spreadsheet"), Err(ReadError::Spreadsheet(_))));
    assert!(matches!(of("application/vnd.oasis.opendocument.presentation"), Err(ReadError::NoDocument { .. })));
    assert!(matches!(of("application/vnd.oasis.opendocument.text"), Err(ReadError::Empty(_))));
    let locked = zipped(&[
        ("META-INF/manifest.xml", "<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"),
        ("content.xml", "not xml"),
    ]);
    assert!(matches!(intake::read(&locked, "甲.odt"), Err(ReadError::Protected(_))));
}
