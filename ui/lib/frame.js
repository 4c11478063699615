// The frame around every view: rail, top bar, banners, detail pane, status bar.
import { element } from '../parts/element.js';
import { quarterWords, shiftQuarter } from '../parts/calendar.js';
import { openMenu } from './menu.js';
import { RAIL } from './views.js';
import { closeWorkbook, createWorkbook, importDocument, openPath, openWorkbook } from './files.js';
import { said } from './sentences.js';

/** @typedef {import('./app.js').App} App */

/** The places of the frame, empty. */
export function framePlaces() {
  return {
    rail: element('nav.rail', {}),
    topbar: element('header.topbar', {}),
    banners: element('div.banners', {}),
    view: element('main.view', {}),
    detail: element('aside.detail', { hidden: true }),
    statusbar: element('footer.statusbar', {}),
  };
}

/**
 * Fills the frame and keeps it true.
 * @param {App} app
 * @param {ReturnType<typeof framePlaces>} places
 * @param {{ openPalette: () => void, openHelp: () => void }} doors
 */
export function createFrame(app, places, doors) {
  const frame = element('div.frame', {}, places.rail, places.topbar, places.banners, places.view, places.detail, places.statusbar);
  /** @type {import('../wire').Totals | null} */
  let totals = null;
  /** Requests that wait for the office. */
  let asked = 0;

  function draw() {
    frame.classList.toggle('closed', !app.isOpen);
    if (!app.isOpen) return;
    drawRail();
    drawTop();
    drawStatus();
  }

  function drawRail() {
    const focus = places.rail.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.view : '';
    places.rail.setAttribute('aria-label', app.t('frame.views'));
    places.rail.replaceChildren(...rail());
    if (focus) /** @type {HTMLElement | null} */ (places.rail.querySelector(`[data-view="${focus}"]`))?.focus();
  }

  function rail() {
    const drafts = app.workbook.drafts;
    const waiting = drafts.reduce((sum, draft) => sum + draft.rows - draft.reviewed, 0);
    /** @type {(HTMLElement | null)[]} */
    const buttons = RAIL.map((view, place) => railButton(view, app.t('frame.view_key', { view: app.t(`view.${view}`), key: `Alt+${place + 1}` }), () => app.go(view)));
    if (asked) {
      const button = railButton('exchange', app.t('frame.requests', { count: asked }), () => app.go('exchange', { part: 'requests' }));
      button.append(element('span.waits', { text: asked > 999 ? '999+' : asked }));
      buttons.splice(RAIL.indexOf('exchange'), 1, button);
    }
    if (drafts.length) {
      const button = railButton('review', app.t('frame.drafts', { count: drafts.length, rows: waiting }), () => app.go('review', { draft: drafts[0].id }));
      button.append(element('span.waits', { text: waiting > 999 ? '999+' : waiting }));
      buttons.splice(2, 0, button);
    }
    return [...buttons.filter((button) => button !== null), element('span.spread'),
      railButton('help', app.t('frame.help.title'), doors.openHelp)];
  }

  /**
   * @param {string} view
   * @param {string} title
   * @param {() => void} run
   */
  function railButton(view, title, run) {
    return element('button', { type: 'button', title, 'aria-current': app.view === view ? 'page' : null, data: { view }, on: { click: run } }, element('span', { text: app.t(`view.${view}`) }));
  }

  function drawTop() {
    const workbook = app.workbook;
    const plan = workbook.plans.find((line) => line.id === app.plan);
    const isClosed = workbook.closed.includes(app.quarter);
    const focus = places.topbar.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : '';
    const before = shiftQuarter(app.quarter, -1);
    const after = shiftQuarter(app.quarter, 1);
    places.topbar.replaceChildren(
      element('button.switch.workbook', { type: 'button', title: workbook.path, 'aria-haspopup': 'menu', data: { key: 'workbook' }, on: { click: (/** @type {Event} */ event) => workbookMenu(/** @type {HTMLElement} */ (event.currentTarget)) } }, element('span', { text: workbook.name })),
      element('button.switch', { type: 'button', title: plan?.title ?? app.t('frame.plan.title'), 'aria-haspopup': 'menu', data: { key: 'plan' }, on: { click: (/** @type {Event} */ event) => planMenu(/** @type {HTMLElement} */ (event.currentTarget)) } }, element('span', { text: plan?.title ?? app.t('frame.plan.all') })),
      element('div.quarter', {},
        element('button.step', { type: 'button', text: '‹', title: app.t('frame.quarter.before'), 'aria-label': app.t('frame.quarter.before'), disabled: !workbook.quarters.includes(before), data: { key: 'before' }, on: { click: () => app.setQuarter(before) } }),
        element('button.switch', { type: 'button', title: app.t('frame.quarter.title'), 'aria-haspopup': 'menu', data: { key: 'quarter' }, on: { click: (/** @type {Event} */ event) => quarterMenu(/** @type {HTMLElement} */ (event.currentTarget)) } }, element('span', { text: quarterWords(app.quarter, app.language) })),
        element('button.step', { type: 'button', text: '›', title: app.t('frame.quarter.after'), 'aria-label': app.t('frame.quarter.after'), disabled: !workbook.quarters.includes(after), data: { key: 'after' }, on: { click: () => app.setQuarter(after) } }),
        element(`span.closing${isClosed ? '.closed' : ''}`, { text: app.t(isClosed ? 'frame.closed' : 'frame.open'), title: app.t(isClosed ? 'frame.closed.title' : 'frame.open.title') })),
      element('span.spread'),
      element('button.seek', { type: 'button', title: app.t('frame.seek.title'), data: { key: 'seek' }, on: { click: doors.openPalette } }, element('span', { text: app.t('frame.seek') }), element('kbd', { text: 'Ctrl+K' })),
      element('button.button.bare', { type: 'button', text: '↶', disabled: !workbook.undo, title: workbook.undo ? app.t('frame.undo', { label: said(workbook.undo) }) : app.t('undo.none'), 'aria-label': workbook.undo ? app.t('frame.undo', { label: said(workbook.undo) }) : app.t('undo'), data: { key: 'undo' }, on: { click: () => app.undo() } }),
      element('button.button.bare', { type: 'button', text: '↷', disabled: !workbook.redo, title: workbook.redo ? app.t('frame.redo', { label: said(workbook.redo) }) : app.t('redo.none'), 'aria-label': workbook.redo ? app.t('frame.redo', { label: said(workbook.redo) }) : app.t('redo'), data: { key: 'redo' }, on: { click: () => app.redo() } }));
    if (focus) /** @type {HTMLElement | null} */ (places.topbar.querySelector(`[data-key="${focus}"]`))?.focus();
  }

  /** @param {HTMLElement} button */
  async function workbookMenu(button) {
    /** @type {import('../wire').Recent[]} */
    let recent = [];
    try {
      recent = (await app.call('start', {})).recent.filter((file) => file.path !== app.workbook.path && file.exists).slice(0, 8);
    } catch {
      // the menu works without the list
    }
    openMenu(button, [
      { label: app.t('files.import'), run: () => importDocument(app) },
      { rule: true },
      { label: app.t('files.open'), run: () => openWorkbook(app) },
      { label: app.t('files.create'), run: () => createWorkbook(app) },
      { label: app.t('files.start'), run: () => app.go('start') },
      ...(recent.length ? [{ rule: true }, { heading: app.t('files.recent') }] : []),
      ...recent.map((file) => ({ label: file.name, title: file.path, run: () => openPath(app, file.path) })),
      { rule: true },
      { label: app.t('files.close'), run: () => closeWorkbook(app) },
    ], { label: app.t('frame.workbook.title') });
  }

  /** @param {HTMLElement} button */
  function planMenu(button) {
    openMenu(button, [
      { label: app.t('frame.plan.all'), checked: app.plan === null, run: () => app.setPlan(null) },
      { rule: true },
      ...app.workbook.plans.map((line) => ({
        label: line.title, title: [line.title, line.doc_number, line.issuer].filter(Boolean).join('\n'), note: app.t('frame.plan.tasks', { count: line.tasks }), checked: app.plan === line.id, run: () => app.setPlan(line.id),
      })),
    ], { label: app.t('frame.plan.title') });
  }

  /** @param {HTMLElement} button */
  function quarterMenu(button) {
    openMenu(button, app.workbook.quarters.map((quarter) => ({
      label: quarterWords(quarter, app.language), note: app.workbook.closed.includes(quarter) ? app.t('frame.closed') : '', checked: quarter === app.quarter, run: () => app.setQuarter(quarter),
    })), { label: app.t('frame.quarter.title') });
  }

  function drawStatus() {
    const lamps = new Map([['绿', 0], ['黄', 0], ['红', 0]]);
    for (const line of totals?.lamps ?? []) if (lamps.has(line.lamp)) lamps.set(line.lamp, line.count);
    const time = app.savedAt ? app.savedAt.slice(11, 16) : '';
    places.statusbar.replaceChildren(
      element('span', { text: totals ? app.t('status.tasks', { count: totals.tasks }) : '' }),
      app.selected ? element('span', { text: app.t('status.selected', { count: app.selected }) }) : '',
      element('span', { role: 'status', text: app.workbook.read_only ? app.t('status.read_only') : time ? app.t('status.saved', { time }) : app.t('status.all_saved') }),
      element('span.spread'),
      totals ? element('span.lamps', {}, [...lamps].map(([lamp, count]) => {
        const kind = lamp === '绿' ? 'green' : lamp === '黄' ? 'yellow' : 'red';
        return element(`button.${kind}`, { type: 'button', title: app.t('status.lamp.title', { lamp: app.t(`lamp.${kind}`), count }), on: { click: () => app.go('ledger', { lamp }) } }, `${app.language === 'en' ? app.t(`lamp.${kind}`) : lamp} ${count}`);
      })) : '');
  }

  let counting = 0;
  async function count() {
    const mine = ++counting;
    if (!app.isOpen) return;
    try {
      const answer = await app.call('totals', { quarter: app.quarter, plan: app.plan });
      if (mine !== counting || !app.isOpen) return;
      totals = answer;
      drawStatus();
      const before = asked;
      asked = app.workbook.role === 'office' ? (await app.call('requests', { quarter: app.quarter })).filter((line) => line.state === 'open').length : 0;
      if (mine === counting && app.isOpen && asked !== before) drawRail();
    } catch {
      // said already; the old totals stay
    }
  }

  app.on('workbook', () => { if (!app.isOpen) { totals = null; asked = 0; } draw(); count(); });
  app.on('quarter', () => { draw(); count(); });
  app.on('plan', () => { draw(); count(); });
  app.on('changed', () => { if (app.isOpen) drawTop(); count(); });
  app.on('saved', () => { if (app.isOpen) { drawTop(); drawStatus(); } });
  app.on('drafts', () => { if (app.isOpen) drawRail(); });
  app.on('selection', () => { if (app.isOpen) drawStatus(); });
  return { frame, draw };
}
