// The bars over and under the rows of a review: which plan, how far, and what can be done with the row at hand.
import { element } from '../../parts/element.js';
import { dueWords } from '../../parts/calendar.js';
import { openMenu } from '../../lib/menu.js';
import { progressOf } from './rows.js';
import { stepsOf } from './steps.js';
import { comparedRow } from './version.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../../wire').Draft} Draft */
/** @typedef {import('../../wire').Comparison} Comparison */

/**
 * @param {App} app
 * @param {{ id: string, draft: Draft, rows: Row[], comparison: Comparison | null }} shown
 * @param {{ editPlan: () => void, compareWith: (plan: string | null) => void, acceptAll: () => void, discard: () => void, confirm: () => void }} doors
 */
export function reviewHead(app, { id, draft, rows, comparison }, doors) {
  const progress = progressOf(rows);
  const plan = draft.plan;
  const facts = [plan.doc_number, plan.issuer, plan.issued_on ? dueWords(plan.issued_on, app.language) : null, plan.period.from && plan.period.to ? `${plan.period.from}—${plan.period.to}` : null].filter(Boolean);
  const share = progress.rows ? progress.reviewed / progress.rows : 0;
  const versions = comparison
    ? [{ label: app.t('review.version.own'), run: () => { doors.compareWith(null); } }]
    : app.workbook.plans.map((plan) => ({ label: app.t('review.version.of', { title: plan.title }), run: () => { doors.compareWith(plan.id); } }));
  const more = (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), [
    ...app.workbook.drafts.filter((line) => line.id !== id).map((line) => ({ label: app.t('review.other', { title: line.title }), run: () => { app.go('review', { draft: line.id }); } })),
    ...versions,
    { label: app.t('review.accept_all'), run: doors.acceptAll },
    { label: app.t('review.discard'), run: doors.discard },
  ]);
  return [
    element('div.review-title', {},
      element('div.review-plan', {}, element('b', { text: plan.title ?? draft.source, title: plan.title ?? '' }), element('span.quiet.cut', { text: facts.join(' · ') || app.t('review.plan.empty'), title: facts.join('\n') })),
      element('button.button.small', { type: 'button', text: app.t('review.plan.edit'), data: { key: 'plan' }, on: { click: doors.editPlan } }),
      element('button.button.small.bare', { type: 'button', text: '⋯', 'aria-label': app.t('detail.more'), title: app.t('detail.more'), on: { click: more } })),
    element('div.review-progress', {},
      element('div.track', { role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': progress.rows, 'aria-valuenow': progress.reviewed, 'aria-label': app.t('review.progress.label') }, element('span', { style: { width: `${share * 100}%` } })),
      element('span.number', { text: app.t('review.progress', progress) }),
      element('button.button.small.primary', { type: 'button', text: app.t(comparison ? 'review.version.update' : 'review.confirm', { count: progress.kept }), disabled: !progress.kept || app.workbook.read_only, data: { key: 'confirm' }, on: { click: doors.confirm } })),
  ];
}

/**
 * @param {App} app
 * @param {{ row: Row | undefined, current: string, draft: Draft | null, comparison: Comparison | null }} shown
 * @param {Record<'accept' | 'acceptAll' | 'correct' | 'drop' | 'merge' | 'split' | 'add' | 'byYear' | 'unlink', () => void> & { keepFormer: (former: string, isValid: boolean) => void }} doors
 */
export function reviewFoot(app, { row, current, draft, comparison }, doors) {
  const gone = comparison?.dropped.find((one) => `X${one.id}` === current);
  if (gone) {
    const choice = (/** @type {string} */ words, /** @type {string} */ key, /** @type {boolean} */ isValid) => element('button.button.small', { type: 'button', disabled: gone.work === 'closed', title: app.t(`${words}.title`), on: { click: () => doors.keepFormer(gone.id, isValid) } }, element('span', { text: app.t(words) }), element('kbd', { text: key }));
    return [choice('review.version.off', 'D', false), choice('review.version.valid', 'K', true)];
  }
  const button = (/** @type {string} */ name, /** @type {string} */ key, /** @type {() => void} */ run) => element('button.button.small', {
    type: 'button', disabled: !row, title: app.t(`review.do.${name}.title`), on: { click: run },
  }, element('span', { text: app.t(`review.do.${name}`) }), element('kbd', { text: key }));
  return [
    button('accept', 'Enter', doors.accept),
    ...(row?.kind === 'task' ? [button('accept_all', 'Shift+Enter', doors.acceptAll)] : []),
    button('correct', 'E', doors.correct), button('drop', 'D', doors.drop), button('merge', 'M', doors.merge), button('split', 'S', doors.split), button('add', 'A', doors.add),
    ...(row?.kind === 'target' && draft && stepsOf(draft, row.data).length ? [button('steps', 'Y', doors.byYear)] : []),
    ...(row && comparedRow(comparison, row.id)?.former ? [button('unlink', 'U', doors.unlink)] : []),
    element('span.spread'), element('span.quiet.cut', { text: app.t('review.kept'), title: app.t('review.kept') }),
  ];
}
