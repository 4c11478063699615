// Files that prove something done: picked or dropped, kept one after the other.

/** @typedef {import('./app.js').App} App */

/**
 * Keeps files as evidence of a task; one that is refused is said and the others go on.
 * @param {App} app
 * @param {{ task: string, department: string | null }} of
 * @param {string[]} paths
 */
export async function keepEvidence(app, of, paths) {
  let kept = 0;
  for (const path of paths) {
    try {
      await app.busy(app.call('add_evidence', { task: of.task, item: null, department: of.department, quarter: app.quarter, path }), app.t('form.evidence.reading'));
      kept += 1;
    } catch {
      // said already
    }
  }
  if (!kept) return;
  await app.refreshWorkbook();
  app.changed();
  if (paths.length > 1) app.notice(app.t('form.evidence.kept', { count: kept }));
}

/**
 * Whether dropped files are meant as evidence, not to be opened.
 * @param {string[]} paths
 */
export function isEvidence(paths) {
  return paths.length > 0 && !paths.some((path) => /\.(planbook|planpack)$/i.test(path));
}
