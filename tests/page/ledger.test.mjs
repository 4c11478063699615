// The ledger's rows and what typed and pasted texts mean, without a page.
import test from 'node:test';
import assert from 'node:assert/strict';
import { filterRows, linesAfter, linesOf, sortRows, valueCounts } from '../../ui/views/ledger/rows.js';
import { cellText, editsFor, readTable, writeTable } from '../../ui/views/ledger/edits.js';

const department = (name, role = 'lead', more = {}) => ({ id: `d-${name}`, name, role, by_default: false, ...more });
const row = (id, more = {}) => ({
  id, plan: 'p1', section: 's2', number: id.slice(1), title: `任务${id}`, kind: 'task', departments: [department('县科技局')], due: '2027', due_by_default: true, status: '推进中',
  progress: '', problems: '', next: '', items_done: 0, items: 0, completion: null, gap: null, judgement: '达序时', lamp: '绿', why: '', evidence: 0, closed_on: null, initials: '', ...more,
});
const initials = (name) => ({ 县科技局: 'xkjj', 县财政局: 'xczj' })[name] ?? '';
const ids = (rows) => rows.map((one) => one.id);

test('rows are found by words in any text and by pinyin initials', () => {
  const rows = [row('t1', { title: '建设研发机构', initials: 'jsyfjg' }), row('t2', { departments: [department('县财政局')], progress: '资金已拨付' })];
  assert.deepEqual(ids(filterRows(rows, [], 'yfjg', initials)), ['t1']);
  assert.deepEqual(ids(filterRows(rows, [], 'KJJ', initials)), ['t1']);
  assert.deepEqual(ids(filterRows(rows, [], '拨付', initials)), ['t2']);
  assert.deepEqual(ids(filterRows(rows, [], '研发 财政', initials)), []);
  assert.deepEqual(ids(filterRows(rows, [], '  ', initials)), ['t1', 't2']);
});

test('a filter takes any of its values, several filters all apply', () => {
  const rows = [row('t1', { lamp: '红' }), row('t2', { lamp: '黄' }), row('t3', { lamp: '红', departments: [] })];
  assert.deepEqual(ids(filterRows(rows, [{ field: 'lamp', values: ['红', '黄'] }, { field: 'lead', values: ['县科技局'] }], '', initials)), ['t1', 't2']);
  assert.deepEqual(ids(filterRows(rows, [{ field: 'lead', values: [''] }], '', initials)), ['t3']);
  assert.deepEqual(valueCounts(rows, 'lamp'), [['红', 2], ['黄', 1]]);
});

test('numbers sort as numbers, a year behind its months, rows without a value last or first as they are', () => {
  const rows = [row('t10'), row('t2'), row('t1')];
  assert.deepEqual(ids(sortRows(rows, { column: 'number', down: false })), ['t1', 't2', 't10']);
  const dues = [row('t1', { due: '2025' }), row('t2', { due: '2025-06' }), row('t3', { due: '2025-06-15' }), row('t4', { due: null })];
  assert.deepEqual(ids(sortRows(dues, { column: 'due', down: false })), ['t3', 't2', 't1', 't4']);
});

const sections = [
  { id: 's1', plan: 'p1', parent: null, level: 1, heading: '一、重点任务' },
  { id: 's2', plan: 'p1', parent: 's1', level: 2, heading: '（一）平台' },
  { id: 's3', plan: 'p1', parent: 's1', level: 2, heading: '（二）人才' },
];
const plans = [{ id: 'p1', title: '甲规划' }, { id: 'p2', title: '乙规划' }];
const outline = (more) => linesOf({ rows: [], sections, plans, grouping: 'outline', sort: null, folded: new Set(), name: (_, value) => value, ...more });

test('the outline shows only headings that have rows, and counts what is below', () => {
  const lines = outline({ rows: [row('t1'), row('t2', { lamp: '红' })] });
  assert.deepEqual(ids(lines), ['s1', 's2', 't1', 't2']);
  assert.deepEqual([lines[0].count, lines[0].lamps], [2, { 绿: 1, 红: 1 }]);
});

test('a folded heading hides all that is below it', () => {
  assert.deepEqual(ids(outline({ rows: [row('t1'), row('t2', { section: 's3' })], folded: new Set(['s2']) })), ['s1', 's2', 's3', 't2']);
  assert.deepEqual(ids(outline({ rows: [row('t1')], folded: new Set(['s1']) })), ['s1']);
});

test('several plans each get their heading, and a row whose section is gone still shows', () => {
  const lines = outline({ rows: [row('t1', { section: 'gone' }), row('t2', { plan: 'p2', section: null })] });
  assert.deepEqual(ids(lines), ['plan:p1', 't1', 'plan:p2', 't2']);
});

test('grouped by lead, a task with two leads stands under both', () => {
  const lines = outline({ grouping: 'lead', rows: [row('t1', { departments: [department('甲局'), department('乙局')] }), row('t2', { departments: [department('乙局')] })] });
  assert.deepEqual(ids(lines), ['lead:乙局', 't1', 't2', 'lead:甲局', 't1']);
});

const known = { quarter: '2025Q2', today: '2025-06-20', department: (name) => (name === '县财政局' ? 'd-县财政局' : name), statuses: ['未启动', '推进中', '已完成(待核)', '已销号'] };

test('dates are read as people type them, and what is no date is refused', () => {
  const due = (text) => editsFor(row('t1'), 'due', text, known);
  assert.deepEqual(due('2025年6月'), [{ edit: 'set_task_due', task: 't1', due: '2025-06' }]);
  assert.deepEqual(due('6.30'), [{ edit: 'set_task_due', task: 't1', due: '2025-06-30' }]);
  assert.equal(due('2025-02-30'), 'ledger.wrong.due');
  assert.equal(due('下周'), 'ledger.wrong.due');
  assert.deepEqual(due(''), []);
  assert.deepEqual(editsFor(row('t1', { due: '2025-06', due_by_default: false }), 'due', '', known), [{ edit: 'set_task_due', task: 't1', due: null }]);
});

test('a pasted list of departments takes away those that are not in it and adds the new ones', () => {
  assert.deepEqual(editsFor(row('t1'), 'lead', '县财政局、新单位', known), [
    { edit: 'assign', task: 't1', department: 'd-县科技局', role: null },
    { edit: 'assign', task: 't1', department: 'd-县财政局', role: 'lead' },
    { edit: 'assign', task: 't1', department: '新单位', role: 'lead' },
  ]);
  assert.deepEqual(editsFor(row('t1'), 'lead', '县科技局', known), []);
});

test('a status is known by its words, with full-width brackets or without them', () => {
  const status = (text) => editsFor(row('t1'), 'status', text, known);
  assert.equal(status('已完成（待核）')[0].status, '已完成(待核)');
  assert.equal(status('已完成')[0].status, '已完成(待核)');
  assert.deepEqual(status('推进中'), []);
  assert.equal(status('快了'), 'ledger.wrong.status');
});

test('what the program computes cannot be typed, nor progress where nobody is responsible', () => {
  assert.equal(editsFor(row('t1'), 'lamp', '绿', known), 'ledger.wrong.column');
  assert.equal(editsFor(row('t1', { departments: [] }), 'progress', '完成', known), 'ledger.wrong.unassigned');
  assert.equal(editsFor(row('t1'), 'progress', '长'.repeat(10001), known), 'ledger.wrong.long');
  assert.equal(editsFor(row('t1'), 'title', ' \n ', known), 'ledger.wrong.title');
});

test('a table survives the way to Excel and back, with tabs, lines and quotes in its cells', () => {
  const table = [['甲', '两\n行', '说"好"'], ['', 'b\tc', '']];
  assert.deepEqual(readTable(`${writeTable(table)}\n`), table);
  assert.deepEqual(readTable('a\tb\r\nc\td\r\n'), [['a', 'b'], ['c', 'd']]);
  assert.deepEqual(readTable('单格'), [['单格']]);
});

test('a copied cell is plain text', () => {
  assert.equal(cellText(row('t1', { completion: 0.123 }), 'completion'), '12.3%');
  assert.equal(cellText(row('t1', { departments: [department('甲'), department('乙')] }), 'lead'), '甲、乙');
});

test('100,000 rows are filtered and laid out within a typing pause', () => {
  const rows = Array.from({ length: 100000 }, (_, place) => row(`t${place}`, { title: `推进重点工作第${place}项`, initials: 'tjzdgz', section: place % 2 ? 's2' : 's3' }));
  filterRows(rows, [], '第', initials);
  const start = performance.now();
  const found = filterRows(rows, [{ field: 'lamp', values: ['绿'] }], '第9', initials);
  outline({ rows: found });
  assert.ok(performance.now() - start < 500, `${performance.now() - start} ms`);
  assert.equal(found.length, 11111);
});

test('a row that changes where it stands is changed there, with its headings\' lamps; one that moves is not', () => {
  const rows = [row('t1'), row('t2', { section: 's3' })];
  const given = { sections, filters: [], words: '', grouping: 'outline', sort: null, initialsOf: initials };
  const after = row('t2', { section: 's3', lamp: '红', title: '改过' });
  const changes = [{ before: rows[1], after }];
  assert.deepEqual(linesAfter(outline({ rows }), changes, given), outline({ rows: [rows[0], after] }));
  assert.equal(linesAfter(outline({ rows }), changes, { ...given, filters: [{ field: 'lamp', values: ['绿'] }] }), null);
  assert.equal(linesAfter(outline({ rows }), changes, { ...given, sort: { column: 'title', down: false } }), null);
  assert.equal(linesAfter(outline({ rows }), changes, { ...given, grouping: 'lamp' }), null);
  const lead = { rows, sections, plans, grouping: 'lead', sort: null, folded: new Set(), name: (_, value) => value };
  assert.deepEqual(linesAfter(linesOf(lead), changes, { ...given, grouping: 'lead' }), linesOf({ ...lead, rows: [rows[0], after] }));
});
