//! The window driven for real: the program on a screen without a monitor, through the webview's own driver.
//!
//! `cargo xtask test` builds the program, names it in `PLANBOOK_APP` and runs these; alone they are left out.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod composing;
mod exchange;
mod manners;
mod screen;
mod views;
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

/// An issued document becomes a ledger: read, reviewed by keyboard, closed half way and opened again, confirmed, taken back.
#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn an_issued_document_is_reviewed_and_becomes_a_ledger() {
    let mut pc = Pc::new();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/cli/tests/plan.txt");
    let book = pc.path("渔业振兴.planbook");
    let page = pc.open(&[], &[&document, &book]);
    page.wait_for("[data-step='import']").click();
    let reviewed = "Number(document.querySelector('.review-progress [role=progressbar]')?.ariaValueNow ?? -1)";
    page.wait_until("the review", &format!("{reviewed} === 0"), WAIT);
    page.wait_until("the focus on the list", "document.activeElement?.dataset.row", WAIT);
    let accepts = |page: &Page, most: i64| {
        for _ in 0..40 {
            if page.script(&format!("return {reviewed}")).as_i64() >= Some(most) {
                return;
            }
            page.press(&[key::ENTER]);
        }
        panic!("Enter does not get on:\n{}", page.text());
    };
    accepts(&page, 3);
    keep_picture(&page, "review.png");
    drop(page);

    let page = pc.open(&[&book], &[]);
    page.wait_until("what was reviewed before", &format!("{reviewed} >= 3"), WAIT);
    page.wait_for("[data-key='confirm']").click();
    page.wait_for("dialog[open] .primary").click();
    page.wait_until("the ledger", "document.querySelector('[data-key=undo]:not(:disabled)')", WAIT);
    page.press(&[key::ALT, "2"]);
    page.wait_for_words("改造连片池塘");
    keep_picture(&page, "from-document.png");
    page.press(&[key::CONTROL, "z"]);
    page.wait_until("nothing in the ledger", "!document.querySelector('main.view').innerText.includes('拓展销售渠道')", WAIT);
}

/// Each view opens with its key and says nothing of a failure.
#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn every_view_opens_by_its_key() {
    let mut pc = Pc::new();
    let book = pc.path("云溪台账.planbook");
    let page = pc.open(&[], &[&book]);
    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='overview'][aria-current='page']");
    let views = page.script("return [...document.querySelectorAll('nav.rail [data-view]')].map(e => [e.dataset.view, e.title])");
    let mut seen = 0;
    for view in views.as_array().unwrap() {
        let (name, title) = (view[0].as_str().unwrap(), view[1].as_str().unwrap());
        let Some((_, digit)) = title.split_once("Alt+") else { continue };
        page.press(&[key::ALT, &digit[..1]]);
        page.wait_for(&format!("nav.rail [data-view='{name}'][aria-current='page']"));
        page.wait_until(name, "document.querySelector('main.view').innerText.trim().length > 40", WAIT);
        assert_eq!(page.script("return document.querySelector('.banners').innerText.trim()"), "", "{name}");
        keep_picture(&page, &format!("{name}.png"));
        seen += 1;
    }
    assert!(seen >= 8, "{views}");
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
