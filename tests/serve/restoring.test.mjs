// One task back to an automatic copy, and the history of one task.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

test('one task goes back to what a copy says, the others stay, and one undo takes that back', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, edited, accessible, faults } = await desk.open('y.planbook');
  await go('ledger');
  const title = (/** @type {number} */ row) => page.locator('.grid-row[data-id]').nth(row).locator('[data-column=title]');
  const [first, second] = [await title(0).innerText(), await title(1).innerText()];
  await title(0).click();
  await edited(async () => {
    await page.evaluate(() => navigator.clipboard.writeText('误改甲\n误改乙'));
    await page.keyboard.press('Control+v');
  });
  await title(0).filter({ hasText: '误改甲' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('aside.detail:not([hidden]) [data-key=restore]').click();
  await page.locator('dialog.restore tbody tr').first().waitFor();
  await accessible('restoring one task');
  await page.screenshot({ path: process.env.SHOT ?? desk.path('shot.png') });
  assert.match(await page.locator('dialog.restore tbody tr').first().innerText(), new RegExp(first));
  await edited(() => page.locator('[data-key=restore-chosen]').click());
  await title(0).filter({ hasText: first }).waitFor();
  assert.equal(await title(1).innerText(), '误改乙');
  assert.notEqual(second, '误改乙');
  await page.locator('[data-key=restore]').click();
  await page.locator('dialog.restore .restore-list p').waitFor();
  assert.ok(await page.locator('[data-key=restore-chosen]').isDisabled());
  await page.keyboard.press('Escape');
  await page.locator('.notice button', { hasText: '撤销' }).first().click();
  await title(0).filter({ hasText: '误改甲' }).waitFor();
  assert.deepEqual(faults, []);
});

test('all history of a task shows what changed that task, and the way to the rest', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, edited, faults } = await desk.open('y.planbook');
  await go('ledger');
  const due = (/** @type {number} */ row) => page.locator('.grid-row[data-id]').nth(row).locator('[data-column=due]');
  for (const row of [0, 1]) {
    await due(row).click();
    await page.keyboard.press('Enter');
    await page.locator('.cell-field').fill('2026-01-31');
    await edited(() => page.keyboard.press('Enter'));
  }
  await page.locator('.grid-row[data-id] [data-column=title]').first().click();
  await page.keyboard.press('Enter');
  await page.locator('[data-key=history-all]').click();
  await page.locator('.page[data-view=history]:not([aria-busy]) .history-day > li').first().waitFor();
  const few = await page.locator('.history-day > li').count();
  await page.locator('[data-key=of-all]').click();
  await page.waitForFunction((count) => document.querySelectorAll('.history-day > li').length > count, few);
  assert.equal(await page.locator('[data-key=of-all]').count(), 0);
  assert.deepEqual(faults, []);
});

test('a damaged workbook is offered its copies, and one of them takes its place', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  desk.run('checklist', '@y.planbook');
  const damaged = readFileSync(desk.path('y.planbook')).fill(0, 4096, 200000);
  writeFileSync(desk.path('y.planbook'), damaged);
  const { page, accessible, givePath, faults } = await desk.open();
  await page.locator('[data-key=open]').click();
  await givePath(desk.path('y.planbook'));
  const dialog = page.locator('dialog.rescue');
  await dialog.locator('label').first().waitFor();
  assert.match(await dialog.innerText(), /y\.planbook[^]*第\d+步/);
  await accessible('a damaged workbook');
  await page.locator('[data-key=rescue]').click();
  await page.locator('.rail [data-view=overview][aria-current=page]').waitFor();
  assert.match(await page.locator('.notices').innerText(), /原来的文件没有丢/);
  const kept = readdirSync(desk.path('y.备份')).filter((name) => name.endsWith('原件.planbook'));
  assert.equal(kept.length, 1);
  assert.ok(readFileSync(`${desk.path('y.备份')}/${kept[0]}`).equals(damaged));
  assert.deepEqual(faults, []);
});
