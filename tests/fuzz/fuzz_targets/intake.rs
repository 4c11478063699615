//! Reading any bytes as a document, and drawing a draft from what was read: no panic, no hang, and every row keeps a place that
//! lies in the text.
//!
//! The first byte chooses the ending of the file's name, so that files that lie about their form are among the inputs.
#![no_main]

use libfuzzer_sys::fuzz_target;

const ENDINGS: [&str; 11] = ["txt", "docx", "doc", "wps", "odt", "rtf", "pdf", "html", "mht", "xlsx", "csv"];

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let name = format!("规划.{}", ENDINGS[usize::from(*choice) % ENDINGS.len()]);
    let Ok(document) = intake::read(bytes, &name) else { return };
    let draft = intake::draw(&document);
    for span in draft.tasks.iter().map(|task| task.span).chain(draft.targets.iter().map(|target| target.span)) {
        assert!(document.text.get(span.start..span.end).is_some(), "a row's place lies outside of the text");
    }
});
