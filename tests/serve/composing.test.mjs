// No field anywhere takes an input method's Enter or Esc for its own: nothing is saved, closed, left or lost while composing.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bench, closeBrowser, DOCUMENT, VIEWS } from './shell.mjs';

after(closeBrowser);

const SCRIPT = readFileSync(new URL('../composing.js', import.meta.url), 'utf8');

/**
 * Tries the fields in sight, all or those of a place.
 * @param {import('playwright-core').Page} page
 * @param {string} name Where, for messages.
 * @param {string} [place]
 * @returns {Promise<string[]>} The kinds of fields that were tried.
 */
async function composes(page, name, place = 'body') {
  await page.evaluate(SCRIPT);
  const { tried, faults } = await page.evaluate((where) => window.composing.everywhere(document.querySelector(where) ?? document), place);
  assert.deepEqual(faults, [], name);
  assert.ok(tried.length > 0, `${name}: no field there`);
  return tried;
}

test('every field of every view, of the detail pane and of what opens above them leaves the input method its keys', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, faults } = await desk.open('y.planbook');

  /** Views with fields of their own; the other ones have none before something is sent out. */
  for (const view of VIEWS.filter((one) => ['ledger', 'departments', 'indicators', 'history', 'settings'].includes(one))) {
    await go(view);
    if (view === 'settings') await page.locator('.settings-group summary, .settings-group details').first().click();
    await composes(page, view, 'main.view');
  }

  await go('ledger');
  await page.locator('.grid-row[data-id] .ledger-title').first().click();
  await page.locator('aside.detail textarea, aside.detail input').first().waitFor();
  assert.ok((await composes(page, 'detail pane', 'aside.detail')).length >= 2);
  await page.keyboard.press('Escape');

  for (const column of ['title', 'due', 'progress']) {
    await page.locator('.grid-row[data-id]').nth(1).locator(`[data-column=${column}]`).click({ position: { x: 4, y: 4 } });
    await page.keyboard.press('F2');
    await page.locator('.cell-field').waitFor();
    await composes(page, `cell of ${column}`, '.cell-editor');
    await page.keyboard.press('Escape');
    await page.locator('.cell-field').waitFor({ state: 'detached' });
  }
  await page.locator('.grid-row[data-id]').nth(1).locator('[data-column=lead]').click({ position: { x: 4, y: 4 } });
  await page.keyboard.press('F2');
  await page.locator('.picker input').waitFor();
  await composes(page, 'departments of a cell', '.picker');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] input').waitFor();
  await composes(page, 'palette', 'dialog[open]');
  await page.keyboard.press('Escape');

  await go('departments');
  await page.locator('.chooser-now').click();
  await page.locator('.chooser input, .picker input, dialog[open] input').first().waitFor();
  await composes(page, 'chooser of a department');
  await page.keyboard.press('Escape');

  await go('exchange');
  await page.locator('[data-key=close]').click();
  await page.locator('dialog[open] .primary').click();
  await page.locator('[data-key=close]', { hasText: '重新打开' }).click();
  await page.locator('#reopen-reason').waitFor();
  assert.equal((await composes(page, 'why a quarter is opened again', 'dialog[open]')).length, 2);
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+o');
  await page.locator('dialog[open] input.field').waitFor();
  await composes(page, 'the question for a path', 'dialog[open]');
  await page.keyboard.press('Escape');
  assert.deepEqual(faults, []);
});

test('the fields of a review leave the input method its keys', async (t) => {
  const desk = await bench(t);
  const { page, giveFiles, givePath, faults } = await desk.open();
  await giveFiles(() => page.locator('[data-step=import]').click(), DOCUMENT);
  await givePath(desk.path('渔业.planbook'));
  await page.locator('.review-row.current').waitFor();
  await page.locator('.review-row.task', { hasText: '推广循环养殖' }).click();
  await page.keyboard.press('e');
  await page.locator('.review-form [data-field=title]').waitFor();
  assert.ok((await composes(page, 'form of a row', '.review-form')).length >= 2);
  await page.keyboard.press('Escape');
  await composes(page, 'review', 'main.view').catch((error) => { if (!/no field there/.test(error.message)) throw error; });
  assert.deepEqual(faults, []);
});
