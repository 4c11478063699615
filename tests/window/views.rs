//! What each view is for, done in one window from view to view, as a clerk and a supervisor go.

use super::webdriver::Page;
use super::{Pc, WAIT, edited, first, keep_picture, key};
use serde_json::json;

/// Shipped plan, one window: a view's work begins where the one before left the workbook.
#[test]
#[ignore = "drives the desktop program: `cargo xtask test` builds and names it"]
fn each_view_does_its_work() {
    let mut pc = Pc::new();
    let book = pc.path("云溪台账.planbook");
    let page = pc.open(&[], &[&book]);
    page.wait_for("[data-seed='yunxi-2025']").click();
    page.wait_for("nav.rail [data-view='overview'][aria-current='page']");

    a_figure_of_the_overview_opens_its_rows(&page);
    a_due_date_is_typed_into_the_ledger_and_taken_back(&page);
    rows_are_found_by_pinyin_initials(&page);
    a_department_ticks_and_its_list_counts_it(&page);
    a_figure_of_an_indicator_is_entered_and_taken_back(&page);
    a_milestone_moves_by_keys_and_by_the_notice_back(&page);
    the_preview_shows_the_pages_of_the_report(&page);
    the_history_goes_back_to_a_step(&page);
    a_setting_takes_hold_at_once(&page);
    help_opens_by_its_key(&page);
    assert_eq!(page.script("return document.querySelector('.banners').innerText.trim()"), "");
}

fn a_figure_of_the_overview_opens_its_rows(page: &Page) {
    go(page, "1", "overview");
    page.wait_for(".overview-share");
    let share = page.script(
        "const shares = [...document.querySelectorAll('.overview-share')].map((one) => [one.dataset.key, Number(one.querySelector('b').textContent)]);
         return shares.filter(([, count]) => count > 1).sort((a, b) => a[1] - b[1])[0]",
    );
    let (name, count) = (share[0].as_str().unwrap(), &share[1]);
    page.wait_for(&format!("[data-key='{name}']")).click();
    page.wait_for("nav.rail [data-view='ledger'][aria-current='page']");
    page.wait_until(
        "as many rows as the figure says",
        &format!("/{count}项|{count}\\s*\\//.test(document.querySelector('.ledger-count').textContent) || document.querySelectorAll('.grid-row[data-id]').length === {count}"),
        WAIT,
    );
    page.wait_for(".ledger-chips .chip button").click();
    page.wait_until("all rows again", "!document.querySelector('.ledger-chips .chip')", WAIT);
}

fn a_due_date_is_typed_into_the_ledger_and_taken_back(page: &Page) {
    go(page, "2", "ledger");
    page.wait_for(".grid-row[data-id] [data-column=due]");
    let row = page.script("return document.querySelector('.grid-row[data-id]').dataset.id");
    let cell = format!("[data-id={row}] [data-column=due]");
    let shown = format!("document.querySelector({})?.textContent", json!(cell));
    let before = page.script(&format!("return {shown}"));
    page.wait_for(&cell).click();
    page.press(&[key::ENTER]);
    edited(page, || {
        page.wait_for(".cell-field").rewrite("2026年6月");
        page.press(&[key::ENTER]);
    });
    page.wait_until("the date in its cell", &format!("{shown}?.includes('2026年6月')"), WAIT);
    assert_eq!(page.script("return Boolean(document.querySelector('.cell-field'))"), false);

    page.wait_for(&cell).click();
    page.press(&[key::ENTER]);
    page.wait_for(".cell-field").rewrite("2025-02-30");
    page.press(&[key::ENTER]);
    page.wait_for(".cell-wrong");
    page.press(&[key::ESCAPE]);

    edited(page, || page.press(&[key::CONTROL, "z"]));
    page.wait_until("the date of before", &format!("{shown} === {before}"), WAIT);
}

fn rows_are_found_by_pinyin_initials(page: &Page) {
    let rows = "Number(document.querySelector('[role=treegrid]').ariaRowCount ?? document.querySelector('[role=treegrid]').getAttribute('aria-rowcount'))";
    let all = page.script(&format!("return {rows}"));
    page.press(&[key::CONTROL, "f"]);
    page.wait_for(".ledger-seek").write("kjj");
    page.wait_until("fewer rows", &format!("{rows} < {all}"), WAIT);
    let others = page.script(
        "return [...document.querySelectorAll('.grid-row[data-id]')].map((row) => row.innerText).filter((text) => !text.includes('科技局'))",
    );
    assert_eq!(others, json!([]));
    keep_picture(page, "ledger-found.png");
    page.press(&[key::CONTROL, "a"]);
    page.press(&[key::BACKSPACE]);
    page.wait_until("all rows", &format!("{rows} === {all}"), WAIT);
}

fn a_department_ticks_and_its_list_counts_it(page: &Page) {
    go(page, "3", "departments");
    page.wait_until(
        "a list with something to tick",
        "document.querySelector('.checklist-form .ticks input:not(:checked):not(:disabled)')",
        WAIT,
    );
    let tick = first(page, ".ticks input[type=checkbox]:not(:checked):not(:disabled)");
    edited(page, || page.wait_for(&tick).click());
    page.wait_until("the tick to be kept", &format!("document.querySelector(\"{tick}\")?.checked"), WAIT);
    let done = first(page, "textarea[data-key^='done-']");
    edited(page, || {
        page.wait_for(&done).rewrite("两处工程通过初验。");
        page.press(&[key::TAB]);
    });
    page.wait_until("how much is filled in", "/\\d+\\s*\\/\\s*\\d+/.test(document.querySelector('main.view').innerText)", WAIT);
}

fn a_figure_of_an_indicator_is_entered_and_taken_back(page: &Page) {
    go(page, "4", "indicators");
    page.wait_for("td.actual input:not(:disabled)");
    let field = page.script("return document.querySelector('td.actual input:not(:disabled)').dataset.key");
    let field = format!("[data-key={field}]");
    let before = page.wait_for(&field).property("value");
    edited(page, || {
        page.wait_for(&field).rewrite("1.70");
        page.press(&[key::ENTER]);
    });
    let value = format!("document.querySelector({})?.value", json!(field));
    page.wait_until("the figure as the program writes it", &format!("{value} === '1.7'"), WAIT);
    // the focus went on to the next row: what is undone is not a letter
    edited(page, || page.press(&[key::CONTROL, "z"]));
    page.wait_until("the figure of before", &format!("{value} === {before}"), WAIT);
}

fn a_milestone_moves_by_keys_and_by_the_notice_back(page: &Page) {
    go(page, "5", "timeline");
    page.wait_for("[data-key^='milestone-']");
    let mark = page.script("return document.querySelector('[data-key^=milestone-]').dataset.key");
    let left = format!("document.querySelector('[data-key={mark}]')?.style.left");
    let before = page.script(&format!("return {left}"));
    page.script(&format!("document.querySelector('[data-key={mark}]').focus()"));
    edited(page, || {
        page.press(&[key::RIGHT]);
        page.press(&[key::RIGHT]);
        page.press(&[key::ENTER]);
    });
    page.wait_until("the milestone further on", &format!("{left} && {left} !== {before}"), WAIT);
    page.wait_for(".notice button:not(.dismiss)").click();
    page.wait_until("the milestone in its place", &format!("{left} === {before}"), WAIT);
}

fn the_preview_shows_the_pages_of_the_report(page: &Page) {
    go(page, "6", "reports");
    page.wait_for("[data-key='kind-one-page']").click();
    // paper is white and its letters are not: a page that stayed empty has one colour
    let drawn = "[...document.querySelectorAll('canvas')].some((one) => one.width > 200 && new Set(new Uint32Array(one.getContext('2d').getImageData(0, 0, one.width, Math.min(one.height, 400)).data.buffer)).size > 8)";
    page.wait_until("a page with letters on it", drawn, 2 * WAIT);
    page.wait_for("[data-key='export']:not(:disabled)");
    keep_picture(page, "preview.png");
}

fn the_history_goes_back_to_a_step(page: &Page) {
    go(page, "2", "ledger");
    page.wait_for(".grid-row[data-id] [data-column=due]");
    let row = page.script("return document.querySelector('.grid-row[data-id]').dataset.id");
    let cell = format!("[data-id={row}] [data-column=due]");
    let shows = |date: &str| format!("document.querySelector({})?.textContent.includes('{date}')", json!(cell));
    for (typed, shown) in [("2026-01-31", "2026年1月31日"), ("2026-02-28", "2026年2月28日"), ("2026-03-31", "2026年3月31日")]
    {
        page.wait_for(&cell).click();
        page.press(&[key::ENTER]);
        page.wait_for(".cell-field").rewrite(typed);
        page.press(&[key::ENTER]);
        page.wait_until("the date in its cell", &shows(shown), WAIT);
        page.wait_until("the field gone", "!document.querySelector('.cell-field')", WAIT);
    }
    go(page, "8", "history");
    page.wait_until("three edits", "document.querySelectorAll('.history-day > li .history-to').length >= 3", WAIT);
    keep_picture(page, "history-to.png");
    page.script("document.querySelectorAll('.history-day > li')[2].querySelector('.history-to').focus()");
    page.press(&[key::ENTER]);
    page.wait_for("dialog[open] .primary").click();
    page.wait_for_words("已撤回2处");
    go(page, "2", "ledger");
    page.wait_until("the date of the first edit", &shows("2026年1月31日"), WAIT);
}

fn a_setting_takes_hold_at_once(page: &Page) {
    go(page, "9", "settings");
    edited(page, || {
        page.wait_for("#set-office").rewrite("云溪县委督查室");
        page.press(&[key::ENTER]);
    });
    let size = "getComputedStyle(document.body).fontSize";
    page.wait_for("#set-large").click();
    page.wait_until("large type", &format!("{size} === '17px'"), WAIT);
    page.wait_for("#set-large").click();
    page.wait_until("usual type", &format!("{size} === '14px'"), WAIT);
    let language = |code: &str| {
        page.script(&format!(
            "const at = document.querySelector('#set-language'); at.value = '{code}'; at.dispatchEvent(new Event('change', {{ bubbles: true }}))"
        ));
    };
    language("en");
    page.wait_for_words("Settings");
    assert_eq!(page.wait_for("#set-office").property("value"), "云溪县委督查室");
    language("zh-CN");
    page.wait_for_words("设置");
}

/// F1 helps from the very program: nothing is asked from elsewhere.
fn help_opens_by_its_key(page: &Page) {
    page.press(&[key::F1]);
    page.wait_for("dialog.help");
    let elsewhere = page.script(
        "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => !/^(tauri|ipc|blob|data):|^http:\\/\\/ipc\\.localhost/.test(name))",
    );
    assert_eq!(elsewhere, json!([]));
    keep_picture(page, "help.png");
    page.press(&[key::ESCAPE]);
    page.wait_until("the help gone", "!document.querySelector('dialog[open]')", WAIT);
}

/// A view by its key, drawn.
fn go(page: &Page, digit: &str, view: &str) {
    page.press(&[key::ALT, digit]);
    page.wait_for(&format!("nav.rail [data-view='{view}'][aria-current='page']"));
    page.wait_for(&format!(".page[data-view='{view}']:not([aria-busy])"));
}
