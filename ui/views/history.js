// 历史: who changed what and when, undo to a point, and the automatic copies.
import { element, emptyState } from '../parts/element.js';
import { living, askFirst, attempt } from '../parts/view.js';
import { changeNames, changeRow, changeValue } from '../parts/change.js';
import { fileSize } from '../parts/number.js';
import { said } from '../lib/sentences.js';

/** Edits of one page. */
const PIECE = 200;
/** Changed fields of one edit that are asked for when its reader wants more than the first. */
const ALL = 5000;
/** Rows of one edit that are shown before the rest is counted. */
const SHORT = 4;
/** Lines of what would go back in the question before undoing to a point. */
const ASKED = 12;

export default {
  name: 'history',

  /**
   * @param {HTMLElement} root
   * @param {import('../lib/app.js').App} app
   * @param {{ copies?: boolean, row?: string, title?: string }} [params]
   */
  mount(root, app, params = {}) {
    root.classList.add('history');
    const state = { pages: 1, words: '', copies: Boolean(params.copies), row: params.row ?? '', title: params.title ?? '', /** @type {Set<string>} */ open: new Set() };
    /** @type {import('../parts/view.js').Living} */
    const view = living(root, async () => {
      const [entries, copies] = await Promise.all([
        pagesOf(app, state.pages, state.row || null),
        app.call('copies', {}),
      ]);
      return { entries, copies };
    }, (/** @type {Answer} */ answer) => [
      bar(app, state, answer, view),
      state.copies ? copyList(app, answer.copies) : entryList(app, state, answer.entries, view),
    ]);
    view.load();
    return {
      update() { view.soon(); },
      unmount() { view.end(); },
    };
  },
};

/**
 * The newest pages of the history, each asked for from the last edit of the one before.
 * @param {import('../lib/app.js').App} app
 * @param {number} pages
 * @param {string | null} row Only what changed this row.
 */
async function pagesOf(app, pages, row) {
  /** @type {import('../wire').HistoryEntry[]} */
  const entries = [];
  for (let page = 0; page < pages && entries.length === page * PIECE; page += 1) {
    entries.push(...await app.call('history', { row, limit: PIECE, before: entries.at(-1)?.id ?? null }));
  }
  return entries;
}

/** @typedef {{ entries: import('../wire').HistoryEntry[], copies: import('../wire').CopyLine[] }} Answer */

/**
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {Answer} answer
 * @param {any} view
 */
function bar(app, state, answer, view) {
  const tab = (/** @type {boolean} */ copies, /** @type {string} */ text) => element('button', {
    type: 'button', text, 'aria-pressed': String(state.copies === copies), data: { key: `tab-${copies}` },
    on: { click: () => { state.copies = copies; view.redraw(); } },
  });
  const input = /** @type {HTMLInputElement} */ (element('input.field', {
    type: 'search', value: state.words, placeholder: app.t('history.find'), 'aria-label': app.t('history.find'), data: { key: 'find' },
    on: {
      input: (/** @type {InputEvent} */ event) => { if (event.isComposing) return; state.words = input.value; view.redraw(); },
      compositionend: () => { state.words = input.value; view.redraw(); },
    },
  }));
  return element('div.viewbar', {},
    element('div.segments', { role: 'group', 'aria-label': app.t('history.title') },
      tab(false, app.t('history.edits')), tab(true, app.t('history.copies', { count: answer.copies.length }))),
    !state.copies && input,
    !state.copies && state.row && element('span.chip', { title: state.title }, element('span.cut', { text: app.t('history.of', { title: state.title }) }),
      element('button', { type: 'button', text: '×', 'aria-label': app.t('history.of.all'), title: app.t('history.of.all'), data: { key: 'of-all' }, on: { click: () => { state.row = ''; state.pages = 1; view.load(); } } })),
    element('span.spread'),
    !state.copies && element('span.quiet', { text: app.t('history.note') }));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').HistoryEntry[]} entries
 * @param {any} view
 */
function entryList(app, state, entries, view) {
  if (!entries.length) return emptyState(app.t('history.empty.title'), app.t('history.empty.text'));
  const words = state.words.trim().toLowerCase();
  const found = words ? entries.filter((entry) => [entry.label, said(entry.label), entry.who, ...entry.changes.flatMap((change) => [change.row, change.label, change.old ?? '', change.new ?? ''])].some((text) => text.toLowerCase().includes(words))) : entries;
  const list = element('div.scroll.history-list', { data: { scroll: 'history' }, tabIndex: -1 });
  if (!found.length) list.append(element('p.none', { text: app.t('history.none') }));
  let day = '';
  /** @type {HTMLElement | null} */
  let section = null;
  for (const entry of found) {
    const on = entry.at.slice(0, 10);
    if (on !== day || !section) {
      day = on;
      section = element('ol.history-day');
      list.append(element('h2.history-date', { text: dayWords(app, day) }), section);
    }
    section.append(entryLine(app, state, entries, entry, view));
  }
  if (entries.length === state.pages * PIECE) {
    list.append(element('button.button.more', {
      type: 'button', text: app.t('history.more'), data: { key: 'more' },
      on: { click: () => { state.pages += 1; view.load(); } },
    }));
  }
  return list;
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} day
 */
function dayWords(app, day) {
  const date = new Date(`${day}T00:00:00`);
  return date.toLocaleDateString(app.language === 'en' ? 'en-GB' : 'zh-CN', { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').HistoryEntry[]} entries All that are loaded, newest first.
 * @param {import('../wire').HistoryEntry} entry
 * @param {any} view
 */
function entryLine(app, state, entries, entry, view) {
  const open = state.open.has(entry.id);
  const rows = changedRows(app, entry.changes);
  const shown = open ? rows : rows.slice(0, SHORT);
  const later = entries.slice(0, entries.indexOf(entry)).filter((other) => !other.undone && !isTurn(other));
  return element('li', { class: entry.undone ? 'undone' : '' },
    element('time.number', { dateTime: entry.at, text: entry.at.slice(11, 16) }),
    element('div.history-what', {},
      element('p.history-label', {},
        element('b', { text: said(entry.label) }),
        entry.who && element('span.quiet', { text: entry.who }),
        entry.undone && element('span.tag', { text: app.t('history.undone') })),
      shown.length > 0 && element('ul', {}, shown.map((row) => element('li', {}, rowLine(app, row)))),
      rows.length > shown.length && element('button.link.small', {
        type: 'button', text: app.t('history.rest', { count: rows.length - shown.length }), data: { key: `rest-${entry.id}` },
        on: { click: () => { state.open.add(entry.id); view.redraw(); } },
      }),
      rows.length === shown.length && entry.more > 0 && element('button.link.small', {
        type: 'button', text: app.t('history.unlisted', { count: entry.more }), data: { key: `unlisted-${entry.id}` },
        on: { click: attempt(() => listAll(app, state, entries, entry, view)) },
      })),
    !state.row && !entry.undone && !isTurn(entry) && later.length > 0 && !app.workbook.read_only && element('button.button.small.history-to', {
      type: 'button', text: app.t('history.to'), title: app.t('history.to.title'), data: { key: `to-${entry.id}` },
      on: { click: attempt(() => undoTo(app, entry, later)) },
    }));
}

/**
 * Asks for what of an edit was too much to list with the others.
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').HistoryEntry[]} entries
 * @param {import('../wire').HistoryEntry} entry
 * @param {any} view
 */
async function listAll(app, state, entries, entry, view) {
  const newer = entries[entries.indexOf(entry) - 1]?.id ?? null;
  const [whole] = await app.call('history', { row: state.row || null, limit: 1, before: newer, changes: ALL });
  if (whole?.id !== entry.id) return view.load();
  Object.assign(entry, { changes: whole.changes, more: whole.more });
  state.open.add(entry.id);
  return view.redraw();
}

/**
 * Whether an entry only took another back or brought it again.
 * @param {import('../wire').HistoryEntry} entry
 */
function isTurn(entry) {
  return /^(撤销|重做)“/.test(entry.label);
}

/**
 * What changed of one row.
 * @typedef {{ kind: string, name: string, fields: { name: string, old: string | null, new: string | null }[] }} ChangedRow
 */

/**
 * Changes by row, in words: what a new row repeats of its own name is left out.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').FieldChange[]} changes
 * @returns {ChangedRow[]}
 */
function changedRows(app, changes) {
  /** @type {Map<string, ChangedRow>} */
  const rows = new Map();
  for (const change of changes) {
    const key = `${change.what} ${change.id}`;
    const { kind, field } = changeNames(app, change);
    /** @type {ChangedRow} */
    const row = rows.get(key) ?? { kind, name: changeRow(app, change), fields: [] };
    rows.set(key, row);
    const repeats = change.field === 'key' || change.field === 'quarter' || (change.field === 'department' && (change.what === 'progress' || change.what === 'exchange')) || (change.field === 'kind' && change.what === 'passage');
    if (repeats || (change.old ?? '') === (change.new ?? '') || (change.old === null && change.new === row.name)) continue;
    row.fields.push({ name: change.what === 'setting' || change.what === 'passage' ? '' : field, old: changeValue(app, change, change.old), new: changeValue(app, change, change.new) });
  }
  // a row that lost its own name is gone as a whole: what else it held is told by the edit that made it
  for (const change of changes) {
    const row = rows.get(`${change.what} ${change.id}`);
    if (row && change.new === null && change.old === row.name) row.fields = [{ name: '', old: null, new: null }];
  }
  return [...rows.values()];
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {ChangedRow} row
 * @returns {(Node | string)[]}
 */
function rowLine(app, row) {
  return [
    element('span.history-kind', { text: row.kind }),
    element('span.history-row', { text: row.name, title: row.name }),
    ...row.fields.flatMap((field) => fieldParts(app, field)),
  ];
}

/**
 * Old and new, in words.
 * @param {import('../lib/app.js').App} app
 * @param {ChangedRow['fields'][number]} field
 */
function fieldParts(app, field) {
  const parts = [];
  if (field.name) parts.push(element('span.history-field', { text: field.name }));
  if (field.old) parts.push(element('del', { text: field.old, title: field.old }), element('span.quiet', { text: '→', 'aria-label': app.t('history.becomes') }));
  parts.push(field.new ? element('ins', { text: field.new, title: field.new }) : element('span.quiet', { text: app.t(field.new === null ? 'history.gone' : 'history.emptied') }));
  return parts;
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').HistoryEntry} entry
 * @param {import('../wire').HistoryEntry[]} later What would go back, newest first.
 */
async function undoTo(app, entry, later) {
  const lines = later.slice(0, ASKED).map((other) => {
    const first = other.changes[0];
    return `${other.at.slice(5, 16).replace('T', ' ')}　${said(other.label)}${first && changeRow(app, first) ? `：${changeRow(app, first)}` : ''}`;
  });
  if (later.length > ASKED) lines.push(app.t('history.ask.rest', { count: later.length - ASKED }));
  const yes = await askFirst(app, {
    title: app.t('history.ask.title', { count: later.length }),
    text: app.t('history.ask.text', { at: entry.at.slice(0, 16).replace('T', ' '), label: said(entry.label) }),
    lines,
    yes: app.t('history.ask.yes', { count: later.length }),
  });
  if (!yes) return;
  await app.busy(app.call('undo_to', { edit: entry.id, quarter: app.quarter }), app.t('history.undoing'));
  await reload(app);
  app.notice(app.t('history.went_back', { count: later.length }));
}

/**
 * Everything may be different now.
 * @param {import('../lib/app.js').App} app
 */
async function reload(app) {
  await app.refreshWorkbook();
  app.changed();
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').CopyLine[]} copies
 */
function copyList(app, copies) {
  if (!copies.length) return emptyState(app.t('copies.empty.title'), app.t('copies.empty.text'));
  return element('div.scroll', { data: { scroll: 'copies' } },
    element('p.copies-note.quiet', { text: app.t('copies.note') }),
    element('table.lines.copies', {},
      element('thead', {}, element('tr', {},
        element('th', { scope: 'col', text: app.t('copies.at') }), element('th.right', { scope: 'col', text: app.t('copies.size') }),
        element('th', { scope: 'col', text: app.t('copies.path') }), element('th', { scope: 'col' }, element('span.spoken', { text: app.t('copies.restore') })))),
      element('tbody', {}, copies.map((copy) => element('tr', {},
        element('th.number', { scope: 'row', text: `${dayWords(app, copy.at.slice(0, 10))} ${copy.at.slice(11, 16)}` }),
        element('td.right.number', { text: fileSize(copy.size) }),
        element('td.path.quiet', { text: copy.path, title: copy.path }),
        element('td.right', {}, element('button.button.small', {
          type: 'button', text: app.t('copies.restore'), disabled: app.workbook.read_only, data: { key: `restore-${copy.path}` },
          on: { click: attempt(() => restore(app, copy)) },
        })))))));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').CopyLine} copy
 */
async function restore(app, copy) {
  const at = `${dayWords(app, copy.at.slice(0, 10))} ${copy.at.slice(11, 16)}`;
  const yes = await askFirst(app, { title: app.t('copies.ask.title', { at }), text: app.t('copies.ask.text'), yes: app.t('copies.restore') });
  if (!yes) return;
  await app.busy(app.call('restore_copy', { path: copy.path }), app.t('copies.restoring'));
  await reload(app);
  app.notice(app.t('copies.restored', { at }));
}
