// Office to office: a closed quarter goes up as one file; above, the offices below with what they handed up.
import { element } from '../../parts/element.js';
import { quarterWords } from '../../parts/calendar.js';
import { fileSize } from '../../parts/number.js';
import { openInViewer, pick } from '../../lib/backend.js';
import { showModal } from '../../lib/dialogs.js';
import { fileName } from './sending.js';

/** @typedef {import('../../lib/app.js').App} App */

/**
 * Writes the closed quarter as one file and shows its check number.
 * @param {App} app
 */
export async function handUp(app) {
  const quarter = quarterWords(app.quarter, app.language);
  const path = await pick('packet-save', { name: app.t('hand.file', { name: app.workbook.name, quarter }) });
  if (!path) return;
  const handed = await app.busy(app.call('hand_up', { quarter: app.quarter, path }), app.t('hand.writing'));
  const folder = handed.path.replace(/[\\/][^\\/]*$/, '');
  const title = app.t('hand.done', { quarter });
  showModal({
    class: 'exchange-made',
    label: title,
    fill: (_, close) => [
      element('h2', { text: title }),
      element('div.receipt', {}, element('dl', {},
        element('dt', { text: app.t('exchange.file') }), element('dd', {}, element('span', { text: fileName(handed.path) }), element('small.quiet', { text: `${folder}　${fileSize(handed.size)}` })),
        element('dt', { text: app.t('own.check_number') }), element('dd', {}, element('b.number.check-number', { text: handed.check_number })),
        element('dt', { text: app.t('hand.hash') }), element('dd.number', { text: handed.hash }),
        element('dt', { text: app.t('exchange.tasks') }), element('dd.number', { text: handed.tasks }))),
      element('p.quiet', { text: app.t('hand.next') }),
      element('p.exchange-secret', { text: app.t('exchange.no_secrets') }),
      element('div.ask-buttons', {},
        element('button.button', { type: 'button', text: app.t('exchange.issued.open'), on: { click: async () => { if (!await openInViewer(folder)) app.notice(app.t('exchange.issued.at', { folder })); } } }),
        element('button.button.primary', { type: 'button', text: app.t('exchange.issued.done'), autofocus: true, on: { click: close } })),
    ],
  });
}

/**
 * The offices below, and whether the quarter of each is here.
 * @param {App} app
 * @param {import('../../wire').ExchangeStatus} status
 */
export function countyList(app, status) {
  const head = ['name', 'state', 'plans', 'newest', 'check'];
  return element('div.scroll', { data: { scroll: 'counties' }, tabIndex: 0, role: 'region', 'aria-label': app.t('hand.counties', { count: status.counties.length }) },
    element('table.lines', {},
      element('thead', {}, element('tr', {}, head.map((name) => element(`th${name === 'plans' ? '.right' : ''}`, { scope: 'col', text: app.t(`hand.${name}`) })))),
      element('tbody', {}, status.counties.map((county) => element('tr', {},
        element('th', { scope: 'row', text: county.name || app.t('collect.unknown') }),
        element('td', {}, element(`span.exchange-state.state-${county.check_number ? 'returned' : 'missing'}`, { text: app.t(county.check_number ? 'hand.here' : 'hand.not_here') })),
        element('td.right.number', { text: county.plans }),
        element('td', { text: quarterWords(county.newest, app.language) }),
        element('td.number', { text: county.check_number ?? '—' }))))));
}
