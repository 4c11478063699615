// One task back to what an automatic copy says: what differs is listed first, what is chosen becomes one step of undo.
import { element } from '../parts/element.js';
import { changeNames, changeRow, changeValue } from '../parts/change.js';
import { undoOf } from '../parts/view.js';
import { showModal } from './dialogs.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('../wire').CopyDifference} Difference */

/**
 * Shows what a task says otherwise in the copies, the newest that differs first.
 * @param {App} app
 * @param {{ id: string, title: string }} task
 */
export async function restoreTask(app, task) {
  const copies = await app.call('copies', {});
  if (!copies.length) {
    app.notice(app.t('copies.empty.title'));
    return;
  }
  const ask = (/** @type {string} */ path) => app.call('task_in_copy', { path, task: task.id, quarter: app.quarter });
  let at = 0;
  let found = await ask(copies[0].path);
  // the newest copies often say the same as the ledger
  while (!found.length && at + 1 < Math.min(copies.length, 8)) {
    at += 1;
    try {
      found = await ask(copies[at].path);
    } catch {
      break;
    }
  }
  if (app.task !== null && app.task !== task.id) return;
  showModal({
    class: 'restore',
    label: app.t('restore.title', { title: task.title }),
    fill: (_, close) => {
      const list = element('div.restore-list', { role: 'group', 'aria-label': app.t('restore.list'), tabIndex: 0 });
      const yes = /** @type {HTMLButtonElement} */ (element('button.button.primary', { type: 'button', data: { key: 'restore-chosen' } }));
      /** @type {Set<Difference>} */
      let chosen = new Set();
      const count = () => {
        yes.textContent = app.t('restore.yes', { count: chosen.size });
        yes.disabled = !chosen.size || app.workbook.read_only;
      };
      const show = (/** @type {Difference[]} */ differences) => {
        chosen = new Set(differences);
        list.replaceChildren(differences.length ? table(app, differences, chosen, count) : element('p.quiet', { text: app.t('restore.same') }));
        count();
      };
      const select = /** @type {HTMLSelectElement} */ (element('select.field', {
        'aria-label': app.t('restore.copy'), data: { key: 'restore-copy' },
        on: { change: () => ask(select.value).then(show, () => show([])) },
      }, copies.map((copy, place) => element('option', { value: copy.path, text: copy.at.slice(0, 16).replace('T', ' '), selected: place === at }))));
      yes.addEventListener('click', async () => {
        const edits = [...chosen].flatMap((one) => one.edits);
        try {
          const applied = await app.apply(edits);
          close();
          app.notice(app.t('restore.done', { count: chosen.size }), { action: undoOf(app, applied) });
        } catch {
          // said by the frame; the choice stays
        }
      });
      show(found);
      return [
        element('h2', { text: app.t('restore.title', { title: task.title }) }),
        element('p.quiet', { text: app.t('restore.text') }),
        element('label.restore-copy', {}, element('span', { text: app.t('restore.copy') }), select),
        list,
        element('div.ask-buttons', {}, element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }), yes),
      ];
    },
  });
}

/**
 * @param {App} app
 * @param {Difference[]} differences
 * @param {Set<Difference>} chosen
 * @param {() => void} count
 */
function table(app, differences, chosen, count) {
  return element('table.lines', {},
    element('thead', {}, element('tr', {}, ['restore.use', 'restore.field', 'restore.now', 'restore.then'].map((key) => element('th', { scope: 'col', text: app.t(key) })))),
    element('tbody', {}, differences.map((one) => {
      const { kind, field } = changeNames(app, one.change);
      const name = changeRow(app, one.change);
      const box = /** @type {HTMLInputElement} */ (element('input', {
        type: 'checkbox', checked: true, 'aria-label': `${kind} ${name} ${field}`,
        on: { change: () => { if (box.checked) chosen.add(one); else chosen.delete(one); count(); } },
      }));
      const value = (/** @type {string | null} */ text) => {
        const shown = changeValue(app, one.change, text);
        return shown ? element('span', { text: shown }) : element('span.quiet', { text: app.t('restore.nothing') });
      };
      return element('tr', {}, element('td', {}, box),
        element('th', { scope: 'row' }, element('span.quiet', { text: `${kind} · ${field}` }), element('br'), element('span', { text: name })),
        element('td', {}, value(one.change.old)), element('td', {}, value(one.change.new)));
    })));
}
