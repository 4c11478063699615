// 台账: all tasks as a grid, with headings that fold, filters in words, and every field edited where it stands.
import { element, emptyState } from '../parts/element.js';
import { ALL_STATUSES, statusWord } from '../parts/view.js';
import { composing, isTextField } from '../lib/keys.js';
import { openMenu } from '../lib/menu.js';
import { openPicker } from '../lib/picker.js';
import { importDocument } from '../lib/files.js';
import { departmentNamed } from '../lib/detail.js';
import { createGrid } from './ledger/grid.js';
import { COLUMNS, cellContent, valueWords } from './ledger/columns.js';
import { GROUPINGS, filterRows, linesAfter, linesOf, prepareFinding, valueCounts } from './ledger/rows.js';
import { CLEARABLE, EDITABLE, OFFICES, OF_QUARTER, cellText, editsFor, readTable, writeTable, writer } from './ledger/edits.js';
import { openEditor } from './ledger/editor.js';
import { createTyping } from './ledger/typing.js';
import { headingMenu, moveByOne, rowMenu } from './ledger/menus.js';
import { pickPerson, showPeople } from '../lib/people.js';
import { rowsOf } from '../lib/table.js';
import { isOffices, newPlan, newSection, nextNumber, pasteTasks, showRetired } from '../lib/structure.js';

/** @typedef {import('../lib/app.js').App} App */
/** @typedef {import('../lib/app.js').Change} Change */
/** @typedef {import('../wire').LedgerRow} Row */
/** @typedef {import('../wire').Edit} Edit */
/** @typedef {import('./ledger/rows.js').Filter} Filter */
/** @typedef {import('./ledger/rows.js').Grouping} Grouping */
/** @typedef {import('./ledger/rows.js').Line} Line */

/** Fields that the filter button offers. */
const FILTERS = ['lamp', 'judgement', 'status', 'lead', 'support', 'leaders', 'due', 'written'];

/** How long typing must pause before the rows are found, in milliseconds. */
const PAUSE = 8;

/** What stays while the program runs: filters, words, folded headings. */
/** @type {{ workbook: string, filters: Filter[], words: string, folded: Set<string> }} */
const kept = { workbook: '', filters: [], words: '', folded: new Set() };

export default {
  name: 'ledger',

  /**
   * @param {HTMLElement} root
   * @param {App} app
   * @param {{ tasks?: string[], title?: string, lamp?: string, department?: string, judgement?: string, add?: string, leader?: string }} [params]
   */
  mount(root, app, params = {}) {
    return mountLedger(root, app, params);
  },
};

/**
 * How the columns stand, as the workbook keeps it.
 * @typedef {{ order: string[], off: string[], widths: Record<string, number>, grouping: Grouping, sort: { column: string, down: boolean } | null }} Layout
 */

/** So many rows are read in one go. */
const ONE_GO = 5000;

/**
 * The plans whose rows are asked for one after the other; nothing stands for all plans in one go.
 * @param {App} app
 * @returns {(string | null)[]}
 */
function partsOf(app) {
  const { plans } = app.workbook;
  if (app.plan || plans.reduce((sum, plan) => sum + plan.tasks, 0) <= ONE_GO) return [app.plan];
  return plans.map((plan) => plan.id);
}

/** @param {App} app @returns {Layout} */
function layoutOf(app) {
  const keptLayout = /** @type {any} */ (app.workbook.settings.columns ?? {});
  const keys = COLUMNS.map((column) => column.key);
  const known = Array.isArray(keptLayout.order) ? keptLayout.order.filter((/** @type {string} */ key) => keys.includes(key)) : [];
  return {
    order: [...known, ...keys.filter((key) => !known.includes(key))],
    off: Array.isArray(keptLayout.off) ? keptLayout.off : COLUMNS.filter((column) => column.off).map((column) => column.key),
    widths: typeof keptLayout.widths === 'object' && keptLayout.widths ? { ...keptLayout.widths } : {},
    grouping: GROUPINGS.includes(keptLayout.grouping) ? keptLayout.grouping : 'outline',
    sort: keptLayout.sort && keys.includes(keptLayout.sort.column) ? { column: keptLayout.sort.column, down: Boolean(keptLayout.sort.down) } : null,
  };
}

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {{ tasks?: string[], title?: string, lamp?: string, department?: string, judgement?: string, add?: string, leader?: string }} params
 */
function mountLedger(root, app, params) {
  root.classList.add('ledger');
  const stop = new AbortController();
  const layout = layoutOf(app);
  if (kept.workbook !== app.workbook.path) Object.assign(kept, { workbook: app.workbook.path, filters: [], words: '', folded: new Set() });
  if (params.tasks || params.lamp || params.department || params.judgement || params.leader) {
    kept.words = '';
    kept.filters = [];
    if (params.tasks) kept.filters.push({ field: 'task', values: params.tasks, title: params.title || app.t('ledger.chosen') });
    if (params.lamp) kept.filters.push({ field: 'lamp', values: [params.lamp] });
    if (params.judgement) kept.filters.push({ field: 'judgement', values: [params.judgement] });
    if (params.leader) kept.filters.push({ field: 'leaders', values: [params.leader] });
    if (params.department) kept.filters.push({ field: 'department', values: [params.department] });
  }

  /** @type {import('../wire').Ledger} */
  let ledger = { quarter: app.quarter, sections: [], rows: [] };
  let isLoaded = false;
  /** Plans whose rows are still to come. */
  let coming = 0;
  /** @type {Row[]} */
  let found = [];
  /** @type {Set<string>} */
  const chosen = new Set();
  /** @type {{ leave: () => void, stand: (box: DOMRect) => void } | null} */
  let editor = null;
  let asked = 0;
  /** @type {Map<string, string>} */
  let initials = new Map();

  const isLocked = () => app.workbook.read_only;
  /** Whether a column can be filled in now. @param {string} column */
  const takes = (column) => !isLocked() && EDITABLE.has(column) && !(OFFICES.has(column) && !isOffices(app)) && !(OF_QUARTER.has(column) && app.workbook.closed.includes(app.quarter));
  const known = () => ({ quarter: app.quarter, today: app.workbook.as_of, department: (/** @type {string} */ name) => departmentNamed(app, name), statuses: [...ALL_STATUSES] });

  // ---- the bar above the grid ----

  const seek = /** @type {HTMLInputElement} */ (element('input.field.ledger-seek', { type: 'search', value: kept.words, placeholder: app.t('ledger.seek'), 'aria-label': app.t('ledger.seek'), title: app.t('ledger.seek.title'), autocomplete: 'off', spellcheck: false }));
  const chips = element('div.ledger-chips', {});
  const grouping = element('button.button.small', { type: 'button', 'aria-haspopup': 'menu' });
  const bulk = element('div.ledger-bulk', { role: 'toolbar', 'aria-label': app.t('ledger.bulk'), hidden: true });
  const count = element('span.quiet.number.ledger-count', { role: 'status' });
  const bar = element('div.ledger-bar', {}, seek,
    element('button.button.small', { type: 'button', text: app.t('ledger.filter'), 'aria-haspopup': 'menu', on: { click: (/** @type {Event} */ event) => filterMenu(/** @type {HTMLElement} */ (event.currentTarget)) } }),
    chips, element('span.spread'), count, grouping,
    isOffices(app) ? element('button.button.small', { type: 'button', text: app.t('ledger.add'), 'aria-haspopup': 'menu', on: { click: (/** @type {Event} */ event) => addMenu(/** @type {HTMLElement} */ (event.currentTarget)) } }) : null,
    element('button.button.small', { type: 'button', text: app.t('ledger.columns'), title: app.t('ledger.columns.title'), on: { click: (/** @type {Event} */ event) => columnsMenu(/** @type {HTMLElement} */ (event.currentTarget)) } }));
  const gridPlace = element('div.ledger-grid', {});
  const empty = element('div.ledger-empty', { hidden: true });
  root.append(bar, bulk, gridPlace, empty);

  /** @type {ReturnType<typeof createTyping> | null} */
  let typing = null;
  const grid = createGrid(gridPlace, {
    label: app.t('view.ledger.full'),
    cell: (line, column) => cellContent(app, line.row, column),
    head: headContent,
    adding: () => [element('span.quiet', { text: app.t('ledger.adding') })],
    typing: () => typing?.field ?? null,
    columnHead,
    isChosen: (line) => chosen.has(line.id),
    isOpen: (id) => app.task === id,
    clicked({ line, column, event }) {
      if (line.kind === 'head') {
        const button = /** @type {HTMLElement} */ (event.target).closest('.grid-more');
        if (button instanceof HTMLElement) headingMenu(app, button, line.id, { sections: ledger.sections, focus: () => grid.focus() });
        else fold(line);
      } else if (line.kind === 'add') typing?.open();
      else if (column === 'check' || event.ctrlKey || event.metaKey) choose(line, event.shiftKey);
      else if (column === 'title' && !event.shiftKey && /** @type {HTMLElement} */ (event.target).closest('.ledger-title')) app.openTask(line.id);
    },
    doubleClicked({ line }) { if (line.kind === 'row') edit(); },
    resized(column, width, isFinal) {
      layout.widths[column] = width;
      grid.setColumns(columns());
      if (isFinal) keepLayout();
    },
    moved(column, before) {
      layout.order = layout.order.filter((key) => key !== column);
      layout.order.splice(layout.order.indexOf(before), 0, column);
      grid.setColumns(columns());
      keepLayout();
    },
    activated: followDetail,
    takesFill: (column) => takes(column) && column !== 'title' && column !== 'number',
    fill: fillDown,
  });

  function columns() {
    return layout.order.filter((key) => !layout.off.includes(key)).map((key) => {
      const column = /** @type {import('./ledger/columns.js').Column} */ (COLUMNS.find((one) => one.key === key));
      const scale = app.isLarge ? 1.2 : 1;
      const width = layout.widths[key];
      return width ? { ...column, width, grows: key === 'title' && !Object.keys(layout.widths).includes('progress') ? column.grows : undefined } : { ...column, width: Math.round(column.width * scale) };
    });
  }

  let keeping = 0;
  function keepLayout() {
    clearTimeout(keeping);
    keeping = window.setTimeout(() => app.keep('columns', { order: layout.order, off: layout.off, widths: layout.widths, grouping: layout.grouping, sort: layout.sort }), 400);
  }

  /** @param {import('./ledger/columns.js').Column} column */
  function columnHead(column) {
    if (column.key === 'check') {
      const all = found.length > 0 && found.every((row) => chosen.has(row.id));
      return [element('button.grid-check', { type: 'button', tabIndex: -1, text: all ? '✓' : '', 'aria-label': app.t('ledger.choose_all'), title: app.t('ledger.choose_all'), on: { click: () => chooseAll(!all) } })];
    }
    const sorted = layout.sort?.column === column.key ? layout.sort : null;
    const isFiltered = kept.filters.some((filter) => filter.field === column.key);
    return [
      element('button.grid-sort', { type: 'button', tabIndex: -1, title: app.t('ledger.sort', { column: app.t(`column.${column.key}`) }), on: { click: () => sortBy(column.key) } },
        element('span.cut', { text: app.t(`column.${column.key}`) }), sorted ? element('span', { text: sorted.down ? '↓' : '↑', 'aria-label': app.t(sorted.down ? 'ledger.sorted.down' : 'ledger.sorted.up') }) : null),
      ...(column.filters ? [element(`button.grid-filter${isFiltered ? '.on' : ''}`, { type: 'button', tabIndex: -1, text: '▾', title: app.t('ledger.filter.by', { column: app.t(`column.${column.key}`) }), 'aria-label': app.t('ledger.filter.by', { column: app.t(`column.${column.key}`) }), on: { click: (/** @type {Event} */ event) => pickFilter(column.key, /** @type {HTMLElement} */ (event.currentTarget)) } })] : []),
    ];
  }

  /** @param {Line & { kind: 'head' }} line */
  function headContent(line) {
    const lamps = /** @type {const} */ ([['红', 'red'], ['黄', 'yellow'], ['绿', 'green']]);
    return [
      element('span.grid-fold', { text: line.folded ? '▸' : '▾', 'aria-hidden': 'true' }),
      element('span.cut', { text: line.text, title: line.text }),
      element('small.quiet.number', { text: app.t('ledger.head.count', { count: line.count }) }),
      isOffices(app) && layout.grouping === 'outline' ? element('span.grid-more', { role: 'button', title: app.t('ledger.heading.more'), 'aria-label': app.t('ledger.heading.more'), text: '⋯' }) : '',
      ...lamps.filter(([lamp]) => line.lamps[lamp]).map(([lamp, kind]) => element(`small.head-lamp.${kind}`, { text: `${app.language === 'en' ? app.t(`lamp.${kind}`) : lamp} ${line.lamps[lamp]}` })),
    ];
  }

  // ---- rows ----

  async function load() {
    const mine = ++asked;
    root.setAttribute('aria-busy', 'true');
    try {
      // many rows come plan by plan, so that the first stand there at once; rows that stood there before are changed in one go
      const isFirst = !isLoaded || ledger.quarter !== app.quarter;
      const parts = partsOf(app);
      /** @type {import('../wire').Ledger} */
      let whole = { quarter: app.quarter, sections: [], rows: [] };
      for (const [at, plan] of parts.entries()) {
        const part = await app.call('ledger_table', { quarter: app.quarter, plan });
        if (mine !== asked || stop.signal.aborted) return;
        whole = { quarter: part.quarter, sections: [...whole.sections, ...part.sections], rows: [...whole.rows, ...rowsOf(part)] };
        if (at > 0 && at < parts.length - 1 || (!isFirst && at < parts.length - 1)) continue;
        ledger = whole;
        coming = parts.length - 1 - at;
        isLoaded = true;
        initials = new Map(app.workbook.departments.map((line) => [line.name, line.initials]));
        if (!coming && chosen.size) {
          const present = new Set(ledger.rows.map((row) => row.id));
          for (const id of [...chosen]) if (!present.has(id)) chosen.delete(id);
        }
        refresh();
      }
      prepareFinding(ledger.rows, (name) => initials.get(name) ?? '', stop.signal);
    } catch {
      // said already; the old rows stay
    } finally {
      if (mine === asked) {
        root.removeAttribute('aria-busy');
        coming = 0;
      }
    }
  }

  /** What the rows found now were found in and by. @type {{ rows: Row[], filters: Filter[], words: string }} */
  let foundBy = { rows: [], filters: [], words: '' };

  function refresh() {
    // words that only grew find nothing that was not found before
    const isNarrower = foundBy.rows === ledger.rows && foundBy.filters === kept.filters && kept.words.startsWith(foundBy.words);
    found = filterRows(isNarrower ? found : ledger.rows, kept.filters, kept.words, (name) => initials.get(name) ?? '');
    foundBy = { rows: ledger.rows, filters: kept.filters, words: kept.words };
    grid.setLines(linesOf({
      rows: found, sections: ledger.sections, plans: app.workbook.plans, grouping: layout.grouping, sort: layout.sort, folded: kept.folded,
      name: (field, value) => valueWords(app, field, value),
      adds: isOffices(app) && !coming && !layout.sort && !kept.filters.length && !kept.words,
    }));
    grid.drawHead();
    drawBar();
  }

  /** @param {Change} change */
  function update(change) {
    if (change.kind === 'workbook') initials = new Map(app.workbook.departments.map((line) => [line.name, line.initials]));
    if (change.kind === 'workbook' && isLoaded) return;
    const applied = change.kind === 'changed' ? change.applied : null;
    const wanted = new Map(applied?.rows.map((row) => [row.id, row]) ?? []);
    /** @type {{ before: Row, after: Row }[]} */
    const changes = [];
    const rows = applied ? ledger.rows.map((before) => {
      const after = wanted.get(before.id);
      if (after) changes.push({ before, after });
      return after ?? before;
    }) : [];
    const elsewhere = [...wanted.values()].filter((row) => app.plan && row.plan !== app.plan).length;
    if (!applied || coming || !(applied.rows.length || applied.removed.length) || changes.length + elsewhere < wanted.size) {
      load();
      return;
    }
    const gone = new Set(applied.removed);
    const lines = gone.size ? null : linesAfter(grid.lines, changes, { sections: ledger.sections, filters: kept.filters, words: kept.words, grouping: layout.grouping, sort: layout.sort, initialsOf: (name) => initials.get(name) ?? '' });
    ledger = { ...ledger, rows: gone.size ? rows.filter((row) => !gone.has(row.id)) : rows };
    if (!lines) {
      refresh();
      return;
    }
    found = found.map((row) => wanted.get(row.id) ?? row);
    foundBy = { rows: ledger.rows, filters: kept.filters, words: kept.words };
    grid.setLines(lines);
    drawBar();
  }

  function drawBar() {
    chips.replaceChildren(...kept.filters.map((filter) => {
      const values = filter.title ?? filter.values.map((value) => valueWords(app, filter.field, value)).join(app.language === 'en' ? ', ' : '、');
      const text = filter.title ?? app.t('ledger.chip', { field: app.t(`column.${filter.field}`), values });
      return element('span.chip', { title: text }, element('span', { text }), element('button', { type: 'button', text: '×', 'aria-label': app.t('ledger.chip.remove', { filter: text }), on: { click: () => { kept.filters = kept.filters.filter((one) => one !== filter); refresh(); seek.focus(); } } }));
    }), kept.filters.length + (kept.words ? 1 : 0) > 1 ? element('button.link', { type: 'button', text: app.t('ledger.clear'), on: { click: clearFilters } }) : '');
    if (coming) count.textContent = app.t('ledger.coming');
    else count.textContent = found.length === ledger.rows.length ? '' : app.t('ledger.found', { found: found.length, count: ledger.rows.length });
    grouping.textContent = app.t('ledger.grouping', { by: app.t(`grouping.${layout.grouping}`) });
    drawBulk();
    const nothing = isLoaded && !coming && !found.length && !(isOffices(app) && app.workbook.plans.length && !kept.filters.length && !kept.words);
    empty.hidden = !nothing;
    gridPlace.hidden = nothing;
    if (nothing) {
      const byHand = isOffices(app) && !ledger.rows.length ? element('p.empty-other', {}, element('button.button', { type: 'button', text: app.t('ledger.empty.by_hand'), on: { click: () => newPlan(app) } })) : '';
      empty.replaceChildren(ledger.rows.length
        ? emptyState(app.t('ledger.none.title'), app.t('ledger.none.text'), { label: app.t('ledger.none.step'), run: clearFilters })
        : emptyState(app.t('ledger.empty.title'), app.t('ledger.empty.text'), { label: app.t('ledger.empty.step'), run: () => importDocument(app) }), byHand);
    }
  }

  /** What can be added, and what was taken off. @param {HTMLElement} button */
  function addMenu(button) {
    const plan = placeNow().plan;
    openMenu(button, [
      { label: app.t('ledger.row.add'), note: 'Ctrl+Enter', disabled: !plan, run: () => addBelow() },
      { label: app.t('structure.section.new'), disabled: !plan, run: () => { const { section } = placeNow(); if (plan) newSection(app, { plan, parent: parentOf(section), after: section }); } },
      { label: app.t('structure.plan.new'), run: () => newPlan(app) },
      { rule: true },
      { label: app.t('structure.paste'), note: app.t('ledger.paste.note'), disabled: !plan, run: () => { grid.focus(); app.notice(app.t('ledger.paste.how')); } },
      { label: app.t('people.title'), run: () => { showPeople(app); } },
      { label: app.t('structure.retired'), run: () => { showRetired(app); } },
    ], { label: app.t('ledger.add') });
  }

  /** @param {string | null} section */
  const parentOf = (section) => ledger.sections.find((one) => one.id === section)?.parent ?? null;

  /** Where a new task goes from the active line. @returns {{ plan: string | null, section: string | null, after: string | null }} */
  function placeNow() {
    const line = grid.line;
    if (line?.kind === 'row') return { plan: line.row.plan, section: line.row.section, after: line.id };
    if (line?.kind === 'add') return { plan: line.plan, section: line.section, after: line.after };
    if (line?.kind === 'head' && line.id.startsWith('plan:')) return { plan: line.id.slice(5), section: null, after: null };
    const section = line?.kind === 'head' ? ledger.sections.find((one) => one.id === line.id) : undefined;
    return { plan: section?.plan ?? app.plan ?? app.workbook.plans[0]?.id ?? null, section: section?.id ?? null, after: null };
  }

  /**
   * @param {{ plan: string | null, section: string | null, after: string | null }} where
   * @param {string} text
   * @returns {Promise<string | null>}
   */
  async function addTask(where, text) {
    const title = text.trim().replace(/\s*\n\s*/g, '');
    if (!where.plan || !title) return null;
    await app.apply([{ edit: 'add_task', plan: where.plan, section: where.section, after: where.after, number: nextNumber(ledger.rows, where.plan), title, due: null, lead: [], support: [] }]);
    return null;
  }

  /** Opens a field for a new task below the active row. */
  function addBelow() {
    if (!isOffices(app)) return;
    if (grid.line?.kind === 'add') {
      typing?.open();
      return;
    }
    const where = placeNow();
    const row = grid.row;
    const keys = grid.columns.map((column) => column.key);
    grid.activate(row, keys.indexOf('title'));
    const box = grid.box();
    if (!box || !where.plan) return;
    editor?.leave();
    editor = openEditor({
      box: new DOMRect(box.left, box.bottom, box.width, box.height), value: '', lines: false, label: app.t('ledger.row.add'), placeholder: app.t('ledger.row.add'), today: app.workbook.as_of, isDate: false,
      save: (text) => addTask(where, text),
      done(way) {
        editor = null;
        if (stop.signal.aborted) return;
        grid.focus();
        if (way === 'down') grid.move(1, 0);
      },
    });
  }

  function clearFilters() {
    kept.filters = [];
    kept.words = '';
    seek.value = '';
    refresh();
  }

  /** @param {string} column */
  function sortBy(column) {
    layout.sort = layout.sort?.column !== column ? { column, down: false } : layout.sort.down ? null : { column, down: true };
    refresh();
    keepLayout();
    grid.focus();
  }

  /** @param {Line} line */
  function fold(line) {
    if (line.kind !== 'head') return;
    if (kept.folded.has(line.id)) kept.folded.delete(line.id);
    else kept.folded.add(line.id);
    refresh();
  }

  // ---- filters, grouping, columns ----

  /** @param {HTMLElement} button */
  function filterMenu(button) {
    openMenu(button, FILTERS.map((field) => ({ label: app.t(`column.${field}`), run: () => pickFilter(field, button) })), { label: app.t('ledger.filter') });
  }

  /**
   * @param {string} field
   * @param {HTMLElement} button
   */
  function pickFilter(field, button) {
    const others = kept.filters.filter((filter) => filter.field !== field);
    const now = kept.filters.find((filter) => filter.field === field);
    const rows = filterRows(ledger.rows, others, kept.words, (name) => initials.get(name) ?? '');
    const values = new Set(now?.values ?? []);
    const box = button.getBoundingClientRect();
    openPicker({ x: box.left, y: box.bottom + 3, width: 220 }, {
      label: app.t('ledger.filter.by', { column: app.t(`column.${field}`) }),
      placeholder: app.t('ledger.filter.seek'),
      several: true,
      chosen: values,
      options: valueCounts(rows, field).map(([value, times]) => ({ value, label: valueWords(app, field, value), note: times, initials: initials.get(value) })),
      choose: (value, isChosen) => {
        if (isChosen) values.add(value);
        else values.delete(value);
        kept.filters = values.size ? [...others, { field, values: [...values] }] : others;
        refresh();
      },
    });
  }

  grouping.addEventListener('click', () => openMenu(grouping, GROUPINGS.map((by) => ({
    label: app.t(`grouping.${by}`), checked: layout.grouping === by,
    run: () => {
      layout.grouping = by;
      kept.folded.clear();
      refresh();
      keepLayout();
    },
  })).concat([
    { rule: true }, { label: app.t('ledger.fold_all'), run: () => foldAll(true) }, { label: app.t('ledger.unfold_all'), run: () => foldAll(false) },
  ].map((choice) => /** @type {any} */ (choice)))));

  /** @param {boolean} isFolded */
  function foldAll(isFolded) {
    kept.folded.clear();
    if (isFolded) {
      refresh();
      for (const line of grid.lines) if (line.kind === 'head' && line.level > 0) kept.folded.add(line.id);
    }
    refresh();
  }

  /** @param {HTMLElement} button */
  function columnsMenu(button) {
    const box = button.getBoundingClientRect();
    openPicker({ x: box.right - 220, y: box.bottom + 3, width: 220 }, {
      label: app.t('ledger.columns'),
      placeholder: app.t('ledger.columns.seek'),
      several: true,
      chosen: new Set(layout.order.filter((key) => !layout.off.includes(key))),
      options: layout.order.filter((key) => key !== 'title' && key !== 'number').map((key) => ({ value: key, label: app.t(`column.${key}`) })),
      choose: (key, isChosen) => {
        layout.off = isChosen ? layout.off.filter((one) => one !== key) : [...layout.off, key];
        grid.setColumns(columns());
        keepLayout();
      },
    });
  }

  // ---- choosing rows ----

  /** @type {string | null} */
  let chosenLast = null;
  /** @param {Line} line @param {boolean} isRange */
  function choose(line, isRange) {
    if (line.kind !== 'row') return;
    const from = isRange && chosenLast ? grid.lines.findIndex((one) => one.id === chosenLast) : -1;
    const to = grid.lines.indexOf(line);
    if (from >= 0) for (const one of grid.lines.slice(Math.min(from, to), Math.max(from, to) + 1)) { if (one.kind === 'row') chosen.add(one.id); }
    else if (chosen.has(line.id)) chosen.delete(line.id);
    else chosen.add(line.id);
    chosenLast = line.id;
    choiceChanged();
  }

  /** @param {boolean} all */
  function chooseAll(all) {
    chosen.clear();
    if (all) for (const row of found) chosen.add(row.id);
    choiceChanged();
  }

  function choiceChanged() {
    grid.again();
    grid.drawHead();
    drawBulk();
  }

  function drawBulk() {
    app.setSelected(chosen.size);
    bulk.hidden = chosen.size === 0;
    if (!chosen.size) return;
    const locked = isLocked();
    const button = (/** @type {string} */ column) => element('button.button.small', { type: 'button', text: app.t(`ledger.bulk.${column}`), disabled: locked, on: { click: (/** @type {Event} */ event) => editMany(column, /** @type {HTMLElement} */ (event.currentTarget)) } });
    bulk.replaceChildren(element('b', { text: app.t('status.selected', { count: chosen.size }) }), button('due'), button('status'), button('lead'), button('support'), ...(isOffices(app) ? [button('leaders')] : []), element('span.spread'),
      element('button.link', { type: 'button', text: app.t('ledger.bulk.none'), on: { click: () => { chooseAll(false); grid.focus(); } } }));
  }

  const chosenRows = () => ledger.rows.filter((row) => chosen.has(row.id));

  /**
   * @param {string} column
   * @param {HTMLElement} button
   */
  function editMany(column, button) {
    const rows = chosenRows();
    const box = button.getBoundingClientRect();
    if (column === 'due') {
      openEditor({
        box: new DOMRect(box.left, box.bottom + 3, 180, 32), value: '', lines: false, label: app.t('ledger.bulk.due'), placeholder: app.t('detail.due.none'), today: app.workbook.as_of, isDate: true,
        save: (text) => applyTexts(rows.map((row) => ({ row, column, text }))),
        done: () => grid.focus(),
      });
    } else if (column === 'status') pickStatus({ x: box.left, y: box.bottom + 3 }, rows);
    else if (column === 'leaders') pickPerson(app, { x: box.left, y: box.bottom + 3 }, { role: 'leader', tasks: rows.map((row) => row.id), closed: () => grid.focus() });
    else pickDepartments({ x: box.left, y: box.bottom + 3 }, rows, /** @type {'lead' | 'support'} */ (column));
  }

  // ---- editing ----

  /**
   * Applies texts to cells as one step of undo.
   * @param {{ row: Row, column: string, text: string }[]} cells
   * @returns {Promise<string | null>} A sentence where nothing could be made of them.
   */
  async function applyTexts(cells) {
    /** @type {Edit[]} */
    const edits = [];
    /** @type {Map<string, number>} */
    const wrong = new Map();
    for (const cell of cells) {
      const made = editsFor(cell.row, cell.column, cell.text, known());
      if (typeof made === 'string') wrong.set(made, (wrong.get(made) ?? 0) + 1);
      else edits.push(...made);
    }
    const [first] = [...wrong.keys()];
    if (!edits.length) return first ? app.t(first) : null;
    await app.apply(edits);
    const skipped = [...wrong.values()].reduce((sum, times) => sum + times, 0);
    if (skipped) app.notice(app.t('ledger.skipped', { count: skipped, why: app.t(first) }), { action: { label: app.t('undo'), run: () => app.undo() } });
    return null;
  }

  /** Opens the active cell for editing, or the task where the cell cannot be edited. */
  async function edit() {
    const line = grid.line;
    if (!line || line.kind !== 'row') return;
    const column = grid.column;
    const { row } = line;
    if (isLocked() || (!EDITABLE.has(column) && !(column === 'leaders' && isOffices(app))) || (OFFICES.has(column) && !isOffices(app))) {
      app.openTask(row.id);
      return;
    }
    const box = grid.box();
    if (!box) return;
    const rows = chosen.has(row.id) && chosen.size > 1 ? chosenRows() : [row];
    if (column === 'status') return pickStatus({ x: box.left, y: box.bottom }, rows);
    if (column === 'leaders') return pickPerson(app, { x: box.left, y: box.bottom }, { role: 'leader', tasks: rows.map((one) => one.id), closed: () => grid.focus() });
    if (column === 'lead' || column === 'support') return pickDepartments({ x: box.left, y: box.bottom, width: box.width }, rows, column);
    const ofQuarter = OF_QUARTER.has(column);
    if (ofQuarter && !writer(row)) {
      app.notice(app.t('ledger.wrong.unassigned'));
      return;
    }
    if (ofQuarter && app.workbook.closed.includes(app.quarter)) {
      app.notice(app.t('frame.closed.title'));
      return;
    }
    const value = column === 'due' ? (row.due_by_default ? '' : row.due ?? '') : ofQuarter ? await ownWords(row, column) : String(/** @type {any} */ (row)[column] ?? '');
    editor?.leave();
    editor = openEditor({
      box, value, lines: column !== 'due' && column !== 'number', label: `${row.title} ${app.t(`column.${column}`)}`, placeholder: column === 'due' ? app.t('detail.due.none') : '', today: app.workbook.as_of, isDate: column === 'due',
      save: (text) => applyTexts(column === 'due' ? rows.map((one) => ({ row: one, column, text })) : [{ row, column, text }]),
      done(way) {
        editor = null;
        if (stop.signal.aborted) return;
        if (way === 'down') grid.move(1, 0);
        else if (way !== 'stay') grid.move(0, way === 'right' ? 1 : -1);
        if (!isTextField(document.activeElement) || way !== 'stay') grid.focus();
      },
    });
  }

  /**
   * What the first lead itself wrote: the row joins the texts of several departments.
   * @param {Row} row
   * @param {string} column
   */
  async function ownWords(row, column) {
    const said = String(/** @type {any} */ (row)[column] ?? '');
    if (row.departments.length < 2 || !said) return said;
    try {
      const detail = await app.call('task', { task: row.id, quarter: app.quarter });
      const own = detail.progress.find((line) => line.department === writer(row) && line.quarter === app.quarter);
      return (column === 'progress' ? own?.done : column === 'problems' ? own?.problems : own?.next) ?? '';
    } catch {
      return said;
    }
  }

  /**
   * @param {{ x: number, y: number }} at
   * @param {Row[]} rows
   */
  function pickStatus(at, rows) {
    openPicker(at, {
      label: app.t('column.status'), several: false, chosen: new Set(rows.length === 1 ? [rows[0].status] : []),
      options: ALL_STATUSES.map((status) => ({ value: status, label: statusWord(app, status) })),
      choose: (status) => { applyTexts(rows.map((row) => ({ row, column: 'status', text: status }))).then((sentence) => { if (sentence) app.notice(sentence); }, () => {}); },
      closed: () => grid.focus(),
    });
  }

  /**
   * @param {{ x: number, y: number, width?: number }} at
   * @param {Row[]} rows
   * @param {'lead' | 'support'} role
   */
  function pickDepartments(at, rows, role) {
    const all = rows.map((row) => row.departments.filter((one) => one.role === role).map((one) => one.id));
    openPicker(at, {
      label: app.t(`column.${role}`), placeholder: app.t('ledger.department.seek'), several: true,
      chosen: new Set(all[0].filter((id) => all.every((ids) => ids.includes(id)))),
      options: app.workbook.departments.map((line) => ({ value: line.id, label: line.name, initials: line.initials, note: app.t('ledger.department.tasks', { count: line.leads }) })),
      fresh: (name) => app.t('ledger.department.new', { name }),
      choose: (value, isChosen) => {
        const department = app.workbook.departments.some((line) => line.id === value) ? value : departmentNamed(app, value);
        app.apply(rows.map((row) => ({ edit: 'assign', task: row.id, department, role: isChosen ? role : null }))).catch(() => {});
      },
      closed: () => grid.focus(),
    });
  }

  // ---- copy, paste, fill down ----

  const clip = /** @type {HTMLTextAreaElement} */ (element('textarea.spoken', { tabIndex: -1, 'aria-hidden': 'true' }));
  root.append(clip);

  function copy() {
    const range = grid.range();
    const rows = range.isRange || !chosen.size ? range.rows : grid.lines.filter((line) => chosen.has(line.id));
    const keys = range.isRange || !chosen.size ? range.columns : grid.columns.map((column) => column.key);
    const table = rows.filter((line) => line.kind !== 'add').map((line) => (line.kind === 'row' ? keys.map((key) => cellText(line.row, key)) : [/** @type {any} */ (line).text]));
    clip.value = writeTable(table);
    clip.select();
    document.execCommand('copy');
    clip.value = '';
    grid.focus();
    app.notice(app.t('ledger.copied', { count: rows.length }));
  }

  /** @param {string[][]} table */
  function paste(table) {
    const range = grid.range();
    if (grid.line?.kind !== 'row') {
      pasteNew(table);
      return;
    }
    const keys = grid.columns.map((column) => column.key);
    const from = keys.indexOf(range.columns[0]);
    const rows = grid.lines.slice(range.first).filter((line) => line.kind === 'row');
    const isOne = table.length === 1 && table[0].length === 1;
    /** @type {{ row: Row, column: string, text: string }[]} */
    const cells = [];
    if (isOne) {
      for (const line of range.rows) if (line.kind === 'row') for (const column of range.columns) cells.push({ row: line.row, column, text: table[0][0] });
    } else {
      table.forEach((texts, r) => texts.forEach((text, c) => {
        const line = rows[r];
        const column = keys[from + c];
        if (line?.kind === 'row' && column) cells.push({ row: line.row, column, text });
      }));
    }
    const outside = isOne ? 0 : table.reduce((sum, texts) => sum + texts.length, 0) - cells.length;
    applyTexts(cells).then((sentence) => {
      if (sentence) app.notice(sentence);
      else if (outside) app.notice(app.t('ledger.paste.outside', { count: outside }));
    }, () => {});
  }

  /** Makes tasks of a block, where the active line stands. @param {string[][]} table */
  function pasteNew(table) {
    const where = placeNow();
    if (!isOffices(app) || !where.plan) return;
    const section = ledger.sections.find((one) => one.id === where.section);
    const plan = app.workbook.plans.find((one) => one.id === where.plan);
    pasteTasks(app, table, { plan: where.plan, section: where.section, after: where.after, place: section?.heading ?? plan?.title ?? '' });
  }

  /** Makes what can be empty in the range empty. */
  function clearCells() {
    const range = grid.range();
    const cells = range.rows.flatMap((line) => (line.kind === 'row' ? range.columns.filter((column) => CLEARABLE.has(column) && takes(column)).map((column) => ({ row: line.row, column, text: '' })) : []));
    if (!cells.length) return;
    applyTexts(cells.filter((cell) => cellText(cell.row, cell.column) !== '')).then((sentence) => { if (sentence) app.notice(sentence); }, () => {});
  }

  /** Writes the first cell of each row of the range into the others of the row. */
  function fillRight() {
    const range = grid.range();
    const [from, ...others] = range.columns;
    const cells = range.rows.flatMap((line) => (line.kind === 'row' ? others.filter((column) => takes(column) && column !== 'title' && column !== 'number').map((column) => ({ row: line.row, column, text: cellText(line.row, from) })) : []));
    if (cells.length) applyTexts(cells).then((sentence) => { if (sentence) app.notice(sentence); }, () => {});
  }

  function fillDown() {
    const range = grid.range();
    const rows = range.rows.filter((line) => line.kind === 'row');
    const [first, ...rest] = rows;
    if (!first || !rest.length) return;
    const cells = rest.flatMap((line) => range.columns.filter((column) => takes(column) && column !== 'title' && column !== 'number').map((column) => ({ row: line.row, column, text: cellText(first.row, column) })));
    applyTexts(cells).then((sentence) => { if (sentence) app.notice(sentence); }, () => {});
  }

  // ---- keys ----

  /** A key on the grid that is no typing. @param {KeyboardEvent} event */
  function gridKey(event) {
    const line = grid.line;
    const ctrl = event.ctrlKey || event.metaKey;
    const key = event.key;
    if (event.altKey) {
      if (!event.shiftKey || line?.kind !== 'row' || (key !== 'ArrowUp' && key !== 'ArrowDown') || layout.sort) return;
      moveByOne(app, line.row, ledger.rows, key === 'ArrowUp');
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (ctrl && key.toLowerCase() === 'c') copy();
    else if (ctrl && key.toLowerCase() === 'd') { if (!isLocked()) fillDown(); } else if (ctrl && key.toLowerCase() === 'r' && grid.range().columns.length > 1) fillRight();
    else if (ctrl && key === 'Enter') addBelow();
    else if (ctrl && key.toLowerCase() === 'a') chooseAll(true);
    else if (ctrl && event.code === 'Semicolon') {
      if (line?.kind === 'row' && grid.column === 'due' && !isLocked()) applyTexts([{ row: line.row, column: 'due', text: app.workbook.as_of }]).catch(() => {});
    } else if (ctrl && key === 'Home') grid.activate(0, 0);
    else if (ctrl && key === 'End') grid.activate(grid.lines.length - 1, grid.columns.length - 1);
    else if (ctrl) return;
    else if (key === 'ArrowDown') grid.move(1, 0, event.shiftKey);
    else if (key === 'ArrowUp') grid.move(-1, 0, event.shiftKey);
    else if (key === 'ArrowLeft' && line?.kind === 'head') { if (!line.folded) fold(line); } else if (key === 'ArrowRight' && line?.kind === 'head') { if (line.folded) fold(line); } else if (key === 'ArrowLeft') grid.move(0, -1, event.shiftKey);
    else if (key === 'ArrowRight') grid.move(0, 1, event.shiftKey);
    else if (key === 'PageDown') grid.move(grid.page, 0, event.shiftKey);
    else if (key === 'PageUp') grid.move(-grid.page, 0, event.shiftKey);
    else if (key === 'Home') grid.move(0, -99);
    else if (key === 'End') grid.move(0, 99);
    else if (key === 'Tab' && line?.kind === 'row' && !event.shiftKey && grid.column !== grid.columns[grid.columns.length - 1].key) grid.move(0, 1);
    else if (key === 'Tab' && line?.kind === 'row' && event.shiftKey && grid.column !== grid.columns[0].key) grid.move(0, -1);
    else if (key === 'Enter') {
      if (line?.kind === 'head') fold(line);
      else if (line?.kind === 'add') typing?.open();
      else if (grid.column === 'title' && line) app.openTask(line.id);
      else edit();
    } else if (key === 'F2') edit();
    else if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) lineMenu(null);
    else if (key === ' ') {
      if (line?.kind === 'head') fold(line);
      else if (line?.kind === 'row') choose(line, event.shiftKey);
    } else if (key === 'Escape') {
      if (grid.range().isRange) grid.move(0, 0);
      else if (chosen.size) chooseAll(false);
      else return;
    } else if (key === 'Delete' || key === 'Backspace') clearCells();
    // all else is typed into the field that waits over the cell
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  typing = createTyping({
    label: app.t('view.ledger.full'),
    begin() {
      const line = grid.line;
      const box = grid.box();
      if (!line || !box || line.kind === 'head') return null;
      const today = app.workbook.as_of;
      if (line.kind === 'add') {
        if (!isOffices(app)) return null;
        const label = app.t('ledger.row.add');
        return { box: new DOMRect(box.left, box.top, Math.max(360, Math.min(box.width, 640)), box.height), label, today, save: (text) => addTask(line, text) };
      }
      const column = grid.column;
      if (!takes(column) || (OF_QUARTER.has(column) && !writer(line.row))) return null;
      return { box, label: `${line.row.title} ${app.t(`column.${column}`)}`, today, save: (text) => applyTexts([{ row: line.row, column, text }]) };
    },
    refused() {
      const line = grid.line;
      if (line?.kind !== 'row') return;
      if (OF_QUARTER.has(grid.column) && app.workbook.closed.includes(app.quarter)) app.notice(app.t('frame.closed.title'));
      else if (OF_QUARTER.has(grid.column) && !writer(line.row)) app.notice(app.t('ledger.wrong.unassigned'));
      else app.notice(app.t('ledger.wrong.column'));
    },
    key: gridKey,
    paste: (text) => { if (!isLocked()) paste(readTable(text)); },
    done(way) {
      if (stop.signal.aborted) return;
      // after a new task the place for the next one is active again
      if (grid.line?.kind === 'add') {
        grid.focus();
        return;
      }
      if (way === 'down') grid.move(1, 0);
      else if (way !== 'stay') grid.move(0, way === 'right' ? 1 : -1);
      if (way !== 'stay' || !isTextField(document.activeElement)) grid.focus();
    },
  });
  grid.scroller.before(typing.place);
  grid.scroller.addEventListener('keydown', (event) => {
    if (event.target === grid.scroller && !composing(event)) gridKey(event);
  });
  // the grid hands its focus on to the field: going back with Tab must not end there again
  typing.field.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || event.defaultPrevented) return;
    grid.scroller.tabIndex = -1;
    setTimeout(() => { grid.scroller.tabIndex = 0; });
  });

  /** The menu of the active line. @param {HTMLElement | null} at */
  function lineMenu(at) {
    const line = grid.line;
    const cell = at ?? document.getElementById(`cell-${grid.row}-0`);
    if (!line || !cell) return;
    const focus = () => grid.focus();
    if (line.kind === 'row') rowMenu(app, cell, line.row, { rows: ledger.rows, sections: ledger.sections, addBelow, focus });
    else if (line.kind === 'head' && layout.grouping === 'outline') headingMenu(app, cell, line.id, { sections: ledger.sections, focus });
  }
  grid.scroller.addEventListener('contextmenu', (event) => {
    const cell = /** @type {HTMLElement} */ (event.target).closest('.grid-body .grid-cell');
    if (!(cell instanceof HTMLElement)) return;
    event.preventDefault();
    const row = /** @type {HTMLElement} */ (cell.closest('.grid-row'));
    grid.activate(Number(row.dataset.place), grid.columns.findIndex((column) => column.key === grid.column));
    lineMenu(cell);
  });


  root.addEventListener('keydown', (event) => {
    if (composing(event)) return;
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyF') {
      event.preventDefault();
      seek.focus();
      seek.select();
    }
  });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  const find = () => {
    if (kept.words === seek.value.trim()) return;
    kept.words = seek.value.trim();
    refresh();
  };
  seek.addEventListener('input', (event) => {
    clearTimeout(pause);
    if (/** @type {InputEvent} */ (event).isComposing) return;
    pause = setTimeout(find, PAUSE);
  });
  seek.addEventListener('compositionend', () => { pause = setTimeout(find, PAUSE); });
  seek.addEventListener('keydown', (event) => {
    if (composing(event)) return;
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      find();
      grid.focus();
    } else if (event.key === 'Escape' && seek.value) {
      seek.value = '';
      find();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // the detail pane follows the active row while it is open
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let following;
  function followDetail() {
    clearTimeout(following);
    const line = grid.line;
    if (app.task === null || line?.kind !== 'row' || line.id === app.task) return;
    following = setTimeout(() => { if (app.task !== null) app.openTask(line.id); }, 120);
  }
  app.on('task', () => grid.again(), { signal: stop.signal });

  // a banner or the detail pane moves the cell under its field
  const moved = new ResizeObserver(() => {
    const box = editor || typing?.isOpen ? grid.box() : null;
    if (box) editor?.stand(box);
    if (box) typing?.stand(box);
  });
  moved.observe(gridPlace);

  grid.setColumns(columns());
  drawBar();
  load().then(() => {
    if (params.add && !stop.signal.aborted) addBelow();
    else if (!stop.signal.aborted && (document.activeElement === document.body || !document.activeElement)) grid.focus();
  });

  return {
    update,
    unmount() {
      stop.abort();
      clearTimeout(pause);
      clearTimeout(following);
      editor?.leave();
      typing?.leave();
      moved.disconnect();
      grid.end();
    },
  };
}
