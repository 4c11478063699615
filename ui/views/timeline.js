// 时间轴: quarters as columns, departments or sections as lanes, milestones as diamonds, tasks as spans, today's line.
import { importDocument } from '../lib/files.js';
import { element, emptyState, lampMark, lampClass } from '../parts/element.js';
import { living, lampWord } from '../parts/view.js';
import { dueWords, lastDay } from '../parts/calendar.js';
import { lanes } from './timeline/lanes.js';
import { scaleOf, shareGone } from './timeline/scale.js';
import { percent } from '../parts/number.js';
import { movable } from './timeline/moving.js';
import { said } from '../lib/sentences.js';

const ROW = 30;
/** Rows drawn above and below what is seen. */
const SPARE = 8;

export default {
  name: 'timeline',

  /**
   * @param {HTMLElement} root
   * @param {import('../lib/app.js').App} app
   * @param {{ milestone?: string }} [params]
   */
  mount(root, app, params = {}) {
    root.classList.add('timeline');
    const state = {
      by: kept('by') === 'section' ? 'section' : 'department',
      wide: kept('wide') === 'yes',
      open: kept('open') === 'yes',
      /** @type {Set<string>} */
      folded: new Set(),
      milestone: params.milestone ?? '',
      /** What was focused before a drawing. */
      focus: '',
    };
    /** @type {import('../wire').SectionLine[]} */
    let sections = [];
    /** @type {import('../parts/view.js').Living} */
    const view = living(root, async () => {
      const request = { quarter: app.quarter, plan: app.plan };
      const [timeline, ledger] = await Promise.all([app.call('timeline', request), state.by === 'section' ? app.call('ledger', request) : null]);
      if (ledger) sections = ledger.sections;
      return timeline;
    }, (/** @type {import('../wire').Timeline} */ answer) => show(root, app, state, answer, sections, view));
    view.load();
    const resized = new ResizeObserver(() => root.querySelector('.timeline-scroll')?.dispatchEvent(new Event('resized')));
    resized.observe(root);
    return {
      update() { view.soon(); },
      unmount() {
        resized.disconnect();
        view.end();
      },
    };
  },
};

/** @param {string} name */
function kept(name) {
  return localStorage.getItem(`planbook.timeline.${name}`);
}

/**
 * @param {HTMLElement} root
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').Timeline} answer
 * @param {import('../wire').SectionLine[]} sections
 * @param {any} view
 * @returns {HTMLElement[]}
 */
function show(root, app, state, answer, sections, view) {
  if (!answer.tasks.length && !answer.milestones.length) {
    return [emptyState(app.t('timeline.empty.title'), app.t('timeline.empty.text'), { label: app.t('overview.empty.step'), run: () => importDocument(app) })];
  }
  const keep = (/** @type {string} */ name, /** @type {string} */ value) => localStorage.setItem(`planbook.timeline.${name}`, value);
  const choice = (/** @type {string} */ by) => element('button', {
    type: 'button', text: app.t(`timeline.by.${by}`), 'aria-pressed': String(state.by === by), data: { key: `by-${by}` },
    on: { click: () => { state.by = by; keep('by', by); state.folded.clear(); view.load(); } },
  });
  const open = answer.milestones.filter((line) => !line.done_on);
  const late = open.filter((line) => line.lamp === '红');
  const bar = element('div.viewbar', {},
    element('div.segments', { role: 'group', 'aria-label': app.t('timeline.by') }, choice('department'), choice('section')),
    element('button.chip', { type: 'button', text: app.t('timeline.only_open'), 'aria-pressed': String(state.open), data: { key: 'only-open' }, on: { click: () => { state.open = !state.open; keep('open', state.open ? 'yes' : 'no'); view.redraw(); } } }),
    element('button.chip', { type: 'button', text: app.t('timeline.wide'), 'aria-pressed': String(state.wide), data: { key: 'wide' }, on: { click: () => { state.wide = !state.wide; keep('wide', state.wide ? 'yes' : 'no'); view.redraw(); } } }),
    element('span.spread'),
    element('button.button.small', { type: 'button', text: app.t('timeline.print'), title: app.t('timeline.print.title'), data: { key: 'print' }, on: { click: () => app.go('reports', { kind: 'timeline' }) } }),
    element('span.quiet', { text: app.t('timeline.count', { tasks: answer.tasks.length, milestones: answer.milestones.length, open: open.length, late: late.length }) }));
  return [bar, chart(root, app, state, answer, sections, view)];
}

/**
 * @param {HTMLElement} root
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('../wire').Timeline} answer
 * @param {import('../wire').SectionLine[]} sections
 * @param {any} view
 */
function chart(root, app, state, answer, sections, view) {
  const width = Math.max(600, root.clientWidth - 250);
  const scale = scaleOf(answer.from, answer.to, width, state.wide ? 120 : 52);
  const rows = lanes(app, state, answer, sections);
  const place = state.milestone ? rows.findIndex((row) => row.milestones.some((line) => line.id === state.milestone)) : -1;
  const body = element('div.timeline-body', { style: { height: `${rows.length * ROW}px`, width: `${scale.width}px` } });
  const names = element('div.timeline-names', { style: { height: `${rows.length * ROW}px` } });
  const today = scale.at(answer.as_of);
  const scroll = element('div.timeline-scroll', { data: { scroll: `timeline-${state.by}-${state.wide}` }, tabIndex: -1 },
    element('div.timeline-head', { style: { width: `${scale.width + 240}px` } },
      element('div.timeline-corner', { text: app.t(`timeline.by.${state.by}`) }),
      element('div.timeline-quarters', { style: { width: `${scale.width}px` } }, scale.heads(app.language, app.quarter).map((head) => element(`div.timeline-${head.kind}${head.now ? '.now' : ''}`, {
        text: head.text, style: { left: `${head.left}px`, width: `${head.width}px` },
      })))),
    element('div.timeline-rows', { style: { width: `${scale.width + 240}px` } }, names, body));
  scale.lines().forEach((line) => body.append(element(`div.timeline-line${line.year ? '.year' : ''}`, { style: { left: `${line.left}px` } })));
  if (today >= 0 && today <= scale.width) {
    body.append(element('div.timeline-today', { style: { left: `${today}px` }, title: app.t('timeline.today', { day: dueWords(answer.as_of, app.language) }) }));
  }

  /** @type {Map<number, HTMLElement[]>} */
  const drawn = new Map();
  const draw = () => {
    const from = Math.max(0, Math.floor(scroll.scrollTop / ROW) - SPARE);
    const to = Math.min(rows.length, Math.ceil((scroll.scrollTop + (scroll.clientHeight || 700)) / ROW) + SPARE);
    for (const [index, made] of drawn) {
      const holds = made.some((part) => part.contains(document.activeElement));
      if ((index < from || index >= to) && !holds) {
        made.forEach((part) => part.remove());
        drawn.delete(index);
      }
    }
    for (let index = from; index < to; index += 1) {
      if (drawn.has(index)) continue;
      const made = row(app, state, rows[index], index, scale, answer, view);
      names.append(made[0]);
      body.append(made[1]);
      drawn.set(index, made);
    }
  };
  scroll.addEventListener('scroll', draw, { passive: true });
  scroll.addEventListener('resized', draw);
  draw();
  requestAnimationFrame(() => {
    if (!scroll.scrollLeft && today > scale.seen) scroll.scrollLeft = today - scale.seen / 2;
    if (place >= 0) {
      scroll.scrollTop = Math.max(0, place * ROW - 200);
      draw();
      const mark = body.querySelector(`[data-key="milestone-${CSS.escape(state.milestone)}"]`);
      if (mark instanceof HTMLElement) mark.focus();
      state.milestone = '';
    }
    draw();
  });
  return scroll;
}

/**
 * One row: its name at the left, its span and diamonds at the right.
 * @param {import('../lib/app.js').App} app
 * @param {any} state
 * @param {import('./timeline/lanes.js').Row} line
 * @param {number} index
 * @param {import('./timeline/scale.js').Scale} scale
 * @param {import('../wire').Timeline} answer
 * @param {any} view
 * @returns {HTMLElement[]}
 */
function row(app, state, line, index, scale, answer, view) {
  const top = { top: `${index * ROW}px` };
  if (line.kind === 'lane') {
    const folded = state.folded.has(line.id);
    const name = element('button.timeline-lane', {
      type: 'button', style: top, 'aria-expanded': String(!folded), title: line.name, data: { key: `lane-${line.id}` },
      on: { click: () => { if (folded) state.folded.delete(line.id); else state.folded.add(line.id); view.redraw(); } },
    }, element('span.fold', { text: folded ? '▸' : '▾', 'aria-hidden': 'true' }), element('b', { text: line.name }), element('span.quiet.number', { text: line.count }));
    const band = element('div.timeline-band', { style: top });
    if (folded) band.append(...line.milestones.map((milestone) => diamond(app, milestone, scale, answer, true)));
    return [name, band];
  }
  const task = line.task;
  const name = task
    ? element('button.timeline-name', { type: 'button', style: top, title: line.name, data: { key: `open-${line.lane}-${task.id}` }, on: { click: () => app.openTask(task.id) } },
      element('span.number.quiet', { text: task.number }), element('span', { text: line.name }), gauge(app, task, answer, scale), lampMark(task.lamp, task.why, lampWord(app, task.lamp)))
    : element('div.timeline-name', { style: top }, element('span.quiet', { text: line.name }));
  const track = element('div.timeline-track', { style: top });
  if (line.task?.due) track.append(...span(app, line.task, scale, answer));
  track.append(...line.milestones.map((milestone) => diamond(app, milestone, scale, answer, false)));
  // a diamond is named where the next one leaves room for it
  const places = line.milestones.map((milestone) => scale.at(lastDay(milestone.due), true));
  line.milestones.forEach((milestone, at) => {
    const room = Math.min(...places.filter((x) => x > places[at]), scale.width) - places[at] - 28;
    if (line.kind === 'task' && room > 60) track.append(element('span.timeline-what.quiet', { text: milestone.what, title: milestone.what, style: { left: `${places[at] + 14}px`, 'max-width': `${Math.min(room, 180)}px` } }));
  });
  return [name, track];
}

/** From when a task runs. @param {import('../lib/app.js').App} app @param {import('../wire').LedgerRow} task @param {import('./timeline/scale.js').Scale} scale */
function startOf(app, task, scale) {
  const plan = app.workbook.plans.find((line) => line.id === task.plan);
  return plan?.issued_on ?? (plan?.period.from ? `${plan.period.from}-01-01` : scale.first);
}

/**
 * Time gone and work done as two marks beside each other, each out of the whole.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').LedgerRow} task
 * @param {import('../wire').Timeline} answer
 * @param {import('./timeline/scale.js').Scale} scale
 */
function gauge(app, task, answer, scale) {
  if (!task.due) return null;
  const start = startOf(app, task, scale);
  const gone = shareGone(start, lastDay(task.due), answer.as_of);
  const done = task.completion === null ? null : Math.max(0, Math.min(1, task.completion));
  const words = app.t(done === null ? 'timeline.gauge.time' : 'timeline.gauge', { time: percent(gone), done: percent(done) });
  return element('span.timeline-gauge', { role: 'img', 'aria-label': words, title: words },
    element('span.gone', {}, element('span', { style: { width: `${gone * 100}%` } })),
    element(`span.did.lamp-${lampClass(task.lamp)}`, {}, done === null ? null : element('span', { style: { width: `${done * 100}%` } })));
}

/**
 * A task from the plan's first day to its due date, with a handle at the end.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').LedgerRow} task
 * @param {import('./timeline/scale.js').Scale} scale
 * @param {import('../wire').Timeline} answer
 */
function span(app, task, scale, answer) {
  const due = /** @type {string} */ (task.due);
  const start = startOf(app, task, scale);
  const left = Math.max(0, scale.at(start));
  const end = scale.at(lastDay(due), true);
  const bar = element(`div.timeline-span.lamp-${lampClass(task.lamp)}${task.due_by_default ? '.default' : ''}`, {
    style: { left: `${left}px`, width: `${Math.max(4, end - left)}px` },
    title: [task.title, said(task.why)].filter(Boolean).join('\n'),
  });
  // a date axis shows dates: how far the time is gone, never how much of the work is done
  const today = scale.at(answer.as_of);
  if (today > left) bar.append(element('span', { style: { width: `${Math.min(end, today) - left}px` } }));
  const handle = element('button.timeline-end', {
    type: 'button',
    style: { left: `${end}px` },
    data: { key: `end-${task.id}` },
    title: `${task.title}\n${dueWords(due, app.language)}${task.due_by_default ? app.t('timeline.by_default') : ''}`,
    'aria-label': app.t('timeline.task_due', { title: task.title, due: dueWords(due, app.language) }),
  });
  movable(app, handle, scale, {
    due, what: task.title, as_of: answer.as_of, finished: task.judgement === '已完成' || Boolean(task.closed_on),
    open: () => app.openTask(task.id),
    save: (to) => app.apply([{ edit: 'set_task_due', task: task.id, due: to }]),
    follow: (x) => { bar.style.width = `${Math.max(4, x - left)}px`; },
  });
  return [bar, handle];
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').MilestoneLine} milestone
 * @param {import('./timeline/scale.js').Scale} scale
 * @param {import('../wire').Timeline} answer
 * @param {boolean} still Shown in a folded lane, where it does not move.
 */
function diamond(app, milestone, scale, answer, still) {
  const x = scale.at(lastDay(milestone.due), true);
  const kind = milestone.done_on ? 'green' : lampClass(milestone.lamp);
  const made = element(`button.timeline-diamond.lamp-${kind}${milestone.done_on ? '.done' : ''}`, {
    type: 'button',
    style: { left: `${x}px` },
    data: { key: `milestone-${milestone.id}` },
    tabIndex: still ? -1 : 0,
    title: [milestone.what, dueWords(milestone.due, app.language), said(milestone.why)].filter(Boolean).join('\n'),
    'aria-label': app.t('timeline.milestone_due', { what: milestone.what, due: dueWords(milestone.due, app.language), lamp: milestone.done_on ? app.t('timeline.done') : lampWord(app, milestone.lamp) }),
  }, element('span', { text: milestone.done_on ? '✓' : milestone.lamp === '○' ? '' : milestone.lamp, 'aria-hidden': 'true' }));
  const open = () => { if (milestone.task) app.openTask(milestone.task); };
  if (still) made.addEventListener('click', open);
  else {
    movable(app, made, scale, {
      due: milestone.due, what: milestone.what, as_of: answer.as_of, finished: Boolean(milestone.done_on), open,
      save: (to) => app.apply([{ edit: 'set_milestone_due', milestone: milestone.id, due: to }]),
      follow: () => {},
    });
  }
  return made;
}
