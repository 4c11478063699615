// Which rows of the ledger stand in the grid, in which order and under which headings. Pure: no page, no program.
import { JUDGEMENTS as BEST_FIRST, LAMPS as BEST_LAMP_FIRST, STATUSES } from '../../vocabularies.js';

/** @typedef {import('../../wire').LedgerRow} Row */
/** @typedef {import('../../wire').SectionLine} Section */

/**
 * A line of the grid: a heading, a task, or the place at a heading's end where a task is added.
 * @typedef {{ kind: 'head', id: string, text: string, level: number, count: number, lamps: Record<string, number>, folded: boolean } | { kind: 'row', id: string, row: Row } | Adding} Line
 */

/**
 * Where a new task goes.
 * @typedef {{ kind: 'add', id: string, plan: string, section: string | null, after: string | null, level: number }} Adding
 */

/**
 * A filter in words: the field and the values of which a row must have one.
 * @typedef {object} Filter
 * @property {string} field
 * @property {string[]} values
 * @property {string} [title] What the chip says where the values are ids.
 */

/** @typedef {'outline' | 'flat' | 'lead' | 'lamp' | 'status' | 'judgement'} Grouping */

export const GROUPINGS = /** @type {Grouping[]} */ (['outline', 'flat', 'lead', 'lamp', 'judgement', 'status']);

/** What needs attention comes first. @type {readonly string[]} */
const LAMPS = [...BEST_LAMP_FIRST].reverse();
/** @type {readonly string[]} */
const JUDGEMENTS = [...BEST_FIRST].reverse();
/** The order of groups and filters, where it is the vocabulary's. @type {Record<string, readonly string[]>} */
const ORDERS = { lamp: LAMPS, judgement: JUDGEMENTS, status: STATUSES };

/**
 * Names of a row's departments in one role.
 * @param {Row} row
 * @param {string} role `lead` or `support`.
 */
export function namesOf(row, role) {
  return row.departments.filter((one) => one.role === role).map((one) => one.name);
}

/**
 * What a row says in a field that can be filtered; several values where it has several.
 * @param {Row} row
 * @param {string} field
 * @returns {string[]}
 */
export function valuesOf(row, field) {
  switch (field) {
    case 'lead': case 'support': {
      const names = namesOf(row, field);
      return names.length ? names : [''];
    }
    case 'department': return row.departments.map((one) => one.name);
    case 'due': return [row.due ? row.due.slice(0, 4) : ''];
    case 'leaders': return row.leaders ? row.leaders.split('、') : [''];
    case 'task': return [row.id];
    case 'written': return [row.progress ? 'yes' : 'no'];
    default: return [String(/** @type {any} */ (row)[field] ?? '')];
  }
}

/**
 * What is made once for each row stands in the row itself, under names that nobody else can meet: a map beside a hundred thousand rows
 * is looked into for each of them at each key, and is gone through at each collection of memory.
 */
const FOUND_BY = Symbol('found by');
const LINE = Symbol('line');

/**
 * @param {Row} row
 * @param {(name: string) => string} initialsOf Initials of a department's name.
 * @returns {string}
 */
function haystack(row, initialsOf) {
  const kept = /** @type {any} */ (row);
  if (kept[FOUND_BY] === undefined) {
    const names = row.departments.map((one) => one.name);
    kept[FOUND_BY] = [row.number, row.title, ...names, row.progress, row.problems, row.next, row.leaders, row.remark, row.origin, `\u0001${row.initials}`, ...names.map(initialsOf)].join('\n').toLowerCase();
  }
  return kept[FOUND_BY];
}

/** The line of a row. @param {Row} row @returns {Line} */
function lineOf(row) {
  const kept = /** @type {any} */ (row);
  kept[LINE] ??= { kind: 'row', id: row.id, row };
  return kept[LINE];
}

/**
 * Makes what rows are found by ahead of the first search, a few at a time.
 * @param {Row[]} rows
 * @param {(name: string) => string} initialsOf
 * @param {AbortSignal} signal
 */
export function prepareFinding(rows, initialsOf, signal) {
  let at = 0;
  const some = () => {
    if (signal.aborted) return;
    for (const last = Math.min(rows.length, at + 2000); at < last; at += 1) haystack(rows[at], initialsOf);
    if (at < rows.length) setTimeout(some, 4);
  };
  setTimeout(some, 60);
}

/**
 * The rows that pass all filters and hold all words; words in letters also find pinyin initials.
 * @param {Row[]} rows
 * @param {Filter[]} filters
 * @param {string} words
 * @param {(name: string) => string} initialsOf
 */
export function filterRows(rows, filters, words, initialsOf) {
  const sets = filters.map((filter) => ({ field: filter.field, values: new Set(filter.values) }));
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (!sets.length && !wanted.length) return rows;
  if (!sets.length && wanted.length === 1) return rows.filter((row) => haystack(row, initialsOf).includes(wanted[0]));
  return rows.filter((row) => sets.every((set) => valuesOf(row, set.field).some((value) => set.values.has(value)))
    && wanted.every((word) => haystack(row, initialsOf).includes(word)));
}

/** @param {string} text */
const numberIn = (text) => Number(/\d+(?:\.\d+)?/.exec(text)?.[0] ?? Infinity);

/**
 * What a column sorts by.
 * @param {Row} row
 * @param {string} column
 * @returns {string | number}
 */
function sortKey(row, column) {
  switch (column) {
    case 'number': return numberIn(row.number);
    case 'lead': case 'support': return namesOf(row, column).join();
    case 'due': return row.due ? lastPossible(row.due) : '9999';
    case 'completion': return row.completion ?? -1;
    case 'lamp': case 'judgement': return JUDGEMENTS.indexOf(row.judgement) + LAMPS.indexOf(row.lamp) * 100;
    case 'status': return STATUSES.indexOf(/** @type {typeof STATUSES[number]} */ (row.status));
    case 'gap': return row.gap ?? -Infinity;
    default: return String(/** @type {any} */ (row)[column] ?? '');
  }
}

/**
 * A due date as text that sorts by its last day: a year stands behind its months.
 * @param {string} due
 */
function lastPossible(due) {
  return due.length === 4 ? `${due}-12-32` : due.length === 7 ? `${due}-32` : due;
}

/**
 * @param {Row[]} rows
 * @param {{ column: string, down: boolean } | null} sort
 */
export function sortRows(rows, sort) {
  if (!sort) return rows;
  const way = sort.down ? -1 : 1;
  const keyed = rows.map((row, place) => ({ row, place, key: sortKey(row, sort.column) }));
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  keyed.sort((a, b) => {
    const order = typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : collator.compare(String(a.key), String(b.key));
    return order ? order * way : a.place - b.place;
  });
  return keyed.map((one) => one.row);
}

/**
 * The lines of the grid.
 * @param {{ rows: Row[], sections: Section[], plans: { id: string, title: string }[], grouping: Grouping, sort: { column: string, down: boolean } | null, folded: Set<string>, name: (field: string, value: string) => string, adds?: boolean }} given
 *   Rows that passed the filters, in the plan's order; `name` puts a group's value in words; `adds` where tasks can be added at the ends of headings,
 *   which then stand there without tasks, too.
 * @returns {Line[]}
 */
export function linesOf({ rows, sections, plans, grouping, sort, folded, name, adds = false }) {
  if (grouping === 'flat') return sortRows(rows, sort).map(lineOf);
  if (grouping === 'outline') return outline(rows, sections, plans, sort, folded, adds);
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  /** @type {Map<string, Tally>} */
  const tallies = new Map();
  for (const row of rows) {
    // a task with several leads stands under each of them
    for (const value of valuesOf(row, grouping)) {
      push(groups, value, row);
      tally(tallies, value, row);
    }
  }
  const known = ORDERS[grouping];
  const values = [...groups.keys()];
  if (known) values.sort((a, b) => known.indexOf(a) - known.indexOf(b));
  else values.sort((a, b) => (groups.get(b)?.length ?? 0) - (groups.get(a)?.length ?? 0));
  /** @type {Line[]} */
  const lines = [];
  for (const value of values) {
    const inside = groups.get(value) ?? [];
    const id = `${grouping}:${value}`;
    lines.push(head(id, name(grouping, value), 1, tallies.get(value) ?? { count: 0, lamps: {} }, folded));
    if (!folded.has(id)) for (const row of sortRows(inside, sort)) lines.push(lineOf(row));
  }
  return lines;
}

/**
 * The lines after some rows changed, where none of them moves, comes or goes; nothing where one does: then all lines are to be made anew.
 * @param {Line[]} lines
 * @param {{ before: Row, after: Row }[]} changes
 * @param {{ sections: Section[], filters: Filter[], words: string, grouping: Grouping, sort: { column: string, down: boolean } | null, initialsOf: (name: string) => string }} given
 * @returns {Line[] | null}
 */
export function linesAfter(lines, changes, { sections, filters, words, grouping, sort, initialsOf }) {
  const byId = new Map(sections.map((section) => [section.id, section]));
  /** @type {Map<string, Row>} */
  const rows = new Map();
  /** @type {Map<string, { from: string, to: string }[]>} */
  const lamps = new Map();
  for (const { before, after } of changes) {
    const passed = filterRows([before], filters, words, initialsOf).length;
    if (filterRows([after], filters, words, initialsOf).length !== passed) return null;
    if (!passed) continue;
    if (sort && sortKey(before, sort.column) !== sortKey(after, sort.column)) return null;
    if (before.plan !== after.plan || before.section !== after.section) return null;
    const heads = [`plan:${after.plan}`];
    if (grouping === 'outline') for (let section = after.section ? byId.get(after.section) : undefined; section; section = section.parent ? byId.get(section.parent) : undefined) heads.push(section.id);
    else if (grouping !== 'flat') {
      if (valuesOf(before, grouping).join('\n') !== valuesOf(after, grouping).join('\n')) return null;
      heads.push(...valuesOf(after, grouping).map((value) => `${grouping}:${value}`));
    }
    rows.set(after.id, after);
    if (before.lamp !== after.lamp) for (const id of heads) push(lamps, id, { from: before.lamp, to: after.lamp });
  }
  return lines.map((line) => {
    if (line.kind === 'row') {
      const row = rows.get(line.id);
      return row ? lineOf(row) : line;
    }
    const turned = line.kind === 'head' ? lamps.get(line.id) : null;
    if (line.kind !== 'head' || !turned) return line;
    const counts = { ...line.lamps };
    for (const { from, to } of turned) {
      counts[from] = (counts[from] ?? 0) - 1;
      counts[to] = (counts[to] ?? 0) + 1;
      if (counts[from] <= 0) delete counts[from];
    }
    return { ...line, lamps: counts };
  });
}

/** How many rows stand below a heading, and their lamps. @typedef {{ count: number, lamps: Record<string, number> }} Tally */

/** @param {Map<string, Tally>} tallies @param {string} id @param {Row} row */
function tally(tallies, id, row) {
  let known = tallies.get(id);
  if (!known) tallies.set(id, known = { count: 0, lamps: {} });
  known.count += 1;
  known.lamps[row.lamp] = (known.lamps[row.lamp] ?? 0) + 1;
}

/**
 * @param {string} id
 * @param {string} text
 * @param {number} level
 * @param {Tally} below
 * @param {Set<string>} folded
 * @returns {Line}
 */
function head(id, text, level, below, folded) {
  return { kind: 'head', id, text, level, count: below.count, lamps: below.lamps, folded: folded.has(id) };
}

/**
 * @param {Row[]} rows
 * @param {Section[]} sections
 * @param {{ id: string, title: string }[]} plans
 * @param {{ column: string, down: boolean } | null} sort
 * @param {Set<string>} folded
 * @param {boolean} adds
 * @returns {Line[]}
 */
function outline(rows, sections, plans, sort, folded, adds) {
  const byId = new Map(sections.map((section) => [section.id, section]));
  /** @type {Map<string | null, Row[]>} */
  const own = new Map();
  /** @type {Map<string, Tally>} */
  const below = new Map();
  /** @type {Map<string, Tally>} */
  const inPlan = new Map();
  for (const row of rows) {
    const key = row.section && byId.has(row.section) ? row.section : `plan:${row.plan}`;
    push(own, key, row);
    tally(inPlan, row.plan, row);
    for (let section = row.section ? byId.get(row.section) : undefined; section; section = section.parent ? byId.get(section.parent) : undefined) tally(below, section.id, row);
  }
  /** @type {Map<string, Section[]>} */
  const children = new Map();
  for (const section of sections) push(children, section.parent && byId.has(section.parent) ? section.parent : `plan:${section.plan}`, section);
  /** @type {Line[]} */
  const lines = [];
  const several = (adds ? plans.length : inPlan.size) > 1;
  const none = { count: 0, lamps: {} };

  /** @param {string} key @param {number} level @param {string} plan @param {string | null} id The heading's; none of a plan. */
  const walk = (key, level, plan, id) => {
    const inside = sortRows(own.get(key) ?? [], sort);
    for (const row of inside) lines.push(lineOf(row));
    const under = children.get(key) ?? [];
    // tasks stand at the ends of the lowest headings, and wherever some stand already
    if (adds && (inside.length || !under.length)) lines.push({ kind: 'add', id: `add:${key}`, plan, section: id, after: inside[inside.length - 1]?.id ?? null, level });
    for (const section of under) {
      const tallied = below.get(section.id);
      if (!tallied && !adds) continue;
      lines.push(head(section.id, section.heading, level, tallied ?? none, folded));
      if (!folded.has(section.id)) walk(section.id, level + 1, plan, section.id);
    }
  };
  const order = [...plans.map((plan) => plan.id), ...[...inPlan.keys()].filter((id) => !plans.some((plan) => plan.id === id))];
  for (const id of order) {
    const inside = inPlan.get(id) ?? (adds ? none : null);
    if (!inside) continue;
    const key = `plan:${id}`;
    if (several) {
      lines.push(head(key, plans.find((plan) => plan.id === id)?.title ?? '', 0, inside, folded));
      if (folded.has(key)) continue;
    }
    walk(key, 1, id, null);
  }
  return lines;
}

/**
 * @template K, V
 * @param {Map<K, V[]>} map
 * @param {K} key
 * @param {V} value
 */
function push(map, key, value) {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/**
 * The values of a field with how many rows have them, most frequent first.
 * @param {Row[]} rows
 * @param {string} field
 */
export function valueCounts(rows, field) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const row of rows) for (const value of valuesOf(row, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const known = ORDERS[field];
  return [...counts].sort((a, b) => (known ? known.indexOf(a[0]) - known.indexOf(b[0]) : field === 'due' ? a[0].localeCompare(b[0]) : b[1] - a[1]));
}
