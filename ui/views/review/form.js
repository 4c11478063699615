// Correcting a draft row in place: the fields of its kind; Enter keeps and accepts, Esc leaves all as it was.
import { element } from '../../parts/element.js';
import { composing } from '../../lib/keys.js';
import { dueWords, readDue } from '../../parts/calendar.js';
import { figureInput, readFigure } from '../../parts/number.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('./rows.js').Row} Row */

const OPS = ['>=', '<=', '=', '~'];
const CADENCES = ['level', 'annual', 'growth'];

/** @param {string} text */
const namesIn = (text) => [...new Set(text.split(/[、,，;；\s]+/).map((name) => name.trim()).filter(Boolean))];

/**
 * @param {App} app
 * @param {Row} row
 * @param {{ today: string, tasks: { id: string, title: string }[], departments: string[], formers: { id: string, text: string }[], keep: (data: any) => void, leave: () => void }} model
 * @returns {HTMLElement}
 */
export function rowForm(app, row, model) {
  /** @type {(() => string | null)[]} */
  const readers = [];
  const data = { ...row.data };
  const wrong = element('p.field-wrong', { role: 'alert', hidden: true });

  /**
   * @param {string} key
   * @param {string} value
   * @param {(text: string) => string | null} read Answers a sentence where the text is none.
   * @param {string} [kind]
   */
  const field = (key, value, read, kind = '') => {
    const input = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (element(kind === 'lines' ? 'textarea.field' : 'input.field', { value, autocomplete: 'off', spellcheck: false, data: { field: key } }));
    if (input instanceof HTMLTextAreaElement) input.rows = Math.min(5, Math.max(1, Math.ceil(value.length / 34)));
    if (key === 'departments' || key === 'lead') input.setAttribute('list', 'review-departments');
    readers.push(() => read(input.value));
    return element(`label.review-field.${kind || 'wide'}`, {}, element('span', { text: app.t(`review.field.${key}`) }), input);
  };
  /**
   * @param {string} key
   * @param {string[]} codes
   * @param {(code: string) => string} word
   */
  const choice = (key, codes, word) => {
    const select = /** @type {HTMLSelectElement} */ (element('select.field', { data: { field: key } }, codes.map((code) => element('option', { value: code, text: word(code), selected: code === data[key] }))));
    readers.push(() => { data[key] = select.value; return null; });
    return element('label.review-field.short', {}, element('span', { text: app.t(`review.field.${key}`) }), select);
  };
  const text = (/** @type {string} */ key, /** @type {string} */ kind = 'lines') => field(key, data[key] ?? '', (typed) => {
    const said = typed.trim().replace(/\s*\n\s*/g, '');
    if (!said) return app.t('review.wrong.empty', { field: app.t(`review.field.${key}`) });
    data[key] = said;
    return null;
  }, kind);
  const names = (/** @type {string} */ key, kind = 'wide') => field(key, (data[key] ?? []).join('、'), (typed) => { data[key] = namesIn(typed); return null; }, kind);
  const due = (/** @type {boolean} */ isNeeded) => field('due', data.due ?? '', (typed) => {
    const said = typed.trim();
    if (!said && !isNeeded) { data.due = null; return null; }
    const read = said ? readDue(said, model.today) : null;
    if (!read) return app.t('ledger.wrong.due');
    data.due = read;
    return null;
  }, 'short');
  const ofTask = () => {
    const select = /** @type {HTMLSelectElement} */ (element('select.field', { data: { field: 'task' } },
      row.kind === 'item' ? null : element('option', { value: '', text: app.t('review.no_task'), selected: !data.task }),
      model.tasks.map((task) => element('option', { value: task.id, text: task.title, selected: task.id === data.task }))));
    readers.push(() => { data.task = select.value || null; return null; });
    return element('label.review-field.half', {}, element('span', { text: app.t('review.field.task') }), select);
  };

  /** @type {HTMLElement[]} */
  let fields = [];
  if (row.kind === 'task') {
    fields = [text('title'), names('departments'), names('lead'), choice('kind', ['task', 'safeguard'], (code) => app.t(`review.kind.${code}`))];
  } else if (row.kind === 'target') {
    fields = [
      text('indicator'),
      choice('op', OPS, (code) => app.t(`review.op.${code}`)),
      field('value', figureInput(data.value), (typed) => {
        const value = readFigure(typed, data.unit ?? '');
        if (value === null || value === undefined) return app.t('retype.number');
        data.value = value;
        return null;
      }, 'short'),
      field('unit', data.unit ?? '', (typed) => { data.unit = typed.trim(); return null; }, 'short'),
      due(false),
      choice('cadence', CADENCES, (code) => app.t(`review.cadence.${code}`)),
      field('baseline', data.baseline ? `${data.baseline.year} ${figureInput(data.baseline.value)}` : '', (typed) => {
        const parts = /^(\d{4})\D*?([\d.,，万亿%]+)?$/.exec(typed.trim());
        if (!typed.trim()) { data.baseline = null; return null; }
        const value = parts?.[2] ? readFigure(parts[2], data.unit ?? '') : undefined;
        if (!parts || value === null || value === undefined) return app.t('review.wrong.baseline');
        data.baseline = { year: Number(parts[1]), value };
        return null;
      }, 'short'),
      ofTask(),
      binding(),
    ];
  } else if (row.kind === 'milestone') {
    fields = [text('what'), due(true), names('departments', 'most'), ofTask()];
  } else {
    fields = [text('text'), due(false), names('departments', 'most'), ofTask()];
  }

  // of a new version: the ledger's row that it is, which keeps its progress
  if (model.formers.length) {
    const select = /** @type {HTMLSelectElement} */ (element('select.field', { data: { field: 'same_as' } },
      element('option', { value: '', text: app.t('review.version.none'), selected: !data.same_as }),
      model.formers.map((former) => element('option', { value: former.id, text: former.text, selected: former.id === data.same_as }))));
    readers.push(() => { data.same_as = select.value || null; return null; });
    fields.push(element('label.review-field.wide', {}, element('span', { text: app.t('review.field.same_as') }), select));
  }

  function binding() {
    const box = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', checked: Boolean(data.binding) }));
    readers.push(() => { data.binding = box.checked; return null; });
    return element('label.review-check', {}, box, element('span', { text: app.t('review.field.binding') }));
  }

  const keep = () => {
    for (const read of readers) {
      const sentence = read();
      if (sentence) {
        wrong.textContent = sentence;
        wrong.hidden = false;
        return;
      }
    }
    model.keep(data);
  };
  const form = element('div.review-form', { role: 'group', 'aria-label': app.t('review.correct') },
    element('div.review-fields', {}, fields), wrong,
    element('datalist', { id: 'review-departments' }, model.departments.map((name) => element('option', { value: name }))),
    element('div.review-form-buttons', {},
      element('button.button.small.primary', { type: 'button', text: app.t('review.keep'), on: { click: keep } }),
      element('button.button.small', { type: 'button', text: app.t('review.leave'), on: { click: model.leave } }),
      element('span.quiet', { text: row.data.due ? dueWords(row.data.due, app.language) : '' })));
  form.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (composing(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !(event.target instanceof HTMLButtonElement)) keep();
    else if (event.key === 'Escape') model.leave();
    else return;
    event.preventDefault();
  });
  return form;
}
