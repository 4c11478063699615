// Closing a quarter and opening it again; the chain of closes.
import { element, emptyState } from '../../parts/element.js';
import { askFirst } from '../../parts/view.js';
import { quarterWords } from '../../parts/calendar.js';
import { composing } from '../../lib/keys.js';
import { showModal } from '../../lib/dialogs.js';
import { moment } from './standing.js';

/** @typedef {import('../../lib/app.js').App} App */

/** Characters that a reason may have; the program refuses more. */
const LONGEST_REASON = 500;
const LONGEST_NAME = 40;
/** Under which the name is kept that was given last on this PC. */
const NAME = 'planbook.signed';

/**
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 */
export async function closeQuarter(app, status) {
  const quarter = quarterWords(status.quarter, app.language);
  const missing = status.departments.filter((line) => line.sent_at && !line.returned_at).map((line) => line.name);
  const yes = await askFirst(app, {
    title: app.t('exchange.close.ask', { quarter }),
    text: app.t(missing.length ? 'exchange.close.missing' : 'exchange.close.text', { count: missing.length }),
    lines: missing,
    yes: app.t('exchange.close.yes'),
  });
  if (!yes) return false;
  const closed = await app.busy(app.call('close_quarter', { quarter: status.quarter }), app.t('exchange.closing'));
  await changed(app);
  app.notice(app.t('exchange.closed', { quarter, number: Number(closed.number), hash: closed.hash }));
  return true;
}

/** @param {App} app */
export async function reopenQuarter(app) {
  const quarter = quarterWords(app.quarter, app.language);
  const said = await askReason(app, quarter);
  if (!said) return false;
  await app.call('reopen_quarter', { quarter: app.quarter, ...said });
  localStorage.setItem(NAME, said.by);
  await changed(app);
  app.notice(app.t('exchange.reopened', { quarter }));
  return true;
}

/** @param {App} app */
async function changed(app) {
  await app.refreshWorkbook();
  app.changed();
}

/**
 * @param {App} app
 * @param {string} quarter
 * @returns {Promise<{ reason: string, by: string } | null>}
 */
function askReason(app, quarter) {
  return new Promise((answer) => {
    /** @type {{ reason: string, by: string } | null} */
    let said = null;
    showModal({
      label: app.t('exchange.reopen.ask', { quarter }),
      fill: (_, close) => {
        const field = /** @type {HTMLTextAreaElement} */ (element('textarea.field', { rows: 3, maxLength: LONGEST_REASON, id: 'reopen-reason', autofocus: true, placeholder: app.t('exchange.reopen.placeholder') }));
        const yes = /** @type {HTMLButtonElement} */ (element('button.button.primary', { type: 'button', text: app.t('exchange.reopen.yes'), disabled: true }));
        const name = /** @type {HTMLInputElement} */ (element('input.field', { id: 'reopen-by', maxLength: LONGEST_NAME, value: localStorage.getItem(NAME) ?? '', spellcheck: false }));
        const both = () => ({ reason: field.value.trim(), by: name.value.trim() });
        const isWhole = () => Object.values(both()).every(Boolean);
        const take = () => {
          if (!isWhole()) return;
          said = both();
          close();
        };
        yes.addEventListener('click', take);
        for (const one of [field, name]) one.addEventListener('input', () => { yes.disabled = !isWhole(); });
        field.addEventListener('keydown', (event) => {
          if (event.key !== 'Enter' || !event.ctrlKey || composing(event)) return;
          event.preventDefault();
          take();
        });
        return [
          element('h2', { text: app.t('exchange.reopen.ask', { quarter }) }),
          element('p.quiet', { text: app.t('exchange.reopen.text') }),
          element('p', {}, element('label', { for: 'reopen-reason', text: app.t('exchange.reopen.reason') }), field),
          element('p', {}, element('label', { for: 'reopen-by', text: app.t('exchange.reopen.by') }), name),
          element('div.ask-buttons', {}, element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }), yes),
        ];
      },
      closed: () => answer(said),
    });
  });
}

/**
 * The closes of the quarter, with who opened it again and why.
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 */
export function closeList(app, status) {
  if (!status.closes.length) return emptyState(app.t('exchange.closes.none'), app.t('exchange.closes.none.text'));
  return element('div.scroll', { data: { scroll: 'closes' }, tabIndex: 0, role: 'region', 'aria-label': app.t('exchange.closes', { count: status.closes.length }) },
    element('table.lines', {},
      element('thead', {}, element('tr', {}, ['number', 'closed_at', 'closed_by', 'hash', 'reopened_at', 'reason'].map((name) => element('th', { scope: 'col', text: app.t(`closes.${name}`) })))),
      element('tbody', {}, status.closes.map((close) => element('tr', {},
        element('th.number', { scope: 'row', text: close.number }),
        element('td.number', { text: moment(app, close.closed_at) }),
        element('td', { text: close.closed_by }),
        element('td.number', { text: close.hash, title: app.t('closes.hash.title') }),
        element('td', { text: close.reopened_at ? [moment(app, close.reopened_at), close.reopened_by].filter(Boolean).join('　') : app.t('closes.holds') }),
        element('td', { text: close.reason ?? '' }))))));
}
