// A quarter across desks: files out, a department's own workbook, its return, the preview, one merge and its undo, the close.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

const QUARTER = '2025Q3';
const OWN = '县人社局';
const WRITTEN = '技能人才培训班开班两期，结业四百二十人。';

/** An office that has sent its files, without a window. @param {import('node:test').TestContext} t */
async function sent(t) {
  const desk = await bench(t);
  desk.run('create', '@office.planbook', '--seed', 'yunxi-2025');
  desk.run('issue', '@office.planbook', '--quarter', QUARTER, '--out', '@out');
  return desk;
}

/** A return of a department whose first task says a text. @param {Awaited<ReturnType<typeof sent>>} desk @param {string} name @param {string} text */
function answered(desk, name, text) {
  desk.run('create', `@${name}.planbook`, '--packet', `@out/${name}-${QUARTER}.planpack`);
  const list = JSON.parse(desk.run('checklist', `@${name}.planbook`, '--quarter', QUARTER, '--json'));
  const { tasks } = list.departments.find((/** @type {any} */ one) => one.name === name);
  writeFileSync(desk.path('edits.jsonl'), JSON.stringify({ edit: 'set_progress', task: tasks[0].id, department: name, quarter: QUARTER, status: '推进中', done: text, problems: '', next: '' }));
  desk.run('apply', `@${name}.planbook`, '@edits.jsonl');
  mkdirSync(desk.path('back'), { recursive: true });
  const told = desk.run('return', `@${name}.planbook`, '--quarter', QUARTER, '-o', `@back/${name}.planpack`);
  return { ...tasks[0], told };
}

test('the office makes all files in one step', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@office.planbook', '--seed', 'yunxi-2025');
  const { page, go, givePath, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('.standing-lines tbody tr').first().waitFor();
  const lines = await page.locator('.standing-lines tbody tr').count();
  await page.locator('[data-key=issue]').click();
  assert.match(await page.locator('dialog[open]').innerText(), /不得处理涉密信息/);
  await page.locator('#issue-xlsx').check();
  await page.locator('dialog[open] .primary').click();
  await givePath(desk.path('out'));
  await page.locator('.exchange-made').waitFor();
  assert.equal(await page.locator('.exchange-made tbody tr').count(), lines);
  await page.keyboard.press('Escape');
  assert.equal(readdirSync(desk.path('out')).filter((name) => name.endsWith(`-${QUARTER}.planpack`)).length, lines);
  assert.equal(readdirSync(desk.path('out')).filter((name) => name.endsWith(`-${QUARTER}.xlsx`)).length, lines);
  await page.locator('[data-key=state-sent]').waitFor();
  // the sample's departments that have written for the quarter have returned; the others were sent theirs
  assert.equal(await page.locator('.exchange-state.state-sent, .exchange-state.state-returned, .exchange-state.state-late').count(), lines);
  // who has not returned is reminded on paper, and the list says when
  await page.locator('[data-key=remind]').click();
  await givePath(desk.path('催报单.pdf'));
  await page.locator('.standing-lines td', { hasText: '催报' }).first().waitFor();
  assert.equal(readFileSync(desk.path('催报单.pdf')).subarray(0, 5).toString(), '%PDF-');
  assert.deepEqual(faults, []);
});

test('a packet that a department opens becomes its workbook, is filled in and returned with a check number', async (t) => {
  const desk = await sent(t);
  const { page, go, edited, givePath, giveFiles, accessible, quiet, faults } = await desk.open();
  await page.locator('[data-step=open]').click();
  await givePath(desk.path(`out/${OWN}-${QUARTER}.planpack`));
  await page.locator('.packet-ask .primary').click();
  await page.locator('.own-open li').first().waitFor();
  assert.ok(existsSync(desk.path(`out/${OWN}.planbook`)));
  await accessible('the department’s side');
  const open = await page.locator('.own-open li').count();
  await page.locator('.own-open li button').first().focus();
  await page.keyboard.press('Enter');
  // by keyboard straight into what is still to be filled in, with nobody else's list to go to
  await page.waitForFunction(() => /^(done|figure)-/.test(/** @type {HTMLElement} */ (document.activeElement)?.dataset.key ?? ''));
  assert.equal(await page.locator('.chooser button').count(), 0);
  const key = await page.locator('textarea[data-key^=done-]').getAttribute('data-key');
  const done = page.locator(`[data-key="${key}"]`);
  await edited(async () => { await done.fill(WRITTEN); await done.press('Tab'); });
  await go('exchange');
  assert.ok(await page.locator('.own-open li').count() <= open);
  await page.locator('[data-key=return]').click();
  await givePath(desk.path('answer.planpack'));
  await page.locator('.receipt').waitFor();
  const number = await page.locator('.check-number').innerText();
  assert.match(number, /^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/);
  assert.ok(existsSync(desk.path('answer.planpack')));
  await page.locator('[data-key=receipt-sheet]').click();
  await givePath(desk.path('报送单.pdf'));
  await page.locator('.notice', { hasText: '报送单.pdf' }).waitFor();
  assert.equal(readFileSync(desk.path('报送单.pdf')).subarray(0, 5).toString(), '%PDF-');
  await quiet();
  // the same file again must not undo what was filled in and returned
  await giveFiles(() => page.locator('[data-key=receive]').click(), desk.path(`out/${OWN}-${QUARTER}.planpack`));
  await page.locator('.notice', { hasText: '已接收' }).waitFor();
  // a damaged one is refused by name, and the workbook stays open
  const damaged = readFileSync(desk.path(`out/${OWN}-${QUARTER}.planpack`));
  damaged[damaged.length >> 1] ^= 1;
  writeFileSync(desk.path('破损.planpack'), damaged);
  await giveFiles(() => page.locator('[data-key=receive]').click(), desk.path('破损.planpack'));
  await page.locator('.notice, .banner', { hasText: /破损\.planpack.*签名不符/ }).first().waitFor();
  await page.locator('.own-steps').waitFor();
  await go('departments');
  await page.locator(`[data-task="${key?.slice('done-'.length, -'-2025Q2'.length)}"]`).click();
  assert.equal(await done.inputValue(), WRITTEN);
  assert.deepEqual(faults, []);
});

test('returns are looked at field by field, a damaged one is refused, and one undo takes the merge back', async (t) => {
  const desk = await sent(t);
  const { told, ...task } = answered(desk, OWN, WRITTEN);
  copyFileSync(desk.path(`back/${OWN}.planpack`), desk.path('back/破损.planpack'));
  const bytes = readFileSync(desk.path('back/破损.planpack'));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(desk.path('back/破损.planpack'), bytes);
  const before = desk.run('checklist', '@office.planbook', '--quarter', QUARTER, '--json', '--as-of', '2025-09-28');

  const { page, go, giveFiles, accessible, notice, end, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('[data-key=collect]').click();
  await giveFiles(() => page.locator('.menu button').first().click(), [desk.path(`back/${OWN}.planpack`), desk.path('back/破损.planpack')]);
  await page.locator('.collect').waitFor();
  await accessible('the preview');
  assert.equal(await page.locator('.collect-state.refused').count(), 1);
  await page.locator('.collect-file', { hasText: OWN }).click();
  // the number that the department's receipt shows
  const number = await page.locator('.returned-head .number').innerText();
  assert.ok(told.includes((/[0-9A-F-]{19}/.exec(number) ?? ['none'])[0]), `${number}: ${told}`);
  const row = page.locator('.returned-changes tr', { hasText: task.title }).filter({ hasText: WRITTEN });
  assert.equal(await row.locator('ins').innerText(), WRITTEN);
  await page.locator('[data-key=collect-merge]').click();
  await notice(/已合并1份报送/);
  const line = page.locator('.standing-lines tr', { hasText: OWN });
  await line.locator('.state-late, .state-returned').waitFor();

  await page.keyboard.press('Control+z');
  await notice(/已撤销/);
  await end();
  assert.equal(desk.run('checklist', '@office.planbook', '--quarter', QUARTER, '--json', '--as-of', '2025-09-28'), before);
  assert.deepEqual(faults, []);
});

test('where the office wrote the same field, the one that is chosen stands', async (t) => {
  const desk = await sent(t);
  const task = answered(desk, OWN, WRITTEN);
  const ours = '督查室核实：培训班开班一期。';
  writeFileSync(desk.path('edits.jsonl'), JSON.stringify({ edit: 'set_progress', task: task.id, department: OWN, quarter: QUARTER, status: '推进中', done: ours, problems: '', next: '' }));
  desk.run('apply', '@office.planbook', '@edits.jsonl');
  const { page, go, giveFiles, end, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('[data-key=collect]').click();
  await giveFiles(() => page.locator('.menu button').first().click(), desk.path(`back/${OWN}.planpack`));
  const conflict = page.locator('.conflict', { hasText: ours });
  assert.match(await conflict.innerText(), new RegExp(WRITTEN));
  // what the office wrote stands until it is decided otherwise, here by keyboard
  const office = conflict.locator('.conflict-side', { hasText: ours }).locator('input');
  assert.ok(await office.isChecked());
  await office.focus();
  await page.keyboard.press('ArrowDown');
  await conflict.locator('.conflict-side.taken', { hasText: WRITTEN }).waitFor();
  await page.locator('[data-key=collect-merge]').click();
  await page.locator('.standing-lines').waitFor();
  await end();
  const list = JSON.parse(desk.run('checklist', '@office.planbook', '--quarter', QUARTER, '--department', OWN, '--json'));
  assert.match(JSON.stringify(list), new RegExp(WRITTEN));
  assert.deepEqual(faults, []);
});

test('where several fields differ, one button answers for all of them', async (t) => {
  const desk = await sent(t);
  const task = answered(desk, OWN, WRITTEN);
  const write = (/** @type {string} */ workbook, /** @type {string} */ done, /** @type {string} */ problems) => {
    writeFileSync(desk.path('edits.jsonl'), JSON.stringify({ edit: 'set_progress', task: task.id, department: OWN, quarter: QUARTER, status: '推进中', done, problems, next: '' }));
    desk.run('apply', workbook, '@edits.jsonl');
  };
  write(`@${OWN}.planbook`, WRITTEN, '师资不足。');
  desk.run('return', `@${OWN}.planbook`, '--quarter', QUARTER, '-o', `@back/${OWN}.planpack`);
  write('@office.planbook', '督查室核实一。', '督查室核实二。');
  const { page, go, giveFiles, accessible, end, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('[data-key=collect]').click();
  await giveFiles(() => page.locator('.menu button').first().click(), desk.path(`back/${OWN}.planpack`));
  const taken = (/** @type {string} */ side) => page.locator('.conflict-side.taken', { hasText: side });
  await page.locator('.conflict').nth(1).waitFor();
  const conflicts = await page.locator('.conflict').count();
  assert.ok(conflicts > 1, `${conflicts}`);
  assert.equal(await taken('台账').count(), conflicts);
  await page.locator('[data-key=collect-all-theirs]').click();
  await page.waitForFunction((count) => document.querySelectorAll('.conflict-side.taken').length === count && [...document.querySelectorAll('.conflict-side.taken b')].every((who) => who.textContent !== '台账'), conflicts);
  await accessible('several conflicts');
  await page.locator('[data-key=collect-all-ours]').click();
  await page.waitForFunction((count) => [...document.querySelectorAll('.conflict-side.taken b')].filter((who) => who.textContent === '台账').length === count, conflicts);
  await page.locator('[data-key=collect-all-theirs]').click();
  await page.waitForFunction(() => [...document.querySelectorAll('.conflict-side.taken b')].every((who) => who.textContent !== '台账'));
  await page.locator('[data-key=collect-merge]').click();
  await page.locator('.standing-lines').waitFor();
  await end();
  const list = desk.run('checklist', '@office.planbook', '--quarter', QUARTER, '--department', OWN, '--json');
  assert.match(list, new RegExp(WRITTEN));
  assert.doesNotMatch(list, /督查室核实一/);
  assert.deepEqual(faults, []);
});

test('a quarter is closed, opened again only for a reason, and the chain tells both', async (t) => {
  const desk = await sent(t);
  const { page, go, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('[data-key=close]').click();
  assert.match(await page.locator('dialog[open]').innerText(), /没有报送/);
  await page.locator('dialog[open] .primary').click();
  await page.locator('.closing.closed').waitFor();
  await page.locator('[data-key=issue][disabled]').waitFor();
  await go('departments');
  await page.locator('textarea[data-key^=done-][disabled]').waitFor();
  await go('exchange');
  await page.locator('[data-key=close]', { hasText: '重新打开' }).click();
  assert.ok(await page.locator('dialog[open] .primary').isDisabled());
  await page.locator('#reopen-reason').fill('县商务局更正指标数');
  assert.ok(await page.locator('dialog[open] .primary').isDisabled(), 'nobody answers for it yet');
  await page.locator('#reopen-by').fill('周敏');
  await page.locator('#reopen-reason').press('Control+Enter');
  await page.locator('.closing:not(.closed)').waitFor();
  await page.locator('[data-key=part-closes]').click();
  assert.match(await page.locator('table.lines tbody').innerText(), /周敏\s+县商务局更正指标数/);
  assert.deepEqual(faults, []);
});

test('a department asks for a later date, the office approves it, and one undo takes that back', async (t) => {
  const desk = await sent(t);
  desk.run('create', `@${OWN}.planbook`, '--packet', `@out/${OWN}-${QUARTER}.planpack`);
  const own = await desk.open(`${OWN}.planbook`);
  await own.go('departments');
  const title = (await own.page.locator('.checklist-task[aria-selected=true] .checklist-title').innerText()).trim();
  await own.page.locator('[data-key=ask-change]').click();
  await own.page.locator('#asking-value').fill('2025-02-30');
  await own.page.locator('#asking-reason').fill('省级资金下达较晚');
  await own.page.locator('dialog[open] .primary').click();
  assert.match(await own.page.locator('dialog[open] .field-wrong').innerText(), /2025-06-30/);
  await own.accessible('asking');
  await own.page.locator('#asking-value').fill('2028年3月');
  await own.edited(() => own.page.keyboard.press('Enter'));
  await own.go('exchange');
  await own.page.locator('.own-requests .request', { hasText: '省级资金下达较晚' }).waitFor();
  await own.page.locator('[data-key=return]').click();
  await own.givePath(desk.path('answer.planpack'));
  await own.page.locator('.receipt').waitFor();
  await own.end();

  const { page, go, giveFiles, edited, accessible, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('[data-key=collect]').click();
  await giveFiles(() => page.locator('.menu button').first().click(), desk.path('answer.planpack'));
  assert.match(await page.locator('.returned-part.requests').innerText(), /省级资金下达较晚/);
  await page.locator('[data-key=collect-merge]').click();
  await page.locator('.rail [data-view=exchange] .waits', { hasText: '1' }).waitFor();
  await page.locator('[data-key=part-requests]').click();
  const request = page.locator('.request', { hasText: title });
  assert.match(await request.locator('ins').innerText(), /2028年3月/);
  await accessible('requests');
  // it stands beside the task too
  await go('ledger');
  await page.locator('.grid-row[data-id]', { hasText: title }).first().locator('[data-column=lamp]').dblclick();
  await page.locator('.detail-requests .request', { hasText: '省级资金下达较晚' }).waitFor();
  await accessible('a request beside its task');
  await page.keyboard.press('Escape');
  await go('exchange');
  await page.locator('[data-key=part-requests]').click();
  await edited(() => request.locator('.primary').click());
  await request.locator('.state-returned').waitFor();
  await page.waitForFunction(() => !document.querySelector('.rail .waits'));
  await edited(() => page.keyboard.press('Control+z'));
  await request.locator('.primary').waitFor();
  assert.deepEqual(faults, []);
});

test('a packet that the second shell is started with leads to its workbook, a second quarter updates it', async (t) => {
  const desk = await sent(t);
  const first = await desk.open(`out/${OWN}-${QUARTER}.planpack`);
  await first.page.locator('.packet-ask .primary').click();
  await first.page.locator('.own-steps').waitFor();
  assert.equal(await first.page.evaluate(() => location.hash), '');
  await first.end();
  desk.run('issue', '@office.planbook', '--quarter', '2025Q4', '--out', '@next');
  // the clerk's workbook is known, wherever the new file lies
  const { page, faults } = await desk.open(`next/${OWN}-2025Q4.planpack`);
  assert.match(await page.locator('.packet-ask').innerText(), /更新/);
  assert.match(await page.locator('.packet-path').innerText(), new RegExp(`out/${OWN}\\.planbook$`));
  await page.locator('.packet-ask .primary').click();
  await page.locator('.viewbar', { hasText: '2025年四季度报送' }).waitFor();
  assert.deepEqual(faults, []);
});

test('a return that is dropped on the office’s window goes to the preview', async (t) => {
  const desk = await sent(t);
  answered(desk, OWN, WRITTEN);
  const bytes = [...readFileSync(desk.path(`back/${OWN}.planpack`))];
  const { page, go, faults } = await desk.open('office.planbook');
  await go('overview');
  await page.evaluate(([data, name]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(/** @type {number[]} */ (data))], String(name)));
    document.querySelector('main.view')?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, /** @type {const} */ ([bytes, `${OWN}.planpack`]));
  await page.locator('.collect-file', { hasText: OWN }).waitFor();
  await page.locator('[data-key=collect-leave]').click();
  await page.locator('.standing-lines').waitFor();
  assert.deepEqual(faults, []);
});

/** Picks files to collect in the office's window. @param {any} window @param {string[]} files */
async function collect({ page, giveFiles }, files) {
  await page.locator('[data-key=collect]').click();
  await giveFiles(() => page.locator('.menu button').first().click(), files);
  await page.locator('.collect').waitFor();
}

test('a return for a closed quarter is offered as late and marked so where it is recorded', async (t) => {
  const desk = await sent(t);
  answered(desk, OWN, WRITTEN);
  desk.run('close', '@office.planbook', '--quarter', QUARTER);
  const window = await desk.open('office.planbook');
  const { page, go, notice, accessible, end, faults } = window;
  await go('exchange');
  await collect(window, [desk.path(`back/${OWN}.planpack`)]);
  await page.locator('.collect-state.late').waitFor();
  assert.ok(await page.locator('[data-key=collect-merge]').isDisabled());
  await page.locator('[data-key=collect-late]', { hasText: '作为补报收取' }).click();
  await page.locator('.collect-state.into', { hasText: '补报' }).waitFor();
  assert.match(await page.locator('.collect-late').innerText(), /2025年四季度/);
  assert.match(await page.locator('.returned-changes').innerText(), /（补报2025年三季度）/);
  await accessible('a late return');
  await page.locator('[data-key=collect-merge]').click();
  await notice(/已合并1份报送/);
  const line = page.locator('.standing-lines tr', { hasText: OWN });
  await line.locator('td', { hasText: '补报，记入2025年四季度' }).waitFor();
  await end();
  // the closed quarter is as it was; the next one has the text
  const written = (/** @type {string} */ quarter) => desk.run('report', '@office.planbook', '--kind', 'department', '--department', OWN, '--quarter', quarter, '-o', `@${quarter}.pdf`) && execFileSync('pdftotext', [desk.path(`${quarter}.pdf`), '-'], { encoding: 'utf8' }).replace(/\s/g, '');
  assert.ok(written('2025Q4').includes(`补报2025年三季度）${WRITTEN}`));
  assert.ok(!written(QUARTER).includes(WRITTEN));
  assert.deepEqual(faults, []);
});

test('any two quarters stand side by side, and the lists narrow to what became worse', async (t) => {
  const desk = await sent(t);
  const { page, go, accessible, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('[data-key=part-compare]').click();
  await page.locator('.compare-sums').waitFor();
  assert.equal(await page.locator('[data-key=compare-from]').inputValue(), '2025Q2');
  assert.equal(await page.locator('[data-key=compare-to]').inputValue(), '2025Q3');
  await accessible('two quarters');
  const all = Number(await page.locator('[data-key=compare-] b').innerText());
  assert.equal(await page.locator('.compare-rows tr.first').count(), all);
  const worse = page.locator('[data-key=compare-worse]');
  const number = Number(await worse.locator('b').innerText());
  await worse.click();
  await page.waitForFunction((count) => document.querySelectorAll('.compare-rows tr.first').length === count, number);
  assert.ok(number > 0 && number < all, `${number} of ${all}`);
  // each of them shows a lamp that went from better to worse
  for (const lamps of await page.locator('.compare-rows tr', { has: page.locator('.lamp') }).allInnerTexts()) assert.match(lamps, /绿\s+(黄|红)|黄\s+红/);
  // choosing the other side's quarter changes the two round
  await page.locator('[data-key=compare-from]').selectOption('2025Q3');
  await page.waitForFunction(() => /** @type {HTMLSelectElement} */ (document.querySelector('[data-key=compare-to]')).value === '2025Q2');
  await page.locator('[data-key=compare-better]', { hasText: String(number) }).waitFor();
  await page.locator('[data-key=compare-from]').selectOption('2025Q1');
  await page.locator('.compare-sums thead', { hasText: '2025Q1' }).waitFor();
  assert.deepEqual(faults, []);
});

test('a closed quarter goes up to the city as one file and is merged beside the city’s own', async (t) => {
  const desk = await sent(t);
  desk.run('close', '@office.planbook', '--quarter', QUARTER);
  const county = await desk.open('office.planbook');
  await county.go('exchange');
  await county.page.locator('[data-key=hand-up]').click();
  await county.givePath(desk.path('云溪上报.planpack'));
  const number = await county.page.locator('dialog[open] .check-number').innerText();
  assert.match(number, /^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/);
  assert.match(await county.page.locator('dialog[open]').innerText(), /不得处理涉密信息/);
  await county.accessible('handed up');
  await county.end();

  desk.run('create', '@city.planbook', '--seed', 'lishui-2024');
  const city = await desk.open('city.planbook');
  const { page, go, notice, faults } = city;
  await go('exchange');
  await page.locator('.standing-lines tbody tr').first().waitFor();
  const own = await page.locator('.standing-lines tbody tr').count();
  await collect(city, [desk.path('云溪上报.planpack')]);
  assert.match(await page.locator('.returned-head').innerText(), new RegExp(`云溪县[\\s\\S]*${number}`));
  await page.locator('[data-key=collect-merge]').click();
  await notice(/已合并1份报送/);
  // the county's departments are not the city's to send to
  await page.locator('.standing-lines tbody tr').first().waitFor();
  assert.equal(await page.locator('.standing-lines tbody tr').count(), own);
  await page.locator('[data-key=part-counties]').click();
  assert.match(await page.locator('table.lines tbody').innerText(), new RegExp(`云溪县\\s+已合并[\\s\\S]*${number}`));
  await go('ledger');
  await page.locator('.grid-row', { hasText: '云溪县·' }).first().waitFor();
  await page.keyboard.press('Control+z');
  await go('exchange');
  await page.locator('[data-key=part-counties]').waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
});

test('a lost key is replaced in one step, and what is signed with the old one is refused by name', async (t) => {
  const desk = await sent(t);
  answered(desk, OWN, WRITTEN);
  const window = await desk.open('office.planbook');
  const { page, go, givePath, faults } = window;
  await go('exchange');
  const line = page.locator('.standing-lines tr', { hasText: OWN });
  await line.locator('[data-key^=more-]').click();
  await page.locator('.menu button', { hasText: '更换密钥' }).click();
  assert.match(await page.locator('dialog[open]').innerText(), /旧密钥/);
  await page.locator('dialog[open] .primary').click();
  await givePath(desk.path('new'));
  await page.locator('.exchange-made').waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(readdirSync(desk.path('new')), [`${OWN}-${QUARTER}.planpack`]);
  await collect(window, [desk.path(`back/${OWN}.planpack`)]);
  assert.match(await page.locator('.returned-why.refused').innerText(), new RegExp(`${OWN}已作废的密钥`));
  await page.locator('[data-key=collect-leave]').click();
  // the department takes the new file, keeps what it wrote, and its return is merged
  desk.run('create', `@${OWN}.planbook`, '--packet', `@new/${OWN}-${QUARTER}.planpack`);
  desk.run('return', `@${OWN}.planbook`, '--quarter', QUARTER, '-o', '@again.planpack');
  await collect(window, [desk.path('again.planpack')]);
  assert.match(await page.locator('.returned-changes').innerText(), new RegExp(WRITTEN));
  await page.locator('[data-key=collect-merge]:not([disabled])').waitFor();
  assert.deepEqual(faults, []);
});

test('every field of the preview says what becomes of it, and only conflicts ask', async (t) => {
  const desk = await sent(t);
  answered(desk, OWN, WRITTEN);
  const window = await desk.open('office.planbook');
  const { page, go, faults } = window;
  await go('exchange');
  await collect(window, [desk.path(`back/${OWN}.planpack`)]);
  const row = page.locator('.returned-changes tr', { hasText: WRITTEN });
  assert.equal(await row.locator('.change-mark').innerText(), await row.locator('del').count() ? '修改' : '新填');
  assert.equal(await page.locator('.returned-changes tbody tr').count(), await page.locator('.change-mark').count());
  assert.ok(await page.locator('.returned-part.unfilled li').count() > 0, 'what is missing is told');
  const asked = await page.locator('.conflict').count();
  assert.equal(await page.locator('.conflict', { hasText: '清空' }).count(), asked, 'nothing is asked but whether what was emptied goes');
  assert.deepEqual(faults, []);
});

test('a request is refused with a reason that stands beside the original', async (t) => {
  const desk = await sent(t);
  desk.run('create', `@${OWN}.planbook`, '--packet', `@out/${OWN}-${QUARTER}.planpack`);
  const list = JSON.parse(desk.run('checklist', `@${OWN}.planbook`, '--quarter', QUARTER, '--json'));
  const [task] = list.departments.find((/** @type {any} */ one) => one.name === OWN).tasks;
  writeFileSync(desk.path('edits.jsonl'), JSON.stringify({ edit: 'ask_change', about: 'task', row: task.id, asked: '2028-03', reason: '省级资金下达较晚', quarter: QUARTER }));
  desk.run('apply', `@${OWN}.planbook`, '@edits.jsonl');
  desk.run('return', `@${OWN}.planbook`, '--quarter', QUARTER, '-o', '@answer.planpack');
  desk.run('collect', '@office.planbook', '@answer.planpack');
  const { page, go, edited, end, faults } = await desk.open('office.planbook');
  await go('exchange');
  await page.locator('[data-key=part-requests]').click();
  const request = page.locator('.request', { hasText: task.title });
  const original = await request.locator('del').innerText();
  await request.locator('[data-key^=refuse-]').click();
  await page.locator('dialog[open] input.field').fill('关键节点，不宜推迟');
  await edited(() => page.keyboard.press('Enter'));
  await request.locator('.state-refused').waitFor();
  assert.equal(await request.locator('del').innerText(), original);
  assert.match(await request.innerText(), /2028年3月[\s\S]*关键节点，不宜推迟/);
  await end();
  const after = JSON.parse(desk.run('checklist', '@office.planbook', '--quarter', QUARTER, '--json'));
  assert.ok(!JSON.stringify(after).includes('2028-03'), 'the date stays');
  assert.deepEqual(faults, []);
});
