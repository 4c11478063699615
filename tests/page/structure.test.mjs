// What the page makes of rows that are added, pasted and grouped by hand.
import test from 'node:test';
import assert from 'node:assert/strict';
import { fieldOfHead, guessFields, looksLikeHeads, nextNumber } from '../../ui/lib/structure.js';
import { byIndicator } from '../../ui/lib/detail/measures.js';
import { linesOf } from '../../ui/views/ledger/rows.js';
import { CLEARABLE, EDITABLE, editsFor } from '../../ui/views/ledger/edits.js';
import { rowsFor } from '../../ui/views/overview.js';

const row = (/** @type {string} */ id, more = {}) => /** @type {any} */ ({
  id, plan: 'p', section: 's', number: id, title: `任务${id}`, departments: [{ id: 'd', name: '县水利局', role: 'lead' }], due: null, due_by_default: true, status: '未启动',
  progress: '', problems: '', next: '', lamp: '○', judgement: '未到期', remark: '', origin: '', leaders: '', initials: '', ...more,
});
const known = { quarter: '2025Q3', today: '2025-09-20', department: (/** @type {string} */ name) => name, statuses: ['未启动', '推进中'] };
const given = { plans: [{ id: 'p', title: '规划' }], grouping: /** @type {const} */ ('outline'), sort: null, folded: new Set(), name: (/** @type {string} */ _, /** @type {string} */ value) => value };

test('a new task is numbered after the greatest number, and a plan that is not numbered proposes none', () => {
  assert.equal(nextNumber([row('3'), row('12'), row('7')], 'p'), '13');
  assert.equal(nextNumber([row('3', { plan: 'q' })], 'p'), '1');
  assert.equal(nextNumber([row('一'), row('')], 'p'), '');
  assert.equal(nextNumber([row('一'), row('4')], 'p'), '5');
});

test('every heading ends with the place for a task, also one that holds none, and nothing else has it', () => {
  const sections = /** @type {any[]} */ ([{ id: 's', plan: 'p', parent: null, heading: '一、甲', level: 1 }, { id: 't', plan: 'p', parent: null, heading: '二、乙', level: 1 }]);
  const lines = linesOf({ ...given, rows: [row('1'), row('2')], sections, adds: true });
  assert.deepEqual(lines.map((line) => (line.kind === 'add' ? `add ${line.section} after ${line.after}` : line.id)), ['s', '1', '2', 'add s after 2', 't', 'add t after null']);
  assert.deepEqual(linesOf({ ...given, rows: [row('1')], sections }).map((line) => line.id), ['s', '1']);
  const bare = linesOf({ ...given, rows: [], sections: [], adds: true });
  assert.deepEqual(bare.map((line) => line.kind), ['add'], 'an empty plan is filled from nothing');
});

test('heads of a pasted block are known by their words, and columns without heads by what stands in them', () => {
  assert.ok(looksLikeHeads(['序号', '重点任务', '牵头单位', '完成时限']));
  assert.ok(!looksLikeHeads(['1', '建设城东蓄水池三座，完成供水管网改造', '县水利局', '2026年6月']));
  assert.deepEqual(['序 号', '目标任务', '主办单位', '协办单位', '责任部门', '办结时限（截止）', '计量单位', '2026年目标', '备注', '附件'].map(fieldOfHead),
    ['序号', '目标任务', '牵头单位', '配合单位', '责任单位', '完成时限', '计量单位', '目标值', '备注', null]);
  assert.deepEqual(guessFields([['1', '建设城东蓄水池', '县水利局', '县财政局、城东街道', '2026年6月'], ['2', '修渠', '县农业农村局', '', '2025-12']]),
    ['序号', '目标任务', '牵头单位', '配合单位', '完成时限']);
  assert.deepEqual(guessFields([['建设城东蓄水池'], ['修渠']]), ['目标任务']);
});

test('each indicator stands once with its yearly targets and the one for now', () => {
  const target = (/** @type {string} */ id, /** @type {string} */ of, current = false) => /** @type {any} */ ({ id, indicator_id: of, current });
  const groups = byIndicator([target('a', 'x'), target('b', 'x', true), target('c', 'y')]);
  assert.deepEqual(groups.map(({ all, now }) => [all.map((one) => one.id), now.id]), [[['a', 'b'], 'b'], [['c'], 'c']]);
});

test('numbers, remarks, problems and next steps are typed into their cells, and what can be empty is cleared', () => {
  assert.deepEqual(editsFor(row('1'), 'number', '38', known), [{ edit: 'set_task', task: '1', number: '38' }]);
  assert.deepEqual(editsFor(row('1'), 'remark', '抓紧', known), [{ edit: 'set_task', task: '1', remark: '抓紧' }]);
  assert.deepEqual(editsFor(row('1'), 'number', '1', known), []);
  assert.deepEqual(editsFor(row('1'), 'next', '开工', known), [{ edit: 'set_progress', task: '1', department: 'd', quarter: '2025Q3', status: null, done: null, problems: null, next: '开工' }]);
  for (const column of CLEARABLE) {
    assert.ok(EDITABLE.has(column), column);
    const filled = row('1', { [column]: '有', due: '2025', due_by_default: false });
    assert.ok(Array.isArray(editsFor(filled, column, '', known)), column);
  }
  assert.equal(editsFor(row('1'), 'title', ' ', known), 'ledger.wrong.title');
});

test('the overview shows as many rows as its window has room for', () => {
  assert.ok(rowsFor(614).lagging < rowsFor(768).lagging && rowsFor(768).lagging < rowsFor(1080).lagging);
});
