// What the draft says of the plan itself, corrected in one dialog.
import { element } from '../../parts/element.js';
import { readDue } from '../../parts/calendar.js';
import { composing } from '../../lib/keys.js';
import { showModal } from '../../lib/dialogs.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').DraftPlan} DraftPlan */

/**
 * @param {App} app
 * @param {DraftPlan} plan
 * @param {(plan: DraftPlan) => void} keepPlan
 */
export function correctPlan(app, plan, keepPlan) {
  showModal({
    class: 'review-plan-dialog',
    label: app.t('review.plan.edit'),
    fill: (_, close) => {
      /** @type {Record<string, HTMLInputElement>} */
      const fields = {};
      const wrong = element('p.field-wrong', { role: 'alert', hidden: true });
      const line = (/** @type {string} */ key, /** @type {string} */ value) => {
        fields[key] = /** @type {HTMLInputElement} */ (element('input.field', { value, spellcheck: false }));
        return element('label.pair', {}, element('span.quiet', { text: app.t(`review.plan.${key}`) }), fields[key]);
      };
      const keep = () => {
        const day = fields.issued_on.value.trim();
        const issued = day ? readDue(day, app.workbook.as_of) : null;
        const year = (/** @type {string} */ key) => { const said = fields[key].value.trim(); return said === '' ? null : /^\d{4}$/.test(said) ? Number(said) : undefined; };
        const [from, to] = [year('from'), year('to')];
        const problem = day && (!issued || issued.length !== 10) ? 'review.wrong.day' : from === undefined || to === undefined || (from && to && from > to) ? 'review.wrong.years' : '';
        if (problem) {
          wrong.textContent = app.t(problem);
          wrong.hidden = false;
          return;
        }
        keepPlan({ ...plan, title: fields.title.value.trim() || null, doc_number: fields.doc_number.value.trim() || null, issuer: fields.issuer.value.trim() || null, issued_on: issued, period: { from: from ?? null, to: to ?? null }, stage: select.value });
        close();
      };
      const select = /** @type {HTMLSelectElement} */ (element('select.field', {}, ['issued', 'draft'].map((code) => element('option', { value: code, text: app.t(`review.stage.${code}`), selected: plan.stage === code }))));
      const form = element('div.review-plan-form', {},
        line('title', plan.title ?? ''), line('doc_number', plan.doc_number ?? ''), line('issuer', plan.issuer ?? ''), line('issued_on', plan.issued_on ?? ''),
        line('from', plan.period.from === null ? '' : String(plan.period.from)), line('to', plan.period.to === null ? '' : String(plan.period.to)),
        element('label.pair', {}, element('span.quiet', { text: app.t('review.plan.stage') }), select), wrong);
      form.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || composing(event)) return;
        event.preventDefault();
        keep();
      });
      return [element('h2', { text: app.t('review.plan.edit') }), form, element('div.ask-buttons', {},
        element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }), element('button.button.primary', { type: 'button', text: app.t('review.plan.keep'), on: { click: keep } }))];
    },
  });
}
