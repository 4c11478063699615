// A department asks the office for a later date or another target: what, to what, and why.
import { element } from '../../parts/element.js';
import { attempt, undoOf } from '../../parts/view.js';
import { dueWords, readDue } from '../../parts/calendar.js';
import { figure, readFigure } from '../../parts/number.js';
import { composing } from '../../lib/keys.js';
import { showModal } from '../../lib/dialogs.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {{ about: 'task' | 'checklist_item' | 'milestone' | 'target', row: string, field: 'due' | 'value', name: string, now: string, unit: string }} Subject */

/** Characters that a reason may have. */
const LONGEST_REASON = 2000;

/**
 * What of a task can be asked for.
 * @param {App} app
 * @param {import('../../wire').ChecklistTask} task
 * @returns {Subject[]}
 */
function subjects(app, task) {
  const due = (/** @type {string | null} */ day) => dueWords(day, app.language) || app.t('requests.open_end');
  return [
    { about: 'task', row: task.id, field: 'due', name: app.t('asking.task'), now: due(task.due), unit: '' },
    ...task.targets.map((line) => /** @type {Subject} */ ({ about: 'target', row: line.id, field: 'value', name: app.t('asking.target', { name: line.indicator, due: due(line.due) }), now: `${figure(line.value)}${line.unit}`, unit: line.unit })),
    ...task.milestones.map((line) => /** @type {Subject} */ ({ about: 'milestone', row: line.id, field: 'due', name: app.t('asking.milestone', { name: line.what }), now: due(line.due), unit: '' })),
    ...task.items.map((line) => /** @type {Subject} */ ({ about: 'checklist_item', row: line.id, field: 'due', name: app.t('asking.item', { name: line.text }), now: due(line.due), unit: '' })),
  ];
}

/**
 * @param {App} app
 * @param {import('../../wire').ChecklistTask} task
 */
export function askForChange(app, task) {
  const all = subjects(app, task);
  showModal({
    class: 'asking',
    label: app.t('asking.title'),
    fill: (_, close) => {
      const select = /** @type {HTMLSelectElement} */ (element('select.field', { id: 'asking-what', data: { field: 'what' } }, all.map((one, at) => element('option', { value: at, text: one.name }))));
      const now = element('span', {});
      const asked = /** @type {HTMLInputElement} */ (element('input.field', { id: 'asking-value', autocomplete: 'off', spellcheck: false, data: { field: 'asked' } }));
      const reason = /** @type {HTMLTextAreaElement} */ (element('textarea.field', { id: 'asking-reason', rows: 3, maxLength: LONGEST_REASON, data: { field: 'reason' } }));
      const wrong = element('p.field-wrong', { role: 'alert', hidden: true });
      const subject = () => all[Number(select.value)];
      const follow = () => {
        now.textContent = subject().now;
        asked.placeholder = app.t(subject().field === 'due' ? 'asking.due.hint' : 'asking.value.hint', { unit: subject().unit });
      };
      const say = (/** @type {string} */ text) => {
        wrong.textContent = text;
        wrong.hidden = !text;
      };
      const send = attempt(async () => {
        const { about, row, field, unit } = subject();
        const read = field === 'due' ? readDue(asked.value, app.workbook.as_of) : readFigure(asked.value, unit);
        if (read === null || read === undefined) return say(app.t(field === 'due' ? 'ledger.wrong.due' : 'retype.number'));
        if (!reason.value.trim()) return say(app.t('asking.reason.none'));
        const applied = await app.apply([{ edit: 'ask_change', about, row, field, asked: String(read), reason: reason.value.trim(), quarter: app.quarter, department: null }]);
        close();
        app.notice(app.t('asking.done'), { action: undoOf(app, applied) });
      });
      select.addEventListener('change', follow);
      follow();
      const form = element('div.asking-form', {},
        element('label', { for: 'asking-what', text: app.t('asking.what') }), select,
        element('span.quiet', { text: app.t('asking.now') }), now,
        element('label', { for: 'asking-value', text: app.t('asking.asked') }), asked,
        element('label', { for: 'asking-reason', text: app.t('asking.reason') }), reason);
      form.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || composing(event) || (event.target === reason && !event.ctrlKey) || event.target === select) return;
        event.preventDefault();
        send();
      });
      return [
        element('h2', { text: app.t('asking.title') }), element('p.quiet', { text: app.t('asking.text') }), form, wrong,
        element('div.ask-buttons', {}, element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }),
          element('button.button.primary', { type: 'button', text: app.t('asking.send'), on: { click: send } })),
      ];
    },
  });
}
