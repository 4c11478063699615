// What every part of the task pane is made of.
import { element } from '../../parts/element.js';

/**
 * @param {string} title
 * @param {(HTMLElement | string | null | false)[]} children
 * @param {HTMLElement | null | false} [aside]
 * @param {string} [name] Under which the pane's anchors find it.
 */
export function part(title, children, aside = null, name = '') {
  return element('section.detail-part', { data: name ? { part: name } : {} }, element('h3', {}, element('span', { text: title }), aside), ...children);
}

/** @param {string} op */
export function opMark(op) {
  return op === '>=' ? '≥ ' : op === '<=' ? '≤ ' : op === '~' ? '≈ ' : '';
}
