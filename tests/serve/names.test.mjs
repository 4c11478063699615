// Departments renamed and merged in the settings, and the base value of an indicator corrected where it stands.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

test('a department is renamed in place and merged into another, and both go back', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, edited, accessible, quiet, faults } = await desk.open('y.planbook');
  await go('settings');
  const fold = page.locator('[data-key=department-names]');
  await fold.click();
  const count = await page.locator('.settings-departments li').count();
  const name = page.locator('.settings-departments li input[data-key^=name-]').first();
  const before = await name.inputValue();
  await edited(async () => { await name.fill('县科技和工业局'); await name.press('Enter'); });
  await page.waitForFunction(() => document.querySelector('.settings-departments li .cut')?.textContent !== '');
  assert.match(await page.locator('.settings-departments li .cut').first().innerText(), new RegExp(before), 'the former name stays as an alias');
  await accessible('the names of departments');
  if (process.env.SHOT) await page.locator('.settings-departments').screenshot({ path: process.env.SHOT });
  // an empty name is none
  await name.fill('');
  await name.press('Tab');
  await page.locator('.settings-departments .field-wrong').waitFor();
  await name.press('Escape');
  await quiet();
  await page.locator('.settings-departments [data-key^=merge-]').nth(1).click();
  await page.locator('.picker input').fill('县科技和工业局');
  await page.keyboard.press('Enter');
  await edited(() => page.locator('dialog[open] .primary').click());
  await page.waitForFunction((many) => document.querySelectorAll('.settings-departments li').length === many - 1, count);
  await page.locator('.notice button', { hasText: '撤销' }).first().click();
  await page.waitForFunction((many) => document.querySelectorAll('.settings-departments li').length === many, count);
  assert.deepEqual(faults, []);
});

test('the base value of an indicator is corrected in place and goes back', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  const { page, go, edited, faults } = await desk.open('y.planbook');
  await go('indicators');
  const base = page.locator('td.base input').first();
  const key = await base.getAttribute('data-key');
  const before = await base.inputValue();
  await edited(async () => { await base.fill('1.6'); await base.press('Enter'); });
  await page.waitForFunction((one) => document.querySelector(`[data-key="${one}"]`)?.value === '1.6', key);
  await page.locator('.viewbar input').focus();
  await edited(() => page.keyboard.press('Control+z'));
  await page.waitForFunction(([one, value]) => document.querySelector(`[data-key="${one}"]`)?.value === value, [key, before]);
  assert.notEqual(before, '1.6');
  assert.deepEqual(faults, []);
});
