// A list to choose from, with a line to find by words or pinyin initials: departments, statuses, values to filter by.
import { element } from '../parts/element.js';
import { composing } from './keys.js';

/**
 * @typedef {object} Option
 * @property {string} value
 * @property {string} label
 * @property {string} [initials]
 * @property {string | number} [note]
 */

/** Options shown at once; more are found by typing. */
const MOST = 200;

/**
 * @param {{ x: number, y: number, width?: number }} at Where the list opens, in the window.
 * @param {object} what
 * @param {string} what.label
 * @param {Option[]} what.options
 * @param {Set<string>} what.chosen
 * @param {boolean} what.several Whether several can be chosen; the list then stays open.
 * @param {string} [what.placeholder]
 * @param {(name: string) => string} [what.fresh] What the row for a new value says; none where no new value can be made.
 * @param {(value: string, isChosen: boolean) => void} what.choose
 * @param {() => void} [what.closed]
 */
export function openPicker(at, what) {
  const before = document.activeElement;
  const list = element('ul', { role: 'listbox', 'aria-multiselectable': String(what.several), 'aria-label': what.label, id: 'picker-list' });
  const field = /** @type {HTMLInputElement} */ (element('input.field', {
    type: 'text', placeholder: what.placeholder ?? '', autocomplete: 'off', spellcheck: false, role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'picker-list', 'aria-label': what.label,
  }));
  const picker = element('div.picker', { role: 'dialog', 'aria-label': what.label }, field, list);
  const chosen = new Set(what.chosen);
  /** @type {Option[]} */
  let shown = [];
  let active = 0;
  let open = true;
  const stop = new AbortController();

  const close = (/** @type {boolean} */ back) => {
    if (!open) return;
    open = false;
    stop.abort();
    picker.remove();
    if (back && before instanceof HTMLElement && before.isConnected) before.focus();
    what.closed?.();
  };
  const mark = (/** @type {number} */ place) => {
    active = shown.length ? (place + shown.length) % shown.length : 0;
    [...list.children].forEach((row, index) => row.classList.toggle('active', index === active));
    list.children[active]?.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', list.children[active]?.id ?? '');
  };
  const take = (/** @type {Option | undefined} */ option) => {
    if (!option) return;
    const now = !chosen.has(option.value);
    if (what.several) {
      if (now) chosen.add(option.value);
      else chosen.delete(option.value);
      what.choose(option.value, now);
      field.value = '';
      draw(option.value);
    } else {
      close(true);
      what.choose(option.value, true);
    }
  };
  const draw = (/** @type {string} */ stay = '') => {
    const words = field.value.trim().toLowerCase();
    const found = what.options.filter((option) => !words || option.label.toLowerCase().includes(words) || option.initials?.includes(words));
    shown = found.slice(0, MOST);
    if (what.fresh && words && !what.options.some((option) => option.label.toLowerCase() === words)) shown.push({ value: field.value.trim(), label: what.fresh(field.value.trim()) });
    list.replaceChildren(...shown.map((option, place) => element('li', {
      role: 'option', id: `picker-${place}`, 'aria-selected': String(chosen.has(option.value)),
      on: { click: () => take(option), pointermove: () => { if (active !== place) mark(place); } },
    }, element('span.picker-mark', { text: chosen.has(option.value) ? '✓' : '', 'aria-hidden': 'true' }), element('span.cut', { text: option.label, title: option.label }), option.note === undefined ? null : element('small', { text: option.note }))));
    const place = stay ? shown.findIndex((option) => option.value === stay) : words ? 0 : Math.max(0, shown.findIndex((option) => chosen.has(option.value)));
    mark(Math.max(0, place));
  };
  field.addEventListener('input', () => draw());
  picker.addEventListener('keydown', (event) => {
    if (composing(event)) return;
    if (event.key === 'ArrowDown') mark(active + 1);
    else if (event.key === 'ArrowUp') mark(active - 1);
    else if (event.key === 'Enter' || (event.key === ' ' && !field.value && what.several)) take(shown[active]);
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') { close(true); event.stopPropagation(); return; } else { event.stopPropagation(); return; }
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener('pointerdown', (event) => { if (event.target instanceof Node && !picker.contains(event.target)) close(false); }, { capture: true, signal: stop.signal });
  window.addEventListener('resize', () => close(false), { signal: stop.signal });
  (document.querySelector('dialog[open]') ?? document.body).append(picker);
  if (at.width) picker.style.minWidth = `${at.width}px`;
  draw();
  const box = picker.getBoundingClientRect();
  picker.style.left = `${Math.max(6, Math.min(at.x, innerWidth - box.width - 6))}px`;
  picker.style.top = `${Math.max(6, Math.min(at.y, innerHeight - box.height - 6))}px`;
  field.focus();
  return () => close(true);
}
