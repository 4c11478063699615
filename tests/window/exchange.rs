//! A quarter across desks through the real window: files out, a double-click in a department, its return, the merge.

use super::{Pc, WAIT, edited, first, keep_picture, key};

const PACKET: &str = "县人社局-2025Q3.planpack";

#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn a_quarter_goes_out_and_comes_back() {
    let mut pc = Pc::new();
    let (book, out, answer) = (pc.path("云溪台账.planbook"), pc.path("下发"), pc.path("县人社局报送.planpack"));
    let page = pc.open(&[], &[&book, &out]);
    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='overview'][aria-current='page']");
    page.press(&[key::ALT, "7"]);
    page.wait_for("[data-key='issue']").click();
    page.wait_for("dialog[open] .primary").click();
    page.wait_for(".exchange-made tbody tr");
    assert!(out.join(PACKET).is_file());
    page.wait_for("dialog[open] .primary").click();
    page.wait_for("[data-key='state-sent']");
    keep_picture(&page, "exchange.png");
    drop(page);

    // the department's clerk double-clicks the file
    let page = pc.open(&[&out.join(PACKET)], &[&answer]);
    page.wait_for(".packet-ask .primary").click();
    page.wait_for(".own-steps");
    assert!(out.join("县人社局.planbook").is_file());
    page.press(&[key::ALT, "3"]);
    page.wait_for("textarea[data-key^='done-']");
    let done = first(&page, "textarea[data-key^='done-']");
    edited(&page, || {
        page.wait_for(&done).rewrite("技能人才培训班开班两期。");
        page.press(&[key::TAB]);
    });
    page.press(&[key::ALT, "7"]);
    page.wait_for("[data-key='return']").click();
    page.wait_for(".receipt .check-number");
    keep_picture(&page, "return.png");
    assert!(answer.is_file());
    drop(page);

    // the office collects it
    let page = pc.open(&[&book], &[&answer]);
    page.wait_for("nav.rail [data-view='overview']");
    page.press(&[key::ALT, "7"]);
    page.wait_for("[data-key='collect']").click();
    page.wait_for(".menu button").click();
    page.wait_for(".returned-changes ins");
    page.wait_for_words("技能人才培训班开班两期。");
    keep_picture(&page, "collect.png");
    page.wait_for("[data-key='collect-merge']").click();
    page.wait_until("the return in the list", "document.querySelector('.state-late, .state-returned')", WAIT);
    page.press(&[key::CONTROL, "z"]);
    page.wait_until("the merge taken back", "document.querySelector('[data-key=redo]:not([disabled])')", WAIT);
}
