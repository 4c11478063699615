// 收发: in the office, files out to departments and their returns back; in a department's workbook, what is still to be returned.
import { living } from '../parts/view.js';
import { element, emptyState } from '../parts/element.js';
import { importDocument } from '../lib/files.js';
import { createCollecting } from './exchange/collecting.js';
import { closeList } from './exchange/closing.js';
import { officeBar } from './exchange/bar.js';
import { createComparing } from './exchange/comparing.js';
import { countyList } from './exchange/handing.js';
import { requestList } from './exchange/requests.js';
import { standing } from './exchange/standing.js';
import { ownSide } from './exchange/own.js';

/** @typedef {import('../lib/app.js').App} App */
/** @typedef {{ part: 'departments' | 'requests' | 'closes' | 'compare' | 'counties', state: string, find: string, returned: import('../wire').Returned | null, path: string }} State */

export default {
  name: 'exchange',

  /**
   * @param {HTMLElement} root
   * @param {App} app
   * @param {{ files?: string[], part?: 'requests' }} [params] Returns to look at.
   */
  mount(root, app, params = {}) {
    root.classList.add('exchange');
    /** @type {State} */
    const state = { part: params.part ?? 'departments', state: '', find: '', returned: null, path: app.workbook.path };
    const isOwn = () => app.workbook.role === 'department';
    /** @type {import('../parts/view.js').Living} */
    const view = living(root, async () => {
      const [status, requests] = await Promise.all([app.call('exchange_status', { quarter: app.quarter }), app.call('requests', { quarter: app.quarter })]);
      const list = isOwn() ? await app.call('checklist', { quarter: app.quarter, department: status.department }) : null;
      return { status, requests, tasks: list?.departments.find((line) => line.id === status.department)?.tasks ?? [] };
    }, (/** @type {Answer} */ answer) => show(answer));
    const comparing = createComparing(app, { redraw: () => view.redraw() });
    const collecting = createCollecting(app, { quarter: () => app.quarter, redraw: () => view.redraw(), done: () => view.load() });

    /** @param {Answer} answer */
    function show(answer) {
      if (collecting.isOpen) return collecting.show();
      if (isOwn()) return ownSide(app, answer, state, () => view.load());
      const bar = officeBar(app, answer, state, { collect: collecting.open, compare: comparing.load, redraw: () => view.redraw(), load: () => view.load() });
      // an office above may have no tasks of its own: it still collects
      if (!answer.status.departments.length && !answer.status.counties.length) {
        return [bar, emptyState(app.t('exchange.empty.title'), app.t('exchange.empty.text'), app.workbook.plans.length
          ? { label: app.t('exchange.empty.assign'), run: () => { app.go('ledger'); } }
          : { label: app.t('overview.empty.step'), run: () => importDocument(app) })];
      }
      return [
        bar,
        element('p.exchange-line.quiet', { text: app.t('exchange.no_secrets') }),
        part(answer),
      ];
    }

    /** @param {Answer} answer */
    function part(answer) {
      if (state.part === 'closes') return closeList(app, answer.status);
      if (state.part === 'requests') return requestList(app, answer.requests);
      if (state.part === 'compare') return comparing.show();
      if (state.part === 'counties') return countyList(app, answer.status);
      return standing(app, answer.status, state, { load: () => view.load(), redraw: () => view.redraw() });
    }

    view.load();
    if (params.files?.length && !isOwn()) collecting.open(params.files);
    return {
      update(/** @type {import('../lib/app.js').Change} */ change) {
        if (change.kind === 'quarter' || app.workbook.path !== state.path) Object.assign(state, { returned: null, path: app.workbook.path });
        collecting.again();
        if (state.part === 'compare') comparing.load();
        view.soon();
      },
      /** Files dropped on the window while this view is shown. @param {string[]} paths */
      drop(paths) {
        const packets = paths.filter((path) => !/\.planbook$/i.test(path));
        if (isOwn() || !packets.length) return false;
        collecting.open(packets);
        return true;
      },
      unmount() { view.end(); },
    };
  },
};

/** @typedef {{ status: import('../wire').ExchangeStatus, requests: import('../wire').RequestLine[], tasks: import('../wire').ChecklistTask[] }} Answer */
