// Every view by its key, in both languages and sizes: nothing fails, nothing is asked elsewhere, nothing shuts out a screen reader.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { bench, closeBrowser, DOCUMENT, VIEWS } from './shell.mjs';

after(closeBrowser);

test('every view opens by its key and is open to screen readers', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, accessible, faults } = await desk.open('y.planbook');
  for (const view of VIEWS) {
    await go(view);
    if (view === 'reports') await page.locator('canvas').first().waitFor();
    await accessible(view);
    // the pages within a view: requests, closes, two quarters; the copies
    const within = page.locator('main.view .segments button');
    for (let place = 1; place < await within.count() && (view === 'exchange' || view === 'history'); place += 1) {
      await within.nth(place).click();
      await page.locator(`.page[data-view=${view}]:not([aria-busy])`).waitFor();
      await accessible(`${view}, page ${place + 1}`);
    }
  }
  await go('overview');
  await page.locator('.attention').first().click();
  await page.locator('aside.detail:not([hidden]) button').first().waitFor();
  await accessible('detail');
  await page.keyboard.press('Control+k');
  await page.locator('.palette li').first().waitFor();
  await accessible('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await page.locator('dialog.help').waitFor();
  await accessible('help');
  await page.keyboard.press('Escape');
  await page.locator('[data-key=workbook]').click();
  await page.locator('.menu').waitFor();
  await accessible('menu');
  assert.deepEqual(faults, []);
});

test('every view says everything in English', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, faults } = await desk.open('y.planbook', { language: 'en' });
  for (const view of VIEWS) {
    await go(view);
    // what the plan and the people wrote stays as it is; buttons, heads and chips are the program's own words
    const own = await page.locator('.rail button > span, .viewbar button, .viewbar label, thead th, .button:not([title*="："])').allInnerTexts();
    const names = new Set(await page.evaluate(() => [...document.querySelectorAll('.topbar .switch, .chooser-now')].map((one) => one.textContent ?? '')));
    assert.deepEqual(own.filter((text) => /[\u4e00-\u9fff]/.test(text) && !names.has(text)), [], view);
  }
  assert.deepEqual(faults, []);
});

for (const [name, options] of /** @type {const} */ ([['large type', { large: true }], ['150 % scaling', { width: 910, height: 512, scale: 1.5 }], ['200 % scaling', { width: 683, height: 384, scale: 2 }]])) {
  test(`with ${name} no view is cut off and every button is in reach`, async (t) => {
    const desk = await bench(t);
    desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
    const { page, go, faults } = await desk.open('y.planbook', options);
    for (const view of VIEWS) {
      await go(view);
      const lost = await page.evaluate(() => {
        const inReach = (/** @type {Element} */ one) => {
          const box = one.getBoundingClientRect();
          if (!box.width || !box.height || getComputedStyle(one).visibility === 'hidden') return true;
          if (box.right > 1 && box.left < innerWidth - 1 && box.bottom > 1 && box.top < innerHeight - 1) return true;
          // further along in something that scrolls
          for (let parent = one.parentElement; parent; parent = parent.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(parent);
            if (/auto|scroll/.test(overflowX + overflowY) && (parent.scrollWidth > parent.clientWidth || parent.scrollHeight > parent.clientHeight)) return true;
          }
          return false;
        };
        return [...document.querySelectorAll('button, input, select, textarea')].filter((one) => !inReach(one)).map((one) => one.outerHTML.slice(0, 140));
      });
      assert.deepEqual(lost, [], view);
    }
    assert.deepEqual(faults, []);
  });
}

test('the review of a draft and the start view are open to screen readers', async (t) => {
  const desk = await bench(t);
  const { page, accessible, giveFiles, givePath, faults } = await desk.open();
  await accessible('start');
  await giveFiles(() => page.locator('[data-step=import]').click(), DOCUMENT);
  await givePath(desk.path('渔业.planbook'));
  await page.locator('.review-row').first().waitFor();
  await accessible('review');
  await page.keyboard.press('e');
  await page.locator('.review-form').waitFor();
  await accessible('correcting a row');
  assert.deepEqual(faults, []);
});

test('an English window says in English why a lamp shines, what was edited, and why something was refused', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, edited, giveFiles, notice, faults } = await desk.open('y.planbook', { language: 'en' });
  // what plans and people wrote is theirs: names in quotes and between departments stay
  const own = (/** @type {string} */ text) => text.replace(/"[^"]*"/g, '');
  for (const view of VIEWS.slice(0, 5)) {
    await go(view);
    const why = await page.locator('.lamp[title]').evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''));
    assert.ok(view === 'timeline' || view === 'overview' || why.length > 0, view);
    assert.deepEqual(why.map(own).filter((text) => /[\u4e00-\u9fff]/.test(text)), [], view);
  }
  await go('ledger');
  await page.locator('.grid-row[data-id]').first().locator('[data-column=due]').click();
  await page.keyboard.press('Enter');
  await page.locator('.cell-field').fill('2026-01-31');
  await edited(() => page.keyboard.press('Enter'));
  assert.match(await page.locator('[data-key=undo]').getAttribute('title') ?? '', /change a due date/);
  await go('departments');
  writeFileSync(desk.path('empty.pdf'), '');
  await giveFiles(() => page.locator('[data-key=evidence-add]').click(), desk.path('empty.pdf'));
  await notice(/"empty\.pdf" is empty and was not added\.\s*Make sure that it is the right file\./);
  assert.deepEqual(faults, []);
});
