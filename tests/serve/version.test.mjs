// A new version of a plan that is in the workbook: what differs is seen, decided and taken over, and what stayed keeps its progress.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

const FORMER = `澄湖县渔业振兴三年行动方案(2025—2027年)
(征求意见稿)

一、总体目标
到2027年,全县水产品总产量达到6.5万吨以上。

二、重点任务
(一)建设标准鱼塘
1.改造连片池塘。到2026年,改造连片池塘12000亩,配套进排水渠道40公里以上。2025年6月底前,完成池塘底数调查。(牵头单位:县农业农村局;配合单位:县水利局)
2.推广循环养殖。每年新增陆基循环养殖桶200个以上。(责任单位:县农业农村局、县科技局)
(二)打响澄湖品牌
3.拓展销售渠道。每年组织产销对接活动不少于4场。2026年9月底前,完成区域公用品牌注册。(责任单位:县商务局、县供销社)
4.举办开渔节。2025年9月底前,举办首届开渔节。(责任单位:县文旅局)
`;
const NEW = `澄湖县渔业振兴三年行动方案(2025—2027年)
澄政办发〔2025〕12号

一、总体目标
到2027年,全县水产品总产量达到7万吨以上。

二、重点任务
(一)建设标准鱼塘
1.治理养殖尾水。到2027年,尾水处理设施覆盖率达到95%。(责任单位:县生态环境局)
2.改造连片池塘。到2026年,改造连片池塘15000亩,配套进排水渠道40公里以上。2025年6月底前,完成池塘底数调查。(牵头单位:县农业农村局;配合单位:县水利局)
3.大力推广陆基循环养殖。每年新增陆基循环养殖桶200个以上。(牵头单位:县科技局;配合单位:县农业农村局)
(二)打响澄湖品牌
4.拓展销售渠道。每年组织产销对接活动不少于4场。(责任单位:县商务局、县供销社)
`;

test('a new version shows what changed, keeps progress, and one undo takes it back', async (t) => {
  const desk = await bench(t);
  writeFileSync(desk.path('former.txt'), FORMER);
  writeFileSync(desk.path('new.txt'), NEW);
  desk.run('create', '@渔业.planbook', '--document', '@former.txt');
  const tasks = () => JSON.parse(desk.run('checklist', '@渔业.planbook', '--quarter', '2025Q3', '--json')).departments.flatMap((/** @type {any} */ one) => one.tasks);
  const pond = tasks().find((/** @type {any} */ one) => one.title === '改造连片池塘');
  writeFileSync(desk.path('edits.jsonl'), [
    { edit: 'complete_milestone', milestone: pond.milestones[0].id, done_on: '2025-06-20' },
    { edit: 'set_progress', task: pond.id, department: '县农业农村局', quarter: '2025Q3', status: '推进中', done: '底数已经查清。', problems: '', next: '' },
  ].map((edit) => JSON.stringify(edit)).join('\n'));
  desk.run('apply', '@渔业.planbook', '@edits.jsonl');

  const opened = await desk.open('渔业.planbook');
  const { page, faults } = opened;
  await page.locator('.rail [data-view=overview]').waitFor();
  await page.keyboard.press('Control+k');
  const command = page.locator('.palette li', { hasText: '导入规划' });
  await command.waitFor();
  await opened.giveFiles(() => command.click(), desk.path('new.txt'));
  const bar = page.locator('.review-version');
  await bar.waitFor();
  assert.match(await bar.innerText(), /与工作簿中《澄湖县渔业振兴三年行动方案/);
  await opened.accessible('the review of a new version');

  // the old value beside the new one, by filter
  await page.locator('[data-key=version-changed]').click();
  const raised = page.locator('.review-row.target', { hasText: '15000亩' });
  assert.match(await raised.locator('.review-change').first().innerText(), /≥12000亩[\s\S]*→[\s\S]*≥15000亩/);
  const reworded = page.locator('.review-row.task', { hasText: '大力推广陆基循环养殖' });
  assert.match(await reworded.innerText(), /推广循环养殖/);
  assert.equal(await page.locator('.review-row.task', { hasText: '治理养殖尾水' }).count(), 0);
  await page.locator('[data-key=version-added]').click();
  await page.locator('.review-row.task', { hasText: '治理养殖尾水' }).waitFor();

  // a wrong match is parted by one key and taken back by another
  const kept = () => page.waitForResponse((one) => one.url().endsWith('/call/save_draft_rows'));
  await page.locator('[data-key=version-all]').click();
  const dropped = () => page.locator('[data-key=version-dropped]').innerText();
  const before = await dropped();
  await reworded.click();
  await Promise.all([kept(), page.keyboard.press('u')]);
  await page.waitForFunction((old) => document.querySelector('[data-key=version-dropped]')?.textContent !== old, before);
  await Promise.all([kept(), page.keyboard.press('Control+z')]);
  await page.waitForFunction((old) => document.querySelector('[data-key=version-dropped]')?.textContent === old, before);

  // what the new version does not have: the brand stays in force, the festival is taken off
  await page.locator('[data-key=version-dropped]').click();
  await page.locator('.review-row.gone', { hasText: '开渔节' }).first().waitFor();
  await page.locator('.review-row.gone', { hasText: '品牌' }).first().click();
  await Promise.all([kept(), page.keyboard.press('k')]);
  await page.locator('.review-row.gone:not(.dropped)', { hasText: '品牌' }).waitFor();

  await page.locator('[data-key=confirm]').click();
  const ask = page.locator('dialog[open]');
  assert.match(await ask.innerText(), /更新《澄湖县渔业振兴三年行动方案[\s\S]*新增[\s\S]*改动/);
  await ask.locator('.primary').click();
  await page.locator('.grid-row[data-id]', { hasText: '大力推广陆基循环养殖' }).waitFor();
  const after = tasks();
  const same = after.find((/** @type {any} */ one) => one.id === pond.id);
  assert.equal(same.milestones[0].done_on, '2025-06-20');
  assert.equal(same.targets.find((/** @type {any} */ one) => one.indicator.includes('池塘')).value, 15000);
  assert.equal(after.find((/** @type {any} */ one) => one.title === '举办开渔节').status, '取消');
  assert.equal(after.find((/** @type {any} */ one) => one.title === '拓展销售渠道').milestones.length, 1);

  await opened.edited(() => page.keyboard.press('Control+z'));
  await page.locator('.grid-row[data-id]', { hasText: '推广循环养殖' }).first().waitFor();
  assert.equal(tasks().find((/** @type {any} */ one) => one.title === '举办开渔节').status, '未启动');
  assert.deepEqual(faults, []);
});
