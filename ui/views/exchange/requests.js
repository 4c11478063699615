// What departments ask for: the original beside what is asked and why; the office approves or refuses, each one undo.
import { element, emptyState } from '../../parts/element.js';
import { attempt, undoOf } from '../../parts/view.js';
import { changeNames } from '../../parts/change.js';
import { dueWords, quarterWords } from '../../parts/calendar.js';
import { askLine } from '../../lib/dialogs.js';
import { moment } from './standing.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').RequestLine} RequestLine */

/**
 * The office's list.
 * @param {App} app
 * @param {RequestLine[]} requests
 */
export function requestList(app, requests) {
  if (!requests.length) return emptyState(app.t('requests.none'), app.t('requests.none.text'));
  return element('div.scroll.requests', { data: { scroll: 'requests' }, tabIndex: 0, role: 'region', 'aria-label': app.t('exchange.requests', { count: requests.length }) },
    element('ul', {}, requests.map((line) => requestRow(app, line, app.workbook.role === 'office' && !app.workbook.read_only))));
}

/**
 * A department's own requests, below what it returns.
 * @param {App} app
 * @param {RequestLine[]} requests
 */
export function ownRequests(app, requests) {
  if (!requests.length) return null;
  return element('section.own-requests', {}, element('h2', { text: app.t('requests.own', { count: requests.length }) }),
    element('ul', {}, requests.map((line) => requestRow(app, line, false))));
}

/**
 * @param {App} app
 * @param {RequestLine} line
 * @param {boolean} mayDecide
 */
function requestRow(app, line, mayDecide) {
  const { kind, field } = changeNames(app, { what: line.what, field: line.field, label: line.label });
  const moved = line.state === 'open' && line.now !== null && line.now !== line.original;
  return element('li.request', { data: { request: line.id } },
    element('div.request-what', {},
      element('p', {}, element('b', { text: line.department }), element('span', { text: line.row || app.t('requests.gone') }), element('span.tag', { text: `${kind} ${field}` })),
      element('p.request-change', {},
        element('del', { text: value(app, line, line.original) }), element('span.quiet', { text: '→', 'aria-label': app.t('history.becomes') }), element('ins', { text: value(app, line, line.asked) }),
        moved ? element('span.warn', { text: app.t('requests.now', { value: value(app, line, line.now ?? '') }) }) : null),
      element('p', { text: line.reason }),
      element('p.quiet.request-who', { text: [line.asked_by, moment(app, line.asked_at), quarterWords(line.quarter, app.language)].filter(Boolean).join('　') })),
    element('div.request-state', {},
      line.state === 'open' && mayDecide
        ? [
          element('button.button.small.primary', { type: 'button', text: app.t('requests.approve'), title: app.t('requests.approve.title'), disabled: line.now === null, data: { key: `approve-${line.id}` }, on: { click: attempt(() => decide(app, line, true, '')) } }),
          element('button.button.small', { type: 'button', text: app.t('requests.refuse'), data: { key: `refuse-${line.id}` }, on: { click: attempt(() => refuse(app, line)) } }),
        ]
        : element(`span.exchange-state.state-${line.state === 'approved' ? 'returned' : line.state === 'refused' ? 'refused' : 'sent'}`, { text: app.t(`requests.${line.state}`) }),
      line.decided_by ? element('p.quiet', { text: [line.decided_by, moment(app, line.decided_at)].join('　') }) : null,
      line.answer ? element('p', { text: line.answer }) : null));
}

/**
 * @param {App} app
 * @param {RequestLine} line
 * @param {string} text
 */
function value(app, line, text) {
  if (!text) return app.t('requests.open_end');
  return line.field === 'due' && /^\d{4}(-\d{2}){0,2}$/.test(text) ? dueWords(text, app.language) : text;
}

/**
 * @param {App} app
 * @param {RequestLine} line
 */
async function refuse(app, line) {
  const answer = await askLine({ title: app.t('requests.refuse.ask', { name: line.department }), text: app.t('requests.refuse.text'), yes: app.t('requests.refuse') });
  if (answer) await decide(app, line, false, answer);
}

/**
 * @param {App} app
 * @param {RequestLine} line
 * @param {boolean} approved
 * @param {string} answer
 */
async function decide(app, line, approved, answer) {
  const applied = await app.apply([{ edit: 'decide_request', request: line.id, approved, answer }]);
  app.notice(app.t(approved ? 'requests.approved.done' : 'requests.refused.done', { name: line.department }), { action: undoOf(app, applied) });
}
