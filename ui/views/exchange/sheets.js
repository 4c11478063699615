// The printed sheets of the exchange: the department's receipt to be signed and sealed, the office's list of who is reminded.
import { quarterWords } from '../../parts/calendar.js';
import { exportReport } from '../reports/export.js';

/** @typedef {import('../../lib/app.js').App} App */

/**
 * @param {App} app
 * @param {import('../../wire').ExchangeLine} line The department itself.
 */
export function printReceipt(app, line) {
  const quarter = quarterWords(app.quarter, app.language);
  return exportReport(app, app.t('sheet.receipt.file', { name: line.name, quarter }), 'pdf', { kind: 'receipt', quarter: app.quarter, department: null, plan: null });
}

/**
 * Writes the sheet and keeps that its departments were reminded.
 * @param {App} app
 * @returns {Promise<boolean>} Whether it was written.
 */
export async function remind(app) {
  const quarter = quarterWords(app.quarter, app.language);
  const written = await exportReport(app, app.t('sheet.reminder.file', { quarter }), 'pdf', { kind: 'reminder', quarter: app.quarter, department: null, plan: null });
  if (!written) return false;
  await app.call('mark_reminded', { quarter: app.quarter });
  await app.refreshWorkbook();
  app.changed();
  return true;
}
