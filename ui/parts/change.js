// One changed field in the reader's language: what kind of row, which field, and its value. Shared by the history and the preview of returns.
import { statusWord } from './view.js';
import { said } from '../lib/sentences.js';
import { dueWords, quarterWords } from './calendar.js';

/**
 * The kind of row and the field.
 * @param {import('../lib/app.js').App} app
 * @param {{ what: string, field: string, label: string }} change
 */
export function changeNames(app, change) {
  const [kind, field = ''] = change.label.split('·');
  return { kind: known(app, `history.kind.${change.what}`) || kind, field: known(app, `history.field.${change.field}`) || field };
}

/**
 * What the changed row is called.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').FieldChange} change
 */
export function changeRow(app, change) {
  const last = change.id.split('/').at(-1) ?? '';
  if (change.what === 'setting') return known(app, `settings.${change.id}`) || change.row;
  if (change.what === 'passage') return known(app, `passage.${last}`) || change.row;
  return quartersSaid(app, change.row.replace(/\b\d{4}Q[1-4]\b/, (quarter) => quarterWords(quarter, app.language)));
}

/**
 * A text that ends in a quarter, as figures and settings name it, with the quarter in the reader's language.
 * @param {import('../lib/app.js').App} app
 * @param {string} text
 */
function quartersSaid(app, text) {
  return app.language === 'en' ? text.replace(/(^|\s)(\d{4}年[一二三四]季度)$/, (_, space, quarter) => space + said(quarter)) : text;
}

/**
 * The words of a key, or nothing where there are none.
 * @param {import('../lib/app.js').App} app
 * @param {string} key
 */
function known(app, key) {
  const words = app.t(key);
  return words === key ? '' : words;
}

/**
 * A value as the reader's language says it.
 * @param {import('../lib/app.js').App} app
 * @param {{ what: string, field: string }} change
 * @param {string | null} text
 */
export function changeValue(app, change, text) {
  if (text === null) return null;
  if (change.field === 'status') return statusWord(app, text);
  if (/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(text)) return dueWords(text.slice(0, 10), app.language) + text.slice(10);
  return known(app, `history.value.${text}`) || quartersSaid(app, text);
}
