// The detail pane: one task, the same everywhere. What it is, where it comes from, why this lamp, and everything that can be entered.
import { element, lampMark, refill } from '../parts/element.js';
import { savingField, saveOpenFields } from '../parts/saving.js';
import { attempt, judgementWord, lampWord, statusWord } from '../parts/view.js';
import { dueWords, quarterShort, quarterWords, readDue, shiftQuarter } from '../parts/calendar.js';
import { fileSize, percent } from '../parts/number.js';
import { pick } from './backend.js';
import { keepEvidence } from './evidence.js';
import { openMenu } from './menu.js';
import { requestRow } from './requests.js';
import { restoreTask } from './restoring.js';
import { said } from './sentences.js';
import { part } from './detail/part.js';
import { facts, source } from './detail/facts.js';
import { figures } from './detail/measures.js';
import { items, milestones } from './detail/steps.js';
import { people } from './detail/people.js';
import { duplicateTask, isOffices, nextNumber, retireTask } from './structure.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('../wire').TaskDetail} TaskDetail */

/** Judgements that the office may set over the computed one. */
const JUDGEMENTS = ['已完成', '完成年度目标', '超序时', '达序时', '滞后', '严重滞后', '未完成年度目标', '超期未完成', '未到期'];

/**
 * @param {App} app
 * @param {HTMLElement} place
 */
export function createDetail(app, place) {
  /** @type {TaskDetail | null} */
  let detail = null;
  let asked = 0;
  /** @type {HTMLElement | null} */
  let before = null;
  place.setAttribute('aria-label', app.t('detail.title'));

  /** @param {string} task */
  async function open(task) {
    saveOpenFields();
    if (app.task === null) before = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const isOther = app.task !== task;
    app.setTask(task);
    await load();
    if (isOther && app.task === task) place.scrollTop = 0;
  }

  async function load() {
    const mine = ++asked;
    const task = app.task;
    if (!task || !app.isOpen) return;
    try {
      const answer = await app.call('task', { task, quarter: app.quarter });
      if (mine !== asked) return;
      const isOther = detail?.row.id !== answer.row.id;
      detail = answer;
      place.hidden = false;
      if (isOther) place.replaceChildren();
      draw();
    } catch {
      if (mine === asked) close();
    }
  }

  function draw() {
    const shown = detail;
    if (shown && app.task && app.isOpen) refill(place, () => content(app, shown, close));
  }

  function close() {
    if (app.task === null && place.hidden) return;
    const hadFocus = place.contains(document.activeElement);
    saveOpenFields();
    app.setTask(null);
    detail = null;
    asked += 1;
    place.hidden = true;
    place.replaceChildren();
    if (hadFocus && before?.isConnected) before.focus();
    else if (hadFocus) /** @type {HTMLElement | null} */ (document.querySelector('.view [tabindex="0"]'))?.focus();
  }

  app.on('changed', (change) => {
    if (app.task && change.applied?.removed.includes(app.task)) close();
    else load();
  });
  app.on('quarter', load);
  app.on('workbook', () => { if (!app.isOpen) close(); });
  return { open, close, draw };
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {() => void} close
 */
function content(app, detail, close) {
  const { row } = detail;
  const isReadOnly = app.workbook.read_only;
  const locked = isReadOnly || app.workbook.closed.includes(app.quarter);
  return [
    head(app, detail, close, isReadOnly),
    why(app, detail, isReadOnly),
    row.kind === 'safeguard' ? null : judging(app, detail),
    progress(app, detail, locked),
    figures(app, detail, locked),
    items(app, detail, isReadOnly),
    milestones(app, detail, isReadOnly),
    roles(app, detail, isReadOnly),
    people(app, detail),
    source(app, detail),
    facts(app, detail),
    evidence(app, detail, locked),
    requests(app, detail),
    earlier(app, detail),
    history(app, detail),
  ].filter((part) => part instanceof HTMLElement);
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {() => void} close
 * @param {boolean} isReadOnly
 */
function head(app, detail, close, isReadOnly) {
  const { row } = detail;
  const title = /** @type {HTMLTextAreaElement} */ (savingField({
    key: `title-${row.id}`, value: row.title, lines: true, class: 'detail-title', label: app.t('detail.task_title'), disabled: isReadOnly, wrong: app.t('detail.title.wrong'),
    read: (text) => text.trim().replace(/\s*\n\s*/g, '') || undefined,
    save: (text) => app.apply([{ edit: 'set_task_title', task: row.id, title: text }]),
  }));
  title.rows = 1;
  const path = detail.path.filter((heading) => heading !== row.title && !heading.endsWith(row.title));
  return element('header.detail-head', {},
    element('div.detail-top', {},
      element('span.quiet.cut', { text: [row.number, ...path].join(' › '), title: [detail.plan_title, ...detail.path].join('\n') }),
      isOffices(app) ? element('button.button.bare.small', {
        type: 'button', text: '⋯', title: app.t('detail.more'), 'aria-label': app.t('detail.more'), data: { key: 'task-more' },
        on: {
          click: (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), [
            { label: app.t('ledger.row.copy'), run: () => { copy(app, row); } },
            { label: app.t('detail.kind'), checked: undefined, run: () => { app.apply([{ edit: 'set_task', task: row.id, kind: row.kind === 'safeguard' ? 'task' : 'safeguard' }]).catch(() => {}); } },
            { rule: true },
            { label: app.t('ledger.row.retire'), run: () => { retireTask(app, row); } },
          ]),
        },
      }) : null,
      element('button.button.bare.small', { type: 'button', text: '×', title: app.t('detail.close'), 'aria-label': app.t('detail.close'), on: { click: close } })),
    title,
    element('div.detail-facts', {},
      row.kind === 'safeguard' ? element('span.tag', { text: app.t('kind.safeguard') }) : null,
      row.closed_on ? element('span.tag.accent', { text: app.t('detail.closed', { day: dueWords(row.closed_on, app.language) }) }) : null),
    anchors(app));
}

/** The parts of the pane that one jumps to. */
const ANCHORS = ['progress', 'targets', 'items', 'milestones', 'departments', 'people', 'source', 'evidence', 'history'];

/** @param {App} app */
function anchors(app) {
  return element('nav.detail-anchors', { 'aria-label': app.t('detail.anchors') }, ANCHORS.map((name) => element('button.link', {
    type: 'button', text: app.t(`detail.anchor.${name}`), data: { key: `anchor-${name}` },
    on: {
      click: (/** @type {Event} */ event) => {
        const found = /** @type {HTMLElement} */ (event.currentTarget).closest('.detail')?.querySelector(`[data-part="${name}"]`);
        found?.scrollIntoView({ block: 'start' });
      },
    },
  })));
}

/** @param {App} app @param {import('../wire').LedgerRow} row */
async function copy(app, row) {
  try {
    const { id, number } = await app.call('ledger_table', { quarter: app.quarter, plan: row.plan });
    duplicateTask(app, row, nextNumber(id.map((_, at) => ({ plan: row.plan, number: number[at] })), row.plan));
  } catch {
    // said already
  }
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {boolean} isReadOnly
 */
function why(app, detail, isReadOnly) {
  const { row } = detail;
  return element('section.detail-part.detail-why', {},
    element('div.detail-line', {}, lampMark(row.lamp, row.why, lampWord(app, row.lamp)), element('b', { text: judgementWord(app, row.judgement) }),
      row.completion === null ? null : element('span.quiet.number', { text: app.t('detail.completion', { percent: percent(row.completion) }) }),
      row.gap === null ? null : element('span.quiet.number', { text: app.t(row.gap > 0 ? 'detail.behind' : 'detail.ahead', { points: Math.abs(Math.round(row.gap * 10) / 10) }) })),
    element('p', { text: said(row.why) || app.t('detail.why.none') }),
    detail.override_judgement ? element('p.quiet', { text: app.t('detail.overridden', { judgement: judgementWord(app, detail.override_judgement[0]), reason: detail.override_judgement[1] }) }) : null,
    element('label.detail-due', {}, element('span', { text: app.t('detail.due') }),
      savingField({
        key: `due-${row.id}`, value: row.due_by_default ? '' : row.due ?? '', label: app.t('detail.due'), disabled: isReadOnly, today: app.workbook.as_of, wrong: app.t('retype.date'),
        placeholder: row.due ? app.t('detail.due.default', { due: dueWords(row.due, app.language) }) : app.t('detail.due.none'),
        read: (text) => (text.trim() ? readDue(text, app.workbook.as_of) ?? undefined : null),
        save: (due) => app.apply([{ edit: 'set_task_due', task: row.id, due }]),
      })));
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {boolean} isReadOnly
 */
function roles(app, detail, isReadOnly) {
  const { row } = detail;
  const assign = (/** @type {string} */ department, /** @type {'lead' | 'support' | null} */ role) => app.apply([{ edit: 'assign', task: row.id, department, role }]);
  const line = (/** @type {import('../wire').DepartmentRole} */ one) => element('li', {},
    element('button.link', { type: 'button', text: one.name, title: app.t('detail.department.open'), data: { key: `department-${one.id}` }, on: { click: () => app.go('departments', { department: one.id, task: row.id }) } }),
    one.role === 'lead' && one.by_default ? element('span.tag', { text: app.t('detail.by_default'), title: app.t('detail.by_default.title') }) : null,
    isReadOnly ? null : element('button.detail-change', {
      type: 'button', text: '⋯', 'aria-label': app.t('detail.department.change', { name: one.name }), title: app.t('detail.department.change', { name: one.name }), data: { key: `change-${one.id}` },
      on: {
        click: (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), [
          { label: app.t('role.lead'), checked: one.role === 'lead', run: () => assign(one.id, 'lead') },
          { label: app.t('role.support'), checked: one.role === 'support', run: () => assign(one.id, 'support') },
          { rule: true },
          { label: app.t('detail.department.remove'), run: () => assign(one.id, null) },
        ]),
      },
    }));
  const list = (/** @type {'lead' | 'support'} */ role) => {
    const all = row.departments.filter((one) => one.role === role);
    return all.length ? element('div.detail-role', {}, element('span.quiet', { text: app.t(`role.${role}`) }), element('ul', {}, all.map(line))) : null;
  };
  return part(app.t('detail.departments'), [
    list('lead'), list('support'),
    isReadOnly ? null : savingField({
      key: `assign-${row.id}`, value: '', class: 'detail-add', label: app.t('detail.department.add'), placeholder: app.t('detail.department.add'), wrong: '',
      read: (text) => text.trim(),
      save: (name) => (name ? assign(departmentNamed(app, name), row.departments.length ? 'support' : 'lead') : Promise.resolve()),
    }),
  ], null, 'departments');
}

/**
 * The id of a department known by this name, short name or initials; else the name, which makes a new one.
 * @param {App} app
 * @param {string} name
 */
export function departmentNamed(app, name) {
  const all = app.workbook.departments;
  const found = all.find((line) => line.name === name || line.short_name === name || line.aliases.includes(name));
  const byLetters = /^[a-z0-9]{2,}$/i.test(name) ? all.filter((line) => line.initials === name.toLowerCase()) : [];
  return (found ?? (byLetters.length === 1 ? byLetters[0] : null))?.id ?? name;
}

/**
 * What the departments wrote in the quarter.
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {boolean} locked
 */
function progress(app, detail, locked) {
  const { row } = detail;
  const written = (/** @type {string} */ department, /** @type {string} */ quarter) => detail.progress.find((line) => line.department === department && line.quarter === quarter);
  const isClosed = app.workbook.closed.includes(app.quarter);
  return part(app.t('detail.progress', { quarter: quarterWords(app.quarter, app.language) }), [
    isClosed ? element('p.quiet', { text: app.t('detail.quarter_closed') }) : null,
    row.departments.length ? null : element('p.quiet', { text: app.t('detail.progress.unassigned') }),
    ...row.departments.map((one, place) => {
      const now = written(one.id, app.quarter);
      const last = written(one.id, shiftQuarter(app.quarter, -1));
      const base = /** @type {const} */ ({ edit: 'set_progress', task: row.id, department: one.id, quarter: app.quarter, status: null, done: null, problems: null, next: null });
      const field = (/** @type {'done' | 'problems' | 'next'} */ name) => element('label.detail-field', {}, element('span.quiet', { text: app.t(`detail.${name}`) }), savingField({
        key: `${name}-${one.id}-${row.id}-${base.quarter}`, value: now?.[name] ?? '', lines: true, label: `${one.name} ${app.t(`detail.${name}`)}`, disabled: locked, wrong: '',
        placeholder: last?.[name] ? app.t('detail.last', { text: last[name] }) : '',
        read: (text) => text,
        save: (text) => app.apply([{ ...base, [name]: text }]),
      }));
      const status = now?.status ?? (place === 0 ? row.status : '未启动');
      const own = app.workbook.statuses;
      const select = /** @type {HTMLSelectElement} */ (element('select.field', {
        disabled: locked, 'aria-label': `${one.name} ${app.t('detail.status')}`, data: { key: `status-${one.id}-${row.id}` },
        on: { change: () => app.apply([{ ...base, status: select.value }]).catch(() => { select.value = status; }) },
      }, (own.includes(status) ? own : [...own, status]).map((code) => element('option', { value: code, text: statusWord(app, code), selected: code === status }))));
      const summary = element('summary', {}, element('span.cut', { text: one.name }), element('span.tag', { text: app.t(`role.${one.role}`) }), element('span.quiet', { text: now ? statusWord(app, now.status) : app.t('detail.not_written') }));
      return element('details.detail-progress', { open: place === 0 || Boolean(now?.done), data: { department: one.id } }, summary,
        element('label.detail-field', {}, element('span.quiet', { text: app.t('detail.status') }), select), field('done'), field('problems'), field('next'),
        last && !now && !locked ? element('button.link', { type: 'button', text: app.t('detail.carry'), title: last.done, data: { key: `carry-${one.id}` }, on: { click: () => app.apply([{ edit: 'carry_forward', department: one.id, quarter: app.quarter, task: row.id }]) } }) : null);
    }),
  ], null, 'progress');
}

/**
 * What departments ask for about the task; the original stands in each.
 * @param {App} app
 * @param {TaskDetail} detail
 */
function requests(app, detail) {
  if (!detail.requests.length) return null;
  const mayDecide = app.workbook.may.includes('decide_requests');
  return part(app.t('requests.own', { count: detail.requests.length }), [element('ul.detail-requests', {}, detail.requests.map((line) => requestRow(app, line, mayDecide)))]);
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 */
function earlier(app, detail) {
  const lines = detail.progress.filter((line) => line.quarter !== app.quarter && (line.done || line.problems || line.next));
  if (!lines.length) return null;
  return part(app.t('detail.earlier'), [element('ul.detail-earlier', {}, lines.map((line) => element('li', {},
    element('div.detail-line', {}, element('b', { text: quarterWords(line.quarter, app.language) }), element('span.quiet.cut', { text: `${line.department_name} · ${statusWord(app, line.status)}` })),
    line.done ? element('p', { text: line.done }) : null,
    line.problems ? element('p', {}, element('span.quiet', { text: app.t('detail.problems.colon') }), line.problems) : null,
    line.next ? element('p', {}, element('span.quiet', { text: app.t('detail.next.colon') }), line.next) : null)))]);
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {boolean} locked
 */
function evidence(app, detail, locked) {
  const add = async () => {
    const path = await pick('evidence');
    if (!path) return;
    await keepEvidence(app, { task: detail.row.id, department: null }, [path]);
  };
  return part(app.t('detail.evidence'), [
    detail.evidence.length
      ? element('ul.detail-evidence', {}, detail.evidence.map((file) => element('li', {}, element('span.cut', { text: file.file_name, title: file.file_name }), element('small.quiet.number', { text: `${quarterShort(file.quarter, app.language)} · ${fileSize(file.size)}` }))))
      : element('p.quiet', { text: app.t('detail.evidence.none') }),
  ], locked ? null : element('button.button.small', { type: 'button', text: app.t('detail.evidence.add'), data: { key: 'evidence' }, on: { click: add } }), 'evidence');
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 */
function history(app, detail) {
  if (!detail.history.length) return null;
  return part(app.t('detail.history'), [element('ul.detail-history', {}, detail.history.slice(0, 12).map((entry) => element('li', { class: entry.undone ? 'undone' : '' },
    element('span.cut', { text: said(entry.label), title: [said(entry.label), ...entry.changes.slice(0, 8).map((change) => app.t('detail.history.change', { label: change.label, old: change.old || '—', new: change.new || '—' }))].join('\n') }),
    element('small.quiet.number', { text: `${entry.who} · ${entry.at.slice(5, 16).replace('T', ' ')}` }))))], element('span.detail-ways', {},
    app.workbook.read_only ? null : element('button.link', { type: 'button', text: app.t('detail.restore'), title: app.t('detail.restore.title'), data: { key: 'restore' }, on: { click: attempt(() => restoreTask(app, { id: detail.row.id, title: detail.row.title })) } }),
    element('button.link', { type: 'button', text: app.t('detail.history.all'), data: { key: 'history-all' }, on: { click: () => app.go('history', { row: detail.row.id, title: detail.row.title }) } })), 'history');
}

/**
 * What only the office does: closing a task after checking it, and judging over the computed judgement with a reason.
 * @param {App} app
 * @param {TaskDetail} detail
 */
function judging(app, detail) {
  if (!app.workbook.may.includes('edit_plan')) return null;
  const { row } = detail;
  const set = detail.override_judgement;
  const reason = /** @type {HTMLInputElement} */ (element('input.field', { value: set?.[1] ?? '', placeholder: app.t('detail.judging.reason'), 'aria-label': app.t('detail.judging.reason'), data: { key: `reason-${row.id}`, saved: set?.[1] ?? '' } }));
  const judge = async () => {
    if (select.value && !reason.value.trim()) {
      reason.setAttribute('aria-invalid', 'true');
      reason.focus();
      return;
    }
    reason.removeAttribute('aria-invalid');
    if (!select.value && !set) return;
    if (set && select.value === set[0] && reason.value.trim() === set[1]) return;
    await app.apply([{ edit: 'override_judgement', task: row.id, judgement: select.value || null, reason: select.value ? reason.value.trim() : '' }]).catch(() => {});
  };
  const select = /** @type {HTMLSelectElement} */ (element('select.field', { 'aria-label': app.t('detail.judging'), data: { key: `judging-${row.id}` }, on: { change: judge } },
    element('option', { value: '', text: app.t('detail.judging.computed') }), JUDGEMENTS.map((judgement) => element('option', { value: judgement, text: judgementWord(app, judgement), selected: set?.[0] === judgement }))));
  reason.addEventListener('change', judge);
  return part(app.t('detail.office'), [
    element('div.detail-line', {}, row.closed_on
      ? element('button.button.small', { type: 'button', text: app.t('detail.reopen'), data: { key: 'reopen' }, on: { click: () => app.apply([{ edit: 'close_task', task: row.id, closed_on: null }]).catch(() => {}) } })
      : element('button.button.small', { type: 'button', text: app.t('detail.close_task'), title: app.t('detail.close_task.title'), data: { key: 'close-task' }, on: { click: () => app.apply([{ edit: 'close_task', task: row.id, closed_on: app.workbook.as_of }]).catch(() => {}) } })),
    element('div.detail-judging', {}, select, reason),
  ]);
}
