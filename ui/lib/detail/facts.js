// What a task is besides its title: number, kind, dates, weight, where it comes from, the office's remark.
import { element } from '../../parts/element.js';
import { savingField } from '../../parts/saving.js';
import { isOffices } from '../structure.js';
import { part } from './part.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../../wire').TaskDetail} TaskDetail */

/**
 * @param {App} app
 * @param {TaskDetail} detail
 */
export function facts(app, detail) {
  const { row } = detail;
  const offices = isOffices(app);
  const isRegister = (app.workbook.plans.find((plan) => plan.id === row.plan)?.source ?? '规划') !== '规划' || Boolean(detail.row.origin || detail.received_on || detail.matter);
  /** @param {string} name @param {string} value @param {(text: string) => any} read @param {boolean} [lines] */
  const field = (name, value, read, lines = false) => element('label.detail-field', {}, element('span.quiet', { text: app.t(`detail.fact.${name}`) }), savingField({
    key: `${name}-${row.id}`, value, lines, label: app.t(`detail.fact.${name}`), disabled: !offices, wrong: app.t('retype.date'), today: app.workbook.as_of,
    read: (text) => read(text.trim()),
    save: (given) => app.apply([{ edit: 'set_task', task: row.id, [name === 'origin' ? 'source' : name]: given }]),
  }));
  const text = (/** @type {string} */ given) => given;
  const day = (/** @type {string} */ given) => (given ? (/^\d{4}-\d{2}-\d{2}$/.test(given) ? given : undefined) : null);
  const number = (/** @type {string} */ given) => { const value = Number(given); return given && value > 0 ? value : undefined; };
  const shown = [
    field('number', row.number, text),
    field('start', detail.start ?? '', day),
    field('weight', String(detail.weight), number),
    ...(isRegister ? [field('origin', row.origin, text), field('received_on', detail.received_on ?? '', day), field('matter', detail.matter, text)] : []),
    offices || row.remark ? field('remark', row.remark, text, true) : null,
  ];
  return element('details.detail-part.detail-facts-more', { data: { part: 'facts' }, open: isRegister || Boolean(row.remark) },
    element('summary.quiet', { text: app.t('detail.facts') }), ...shown.filter((one) => one !== null));
}

/**
 * The words of the document, or what the office wrote instead.
 * @param {App} app
 * @param {TaskDetail} detail
 */
export function source(app, detail) {
  const offices = isOffices(app);
  if (!detail.text && !offices) return null;
  if (detail.text) return part(app.t('detail.source'), [element('blockquote', { text: detail.text })], null, 'source');
  return part(app.t('detail.content'), [savingField({
    key: `text-${detail.row.id}`, value: '', lines: true, class: 'detail-add', label: app.t('detail.content'), placeholder: app.t('detail.content.add'), wrong: '',
    read: (text) => text.trim(),
    save: (text) => app.apply([{ edit: 'set_task', task: detail.row.id, text }]),
  })], null, 'source');
}
