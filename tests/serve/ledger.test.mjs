// The grid as a clerk uses it: typing, pasting from Excel and WPS, many rows at once, finding by initials, and back.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

/** @param {import('node:test').TestContext} t */
async function ledger(t) {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const opened = await desk.open('y.planbook');
  await opened.go('ledger');
  const { page } = opened;
  const cell = (/** @type {number} */ row, /** @type {string} */ column) => page.locator('.grid-row[data-id]').nth(row).locator(`[data-column=${column}]`);
  return { ...opened, cell };
}

test('a due date is typed as people write it; what is no date stays in the field with the way out', async (t) => {
  const { page, cell, edited, faults } = await ledger(t);
  for (const [typed, shown] of [['2026年6月', '2026年6月'], ['6.30', '2025年6月30日'], ['20260131', '2026年1月31日'], ['２０２６－０３－３１', '2026年3月31日']]) {
    await cell(0, 'due').click();
    await page.keyboard.press('Enter');
    await page.locator('.cell-field').fill(typed);
    await edited(() => page.keyboard.press('Enter'));
    await page.waitForFunction(([text]) => document.querySelector('.grid-row[data-id] [data-column=due]')?.textContent?.includes(text), [shown]);
  }
  await cell(0, 'due').click();
  await page.keyboard.press('Enter');
  await page.locator('.cell-field').fill('2025-02-30');
  await page.keyboard.press('Enter');
  assert.match(await page.locator('.cell-wrong').innerText(), /2025-06-30/);
  assert.equal(await page.locator('.cell-field').inputValue(), '2025-02-30');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => document.querySelector('.grid-row[data-id] [data-column=due]')?.textContent?.includes('2026年1月31日'));
  assert.deepEqual(faults, []);
});

test('a block from Excel goes in as one step, and a wrong shape changes nothing it should not', async (t) => {
  const { page, cell, edited, notice, faults } = await ledger(t);
  const titles = await page.locator('.grid-row[data-id] [data-column=title]').allInnerTexts();
  const paste = async (/** @type {string} */ text) => {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await page.keyboard.press('Control+v');
  };
  await cell(0, 'title').click();
  await edited(() => paste('甲任务\n乙任务\n"丙""任务"'));
  const now = () => page.locator('.grid-row[data-id] [data-column=title]').allInnerTexts();
  await page.waitForFunction(() => [...document.querySelectorAll('.grid-row[data-id] [data-column=title]')].slice(0, 3).map((one) => one.textContent).join() === '甲任务,乙任务,丙"任务');
  await page.keyboard.press('Control+z');
  await page.waitForFunction((title) => document.querySelector('.grid-row[data-id] [data-column=title]')?.textContent === title, titles[0]);
  assert.deepEqual(await now(), titles);

  // a block wider than the table, over columns that are computed
  await cell(0, 'due').click();
  await paste(Array.from({ length: 2 }, (_, row) => Array.from({ length: 30 }, () => `格${row}`).join('\t')).join('\n'));
  await notice(/没有|不能|请写成/);
  assert.deepEqual(await now(), titles);
  // a status that is none, in one cell
  await cell(0, 'status').click();
  await paste('办得差不多');
  await notice(/没有这种办理状态/);
  // ten thousand characters and control characters in a cell
  await cell(2, 'title').click();
  await paste('长'.repeat(10001));
  await notice(/一万字/);
  // markup stays text
  await cell(1, 'title').click();
  await edited(() => paste('<img src=x onerror=alert(1)>'));
  await cell(1, 'title').filter({ hasText: '<img src=x onerror=alert(1)>' }).waitFor();
  assert.equal(await page.locator('.grid img').count(), 0);
  assert.deepEqual(faults, []);
});

test('a range is drawn with the mouse, and the square in a cell’s corner fills the cells below as one step', async (t) => {
  const { page, cell, edited, faults } = await ledger(t);
  const dues = () => page.locator('.grid-row[data-id] [data-column=due]').allInnerTexts();
  const before = await dues();
  /** @param {import('playwright-core').Locator} from @param {import('playwright-core').Locator} to */
  const draw = async (from, to) => {
    await from.hover();
    await page.mouse.down();
    await to.hover();
    await page.mouse.up();
  };
  await draw(cell(0, 'lead'), cell(2, 'due'));
  assert.ok(await page.locator('.grid-cell.ranged').count() >= 6);
  assert.equal(await page.locator('.grid-handle').count(), 0);

  await cell(0, 'due').click();
  await page.keyboard.press('Enter');
  await page.locator('.cell-field').fill('2026年6月');
  await edited(() => page.keyboard.press('Enter'));
  await cell(0, 'due').click();
  await edited(() => draw(page.locator('.grid-handle'), cell(3, 'due')));
  await page.waitForFunction(() => [...document.querySelectorAll('.grid-row[data-id] [data-column=due]')].slice(0, 4).every((one) => one.textContent?.includes('2026年6月')));
  await page.keyboard.press('Control+z');
  await page.waitForFunction((text) => [...document.querySelectorAll('.grid-row[data-id] [data-column=due]')][3]?.textContent === text, before[3]);
  assert.deepEqual((await dues()).slice(1), before.slice(1));
  await cell(0, 'title').click();
  assert.equal(await page.locator('.grid-handle').count(), 0, 'names are not filled down');
  assert.deepEqual(faults, []);
});

test('rows are found by initials while typing, and the palette opens a department', async (t) => {
  const { page, faults } = await ledger(t);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('kjj');
  // the ledger answers every letter; only the last answer is the one asked for
  await page.waitForFunction(() => {
    const leads = [...document.querySelectorAll('.grid-row[data-id]')].map((row) => row.textContent ?? '');
    return leads.length > 0 && leads.every((text) => text.includes('科技局'));
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('xkjj');
  await page.locator('.palette li', { hasText: '县科技局' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.chooser-now', { hasText: '县科技局' }).waitFor();
  assert.deepEqual(faults, []);
});

test('an input method’s confirming Enter neither saves nor leaves', async (t) => {
  const { page, cell, faults } = await ledger(t);
  await cell(0, 'due').click();
  await page.keyboard.press('Enter');
  const field = page.locator('.cell-field');
  await field.fill('');
  // as Chromium sends it: composition, the key while composing, then the end
  await field.evaluate((one) => {
    one.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    one.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
    one.value = '拼音';
    one.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '拼音' }));
    // as WebKit sends it: the end first, then the key
    one.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    one.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '拼音' }));
    one.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  assert.equal(await field.count(), 1);
  assert.equal(await field.inputValue(), '拼音');
  await page.keyboard.press('Escape');
  assert.deepEqual(faults, []);
});

test('the table that says once what many rows say holds the very rows', async (t) => {
  const { page, faults } = await ledger(t);
  const [rows, table, sizes] = await page.evaluate(async () => {
    const { call } = await import(new URL('/lib/backend.js', location.href).href);
    const { rowsOf } = await import(new URL('/lib/table.js', location.href).href);
    const request = { quarter: '2025Q3', plan: null };
    const whole = await call('ledger', request);
    const packed = await call('ledger_table', request);
    return [whole.rows, rowsOf(packed), [JSON.stringify(whole).length, JSON.stringify(packed).length]];
  });
  assert.ok(rows.length > 10);
  assert.deepEqual(table, rows);
  assert.ok(sizes[1] < sizes[0], `${sizes[1]} of ${sizes[0]} characters`);
  assert.deepEqual(faults, []);
});
