//! The window driven for real: the program on a screen without a monitor, through the webview's own driver.
//!
//! `cargo xtask test` builds the program, names it in `PLANBOOK_APP` and runs these; alone they are left out.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod screen;
mod webdriver;

use screen::{Pc, keep_picture};

#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn the_window_opens_on_the_start_view() {
    let mut pc = Pc::new();
    let page = pc.open(&[], &[]);
    page.wait_for_words("规划台账");
    keep_picture(&page, "start.png");
    assert_eq!(page.script("return window.__TAURI__ !== undefined"), true);
}
