// Returns back: what they would change, file by file and field by field, with a choice where two wrote the same; then one merge.
import { element } from '../../parts/element.js';
import { attempt } from '../../parts/view.js';
import { quarterWords } from '../../parts/calendar.js';
import { composing } from '../../lib/keys.js';
import { fileContent } from './returned.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').Collected} Collected */
/** @typedef {import('../../wire').CollectedFile} CollectedFile */

/** What a clerk must look at comes first. */
const ORDER = ['refused', 'late', 'new', 'same'];

/**
 * @param {App} app
 * @param {{ quarter: () => string, redraw: () => void, done: () => void }} doors
 */
export function createCollecting(app, doors) {
  /** @type {{ files: string[], answer: Collected, at: number, choices: Map<string, string | null> } | null} */
  let open = null;
  let asked = 0;
  let merging = false;

  /** @param {string[]} files */
  async function start(files) {
    const answer = await look(files, new Map());
    if (!answer) return;
    if (!answer.files.length) {
      app.notice(app.t('collect.nothing'));
      return;
    }
    const first = answer.files.findIndex((file) => file.conflicts.length > 0);
    open = { files, answer, at: 0, choices: new Map() };
    open.at = first >= 0 ? shownOrder(answer.files).indexOf(first) : 0;
    doors.redraw();
    /** @type {HTMLElement | null} */ (document.querySelector('.collect-file[aria-selected="true"]'))?.focus();
  }

  /**
   * @param {string[]} files
   * @param {Map<string, string | null>} choices
   */
  async function look(files, choices) {
    const mine = ++asked;
    try {
      const answer = await app.busy(app.call('preview_returns', { files, choices: chosen(choices), late: false }), app.t('collect.reading'));
      return mine === asked ? answer : null;
    } catch {
      return null;
    }
  }

  function leave() {
    open = null;
    asked += 1;
    doors.done();
  }

  /**
   * @param {string} key
   * @param {string | null} department None keeps the office's value.
   */
  async function choose(key, department) {
    if (!open) return;
    open.choices.set(key, department);
    await again();
  }

  /** The preview again, after a choice or after the workbook changed under it. */
  async function again() {
    if (!open || merging) return;
    const answer = await look(open.files, open.choices);
    if (!answer || !open) return;
    open.answer = answer;
    doors.redraw();
  }

  async function merge() {
    if (!open || merging) return;
    merging = true;
    try {
      await mergeNow(open);
    } finally {
      merging = false;
    }
  }

  /** @param {NonNullable<typeof open>} open */
  async function mergeNow(open) {
    const work = app.call('collect_returns', { files: open.files, choices: chosen(open.choices), late: false });
    const merged = await app.busy(work, app.t('collect.merging'));
    await app.refreshWorkbook();
    const label = merged.label;
    leave();
    app.changed();
    const taken = merged.files.filter((file) => file.state === 'new');
    const text = merged.merged ? app.t('collect.merged', { files: taken.length, fields: taken.reduce((sum, file) => sum + file.changes.length, 0) }) : app.t('collect.same');
    app.notice(text, { action: label ? { label: app.t('undo'), run: () => (app.workbook.undo === label ? app.undo() : app.go('history')) } : null });
  }

  function show() {
    const { answer, at } = /** @type {NonNullable<typeof open>} */ (open);
    const order = shownOrder(answer.files);
    const file = answer.files[order[at]] ?? answer.files[0];
    const taken = answer.files.filter((line) => line.state === 'new');
    const fields = taken.reduce((sum, line) => sum + line.changes.length, 0);
    const conflicts = new Set(taken.flatMap((line) => line.conflicts.map((conflict) => conflict.key))).size;
    return [
      element('div.viewbar', {},
        element('b', { text: app.t('collect.title') }),
        element('span.quiet', { text: app.t(conflicts ? 'collect.sum.conflicts' : 'collect.sum', { files: answer.files.length, taken: taken.length, fields, conflicts }) }),
        element('span.spread'),
        element('button.button', { type: 'button', text: app.t('collect.leave'), data: { key: 'collect-leave' }, on: { click: leave } }),
        element('button.button.primary', {
          type: 'button', text: app.t('collect.merge', { count: taken.length }), title: app.t('collect.merge.title'), disabled: !taken.length, data: { key: 'collect-merge' }, on: { click: attempt(merge) },
        })),
      element('div.collect', {},
        element('div.collect-left', {},
          element('ul.collect-files', { role: 'listbox', 'aria-label': app.t('collect.files'), data: { scroll: 'collect-files' }, on: { keydown: move } },
            order.map((place, line) => fileLine(answer.files[place], line, line === at))),
          answer.missing.length ? element('div.collect-missing', {}, element('b', { text: app.t('collect.missing', { count: answer.missing.length }) }), element('p.quiet', { text: answer.missing.join(app.t('list.comma')) })) : null),
        element('div.collect-right', { data: { scroll: `collect-${at}` }, tabIndex: 0, role: 'region', 'aria-label': file.file }, fileContent(app, file, { choose }))),
    ];
  }

  /**
   * @param {CollectedFile} file
   * @param {number} line
   * @param {boolean} isChosen
   */
  function fileLine(file, line, isChosen) {
    const marks = [
      file.changes.length ? app.t('collect.changes', { count: file.changes.length }) : '',
      file.conflicts.length ? app.t('collect.conflicts', { count: file.conflicts.length }) : '',
      file.refused.length ? app.t('collect.refused', { count: file.refused.length }) : '',
      file.unfilled.length ? app.t('collect.unfilled', { count: file.unfilled.length }) : '',
      file.requests.length ? app.t('collect.requests', { count: file.requests.length }) : '',
    ].filter(Boolean);
    return element('li', { role: 'presentation' }, element('button.collect-file', {
      type: 'button', role: 'option', 'aria-selected': String(isChosen), tabIndex: isChosen ? 0 : -1, title: file.file, data: { key: `file-${line}` },
      on: { click: () => select(line) },
    },
    element('span.collect-name.cut', { text: file.department ?? file.file }),
    element(`span.collect-state.${file.state}`, { text: app.t(`collect.state.${file.state}`) }),
    element('span.collect-what.quiet.cut', { text: [file.quarter ? quarterWords(file.quarter, app.language) : '', ...marks].filter(Boolean).join('　') })));
  }

  /** @param {number} line */
  function select(line) {
    if (!open) return;
    open.at = line;
    doors.redraw();
  }

  /** @param {KeyboardEvent} event */
  function move(event) {
    if (!open || composing(event)) return;
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    select(Math.max(0, Math.min(open.answer.files.length - 1, open.at + by)));
    /** @type {HTMLElement | null} */ (document.querySelector('.collect-file[aria-selected="true"]'))?.focus();
  }

  return { get isOpen() { return open !== null; }, open: start, again, show };
}

/**
 * @param {Map<string, string | null>} choices
 * @returns {import('../../wire').TakeSide[]}
 */
function chosen(choices) {
  return [...choices].map(([key, department]) => ({ key, department }));
}

/**
 * Places of the files as they are listed.
 * @param {CollectedFile[]} files
 */
function shownOrder(files) {
  const rank = (/** @type {CollectedFile} */ file) => (file.conflicts.length ? -1 : ORDER.indexOf(file.state));
  return files.map((_, place) => place).sort((a, b) => rank(files[a]) - rank(files[b]) || a - b);
}
