// Starts the page: the frame, the keys, and the first view.
import { askPathsWith, badEnd, call, onFilesDropped, onFilesToOpen, Refusal } from './lib/backend.js';
import { createApp } from './lib/app.js';
import { createFrame, framePlaces } from './lib/frame.js';
import { createNotices } from './lib/notices.js';
import { createShortcuts, inUnsavedText } from './lib/keys.js';
import { createViews, RAIL } from './lib/views.js';
import { askPath, openAny, openWorkbook } from './lib/files.js';
import { isEvidence, keepEvidence } from './lib/evidence.js';
import { openPalette } from './lib/palette.js';
import { openHelp } from './lib/help.js';
import { createDetail } from './lib/detail.js';
import { shiftQuarter } from './parts/calendar.js';

const places = framePlaces();
const notices = createNotices(places.banners);
const app = createApp(notices);
const doors = { openPalette: () => openPalette(app), openHelp: () => openHelp(app) };
const frame = createFrame(app, places, doors);
const views = createViews(app, places.view, () => frame.draw());
const detail = createDetail(app, places.detail);
app.go = views.go;
app.openTask = detail.open;
app.closeTask = detail.close;
document.body.append(frame.frame);

app.on('view', () => {
  frame.draw();
  detail.draw();
  views.again();
});

const shortcuts = createShortcuts();
const noDialog = () => !document.querySelector('dialog[open]');
const withWorkbook = () => app.isOpen && noDialog();
RAIL.forEach((view, place) => shortcuts.add({ keys: `Alt+${place + 1}`, when: withWorkbook, run: () => app.go(view) }));
shortcuts.add({ keys: 'Ctrl+K', when: withWorkbook, run: doors.openPalette });
shortcuts.add({ keys: 'Ctrl+Z', when: (event) => withWorkbook() && !inUnsavedText(event.target), run: () => app.undo() });
shortcuts.add({ keys: 'Ctrl+Shift+Z', when: (event) => withWorkbook() && !inUnsavedText(event.target), run: () => app.redo() });
shortcuts.add({ keys: 'Ctrl+Y', when: (event) => withWorkbook() && !inUnsavedText(event.target), run: () => app.redo() });
shortcuts.add({ keys: 'Alt+ArrowLeft', when: withWorkbook, run: () => app.setQuarter(shiftQuarter(app.quarter, -1)) });
shortcuts.add({ keys: 'Alt+ArrowRight', when: withWorkbook, run: () => app.setQuarter(shiftQuarter(app.quarter, 1)) });
shortcuts.add({ keys: 'Ctrl+P', when: withWorkbook, run: printShown });
shortcuts.add({ keys: 'Ctrl+O', when: noDialog, run: () => openWorkbook(app) });
shortcuts.add({ keys: 'F1', when: noDialog, run: doors.openHelp });
shortcuts.add({ keys: 'Escape', when: () => noDialog() && app.task !== null, run: detail.close });
window.addEventListener('keydown', (event) => { shortcuts.press(event); });

// a step that a person began and the program refused outside any view
window.addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof Refusal)) return;
  event.preventDefault();
  if (!event.reason.said) app.notice([event.reason.message, event.reason.hint].filter(Boolean).join('\n'));
});

askPathsWith((kind, name) => askPath(app, kind, name));

/** The report that prints what a view shows. @type {Record<string, string>} */
const PRINTED = { departments: 'department', indicators: 'yearbook', timeline: 'timeline' };

/** Goes to the pages that print what is shown now; from elsewhere to the report chosen last. */
function printShown() {
  const department = /** @type {HTMLElement | null} */ (document.querySelector('main.view [data-department]'))?.dataset.department;
  app.go('reports', PRINTED[app.view] ? { kind: PRINTED[app.view], ...(department ? { department } : {}) } : {});
}

/**
 * Files dropped: evidence on the detail pane, then what the view takes, then whatever they are.
 * @param {string[]} paths
 * @param {Element | null} at
 */
function dropped(paths, at) {
  if (document.querySelector('dialog[open]')) return;
  if (app.task && at?.closest('aside.detail') && isEvidence(paths) && !app.workbook.read_only && !app.workbook.closed.includes(app.quarter)) keepEvidence(app, { task: app.task, department: null }, paths);
  else if (!views.drop(paths, at)) openAny(app, paths);
}

/** Marks the moment at which the first view stands there with its content, for who measures it. */
function markWhenShown() {
  requestAnimationFrame(() => {
    if (places.view.querySelector('.page:not([aria-busy]) > *')) setTimeout(() => performance.mark('view-shown'));
    else markWhenShown();
  });
}

async function start() {
  try {
    app.setWorkbook(await call('workbook', {}));
    const { plans, drafts } = app.workbook;
    if (!plans.length && drafts.length) await views.go('review', { draft: drafts[0].id });
    else await views.go(plans.length ? views.last() : 'start');
  } catch {
    await views.go('start');
  }
  const log = await badEnd();
  if (log !== null) notices.banner('bad-end', app.t('banner.bad_end', { log }), { action: { label: app.t('banner.bad_end.seen'), run: () => notices.banner('bad-end', null) } });
  onFilesDropped(dropped, (error) => app.notice(error instanceof Refusal ? error.message : String(error)));
  await onFilesToOpen((paths) => openAny(app, paths));
}
markWhenShown();
start();
