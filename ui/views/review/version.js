// A new version of a plan beside the ledger: what was added, changed and dropped, the old value beside the new one.
import { element } from '../../parts/element.js';
import { dueWords } from '../../parts/calendar.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../../wire').Comparison} Comparison */
/** @typedef {import('../../wire').FieldDifference} FieldDifference */
/** @typedef {'' | 'added' | 'changed' | 'dropped' | 'unchanged'} Filter */

const STATES = /** @type {const} */ (['added', 'changed', 'dropped', 'unchanged']);

/**
 * The row of a comparison that a row of the draft is.
 * @param {Comparison | null} comparison
 * @param {string} row
 */
export function comparedRow(comparison, row) {
  return comparison?.rows.find((one) => one.row === row) ?? null;
}

/**
 * The rows that a filter leaves.
 * @param {Row[]} rows
 * @param {Comparison | null} comparison
 * @param {Filter} filter
 */
export function shownRows(rows, comparison, filter) {
  return comparison && filter ? rows.filter((row) => comparedRow(comparison, row.id)?.state === filter) : rows;
}

/**
 * The bar over the list.
 * @param {App} app
 * @param {Comparison} comparison
 * @param {{ filter: Filter, choose: (filter: Filter) => void, open: number, acceptUnchanged: () => void, own: () => void }} model
 */
export function versionBar(app, comparison, model) {
  const count = (/** @type {typeof STATES[number]} */ state) => (state === 'dropped' ? comparison.dropped.length : comparison[state]);
  const chip = (/** @type {Filter} */ filter, /** @type {string} */ text) => element(`button.chip${filter ? `.${filter}` : ''}`, { type: 'button', text, 'aria-pressed': String(model.filter === filter), data: { key: `version-${filter || 'all'}` }, on: { click: () => model.choose(filter) } });
  const fields = comparison.fields.map((field) => element('span.review-change', {}, ...change(app, field, 'review.plan.')));
  return element('section.review-version', { 'aria-label': app.t('review.version.label') },
    element('div.review-version-line', {},
      element('b.cut', { text: app.t('review.version.title', { title: comparison.title }), title: comparison.title }), element('span.spread'),
      element('button.link', { type: 'button', text: app.t('review.version.own'), title: app.t('review.version.own.title'), data: { key: 'version-own' }, on: { click: model.own } })),
    element('div.review-version-line', { role: 'group', 'aria-label': app.t('review.version.filter') },
      chip('', app.t('review.version.all')), ...STATES.map((state) => chip(state, app.t(`review.version.${state}`, { count: count(state) }))),
      element('span.spread'),
      model.open ? element('button.button.small', { type: 'button', text: app.t('review.version.accept', { count: model.open }), data: { key: 'version-accept' }, on: { click: model.acceptUnchanged } }) : null),
    cellList(app, comparison),
    fields.length ? element('div.review-version-line.review-changes', {}, element('span.quiet', { text: app.t('review.plan.edit') }), ...fields) : null);
}

/**
 * The cells of an office's ledger that say something else than last time.
 * @param {App} app
 * @param {Comparison} comparison
 */
function cellList(app, comparison) {
  const cells = comparison.cells ?? [];
  if (!cells.length) return null;
  const line = (/** @type {import('../../wire').CellDifference} */ cell) => element('li.review-change', {},
    element('span.quiet', { text: app.t('review.version.cell', { row: cell.row, task: cell.task, head: cell.head }), title: cell.sheet }),
    element('del', { text: cell.old || app.t('review.version.empty') }), element('span.quiet', { text: '→' }), element('ins', { text: cell.new || app.t('review.version.empty') }));
  return element('details.review-cells', { open: cells.length <= 6 }, element('summary', { text: app.t('review.version.cells', { count: cells.length }) }), element('ul', {}, ...cells.map(line)));
}

/**
 * A field before and after.
 * @param {App} app
 * @param {FieldDifference} field
 * @param {string} words The words of its name begin with this.
 */
function change(app, field, words = 'review.field.') {
  const value = (/** @type {string} */ said) => {
    if (!said) return app.t('review.version.empty');
    if (field.field === 'due' || field.field === 'issued_on') return dueWords(said, app.language);
    if (field.field === 'cadence' || field.field === 'kind' || field.field === 'stage') return app.t(`review.${field.field}.${said}`);
    return said;
  };
  return [element('span.quiet', { text: app.t(`${words}${field.field}`) }), element('del', { text: value(field.old) }), element('span.quiet', { text: '→' }), element('ins', { text: value(field.new) })];
}

/**
 * What of a row differs, under its words; a mark where it is new.
 * @param {App} app
 * @param {Comparison | null} comparison
 * @param {Row} row
 * @returns {Node[]}
 */
export function rowChanges(app, comparison, row) {
  const compared = comparedRow(comparison, row.id);
  if (!compared || !compared.fields.length) return [];
  return compared.fields.map((field) => element('span.review-change', {}, ...change(app, field)));
}

/**
 * The mark of a row: new, changed, as it was.
 * @param {App} app
 * @param {Comparison | null} comparison
 * @param {Row} row
 */
export function rowMark(app, comparison, row) {
  const compared = comparedRow(comparison, row.id);
  if (!compared || compared.state === 'unchanged') return null;
  return element(`span.tag.version-${compared.state}`, { text: app.t(`review.version.mark.${compared.state}`), title: compared.text });
}

/**
 * The ledger's rows that a row of the draft may be: its own, and those that no row is.
 * @param {Comparison | null} comparison
 * @param {Row} row
 */
export function formersOf(comparison, row) {
  if (!comparison) return [];
  const own = comparedRow(comparison, row.id);
  const free = comparison.dropped.filter((one) => one.kind === row.kind).map(({ id, text, task }) => ({ id, text: task ? `${text}（${task}）` : text }));
  return own?.former ? [{ id: own.former, text: own.text }, ...free] : free;
}

/**
 * The rows that the new version does not have.
 * @param {App} app
 * @param {Comparison} comparison
 * @param {{ current: string, keep: (id: string, isValid: boolean) => void }} model
 */
export function droppedRows(app, comparison, model) {
  if (!comparison.dropped.length) return [];
  const head = element('li.review-heading', { text: app.t('review.version.gone', { count: comparison.dropped.length }) });
  return [head, ...comparison.dropped.map((row) => {
    const key = `X${row.id}`;
    const isCurrent = key === model.current;
    const choice = (/** @type {boolean} */ isValid) => element('button', { type: 'button', tabIndex: -1, text: app.t(isValid ? 'review.version.valid' : 'review.version.off'), title: app.t(isValid ? 'review.version.valid.title' : row.kind === 'task' ? 'review.version.off.task' : 'review.version.off.row'), 'aria-pressed': String(row.still_valid === isValid), disabled: row.work === 'closed', on: { click: () => model.keep(row.id, isValid) } });
    return element(`li.review-row.${row.kind}.gone${row.still_valid ? '' : '.dropped'}${isCurrent ? '.current' : ''}`, { tabIndex: isCurrent ? 0 : -1, data: { row: key, kind: row.kind } },
      element('span.review-state', { text: row.still_valid ? '✓' : '×' }),
      element('span.review-kind', { text: app.t(`review.kind.${row.kind}`) }),
      element('span.review-text', {}, element('span.review-main', { text: row.text }),
        element('span.review-who', {}, row.task ? `${row.task}　` : '', row.work ? element('span.tag', { text: app.t(`review.version.work.${row.work}`) }) : null)),
      element('span.review-facts', {}, element('span.segments.small', { role: 'group', 'aria-label': row.text }, choice(false), choice(true)),
        row.due ? element('span.quiet.number', { text: dueWords(row.due, app.language) }) : ''));
  })];
}

/**
 * What confirming a new version will do, in a sentence.
 * @param {App} app
 * @param {Comparison} comparison
 * @param {number} open Rows that nobody looked at.
 */
export function versionSentence(app, comparison, open) {
  const off = comparison.dropped.filter((row) => !row.still_valid).length;
  return app.t('review.version.confirm', { title: comparison.title, added: comparison.added, changed: comparison.changed, off, unchanged: comparison.unchanged }) + (open ? app.t('review.version.open', { count: open }) : '');
}
