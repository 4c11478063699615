// Who answers for a task, and who did before.
import { element } from '../../parts/element.js';
import { dueWords } from '../../parts/calendar.js';
import { openMenu } from '../menu.js';
import { ROLES, called, pickPerson } from '../people.js';
import { isOffices } from '../structure.js';
import { part } from './part.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../../wire').TaskDetail} TaskDetail */
/** @typedef {import('../../wire').HoldingLine} HoldingLine */

/** @param {string} day ISO. */
const before = (day) => new Date(Date.parse(`${day}T00:00:00Z`) - 86400000).toISOString().slice(0, 10);

/**
 * @param {App} app
 * @param {TaskDetail} detail
 */
export function people(app, detail) {
  const offices = isOffices(app);
  const lines = detail.people;
  if (!lines.length && !offices) return null;
  const now = lines.filter((line) => line.current);
  const earlier = lines.filter((line) => !line.current);
  const add = offices ? element('button.link', {
    type: 'button', text: app.t('people.give'), data: { key: 'people-add' },
    on: {
      click: (/** @type {Event} */ event) => {
        const at = /** @type {HTMLElement} */ (event.currentTarget);
        const box = at.getBoundingClientRect();
        openMenu(at, ROLES.map((role) => ({ label: app.t(`people.role.${role}`), run: () => { pickPerson(app, { x: box.left - 120, y: box.bottom + 3 }, { role, tasks: [detail.row.id], closed: () => at.focus() }); } })));
      },
    },
  }) : null;
  return part(app.t('people.title'), [
    now.length ? element('ul.detail-people', {}, now.map((line) => holder(app, line, offices))) : element('p.quiet', { text: app.t('people.nobody') }),
    earlier.length ? element('details', {}, element('summary.quiet.detail-small', { text: app.t('people.earlier', { count: earlier.length }) }), element('ul.detail-people', {}, earlier.map((line) => holder(app, line, false)))) : null,
  ], add, 'people');
}

/** @param {App} app @param {HoldingLine} line @param {boolean} offices */
function holder(app, line, offices) {
  const days = [line.from ? app.t('people.from', { day: dueWords(line.from, app.language) }) : '', line.to ? app.t('people.to', { day: dueWords(line.to, app.language) }) : ''].filter(Boolean).join(' ');
  return element('li', {},
    element('span.quiet', { text: app.t(`people.role.${line.role}`) }),
    element('span', {}, element('span', { text: called(line) }), element('small.quiet', { text: [line.department_name, line.telephone, days].filter(Boolean).join(' · ') })),
    offices ? element('button.detail-change', {
      type: 'button', text: '⋯', 'aria-label': app.t('people.change', { name: line.name }), title: app.t('people.change', { name: line.name }), data: { key: `holding-${line.id}` },
      on: {
        click: (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), [
          { label: app.t('people.end'), run: () => { app.apply([{ edit: 'set_term', holding: line.id, to: before(app.workbook.as_of) }]).catch(() => {}); } },
          { label: app.t('people.take'), run: () => { app.apply([{ edit: 'take_role', holding: line.id }]).catch(() => {}); } },
        ]),
      },
    }) : null);
}
