// Indicators, the timeline, the reports, the history and the settings, each by a clerk's way through it.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

/** @param {import('node:test').TestContext} t @param {string} [view] */
async function at(t, view = 'overview') {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const opened = await desk.open('y.planbook');
  await opened.go(view);
  return { desk, ...opened };
}

test('every figure of the overview opens its rows', async (t) => {
  const { page, go, faults } = await at(t);
  const shares = await page.locator('.overview-share').count();
  for (let place = 0; place < shares; place += 1) {
    const share = page.locator('.overview-share').nth(place);
    const count = Number(await share.locator('b').innerText());
    await share.click();
    if (count === 1) {
      await page.locator('aside.detail:not([hidden]) .detail-title, aside.detail:not([hidden]) button').first().waitFor();
      await page.keyboard.press('Escape');
    } else {
      await page.locator('.rail [data-view=ledger][aria-current]').waitFor();
      await page.locator('.grid-row[data-id]').first().waitFor();
      assert.equal(await page.locator('.grid-row[data-id]').count(), count);
      await go('overview');
    }
  }
  assert.ok(shares >= 4);
  assert.deepEqual(faults, []);
});

test('a figure of an indicator and a yearly step are entered in place and taken back', async (t) => {
  const { page, edited, faults } = await at(t, 'indicators');
  const field = page.locator('td.actual input:not([disabled])').first();
  const key = await field.getAttribute('data-key');
  const before = await field.inputValue();
  await edited(async () => { await field.fill('1.70'); await field.press('Enter'); });
  await page.waitForFunction((one) => document.querySelector(`[data-key="${one}"]`)?.value === '1.7', key);
  await page.keyboard.press('Escape');
  await edited(() => page.keyboard.press('Control+z'));
  await page.waitForFunction(([one, value]) => document.querySelector(`[data-key="${one}"]`)?.value === value, [key, before]);
  const steps = page.locator('[data-key^=steps-]').first();
  const name = (await steps.getAttribute('data-key') ?? '').slice('steps-'.length);
  const targets = page.locator(`tr[data-row="${name}"] input.target`);
  const count = await targets.count();
  await edited(() => steps.click());
  await page.waitForFunction(([one, many]) => document.querySelectorAll(`tr[data-row="${one}"] input.target`).length > many, [name, count]);
  assert.ok(await page.locator(`tr[data-row="${name}"] input.proposed`).count() > 0);
  assert.deepEqual(faults, []);
});

test('a milestone is moved by the arrow keys, said, and taken back', async (t) => {
  const { page, faults } = await at(t, 'timeline');
  const mark = page.locator('[data-key^=milestone-]').first();
  const key = await mark.getAttribute('data-key');
  const place = () => page.locator(`[data-key="${key}"]`).evaluate((one) => one.style.left);
  const before = await place();
  await mark.focus();
  const saved = page.waitForResponse((one) => one.url().endsWith('/call/apply'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  assert.equal((await saved).status(), 200);
  assert.notEqual(await place(), before);
  await page.locator('.notice button', { hasText: '撤销' }).click();
  await page.waitForFunction(([one, left]) => /** @type {HTMLElement} */ (document.querySelector(`[data-key="${one}"]`)).style.left === left, [key, before]);
  assert.deepEqual(faults, []);
});

test('the preview is the very PDF that is written, for each kind', async (t) => {
  const { page, desk, givePath, faults } = await at(t, 'reports');
  for (const kind of ['bulletin', 'one-page', 'department']) {
    await page.locator(`[data-key=kind-${kind}]`).click();
    await page.locator('[data-key=export]:not([disabled])').waitFor();
    await page.waitForFunction(() => [...document.querySelectorAll('canvas')].some((one) => one.width > 200));
    await page.locator('[data-key=export]').click();
    await givePath(desk.path(`${kind}.pdf`));
    await page.locator('.notice', { hasText: `${kind}.pdf` }).waitFor();
    assert.equal(readFileSync(desk.path(`${kind}.pdf`)).subarray(0, 5).toString(), '%PDF-');
  }
  const title = page.locator('[data-key^=passage-]').first();
  await page.locator('[data-key=kind-bulletin]').click();
  await title.fill('');
  const again = page.waitForResponse((one) => one.url().endsWith('/call/report_preview'));
  await title.fill('请各单位于十月十日前报送整改情况。');
  await title.press('Tab');
  assert.equal((await again).status(), 200);
  assert.deepEqual(faults, []);
});

test('the history goes back to any step, and that goes back too', async (t) => {
  const { page, go, edited, faults } = await at(t, 'ledger');
  const first = () => page.locator('.grid-row[data-id] [data-column=due]').first();
  const write = async (/** @type {string} */ due) => {
    await first().click();
    await page.keyboard.press('Enter');
    await page.locator('.cell-field').fill(due);
    await edited(() => page.keyboard.press('Enter'));
  };
  const original = await first().innerText();
  await write('2026-01-31');
  await write('2026-02-28');
  await write('2026-03-31');
  await go('history');
  const entries = page.locator('.history-day > li');
  const to = entries.nth(2).locator('.history-to');
  await to.focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog[open] .primary').click();
  await page.locator('.notice', { hasText: '已撤回2处' }).waitFor();
  await go('ledger');
  await page.waitForFunction(() => document.querySelector('.grid-row[data-id] [data-column=due]')?.textContent?.includes('2026年1月31日'));
  await edited(() => page.keyboard.press('Control+z'));
  await page.waitForFunction((text) => document.querySelector('.grid-row[data-id] [data-column=due]')?.textContent?.trim() === text.trim(), original);
  assert.deepEqual(faults, []);
});

test('settings take hold at once: the office’s name, large type, the language', async (t) => {
  const { page, edited, faults } = await at(t, 'settings');
  const office = page.locator('#set-office');
  await edited(async () => { await office.fill('云溪县委督查室'); await office.press('Enter'); });
  await page.selectOption('#set-language', 'en');
  await page.locator('.rail [data-view=settings]', { hasText: 'Settings' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await page.locator('#set-office').inputValue(), '云溪县委督查室');
  await page.selectOption('#set-language', 'zh-CN');
  const large = page.locator('#set-large');
  if (await large.count()) {
    await large.click();
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).fontSize), '17px');
  }
  assert.deepEqual(faults, []);
});

test('a workbook that cannot be written says so for as long as it lasts, and nothing typed is lost', async (t) => {
  const { page, go, faults } = await at(t, 'departments');
  const done = page.locator('textarea[data-key^=done-]');
  await page.route('**/call/apply', (route) => route.fulfill({ status: 422, contentType: 'application/json', body: JSON.stringify({ code: 'save_failed', message: '磁盘已满。', hint: '请清出空间。', detail: '' }) }));
  await done.fill('本季完成三项整改。');
  await done.press('Tab');
  await page.locator('.banner.bad', { hasText: '磁盘已满' }).waitFor();
  assert.equal(await done.inputValue(), '本季完成三项整改。');
  await page.unroute('**/call/apply');
  const saved = page.waitForResponse((one) => one.url().endsWith('/call/apply'));
  await done.focus();
  await done.press('Tab');
  assert.equal((await saved).status(), 200);
  await page.waitForFunction(() => !document.querySelector('.banner.bad'));
  await go('overview');
  assert.deepEqual(faults, []);
});

test('a figure in the report’s preview opens the tasks it was counted from', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, accessible, faults } = await desk.open('y.planbook');
  await go('reports');
  const many = page.locator('.sheet').first().getByRole('button', { name: /打开这里统计的(\d{2,})项任务/ }).first();
  await many.waitFor();
  await accessible('reports');
  const count = Number(/\d+/.exec((await many.getAttribute('aria-label')) ?? '')?.[0]);
  await many.click();
  await page.locator('.ledger-chips .chip').first().waitFor();
  assert.equal(await page.locator('.ledger-count').textContent().then((text) => Number(/\d+/.exec(text ?? '')?.[0] ?? count)), count);
  assert.deepEqual(faults, []);
});
