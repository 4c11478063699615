//! Rich Text Format.

use crate::make::lines;
use intake::Form;

fn check(text: &str, expected: &[&str]) {
    let document = intake::read(text.as_bytes(), "计划.doc").unwrap();
    assert_eq!(document.form, Form::Rtf);
    assert_eq!(lines(&document), expected);
}

#[test]
fn characters_come_as_code_page_bytes_or_as_unicode() {
    check(
        "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 \\'cb\\'ce;}{\\f1\\fcharset0 Times;}}\\f0\\'d4\\'c6\\'cf\\'aa\\f1 \\'cf\\'d82027\\par \
         \\uc1\\u19968?\\u12289?\\uc0\\u-27041 A\\{\\emdash\\par}",
        &["云溪县2027", "一、\u{965f}A{—"],
    );
}

#[test]
fn numbers_are_kept_and_hidden_deleted_and_foreign_groups_are_not() {
    check(
        "{\\rtf1{\\header HEAD}{\\*\\unknown X}{\\listtext\\pard 1.\\tab}one{\\v no}{\\deleted gone}{\\*\\footnote note}\\par \
         {\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}\\line two{\\shp{\\*\\shpinst{\\sp X}{\\shptxt box\\par}}}\\par}",
        &["1.one", "7", "two", "box"],
    );
}

#[test]
fn merged_cells_stand_in_each_row() {
    check(
        "{\\rtf1 \\trowd\\clvmgf\\cellx1000\\cellx2000\\cellx3000\\intbl A\\cell B\\cell C\\cell\\row\
         \\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000\\intbl \\cell D\\cell E\\cell\\row\
         \\trowd\\cellx1000\\cellx3000\\intbl F\\cell G\\cell\\row\\pard after\\par}",
        &["=A|B|C", "A|D|E", "F|G|G", "after"],
    );
}
