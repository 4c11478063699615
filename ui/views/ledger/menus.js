// What can be done with a row or a heading of the ledger, as the menus on them offer it.
import { openMenu } from '../../lib/menu.js';
import { openPicker } from '../../lib/picker.js';
import { duplicateTask, editPlan, editSection, isOffices, newSection, nextNumber, retireTask } from '../../lib/structure.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').LedgerRow} Row */
/** @typedef {import('../../wire').SectionLine} Section */

/**
 * @param {App} app
 * @param {HTMLElement} at
 * @param {Row} row
 * @param {{ rows: Row[], sections: Section[], addBelow: () => void, focus: () => void }} ledger
 */
export function rowMenu(app, at, row, ledger) {
  const mine = ledger.rows.filter((one) => one.plan === row.plan && one.section === row.section);
  const place = mine.findIndex((one) => one.id === row.id);
  /** @param {Partial<import('../../wire').TaskMove>} to */
  const move = (to) => { app.apply([{ edit: 'move_task', task: row.id, section: row.section, ...to }]).catch(() => {}).then(ledger.focus); };
  const offices = isOffices(app);
  openMenu(at, [
    { label: app.t('ledger.row.open'), note: 'Enter', run: () => { app.openTask(row.id); } },
    { rule: true },
    { label: app.t('ledger.row.add'), note: 'Ctrl+Enter', disabled: !offices, run: ledger.addBelow },
    { label: app.t('ledger.row.copy'), disabled: !offices, run: () => duplicateTask(app, row, nextNumber(ledger.rows, row.plan)) },
    { rule: true },
    { label: app.t('ledger.row.up'), note: 'Alt+Shift+↑', disabled: !offices || place <= 0, run: () => move({ before: mine[place - 1].id }) },
    { label: app.t('ledger.row.down'), note: 'Alt+Shift+↓', disabled: !offices || place >= mine.length - 1, run: () => move({ after: mine[place + 1].id }) },
    { label: app.t('ledger.row.move'), disabled: !offices, run: () => pickHeading(app, at, row, ledger) },
    { rule: true },
    { label: app.t('ledger.row.retire'), disabled: !offices, run: () => { retireTask(app, row); } },
  ], { label: row.title });
}

/**
 * Moves a task one place up or down among those under its heading.
 * @param {App} app
 * @param {Row} row
 * @param {Row[]} rows
 * @param {boolean} isUp
 */
export function moveByOne(app, row, rows, isUp) {
  const mine = rows.filter((one) => one.plan === row.plan && one.section === row.section);
  const other = mine[mine.findIndex((one) => one.id === row.id) + (isUp ? -1 : 1)];
  if (!other || !isOffices(app)) return Promise.resolve();
  return app.apply([{ edit: 'move_task', task: row.id, section: row.section, ...(isUp ? { before: other.id } : { after: other.id }) }]).then(() => {}, () => {});
}

/**
 * @param {App} app
 * @param {HTMLElement} at
 * @param {Row} row
 * @param {{ sections: Section[], focus: () => void }} ledger
 */
function pickHeading(app, at, row, ledger) {
  const box = at.getBoundingClientRect();
  openPicker({ x: box.left, y: box.bottom, width: 320 }, {
    label: app.t('ledger.row.move'), placeholder: app.t('ledger.row.move.seek'), several: false, chosen: new Set([row.section ?? '']),
    options: [{ value: '', label: app.t('ledger.row.move.none') }, ...ledger.sections.filter((one) => one.plan === row.plan).map((one) => ({ value: one.id, label: `${'　'.repeat(one.level - 1)}${one.heading}` }))],
    choose: (section) => { app.apply([{ edit: 'move_task', task: row.id, section: section || null, after: null }]).catch(() => {}); },
    closed: ledger.focus,
  });
}

/**
 * The menu of a heading, or of a plan where `id` is `plan:` and its id.
 * @param {App} app
 * @param {HTMLElement} at
 * @param {string} id
 * @param {{ sections: Section[], focus: () => void }} ledger
 */
export function headingMenu(app, at, id, ledger) {
  const offices = isOffices(app);
  if (id.startsWith('plan:')) {
    const plan = id.slice(5);
    openMenu(at, [
      { label: app.t('structure.plan.edit'), disabled: !offices, run: () => editPlan(app, plan) },
      { label: app.t('structure.section.new'), disabled: !offices, run: () => newSection(app, { plan, parent: null, after: null }) },
    ], { label: app.t('structure.plan.edit') });
    return;
  }
  const section = ledger.sections.find((one) => one.id === id);
  if (!section) return;
  const beside = ledger.sections.filter((one) => one.plan === section.plan && one.parent === section.parent);
  const place = beside.indexOf(section);
  /** @param {string | null} parent @param {string | null} after */
  const move = (parent, after) => { app.apply([{ edit: 'move_section', section: id, parent, after }]).catch(() => {}).then(ledger.focus); };
  const last = beside[beside.length - 1];
  openMenu(at, [
    { label: app.t('structure.section.edit'), disabled: !offices, run: () => editSection(app, section) },
    { label: app.t('structure.section.beside'), disabled: !offices, run: () => newSection(app, { plan: section.plan, parent: section.parent, after: id }) },
    { label: app.t('structure.section.under'), disabled: !offices, run: () => newSection(app, { plan: section.plan, parent: id, after: null }) },
    { rule: true },
    // a heading goes behind the one below it; up is the other one going down
    { label: app.t('ledger.row.down'), disabled: !offices || place >= beside.length - 1, run: () => move(section.parent, beside[place + 1].id) },
    { label: app.t('structure.section.last'), disabled: !offices || section === last, run: () => move(section.parent, last.id) },
    { label: app.t('structure.section.deeper'), disabled: !offices || place <= 0, run: () => move(beside[place - 1].id, null) },
    { rule: true },
    {
      label: app.t('structure.section.retire'), disabled: !offices,
      run: () => {
        app.apply([{ edit: 'retire_section', section: id, with_rows: true }])
          .then(() => app.notice(app.t('structure.section.retired', { title: section.heading }), { action: { label: app.t('undo'), run: () => app.undo() } }), () => {});
      },
    },
  ], { label: section.heading });
}
