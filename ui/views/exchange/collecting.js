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
const ORDER = ['refused', 'held', 'late', 'empty', 'new', 'same'];
/** So many names of missing departments are shown without being asked for. */
const FEW = 15;

/**
 * @param {App} app
 * @param {{ quarter: () => string, redraw: () => void, done: () => void }} doors
 */
export function createCollecting(app, doors) {
  /** @type {{ files: string[], answer: Collected, at: number, choices: Map<string, string | null>, late: boolean, state: string, isMissingOpen: boolean } | null} */
  let open = null;
  let asked = 0;
  let merging = false;

  /** @param {string[]} files */
  async function start(files) {
    const answer = await look(files, new Map(), false);
    if (!answer) return;
    if (!answer.files.length) {
      app.notice(app.t('collect.nothing'));
      return;
    }
    const first = answer.files.findIndex((file) => file.conflicts.length > 0);
    open = { files, answer, at: 0, choices: new Map(), late: false, state: '', isMissingOpen: answer.missing.length <= FEW };
    open.at = first >= 0 ? shownOrder(answer.files).indexOf(first) : 0;
    doors.redraw();
    /** @type {HTMLElement | null} */ (document.querySelector('.collect-file[aria-selected="true"]'))?.focus();
  }

  /**
   * @param {string[]} files
   * @param {Map<string, string | null>} choices
   * @param {boolean} late
   */
  async function look(files, choices, late) {
    const mine = ++asked;
    try {
      const answer = await app.busy(app.call('preview_returns', { files, choices: chosen(choices), late }), app.t('collect.reading'));
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

  /** @param {[string, string | null][]} choices The side whose word is taken in each field; none keeps the office's. */
  async function choose(choices) {
    if (!open) return;
    for (const [key, department] of choices) open.choices.set(key, department);
    await again();
  }

  /** The preview again, after a choice or after the workbook changed under it. */
  async function again() {
    if (!open || merging) return;
    const answer = await look(open.files, open.choices, open.late);
    if (!answer || !open) return;
    open.answer = answer;
    doors.redraw();
  }

  /**
   * Whether returns for closed quarters are recorded in the next open one.
   * @param {boolean} late
   */
  async function takeLate(late) {
    if (!open) return;
    open.late = late;
    await again();
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
    const work = app.call('collect_returns', { files: open.files, choices: chosen(open.choices), late: open.late });
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
    const shown = /** @type {NonNullable<typeof open>} */ (open);
    const { answer, at, late } = shown;
    const order = shownOrder(answer.files);
    const file = answer.files[order[at]] ?? answer.files[0];
    const afterClose = answer.files.filter((line) => line.late_into);
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
      afterClose.length ? element('p.collect-late', {},
        element('span', { text: app.t(late ? 'collect.late.taken' : 'collect.late', { count: afterClose.length, into: [...new Set(afterClose.map((line) => quarterWords(line.late_into ?? '', app.language)))].join(app.t('list.comma')) }) }),
        element('button.button.small', { type: 'button', text: app.t(late ? 'collect.late.no' : 'collect.late.yes'), data: { key: 'collect-late' }, on: { click: () => takeLate(!late) } })) : null,
      element('div.collect', {},
        element('div.collect-left', {},
          fileChips(answer.files, shown),
          element('ul.collect-files', { role: 'listbox', 'aria-label': app.t('collect.files'), data: { scroll: 'collect-files' }, on: { keydown: move } },
            order.map((place, line) => (shown.state && stateOf(answer.files[place]) !== shown.state ? null : fileLine(answer.files[place], line, line === at)))),
          answer.missing.length ? element('details.collect-missing', { open: shown.isMissingOpen, on: { toggle: (/** @type {Event} */ event) => { shown.isMissingOpen = /** @type {HTMLDetailsElement} */ (event.target).open; } } },
            element('summary', { data: { key: 'collect-missing' } }, element('b', { text: app.t('collect.missing', { count: answer.missing.length }) })), element('p.quiet', { text: answer.missing.join(app.t('list.comma')) })) : null),
        element('div.collect-right', { data: { scroll: `collect-${at}` }, tabIndex: 0, role: 'region', 'aria-label': file.file }, fileContent(app, file, { choose }))),
    ].filter((part) => part !== null);
  }

  /**
   * How many files stand how; one chip narrows the list to its own. Few files need none.
   * @param {CollectedFile[]} files
   * @param {NonNullable<typeof open>} shown
   */
  function fileChips(files, shown) {
    const states = [...new Set(shownOrder(files).map((place) => stateOf(files[place])))];
    if (shown.state && !states.includes(shown.state)) shown.state = '';
    if (states.length < 2 || files.length < 6) return element('span', { hidden: true });
    return element('div.collect-chips', { role: 'group', 'aria-label': app.t('exchange.state') },
      ['', ...states].map((state) => element('button.chip', {
        type: 'button', 'aria-pressed': String(shown.state === state), data: { key: `collect-state-${state}` },
        on: { click: () => narrow(state) },
      }, element('span', { text: app.t(state ? `collect.state.${state}` : 'exchange.state.all') }), element('b.number', { text: state ? files.filter((file) => stateOf(file) === state).length : files.length }))));
  }

  /** @param {string} state */
  function narrow(state) {
    if (!open) return;
    const { files } = open.answer;
    open.state = state;
    const first = shownOrder(files).findIndex((place) => !state || stateOf(files[place]) === state);
    if (first >= 0) open.at = first;
    doors.redraw();
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
    element(`span.collect-state.${stateOf(file)}`, { text: app.t(`collect.state.${stateOf(file)}`) }),
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
    const { files } = open.answer;
    const { state, at } = open;
    const lines = shownOrder(files).flatMap((place, line) => (!state || stateOf(files[place]) === state ? [line] : []));
    select(lines[Math.max(0, Math.min(lines.length - 1, lines.indexOf(at) + by))] ?? at);
    /** @type {HTMLElement | null} */ (document.querySelector('.collect-file[aria-selected="true"]'))?.focus();
  }

  return { get isOpen() { return open !== null; }, open: start, again, show };
}

/**
 * @param {Map<string, string | null>} choices Of each field the side, as [`sideKey`] names it; none keeps the office's.
 * @returns {import('../../wire').TakeSide[]}
 */
function chosen(choices) {
  return [...choices].map(([key, side]) => {
    const [department, file = null] = side === null ? [null] : side.split('\n');
    return { key, department, file };
  });
}

/**
 * How a file stands in the list: where two wrote the same, that comes before its being new; so does that it is late.
 * @param {CollectedFile} file
 */
function stateOf(file) {
  if (file.state !== 'new') return file.state;
  return file.conflicts.length ? 'differs' : file.late_into ? 'into' : 'new';
}

/**
 * Places of the files as they are listed.
 * @param {CollectedFile[]} files
 */
function shownOrder(files) {
  const rank = (/** @type {CollectedFile} */ file) => (file.conflicts.length ? -1 : ORDER.indexOf(file.state));
  return files.map((_, place) => place).sort((a, b) => rank(files[a]) - rank(files[b]) || a - b);
}
