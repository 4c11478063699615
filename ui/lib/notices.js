// What the window says by itself: notices that pass, banners that last, and work that takes a while.
import { element } from '../parts/element.js';
import { t } from './words.js';

/** How long a notice stays, in milliseconds; one with something to do stays longer. */
const STAY = 5000;
const STAY_WITH_ACTION = 9000;

/** At most so many notices at once. */
const MOST = 3;

/** @param {HTMLElement} bannerPlace */
export function createNotices(bannerPlace) {
  const place = element('div.notices', { role: 'status', 'aria-live': 'polite' });
  /** @type {Map<string, HTMLElement>} */
  const banners = new Map();

  return {
    place,

    /**
     * @param {string} text
     * @param {{ action?: { label: string, run: () => unknown } | null }} [options]
     */
    notice(text, options = {}) {
      for (const shown of [...place.children]) if (shown.firstElementChild?.textContent === text) shown.remove();
      const action = options.action;
      const leave = () => shown.remove();
      const shown = element('div.notice', {},
        element('span', { text }),
        action && element('button', { type: 'button', text: action.label, on: { click: () => { leave(); action.run(); } } }),
        element('button.dismiss', { type: 'button', text: '×', 'aria-label': t('notice.dismiss'), on: { click: leave } }));
      let timer = setTimeout(leave, action ? STAY_WITH_ACTION : STAY);
      shown.addEventListener('pointerenter', () => clearTimeout(timer));
      shown.addEventListener('focusin', () => clearTimeout(timer));
      shown.addEventListener('pointerleave', () => { timer = setTimeout(leave, STAY); });
      place.append(shown);
      while (place.children.length > MOST) place.firstElementChild?.remove();
      // a modal dialog makes everything outside it dead: what is said must stand above it
      const modal = document.querySelector('dialog[open]:last-of-type');
      (modal ?? document.body).append(place);
    },

    /**
     * A banner that lasts until it is taken away.
     * @param {string} key
     * @param {string | null} text None takes it away.
     * @param {{ bad?: boolean, action?: { label: string, run: () => unknown } | null }} [options]
     */
    banner(key, text, options = {}) {
      banners.get(key)?.remove();
      banners.delete(key);
      if (!text) return;
      const action = options.action;
      const shown = element(`div.banner${options.bad ? '.bad' : ''}`, { role: options.bad ? 'alert' : 'status' },
        element('span', { text }),
        action && element('button.button.small', { type: 'button', text: action.label, on: { click: action.run } }));
      banners.set(key, shown);
      bannerPlace.append(shown);
    },

    /**
     * Shows that something takes a while, once it has.
     * @template T
     * @param {Promise<T>} work
     * @param {string} text
     * @returns {Promise<T>}
     */
    async busy(work, text) {
      const shown = element('div.busy', { role: 'status', text });
      const soon = setTimeout(() => document.body.append(shown), 180);
      try {
        return await work;
      } finally {
        clearTimeout(soon);
        shown.remove();
      }
    },
  };
}
