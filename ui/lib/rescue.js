// A workbook that does not open, or is gone: its automatic copies, and the way back to one of them.
import { element } from '../parts/element.js';
import { fileSize } from '../parts/number.js';
import { showModal } from './dialogs.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('../wire').CopyLine} CopyLine */

/** Copies that are offered; older ones lie in the same folder. */
const OFFERED = 12;

/**
 * Offers the copies of a workbook that does not open.
 * @param {App} app
 * @param {string} path The workbook's full path.
 * @param {(workbook: import('../wire').Workbook) => unknown} show What is done with the workbook that came back.
 */
export async function offerCopies(app, path, show) {
  const copies = (await app.call('copies_of', { path })).slice(0, OFFERED);
  if (!copies.length) return;
  const name = path.replace(/^.*[\\/]/, '');
  showModal({
    class: 'rescue',
    label: app.t('rescue.title', { name }),
    fill: (_, close) => {
      const yes = /** @type {HTMLButtonElement} */ (element('button.button.primary', { type: 'button', text: app.t('rescue.yes'), data: { key: 'rescue' } }));
      const boxes = copies.map((copy, place) => /** @type {HTMLInputElement} */ (element('input', { type: 'radio', name: 'rescue-copy', value: copy.path, checked: place === 0 })));
      yes.addEventListener('click', async () => {
        yes.disabled = true;
        const copy = boxes.find((box) => box.checked)?.value ?? null;
        try {
          const workbook = await app.busy(app.call('restore_workbook', { path, copy }), app.t('copies.restoring'));
          close();
          await show(workbook);
        } catch {
          // said by the frame; another copy may be chosen
          yes.disabled = false;
        }
      });
      return [
        element('h2', { text: app.t('rescue.title', { name }) }),
        element('p.quiet', { text: app.t('rescue.text') }),
        element('div.rescue-list', { role: 'radiogroup', 'aria-label': app.t('rescue.list') }, copies.map((copy, place) => line(app, copy, boxes[place]))),
        element('div.ask-buttons', {}, element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }), yes),
      ];
    },
  });
}

/**
 * @param {App} app
 * @param {CopyLine} copy
 * @param {HTMLInputElement} box
 */
function line(app, copy, box) {
  return element('label', { title: copy.path }, box,
    element('span.number', { text: copy.at.slice(0, 16).replace('T', ' ') }),
    element('span', { text: app.t('rescue.step', { step: String(copy.step) }) }),
    element('span.quiet', { text: app.t(`rescue.kind.${KINDS[copy.kind] ?? 'daily'}`) }),
    element('span.quiet.number', { text: fileSize(copy.size) }));
}

/** @type {Record<string, string>} */
const KINDS = { 每日: 'daily', 升级前: 'upgrade', 恢复前: 'restore', 手动: 'asked' };
