//! The window driven for real: the program on a screen without a monitor, through the webview's own driver.
//!
//! `cargo xtask test` builds the program, names it in `PLANBOOK_APP` and runs these; alone they are left out.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod screen;
mod webdriver;

use screen::{Pc, keep_picture};
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use webdriver::{Page, key};

#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn the_window_opens_on_the_start_view() {
    let mut pc = Pc::new();
    let page = pc.open(&[], &[]);
    page.wait_for_words("规划台账");
    keep_picture(&page, "start.png");
    assert_eq!(page.script("return window.__TAURI__ !== undefined"), true);
}

/// What the journey writes; no seed has these words.
const PROGRESS: &str = "县级研发平台联席会议已召开三次，十一家企业备案通过。";

/// The quarter's work of a clerk: a shipped plan, a tick, a figure, a text in Chinese, the bulletin, and all of it taken back.
#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn a_quarter_is_filled_in_printed_and_taken_back() {
    let mut pc = Pc::new();
    let book = pc.path("云溪台账.planbook");
    let bulletin = pc.path("季度通报.pdf");
    let page = pc.open(&[], &[&book, &bulletin]);

    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='departments']").click();
    page.wait_until("a task with figures", &format!("{FORM}.querySelector('.figures input:not(:disabled)')"), WAIT);

    let tick = first(&page, ".ticks input[type=checkbox]:not(:checked):not(:disabled)");
    edited(&page, || page.wait_for(&tick).click());
    page.wait_until("the tick to be kept", &format!("document.querySelector(\"{tick}\")?.checked"), WAIT);

    let figure = first(&page, ".figures input:not(:disabled)");
    let before = page.wait_for(&figure).property("value");
    edited(&page, || {
        page.wait_for(&figure).rewrite("37");
        page.press(&[key::ENTER]);
    });

    let done = first(&page, "textarea[data-key^='done-']");
    let told = page.wait_for(&done).property("value");
    edited(&page, || {
        page.wait_for(&done).rewrite(PROGRESS);
        page.press(&[key::TAB]);
    });
    keep_picture(&page, "departments.png");

    page.press(&[key::ALT, "6"]);
    page.wait_for("[data-key='kind-bulletin']").click();
    page.wait_until("the preview", "document.querySelector('[data-key=export]:not(:disabled)')", 2 * WAIT);
    page.wait_for("[data-key='export']").click();
    page.wait_for_words("季度通报.pdf");
    keep_picture(&page, "reports.png");
    let printed = text_of(&bulletin);
    assert!(printed.contains(PROGRESS), "{printed}");

    page.wait_for("nav.rail [data-view='departments']").click();
    page.wait_for(&done);
    for _ in 0..3 {
        edited(&page, || page.press(&[key::CONTROL, "z"]));
    }
    let value = |selector: &str| page.wait_for(selector).property("value");
    page.wait_until("the tick to be gone", &format!("!document.querySelector(\"{tick}\").checked"), WAIT);
    assert_eq!((value(&figure), value(&done)), (before, told));

    // what the window showed is what the file holds
    drop(page);
    let page = pc.open(&[&book], &[]);
    page.wait_for("nav.rail [data-view='departments']").click();
    page.wait_for(&done);
    assert_eq!(page.wait_for(&tick).property("checked"), false);
}

const WAIT: Duration = Duration::from_secs(15);
const FORM: &str = "document.querySelector('.checklist-form')";

/// A selector of the very field, which stays true when the page is drawn anew.
fn first(page: &Page, selector: &str) -> String {
    let key = page.script(&format!("return {FORM}.querySelector(\"{selector}\").dataset.key"));
    format!("[data-key='{}']", key.as_str().unwrap())
}

/// Does something and waits until the newest edit that can be undone is another one.
fn edited(page: &Page, act: impl FnOnce()) {
    let label = "document.querySelector('[data-key=undo]').title";
    let before = page.script(&format!("return {label}"));
    act();
    page.wait_until("the edit", &format!("{label} !== {before}"), WAIT);
}

/// The text of a PDF in the order of its cells, without line breaks.
fn text_of(pdf: &Path) -> String {
    let output = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect()
}
