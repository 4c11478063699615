// Files out: all departments in one step, one department again, or one with a new key.
import { element } from '../../parts/element.js';
import { quarterWords } from '../../parts/calendar.js';
import { fileSize } from '../../parts/number.js';
import { openInViewer, pick } from '../../lib/backend.js';
import { showModal } from '../../lib/dialogs.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').ExchangeLine} Line */

/**
 * Asks what to make and where, makes the files and shows them.
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 * @param {Line | null} line One department only.
 * @param {boolean} [newKey] Gives it a new key.
 * @returns {Promise<boolean>} Whether files were made.
 */
export async function issue(app, status, line, newKey = false) {
  const asked = await ask(app, status, line, newKey);
  if (!asked) return false;
  const folder = await pick('folder');
  if (!folder) return false;
  const work = app.call('issue_packets', { quarter: status.quarter, folder, department: line?.id ?? null, xlsx: asked.xlsx, new_key: newKey });
  const issued = await app.busy(work, app.t('exchange.issuing'));
  await app.refreshWorkbook();
  app.changed();
  showIssued(app, issued, folder);
  return true;
}

/**
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 * @param {Line | null} line
 * @param {boolean} newKey
 * @returns {Promise<{ xlsx: boolean } | null>}
 */
function ask(app, status, line, newKey) {
  const quarter = quarterWords(status.quarter, app.language);
  const again = line ? line.sent_at : status.departments.some((other) => other.sent_at);
  const name = line?.name ?? '';
  const title = newKey ? app.t('exchange.key.ask', { name }) : line ? app.t('exchange.issue.one', { name, quarter }) : app.t('exchange.issue.all', { count: status.departments.length, quarter });
  return new Promise((answer) => {
    /** @type {{ xlsx: boolean } | null} */
    let said = null;
    showModal({
      class: 'exchange-ask',
      label: title,
      fill: (_, close) => {
        const xlsx = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', id: 'issue-xlsx' }));
        return [
          element('h2', { text: title }),
          element('p', { text: app.t(newKey ? 'exchange.key.text' : line ? 'exchange.issue.one.text' : 'exchange.issue.all.text') }),
          again && !newKey ? element('p.quiet', { text: app.t('exchange.issue.again.text') }) : null,
          element('label.exchange-option', { for: 'issue-xlsx' }, xlsx, element('span', {}, app.t('exchange.issue.xlsx'), element('small.quiet', { text: app.t('exchange.issue.xlsx.note') }))),
          element('p.exchange-secret', { text: app.t('exchange.no_secrets') }),
          element('div.ask-buttons', {},
            element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }),
            element('button.button.primary', { type: 'button', text: app.t('exchange.issue.folder'), autofocus: true, on: { click: () => { said = { xlsx: xlsx.checked }; close(); } } })),
        ];
      },
      closed: () => answer(said),
    });
  });
}

/**
 * The files that were made.
 * @param {App} app
 * @param {import('../../wire').Issued} issued
 * @param {string} folder
 */
function showIssued(app, issued, folder) {
  const quarter = quarterWords(issued.quarter, app.language);
  const size = issued.files.reduce((sum, file) => sum + Number(file.size), 0);
  const title = app.t('exchange.issued', { count: issued.files.length, quarter });
  showModal({
    class: 'exchange-made',
    label: title,
    fill: (_, close) => [
      element('h2', { text: title }),
      element('p.quiet', { text: app.t('exchange.issued.text', { folder, size: fileSize(size) }) }),
      element('div.scroll.made-list', { tabIndex: 0, role: 'region', 'aria-label': title },
        element('table.lines', {},
          element('thead', {}, element('tr', {},
            element('th', { scope: 'col', text: app.t('exchange.department') }), element('th', { scope: 'col', text: app.t('exchange.file') }),
            element('th.right', { scope: 'col', text: app.t('exchange.tasks') }), element('th.right', { scope: 'col', text: app.t('copies.size') }))),
          element('tbody', {}, issued.files.map((file) => element('tr', {},
            element('th', { scope: 'row', text: file.department }),
            element('td.quiet', { text: [file.path, file.xlsx].filter((path) => path).map((path) => fileName(String(path))).join('，'), title: [file.path, file.xlsx].filter(Boolean).join('\n') }),
            element('td.right.number', { text: file.tasks }), element('td.right.number', { text: fileSize(file.size) })))))),
      element('p.quiet', { text: app.t('exchange.issued.next') }),
      element('div.ask-buttons', {},
        element('button.button', { type: 'button', text: app.t('exchange.issued.open'), on: { click: async () => { if (!await openInViewer(folder)) app.notice(app.t('exchange.issued.at', { folder })); } } }),
        element('button.button.primary', { type: 'button', text: app.t('exchange.issued.done'), autofocus: true, on: { click: close } })),
    ],
  });
}

/**
 * A path's last part.
 * @param {string} path
 */
export function fileName(path) {
  return path.split(/[\\/]/).pop() ?? path;
}
