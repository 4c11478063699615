//! Web pages.

use crate::make::lines;
use encoding_rs::GB18030;
use intake::{Form, ReadError};

fn check(page: &str, expected: &[&str]) {
    let document = intake::read(page.as_bytes(), "页.html").unwrap();
    assert_eq!(document.form, Form::Html);
    assert_eq!(lines(&document), expected);
}

#[test]
fn the_declared_encoding_is_used_and_a_wrong_one_is_not() {
    let page =
        |label: &str| format!("<html><head><meta charset=\"{label}\"><title>题</title></head><body><p>云溪县</p></body></html>");
    let honest = page("gb2312");
    let (gb, _, _) = GB18030.encode(&honest);
    assert_eq!(lines(&intake::read(&gb, "页.htm").unwrap()), ["云溪县"]);
    let lying = page("utf-8");
    let (gb, _, _) = GB18030.encode(&lying);
    assert_eq!(lines(&intake::read(&gb, "页.htm").unwrap()), ["云溪县"]);
    check(&page("gbk"), &["云溪县"]);
}

#[test]
fn lines_are_laid_out_as_a_browser_does() {
    check(
        "<html><body><nav><a>首页</a></nav><script>var a='<p>不是</p>';</script><style>p{}</style>\
         <h1>行动\n计划</h1><p>&nbsp;&nbsp;一、总体<b>要求</b><br>第二行 &amp; a\n b<div style='display: none'>隐藏</div>\
         <ol><li>甲<li>乙<li>3.丙</ol><ul><li>丁</ul><pre>行一\n行二</pre><ol type=A start=3><li>戊</ol></body></html>",
        &["行动计划", "一、总体要求", "第二行 & a b", "1.甲", "2.乙", "3.丙", "丁", "行一", "行二", "C.戊"],
    );
}

#[test]
fn tables_keep_their_merged_cells_and_layout_tables_are_no_tables() {
    check(
        "<html><table><tr><td rowspan=2>经济<td>产值<td>10<tr><td>税收<td>3</table>\
         <table><tr><td>左栏</td><td><table><tr><th>指标</th><th>值</th></tr><tr><td>粮食</td><td>5</td></tr></table><p>正文</p></td></tr>\
         </table></html>",
        &["=经济|产值|10", "经济|税收|3", "左栏", "=指标|值", "粮食|5", "正文"],
    );
}

#[test]
fn damaged_pages_are_read() {
    check("<html><body></td></table><p>甲<div style='display:none'>乙<p>丙", &["甲", "乙", "丙"]);
    let deep = "<html>".to_owned() + &"<table><tr><td>".repeat(10_000) + "深处";
    check(&deep, &["深处"]);
    check(&("<html>".to_owned() + &"<div>".repeat(100_000) + "深处"), &["深处"]);
    assert!(matches!(intake::read(b"<html><body></body></html>", "空.html"), Err(ReadError::Empty(_))));
}

#[test]
fn a_page_saved_as_a_message_is_read() {
    let message = "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--=_b\"\r\n\r\n\
                   ----=_b\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                   <html><p>=E4=BA=91=E6=BA=\r\n=AA=E5=8E=BF</p></html>\r\n----=_b\r\nContent-Type: image/png\r\n\r\nx\r\n----=_b--\r\n";
    assert_eq!(lines(&intake::read(message.as_bytes(), "页.mht").unwrap()), ["云溪县"]);
    let encoded = message
        .replace("quoted-printable", "base64")
        .replace("<html><p>=E4=BA=91=E6=BA=\r\n=AA=E5=8E=BF</p></html>", "PHA+5LqR5rqq5Y6/PC9wPg==");
    assert_eq!(lines(&intake::read(encoded.as_bytes(), "页.mht").unwrap()), ["云溪县"]);
}
