// The rows of a draft under review: their order, what merging and splitting make of them, and how each step is taken back.
// Pure: no page, no program. A step is what `save_draft_rows` takes, without the id.

/** @typedef {import('../../wire').Draft} Draft */
/** @typedef {import('../../wire').DraftTask} DraftTask */
/** @typedef {import('../../wire').DraftTarget} DraftTarget */
/** @typedef {import('../../wire').DraftMilestone} DraftMilestone */
/** @typedef {import('../../wire').DraftItem} DraftItem */
/** @typedef {'task' | 'target' | 'milestone' | 'item'} Kind */
/** @typedef {DraftTask | DraftTarget | DraftMilestone | DraftItem} Data */
/** @typedef {{ kind: Kind, id: string, data: any }} Row */

/**
 * What a step changes.
 * @typedef {object} Step
 * @property {DraftTask[]} [tasks]
 * @property {string} [quarter] The quarter that a ledger's progress goes into; empty for none.
 * @property {DraftTarget[]} [targets]
 * @property {DraftMilestone[]} [milestones]
 * @property {DraftItem[]} [checklist_items]
 * @property {string[]} [removed]
 * @property {[string, string][]} [renamed]
 * @property {import('../../wire').DraftPlan} [plan]
 * @property {string[]} [still_valid]
 */

/** @type {Record<Kind, 'tasks' | 'targets' | 'milestones' | 'checklist_items'>} */
export const LISTS = { task: 'tasks', target: 'targets', milestone: 'milestones', item: 'checklist_items' };
const LETTERS = { task: 'T', target: 'G', milestone: 'M', item: 'C' };

/** @param {{ at?: [number, number] | null }} data */
const place = (data) => data.at?.[0] ?? Number.MAX_SAFE_INTEGER;

/**
 * All rows in the order they are reviewed: the plan's own goals, then each task with its targets, milestones and items.
 * @param {Draft} draft
 * @returns {Row[]}
 */
export function rowsOf(draft) {
  /** @type {Map<string | null, Row[]>} */
  const below = new Map();
  const known = new Set(draft.tasks.map((task) => task.id));
  for (const kind of /** @type {const} */ (['target', 'milestone', 'item'])) {
    for (const data of draft[LISTS[kind]]) {
      const task = /** @type {any} */ (data).task;
      const key = task && known.has(task) ? task : null;
      const list = below.get(key) ?? [];
      list.push({ kind, id: /** @type {string} */ (data.id), data });
      below.set(key, list);
    }
  }
  const order = (/** @type {Row[]} */ list) => list.map((row, at) => ({ row, at })).sort((a, b) => rank(a.row) - rank(b.row) || place(a.row.data) - place(b.row.data) || earlier(a.row, b.row) || a.at - b.at).map((one) => one.row);
  const rows = order(below.get(null) ?? []);
  const tasks = draft.tasks.map((data, at) => ({ data, at })).sort((a, b) => place(a.data) - place(b.data) || a.at - b.at);
  for (const { data } of tasks) rows.push({ kind: 'task', id: data.id, data }, ...order(below.get(data.id) ?? []));
  return rows;
}

/**
 * Steps of one indicator stand in the order of their years.
 * @param {Row} a
 * @param {Row} b
 */
const earlier = (a, b) => (a.kind === 'target' && a.data.indicator === b.data.indicator ? (a.data.due ?? '9999').localeCompare(b.data.due ?? '9999') : 0);

/** @param {Row} row */
const rank = (row) => ['target', 'milestone', 'item'].indexOf(row.kind);

/** @param {Row} row @returns {'open' | 'accepted' | 'dropped'} */
export function stateOf(row) {
  return row.data.review ?? 'open';
}

/** @param {Row[]} rows */
export function progressOf(rows) {
  const reviewed = rows.filter((row) => stateOf(row) !== 'open').length;
  return { reviewed, rows: rows.length, kept: rows.filter((row) => stateOf(row) !== 'dropped').length };
}

/**
 * The next row that was not looked at, after a place, else from the top; -1 where there is none.
 * @param {Row[]} rows
 * @param {number} after
 */
export function nextOpen(rows, after) {
  for (let step = 1; step <= rows.length; step += 1) {
    const at = (after + step) % rows.length;
    if (stateOf(rows[at]) === 'open') return at;
  }
  return -1;
}

/**
 * A step that gives rows a state.
 * @param {Row[]} rows
 * @param {'open' | 'accepted' | 'dropped'} review
 * @returns {Step}
 */
export function reviewStep(rows, review) {
  return changeStep(rows.map((row) => ({ ...row, data: { ...row.data, review } })));
}

/**
 * A step that puts rows in their changed form.
 * @param {Row[]} rows
 * @returns {Step}
 */
export function changeStep(rows) {
  /** @type {Step} */
  const step = {};
  for (const row of rows) /** @type {any[]} */ (step[LISTS[row.kind]] ??= []).push(row.data);
  return step;
}

/**
 * A task's rows: itself and what belongs to it.
 * @param {Row[]} rows
 * @param {Row} row
 */
export function withBelow(rows, row) {
  return row.kind === 'task' ? rows.filter((one) => one === row || one.data.task === row.id) : [row];
}

/** @param {string[]} a @param {string[]} b */
const both = (a, b) => [...a, ...b.filter((name) => !a.includes(name))];

/**
 * The smallest span that holds two.
 * @param {[number, number] | null | undefined} a
 * @param {[number, number] | null | undefined} b
 * @returns {[number, number] | null}
 */
function span(a, b) {
  if (!a || !b) return a ?? b ?? null;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/**
 * Merges a row into the one of its kind before it; what belongs to a merged task goes to the task that stays.
 * @param {Row[]} rows
 * @param {Row} row
 * @param {string} text The source.
 * @returns {{ step: Step, into: string } | null} Nothing where there is no row to merge into.
 */
export function mergeStep(rows, row, text) {
  const before = rows.slice(0, rows.indexOf(row)).reverse().find((one) => one.kind === row.kind && stateOf(one) !== 'dropped' && (row.kind === 'task' || one.data.task === row.data.task));
  if (!before) return null;
  const at = span(before.data.at, row.data.at);
  const data = { ...before.data, at, quote: at ? text.slice(at[0], at[1]) : before.data.quote };
  if (data.departments) data.departments = both(data.departments, row.data.departments);
  if (row.kind === 'task') data.lead = both(data.lead, row.data.lead);
  if (row.kind === 'item') data.text = `${data.text.replace(/[。；;]$/, '')}；${row.data.text}`;
  if (row.kind === 'milestone') data.what = `${data.what.replace(/[。；;]$/, '')}；${row.data.what}`;
  const moved = row.kind === 'task' ? rows.filter((one) => one !== row && one.data.task === row.id).map((one) => ({ ...one, data: { ...one.data, task: before.id } })) : [];
  return { step: { ...changeStep([{ ...before, data }, ...moved]), removed: [row.id] }, into: before.id };
}

/**
 * An id that no row has.
 * @param {Draft} draft
 * @param {Kind} kind
 */
export function freshId(draft, kind) {
  const letter = LETTERS[kind];
  const numbers = draft[LISTS[kind]].map((data) => Number(String(data.id).replace(/^\D+/, '')) || 0);
  return `${letter}${Math.max(0, ...numbers) + 1}`;
}

/**
 * Where a text is best cut in two: behind the mark nearest its middle; -1 where it has none.
 * @param {string} text
 */
export function cutOf(text) {
  const middle = text.length / 2;
  for (const marks of [/[。；;]/g, /[，,]/g, /、/g]) {
    const places = [...text.matchAll(marks)].map((found) => found.index + 1).filter((at) => at > 1 && at < text.length - 1);
    if (places.length) return places.reduce((best, at) => (Math.abs(at - middle) < Math.abs(best - middle) ? at : best));
  }
  return -1;
}

/**
 * Splits a row in two: texts at their middle mark, figures into one more of the same to be corrected.
 * @param {Draft} draft
 * @param {Row[]} rows
 * @param {Row} row
 * @returns {{ step: Step, fresh: string }}
 */
export function splitStep(draft, rows, row) {
  const fresh = freshId(draft, row.kind);
  const first = { ...row.data, review: 'open' };
  // of a new version, one of the two is the ledger's row
  const second = { ...row.data, id: fresh, review: 'open', same_as: null };
  /** @type {Row[]} */
  let moved = [];
  if (row.kind === 'item' || row.kind === 'milestone') {
    const field = row.kind === 'item' ? 'text' : 'what';
    const cut = cutOf(first[field]);
    if (cut > 0) {
      second[field] = first[field].slice(cut).trim();
      first[field] = first[field].slice(0, cut).replace(/[，,；;、。]$/, '').trim();
    }
  } else if (row.kind === 'task' && first.quote && first.at) {
    const cut = cutOf(first.quote);
    if (cut > 0) {
      const from = first.at[0] + cut;
      second.quote = first.quote.slice(cut);
      second.at = [from, first.at[1]];
      second.title = (second.quote.split(/[。；，,;]/)[0] ?? '').trim().slice(0, 40) || first.title;
      first.quote = first.quote.slice(0, cut);
      first.at = [first.at[0], from];
      moved = rows.filter((one) => one.data.task === row.id && one.data.at && one.data.at[0] >= from).map((one) => ({ ...one, data: { ...one.data, task: fresh } }));
    }
  }
  return { step: changeStep([{ ...row, data: first }, { ...row, id: fresh, data: second }, ...moved]), fresh };
}

/**
 * A draft after a step, as the program makes it: rows replaced by id, new ones added, merged ones taken out.
 * @param {Draft} draft
 * @param {Step} step
 * @returns {Draft}
 */
export function afterStep(draft, step) {
  const next = { ...draft, plan: step.plan ?? draft.plan, still_valid: step.still_valid ?? draft.still_valid };
  const removed = new Set(step.removed ?? []);
  for (const list of Object.values(LISTS)) {
    const changed = new Map((step[list] ?? []).map((data) => [data.id, data]));
    const kept = /** @type {any[]} */ (draft[list]).map((data) => changed.get(data.id) ?? data);
    const known = new Set(kept.map((data) => data.id));
    const added = [...changed.values()].filter((data) => !known.has(data.id));
    /** @type {any} */ (next)[list] = [...kept, ...added].filter((data) => !removed.has(data.id) && !(data.task && removed.has(data.task)));
  }
  return next;
}

/**
 * The step that takes another back.
 * @param {Draft} before The draft before the step.
 * @param {Draft} after The draft after it.
 * @returns {Step}
 */
export function inverse(before, after) {
  /** @type {Step} */
  const step = { removed: [] };
  if (before.plan !== after.plan) step.plan = before.plan;
  if (before.still_valid !== after.still_valid) step.still_valid = before.still_valid ?? [];
  for (const list of Object.values(LISTS)) {
    const now = new Map(/** @type {any[]} */ (after[list]).map((data) => [data.id, data]));
    const old = new Map(/** @type {any[]} */ (before[list]).map((data) => [data.id, data]));
    const changed = [...old.values()].filter((data) => JSON.stringify(now.get(data.id)) !== JSON.stringify(data));
    if (changed.length) /** @type {any} */ (step)[list] = changed;
    for (const id of now.keys()) if (!old.has(id)) step.removed?.push(id);
  }
  return step;
}
