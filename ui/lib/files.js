// Opening, making and filling workbooks: what the start view, the menu and a double-click share.
import { Refusal, pick } from './backend.js';
import { askLine } from './dialogs.js';
import { openPackets } from './packets.js';
import { offerCopies } from './rescue.js';

/** @typedef {import('./app.js').App} App */

/**
 * Shows a workbook that was opened.
 * @param {App} app
 * @param {import('../wire').Workbook} workbook
 */
function show(app, workbook) {
  app.closeTask();
  app.setWorkbook(workbook);
  const waiting = !workbook.plans.length && workbook.drafts.length ? workbook.drafts[0] : null;
  return waiting ? app.go('review', { draft: waiting.id }) : app.go(workbook.plans.length ? 'overview' : 'start');
}

/**
 * @param {App} app
 * @param {string} path
 */
export async function openPath(app, path) {
  try {
    await show(app, await app.busy(app.call('open_workbook', { path }), app.t('files.opening')));
  } catch (error) {
    // said already; the start view stays
    if (!(error instanceof Refusal) || error.code !== 'unreadable' || !/\.planbook$/i.test(path)) return;
    await offerCopies(app, path, (workbook) => show(app, workbook)).catch(() => {});
  }
}

/** @param {App} app */
export async function openWorkbook(app) {
  const path = await pick('workbook-open');
  if (path) await (/\.planpack$/i.test(path) ? openPackets(app, [path]) : openPath(app, path));
}

/** @param {App} app */
export async function createWorkbook(app) {
  const path = await pick('workbook-save', { name: app.t('files.new_name') });
  if (!path) return;
  try {
    await show(app, await app.call('create_workbook', { path }));
  } catch {
    // said already
  }
}

/**
 * @param {App} app
 * @param {import('../wire').SeedLine} seed
 */
export async function createFromSeed(app, seed) {
  const path = await pick('workbook-save', { name: `${seed.label.replace(/[\\/:*?"<>|]/g, '')}.planbook` });
  if (!path) return;
  try {
    await show(app, await app.busy(app.call('create_from_seed', { path, seed: seed.name }), app.t('files.making')));
  } catch {
    // said already
  }
}

/**
 * Reads a plan's document into a draft and shows it for review; where no workbook is open, one is made for it first.
 * @param {App} app
 * @param {string | null} [given] Full path; asked for where absent.
 */
export async function importDocument(app, given = null) {
  const document = given ?? await pick('document');
  if (!document) return;
  try {
    if (!app.isOpen) {
      const name = (document.split(/[\\/]/).pop() ?? '').replace(/\.[^.]*$/, '');
      const path = await pick('workbook-save', { name: `${name}.planbook` });
      if (!path) return;
      app.setWorkbook(await app.call('create_workbook', { path }));
    }
    const review = await app.busy(app.call('read_document', { document }), app.t('files.reading'));
    await app.refreshWorkbook();
    await app.go('review', { draft: review.id });
  } catch {
    if (app.isOpen && app.view === 'start') app.go('start');
  }
}

/** @param {App} app */
export async function closeWorkbook(app) {
  try {
    const { notices } = await app.call('close_workbook', {});
    app.closeTask();
    app.setWorkbook(null);
    await app.go('start');
    for (const text of notices) app.notice(text);
  } catch {
    // said already
  }
}

/**
 * Whatever the system asks to open or a person drops: a workbook, exchange files, or a document.
 * @param {App} app
 * @param {string[]} paths At least one.
 */
export function openAny(app, paths) {
  const packets = paths.filter((path) => /\.planpack$/i.test(path));
  if (packets.length) return openPackets(app, packets);
  return /\.planbook$/i.test(paths[0]) ? openPath(app, paths[0]) : importDocument(app, paths[0]);
}

/**
 * Asks for a path where the shell has no file dialog.
 * @param {App} app
 * @param {string} kind
 * @param {string} name
 */
export function askPath(app, kind, name) {
  return askLine({ title: app.t(`path.${kind}`), text: app.t('path.text'), value: name, placeholder: app.t('path.placeholder'), yes: app.t('path.yes') });
}
