// Builds elements. Text goes in as text, never as markup, so that a document can say what it likes.
import { said } from '../lib/sentences.js';

/**
 * @typedef {string | number | Node | null | undefined | false} Child
 */

/**
 * Makes an element.
 * @param {string} tag `div`, or `div.one.two` with its classes.
 * @param {Record<string, any>} [properties] `text`, `data`, `style` (an object), `on` (listeners by event); names with a dash and
 *   `role`, `for`, `colspan` become attributes, all others properties of the element. Absent values are left out.
 * @param {...Child | Child[]} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const made = document.createElement(name);
  if (classes.length) made.className = classes.join(' ');
  set(made, properties);
  append(made, children);
  return made;
}

/**
 * Makes an SVG element; all properties but `text`, `data` and `on` become attributes.
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function drawing(tag, properties = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key === 'text') made.textContent = String(value);
    else if (key === 'data') Object.assign(made.dataset, value);
    else if (key === 'on') listen(made, value);
    else made.setAttribute(key, String(value));
  }
  append(made, children);
  return made;
}

const ATTRIBUTES = new Set(['role', 'for', 'colspan', 'rowspan', 'scope', 'list']);

/**
 * @param {HTMLElement} made
 * @param {Record<string, any>} properties
 */
function set(made, properties) {
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key === 'text') made.textContent = String(value);
    else if (key === 'data') Object.assign(made.dataset, value);
    else if (key === 'style') for (const [rule, to] of Object.entries(value)) made.style.setProperty(rule, String(to));
    else if (key === 'on') listen(made, value);
    else if (key === 'class') { if (value) made.classList.add(...String(value).split(' ').filter(Boolean)); }
    else if (key.includes('-') || ATTRIBUTES.has(key)) made.setAttribute(key, String(value));
    else /** @type {any} */ (made)[key] = value;
  }
}

/**
 * @param {Element} made
 * @param {Record<string, (event: any) => void>} listeners
 */
function listen(made, listeners) {
  for (const [event, listener] of Object.entries(listeners)) made.addEventListener(event, listener);
}

/**
 * @param {Element} parent
 * @param {(Child | Child[])[]} children
 */
function append(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

// A refill between pressing and letting go would take the pressed button away, and one during composition would take the half-typed
// word: both wait.
let pressed = false;
/** @type {EventTarget | null} */
let composingIn = null;
/** @type {Map<HTMLElement, () => (Node | string)[]>} */
const waiting = new Map();
if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => { pressed = true; }, true);
  for (const event of ['pointerup', 'pointercancel', 'dragend']) {
    document.addEventListener(event, () => { pressed = false; setTimeout(refillWaiting); }, true);
  }
  document.addEventListener('compositionstart', (event) => { composingIn = event.target; }, true);
  document.addEventListener('compositionend', () => { composingIn = null; setTimeout(refillWaiting); }, true);
}

function refillWaiting() {
  for (const [parent, make] of [...waiting]) {
    waiting.delete(parent);
    if (parent.isConnected) refill(parent, make);
  }
}

/**
 * Puts new children into an element and keeps what a person is at: the focus, the place of the caret, what is typed but not yet
 * saved, and how far places marked `data-scroll` are scrolled. Elements are known again by `data-key`.
 * @param {HTMLElement} parent
 * @param {() => (Node | string)[]} make
 */
export function refill(parent, make) {
  waiting.delete(parent);
  if (pressed || (composingIn instanceof Node && parent.contains(composingIn))) {
    waiting.set(parent, make);
    return;
  }
  const active = document.activeElement instanceof HTMLElement && parent.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.dataset.key;
  const typed = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active : null;
  const kept = unsavedFields(parent);
  const caret = caretOf(typed);
  /** @type {Map<string, [number, number]>} */
  const scrolled = new Map();
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (parent.querySelectorAll('[data-scroll]'))) {
    scrolled.set(place.dataset.scroll ?? '', [place.scrollTop, place.scrollLeft]);
  }
  const own = [parent.scrollTop, parent.scrollLeft];
  parent.replaceChildren(...make());
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (parent.querySelectorAll('[data-scroll]'))) {
    const at = scrolled.get(place.dataset.scroll ?? '');
    if (at) [place.scrollTop, place.scrollLeft] = at;
  }
  [parent.scrollTop, parent.scrollLeft] = own;
  for (const field of kept) giveBack(parent, field);
  const again = key ? parent.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  if (!(again instanceof HTMLElement)) return;
  if (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement) {
    again.focus({ preventScroll: true });
    if (caret && caretOf(again)) again.setSelectionRange(caret[0], caret[1]);
  } else {
    again.focus({ preventScroll: true });
  }
}

/** Keys of fields whose text is on its way to the workbook. @type {Set<string>} */
export const savingKeys = new Set();

/** @typedef {{ key: string, value: string, wrong: Element | null }} Kept */

/**
 * Fields with a text that the workbook does not have: what is being typed, what is on its way, and what was no value or refused.
 * @param {HTMLElement} parent
 * @returns {Kept[]}
 */
function unsavedFields(parent) {
  /** @type {Kept[]} */
  const found = [];
  for (const field of /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (parent.querySelectorAll('input[data-saved], textarea[data-saved]'))) {
    const key = field.dataset.key ?? '';
    const invalid = field.getAttribute('aria-invalid') === 'true';
    const typed = field.value !== field.dataset.saved && (field === document.activeElement || invalid);
    if (!typed && !savingKeys.has(key)) continue;
    const beside = field.nextElementSibling;
    found.push({ key, value: field.value, wrong: invalid && beside?.classList.contains('field-wrong') ? beside : null });
  }
  return found;
}

/**
 * @param {HTMLElement} parent
 * @param {Kept} kept
 */
function giveBack(parent, kept) {
  const field = parent.querySelector(`[data-key="${CSS.escape(kept.key)}"]`);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.value === kept.value) return;
  field.value = kept.value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  if (kept.wrong) {
    field.setAttribute('aria-invalid', 'true');
    field.after(kept.wrong);
  }
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement | null} field
 * @returns {[number, number] | null}
 */
function caretOf(field) {
  if (!field || field.selectionStart === null) return null;
  return [field.selectionStart, field.selectionEnd ?? field.selectionStart];
}

/**
 * A lamp with its character, so that it never speaks by colour alone.
 * @param {string} lamp 绿, 黄, 红 or ○.
 * @param {string} [why] The sentence why, as a tooltip.
 * @param {string} [spoken] What a screen reader says.
 */
export function lampMark(lamp, why, spoken) {
  const kind = lampClass(lamp);
  return element(`span.lamp.lamp-${kind}`, { text: lamp || '○', title: said(why ?? '') || null, role: 'img', 'aria-label': [spoken || lamp, said(why ?? '')].filter(Boolean).join(' ') });
}

/**
 * @param {string} lamp
 * @returns {'green' | 'yellow' | 'red' | 'none'}
 */
export function lampClass(lamp) {
  return lamp === '绿' ? 'green' : lamp === '黄' ? 'yellow' : lamp === '红' ? 'red' : 'none';
}

/**
 * What a view shows where it has no rows: what belongs there and the one next step.
 * @param {string} title
 * @param {string} text
 * @param {{ label: string, run: () => void } | null} [step]
 */
export function emptyState(title, text, step = null) {
  return element('div.empty', {},
    element('h2', { text: title }),
    element('p', { text }),
    step && element('button.button.primary', { type: 'button', text: step.label, on: { click: step.run } }));
}
