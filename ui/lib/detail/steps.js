// The checklist and the milestones of a task: ticked, added, changed, moved and taken off where they stand.
import { element, lampMark } from '../../parts/element.js';
import { savingField } from '../../parts/saving.js';
import { lampWord } from '../../parts/view.js';
import { dueWords, readDue, tickDay } from '../../parts/calendar.js';
import { openMenu } from '../menu.js';
import { askFields, isOffices } from '../structure.js';
import { part } from './part.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../../wire').TaskDetail} TaskDetail */

/** The names in a line of departments. @param {string} text */
const names = (text) => text.split(/[、，,；;]/).map((name) => name.trim()).filter(Boolean);

/** A date as typed: the text itself where it is none, so that the program says what is wrong. @param {App} app @param {string} text */
const due = (app, text) => (text ? readDue(text, app.workbook.as_of) ?? text : null);

/** Takes a row off and offers the way back. @param {App} app @param {import('../../wire').Edit} edit @param {string} text */
async function takeOff(app, edit, text) {
  try {
    await app.apply([edit]);
    app.notice(app.t('detail.retired', { text }), { action: { label: app.t('undo'), run: () => app.undo() } });
  } catch {
    // said already
  }
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {boolean} isReadOnly
 */
export function items(app, detail, isReadOnly) {
  const { row } = detail;
  const offices = isOffices(app);
  const add = !offices ? null : savingField({
    key: `item-add-${row.id}`, value: '', class: 'detail-add', label: app.t('detail.item.add'), placeholder: app.t('detail.item.add'), wrong: '',
    read: (text) => text.trim(),
    save: (text) => (text ? app.apply([{ edit: 'add_item', task: row.id, text, due: null, departments: [] }]) : Promise.resolve()),
  });
  const all = detail.items;
  return part(app.t('detail.items'), [
    element('ul.detail-ticks', {}, all.map((item, at) => tick(app, {
      key: `item-${item.id}`, text: item.text, due: item.due, done_on: item.done_on, lamp: item.lamp, why: '', disabled: isReadOnly, who: item.departments,
      set: (day) => app.apply([{ edit: 'tick_item', item: item.id, done_on: day }]),
      more: !offices ? [] : [
        { label: app.t('detail.item.edit'), run: () => editItem(app, item) },
        { label: app.t('ledger.row.up'), disabled: at === 0, run: () => { app.apply([{ edit: 'move_item', item: item.id, after: at > 1 ? all[at - 2].id : null }]).catch(() => {}); } },
        { label: app.t('ledger.row.down'), disabled: at === all.length - 1, run: () => { app.apply([{ edit: 'move_item', item: item.id, after: all[at + 1]?.id ?? null }]).catch(() => {}); } },
        { rule: true },
        { label: app.t('ledger.row.retire'), run: () => { takeOff(app, { edit: 'retire_item', item: item.id }, item.text); } },
      ],
      drag: offices ? { id: item.id, drop: (/** @type {string} */ from) => { if (from !== item.id) app.apply([{ edit: 'move_item', item: from, after: item.id }]).catch(() => {}); } } : null,
    }))),
    add,
  ], row.items ? element('span.quiet.number', { text: `${row.items_done}/${row.items}` }) : null, 'items');
}

/** @param {App} app @param {import('../../wire').ItemLine} item */
function editItem(app, item) {
  askFields(app, {
    title: app.t('detail.item.edit'), yes: app.t('structure.save'),
    fields: [
      { name: 'text', label: app.t('detail.item.text'), value: item.text },
      { name: 'due', label: app.t('detail.due'), value: item.due ?? '', placeholder: app.t('detail.due.none') },
      { name: 'departments', label: app.t('detail.departments'), value: item.departments.join('、') },
    ],
    take: (values) => app.apply([{ edit: 'set_item', item: item.id, text: values.text, due: due(app, values.due), departments: names(values.departments) }]),
  });
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {boolean} isReadOnly
 */
export function milestones(app, detail, isReadOnly) {
  const offices = isOffices(app);
  if (!detail.milestones.length && !offices) return null;
  const add = offices ? element('button.link', { type: 'button', text: app.t('detail.milestone.add'), data: { key: 'milestone-add' }, on: { click: () => askMilestone(app, detail.row.id, null) } }) : null;
  return part(app.t('detail.milestones'), [element('ul.detail-ticks', {}, detail.milestones.map((milestone) => tick(app, {
    key: `milestone-${milestone.id}`, text: milestone.what, due: milestone.due, done_on: milestone.done_on, lamp: milestone.lamp, why: milestone.why, disabled: isReadOnly, who: [],
    set: (day) => app.apply([{ edit: 'complete_milestone', milestone: milestone.id, done_on: day }]),
    more: !offices ? [] : [
      { label: app.t('detail.milestone.edit'), run: () => askMilestone(app, detail.row.id, milestone) },
      { rule: true },
      { label: app.t('ledger.row.retire'), run: () => { takeOff(app, { edit: 'retire_milestone', milestone: milestone.id }, milestone.what); } },
    ],
    drag: null,
  })))], add, 'milestones');
}

/** @param {App} app @param {string} task @param {import('../../wire').MilestoneLine | null} milestone */
function askMilestone(app, task, milestone) {
  askFields(app, {
    title: app.t(milestone ? 'detail.milestone.edit' : 'detail.milestone.add'), yes: app.t(milestone ? 'structure.save' : 'structure.add'),
    fields: [
      { name: 'what', label: app.t('detail.milestone.what'), value: milestone?.what ?? '' },
      { name: 'due', label: app.t('detail.due'), value: milestone?.due ?? '', placeholder: app.t('detail.due.none') },
    ],
    take: (values) => app.apply([milestone
      ? { edit: 'set_milestone', milestone: milestone.id, what: values.what, due: due(app, values.due) ?? '', departments: null }
      : { edit: 'add_milestone', task, what: values.what, due: due(app, values.due) ?? '', departments: [] }]),
  });
}

/**
 * @param {App} app
 * @param {{ key: string, text: string, due: string | null, done_on: string | null, lamp: string, why: string, disabled: boolean, who: string[], set: (day: string | null) => Promise<unknown>, more: import('../menu.js').Choice[], drag: { id: string, drop: (from: string) => void } | null }} line
 */
function tick(app, line) {
  const box = /** @type {HTMLInputElement} */ (element('input', {
    type: 'checkbox', id: `detail-${line.key}`, checked: Boolean(line.done_on), disabled: line.disabled, data: { key: line.key },
    on: { change: () => line.set(box.checked ? tickDay(app.quarter, app.workbook.as_of) : null).catch(() => { box.checked = Boolean(line.done_on); }) },
  }));
  const when = line.done_on ? app.t('detail.done_on', { day: dueWords(line.done_on, app.language) }) : line.due ? app.t('detail.by', { due: dueWords(line.due, app.language) }) : '';
  const small = [when, line.who.join('、')].filter(Boolean).join(' · ');
  const made = element('li', { class: line.done_on ? 'done' : '' }, box,
    element('label', { for: `detail-${line.key}` }, element('span', { text: line.text }), small ? element('small.quiet.number', { text: small }) : null),
    line.lamp && line.lamp !== '○' ? lampMark(line.lamp, line.why, lampWord(app, line.lamp)) : null,
    line.more.length && !line.disabled ? element('button.detail-change', {
      type: 'button', text: '⋯', 'aria-label': app.t('detail.more'), title: app.t('detail.more'), data: { key: `more-${line.key}` },
      on: { click: (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), line.more) },
    }) : null);
  if (line.drag) draggable(made, line.drag);
  return made;
}

/** Lets a row be dropped behind another. @param {HTMLElement} made @param {{ id: string, drop: (from: string) => void }} drag */
function draggable(made, drag) {
  const KIND = 'application/x-planbook-item';
  made.draggable = true;
  made.addEventListener('dragstart', (event) => event.dataTransfer?.setData(KIND, drag.id));
  made.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes(KIND)) return;
    event.preventDefault();
    made.classList.add('drop');
  });
  made.addEventListener('dragleave', () => made.classList.remove('drop'));
  made.addEventListener('drop', (event) => {
    made.classList.remove('drop');
    const from = event.dataTransfer?.getData(KIND);
    if (from) drag.drop(from);
  });
}
