// What a typed or pasted text in a cell means as edits. Pure: no page, no program.
import { readDue } from '../../parts/calendar.js';
import { namesOf } from './rows.js';

/** @typedef {import('../../wire').LedgerRow} Row */
/** @typedef {import('../../wire').Edit} Edit */

/**
 * What the reading needs to know of the workbook.
 * @typedef {object} Known
 * @property {string} quarter
 * @property {string} today ISO.
 * @property {(name: string) => string} department Id of a department known by a name, else the name.
 * @property {string[]} statuses Handling statuses on the wire.
 */

/** Columns that take a text. */
export const EDITABLE = new Set(['number', 'title', 'lead', 'support', 'due', 'status', 'progress', 'problems', 'next', 'remark']);

/** Columns whose cells can be made empty. */
export const CLEARABLE = new Set(['lead', 'support', 'due', 'progress', 'problems', 'next', 'remark']);

/** Columns that belong to a quarter: a closed one does not take them. */
export const OF_QUARTER = new Set(['status', 'progress', 'problems', 'next']);

/** Columns that only the office fills in. */
export const OFFICES = new Set(['number', 'title', 'lead', 'support', 'due', 'remark']);

/** The largest text of a cell; a longer paste is no cell of a ledger. */
const LONGEST = 10000;

/**
 * The edits that make a cell say a text.
 * @param {Row} row
 * @param {string} column
 * @param {string} text
 * @param {Known} known
 * @returns {Edit[] | string} The edits, none where it says so already; else the key of the sentence why not.
 */
export function editsFor(row, column, text, known) {
  const plain = text.trim();
  if (plain.length > LONGEST) return 'ledger.wrong.long';
  switch (column) {
    case 'title': {
      const title = plain.replace(/\s*\n\s*/g, '');
      if (!title) return 'ledger.wrong.title';
      return title === row.title ? [] : [{ edit: 'set_task_title', task: row.id, title }];
    }
    case 'due': {
      if (!plain) return row.due_by_default ? [] : [{ edit: 'set_task_due', task: row.id, due: null }];
      const due = readDue(plain, known.today);
      if (!due) return 'ledger.wrong.due';
      return due === row.due && !row.due_by_default ? [] : [{ edit: 'set_task_due', task: row.id, due }];
    }
    case 'status': {
      const status = known.statuses.find((code) => code === plain.replace('（', '(').replace('）', ')')) ?? known.statuses.find((code) => code.replace(/\(.*\)/, '') === plain);
      if (!status) return 'ledger.wrong.status';
      const department = writer(row);
      if (!department) return 'ledger.wrong.unassigned';
      return status === row.status ? [] : [{ edit: 'set_progress', task: row.id, department, quarter: known.quarter, status, done: null, problems: null, next: null }];
    }
    case 'progress': case 'problems': case 'next': {
      const department = writer(row);
      if (!department) return 'ledger.wrong.unassigned';
      return [{ edit: 'set_progress', task: row.id, department, quarter: known.quarter, status: null, done: column === 'progress' ? plain : null, problems: column === 'problems' ? plain : null, next: column === 'next' ? plain : null }];
    }
    case 'number': return plain === row.number ? [] : [{ edit: 'set_task', task: row.id, number: plain }];
    case 'remark': return plain === row.remark ? [] : [{ edit: 'set_task', task: row.id, remark: plain }];
    case 'lead': case 'support': return assignments(row, column, plain, known);
    default: return 'ledger.wrong.column';
  }
}

/**
 * The department whose progress a row shows first.
 * @param {Row} row
 */
export function writer(row) {
  return (row.departments.find((one) => one.role === 'lead') ?? row.departments[0])?.id ?? null;
}

/**
 * @param {Row} row
 * @param {'lead' | 'support'} role
 * @param {string} text Names with 、 between them.
 * @param {Known} known
 * @returns {Edit[]}
 */
function assignments(row, role, text, known) {
  const names = [...new Set(text.split(/[、,，;；\n]/).map((name) => name.trim()).filter(Boolean))];
  const now = row.departments.filter((one) => one.role === role);
  /** @type {Edit[]} */
  const edits = [];
  for (const one of now) if (!names.includes(one.name)) edits.push({ edit: 'assign', task: row.id, department: one.id, role: null });
  for (const name of names) if (!now.some((one) => one.name === name)) edits.push({ edit: 'assign', task: row.id, department: known.department(name), role });
  return edits;
}

/**
 * A table of cells as Excel and WPS put it on the clipboard.
 * @param {string} text
 * @returns {string[][]}
 */
export function readTable(text) {
  /** @type {string[][]} */
  const table = [[]];
  let cell = '';
  let quoted = false;
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let place = 0; place < body.length; place += 1) {
    const mark = body[place];
    if (quoted) {
      if (mark !== '"') cell += mark;
      else if (body[place + 1] === '"') { cell += '"'; place += 1; } else quoted = false;
    } else if (mark === '"' && cell === '') quoted = true;
    else if (mark === '\t' || mark === '\n') {
      table[table.length - 1].push(cell);
      cell = '';
      if (mark === '\n') table.push([]);
    } else cell += mark;
  }
  table[table.length - 1].push(cell);
  return table;
}

/**
 * The same table as text for Excel and WPS.
 * @param {string[][]} table
 */
export function writeTable(table) {
  return table.map((cells) => cells.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n');
}

/**
 * What a cell says as text, to be copied.
 * @param {Row} row
 * @param {string} column
 */
export function cellText(row, column) {
  switch (column) {
    case 'lead': case 'support': return namesOf(row, column).join('、');
    case 'due': return row.due ?? '';
    case 'completion': return row.completion === null ? '' : `${Math.round(row.completion * 1000) / 10}%`;
    case 'gap': return row.gap === null ? '' : String(Math.round(row.gap * 10) / 10);
    case 'items': return row.items ? `${row.items_done}/${row.items}` : '';
    case 'lamp': return row.lamp;
    default: return String(/** @type {any} */ (row)[column] ?? '');
  }
}
