// Typing straight into the chosen cell. The field that takes it is there before the first key, over the cell and unseen: an input method
// that begins with that key then composes in it, whatever its engine tells of the key.
import { element } from '../../parts/element.js';
import { composing } from '../../lib/keys.js';

/** @typedef {'down' | 'right' | 'left' | 'stay'} Way */

/**
 * @typedef {object} TypingModel
 * @property {() => { box: DOMRect, label: string, today: string, save: (text: string) => Promise<string | null> } | null} begin What typing goes into: where it
 *   stands and how it is saved; nothing where nothing can be typed.
 * @property {() => void} refused Says why nothing can be typed.
 * @property {(event: KeyboardEvent) => void} key A key that is no typing.
 * @property {(text: string) => void} paste
 * @property {(way: Way) => void} done
 * @property {string} label
 */

/** @param {TypingModel} model */
export function createTyping(model) {
  const field = /** @type {HTMLTextAreaElement} */ (element('textarea.spoken', { tabIndex: 0, rows: 1, 'aria-label': model.label, autocomplete: 'off', spellcheck: false }));
  const wrong = element('p', { role: 'alert', hidden: true });
  const place = element('div.grid-typing', {}, field, wrong);
  /** @type {ReturnType<TypingModel['begin']>} */
  let target = null;
  let refusing = false;
  let saving = false;

  const say = (/** @type {string} */ text) => {
    wrong.textContent = text;
    wrong.hidden = !text;
    if (text) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };
  const stand = (/** @type {DOMRect} */ box) => {
    const width = Math.max(box.width, 160);
    place.style.width = `${width}px`;
    place.style.left = `${Math.max(4, Math.min(box.left, innerWidth - width - 8))}px`;
    place.style.top = `${Math.max(4, Math.min(box.top, innerHeight - box.height - 34))}px`;
    field.style.height = `${box.height}px`;
  };
  const begin = () => {
    target = model.begin();
    if (!target) return false;
    stand(target.box);
    place.className = 'cell-editor';
    field.className = 'field cell-field';
    wrong.className = 'cell-wrong';
    field.setAttribute('aria-label', target.label);
    return true;
  };
  const end = (/** @type {Way} */ way) => {
    target = null;
    saving = false;
    say('');
    field.value = '';
    field.className = 'spoken';
    wrong.className = '';
    field.setAttribute('aria-label', model.label);
    place.className = 'grid-typing';
    model.done(way);
  };
  const save = async (/** @type {Way} */ way) => {
    const mine = target;
    if (!mine || saving) return;
    if (!field.value.trim()) {
      end(way);
      return;
    }
    saving = true;
    try {
      const sentence = await mine.save(field.value);
      if (target !== mine) return;
      saving = false;
      if (sentence) say(sentence);
      else end(way);
    } catch {
      saving = false;
      // the frame has said why; what was typed stays here
      field.setAttribute('aria-invalid', 'true');
    }
  };

  field.addEventListener('compositionstart', () => { refusing = !target && !begin(); });
  field.addEventListener('compositionend', () => {
    if (!refusing) return;
    refusing = false;
    field.value = '';
    model.refused();
  });
  field.addEventListener('input', (event) => {
    say('');
    if (target || /** @type {InputEvent} */ (event).isComposing || !field.value) return;
    if (begin()) return;
    field.value = '';
    model.refused();
  });
  field.addEventListener('paste', (event) => {
    if (target) return;
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text) model.paste(text);
  });
  field.addEventListener('keydown', (event) => {
    if (composing(event)) return;
    if (!target) {
      model.key(event);
      return;
    }
    if (event.key === 'Enter' && event.altKey) field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end');
    else if (event.key === 'Enter' && !event.shiftKey) save('down');
    else if (event.key === 'Tab') save(event.shiftKey ? 'left' : 'right');
    else if (event.key === 'Escape') end('stay');
    else if (event.ctrlKey && event.code === 'Semicolon') field.setRangeText(target.today, field.selectionStart, field.selectionEnd, 'end');
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener('blur', () => {
    // leaving the window is not leaving the cell
    if (target && document.hasFocus()) save('stay');
  });
  return {
    place, field,
    get isOpen() { return target !== null; },
    /** Opens the field without a first letter. */
    open() { if (!target && begin()) field.focus({ preventScroll: true }); },
    /** Follows its cell. @param {DOMRect} box */
    stand(box) { if (target) stand(box); },
    leave() { if (target) end('stay'); },
  };
}
