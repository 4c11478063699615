// One task as a form in reading order: what is to be done, milestones, figures, what was done, problems, next step, status, evidence.
import { element, lampMark } from '../../parts/element.js';
import { savingField } from '../../parts/saving.js';
import { lampWord, judgementWord, statusWord, currentTarget, attempt } from '../../parts/view.js';
import { dueWords, readDue, shiftQuarter, quarterShort, quarterWords, tickDay } from '../../parts/calendar.js';
import { figure, figureInput, readFigure, percent, points, fileSize } from '../../parts/number.js';
import { pick } from '../../lib/backend.js';
import { askForChange } from './asking.js';
import { keepEvidence } from '../../lib/evidence.js';
import { said } from '../../lib/sentences.js';

/**
 * @param {import('../../lib/app.js').App} app
 * @param {{ id: string | null, name: string | null }} department
 * @param {import('../../wire').ChecklistTask} task
 * @returns {HTMLElement[]}
 */
export function taskForm(app, department, task) {
  const closed = app.workbook.closed.includes(app.quarter);
  const locked = closed || app.workbook.read_only;
  return [
    head(app, department, task),
    closed && element('p.form-note', { text: app.t('form.closed', { quarter: quarterWords(app.quarter, app.language) }) }),
    items(app, task, locked),
    milestones(app, task, locked),
    figures(app, task, locked),
    department.id
      ? words(app, { id: department.id }, task, locked)
      : element('p.form-note', {}, app.t('form.unassigned'), ' ', element('button.link', { type: 'button', text: app.t('form.assign'), data: { key: 'assign' }, on: { click: () => app.openTask(task.id) } })),
    evidence(app, department, task, locked),
  ].filter((part) => part instanceof HTMLElement);
}

/**
 * @param {import('../../lib/app.js').App} app
 * @param {{ id: string | null }} department
 * @param {import('../../wire').ChecklistTask} task
 */
function head(app, department, task) {
  const id = department.id;
  const canCarry = id && task.last && !app.workbook.closed.includes(app.quarter) && !app.workbook.read_only;
  return element('header.form-head', {},
    element('h1', {}, element('span.number', { text: task.number }), ' ', task.title),
    element('div.form-facts', {},
      task.role && element('span.tag', { text: app.t(`role.${task.role}`) }),
      lampMark(task.lamp, task.why, lampWord(app, task.lamp)),
      element('span', { text: judgementWord(app, task.judgement) }),
      task.why && element('span.quiet.form-why', { text: said(task.why), title: said(task.why) }),
      task.due && element('span.quiet', { text: app.t('form.due', { due: dueWords(task.due, app.language) }) }),
      element('span.spread'),
      canCarry && element('button.button.small', {
        type: 'button', text: app.t('form.carry_task'), title: app.t('form.carry_task.title'), data: { key: 'carry-task' },
        on: { click: attempt(() => app.apply([{ edit: 'carry_forward', department: id, quarter: app.quarter, task: task.id }])) },
      }),
      app.workbook.may.includes('ask_change') && element('button.button.small', { type: 'button', text: app.t('asking.open'), title: app.t('asking.text'), data: { key: 'ask-change' }, on: { click: () => askForChange(app, task) } }),
      element('button.button.small', { type: 'button', text: app.t('form.detail'), title: app.t('form.detail.title'), data: { key: 'detail' }, on: { click: () => app.openTask(task.id) } })));
}

/**
 * @param {string} title
 * @param {HTMLElement | null | false} aside
 * @param {...(HTMLElement | null | false)} children
 */
function part(title, aside, ...children) {
  return element('section.form-part', {}, element('h2', {}, title, aside), children);
}

/**
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').ChecklistTask} task
 * @param {boolean} locked
 */
function items(app, task, locked) {
  const done = task.items.filter((item) => item.done_on).length;
  if (!task.items.length) {
    return part(app.t('form.items'), null, element('p.quiet', { text: app.t('form.items.none') }));
  }
  return part(app.t('form.items'), element('span.quiet.number', { text: `${done}/${task.items.length}` }),
    element('ul.ticks', {}, task.items.map((item) => tick(app, {
      key: `item-${item.id}`, text: item.text, due: item.due, done_on: item.done_on, lamp: item.lamp, why: '', who: item.departments,
      locked, set: (day) => app.apply([{ edit: 'tick_item', item: item.id, done_on: day }]),
    }))));
}

/**
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').ChecklistTask} task
 * @param {boolean} locked
 */
function milestones(app, task, locked) {
  if (!task.milestones.length) return null;
  return part(app.t('form.milestones'), null,
    element('ul.ticks', {}, task.milestones.map((milestone) => tick(app, {
      key: `milestone-${milestone.id}`, text: milestone.what, due: milestone.due, done_on: milestone.done_on, lamp: milestone.lamp, why: milestone.why, who: [],
      locked, set: (day) => app.apply([{ edit: 'complete_milestone', milestone: milestone.id, done_on: day }]),
    }))));
}

/**
 * One thing to tick, with the day it was done once it is.
 * @param {import('../../lib/app.js').App} app
 * @param {{ key: string, text: string, due: string | null, done_on: string | null, lamp: string, why: string, who: string[], locked: boolean, set: (day: string | null) => Promise<unknown> }} line
 */
function tick(app, line) {
  const box = /** @type {HTMLInputElement} */ (element('input', {
    type: 'checkbox', checked: Boolean(line.done_on), disabled: line.locked, id: `tick-${line.key}`, data: { key: line.key },
    on: {
      change: () => line.set(box.checked ? tickDay(app.quarter, app.workbook.as_of) : null).catch(() => { box.checked = Boolean(line.done_on); }),
      keydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.ctrlKey && event.code === 'Semicolon' && !line.locked) {
          event.preventDefault();
          line.set(tickDay(app.quarter, app.workbook.as_of)).catch(() => {});
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          const all = [...document.querySelectorAll('.checklist-form .ticks input[type=checkbox]')];
          const next = all[all.indexOf(box) + (event.key === 'ArrowDown' ? 1 : -1)];
          if (next instanceof HTMLElement) {
            event.preventDefault();
            next.focus();
          }
        }
      },
    },
  }));
  return element('li', { class: line.done_on ? 'done' : '' },
    box,
    element('label', { for: `tick-${line.key}` }, line.text, line.who.length > 0 && element('span.quiet', { text: `　${line.who.join('、')}` })),
    element('span.tick-due.quiet.number', { text: dueWords(line.due, app.language) || '—' }),
    line.done_on
      ? savingField({
        key: `${line.key}-day`, value: line.done_on, class: 'day number', label: app.t('form.done_on'), disabled: line.locked, today: app.workbook.as_of, wrong: app.t('retype.date'),
        read: (text) => (text.trim() ? wholeDay(readDue(text, app.workbook.as_of)) : null),
        save: (day) => line.set(day),
      })
      : element('span.tick-day'),
    lampMark(line.lamp, line.why, lampWord(app, line.lamp)));
}

/**
 * A day, where a whole month or year is no day.
 * @param {string | null} due
 */
function wholeDay(due) {
  return due && due.length === 10 ? due : undefined;
}

/**
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').ChecklistTask} task
 * @param {boolean} locked
 */
function figures(app, task, locked) {
  if (!task.targets.length) return null;
  // a figure typed here is this quarter's, also where it is kept while the window goes on to another
  const quarter = app.quarter;
  const before = shiftQuarter(quarter, -1);
  return part(app.t('form.figures'), null,
    element('div.figures-scroll', {}, element('table.lines.figures', {},
      element('thead', {}, element('tr', {},
        element('th', { scope: 'col', text: app.t('form.indicator') }),
        element('th.right', { scope: 'col', text: app.t('form.target') }),
        element('th.right', { scope: 'col', text: quarterShort(before, app.language) }),
        element('th.right', { scope: 'col', text: quarterShort(quarter, app.language) }),
        element('th', { scope: 'col', text: app.t('form.unit') }),
        element('th.right', { scope: 'col', text: app.t('form.completion') }),
        element('th', { scope: 'col', text: app.t('form.lamp') }))),
      element('tbody', {}, currentTargets(task).map(({ target, others }) => element('tr', {},
        element('th', { scope: 'row', title: target.indicator }, target.indicator, target.binding && element('span.tag.binding', { text: app.t('indicator.binding') })),
        element('td.right.number', { title: target.op }, element('span.quiet', { text: opWord(target.op) }), figure(target.value), element('span.target-due.quiet', { text: stepWords(app, target) }),
          others.length > 0 && element('span.figure-others', { text: app.t('form.others', { targets: others.map((other) => `${stepWords(app, other)} ${figure(other.value)}`).join(app.t('list.comma')) }) })),
        element('td.right.number', {}, target.previous === null ? element('span.quiet', { text: '—' })
          : element('button.link.number', {
            type: 'button', text: figure(target.previous), title: app.t('form.carry'), disabled: locked, data: { key: `carry-${target.id}` },
            on: { click: attempt(() => app.apply([actual(quarter, target, target.previous)])) },
          })),
        element('td.right', {}, savingField({
          key: `figure-${target.id}-${quarter}`, value: figureInput(target.actual), class: 'number', label: `${target.indicator} ${target.unit}`, disabled: locked, inputmode: 'decimal', wrong: app.t('retype.number'),
          read: (text) => readFigure(text, target.unit),
          save: (value) => app.apply([actual(quarter, target, value)]),
          after: (field) => nextFigure(field),
        }), asked(app, task, target, locked)),
        element('td.quiet', { text: target.unit }),
        element('td.right.number', { title: target.gap === null ? '' : app.t('form.gap', { points: points(-target.gap) }) }, percent(target.completion) || element('span.quiet', { text: '—' })),
        element('td', {}, lampMark(target.lamp, target.why, lampWord(app, target.lamp)))))))));
}

/**
 * One line for each indicator: the step that the quarter works on, and the others beside it. A figure is asked once.
 * @param {import('../../wire').ChecklistTask} task
 */
export function currentTargets(task) {
  /** @type {Map<string, import('../../wire').TargetLine[]>} */
  const byIndicator = new Map();
  for (const target of task.targets) {
    const of = byIndicator.get(target.indicator_id);
    if (of) of.push(target);
    else byIndicator.set(target.indicator_id, [target]);
  }
  return [...byIndicator.values()].map((targets) => {
    const target = currentTarget(targets);
    return { target, others: targets.filter((other) => other !== target) };
  });
}

/**
 * @param {string} quarter
 * @param {import('../../wire').TargetLine} target
 * @param {number | null} value
 * @returns {import('../../wire').Edit}
 */
function actual(quarter, target, value) {
  return { edit: 'set_actual', target: target.id, quarter, value, note: null, department: null };
}

/**
 * What is asked of a figure: whether it is the total so far, and what is strange about it, with the place for the answer.
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').ChecklistTask} task
 * @param {import('../../wire').TargetLine} target
 * @param {boolean} locked
 */
function asked(app, task, target, locked) {
  const quarter = app.quarter;
  const questions = target.questions.map((question) => element('span.figure-question', { text: said(question.text) }));
  return element('span.figure-asked', {}, element('small.quiet', { text: said(target.asks_for) }), questions,
    questions.length > 0 && savingField({
      key: `figure-note-${target.id}-${quarter}`, value: target.note, label: app.t('form.figure_answer', { indicator: target.indicator }), placeholder: app.t('form.figure_answer.hint'), disabled: locked, wrong: '',
      read: (text) => text.trim(),
      save: (note) => app.apply([{ edit: 'set_actual', target: target.id, quarter, value: target.actual, note, department: null }]),
    }));
}

/** @param {HTMLElement} field */
function nextFigure(field) {
  const all = [...document.querySelectorAll('.figures input')];
  const next = all[all.indexOf(field) + 1];
  if (next instanceof HTMLInputElement) {
    next.focus();
    next.select();
  }
}

/**
 * When a target is to be reached, or that it counts anew each year.
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').TargetLine} target
 */
function stepWords(app, target) {
  if (target.cadence === 'annual' && !target.due) return app.t('form.yearly');
  return target.due ? dueWords(target.due, app.language) : app.t('form.plan_end');
}

/** @param {string} op */
export function opWord(op) {
  return op === '>=' ? '≥ ' : op === '<=' ? '≤ ' : op === '~' ? '约 ' : '';
}

/**
 * @param {import('../../lib/app.js').App} app
 * @param {{ id: string }} department
 * @param {import('../../wire').ChecklistTask} task
 * @param {boolean} locked
 */
function words(app, department, task, locked) {
  /** @type {Extract<import('../../wire').Edit, { edit: 'set_progress' }>} */
  const base = { edit: 'set_progress', task: task.id, department: department.id, quarter: app.quarter, status: null, done: null, problems: null, next: null };
  const field = (/** @type {'done' | 'problems' | 'next'} */ name) => {
    const last = task.last?.[name] ?? '';
    const now = task.progress?.[name] ?? '';
    const carry = last && last !== now && !locked;
    return part(app.t(`form.${name}`), carry ? element('button.link.small', {
      type: 'button', text: app.t('form.carry'), title: last, data: { key: `carry-${name}-${task.id}` },
      on: { click: attempt(() => app.apply([{ ...base, [name]: last }])) },
    }) : null,
    savingField({
      key: `${name}-${task.id}-${base.quarter}`, value: now, lines: true, label: app.t(`form.${name}`), disabled: locked, wrong: '',
      placeholder: last ? app.t('form.last', { text: last }) : app.t(`form.${name}.hint`),
      read: (text) => text,
      save: (text) => app.apply([{ ...base, [name]: text }]),
    }));
  };
  const own = app.workbook.statuses;
  const choices = own.includes(task.status) ? own : [...own, task.status];
  const select = /** @type {HTMLSelectElement} */ (element('select.field', {
    disabled: locked, 'aria-label': app.t('form.status'), data: { key: `status-${task.id}` },
    on: { change: () => app.apply([{ ...base, status: select.value }]).catch(() => { select.value = task.status; }) },
  }, choices.map((status) => element('option', { value: status, text: statusWord(app, status), selected: status === task.status }))));
  return element('div.form-words', {}, field('done'), field('problems'), field('next'), part(app.t('form.status'), null, select));
}

/**
 * @param {import('../../lib/app.js').App} app
 * @param {{ id: string | null }} department
 * @param {import('../../wire').ChecklistTask} task
 * @param {boolean} locked
 */
function evidence(app, department, task, locked) {
  return part(app.t('form.evidence'), locked ? null : element('button.button.small', {
    type: 'button', text: app.t('form.evidence.add'), data: { key: 'evidence-add' },
    on: {
      click: attempt(async () => {
        const path = await pick('evidence', { name: '' });
        if (path) await keepEvidence(app, { task: task.id, department: department.id }, [path]);
      }),
    },
  }),
  task.evidence.length
    ? element('ul.evidence', {}, task.evidence.map((file) => element('li', {}, element('span', { text: file.file_name, title: file.file_name }), element('span.quiet.number', { text: fileSize(file.size) }))))
    : element('p.quiet', { text: app.t('form.evidence.none') }));
}
