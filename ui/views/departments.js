// 部门清单: a department's tasks on the left, one task as a form on the right, what is still missing below.
import { isEvidence, keepEvidence } from '../lib/evidence.js';
import { importDocument } from '../lib/files.js';
import { element, emptyState, lampMark } from '../parts/element.js';
import { living, lampWord, attempt, undoOf } from '../parts/view.js';
import { quarterWords } from '../parts/calendar.js';
import { composing } from '../lib/keys.js';
import { saveOpenFields } from '../parts/saving.js';
import { currentTargets, taskForm } from './departments/form.js';
import { departmentChooser } from './departments/chooser.js';

/** Ways to missing things that are shown at the foot; the rest is one step away. */
const SHOWN = 7;

export default {
  name: 'departments',

  /**
   * @param {HTMLElement} root
   * @param {import('../lib/app.js').App} app
   * @param {{ department?: string, task?: string }} [params]
   */
  mount(root, app, params = {}) {
    root.classList.add('departments');
    const state = {
      department: params.department ?? remembered(app) ?? firstDepartment(app),
      task: params.task ?? '',
      /** Field to put the focus on after the next drawing. */
      focus: '',
      /** Came for one task: its first missing field gets the focus. */
      arriving: Boolean(params.task),
    };
    /** @type {import('../parts/view.js').Living} */
    const view = living(root, () => ask(app, state.department), (/** @type {import('../wire').DepartmentChecklist | null} */ list) => show(app, state, list, view));
    view.load();
    const keys = (/** @type {KeyboardEvent} */ event) => moveBetweenTasks(event, app, state, view);
    root.addEventListener('keydown', keys);
    return {
      update() { view.soon(); },
      /** Evidence of the task shown. @param {string[]} paths */
      drop(paths) {
        if (!isEvidence(paths) || !state.task || app.workbook.read_only || app.workbook.closed.includes(app.quarter)) return false;
        keepEvidence(app, { task: state.task, department: state.department || null }, paths);
        return true;
      },
      unmount() {
        saveOpenFields();
        root.removeEventListener('keydown', keys);
        view.end();
      },
    };
  },
};

/** The department shown last, kept while the program runs. */
const lastShown = { workbook: '', department: '' };

/** @param {import('../lib/app.js').App} app */
function remembered(app) {
  const known = app.workbook.departments.some((/** @type {any} */ line) => line.id === lastShown.department);
  return lastShown.workbook === app.workbook.path && known ? lastShown.department : undefined;
}

/** @param {import('../lib/app.js').App} app */
function firstDepartment(app) {
  // in a department's own workbook its own list comes first
  const own = app.workbook.role === 'department' ? app.workbook.settings.department : null;
  if (app.workbook.departments.some((line) => line.id === own)) return String(own);
  const busy = app.workbook.departments.find((/** @type {any} */ line) => line.leads + line.supports > 0);
  return (busy ?? app.workbook.departments[0])?.id ?? '';
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} department Empty for tasks that no department has.
 * @returns {Promise<import('../wire').DepartmentChecklist | null>}
 */
async function ask(app, department) {
  lastShown.workbook = app.workbook.path;
  lastShown.department = department;
  const answer = await app.call('checklist', { quarter: app.quarter, department: department || null });
  const list = answer.departments.find((/** @type {any} */ line) => (line.id ?? '') === department) ?? null;
  if (list && app.plan) {
    const plan = app.workbook.plans.find((/** @type {any} */ line) => line.id === app.plan);
    if (plan) return { ...list, tasks: list.tasks.filter((/** @type {any} */ task) => task.plan === plan.title) };
  }
  return list;
}

/**
 * How much of a task is filled in: ticks, milestones, figures and what was done.
 * @param {import('../wire').ChecklistTask} task
 */
export function filled(task) {
  const asked = currentTargets(task);
  const figures = asked.filter(({ target }) => target.actual !== null).length;
  const ticks = task.items.filter((item) => item.done_on).length + task.milestones.filter((milestone) => milestone.done_on).length;
  const written = task.progress?.done.trim() ? 1 : 0;
  return { done: figures + ticks + written, of: asked.length + task.items.length + task.milestones.length + 1 };
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {{ department: string, task: string, focus: string, arriving: boolean }} state
 * @param {import('../wire').DepartmentChecklist | null} list
 * @param {any} view
 * @returns {HTMLElement[]}
 */
function show(app, state, list, view) {
  if (!app.workbook.departments.length && !list?.tasks.length) {
    return [emptyState(app.t('departments.empty.title'), app.t('departments.empty.text'),
      { label: app.t('overview.empty.step'), run: () => importDocument(app) })];
  }
  const tasks = list?.tasks ?? [];
  const chosen = tasks.find((task) => task.id === state.task) ?? tasks[0];
  state.task = chosen?.id ?? '';
  if (state.arriving && chosen) {
    state.arriving = false;
    if (chosen.missing.length) state.focus = fieldOf(chosen, chosen.missing[0], app.quarter);
  }
  const choose = (/** @type {string} */ task, focus = '') => {
    saveOpenFields();
    state.task = task;
    state.focus = focus;
    view.redraw();
    settle(state);
  };
  const right = element('div.checklist-form', { data: { scroll: `form-${state.task}` } });
  if (chosen) right.append(...taskForm(app, { id: list?.id ?? null, name: list?.name ?? null }, chosen));
  else right.append(emptyState(app.t('departments.none.title'), app.t('departments.none.text')));
  if (state.focus) requestAnimationFrame(() => settle(state));
  return [
    element('div.checklist-left', { data: { department: state.department } },
      departmentChooser(app, state.department, (department) => {
        saveOpenFields();
        state.department = department;
        state.task = '';
        view.load();
      }),
      leftHead(app, list, tasks),
      taskList(app, tasks, state, choose)),
    element('div.checklist-right', {}, right, missingBar(app, list, tasks, choose)),
  ];
}

/**
 * Puts the focus where the way to a missing thing leads.
 * @param {{ focus: string }} state
 */
function settle(state) {
  if (!state.focus) return;
  const field = document.querySelector(`[data-key="${CSS.escape(state.focus)}"]`);
  state.focus = '';
  if (field instanceof HTMLElement) {
    field.focus();
    field.scrollIntoView({ block: 'center' });
  }
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').DepartmentChecklist | null} list
 * @param {import('../wire').ChecklistTask[]} tasks
 */
function leftHead(app, list, tasks) {
  if (!tasks.length) return null;
  const id = list?.id ?? null;
  const ready = tasks.filter((task) => !task.missing.length).length;
  const carry = tasks.some((task) => task.last && !task.progress?.done.trim());
  return element('div.checklist-count', {},
    element('span', { text: app.t('departments.filled', { done: ready, count: tasks.length }) }),
    !id && element('button.button.small', {
      type: 'button', text: app.t('departments.assign_all'), data: { key: 'assign-all' },
      on: { click: () => app.go('ledger', { tasks: tasks.map((task) => task.id), title: app.t('unassigned') }) },
    }),
    id && element('button.button.small', {
      type: 'button',
      text: app.t('departments.carry_all'),
      title: app.t('departments.carry_all.title'),
      disabled: !carry,
      data: { key: 'carry-all' },
      on: {
        click: attempt(async () => {
          saveOpenFields();
          const applied = await app.apply([{ edit: 'carry_forward', department: id, quarter: app.quarter, task: null }]);
          app.notice(app.t('departments.carried'), { action: undoOf(app, applied) });
        }),
      },
    }));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').ChecklistTask[]} tasks
 * @param {{ task: string }} state
 * @param {(task: string) => void} choose
 */
function taskList(app, tasks, state, choose) {
  const many = new Set(tasks.map((task) => task.plan)).size > 1;
  let plan = '';
  /** @type {HTMLElement[]} */
  const lines = [];
  for (const task of tasks) {
    if (many && task.plan !== plan) {
      plan = task.plan;
      lines.push(element('li.checklist-plan', { role: 'presentation', text: plan, title: plan }));
    }
    const { done, of } = filled(task);
    const ready = !task.missing.length;
    lines.push(element('li', { role: 'presentation' }, element('button.checklist-task', {
      type: 'button',
      role: 'option',
      'aria-selected': String(task.id === state.task),
      tabIndex: task.id === state.task ? 0 : -1,
      data: { key: `task-${task.id}`, task: task.id },
      title: [task.title, ready ? app.t('departments.ready') : app.t('departments.lacks', { what: task.missing.join('、') })].join('\n'),
      on: { click: () => choose(task.id) },
    },
    element('span.checklist-number.number', { text: task.number }),
    element('span.checklist-title', { text: task.title }),
    task.role === 'support' && element('span.tag', { text: app.t('role.support') }),
    element(`span.checklist-filled.number${ready ? '.ready' : ''}`, { text: `${done}/${of}` }),
    lampMark(task.lamp, task.why, lampWord(app, task.lamp)))));
  }
  return element('ul.checklist-tasks', { role: 'listbox', 'aria-label': app.t('departments.tasks'), data: { scroll: 'tasks' } }, lines);
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').DepartmentChecklist | null} list
 * @param {import('../wire').ChecklistTask[]} tasks
 * @param {(task: string, focus?: string) => void} choose
 */
function missingBar(app, list, tasks, choose) {
  if (!tasks.length || !list?.id) return null;
  const gaps = tasks.flatMap((task) => task.missing.map((what) => ({ task, what })));
  const bar = element('div.checklist-missing', { role: 'status' });
  if (!gaps.length) {
    bar.append(
      element('b.ready', { text: app.t('departments.all_filled', { quarter: quarterWords(app.quarter, app.language) }) }),
      element('button.button', { type: 'button', text: app.t('departments.report'), data: { key: 'to-report' }, on: { click: () => app.go('reports', { kind: 'department', department: list.id }) } }));
    return bar;
  }
  bar.append(element('b', { text: app.t('departments.missing', { count: gaps.length }) }));
  const ways = element('div.checklist-ways', {});
  for (const gap of gaps.slice(0, SHOWN)) {
    ways.append(element('button.chip', {
      type: 'button',
      data: { key: `way-${gap.task.id}-${gap.what}` },
      title: `${gap.task.number} ${gap.task.title}\n${gap.what}`,
      on: { click: () => choose(gap.task.id, fieldOf(gap.task, gap.what, app.quarter)) },
    }, element('span.quiet.number', { text: gap.task.number }), element('span', { text: gap.what === '进展情况' ? app.t('departments.done') : gap.what })));
  }
  bar.append(ways);
  if (gaps.length > SHOWN) {
    bar.append(element('button.button.small', {
      type: 'button', text: app.t('departments.next_missing'), data: { key: 'next-missing' },
      on: { click: () => choose(gaps[SHOWN].task.id, fieldOf(gaps[SHOWN].task, gaps[SHOWN].what, app.quarter)) },
    }));
  }
  return bar;
}

/**
 * The key of the field that a missing word means.
 * @param {import('../wire').ChecklistTask} task
 * @param {string} what
 * @param {string} quarter
 */
function fieldOf(task, what, quarter) {
  const target = currentTargets(task).find((line) => line.target.indicator === what)?.target;
  return `${target ? `figure-${target.id}` : `done-${task.id}`}-${quarter}`;
}

/**
 * Arrows and Page keys go between tasks; Alt with them from anywhere in the form.
 * @param {KeyboardEvent} event
 * @param {import('../lib/app.js').App} app
 * @param {{ task: string, focus: string }} state
 * @param {any} view
 */
function moveBetweenTasks(event, app, state, view) {
  if (composing(event)) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyD') {
    // as a column is filled down in a spreadsheet: last quarter into this one
    event.preventDefault();
    const button = document.querySelector(`[data-key="${event.shiftKey ? 'carry-all' : 'carry-task'}"]`);
    if (button instanceof HTMLButtonElement && !button.disabled) {
      saveOpenFields();
      button.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const at = event.target instanceof HTMLElement ? event.target : null;
  const inList = at?.classList.contains('checklist-task') ?? false;
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 1, PageUp: -1, Home: -Infinity, End: Infinity }[event.key];
  if (by === undefined) {
    if (inList && (event.key === 'ArrowRight' || event.key === 'Enter')) {
      const first = document.querySelector('.checklist-form input, .checklist-form textarea, .checklist-form select');
      if (first instanceof HTMLElement) {
        event.preventDefault();
        first.focus();
      }
    } else if (!inList && event.key === 'Escape' && at?.closest('.checklist-form')) {
      event.preventDefault();
      const line = document.querySelector('.checklist-task[aria-selected="true"]');
      if (line instanceof HTMLElement) line.focus();
    }
    return;
  }
  const page = event.key.startsWith('Page');
  if (!(inList && !event.altKey) && !(page && at?.closest('.checklist-form') && !(at instanceof HTMLTextAreaElement))) return;
  const tasks = /** @type {import('../wire').DepartmentChecklist | null} */ (view.answer)?.tasks ?? [];
  if (!tasks.length) return;
  event.preventDefault();
  const now = tasks.findIndex((task) => task.id === state.task);
  const next = Math.max(0, Math.min(tasks.length - 1, now + by));
  saveOpenFields();
  state.task = tasks[next].id;
  view.redraw();
  const line = document.querySelector(`[data-key="${CSS.escape(`task-${state.task}`)}"]`);
  if (line instanceof HTMLElement) {
    line.scrollIntoView({ block: 'nearest' });
    if (inList) line.focus();
  }
}
