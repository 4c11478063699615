// One changed field in the reader's language: what kind of row, which field, and its value. Shared by the history and the preview of returns.
import { statusWord } from './view.js';
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
  return change.row.replace(/\b\d{4}Q[1-4]\b/, (quarter) => quarterWords(quarter, app.language));
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

/** Hours by which China is ahead of UTC: all moments are shown in its time, as in the program's own lists. */
const AHEAD = 8;

/**
 * A moment in UTC as day and time.
 * @param {import('../lib/app.js').App} app
 * @param {string} text
 */
function moment(app, text) {
  const here = new Date(Date.parse(text) + AHEAD * 3_600_000).toISOString();
  return `${dueWords(here.slice(0, 10), app.language)} ${here.slice(11, 16)}`;
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
  if (change.what === 'exchange' && change.field === 'state') return known(app, `history.exchange.${text}`) || text;
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return moment(app, text);
  if (change.field === 'done_on' || change.field === 'closed_on') return dueWords(text, app.language);
  if (change.what !== 'setting') return known(app, `history.value.${text}`) || text;
  try {
    const value = JSON.parse(text);
    return typeof value === 'boolean' ? app.t(value ? 'history.on' : 'history.off') : typeof value === 'string' ? /^\d{4}Q[1-4]$/.test(value) ? quarterWords(value, app.language) : /^\d{4}-\d{2}-\d{2}$/.test(value) ? dueWords(value, app.language) : value : app.t('history.chosen');
  } catch {
    return text;
  }
}
