// The views in the order of the rail, and how they come and go.
import { element } from '../parts/element.js';

/** Views with a place in the rail and a key, Alt+1 to Alt+9. */
export const RAIL = ['overview', 'ledger', 'departments', 'indicators', 'timeline', 'reports', 'exchange', 'history', 'settings'];

/** Views that need no open workbook. */
const WITHOUT_WORKBOOK = new Set(['start']);

const LAST = 'planbook.view';

/** @typedef {{ name: string, mount: (root: HTMLElement, app: any, params?: any) => import('./app.js').Mounted }} View */

/**
 * Shows one view at a time in a place.
 * @param {import('./app.js').App} app
 * @param {HTMLElement} place
 * @param {(view: string) => void} shown
 */
export function createViews(app, place, shown) {
  /** @type {import('./app.js').Mounted | null} */
  let mounted = null;
  /** @type {Record<string, any>} */
  let params = {};
  let going = 0;

  /**
   * @param {string} name
   * @param {Record<string, any>} [given]
   */
  async function go(name, given = {}) {
    const mine = ++going;
    const next = app.isOpen || WITHOUT_WORKBOOK.has(name) ? name : 'start';
    /** @type {{ default: View }} */
    let loaded;
    try {
      loaded = await import(`../views/${next}.js`);
    } catch (error) {
      console.error(error);
      app.notice(app.t('view.missing', { view: app.t(`view.${next}`) }));
      return;
    }
    if (mine !== going) return;
    leave();
    params = given;
    app.view = next;
    app.setSelected(0);
    if (next !== 'start') sessionStorage.setItem(LAST, next);
    const root = element('div.page', { data: { view: next } });
    place.replaceChildren(root);
    shown(next);
    mounted = loaded.default.mount(root, app, given) ?? null;
  }

  function leave() {
    mounted?.unmount?.();
    mounted = null;
  }

  for (const happening of /** @type {const} */ (['changed', 'quarter', 'plan', 'workbook'])) {
    app.on(happening, (change) => { if (app.isOpen || app.view === 'start') mounted?.update?.(change); });
  }
  return {
    go,
    /**
     * Gives files dropped on the window to the view.
     * @param {string[]} paths
     * @param {Element | null} at
     * @returns {boolean} Whether it took them.
     */
    drop: (paths, at) => mounted?.drop?.(paths, at) ?? false,
    /** The same view again, for another language. */
    again: () => go(app.view, params),
    /** The view shown last in this window. */
    last: () => sessionStorage.getItem(LAST) ?? 'overview',
  };
}
