// The office's one line of steps: send, collect, close.
import { element } from '../../parts/element.js';
import { attempt } from '../../parts/view.js';
import { dueWords, quarterWords } from '../../parts/calendar.js';
import { pickReturns } from '../../lib/backend.js';
import { openMenu } from '../../lib/menu.js';
import { closeQuarter, reopenQuarter } from './closing.js';
import { handUp } from './handing.js';
import { remind } from './sheets.js';
import { issue } from './sending.js';

/** @typedef {import('../../lib/app.js').App} App */

/**
 * @param {App} app
 * @param {import('../exchange.js').Answer} answer
 * @param {import('../exchange.js').State} state
 * @param {{ collect: (files: string[]) => void, compare: () => void, redraw: () => void, load: () => void }} doors
 */
export function officeBar(app, { status, requests }, state, doors) {
  const asked = requests.filter((line) => line.state === 'open').length;
  const isSent = status.departments.some((line) => line.sent_at);
  const isAll = status.departments.length > 0 && status.departments.every((line) => line.returned_at);
  const isFixed = app.workbook.read_only;
  const first = !status.departments.length ? 'collect' : !isSent ? 'issue' : isAll ? 'close' : 'collect';
  const primary = (/** @type {string} */ name) => (name === first && !status.closed ? '.primary' : '');
  const part = (/** @type {import('../exchange.js').State['part']} */ name, /** @type {string} */ text) => element('button', {
    type: 'button', text, 'aria-pressed': String(state.part === name), data: { key: `part-${name}` },
    on: { click: () => { state.part = name; doors.redraw(); if (name === 'compare') doors.compare(); } },
  });
  return element('div.viewbar', {},
    element('div.segments', { role: 'group', 'aria-label': app.t('view.exchange.full') },
      part('departments', app.t('exchange.departments', { count: status.departments.length })),
      part('requests', app.t('exchange.requests', { count: asked })),
      part('closes', app.t('exchange.closes', { count: status.closes.length })),
      part('compare', app.t('exchange.compare')),
      status.counties.length ? part('counties', app.t('hand.counties', { count: status.counties.length })) : null),
    element('span.quiet.cut.bar-sentence', { text: sentence(app, status), title: sentence(app, status) }),
    status.closed && element('button.button.primary', {
      type: 'button', text: app.t('hand'), title: app.t('hand.title'), disabled: isFixed, data: { key: 'hand-up' }, on: { click: attempt(() => handUp(app)) },
    }),
    isSent && !isAll && !status.closed && element('button.button', {
      type: 'button', text: app.t('sheet.reminder'), title: app.t('sheet.reminder.title'), disabled: isFixed, data: { key: 'remind' },
      on: { click: attempt(async () => { if (await remind(app)) doors.load(); }) },
    }),
    element(`button.button${primary('issue')}`, {
      type: 'button', text: app.t(isSent ? 'exchange.issue.again' : 'exchange.issue'), title: app.t('exchange.issue.title'), disabled: status.closed || isFixed || !status.departments.length, data: { key: 'issue' },
      on: { click: attempt(async () => { if (await issue(app, status, null)) doors.load(); }) },
    }),
    element(`button.button.drops${primary('collect')}`, {
      type: 'button', text: app.t('exchange.collect'), title: app.t('exchange.collect.title'), 'aria-haspopup': 'menu', disabled: isFixed, data: { key: 'collect' },
      on: { click: (/** @type {Event} */ event) => collectMenu(app, /** @type {HTMLElement} */ (event.currentTarget), doors.collect) },
    }),
    element(`button.button${primary('close')}`, {
      type: 'button', text: app.t(status.closed ? 'exchange.reopen' : 'exchange.close'), disabled: isFixed, data: { key: 'close' },
      title: app.t(status.closed ? 'exchange.reopen.title' : 'exchange.close.title'),
      on: { click: attempt(async () => { if (await (status.closed ? reopenQuarter(app) : closeQuarter(app, status))) doors.load(); }) },
    }));
}

/**
 * @param {App} app
 * @param {HTMLElement} button
 * @param {(files: string[]) => void} collect
 */
function collectMenu(app, button, collect) {
  const take = async (/** @type {'files' | 'folder'} */ what) => {
    const files = await pickReturns(what);
    if (files.length) collect(files);
  };
  openMenu(button, [
    { label: app.t('exchange.collect.files'), run: attempt(() => take('files')) },
    { label: app.t('exchange.collect.folder'), run: attempt(() => take('folder')) },
  ], { label: app.t('exchange.collect') });
}

/**
 * Where the quarter stands, in a sentence.
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 */
export function sentence(app, status) {
  const quarter = quarterWords(status.quarter, app.language);
  if (status.closed) return app.t('exchange.sentence.closed', { quarter });
  if (!status.departments.length) return '';
  const sent = status.departments.filter((line) => line.sent_at).length;
  if (!sent) return app.t('exchange.sentence.not_sent', { quarter, count: status.departments.length });
  const back = status.departments.filter((line) => line.returned_at).length;
  return app.t('exchange.sentence', { quarter, sent, back, left: sent - status.departments.filter((line) => line.sent_at && line.returned_at).length, deadline: dueWords(status.deadline, app.language) });
}
