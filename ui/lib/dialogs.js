// Native modal dialogs: Esc closes them, the focus comes back to where it was.
import { element } from '../parts/element.js';
import { composing } from './keys.js';
import { t } from './words.js';

/**
 * Shows a modal dialog.
 * @param {{ class?: string, label: string, fill: (dialog: HTMLDialogElement, close: () => void) => (Node | string | null)[], closed?: () => void }} content
 */
export function showModal(content) {
  const dialog = /** @type {HTMLDialogElement} */ (element('dialog', { class: content.class ?? '', 'aria-label': content.label }));
  const before = document.activeElement;
  const close = () => dialog.close();
  dialog.append(...content.fill(dialog, close).filter((part) => part !== null));
  dialog.addEventListener('cancel', (event) => { if (dialog.dataset.composing) event.preventDefault(); });
  dialog.addEventListener('compositionstart', () => { dialog.dataset.composing = 'yes'; });
  dialog.addEventListener('compositionend', () => { setTimeout(() => { delete dialog.dataset.composing; }, 60); });
  dialog.addEventListener('click', (event) => {
    if (event.target !== dialog) return;
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) close();
  });
  dialog.addEventListener('close', () => {
    const notices = dialog.querySelector('.notices');
    if (notices) document.body.append(notices);
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    content.closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks for one line of text.
 * @param {{ title: string, text?: string, value?: string, placeholder?: string, yes: string }} question
 * @returns {Promise<string | null>} Null where the person left it.
 */
export function askLine(question) {
  return new Promise((answer) => {
    /** @type {string | null} */
    let said = null;
    showModal({
      label: question.title,
      fill: (_, close) => {
        const field = /** @type {HTMLInputElement} */ (element('input.field', { value: question.value ?? '', placeholder: question.placeholder ?? '', 'aria-label': question.title, autofocus: true, spellcheck: false }));
        const take = () => {
          said = field.value.trim() || null;
          close();
        };
        field.addEventListener('keydown', (event) => {
          if (event.key !== 'Enter' || composing(event)) return;
          event.preventDefault();
          take();
        });
        return [
          element('h2', { text: question.title }),
          question.text ? element('p.quiet', { text: question.text }) : null,
          element('p', {}, field),
          element('div.ask-buttons', {},
            element('button.button', { type: 'button', text: t('ask.no'), on: { click: close } }),
            element('button.button.primary', { type: 'button', text: question.yes, on: { click: take } })),
        ];
      },
      closed: () => answer(said),
    });
  });
}
