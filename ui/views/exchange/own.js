// A department's own workbook: what is still missing, the return, and files from the office.
import { element, emptyState } from '../../parts/element.js';
import { attempt } from '../../parts/view.js';
import { dueWords, quarterWords } from '../../parts/calendar.js';
import { fileSize } from '../../parts/number.js';
import { openInViewer, pick } from '../../lib/backend.js';
import { receiveHere } from '../../lib/packets.js';
import { printReceipt } from './sheets.js';
import { ownRequests } from './requests.js';
import { fileName } from './sending.js';
import { moment, stateMark } from './standing.js';

/** @typedef {import('../../lib/app.js').App} App */

/** Open tasks that are listed before the rest is counted. */
const SHOWN = 60;

/**
 * @param {App} app
 * @param {import('../exchange.js').Answer} answer
 * @param {import('../exchange.js').State} state
 * @param {() => void} load
 */
export function ownSide(app, { status, tasks, requests }, state, load) {
  const line = status.departments.find((one) => one.id === status.department) ?? status.departments[0];
  const quarter = quarterWords(status.quarter, app.language);
  const receive = { label: app.t('own.receive'), run: attempt(async () => { if (await receiveHere(app)) load(); }) };
  if (!line) return [emptyState(app.t('own.none'), app.t('own.none.text'), receive)];
  const open = tasks.filter((task) => task.missing.length);
  return [
    element('div.viewbar', {},
      element('b', { text: app.t('own.title', { quarter }) }),
      stateMark(app, line.state),
      element('span.quiet', { text: status.closed ? app.t('own.closed') : app.t('own.deadline', { deadline: dueWords(status.deadline, app.language) }) }),
      element('span.spread'),
      element('button.button', { type: 'button', text: app.t('own.receive'), title: app.t('own.receive.title'), disabled: app.workbook.read_only, data: { key: 'receive' }, on: { click: receive.run } }),
      line.returned_at ? element('button.button', { type: 'button', text: app.t('sheet.receipt'), title: app.t('sheet.receipt.title'), data: { key: 'receipt-sheet' }, on: { click: attempt(() => printReceipt(app, line)) } }) : null,
      element(`button.button${status.closed ? '' : '.primary'}`, {
        type: 'button', text: app.t(line.returned_at ? 'own.return.again' : 'own.return'), title: app.t('own.return.title'), disabled: !line.sent_at || app.workbook.read_only, data: { key: 'return' },
        on: { click: attempt(() => giveBack(app, status, state, load)) },
      })),
    element('p.exchange-line.quiet', { text: app.t('exchange.no_secrets') }),
    element('div.own', { data: { scroll: 'own' }, tabIndex: 0, role: 'region', 'aria-label': app.t('own.title', { quarter }) },
      element('ol.own-steps', {},
        step(app, 'received', line.sent_at ? moment(app, line.sent_at) : app.t('own.not_received', { quarter }), Boolean(line.sent_at)),
        step(app, 'filled', app.t('own.filled', { done: tasks.length - open.length, count: tasks.length }), tasks.length > 0 && !open.length),
        step(app, 'returned', line.returned_at ? [moment(app, line.returned_at), line.check_number].filter(Boolean).join('　') : app.t('own.not_returned'), Boolean(line.returned_at))),
      state.returned ? receipt(app, state.returned) : null,
      openTasks(app, status, open, tasks.length),
      ownRequests(app, requests)),
  ];
}

/**
 * @param {App} app
 * @param {string} name
 * @param {string} text
 * @param {boolean} done
 */
function step(app, name, text, done) {
  return element(`li${done ? '.done' : ''}`, {}, element('b', { text: app.t(`own.step.${name}`) }), element('span', { text }), done ? element('span.spoken', { text: app.t('own.done') }) : null);
}

/**
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 * @param {import('../../wire').ChecklistTask[]} open
 * @param {number} count
 */
function openTasks(app, status, open, count) {
  if (!count) return emptyState(app.t('departments.none.title'), app.t('own.none.text'));
  if (!open.length) return element('p.own-ready', { text: app.t('own.ready') });
  return element('section.own-open', {},
    element('h2', {}, app.t('own.open', { count: open.length }), element('small.quiet', { text: app.t('own.open.note') })),
    element('ul', {}, open.slice(0, SHOWN).map((task) => element('li', {}, element('button', {
      type: 'button', data: { key: `open-${task.id}` }, on: { click: () => app.go('departments', { department: status.department ?? '', task: task.id }) },
    }, element('span.number.quiet', { text: task.number }), element('span.cut', { text: task.title, title: task.title }), element('span.own-lacks.cut', { text: app.t('departments.lacks', { what: task.missing.join('、') }) }))))),
    open.length > SHOWN ? element('p.quiet', { text: app.t('own.rest', { count: open.length - SHOWN }) }) : null);
}

/**
 * What the clerk takes along: where the file is, and the number by which the office knows it.
 * @param {App} app
 * @param {import('../../wire').Returned} returned
 */
function receipt(app, returned) {
  const folder = returned.path.replace(/[\\/][^\\/]*$/, '');
  return element('section.receipt', { 'aria-label': app.t('own.receipt') },
    element('h2', { text: app.t('own.receipt') }),
    element('dl', {},
      element('dt', { text: app.t('exchange.file') }), element('dd', {}, element('span', { text: fileName(returned.path) }), element('small.quiet', { text: `${folder}　${fileSize(returned.size)}` })),
      returned.evidence_path ? element('dt', { text: app.t('collect.part.evidence') }) : null,
      returned.evidence_path ? element('dd', { text: fileName(returned.evidence_path) }) : null,
      element('dt', { text: app.t('own.check_number') }), element('dd', {}, element('b.number.check-number', { text: returned.check_number })),
      element('dt', { text: app.t('own.step.filled') }), element('dd', { text: app.t('own.filled', { done: returned.filled, count: returned.tasks }) })),
    element('p.quiet', { text: app.t('own.receipt.text') }),
    element('button.button.small', { type: 'button', text: app.t('exchange.issued.open'), data: { key: 'receipt-open' }, on: { click: async () => { if (!await openInViewer(folder)) app.notice(app.t('exchange.issued.at', { folder })); } } }));
}

/**
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 * @param {import('../exchange.js').State} state
 * @param {() => void} load
 */
async function giveBack(app, status, state, load) {
  const line = status.departments.find((one) => one.id === status.department) ?? status.departments[0];
  const path = await pick('packet-save', { name: app.t('own.file', { name: line.name, quarter: status.quarter }) });
  if (!path) return;
  state.returned = await app.busy(app.call('return_packet', { quarter: status.quarter, path }), app.t('own.returning'));
  await app.refreshWorkbook();
  load();
  app.notice(app.t('own.returned', { number: state.returned.check_number }));
}
