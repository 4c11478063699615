// An issued document is reviewed by keyboard: findings first, two keys a row at most, and a half-reviewed draft is there again.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { bench, closeBrowser, DOCUMENT } from './shell.mjs';

after(closeBrowser);

/** @param {import('node:test').TestContext} t @param {string} [document] */
async function review(t, document = DOCUMENT) {
  const desk = await bench(t);
  const opened = await desk.open();
  await opened.giveFiles(() => opened.page.locator('[data-step=import]').click(), document);
  await opened.givePath(desk.path('渔业.planbook'));
  await opened.page.locator('.review-row.current').waitFor();
  return { desk, ...opened, ...hands(opened.page) };
}

/** @param {import('playwright-core').Page} page */
function hands(page) {
  const kept = () => page.waitForResponse((one) => one.url().endsWith('/call/save_draft_rows'));
  return {
    /** Presses a key on the row at hand and waits until the draft is kept. @param {string} key */
    async press(key) {
      const [answer] = await Promise.all([kept(), page.keyboard.press(key)]);
      assert.equal(answer.status(), 200);
    },
    kept,
    progress: async () => Number(await page.locator('.review-progress [role=progressbar]').getAttribute('aria-valuenow')),
    current: () => page.locator('.review-row.current, .review-finding.current'),
    row: (/** @type {string} */ text) => page.locator('.review-row', { hasText: text }).first(),
  };
}

test('Enter accepts, D drops, E corrects with one more Enter, M merges, S splits, and each goes back', async (t) => {
  const { page, press, progress, current, row, kept, faults } = await review(t);
  await press('Enter');
  assert.equal(await progress(), 1);
  const first = await page.locator('.review-row').first().getAttribute('class');
  assert.match(first ?? '', /accepted/);

  await row('改造连片池塘').click();
  await page.keyboard.press('e');
  const title = page.locator('.review-form [data-field=title]');
  await title.fill('改造连片标准鱼塘');
  await Promise.all([kept(), page.keyboard.press('Enter')]);
  await row('改造连片标准鱼塘').waitFor();
  assert.match(await row('改造连片标准鱼塘').getAttribute('class') ?? '', /accepted/);

  const rows = () => page.locator('.review-row').count();
  const count = await rows();
  await page.locator('.review-row.task', { hasText: '推广循环养殖' }).click();
  await press('m');
  assert.equal(await rows(), count - 1);
  await press('Control+z');
  assert.equal(await rows(), count);

  await page.locator('.review-row.task', { hasText: '拓展销售渠道' }).click();
  await press('s');
  await page.keyboard.press('Escape');
  assert.equal(await rows(), count + 1);
  await page.locator('.review-row.current').focus();
  await press('Control+z');
  assert.equal(await rows(), count);

  await page.locator('.review-row.task', { hasText: '拓展销售渠道' }).click();
  await press('d');
  assert.match(await page.locator('.review-row.task', { hasText: '拓展销售渠道' }).getAttribute('class') ?? '', /dropped/);
  assert.ok(await current().count());
  assert.deepEqual(faults, []);
});

test('the sentence of a row is lit, and a place in the source leads to its row', async (t) => {
  const { page, row, faults } = await review(t);
  await row('建成冷链仓储').click();
  assert.match(await page.locator('.review-left .lit').first().innerText(), /冷链仓储/);
  assert.deepEqual(faults, []);
});

test('a target that was missed is marked in the source and stands in the draft', async (t) => {
  const { page, kept, faults } = await review(t);
  const before = await page.locator('.review-row.target').count();
  await page.evaluate(() => {
    const walker = document.createTreeWalker(/** @type {Node} */ (document.querySelector('.review-left')), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      const at = text.indexOf('培育示范基地3个');
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + '培育示范基地3个'.length);
      const selection = /** @type {Selection} */ (document.getSelection());
      selection.removeAllRanges();
      selection.addRange(range);
      node.parentElement?.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
      return;
    }
    throw new Error('the text is not there');
  });
  await page.locator('.review-bubble button').first().click();
  assert.equal(await page.locator('.review-form [data-field=value]').inputValue(), '3');
  assert.equal(await page.locator('.review-form [data-field=unit]').inputValue(), '个');
  await Promise.all([kept(), page.keyboard.press('Enter')]);
  await page.waitForFunction((count) => document.querySelectorAll('.review-row.target').length === count + 1, before);
  assert.deepEqual(faults, []);
});

test('names of one department are proposed as one, and the draft survives the end of the program', async (t) => {
  const desk = await bench(t);
  writeFileSync(desk.path('plan.txt'), '澄湖县水产提升行动方案(2025—2027年)\n\n一、重点任务\n1.建设标准鱼塘。到2027年,建成标准鱼塘9000亩。(责任单位:县农业农村局、县科技局)\n2.推广良种。到2026年,良种覆盖率达到90%。(责任单位:科技局、县水利局)\n3.培训渔民。每年培训渔民500人次以上。(责任单位:县科技局)\n');
  const first = await desk.open();
  const { kept, progress } = hands(first.page);
  await first.giveFiles(() => first.page.locator('[data-step=import]').click(), desk.path('plan.txt'));
  await first.givePath(desk.path('渔业.planbook'));
  const proposed = first.page.locator('.review-variants', { hasText: '像是同一个单位' });
  assert.match(await proposed.innerText(), /县科技局/);
  await Promise.all([kept(), proposed.getByRole('button', { name: '县科技局', exact: false }).first().click()]);
  await proposed.waitFor({ state: 'detached' });
  await first.page.locator('.review-row').first().click();
  await hands(first.page).press('Enter');
  await hands(first.page).press('Enter');
  assert.equal(await progress(), 2);
  await first.end();

  const { page, faults } = await desk.open('渔业.planbook');
  await page.locator('.review-row').first().waitFor();
  assert.equal(await hands(page).progress(), 2);
  const whole = await page.locator('.review-rows').innerText();
  assert.doesNotMatch(whole.replaceAll('县科技局', ''), /科技局/);
  await page.locator('[data-key=confirm]').click();
  await page.locator('dialog[open] .primary').click();
  await page.locator('.grid-row[data-id]').first().waitFor();
  assert.equal(await page.locator('.grid-row[data-id]').count(), 3);
  assert.deepEqual(faults, []);
});

test('a target years ahead is taken apart by one key, looked at and taken back', async (t) => {
  const { page, press, faults } = await review(t);
  const other = page.locator('.review-row.target', { hasText: '尾水处理设施覆盖率' });
  await other.first().click();
  const before = await other.count();
  await press('y');
  await page.waitForFunction((count) => [...document.querySelectorAll('.review-row.target')].filter((one) => one.textContent?.includes('尾水处理设施覆盖率')).length === count + 2, before);
  await press('Control+z');
  await page.waitForFunction((count) => [...document.querySelectorAll('.review-row.target')].filter((one) => one.textContent?.includes('尾水处理设施覆盖率')).length === count, before);
  await page.locator('[data-key=steps-all]').click();
  await page.locator('[data-key=steps-all]').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
});

test('by keyboard alone: what was unclear is read first, and a missed target is written without the mouse', async (t) => {
  const desk = await bench(t);
  writeFileSync(desk.path('plan.txt'), '澄湖县水产提升行动方案(2025—2027年)\n\n一、重点任务\n1.建设标准鱼塘。到2027年,建成标准鱼塘9000亩。(责任单位:县农业农村局)\n2.推广良种。加快推广良种。\n');
  const { page, giveFiles, givePath, faults } = await desk.open();
  const { press, kept, progress } = hands(page);
  await giveFiles(() => page.locator('[data-step=import]').click(), desk.path('plan.txt'));
  await givePath(desk.path('渔业.planbook'));
  await page.locator('.review-finding.current').waitFor();
  assert.match(await page.locator('.review-findings').innerText(), /没有/);
  const findings = await page.locator('.review-finding').count();
  for (let at = 0; at < findings; at += 1) await page.keyboard.press('Enter');
  await page.locator('.review-row.current').waitFor();
  await press('Shift+Enter');
  assert.ok(await progress() >= 2);
  await page.locator('.review-row.task.current', { hasText: '推广良种' }).waitFor();
  await page.keyboard.press('a');
  await page.keyboard.type('良种覆盖率');
  await page.locator('.review-form [data-field=value]').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('90');
  await page.keyboard.press('Tab');
  await page.keyboard.type('%');
  await Promise.all([kept(), page.keyboard.press('Enter')]);
  assert.match(await page.locator('.review-row.target', { hasText: '良种覆盖率' }).innerText(), /≥90%/);
  assert.deepEqual(faults, []);
});
