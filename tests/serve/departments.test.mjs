// A clerk's form: ticks, figures as people type them, evidence picked and dropped, last quarter carried forward.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

/** @param {import('node:test').TestContext} t */
async function form(t) {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const opened = await desk.open('y.planbook');
  await opened.go('departments');
  return { ...opened, desk };
}

test('figures are read as people type them, and what is none says so', async (t) => {
  const { page, edited, faults } = await form(t);
  const figure = page.locator('.figures input:not([disabled])').first();
  for (const [typed, kept] of [['1,234', '1234'], ['12万', '120000'], ['１２', '12'], ['95%', '95']]) {
    await edited(async () => { await figure.fill(typed); await figure.press('Enter'); });
    await page.waitForFunction(([value]) => document.querySelector('.figures input')?.value === value, [kept]);
  }
  await figure.fill('很多');
  await figure.press('Tab');
  assert.match(await page.locator('.field-wrong').innerText(), /1,234/);
  assert.equal(await figure.inputValue(), '很多');
  assert.deepEqual(faults, []);
});

test('a tick takes today, another day is typed, and all of it goes back', async (t) => {
  const { page, edited, faults } = await form(t);
  const key = await page.locator('.ticks input[type=checkbox]:not(:checked)').first().getAttribute('data-key');
  const tick = page.locator(`[data-key="${key}"]`);
  await edited(() => tick.click());
  const day = page.locator(`[data-key="${key}-day"]`);
  assert.equal(await day.inputValue(), '2025-09-28');
  await edited(async () => { await day.fill('9.1'); await day.press('Enter'); });
  await page.waitForFunction((one) => document.querySelector(`[data-key="${one}-day"]`)?.value === '2025-09-01', key);
  await day.fill('2025-02-30');
  await day.press('Enter');
  assert.match(await page.locator('.field-wrong').innerText(), /2025-06-30/);
  await day.press('Escape');
  await page.locator('.checklist-form').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.waitForFunction((one) => document.querySelector(`[data-key="${one}"]`)?.checked === false, key);
  assert.deepEqual(faults, []);
});

test('evidence is picked or dropped; an empty file and a folder are refused by name', async (t) => {
  const { page, desk, edited, giveFiles, notice, faults } = await form(t);
  writeFileSync(desk.path('会议纪要.pdf'), '%PDF-1.4 会议纪要');
  writeFileSync(desk.path('空.pdf'), '');
  await edited(() => giveFiles(() => page.locator('[data-key=evidence-add]').click(), desk.path('会议纪要.pdf')));
  await page.locator('.evidence li', { hasText: '会议纪要.pdf' }).waitFor();
  await giveFiles(() => page.locator('[data-key=evidence-add]').click(), desk.path('空.pdf'));
  await notice(/“空\.pdf”是空文件/);
  await edited(() => page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['照片'], '现场照片.png', { type: 'image/png' }));
    document.querySelector('.checklist-form')?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }));
  await page.locator('.evidence li', { hasText: '现场照片.png' }).waitFor();
  assert.equal(await page.locator('.evidence li').count(), 2);
  assert.deepEqual(faults, []);
});

test('one key carries last quarter forward where nothing is written, and leaves what is', async (t) => {
  const { page, edited, faults } = await form(t);
  const ready = async () => (await page.locator('.checklist-count').innerText());
  const before = await ready();
  const done = page.locator('textarea[data-key^=done-]');
  const written = await done.inputValue();
  await edited(() => page.locator('[data-key=carry-all]').click());
  await page.waitForFunction((text) => document.querySelector('.checklist-count')?.innerText !== text, before);
  assert.equal(await done.inputValue(), written);
  assert.deepEqual(faults, []);
});

test('a figure that is on its way when the quarter is changed stays in its quarter', async (t) => {
  const { page, edited, faults } = await form(t);
  const field = page.locator('.figures input:not([disabled])').first();
  const key = await field.getAttribute('data-key');
  const quarter = key?.slice(-6) ?? '';
  const next = page.locator('[data-key=after]');
  const shown = page.locator('.quarter .switch');
  const here = await shown.innerText();
  await field.fill('41');
  await edited(() => next.click());
  await page.waitForFunction((words) => document.querySelector('.quarter .switch')?.textContent !== words, here);
  const moved = page.locator('.figures input').first();
  await page.waitForFunction((was) => document.querySelector('.figures input')?.getAttribute('data-key') !== was, key);
  assert.notEqual(await moved.inputValue(), '41');
  await page.locator('[data-key=before]').click();
  await page.waitForFunction((words) => document.querySelector('.quarter .switch')?.textContent === words, here);
  await page.locator(`[data-key="${key}"]`).waitFor();
  assert.equal(await page.locator(`[data-key="${key}"]`).inputValue(), '41');
  assert.match(quarter, /^20\d\dQ[1-4]$/);
  assert.deepEqual(faults, []);
});

test('Ctrl+D carries last quarter into this task, as a column is filled down, and Ctrl+P leads to the pages of the department', async (t) => {
  const { page, edited, faults } = await form(t);
  const done = page.locator('textarea[data-key^=done-]');
  const last = page.locator('.checklist-task').filter({ hasNot: page.locator('.ready') });
  for (let place = 0; place < await last.count(); place += 1) {
    await last.nth(place).click();
    if (await page.locator('[data-key=carry-task]').count() && await done.inputValue() === '') break;
  }
  assert.equal(await done.inputValue(), '');
  await edited(() => page.keyboard.press('Control+d'));
  await page.waitForFunction(() => /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea[data-key^=done-]')).value !== '');
  await page.keyboard.press('Control+p');
  await page.locator('.rail [data-view=reports][aria-current=page]').waitFor();
  assert.ok(await page.locator('[data-key=kind-department]').evaluate((one) => /** @type {HTMLInputElement} */ (one).checked));
  assert.deepEqual(faults, []);
});
