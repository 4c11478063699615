// The field that opens over a cell. What could not be saved stays in it.
import { element } from '../../parts/element.js';
import { composing } from '../../lib/keys.js';

/**
 * @typedef {object} Editing
 * @property {DOMRect} box Box of the cell, in the window.
 * @property {string} value
 * @property {boolean} lines Whether it takes several lines.
 * @property {string} label
 * @property {string} [placeholder]
 * @property {string} today ISO; Ctrl+; puts it in.
 * @property {boolean} isDate
 * @property {(text: string) => Promise<string | null>} save Answers a sentence where the text is none, and throws where saving failed.
 * @property {(way: 'down' | 'right' | 'left' | 'stay') => void} done
 */

/** @param {Editing} editing */
export function openEditor(editing) {
  const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (element(`${editing.lines ? 'textarea' : 'input'}.field.cell-field`, {
    value: editing.value, placeholder: editing.placeholder ?? '', 'aria-label': editing.label, autocomplete: 'off', spellcheck: false, data: { saved: editing.value },
  }));
  const wrong = element('p.cell-wrong', { role: 'alert', hidden: true });
  const place = element('div.cell-editor', {}, field, wrong);
  document.body.append(place);
  const stand = (/** @type {DOMRect} */ box) => {
    const width = editing.lines ? Math.max(box.width, 380) : Math.max(box.width, 120);
    const height = editing.lines ? 96 : box.height;
    place.style.width = `${width}px`;
    place.style.left = `${Math.max(4, Math.min(box.left, innerWidth - width - 8))}px`;
    place.style.top = `${Math.max(4, Math.min(box.top, innerHeight - height - 34))}px`;
    field.style.height = `${height}px`;
  };
  stand(editing.box);
  let over = false;
  let saving = false;

  const say = (/** @type {string} */ text) => {
    wrong.textContent = text;
    wrong.hidden = !text;
    if (text) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };
  const leave = (/** @type {'down' | 'right' | 'left' | 'stay'} */ way) => {
    over = true;
    place.remove();
    editing.done(way);
  };
  const save = async (/** @type {'down' | 'right' | 'left' | 'stay'} */ way) => {
    if (over || saving) return;
    if (field.value === editing.value) {
      leave(way);
      return;
    }
    saving = true;
    try {
      const sentence = await editing.save(field.value);
      saving = false;
      if (sentence) say(sentence);
      else leave(way);
    } catch {
      saving = false;
      // the frame has said why; what was typed stays here
      field.setAttribute('aria-invalid', 'true');
    }
  };
  field.addEventListener('input', () => say(''));
  field.addEventListener('keydown', (raw) => {
    const event = /** @type {KeyboardEvent} */ (raw);
    if (composing(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) save('down');
    else if (event.key === 'Enter' && event.altKey && editing.lines) {
      field.setRangeText('\n', field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    } else if (event.key === 'Tab') save(event.shiftKey ? 'left' : 'right');
    else if (event.key === 'Escape') leave('stay');
    else if (event.ctrlKey && (event.key === ';' || event.code === 'Semicolon') && editing.isDate) field.value = editing.today;
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener('blur', () => {
    // leaving the window is not leaving the cell
    if (!over && document.hasFocus()) save('stay');
  });
  field.focus();
  field.select();
  return { stand, leave: () => { if (!over) leave('stay'); }, save: () => save('stay') };
}
