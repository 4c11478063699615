// A department's request as it stands in 收发 and beside its task: the original, what is asked and why, and the office's decision.
import { element } from '../parts/element.js';
import { attempt, undoOf } from '../parts/view.js';
import { changeNames } from '../parts/change.js';
import { dueWords, momentWords, quarterWords } from '../parts/calendar.js';
import { askLine } from './dialogs.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('../wire').RequestLine} RequestLine */

/**
 * One request as a line of a list.
 * @param {App} app
 * @param {RequestLine} line
 * @param {boolean} mayDecide
 */
export function requestRow(app, line, mayDecide) {
  const { kind, field } = changeNames(app, { what: line.what, field: line.field, label: line.label });
  const moved = line.state === 'open' && line.now !== null && line.now !== line.original;
  return element('li.request', { data: { request: line.id } },
    element('div.request-what', {},
      element('p', {}, element('b', { text: line.department }), element('span', { text: line.row || app.t('requests.gone') }), element('span.tag', { text: `${kind} ${field}` })),
      element('p.request-change', {},
        element('del', { text: value(app, line, line.original) }), element('span.quiet', { text: '→', 'aria-label': app.t('history.becomes') }), element('ins', { text: value(app, line, line.asked) }),
        moved ? element('span.warn', { text: app.t('requests.now', { value: value(app, line, line.now ?? '') }) }) : null),
      element('p', { text: line.reason }),
      element('p.quiet.request-who', { text: [line.asked_by, momentWords(line.asked_at, app.quarter, app.language), quarterWords(line.quarter, app.language)].filter(Boolean).join('　') })),
    element('div.request-state', {},
      line.state === 'open' && mayDecide
        ? [
          element('button.button.small.primary', { type: 'button', text: app.t('requests.approve'), title: app.t('requests.approve.title'), disabled: line.now === null, data: { key: `approve-${line.id}` }, on: { click: attempt(() => decide(app, line, true, '')) } }),
          element('button.button.small', { type: 'button', text: app.t('requests.refuse'), data: { key: `refuse-${line.id}` }, on: { click: attempt(() => refuse(app, line)) } }),
        ]
        : element(`span.exchange-state.state-${line.state === 'approved' ? 'returned' : line.state === 'refused' ? 'refused' : 'sent'}`, { text: app.t(`requests.${line.state}`) }),
      line.decided_by ? element('p.quiet', { text: [line.decided_by, momentWords(line.decided_at, app.quarter, app.language)].join('　') }) : null,
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
