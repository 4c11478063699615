// What marked text of the source can become, beside it.
import { element } from '../../parts/element.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('./rows.js').Row} Row */

/** Kinds in the order in which they are offered. @type {Row['kind'][]} */
const MARKED = ['target', 'milestone', 'item', 'task'];

/**
 * Shows the kinds over the marked text; the caller takes them away.
 * @param {App} app
 * @param {DOMRect} box Where the marked text stands.
 * @param {(kind: Row['kind']) => void} add
 */
export function markBubble(app, box, add) {
  const buttons = MARKED.map((kind) => element('button', {
    type: 'button', text: app.t(`review.mark.${kind}`), on: { mousedown: (/** @type {Event} */ event) => event.preventDefault(), click: () => add(kind) },
  }));
  const bubble = element('div.review-bubble', { role: 'toolbar', 'aria-label': app.t('review.mark') }, element('span', { text: app.t('review.mark') }), ...buttons);
  document.body.append(bubble);
  const own = bubble.getBoundingClientRect();
  bubble.style.left = `${Math.max(90, Math.min(box.left, innerWidth - own.width - 8))}px`;
  bubble.style.top = `${box.top - own.height - 6 < 50 ? box.bottom + 6 : box.top - own.height - 6}px`;
  return bubble;
}
