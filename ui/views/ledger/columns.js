// The columns of the ledger: what they are called, how wide they start, and what stands in a cell.
import { element, lampMark } from '../../parts/element.js';
import { judgementWord, lampWord, statusWord } from '../../parts/view.js';
import { dueWords, lastDay } from '../../parts/calendar.js';
import { percent, points } from '../../parts/number.js';
import { namesOf } from './rows.js';
import { said } from '../../lib/sentences.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').LedgerRow} Row */

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {number} width In pixels at the usual size; the narrowest for one that grows.
 * @property {number} [grows] Share of the space left over.
 * @property {boolean} [sticky] Stays when the grid is scrolled sideways.
 * @property {boolean} [end] Stays at the right edge.
 * @property {boolean} [right]
 * @property {boolean} [filters] Whether its values can be chosen from.
 * @property {boolean} [off] Not shown at first.
 */

/** @type {Column[]} */
export const COLUMNS = [
  { key: 'number', width: 48, sticky: true, right: true },
  { key: 'title', width: 220, grows: 1.2, sticky: true },
  { key: 'lead', width: 118, filters: true },
  { key: 'support', width: 124, filters: true },
  { key: 'due', width: 108, filters: true },
  { key: 'status', width: 106, filters: true },
  { key: 'progress', width: 150, grows: 1 },
  { key: 'problems', width: 160, off: true },
  { key: 'next', width: 160, off: true },
  { key: 'items', width: 64, right: true, off: true },
  { key: 'completion', width: 112 },
  { key: 'gap', width: 72, right: true, off: true },
  { key: 'lamp', width: 124, filters: true, end: true },
  { key: 'evidence', width: 56, right: true, off: true },
  { key: 'leaders', width: 104, filters: true, off: true },
  { key: 'remark', width: 150, off: true },
  { key: 'origin', width: 150, off: true },
];

/**
 * What the lamp's column is filtered by: its lamp.
 * @param {App} app
 * @param {string} field
 * @param {string} value
 */
export function valueWords(app, field, value) {
  if (field === 'lamp') return value === '○' || !value ? app.t('lamp.none') : app.language === 'en' ? app.t(value === '绿' ? 'lamp.green' : value === '黄' ? 'lamp.yellow' : 'lamp.red') : `${value}灯`;
  if (field === 'judgement') return judgementWord(app, value);
  if (field === 'status') return statusWord(app, value);
  if (field === 'lead') return value || app.t('ledger.none.lead');
  if (field === 'leaders') return value || app.t('ledger.none.leaders');
  if (field === 'support') return value || app.t('ledger.none.support');
  if (field === 'due') return value ? (app.language === 'en' ? value : `${value}年`) : app.t('ledger.none.due');
  if (field === 'written') return app.t(value === 'yes' ? 'ledger.written' : 'ledger.not_written');
  return value;
}

/**
 * What stands in a cell.
 * @param {App} app
 * @param {Row} row
 * @param {string} column
 * @returns {(Node | string)[]}
 */
export function cellContent(app, row, column) {
  switch (column) {
    case 'title': return [element('span.ledger-title', { text: row.title, title: row.title })];
    case 'lead': return names(app, row, 'lead');
    case 'support': return names(app, row, 'support');
    case 'due': return due(app, row);
    case 'status': return [element(`span.cut${row.status === '未启动' ? '.quiet' : ''}`, { text: statusWord(app, row.status) })];
    case 'progress': case 'problems': case 'next': case 'remark': case 'origin': {
      const text = row[column];
      return [element('span.ledger-words', { text, title: text })];
    }
    case 'completion': return completion(row);
    case 'items': return [row.items ? `${row.items_done}/${row.items}` : ''];
    case 'gap': return [element(`span${(row.gap ?? 0) > 0 ? '.warn' : ''}`, { text: row.gap === null ? '' : points(-row.gap) })];
    case 'lamp': return [lampMark(row.lamp, row.why, lampWord(app, row.lamp)), element('span.cut.quiet', { text: judgementWord(app, row.judgement), title: said(row.why) })];
    case 'evidence': return [row.evidence ? String(row.evidence) : ''];
    default: return [String(/** @type {any} */ (row)[column] ?? '')];
  }
}

/**
 * @param {App} app
 * @param {Row} row
 * @param {'lead' | 'support'} role
 */
function names(app, row, role) {
  const all = namesOf(row, role);
  if (!all.length) return role === 'lead' ? [element('span.quiet', { text: app.t('unassigned') })] : [];
  const byDefault = role === 'lead' && row.departments.some((one) => one.role === 'lead' && one.by_default);
  const title = all.join('、') + (byDefault ? `\n${app.t('detail.by_default.title')}` : '');
  return [element('span.cut', { text: all.join('、'), title }), ...(all.length > 1 ? [element('small.quiet.number', { text: String(all.length), 'aria-hidden': 'true' })] : [])];
}

/**
 * @param {App} app
 * @param {Row} row
 */
function due(app, row) {
  if (!row.due) return [];
  const isPast = lastDay(row.due) < app.workbook.as_of && row.judgement !== '已完成' && !row.closed_on;
  const words = dueWords(row.due, app.language);
  return [element(`span.cut${row.due_by_default ? '.quiet' : isPast ? '.warn' : ''}`, { text: words, title: row.due_by_default ? app.t('detail.due.default', { due: words }) : words })];
}

/** @param {Row} row */
function completion(row) {
  if (row.completion === null) return [element('span.quiet', { text: '—' })];
  const share = Math.max(0, Math.min(1, row.completion));
  return [element('span.completion', {}, element('span.track', { 'aria-hidden': 'true' }, element('span', { style: { width: `${share * 100}%` } })), element('span.number', { text: percent(row.completion) }))];
}
