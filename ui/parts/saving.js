// Fields that save themselves: on leaving, on Enter in a single line, and while typing pauses. What could not be saved stays in the
// field, marked, so that nothing typed is ever lost.
import { composing } from '../lib/keys.js';
import { element, savingKeys } from './element.js';

/** How long typing must pause before a text is saved, in milliseconds. */
const PAUSE = 2500;

/** Fields with something typed that is not saved yet; flushed before the window goes away. @type {Set<() => void>} */
const open = new Set();

/** Saves all fields at once, for a change of view or the end of the window. */
export function saveOpenFields() {
  for (const commit of [...open]) commit();
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', saveOpenFields);
  window.addEventListener('blur', saveOpenFields);
}

/**
 * @template T
 * @typedef {object} Saving
 * @property {string} key Under which `refill` knows the field again.
 * @property {string} value As it stands in the field.
 * @property {(text: string) => T | undefined} read The value typed, or undefined where it is none.
 * @property {(value: T) => Promise<unknown>} save
 * @property {string} wrong What is said where the text is no value.
 * @property {string} [label] Spoken name where no label stands beside it.
 * @property {boolean} [lines] Several lines.
 * @property {string} [placeholder]
 * @property {boolean} [disabled]
 * @property {string} [class]
 * @property {string} [id]
 * @property {string} [today] ISO; Ctrl+; puts it in.
 * @property {string} [inputmode]
 * @property {(field: HTMLInputElement | HTMLTextAreaElement) => void} [after] What Enter does after saving.
 */

/**
 * @template T
 * @param {Saving<T>} saving
 * @returns {HTMLInputElement | HTMLTextAreaElement}
 */
export function savingField(saving) {
  const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (element(saving.lines ? 'textarea' : 'input', {
    class: ['field', saving.class].filter(Boolean).join(' '),
    value: saving.value,
    placeholder: saving.placeholder ?? '',
    disabled: saving.disabled ?? false,
    id: saving.id,
    autocomplete: 'off',
    spellcheck: false,
    'aria-label': saving.label,
    inputMode: saving.inputmode,
    data: { key: saving.key, saved: saving.value },
  }));
  if (saving.lines) {
    /** @type {HTMLTextAreaElement} */ (field).rows = 1;
    requestAnimationFrame(() => grow(/** @type {HTMLTextAreaElement} */ (field)));
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  let running = Promise.resolve();

  const commit = () => {
    clearTimeout(pause);
    open.delete(commit);
    const text = field.value;
    if (text === field.dataset.saved) {
      say(field, '');
      return;
    }
    const value = saving.read(text);
    if (value === undefined) {
      say(field, saving.wrong);
      return;
    }
    say(field, '');
    const before = field.dataset.saved ?? '';
    field.dataset.saved = text;
    savingKeys.add(saving.key);
    running = running.then(() => saving.save(value)).then(() => {
      savingKeys.delete(saving.key);
    }, () => {
      savingKeys.delete(saving.key);
      // the input stays; leaving the field again tries again
      field.dataset.saved = before === text ? '' : before;
      field.setAttribute('aria-invalid', 'true');
    });
  };

  const commitUnlessComposing = () => {
    if (inComposition(field)) pause = setTimeout(commitUnlessComposing, PAUSE);
    else commit();
  };

  field.addEventListener('input', () => {
    if (saving.lines) grow(/** @type {HTMLTextAreaElement} */ (field));
    open.add(commit);
    clearTimeout(pause);
    if (saving.lines) pause = setTimeout(commitUnlessComposing, PAUSE);
  });
  field.addEventListener('change', commit);
  field.addEventListener('blur', commit);
  field.addEventListener('keydown', (raw) => {
    const event = /** @type {KeyboardEvent} */ (raw);
    if (composing(event)) return;
    if (event.key === 'Enter' && (!saving.lines || event.ctrlKey)) {
      event.preventDefault();
      commit();
      saving.after?.(field);
    } else if (event.key === 'Escape' && field.value !== field.dataset.saved) {
      event.preventDefault();
      event.stopPropagation();
      field.value = field.dataset.saved ?? '';
      say(field, '');
    } else if (event.ctrlKey && (event.key === ';' || event.code === 'Semicolon') && saving.today) {
      event.preventDefault();
      field.value = saving.today;
      commit();
    }
  });
  return field;
}

/** @param {HTMLElement} field */
function inComposition(field) {
  return field.dataset.composing === 'yes';
}

if (typeof document !== 'undefined') {
  document.addEventListener('compositionstart', (event) => { if (event.target instanceof HTMLElement) event.target.dataset.composing = 'yes'; }, true);
  document.addEventListener('compositionend', (event) => { if (event.target instanceof HTMLElement) delete event.target.dataset.composing; }, true);
}

/** @param {HTMLTextAreaElement} field */
function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight + 2, 320)}px`;
}

/**
 * Says below a field what is wrong with it.
 * @param {HTMLElement} field
 * @param {string} text
 */
function say(field, text) {
  const next = field.nextElementSibling;
  if (next?.classList.contains('field-wrong')) next.remove();
  if (!text) {
    field.removeAttribute('aria-invalid');
    return;
  }
  field.setAttribute('aria-invalid', 'true');
  field.after(element('small.field-wrong', { role: 'alert', text }));
}
