// The people who answer for tasks and departments: the list of them, what each holds, and handing it all over.
import { element } from '../parts/element.js';
import { showModal } from './dialogs.js';
import { openMenu } from './menu.js';
import { openPicker } from './picker.js';
import { askFields, isOffices } from './structure.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('../wire').PersonLine} PersonLine */
/** @typedef {import('../wire').HoldingLine} HoldingLine */

export const ROLES = ['leader', 'deputy', 'head', 'contact'];

/** @param {App} app */
const departments = (app) => [{ value: '', label: app.t('people.no_department') }, ...app.workbook.departments.map((line) => ({ value: line.id, label: line.name }))];

/** A person's name with what they are. @param {{ name: string, office: string }} person */
export const called = (person) => (person.office ? `${person.name}（${person.office}）` : person.name);


/**
 * @param {App} app
 * @param {PersonLine | null} person
 * @param {(() => void)} [done]
 */
export function editPerson(app, person, done) {
  askFields(app, {
    title: app.t(person ? 'people.edit' : 'people.add'), yes: app.t(person ? 'structure.save' : 'structure.add'),
    fields: [
      { name: 'name', label: app.t('people.name'), value: person?.name ?? '' },
      { name: 'office', label: app.t('people.office'), value: person?.office ?? '' },
      { name: 'telephone', label: app.t('people.telephone'), value: person?.telephone ?? '', inputmode: 'tel' },
      { name: 'department', label: app.t('people.department'), value: person?.department ?? '', options: departments(app) },
    ],
    take: async (values) => {
      const fields = { name: values.name, office: values.office, telephone: values.telephone, department: values.department || null };
      await app.apply([person ? { edit: 'set_person', person: person.id, ...fields } : { edit: 'add_person', ...fields }]);
      done?.();
    },
  });
}

/**
 * Hands all that somebody holds to somebody else, from a day on.
 * @param {App} app
 * @param {PersonLine} person
 * @param {PersonLine[]} people
 * @param {() => void} done
 */
function handOver(app, person, people, done) {
  const others = people.filter((one) => one.id !== person.id);
  askFields(app, {
    title: app.t('people.hand_over', { name: person.name }), text: app.t('people.hand_over.text'), yes: app.t('people.hand_over.yes'),
    fields: [
      { name: 'to', label: app.t('people.to_whom'), value: others[0]?.id ?? '', options: others.map((one) => ({ value: one.id, label: called(one) })) },
      { name: 'role', label: app.t('people.role'), value: '', options: [{ value: '', label: app.t('people.all_roles') }, ...ROLES.map((role) => ({ value: role, label: app.t(`people.role.${role}`) }))] },
      { name: 'on', label: app.t('people.on'), value: app.workbook.as_of },
    ],
    take: async (values) => {
      await app.apply([{ edit: 'hand_over', from: person.id, to: values.to, role: values.role || null, on: values.on || null }]);
      app.notice(app.t('people.handed', { name: person.name }), { action: { label: app.t('undo'), run: () => app.undo() } });
      done();
    },
  });
}

/** The list of people. @param {App} app */
export async function showPeople(app) {
  /** @type {PersonLine[]} */
  let people;
  const read = async () => { people = await app.call('people', {}); };
  try {
    await read();
  } catch {
    return;
  }
  showModal({
    class: 'people-list',
    label: app.t('people.title'),
    fill: (_, close) => {
      const list = element('ul', {});
      const again = () => { read().then(draw, () => {}); };
      const draw = () => list.replaceChildren(...people.map((person) => {
        const now = person.holdings.filter((line) => line.current);
        return element('li', {},
          element('span', {}, element('b', { text: person.name }), element('small.quiet', { text: [person.office, person.department_name, person.telephone].filter(Boolean).join(' · ') })),
          element('span.quiet', { text: now.length ? app.t('people.holds', { count: now.length }) : app.t('people.holds.none'), title: now.map((line) => `${app.t(`people.role.${line.role}`)} ${line.task_title ?? line.department_name ?? ''}`).join('\n') }),
          isOffices(app) ? element('button.detail-change', {
            type: 'button', text: '⋯', 'aria-label': app.t('people.change', { name: person.name }), title: app.t('people.change', { name: person.name }),
            on: {
              click: (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), [
                { label: app.t('people.edit'), run: () => editPerson(app, person, again) },
                { label: app.t('people.tasks'), disabled: !now.length, run: () => { close(); app.go('ledger', { leader: person.name }); } },
                { label: app.t('people.hand_over', { name: person.name }), disabled: !now.length || people.length < 2, run: () => handOver(app, person, people, again) },
                { rule: true },
                { label: app.t('people.remove'), disabled: person.holdings.length > 0, run: () => { app.apply([{ edit: 'remove_person', person: person.id }]).then(again, () => {}); } },
              ]),
            },
          }) : null);
      }));
      draw();
      return [
        element('h2', { text: app.t('people.title') }),
        element('p.quiet', { text: app.t('people.text') }),
        list,
        element('div.ask-buttons', {},
          isOffices(app) ? element('button.button', { type: 'button', text: app.t('people.add'), on: { click: () => editPerson(app, null, again) } }) : null,
          element('button.button.primary', { type: 'button', text: app.t('structure.close'), autofocus: true, on: { click: close } })),
      ];
    },
  });
}

/**
 * Lets somebody be chosen, and gives them a role for tasks; a name that nobody has makes a new person.
 * @param {App} app
 * @param {{ x: number, y: number, width?: number }} at
 * @param {{ role: string, tasks: string[], now?: string[], closed: () => void }} asked
 */
export async function pickPerson(app, at, asked) {
  /** @type {PersonLine[]} */
  let people;
  try {
    people = await app.call('people', {});
  } catch {
    return;
  }
  const give = async (/** @type {string} */ person) => {
    const from = app.workbook.as_of;
    await app.apply(asked.tasks.map((task) => ({ edit: 'give_role', person, role: asked.role, task, from })));
  };
  openPicker({ width: 280, ...at }, {
    label: app.t(`people.role.${asked.role}`), placeholder: app.t('people.seek'), several: false, chosen: new Set(asked.now ?? []),
    options: people.map((person) => ({ value: person.id, label: called(person), initials: person.initials, note: person.department_name ?? '' })),
    fresh: (name) => app.t('people.new', { name }),
    choose: (value) => {
      const known = people.find((person) => person.id === value);
      const run = async () => {
        if (known) {
          await give(known.id);
          return;
        }
        await app.apply([{ edit: 'add_person', name: value }]);
        const made = (await app.call('people', {})).find((person) => person.name === value);
        if (made) await give(made.id);
      };
      run().catch(() => {});
    },
    closed: asked.closed,
  });
}
