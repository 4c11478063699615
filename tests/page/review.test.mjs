// A draft under review, without a page: order, merging, splitting, taking back, and what marked text means.
import test from 'node:test';
import assert from 'node:assert/strict';
import { afterStep, changeStep, cutOf, freshId, inverse, mergeStep, nextOpen, progressOf, reviewStep, rowsOf, splitStep, withBelow } from '../../ui/views/review/rows.js';
import { allSteps, stepsOf } from '../../ui/views/review/steps.js';
import { dueIn, rowAt, targetIn, taskAt } from '../../ui/views/review/marking.js';

const text = '一、重点任务。1.建设平台。年内建成云溪平台，引进团队5个。2.培育企业。新增企业30家以上。';
const task = (id, at, more = {}) => ({ id, path: ['一、重点任务', id], title: id, kind: 'task', lead: [], departments: ['县科技局'], quote: text.slice(...at), at, ...more });
const target = (id, of, at) => ({ id, task: of, indicator: id, op: '>=', value: 5, unit: '个', due: '2027', cadence: 'level', quote: text.slice(...at), at });
const item = (id, of, at, words) => ({ id, task: of, text: words ?? text.slice(...at), departments: [], due: null, quote: text.slice(...at), at });
const draft = (more = {}) => ({
  source: '甲.txt', plan: { title: '甲', doc_number: null, issuer: null, issued_on: null, period: { from: 2025, to: 2027 }, stage: 'issued' }, departments: ['县科技局'],
  tasks: [task('T2', [29, 45]), task('T1', [7, 29])], targets: [target('G2', 'T1', [23, 28]), target('G1', null, [0, 6])], milestones: [],
  checklist_items: [item('C1', 'T1', [14, 22])], findings: [], ...more,
});
const ids = (rows) => rows.map((row) => row.id);

test('rows stand as in the document: the plan’s own goals, then each task with what belongs to it', () => {
  assert.deepEqual(ids(rowsOf(draft())), ['G1', 'T1', 'G2', 'C1', 'T2']);
});

test('a row whose task is gone stands with the plan’s own goals and is not lost', () => {
  assert.deepEqual(ids(rowsOf(draft({ tasks: [task('T2', [29, 45])] }))), ['G1', 'G2', 'C1', 'T2']);
});

test('accepting goes on to the next row not looked at, and from the end to what was passed over', () => {
  let now = draft();
  now = afterStep(now, reviewStep([rowsOf(now)[1]], 'accepted'));
  assert.deepEqual(progressOf(rowsOf(now)), { reviewed: 1, rows: 5, kept: 5 });
  assert.equal(nextOpen(rowsOf(now), 0), 2);
  assert.equal(nextOpen(rowsOf(now), 4), 0);
  assert.equal(nextOpen(rowsOf(afterStep(now, reviewStep(rowsOf(now), 'dropped'))), 0), -1);
});

test('a dropped task takes what belongs to it along', () => {
  const rows = rowsOf(draft());
  assert.deepEqual(ids(withBelow(rows, rows[1])), ['T1', 'G2', 'C1']);
});

test('a merged task leaves its rows, departments and text to the one above', () => {
  const now = draft({ tasks: [task('T1', [7, 29]), task('T2', [29, 45], { departments: ['县科技局', '县财政局'] })], targets: [target('G1', 'T2', [36, 44])] });
  const rows = rowsOf(now);
  const made = mergeStep(rows, rows.find((row) => row.id === 'T2'), text);
  const after = afterStep(now, made.step);
  assert.equal(made.into, 'T1');
  assert.deepEqual(ids(rowsOf(after)), ['T1', 'G1', 'C1']);
  assert.deepEqual(after.tasks[0].departments, ['县科技局', '县财政局']);
  assert.deepEqual(after.tasks[0].at, [7, 45]);
  assert.equal(after.tasks[0].quote, text.slice(7, 45));
});

test('a row merges only into one of its kind and task', () => {
  const rows = rowsOf(draft());
  assert.equal(mergeStep(rows, rows.find((row) => row.id === 'C1'), text), null);
  assert.equal(mergeStep(rows, rows.find((row) => row.id === 'T1'), text), null);
});

test('an item splits behind the mark nearest its middle', () => {
  const now = draft({ checklist_items: [item('C1', 'T1', [14, 29], '建成平台，引进团队；签订协议')] });
  const rows = rowsOf(now);
  const made = splitStep(now, rows, rows.find((row) => row.id === 'C1'));
  assert.equal(made.fresh, 'C2');
  assert.deepEqual(afterStep(now, made.step).checklist_items.map((one) => one.text), ['建成平台，引进团队', '签订协议']);
  assert.equal(cutOf('无可拆分'), -1);
});

test('a split task gives the rows behind the cut to the new one', () => {
  const now = draft();
  const made = splitStep(now, rowsOf(now), rowsOf(now)[1]);
  const after = afterStep(now, made.step);
  const [first, second] = [after.tasks.find((one) => one.id === 'T1'), after.tasks.find((one) => one.id === made.fresh)];
  assert.equal(first.at[1], second.at[0]);
  assert.equal(first.quote + second.quote, text.slice(7, 29));
  assert.ok(after.targets.some((one) => one.id === 'G2' && one.task === made.fresh));
});

test('every step is taken back whole, also one that merged or added rows', () => {
  const now = draft();
  const rows = rowsOf(now);
  const steps = [reviewStep(rows, 'accepted'), mergeStep(rows, rows.find((row) => row.id === 'T2'), text).step, splitStep(now, rows, rows[1]).step, changeStep([{ kind: 'item', id: 'C9', data: { ...now.checklist_items[0], id: 'C9' } }])];
  for (const step of steps) {
    const after = afterStep(now, step);
    const back = afterStep(after, inverse(now, after));
    for (const list of ['tasks', 'targets', 'milestones', 'checklist_items']) {
      assert.deepEqual([...back[list]].sort((a, b) => a.id.localeCompare(b.id)), [...now[list]].sort((a, b) => a.id.localeCompare(b.id)));
    }
  }
});

test('a new row has an id of its own', () => {
  assert.equal(freshId(draft(), 'task'), 'T3');
  assert.equal(freshId(draft(), 'milestone'), 'M1');
});

test('marked text becomes a target with indicator, number, unit, demand and due', () => {
  const read = (marked) => { const { indicator, op, value, unit, due, cadence } = targetIn(marked, 2027); return [indicator, op, value, unit, due, cadence]; };
  assert.deepEqual(read('规上企业研发机构达到30家以上'), ['规上企业研发机构', '>=', 30, '家', '2027', 'level']);
  assert.deepEqual(read('到2026年底，培育领军人才15名左右'), ['培育领军人才', '~', 15, '名', '2026', 'level']);
  assert.deepEqual(read('每年引育各类人才2.5万人次'), ['每年引育各类人才', '>=', 2.5, '万人次', '2027', 'annual']);
  assert.deepEqual(read('单位能耗控制在０.５以下'), ['单位能耗', '<=', 0.5, '', '2027', 'level']);
  assert.deepEqual(read('新增30家企业'), ['企业', '>=', 30, '家', '2027', 'level']);
  assert.deepEqual(read('加强领导')[2], 0);
});

test('a due date is read from marked text in the forms that plans use', () => {
  assert.equal(dueIn('2025年6月底前建成', 2027), '2025-06');
  assert.equal(dueIn('2025年6月30日前', 2027), '2025-06-30');
  assert.equal(dueIn('2025年第三季度完成', 2027), '2025-09');
  assert.equal(dueIn('2026年底前完成', 2027), '2026');
  assert.equal(dueIn('按期完成', 2027), '2027');
  assert.equal(dueIn('按期完成', null), null);
});

test('a place in the source finds the shortest row around it and the task it stands in', () => {
  assert.equal(rowAt(rowsOf(draft()), 24).id, 'G2');
  assert.equal(rowAt(rowsOf(draft()), 8).id, 'T1');
  assert.equal(rowAt(rowsOf(draft()), 6), null);
  assert.equal(taskAt(draft(), 30).id, 'T2');
  assert.equal(taskAt(draft(), 2), null);
});

test('a target years ahead is proposed year by year, evenly from its base value', () => {
  const from = (more) => stepsOf(draft({ targets: [{ ...target('G1', 'T1', [23, 28]), ...more }] }), { ...target('G1', 'T1', [23, 28]), ...more }).map((step) => [step.due, step.value]);
  // what counts up begins at nothing, a level at its base, and one without a base stays as it is
  assert.deepEqual(from({ indicator: '引进团队', value: 30 }), [['2025', 10], ['2026', 20]]);
  assert.deepEqual(from({ indicator: '研发强度', value: 2.6, unit: '%', baseline: { year: 2024, value: 2 } }), [['2025', 2.2], ['2026', 2.4]]);
  assert.deepEqual(from({ indicator: '覆盖率', value: 95, unit: '%' }), [['2025', 95], ['2026', 95]]);
  // yearly and falling figures, and what is due at once, have no steps
  assert.deepEqual(from({ cadence: 'annual' }), []);
  assert.deepEqual(from({ op: '<=' }), []);
  assert.deepEqual(from({ due: '2025' }), []);
  assert.deepEqual(from({ review: 'dropped' }), []);
});

test('a year that has its step keeps it, and each new row has an id of its own', () => {
  const one = { ...target('G1', 'T1', [23, 28]), indicator: '引进团队', value: 30 };
  const given = { ...one, id: 'G2', due: '2026', value: 25 };
  const other = { ...target('G3', 'T2', [23, 28]), indicator: '新增企业', value: 9 };
  const now = draft({ targets: [one, given, other] });
  assert.deepEqual(stepsOf(now, one).map((step) => step.due), ['2025']);
  assert.deepEqual(stepsOf(now, given), []);
  const all = allSteps(now);
  assert.deepEqual(all.map((step) => step.id), ['G4', 'G5', 'G6']);
  assert.deepEqual(allSteps({ ...now, targets: [...now.targets, ...all] }), []);
});
