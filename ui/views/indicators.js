// 指标: targets by year against the quarter's figures, edited in place.
import { importDocument } from '../lib/files.js';
import { element, emptyState, lampMark } from '../parts/element.js';
import { living, lampWord, currentTarget, attempt, undoOf } from '../parts/view.js';
import { savingField, saveOpenFields } from '../parts/saving.js';
import { figure, figureInput, percent, points, readFigure } from '../parts/number.js';
import { quarterShort, shiftQuarter } from '../parts/calendar.js';
import { composing } from '../lib/keys.js';
import { trend } from './indicators/trend.js';
import { said } from '../lib/sentences.js';

/** Rows drawn at first and with each further piece; a long table grows as it is scrolled. */
const PIECE = 120;
/** A plan of so many years has a column for each. */
const MOST_YEARS = 5;

export default {
  name: 'indicators',

  /**
   * @param {HTMLElement} root
   * @param {import('../lib/app.js').App} app
   * @param {{ indicator?: string }} [params]
   */
  mount(root, app, params = {}) {
    root.classList.add('indicators');
    const state = { words: '', binding: false, behind: false, empty: false, drawn: PIECE, indicator: params.indicator ?? '' };
    /** @type {import('../parts/view.js').Living} */
    const view = living(root,
      () => app.call('indicators', { quarter: app.quarter, plan: app.plan }),
      (/** @type {import('../wire').Indicators} */ answer) => show(app, state, answer, view));
    view.load().then(() => lead(root, state, view));
    root.addEventListener('keydown', moveInColumn);
    return {
      update() { view.soon(); },
      unmount() {
        saveOpenFields();
        root.removeEventListener('keydown', moveInColumn);
        view.end();
      },
    };
  },
};

/**
 * Shows the row that was asked for.
 * @param {HTMLElement} root
 * @param {{ indicator: string, drawn: number }} state
 * @param {any} view
 */
function lead(root, state, view) {
  if (!state.indicator) return;
  const place = (view.answer?.rows ?? []).findIndex((/** @type {any} */ row) => row.id === state.indicator);
  if (place >= state.drawn) {
    state.drawn = place + PIECE;
    view.redraw();
  }
  const row = root.querySelector(`[data-row="${CSS.escape(state.indicator)}"]`);
  row?.scrollIntoView({ block: 'center' });
  row?.classList.add('led');
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').Indicators} answer
 * @param {any} view
 */
function show(app, state, answer, view) {
  if (!answer.rows.length) {
    return [emptyState(app.t('indicators.empty.title'), app.t('indicators.empty.text'),
      app.workbook.plans.length ? null : { label: app.t('overview.empty.step'), run: () => importDocument(app) })];
  }
  const current = new Map(answer.rows.map((row) => [row.id, row.targets.length ? currentTarget(row.targets) : null]));
  const words = state.words.trim().toLowerCase();
  const rows = answer.rows.filter((row) => {
    const target = current.get(row.id);
    if (state.binding && !row.binding) return false;
    if (state.behind && !(target && (target.lamp === '黄' || target.lamp === '红'))) return false;
    if (state.empty && target?.actual !== null && target?.actual !== undefined) return false;
    return !words || row.name.toLowerCase().includes(words) || row.departments.some((name) => name.toLowerCase().includes(words));
  });
  const years = yearsOf(app, rows);
  return [bar(app, state, answer, rows.length, view), table(app, state, answer, rows, years, current)];
}

/**
 * The years that have a column: those of targets, and those of a short plan, so that a final target can be spread over them.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').IndicatorLine[]} rows
 */
function yearsOf(app, rows) {
  const found = new Set(rows.flatMap((row) => row.targets.map((target) => (target.due ?? planEnd(app, row)).slice(0, 4))));
  const plans = new Set(rows.map((row) => row.plan));
  for (const plan of app.workbook.plans) {
    const { from, to } = plan.period;
    if (!plans.has(plan.id) || from === null || to === null || to - from >= MOST_YEARS) continue;
    for (let year = from; year <= to; year += 1) found.add(String(year));
  }
  found.delete('');
  return [...found].sort();
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').IndicatorLine} row
 */
function planEnd(app, row) {
  const plan = app.workbook.plans.find((/** @type {any} */ line) => line.id === row.plan);
  return plan?.period.to ? String(plan.period.to) : '';
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').Indicators} answer
 * @param {number} shown
 * @param {any} view
 */
function bar(app, state, answer, shown, view) {
  const toggle = (/** @type {'binding' | 'behind' | 'empty'} */ name) => element('button.chip', {
    type: 'button', text: app.t(`indicators.only.${name}`), 'aria-pressed': String(state[name]), data: { key: `only-${name}` },
    on: { click: () => { state[name] = !state[name]; state.drawn = PIECE; view.redraw(); } },
  });
  const input = /** @type {HTMLInputElement} */ (element('input.field', {
    type: 'search', value: state.words, placeholder: app.t('indicators.find'), 'aria-label': app.t('indicators.find'), data: { key: 'find' },
    on: { input: (/** @type {InputEvent} */ event) => { if (event.isComposing) return; state.words = input.value; state.drawn = PIECE; view.redraw(); } },
  }));
  input.addEventListener('compositionend', () => { state.words = input.value; view.redraw(); });
  const bound = answer.rows.filter((row) => row.binding).length;
  return element('div.viewbar', {}, input, toggle('behind'), toggle('empty'), toggle('binding'),
    element('span.spread'),
    element('span.quiet', { text: app.t('indicators.count', { count: answer.rows.length, shown, binding: bound }) }));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').Indicators} answer
 * @param {import('../wire').IndicatorLine[]} rows
 * @param {string[]} years
 * @param {Map<string, import('../wire').TargetLine | null>} current
 */
function table(app, state, answer, rows, years, current) {
  if (!rows.length) return element('p.none', { text: app.t('indicators.none') });
  const body = element('tbody', {});
  const many = app.workbook.plans.length > 1 && !app.plan;
  let plan = '';
  let drawn = 0;
  const columns = 8 + years.length;
  const more = () => {
    const to = Math.min(rows.length, Math.max(state.drawn, drawn));
    for (; drawn < to; drawn += 1) {
      const row = rows[drawn];
      if (many && row.plan !== plan) {
        plan = row.plan;
        const title = app.workbook.plans.find((/** @type {any} */ line) => line.id === plan)?.title ?? '';
        body.append(element('tr.group', {}, element('th', { scope: 'rowgroup', colspan: columns, text: title })));
      }
      body.append(indicatorRow(app, answer.quarter, row, years, current.get(row.id) ?? null));
    }
  };
  more();
  const scroll = element('div.scroll', { data: { scroll: 'indicators' }, tabIndex: -1,
    on: {
      scroll: () => {
        if (drawn < rows.length && scroll.scrollTop + scroll.clientHeight > scroll.scrollHeight - 600) {
          state.drawn = drawn + PIECE;
          more();
        }
      },
    } },
  element('table.lines.indicator-table', {},
    element('thead', {}, element('tr', {},
      element('th.name', { scope: 'col', text: app.t('indicators.name') }),
      element('th.right', { scope: 'col', text: app.t('indicators.base') }),
      years.map((year) => element(`th.right.year${year === answer.quarter.slice(0, 4) ? '.now' : ''}`, { scope: 'col', text: app.t('indicators.year', { year }) })),
      element('th.right', { scope: 'col', text: quarterShort(shiftQuarter(answer.quarter, -1), app.language) }),
      element('th.right.actual', { scope: 'col', text: app.t('indicators.actual', { quarter: quarterShort(answer.quarter, app.language) }) }),
      element('th.right', { scope: 'col', text: app.t('indicators.completion') }),
      element('th.right', { scope: 'col', text: app.t('indicators.gap'), title: app.t('indicators.gap.title') }),
      element('th', { scope: 'col', text: app.t('form.lamp') }),
      element('th', { scope: 'col', text: app.t('indicators.trend') }))),
    body));
  return scroll;
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} quarter
 * @param {import('../wire').IndicatorLine} row
 * @param {string[]} years
 * @param {import('../wire').TargetLine | null} target
 */
function indicatorRow(app, quarter, row, years, target) {
  const locked = app.workbook.read_only || app.workbook.closed.includes(quarter);
  const fixed = !app.workbook.may.includes('edit_plan');
  const end = planEnd(app, row);
  const task = row.task;
  const has = (/** @type {string} */ year) => row.targets.some((line) => standsIn(line, year, end));
  const last = row.targets.map((line) => (line.due ?? end).slice(0, 4)).sort().at(-1) ?? '';
  // years before the final target can be proposed; what is counted anew each year has none
  const firstGap = row.targets.some((line) => line.cadence === 'level') ? years.findIndex((year) => year < last && !has(year)) : -1;
  return element('tr', { data: { row: row.id } },
    element('th.name', { scope: 'row', title: [row.name, row.departments.join('、')].filter(Boolean).join('\n') }, element('div.indicator-name', {},
      task ? element('button.link.cut', { type: 'button', text: row.name, data: { key: `name-${row.id}` }, on: { click: () => app.openTask(task) } }) : element('span.cut', { text: row.name }),
      element('span.unit', { text: row.unit }),
      row.binding && element('span.tag.binding', { text: app.t('indicator.binding') }),
      element('span.tag', { text: app.t(`indicator.kind.${row.kind}`) }),
      row.departments.length > 0 && element('span.quiet.who', { text: row.departments[0] }))),
    element('td.right.number.base', {}, baseCell(app, row, fixed)),
    years.map((year, place) => {
      const of = row.targets.filter((line) => standsIn(line, year, end));
      return element(`td.right.number.year${year === quarter.slice(0, 4) ? '.now' : ''}`, {}, 
        of.length ? of.map((line) => ((line.due ?? end).slice(0, 4) === year ? targetCell(app, row, line, fixed) : element('span.quiet', { text: figure(line.value), title: app.t('cadence.annual') }))) : !fixed && place === firstGap && steps(app, row));
    }),
    element('td.right.number.quiet', { text: figure(target?.previous) || '—' }),
    element('td.right.actual', {}, target ? savingField({
      key: `actual-${row.id}-${quarter}`, value: figureInput(target.actual), class: 'number', label: `${row.name} ${row.unit}`, disabled: locked, inputmode: 'decimal', wrong: app.t('retype.number'),
      read: (text) => readFigure(text, row.unit),
      save: (value) => app.apply([{ edit: 'set_actual', target: target.id, quarter, value, note: null, department: null }]),
      after: (field) => step(field, 1),
    }) : element('span.quiet', { text: '—' })),
    element('td.right.number', { text: percent(target?.completion) || '—' }),
    element('td.right.number', { title: said(target?.why ?? '') }, target?.gap === null || target?.gap === undefined ? element('span.quiet', { text: '—' }) : points(-target.gap)),
    element('td', {}, target ? lampMark(target.lamp, target.why, lampWord(app, target.lamp)) : null),
    element('td.trend', {}, trend(app, row, target)));
}

/**
 * Whether a target stands in a year: in that of its date, and where it counts anew each year in every one up to it.
 * @param {{ due: string | null, cadence: string }} target
 * @param {string} year
 * @param {string} end The plan's last year.
 */
export function standsIn(target, year, end) {
  const last = (target.due ?? end).slice(0, 4);
  return target.cadence === 'annual' ? year <= last : year === last;
}

/**
 * Offers to spread the final target over the years before it.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').IndicatorLine} row
 */
function steps(app, row) {
  return element('button.link.steps', {
    type: 'button', text: app.t('indicators.steps'), title: app.t('indicators.steps.title'), data: { key: `steps-${row.id}` },
    on: {
      click: attempt(async () => {
        const applied = await app.apply([{ edit: 'propose_steps', indicator: row.id }]);
        app.notice(app.t('indicators.steps.done', { name: row.name }), { action: undoOf(app, applied) });
      }),
    },
  });
}

/**
 * The value of the year before the plan, from which yearly steps and growth are counted; its year stands beside it.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').IndicatorLine} row
 * @param {boolean} fixed
 */
function baseCell(app, row, fixed) {
  const from = app.workbook.plans.find((line) => line.id === row.plan)?.period.from;
  const year = row.baseline?.year ?? (from ? from - 1 : null);
  if (fixed || year === null) return row.baseline ? [figure(row.baseline.value), element('span.base-year.quiet', { text: row.baseline.year })] : element('span.quiet', { text: '—' });
  return element('span.base-fields', {}, savingField({
    key: `base-${row.id}`, value: figureInput(row.baseline?.value), class: 'number target', label: app.t('indicators.base_of', { name: row.name, year }), placeholder: '—', inputmode: 'decimal', wrong: app.t('retype.number'),
    // what is there is corrected, never emptied: steps may hang on it
    read: (text) => readFigure(text, row.unit) ?? undefined,
    save: (value) => app.apply([{ edit: 'set_indicator', indicator: row.id, kind: null, binding: null, baseline: { year, value } }]),
    after: (at) => step(at, 1),
  }), element('span.base-year.quiet', { text: row.baseline?.year ?? '' }));
}

/**
 * A target: its value, a field once it is entered.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').IndicatorLine} row
 * @param {import('../wire').TargetLine} line
 * @param {boolean} fixed
 */
function targetCell(app, row, line, fixed) {
  const field = savingField({
    key: `target-${line.id}`, value: figureInput(line.value), class: `number target${line.proposed ? ' proposed' : ''}`, label: app.t('indicators.target_of', { name: row.name, due: line.due ?? '' }),
    disabled: fixed, inputmode: 'decimal', wrong: app.t('retype.number'),
    read: (text) => {
      const value = readFigure(text, row.unit);
      return value === null && row.targets.length < 2 ? undefined : value;
    },
    save: (value) => app.apply([value === null ? { edit: 'remove_target', target: line.id } : { edit: 'set_target', target: line.id, value }]),
    after: (at) => step(at, 1),
  });
  if (line.proposed) field.title = app.t('indicators.proposed');
  else if (line.op === '<=' || line.op === '~') field.title = app.t(line.op === '<=' ? 'indicators.at_most' : 'indicators.about');
  return field;
}

/**
 * Up and down go to the same column's next row.
 * @param {KeyboardEvent} event
 */
function moveInColumn(event) {
  if (composing(event) || event.altKey || event.ctrlKey || !(event.target instanceof HTMLInputElement) || event.target.type === 'search') return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    step(event.target, event.key === 'ArrowDown' ? 1 : -1);
  }
}

/**
 * @param {HTMLElement} field
 * @param {number} by
 */
function step(field, by) {
  const cell = field.closest('td');
  const row = cell?.parentElement;
  if (!cell || !row) return;
  const column = [...row.children].indexOf(cell);
  for (let next = by > 0 ? row.nextElementSibling : row.previousElementSibling; next; next = by > 0 ? next.nextElementSibling : next.previousElementSibling) {
    const to = next.children[column]?.querySelector('input:not(:disabled)');
    if (to instanceof HTMLInputElement) {
      to.focus();
      to.select();
      return;
    }
  }
}
