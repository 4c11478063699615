// Writing reports to files: the one shown, or one for each department with progress and a way to stop.
import { element } from '../../parts/element.js';
import { saveOpenFields } from '../../parts/saving.js';
import { quarterWords } from '../../parts/calendar.js';
import { openInViewer, pick } from '../../lib/backend.js';
import { showModal } from '../../lib/dialogs.js';

/**
 * Writes a report to a file that is asked for.
 * @param {import('../../lib/app.js').App} app
 * @param {string} name The name proposed.
 * @param {'pdf' | 'docx' | 'xlsx'} ending
 * @param {import('../../wire').OfReport} request
 * @returns {Promise<boolean>} Whether it was written; false where the person left the question.
 */
export async function exportReport(app, name, ending, request) {
  saveOpenFields();
  const path = await pick('pdf-save', { name: `${name.replace(/\.pdf$/i, '')}.${ending}` });
  if (!path) return false;
  const file = await app.busy(app.call('export_report', { ...request, path }), app.t('reports.writing'));
  const text = file.pages === null ? app.t('reports.exported.plain', { path: file.path }) : app.t('reports.exported', { pages: file.pages, path: file.path });
  app.notice(file.warnings.length ? `${text}\n${app.t('reports.exported.warn', { count: file.warnings.length })}` : text, {
    action: { label: app.t('reports.open'), run: () => openInViewer(file.path) },
  });
  return true;
}

/**
 * Writes one report for each department that has tasks into a folder.
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').OfReport} request
 */
export async function exportForAll(app, request) {
  saveOpenFields();
  const folder = await pick('folder');
  if (!folder) return;
  const departments = app.workbook.departments.filter((line) => line.leads + line.supports > 0);
  let stopped = false;
  let ended = false;
  const bar = /** @type {HTMLProgressElement} */ (element('progress', { max: departments.length, value: 0, 'aria-label': app.t('reports.all.title') }));
  const now = element('p', { role: 'status' });
  const dialog = showModal({
    label: app.t('reports.all.title'),
    class: 'ask',
    fill: (_, close) => [
      element('h2', { text: app.t('reports.all.title') }), now, bar,
      element('div.ask-buttons', {}, element('button.button', { type: 'button', text: app.t('reports.all.stop'), on: { click: close } })),
    ],
    closed: () => { if (!ended) stopped = true; },
  });
  const separator = folder.includes('\\') ? '\\' : '/';
  let written = 0;
  const unlike = /[\\/:*?"<>|]/g;
  try {
    for (const department of departments) {
      if (stopped) break;
      now.textContent = app.t('reports.all.now', { name: department.name, count: written + 1, of: departments.length });
      const file = `${department.name.replace(unlike, '_')}${quarterWords(request.quarter, app.language)}${app.t(`report.${request.kind}`)}.pdf`;
      await app.call('export_report', { ...request, department: department.id, path: `${folder.replace(/[\\/]$/, '')}${separator}${file}` });
      written += 1;
      bar.value = written;
    }
  } finally {
    ended = true;
    if (dialog.open) dialog.close();
    app.notice(app.t(written === departments.length ? 'reports.all.done' : 'reports.all.part', { count: written, of: departments.length, folder }), {
      action: { label: app.t('reports.all.open'), run: () => openInViewer(folder) },
    });
  }
}
