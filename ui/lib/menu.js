// A list that drops down from a button: arrows move, Enter takes, Esc leaves, the focus comes back.
import { element } from '../parts/element.js';
import { composing } from './keys.js';

/**
 * @typedef {object} Choice
 * @property {string} [label]
 * @property {string} [note] Quiet words on the right.
 * @property {string} [title] Tooltip.
 * @property {boolean} [checked] Set where exactly one of the list is chosen.
 * @property {boolean} [disabled]
 * @property {boolean} [rule] A line between.
 * @property {string} [heading] Words above what follows.
 * @property {() => void} [run]
 */

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * Opens a menu below an element.
 * @param {HTMLElement} below
 * @param {Choice[]} choices
 * @param {{ label?: string }} [options]
 */
export function openMenu(below, choices, options = {}) {
  closeOpen?.();
  const menu = element('div.menu', { role: 'menu', 'aria-label': options.label });
  /** The group that follows a heading, until a line ends it. @type {HTMLElement | null} */
  let place = null;
  for (const choice of choices) {
    if (choice.rule) menu.append(place = element('hr', {}));
    else if (choice.heading) menu.append(place = element('div', { role: 'group', 'aria-label': choice.heading }, element('h3', { text: choice.heading, role: 'presentation' })));
    else {
      const known = choice.checked !== undefined;
      const within = place?.getAttribute('role') === 'group' ? place : menu;
      within.append(element('button', {
        type: 'button', role: known ? 'menuitemradio' : 'menuitem', 'aria-checked': known ? String(choice.checked) : null, disabled: choice.disabled ?? false,
        tabIndex: -1, title: choice.title ?? null, on: { click: () => { close(true); choice.run?.(); } },
      }, element('span.cut', { text: choice.label ?? '' }), choice.note ? element('small', { text: choice.note }) : null));
    }
  }
  const items = () => /** @type {HTMLButtonElement[]} */ ([...menu.querySelectorAll('button:not(:disabled)')]);
  const close = (/** @type {boolean} */ back) => {
    if (closeOpen !== leave) return;
    closeOpen = null;
    menu.remove();
    stop.abort();
    below.setAttribute('aria-expanded', 'false');
    if (back && below.isConnected) below.focus();
  };
  const leave = () => close(false);
  const stop = new AbortController();
  closeOpen = leave;
  menu.addEventListener('keydown', (event) => {
    if (composing(event)) return;
    const list = items();
    const at = list.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + (at < 0 ? 1 : 0), Home: 0, End: list.length - 1 }[event.key];
    if (to !== undefined && list.length) list[(to + list.length) % list.length].focus();
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') { close(true); return; }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener('pointerdown', (event) => { if (event.target instanceof Node && !menu.contains(event.target)) leave(); }, { capture: true, signal: stop.signal });
  window.addEventListener('blur', leave, { signal: stop.signal });
  window.addEventListener('resize', leave, { signal: stop.signal });
  (below.closest('dialog') ?? document.body).append(menu);
  const box = below.getBoundingClientRect();
  const own = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(6, Math.min(box.left, innerWidth - own.width - 6))}px`;
  const under = box.bottom + 3;
  menu.style.top = `${under + own.height > innerHeight - 6 ? Math.max(6, box.top - own.height - 3) : under}px`;
  below.setAttribute('aria-haspopup', 'menu');
  below.setAttribute('aria-expanded', 'true');
  (items().find((item) => item.getAttribute('aria-checked') === 'true') ?? items()[0])?.focus();
  return leave;
}
