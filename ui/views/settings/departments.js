// The departments of the workbook: one renamed in place, two that are one merged.
import { element } from '../../parts/element.js';
import { askFirst, attempt, undoOf } from '../../parts/view.js';
import { savingField } from '../../parts/saving.js';
import { openPicker } from '../../lib/picker.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').DepartmentLine} Department */

/**
 * @param {App} app
 * @param {{ isOpen: boolean }} state Whether the list is unfolded.
 */
export function departmentNames(app, state) {
  const locked = !app.workbook.may.includes('edit_plan');
  return element('details.settings-departments', { open: state.isOpen, on: { toggle: (/** @type {Event} */ event) => { state.isOpen = /** @type {HTMLDetailsElement} */ (event.target).open; } } },
    element('summary', { data: { key: 'department-names' } }, element('b', { text: app.t('settings.departments', { count: app.workbook.departments.length }) }), element('span.quiet', { text: app.t('settings.departments.note') })),
    element('ul', {}, app.workbook.departments.map((one) => line(app, one, locked))));
}

/**
 * @param {App} app
 * @param {Department} one
 * @param {boolean} locked
 */
function line(app, one, locked) {
  return element('li', {},
    savingField({
      key: `name-${one.id}`, value: one.name, label: app.t('settings.department.name', { name: one.name }), disabled: locked, wrong: app.t('settings.department.empty'),
      read: (text) => text.trim() || undefined,
      save: (name) => app.apply([{ edit: 'rename_department', department: one.id, name }]),
    }),
    element('span.quiet.number', { text: app.t('settings.department.tasks', { leads: one.leads, supports: one.supports }) }),
    element('span.quiet.cut', { text: one.aliases.join(app.t('list.comma')), title: one.aliases.length ? app.t('settings.department.aliases', { names: one.aliases.join(app.t('list.comma')) }) : null }),
    element('button.button.small', {
      type: 'button', text: app.t('settings.department.merge'), 'aria-label': app.t('settings.department.merge_of', { name: one.name }), disabled: locked, data: { key: `merge-${one.id}` },
      on: { click: (/** @type {Event} */ event) => pickOther(app, one, /** @type {HTMLElement} */ (event.currentTarget)) },
    }));
}

/**
 * @param {App} app
 * @param {Department} from
 * @param {HTMLElement} below
 */
function pickOther(app, from, below) {
  const box = below.getBoundingClientRect();
  openPicker({ x: Math.max(8, box.right - 280), y: box.bottom + 3 }, {
    label: app.t('settings.department.into', { name: from.name }), several: false, chosen: new Set(),
    options: app.workbook.departments.filter((one) => one.id !== from.id).map((one) => ({ value: one.id, label: one.name, initials: one.initials, note: one.leads + one.supports })),
    choose: (id) => {
      const into = app.workbook.departments.find((one) => one.id === id);
      if (into) attempt(() => merge(app, from, into))();
    },
  });
}

/**
 * @param {App} app
 * @param {Department} from
 * @param {Department} into
 */
async function merge(app, from, into) {
  const names = { from: from.name, into: into.name };
  const yes = await askFirst(app, { title: app.t('settings.department.ask', names), text: app.t('settings.department.ask.text', names), yes: app.t('settings.department.merge_now') });
  if (!yes) return;
  const applied = await app.apply([{ edit: 'merge_departments', from: from.id, into: into.id }]);
  app.notice(app.t('settings.department.merged', names), { action: undoOf(app, applied) });
}
