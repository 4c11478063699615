// What departments ask for: the original beside what is asked and why; the office approves or refuses, each one undo.
import { element, emptyState } from '../../parts/element.js';
import { requestRow } from '../../lib/requests.js';

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
    element('ul', {}, requests.map((line) => requestRow(app, line, app.workbook.may.includes('decide_requests')))));
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
