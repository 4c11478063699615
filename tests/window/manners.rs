//! What a desktop program owes its person: one window, files by double-click, what was open before, the size it had, and nothing lost
//! when a session, the program or the disk ends.

use super::{FORM, Pc, WAIT, edited, first, keep_picture, key};
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

const TYPED: &str = "泵站改造完成招标，进场道路已通。";

/// A second start hands its file to the window that is there.
#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn a_second_start_hands_its_file_over_and_ends() {
    let mut pc = Pc::new();
    pc.has_a_bus();
    let (book, other) = (pc.path("云溪台账.planbook"), pc.path("另一本.planbook"));
    let page = pc.open(&[], &[&book, &other]);
    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='overview'][aria-current='page']");
    page.press(&[key::CONTROL, "o"]);
    // the dialog answers with a path where nothing is: refused in a sentence, and the open workbook stays
    page.wait_for(".notice");
    assert_eq!(page.script("return document.querySelector('[data-key=workbook]').innerText.trim()"), "云溪台账");

    std::fs::copy(&book, &other).unwrap();
    // a relative path counts from the folder of its own start
    let ended = pc.starts_again(&[Path::new("另一本.planbook")]);
    assert!(ended.success(), "{ended}");
    page.wait_until("the other workbook", "document.querySelector('[data-key=workbook]').innerText.trim() === '另一本'", WAIT);
    // and one without files leaves everything as it is
    assert!(pc.starts_again(&[]).success());
    assert_eq!(page.script("return document.querySelector('[data-key=workbook]').innerText.trim()"), "另一本");
}

/// The end of a login session while a field is being typed into: the field is saved, the window comes back as large as it was, the
/// workbook stands first among the recent ones, and nobody is alarmed. A killed program says what is safe.
#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn what_was_typed_and_the_window_outlive_every_end() {
    let mut pc = Pc::new();
    let book = pc.path("云溪台账.planbook");
    let page = pc.open(&[], &[&book]);
    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='departments']").click();
    page.wait_until("a form", &format!("{FORM}?.querySelector('textarea')"), WAIT);
    page.resize(1100, 700);
    page.wait_until("the new size", "innerWidth === 1100 && innerHeight === 700", WAIT);
    let done = first(&page, "textarea[data-key^='done-']");
    page.wait_for(&done).rewrite(TYPED);
    assert_eq!(page.script("return document.activeElement.tagName"), "TEXTAREA");
    pc.ends_the_program("TERM");

    let page = pc.open(&[], &[]);
    page.wait_for(".start-recent button:not(:disabled)");
    assert_eq!(page.script("return [innerWidth, innerHeight]"), json!([1100, 700]));
    page.wait_for(".start-recent button").click();
    page.wait_for("nav.rail [data-view='departments']").click();
    page.wait_for(&done);
    assert_eq!(page.wait_for(&done).property("value"), TYPED);
    assert_eq!(page.script("return document.querySelector('.banners').innerText.trim()"), "");
    let tick = first(&page, ".ticks input[type=checkbox]:not(:checked):not(:disabled)");
    edited(&page, || page.wait_for(&tick).click());
    pc.ends_the_program("KILL");

    let page = pc.open(&[&book], &[]);
    page.wait_for_words("上次程序没有正常退出");
    keep_picture(&page, "bad-end.png");
    page.wait_for(".banner button").click();
    page.wait_until("the banner gone", "!document.querySelector('.banner')", WAIT);
    page.wait_for("nav.rail [data-view='departments']").click();
    page.wait_for(&done);
    assert_eq!(page.wait_for(&tick).property("checked"), true);
}

/// A disk without room: said for as long as it lasts, what was typed stays, and it is saved once there is room.
#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
#[expect(clippy::print_stderr, reason = "whoever runs it learns that it tested nothing")]
fn a_full_disk_is_said_until_there_is_room_again() {
    let mut pc = Pc::new();
    if !pc.has_a_small_disk() {
        eprintln!("left out: this system gives nobody a disk of their own");
        return;
    }
    let book = pc.path("小盘/云溪台账.planbook");
    let page = pc.open(&[], &[&book]);
    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='departments']").click();
    page.wait_until("a form", &format!("{FORM}?.querySelector('textarea')"), WAIT);
    pc.fills_the_small_disk();
    let done = first(&page, "textarea[data-key^='done-']");
    let long = TYPED.repeat(40);
    page.wait_for(&done).rewrite(&long);
    page.press(&[key::TAB]);
    page.wait_for(".banner.bad[role=alert]");
    page.wait_for_words("磁盘已满");
    keep_picture(&page, "full-disk.png");
    // longer than any notice stays
    std::thread::sleep(Duration::from_secs(6));
    page.wait_for(".banner.bad");
    assert_eq!(page.wait_for(&done).property("value"), long);

    pc.empties_the_small_disk();
    edited(&page, || {
        page.wait_for(&done).click();
        page.press(&[key::TAB]);
    });
    page.wait_until("the banner gone", "!document.querySelector('.banner')", WAIT);
    assert_eq!(page.wait_for(&done).property("value"), long);
    let began = Instant::now();
    page.press(&[key::ALT, "8"]);
    page.wait_for(".history-day > li");
    assert!(began.elapsed() < WAIT);
}
