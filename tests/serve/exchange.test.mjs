// A quarter across desks: files out, a department's own workbook, its return, the preview, one merge and its undo, the close.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
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
  assert.equal(await page.locator('.exchange-state.state-sent').count(), lines);
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
  await page.locator('.own-open li button').first().click();
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
  await line.locator('.state-sent').waitFor();
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
  await page.keyboard.press('Control+Enter');
  await page.locator('.closing:not(.closed)').waitFor();
  await page.locator('[data-key=part-closes]').click();
  assert.match(await page.locator('table.lines tbody').innerText(), /县商务局更正指标数/);
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
