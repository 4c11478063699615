// What people paste, type and drop without meaning harm: markup, control characters, whole pages in a cell, folders, huge files.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

/** @param {import('node:test').TestContext} t @param {string} view */
async function at(t, view) {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const opened = await desk.open('y.planbook');
  await opened.go(view);
  const { page } = opened;
  const paste = async (/** @type {string} */ text) => {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await page.keyboard.press('Control+v');
  };
  const cell = (/** @type {number} */ row, /** @type {string} */ column) => page.locator('.grid-row[data-id]').nth(row).locator(`[data-column=${column}]`);
  return { desk, ...opened, paste, cell };
}

const MARKUP = '<script>document.title="x"</script><img src=x onerror="document.title=\'x\'">&amp;{{7*7}}';

test('markup stays text in every view that shows it', async (t) => {
  const { page, go, edited, cell, paste, faults } = await at(t, 'ledger');
  const title = await page.title();
  await cell(0, 'title').click();
  await edited(() => paste(MARKUP));
  await cell(0, 'progress').click();
  await edited(() => paste(MARKUP));
  for (const view of ['ledger', 'departments', 'timeline', 'history', 'overview']) {
    await go(view);
    assert.equal(await page.locator('main.view script, main.view img').count(), 0, view);
    assert.equal(await page.title(), title, view);
  }
  await go('ledger');
  await cell(0, 'title').click();
  await page.keyboard.press('Enter');
  await page.locator('aside.detail:not([hidden]) textarea.detail-title').waitFor();
  assert.equal(await page.locator('textarea.detail-title').inputValue(), MARKUP);
  assert.deepEqual(faults, []);
});

test('control characters are refused by name or left out, and never kept', async (t) => {
  const { page, cell, paste, faults } = await at(t, 'ledger');
  const before = await cell(0, 'title').innerText();
  await cell(0, 'title').click();
  await paste('任务\u0007一\u202e二\u0000三');
  await page.locator('.notice > span, .grid-row[data-id] [data-column=title]').first().waitFor();
  await page.waitForFunction((was) => document.querySelector('.notice') || document.querySelector('.grid-row[data-id] [data-column=title]')?.textContent !== was, before);
  const now = await cell(0, 'title').innerText();
  assert.doesNotMatch(now, /[\u0000-\u0008\u202e]/);
  assert.deepEqual(faults, []);
});

test('ten thousand characters fit in a cell, leave the rows as they are, and one more is refused', async (t) => {
  const { page, edited, cell, paste, notice, faults } = await at(t, 'ledger');
  const height = async () => (await cell(0, 'progress').boundingBox())?.height;
  const before = await height();
  await cell(0, 'progress').click();
  await edited(() => paste('长'.repeat(10000)));
  await page.waitForFunction(() => (document.querySelector('.grid-row[data-id] [data-column=progress]')?.textContent?.length ?? 0) > 100);
  assert.equal(await height(), before);
  await cell(1, 'progress').click();
  await paste('长'.repeat(10001));
  await notice(/一万字/);
  assert.deepEqual(faults, []);
});

test('a block of another shape fills what there is, in one step, and says what did not fit', async (t) => {
  const { page, edited, cell, paste, notice, faults } = await at(t, 'ledger');
  const rows = Number(await page.locator('[role=treegrid]').getAttribute('aria-rowcount'));
  const dues = page.locator('.grid-row[data-id] [data-column=due]');
  const before = await dues.allInnerTexts();
  // ragged lines, an empty one, quotes that never end, more lines than there are rows
  await cell(0, 'due').click();
  await edited(() => paste(['2026-01-31', '', '"2026-02-28', ...Array.from({ length: rows + 20 }, () => '2026年3月')].join('\r\n')));
  await page.waitForFunction((was) => document.querySelector('.grid-row[data-id] [data-column=due]')?.textContent !== was, before[0]);
  await notice(/没有|不能|请写成|超出/);
  await edited(() => page.keyboard.press('Control+z'));
  await page.waitForFunction((was) => document.querySelector('.grid-row[data-id] [data-column=due]')?.textContent === was, before[0]);
  assert.deepEqual(await dues.allInnerTexts(), before);
  assert.deepEqual(faults, []);
});

test('dates and numbers that are none stay in their field with the way out, and nothing is saved', async (t) => {
  const { page, go, faults } = await at(t, 'indicators');
  let saved = 0;
  page.on('request', (request) => { if (request.url().endsWith('/call/apply')) saved += 1; });
  const figure = page.locator('td.actual input:not([disabled])').first();
  for (const typed of ['1e400', '12-13', '十二', '1,2,3四', 'NaN']) {
    await figure.fill(typed);
    await figure.press('Tab');
    await page.locator('.field-wrong').first().waitFor();
    assert.equal(await figure.inputValue(), typed);
    await figure.press('Escape');
  }
  await go('departments');
  const day = page.locator('.ticks input[data-key$="-day"]:not([disabled])').first();
  for (const typed of ['2025-02-30', '2025年13月', '31.6', '明年']) {
    await day.fill(typed);
    await day.press('Tab');
    await page.locator('.field-wrong').first().waitFor();
    assert.equal(await day.inputValue(), typed);
    await day.press('Escape');
  }
  assert.equal(saved, 0);
  assert.deepEqual(faults, []);
});

test('evidence of two gigabytes and a dropped folder are refused by name, at once', async (t) => {
  const { page, desk, giveFiles, notice, quiet, faults } = await at(t, 'departments');
  const huge = openSync(desk.path('录像.mp4'), 'w');
  ftruncateSync(huge, 2 * 1024 ** 3);
  closeSync(huge);
  const before = await page.locator('.evidence li').count();
  const begun = Date.now();
  await giveFiles(() => page.locator('[data-key=evidence-add]').click(), desk.path('录像.mp4'));
  await notice(/录像\.mp4/);
  assert.ok(Date.now() - begun < 5000, 'it is not sent before it is refused');
  await quiet();
  await page.evaluate(() => {
    // as Chromium gives a folder: a file of the folder's own size that cannot be read
    const folder = new File([], '材料');
    Object.defineProperty(folder, 'size', { value: 4096 });
    const transfer = new DataTransfer();
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer });
    Object.defineProperty(event, 'dataTransfer', { value: { files: [folder], types: ['Files'] } });
    const real = window.fetch;
    window.fetch = (...of) => (String(of[0]).startsWith('/file/') ? Promise.reject(new TypeError('Failed to fetch')) : real(...of));
    document.querySelector('.checklist-form')?.dispatchEvent(event);
  });
  await notice(/材料/);
  assert.equal(await page.locator('.evidence li').count(), before);
  assert.deepEqual(faults, []);
});
