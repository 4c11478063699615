// The departments of a quarter: who was sent its file, who returned it, who is missing.
import { element } from '../../parts/element.js';
import { attempt } from '../../parts/view.js';
import { momentWords } from '../../parts/calendar.js';
import { openMenu } from '../../lib/menu.js';
import { issue } from './sending.js';

/** @typedef {import('../../lib/app.js').App} App */

/** Above so many departments there is a line to find one by. */
const MANY = 20;

/** States in the order in which an office asks for them. */
export const STATES = ['not_sent', 'sent', 'missing', 'returned', 'late', 'empty', 'refused'];

/**
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 * @param {import('../exchange.js').State} state
 * @param {{ load: () => void, redraw: () => void }} doors
 */
export function standing(app, status, state, doors) {
  const count = (/** @type {string} */ name) => status.departments.filter((line) => line.state === name).length;
  if (state.state && !count(state.state)) state.state = '';
  const chip = (/** @type {string} */ name, /** @type {number} */ number) => element('button.chip', {
    type: 'button', 'aria-pressed': String(state.state === name), data: { key: `state-${name}` },
    on: { click: () => { state.state = name; doors.redraw(); } },
  }, element('span', { text: app.t(name ? `exchange.state.${name}` : 'exchange.state.all') }), element('b.number', { text: number }));
  const initials = new Map(app.workbook.departments.map((line) => [line.id, line.initials]));
  const words = state.find.trim().toLowerCase();
  const lines = status.departments.filter((line) => (!state.state || line.state === state.state) && (!words || line.name.toLowerCase().includes(words) || initials.get(line.id)?.includes(words)));
  return element('div.standing', {},
    element('div.standing-chips', { role: 'group', 'aria-label': app.t('exchange.state') },
      chip('', status.departments.length), STATES.filter(count).map((name) => chip(name, count(name))),
      status.departments.length > MANY ? finder(app, state, doors) : null),
    element('div.scroll', { data: { scroll: 'standing' }, tabIndex: 0, role: 'region', 'aria-label': app.t('exchange.departments', { count: lines.length }) },
      element('table.lines.standing-lines', {},
        element('thead', {}, element('tr', {},
          ['department', 'state', 'sent_at', 'returned_at', 'filled'].map((name) => element(`th.${name.replace('_', '-')}${name === 'filled' ? '.right' : ''}`, { scope: 'col', text: app.t(`exchange.${name}`) })),
          element('th', { scope: 'col', text: app.t('exchange.note') }),
          element('th', { scope: 'col' }, element('span.spoken', { text: app.t('exchange.more') })))),
        element('tbody', {}, lines.map((line) => row(app, status, line, doors)))),
      lines.length ? null : element('p.quiet.standing-none', { text: app.t('exchange.find.none', { words: state.find }) })));
}

/**
 * @param {App} app
 * @param {import('../exchange.js').State} state
 * @param {{ redraw: () => void }} doors
 */
function finder(app, state, doors) {
  const find = (/** @type {Event} */ event) => {
    if (/** @type {InputEvent} */ (event).isComposing) return;
    state.find = /** @type {HTMLInputElement} */ (event.target).value;
    doors.redraw();
  };
  return element('input.field.standing-find', {
    type: 'search', value: state.find, placeholder: app.t('exchange.find'), 'aria-label': app.t('exchange.find'), spellcheck: false, data: { key: 'standing-find' }, on: { input: find, compositionend: find },
  });
}

/**
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 * @param {import('../../wire').ExchangeLine} line
 * @param {{ load: () => void }} doors
 */
function row(app, status, line, doors) {
  const awaited = line.evidence_awaited ? app.t('exchange.awaited', { count: line.evidence_awaited }) : '';
  const share = line.tasks ? line.filled / line.tasks : 0;
  return element('tr', {},
    element('th', { scope: 'row' }, element('button.link.cut', { type: 'button', text: line.name, title: app.t('exchange.open', { name: line.name }), data: { key: `open-${line.id}` }, on: { click: () => app.go('departments', { department: line.id }) } })),
    element('td', {}, stateMark(app, line.state)),
    element('td.number', { text: moment(app, line.sent_at) }),
    element('td.number', { text: moment(app, line.returned_at) }),
    element('td.right.number', {}, element('span.share', {},
      element('span.share-bar', { 'aria-hidden': 'true' }, element('span', { style: { width: `${Math.round(share * 100)}%` } })),
      element('span', { text: `${line.filled}/${line.tasks}` }))),
    element('td.quiet.number.cut', {
      text: line.note || awaited || line.check_number || (line.reminded_at ? app.t('exchange.reminded', { at: moment(app, line.reminded_at) }) : ''),
      title: line.note || awaited || (line.check_number ? app.t('exchange.check_number', { number: line.check_number }) : ''),
    }),
    element('td.right', {}, element('button.button.small.bare', {
      type: 'button', text: '⋯', title: app.t('exchange.more.title', { name: line.name }), 'aria-label': app.t('exchange.more.title', { name: line.name }), 'aria-haspopup': 'menu', data: { key: `more-${line.id}` },
      on: { click: (/** @type {Event} */ event) => rowMenu(app, /** @type {HTMLElement} */ (event.currentTarget), status, line, doors) },
    })));
}

/**
 * @param {App} app
 * @param {HTMLElement} button
 * @param {import('../../wire').ExchangeStatus} status
 * @param {import('../../wire').ExchangeLine} line
 * @param {{ load: () => void }} doors
 */
function rowMenu(app, button, status, line, doors) {
  const disabled = status.closed || app.workbook.read_only;
  const send = (/** @type {boolean} */ newKey) => attempt(async () => { if (await issue(app, status, line, newKey)) doors.load(); });
  openMenu(button, [
    { label: app.t(line.sent_at ? 'exchange.row.again' : 'exchange.row.issue'), disabled, run: send(false) },
    { label: app.t('exchange.row.key'), title: app.t('exchange.row.key.title'), disabled: disabled || !line.sent_at, run: send(true) },
    { rule: true },
    { label: app.t('exchange.row.checklist'), run: () => { app.go('departments', { department: line.id }); } },
    { label: app.t('exchange.row.report'), run: () => { app.go('reports', { kind: 'department', department: line.id }); } },
  ], { label: line.name });
}

/**
 * A state as a pill with its word.
 * @param {App} app
 * @param {string} state
 */
export function stateMark(app, state) {
  return element(`span.exchange-state.state-${state.replaceAll('_', '-')}`, { text: app.t(`exchange.state.${state}`) });
}

/**
 * Day and time, or a dash.
 * @param {App} app
 * @param {string | null | undefined} at ISO in local time.
 */
export function moment(app, at) {
  return momentWords(at, app.quarter, app.language) || '—';
}
