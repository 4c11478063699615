//! Input methods in the real webview: no field takes their Enter or Esc for its own.

use super::{Pc, WAIT, key};
use crate::webdriver::Page;
use serde_json::json;

/// The same script as in Chromium; it sends the events of both engines.
const SCRIPT: &str = include_str!("../composing.js");

/// Tries the fields in sight within a place, and answers how many kinds of them there were.
fn composes(page: &Page, place: &str) -> usize {
    page.script(SCRIPT);
    let answer = page.script(&format!("return window.composing.everywhere(document.querySelector(\"{place}\"))"));
    assert_eq!(answer["faults"], json!([]), "{place}");
    answer["tried"].as_array().unwrap().len()
}

#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn fields_leave_the_input_method_its_keys() {
    let mut pc = Pc::new();
    let book = pc.path("云溪台账.planbook");
    let page = pc.open(&[], &[&book]);
    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='overview'][aria-current='page']");
    for (digit, view) in [("2", "ledger"), ("3", "departments"), ("4", "indicators"), ("8", "history"), ("9", "settings")] {
        page.press(&[key::ALT, digit]);
        page.wait_for(&format!(
            ".page[data-view='{view}']:not([aria-busy]) input, .page[data-view='{view}']:not([aria-busy]) textarea"
        ));
        assert!(composes(&page, "main.view") > 0, "{view}");
    }

    page.press(&[key::ALT, "2"]);
    page.wait_for(".grid-row[data-id] [data-column=due]").click();
    page.press(&[key::ENTER]);
    page.wait_for(".cell-field");
    assert_eq!(composes(&page, ".cell-editor"), 1);
    page.press(&[key::ESCAPE]);
    page.wait_until("the cell left", "!document.querySelector('.cell-field')", WAIT);

    page.wait_for(".grid-row[data-id] .ledger-title").click();
    page.wait_for("aside.detail textarea");
    assert!(composes(&page, "aside.detail") >= 2);

    page.press(&[key::CONTROL, "k"]);
    page.wait_for("dialog[open] input");
    assert_eq!(composes(&page, "dialog[open]"), 1);
    page.press(&[key::ESCAPE]);
    assert_eq!(page.script("return document.querySelector('.banners').innerText.trim()"), "");
}
