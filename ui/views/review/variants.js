// Names that seem to be one department: proposed as one, taken by one press of a button.
import { element } from '../../parts/element.js';
import { changeStep } from './rows.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./rows.js').Step} Step */

/**
 * @param {import('../../lib/app.js').App} app
 * @param {string[]} names
 * @param {{ one: (keep: string) => void, not: () => void }} model
 */
export function variantLine(app, names, model) {
  return element('div.review-variants', {}, element('span', { text: app.t('review.variants', { names: names.join('、') }) }),
    ...names.map((name) => element('button.button.small', { type: 'button', text: app.t('review.variants.keep', { name }), on: { click: () => model.one(name) } })),
    element('button.link', { type: 'button', text: app.t('review.variants.not'), on: { click: model.not } }));
}

/**
 * The step that writes one name wherever the others stand; it holds the rows as renaming makes them, so that it can be taken back.
 * @param {Row[]} rows
 * @param {string} keep
 * @param {string[]} names
 * @returns {Step}
 */
export function renameStep(rows, keep, names) {
  const others = new Set(names.filter((name) => name !== keep));
  const swap = (/** @type {string[]} */ list) => [...new Set(list.map((name) => (others.has(name) ? keep : name)))];
  const renamed = rows.filter((row) => [...(row.data.departments ?? []), ...(row.data.lead ?? [])].some((name) => others.has(name)));
  return {
    renamed: [...others].map((name) => /** @type {[string, string]} */ ([keep, name])),
    ...changeStep(renamed.map((row) => ({ ...row, data: { ...row.data, departments: swap(row.data.departments), ...(row.kind === 'task' ? { lead: swap(row.data.lead) } : {}) } }))),
  };
}
