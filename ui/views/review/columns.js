// A ledger in a spreadsheet: each column with its head, its first values and what it was taken for, corrected by one choice.
import { element } from '../../parts/element.js';
import { quarterWords } from '../../parts/calendar.js';

/** @typedef {import('../../lib/app.js').App} App */

/**
 * @param {App} app
 * @param {import('../../wire').LedgerSheet[]} sheets
 * @param {string[]} words What a column can hold.
 * @param {{ isOpen: boolean, opened: (isOpen: boolean) => void, choose: (head: string, holds: string) => void, quarter: string, intoQuarter: (quarter: string) => void }} model
 */
export function columnTable(app, sheets, words, model) {
  const all = sheets.flatMap((sheet) => sheet.columns);
  const unknown = all.filter((column) => !column.holds).length;
  const table = element('table.review-columns', {},
    element('thead', {}, element('tr', {}, ...['letter', 'head', 'samples', 'holds'].map((name) => element('th', { scope: 'col', text: app.t(`review.columns.${name}`) })))),
    element('tbody', {}, ...sheets.flatMap((sheet) => [
      sheets.length > 1 ? element('tr', {}, element('th', { scope: 'colgroup', colSpan: 4, text: sheet.sheet })) : null,
      ...sheet.columns.map((column) => columnRow(app, column, words, model.choose)),
    ]).filter((row) => row !== null)));
  const details = /** @type {HTMLDetailsElement} */ (element('details.review-sheet', { open: model.isOpen, on: { toggle: () => model.opened(details.open) } },
    element('summary', {}, element('b', { text: app.t('review.columns') }), ' ', element(`span${unknown ? '.warn' : '.quiet'}`, { text: app.t(unknown ? 'review.columns.unknown' : 'review.columns.known', { count: all.length, unknown }) })),
    quarterChoice(app, all, model), table));
  return details;
}

/** Columns that say how far a task is in a quarter. */
const OF_QUARTER = ['进展情况', '存在问题', '下一步措施', '佐证材料', '备注', '亮灯'];

/**
 * The quarter that the columns of progress go into; nothing where the file has none.
 * @param {App} app
 * @param {import('../../wire').SheetColumn[]} columns
 * @param {{ quarter: string, intoQuarter: (quarter: string) => void }} model
 */
function quarterChoice(app, columns, model) {
  const heads = columns.filter((column) => column.holds && OF_QUARTER.includes(column.holds)).map((column) => column.head);
  if (!heads.length) return null;
  const select = /** @type {HTMLSelectElement} */ (element('select.field', { data: { key: 'into-quarter' } },
    element('option', { value: '', text: app.t('review.quarter.none'), selected: !model.quarter }),
    app.workbook.quarters.map((quarter) => element('option', { value: quarter, text: quarterWords(quarter, app.language), selected: quarter === model.quarter }))));
  select.addEventListener('change', () => model.intoQuarter(select.value));
  return element('label.review-quarter', {}, element('span', { text: app.t('review.quarter', { heads: heads.join('、') }) }), select);
}

/**
 * @param {App} app
 * @param {import('../../wire').SheetColumn} column
 * @param {string[]} words
 * @param {(head: string, holds: string) => void} choose
 */
function columnRow(app, column, words, choose) {
  const select = /** @type {HTMLSelectElement} */ (element('select.field', { 'aria-label': app.t('review.columns.of', { head: column.head }), data: { column: column.letter } },
    column.holds ? null : element('option', { value: '', text: app.t('review.columns.none'), selected: true }),
    words.map((word) => element('option', { value: word, text: word, selected: word === column.holds }))));
  select.addEventListener('change', () => choose(column.head, select.value));
  return element(`tr${column.holds ? '' : '.unknown'}`, {},
    element('td.number', { text: column.letter }), element('td', { text: column.head }),
    element('td.quiet', {}, element('span.cut', { text: column.samples.join('；'), title: column.samples.join('\n') })), element('td', {}, select));
}

/**
 * What the program is told to read the columns as: those that it knew, with the one that was chosen.
 * @param {import('../../wire').LedgerSheet[]} sheets
 * @param {string} head
 * @param {string} holds
 * @returns {import('../../wire').LedgerColumn[]}
 */
export function withColumn(sheets, head, holds) {
  const known = sheets.flatMap((sheet) => sheet.columns).filter((column) => column.holds && column.head !== head);
  return [{ head, holds }, ...known.map((column) => ({ head: column.head, holds: column.holds ?? '' }))];
}
