// Any two quarters side by side: a closed one as it was closed, an open one as it stands; what became better or worse comes first.
import { element, emptyState, lampMark } from '../../parts/element.js';
import { ALL_JUDGEMENTS, judgementWord, lampWord, statusWord } from '../../parts/view.js';
import { dueWords, quarterWords, shiftQuarter } from '../../parts/calendar.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').ComparedTask} Task */
/** @typedef {import('../../wire').ComparedField} Field */
/** @typedef {import('../../wire').QuarterComparison} Comparison */

const LAMPS = ['绿', '黄', '红'];
/** What a list may be narrowed to, in the order in which an office asks. */
const KINDS = ['worse', 'better', 'changed', 'new', 'gone'];
/** Tasks that are listed before the rest is counted. */
const SHOWN = 400;
/** Fields whose values are words of the program. */
const FIELDS = /** @type {Record<string, string>} */ ({ 任务名称: 'title', 进度判定: 'judgement', 亮灯: 'lamp', 办理状态: 'status', 完成时限: 'due', 清单完成: 'items' });
const GROUPS = /** @type {Record<string, string>} */ ({ 目标: 'target', 节点: 'milestone', 数据: 'figure', 清单: 'item' });

/**
 * @param {App} app
 * @param {{ redraw: () => void }} doors
 */
export function createComparing(app, doors) {
  /** @type {{ from: string, to: string, kind: string, answer: Comparison | null }} */
  const state = { from: '', to: '', kind: '', answer: null };
  let asked = 0;

  /** Chooses the quarter that is shown and the one before it, where nothing fitting is chosen. */
  function settle() {
    const { quarters } = app.workbook;
    if (quarters.includes(state.from) && quarters.includes(state.to) && state.from !== state.to) return;
    const before = shiftQuarter(app.quarter, -1);
    const other = quarters.includes(before) ? before : quarters.find((quarter) => quarter !== app.quarter) ?? '';
    [state.from, state.to] = other > app.quarter ? [app.quarter, other] : [other, app.quarter];
  }

  async function load() {
    settle();
    if (!state.from) return;
    const mine = ++asked;
    try {
      const answer = await app.busy(app.call('compare_quarters', { from: state.from, to: state.to }), app.t('compare.reading'));
      if (mine !== asked) return;
      state.answer = answer;
      if (state.kind && !answer.rows.some((row) => kindsOf(row).includes(state.kind))) state.kind = '';
    } catch {
      if (mine === asked) state.answer = null;
    }
    doors.redraw();
  }

  /**
   * @param {'from' | 'to'} side
   * @param {string} quarter
   */
  function choose(side, quarter) {
    const other = side === 'from' ? 'to' : 'from';
    // the quarter of the other side was chosen: the two change places
    if (state[other] === quarter) state[other] = state[side];
    state[side] = quarter;
    load();
  }

  /** @param {'from' | 'to'} side */
  function chooser(side) {
    return element('label.compare-side', {}, element('span.quiet', { text: app.t(`compare.${side}`) }),
      element('select.field', { data: { key: `compare-${side}` }, on: { change: (/** @type {Event} */ event) => choose(side, /** @type {HTMLSelectElement} */ (event.target).value) } },
        app.workbook.quarters.map((quarter) => element('option', {
          value: quarter, selected: quarter === state[side],
          text: app.workbook.closed.includes(quarter) ? app.t('compare.closed', { quarter: quarterWords(quarter, app.language) }) : quarterWords(quarter, app.language),
        }))));
  }

  function show() {
    settle();
    if (!state.from) return emptyState(app.t('compare.none'), app.t('compare.none.text'));
    const { answer } = state;
    const fits = answer && answer.from.quarter === state.from && answer.to.quarter === state.to;
    return element('div.compare', {},
      element('aside.compare-left', { data: { scroll: 'compare-left' }, tabIndex: 0, role: 'region', 'aria-label': app.t('compare.sums') }, chooser('from'), chooser('to'), fits ? sums(app, answer) : null),
      fits ? list(answer) : element('p.quiet.compare-wait', { text: app.t('compare.reading') }));
  }

  /** @param {Comparison} answer */
  function list(answer) {
    if (!answer.rows.length) return emptyState(app.t('compare.same'), app.t('compare.same.text'));
    const chip = (/** @type {string} */ kind, /** @type {number} */ count) => element('button.chip', {
      type: 'button', 'aria-pressed': String(state.kind === kind), data: { key: `compare-${kind}` }, on: { click: () => { state.kind = kind; doors.redraw(); } },
    }, element('span', { text: app.t(`compare.kind.${kind || 'all'}`) }), element('b.number', { text: count }));
    const count = (/** @type {string} */ kind) => answer.rows.filter((row) => kindsOf(row).includes(kind)).length;
    const rows = answer.rows.filter((row) => !state.kind || kindsOf(row).includes(state.kind));
    return element('div.compare-right', {},
      element('div.standing-chips', { role: 'group', 'aria-label': app.t('compare.kind') }, chip('', answer.rows.length), KINDS.filter((kind) => count(kind) > 0 && (kind !== 'changed' || count(kind) < answer.rows.length)).map((kind) => chip(kind, count(kind)))),
      element('div.scroll', { data: { scroll: `compare-${state.from}-${state.to}-${state.kind}` }, tabIndex: 0, role: 'region', 'aria-label': app.t('compare.rows', { count: rows.length }) },
        element('table.lines.returned-changes.compare-rows', {},
          element('thead', {}, element('tr', {},
            element('th', { scope: 'col', text: app.t('compare.task') }), element('th', { scope: 'col', text: app.t('collect.field') }),
            element('th', { scope: 'col', text: quarterWords(answer.from.quarter, app.language) }), element('th', { scope: 'col', text: quarterWords(answer.to.quarter, app.language) }))),
          element('tbody', {}, rows.slice(0, SHOWN).flatMap((row) => lines(row)))),
        rows.length > SHOWN ? element('p.quiet.compare-rest', { text: app.t('own.rest', { count: rows.length - SHOWN }) }) : null));
  }

  /** @param {Task} task */
  function lines(task) {
    const head = element('th', { scope: 'rowgroup', rowspan: Math.max(1, task.changes.length) },
      task.state === 'gone' || !task.id
        ? element('span.two-lines', { text: title(task), title: task.title })
        : element('button.link.two-lines', { type: 'button', text: title(task), title: task.title, data: { key: `compare-${task.id}` }, on: { click: () => app.openTask(task.id) } }),
      task.state === 'changed' ? null : element('span.tag', { text: app.t(`compare.kind.${task.state}`) }));
    if (!task.changes.length) return [element('tr.first', {}, head, element('td.quiet', { colSpan: 3, text: '—' }))];
    return task.changes.map((field, at) => element(`tr${at ? '' : '.first'}`, {}, at ? null : head,
      element('td.quiet', { text: fieldName(app, field.label) }), element('td', {}, value(app, field, field.from)), element('td', {}, value(app, field, field.to))));
  }

  return { load, show };
}

/** @param {Task} task */
const title = (task) => (task.number ? `${task.number}　${task.title}` : task.title);

/**
 * What a task counts as; one may be several.
 * @param {Task} task
 */
function kindsOf(task) {
  if (task.state !== 'changed') return [task.state];
  const lamp = task.changes.find((field) => field.label === '亮灯');
  const [from, to] = [LAMPS.indexOf(lamp?.from ?? ''), LAMPS.indexOf(lamp?.to ?? '')];
  if (from < 0 || to < 0 || from === to) return ['changed'];
  return ['changed', to > from ? 'worse' : 'better'];
}

/**
 * Counts of both quarters and their difference.
 * @param {App} app
 * @param {Comparison} answer
 */
function sums(app, { from, to }) {
  const count = (/** @type {[string, number][]} */ all, /** @type {string} */ word) => all.find(([name]) => name === word)?.[1] ?? 0;
  const words = (/** @type {'judgements' | 'lamps'} */ of, /** @type {string[]} */ order) => [...new Set([...from[of], ...to[of]].map(([word]) => word))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const line = (/** @type {Node | string} */ name, /** @type {number} */ before, /** @type {number} */ now) => element('tr', {},
    element('th', { scope: 'row' }, name), element('td.right.number', { text: before }), element('td.right.number', { text: now }),
    element('td.right.number.quiet', { text: now === before ? '' : `${now > before ? '+' : '−'}${Math.abs(now - before)}` }));
  const short = (/** @type {import('../../wire').ComparedQuarter} */ side) => element('th.right', { scope: 'col', text: side.quarter, title: app.t(side.closed ? 'compare.as_closed' : 'compare.as_of', { day: dueWords(side.as_of, app.language) }) });
  return element('div', {},
    element('table.lines.compare-sums', {},
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, element('span.spoken', { text: app.t('compare.sums') })), short(from), short(to), element('th.right', { scope: 'col', text: app.t('compare.difference') }))),
      element('tbody', {},
        line(app.t('exchange.tasks'), from.tasks, to.tasks),
        words('judgements', ALL_JUDGEMENTS).map((word) => line(judgementWord(app, word), count(from.judgements, word), count(to.judgements, word))),
        words('lamps', [...LAMPS, '○']).map((word) => line(lampMark(word, '', lampWord(app, word)), count(from.lamps, word), count(to.lamps, word))))),
    [from, to].map((side) => element('p.quiet', { text: `${quarterWords(side.quarter, app.language)}：${app.t(side.closed ? 'compare.as_closed' : 'compare.as_of', { day: dueWords(side.as_of, app.language) })}` })));
}

/**
 * @param {App} app
 * @param {string} label As the program says it, in Chinese.
 */
function fieldName(app, label) {
  if (FIELDS[label]) return app.t(`compare.field.${FIELDS[label]}`);
  const [group, ...name] = label.split('·');
  return GROUPS[group] ? app.t(`compare.field.${GROUPS[group]}`, { name: name.join('·') }) : label;
}

/**
 * @param {App} app
 * @param {Field} field
 * @param {string | null} text
 */
function value(app, field, text) {
  if (text === null || text === '') return element('span.quiet', { text: '—' });
  if (field.label === '亮灯') return lampMark(text, '', lampWord(app, text));
  const shown = field.label === '进度判定' ? judgementWord(app, text) : field.label === '办理状态' ? statusWord(app, text) : field.label === '完成时限' || (/^节点·/.test(field.label) && /^[\d-]+$/.test(text)) ? dueWords(text, app.language) : text;
  return element('span.compare-value', { text: shown });
}
