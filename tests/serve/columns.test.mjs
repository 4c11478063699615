// A ledger in a spreadsheet: its columns stand in a small table, and one choice reads it again.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

const LEDGER = `澄湖县2025年重点工作台账,,,,
序号,目标任务,谁来办,完成时限,2025年目标
1,建成县级产业服务中心,县工信局,2025年底,≥3个
2,改造老旧管网,县住建局,尽快,40公里
3,培训技术工人,县人社局,2025年9月底,约2000万
`;

test('a column that was not known is said what it holds, and the ledger is read again', async (t) => {
  const desk = await bench(t);
  writeFileSync(desk.path('台账.csv'), LEDGER);
  const opened = await desk.open();
  const { page, faults } = opened;
  await opened.giveFiles(() => opened.page.locator('[data-step=import]').click(), desk.path('台账.csv'));
  await opened.givePath(desk.path('工作.planbook'));
  const table = page.locator('.review-columns');
  await table.waitFor();
  const column = (/** @type {string} */ letter) => table.locator('tr', { has: page.locator(`[data-column=${letter}]`) });
  assert.match(await column('B').innerText(), /目标任务[\s\S]*建成县级产业服务中心/);
  assert.equal(await column('D').locator('select').inputValue(), '完成时限');
  assert.equal(await column('E').locator('select').inputValue(), '目标值');
  assert.equal(await column('C').locator('select').inputValue(), '');
  assert.match(await page.locator('.review-findings').innerText(), /谁来办/);
  assert.match(await page.locator('.review-findings').innerText(), /尽快/, 'a due that is none is flagged, not dropped');
  assert.match(await page.locator('.review-row.task').first().innerText(), /没有责任单位/);
  await opened.accessible('the columns of a ledger');

  const read = () => page.waitForResponse((one) => one.url().endsWith('/call/read_columns'));
  await Promise.all([read(), column('C').locator('select').selectOption('牵头单位')]);
  await page.locator('.review-row.task', { hasText: '县工信局' }).waitFor();
  assert.match(await page.locator('.review-row.task').nth(1).innerText(), /县住建局/);
  assert.equal(await column('E').locator('select').inputValue(), '目标值', 'the others stay as they were');
  assert.doesNotMatch(await page.locator('.review-findings').innerText(), /谁来办/);

  // what was reviewed would be lost: asked first, and a no leaves all as it is
  await page.locator('.review-row.task').first().click();
  await Promise.all([page.waitForResponse((one) => one.url().endsWith('/call/save_draft_rows')), page.keyboard.press('Enter')]);
  await column('C').locator('select').selectOption('备注');
  await page.locator('dialog[open]').getByRole('button', { name: '不了' }).click();
  assert.equal(await column('C').locator('select').inputValue(), '牵头单位');

  await page.locator('[data-key=confirm]').click();
  await page.locator('dialog[open] .primary').click();
  await page.locator('.grid-row[data-id]').first().waitFor();
  assert.equal(await page.locator('.grid-row[data-id]').count(), 3);
  assert.deepEqual(faults, []);
});

test('a spreadsheet of which no head is known is read as its user says', async (t) => {
  const desk = await bench(t);
  writeFileSync(desk.path('一览.csv'), `澄湖县重点工作一览,,,,
编码,干什么,谁来干,啥时候干完,备忘
1,建成县级产业服务中心,县工信局,2025年底,
2,改造老旧管网40公里,县住建局,2025年9月,
3,培训技术工人2000人,县人社局,2025年9月底,
`);
  const opened = await desk.open();
  const { page, faults } = opened;
  await opened.giveFiles(() => opened.page.locator('[data-step=import]').click(), desk.path('一览.csv'));
  await opened.givePath(desk.path('工作.planbook'));
  const table = page.locator('.review-columns');
  await table.waitFor();
  assert.ok(await table.isVisible(), 'what is to be done first stands open');
  assert.match(await page.locator('.review-findings').innerText(), /没有认出台账的表头/);
  assert.equal(await page.locator('.review-row.task').count(), 0);
  await opened.accessible('columns of which none is known');
  const choose = async (/** @type {string} */ letter, /** @type {string} */ word) => {
    const read = page.waitForResponse((one) => one.url().endsWith('/call/read_columns'));
    await table.locator(`select[data-column=${letter}]`).selectOption(word);
    await read;
  };
  await choose('B', '目标任务');
  await page.locator('.review-row.task', { hasText: '建成县级产业服务中心' }).waitFor();
  await choose('C', '牵头单位');
  await choose('D', '完成时限');
  await page.locator('.review-row.task', { hasText: '县住建局' }).waitFor();
  assert.equal(await page.locator('.review-row.task').count(), 3);
  assert.deepEqual(faults, []);
});
