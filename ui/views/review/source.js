// The source text on the left: the sentence of the row lights up, a click finds the row, marked text becomes a row.
import { element } from '../../parts/element.js';

/** Where a heading starts. */
const HEADING = /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])/;

/** Longer lines are shown in pieces, in characters. */
const LONG = 160;

/**
 * Some documents hold a whole page in one line: it is shown in pieces that begin at its headings. All pieces together are the line.
 * @param {string} line
 */
function pieces(line) {
  return line.length <= LONG ? [line] : line.split(/(?<= )(?=[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、]\D|——|专栏|附件)/);
}

/**
 * @param {HTMLElement} place
 * @param {{ label: string, clicked: (at: number) => void, marked: (from: number, to: number, box: DOMRect) => void, unmarked: () => void }} model
 */
export function createSource(place, model) {
  const sheet = element('div.source-sheet', { lang: 'zh-CN' });
  const scroller = element('div.source', { tabIndex: 0, role: 'region', 'aria-label': model.label }, sheet);
  place.append(scroller);
  /** @type {{ from: number, text: string, node: HTMLElement }[]} */
  let paragraphs = [];
  /** @type {HTMLElement[]} */
  let lit = [];

  /** @param {string} text */
  function show(text) {
    paragraphs = [];
    let from = 0;
    for (const line of text.split('\n')) {
      let at = from;
      for (const piece of pieces(line)) {
        paragraphs.push({ from: at, text: piece, node: element('p', { text: piece, class: piece.length < 40 && HEADING.test(piece) ? 'source-head' : '' }) });
        at += piece.length;
      }
      from += line.length + 1;
    }
    sheet.replaceChildren(...paragraphs.map((paragraph) => paragraph.node));
  }

  /** The paragraphs of a span. @param {number} from @param {number} to */
  function within(from, to) {
    let low = 0;
    let high = paragraphs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (paragraphs[middle].from + paragraphs[middle].text.length < from) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let at = low; at < paragraphs.length && paragraphs[at].from < to; at += 1) found.push(paragraphs[at]);
    return found;
  }

  /**
   * Lights up a span, with a shorter one inside it brighter.
   * @param {[number, number] | null | undefined} span
   * @param {[number, number] | null | undefined} around What the span stands in, lit faintly.
   */
  function light(span, around) {
    for (const node of lit) {
      const paragraph = paragraphs.find((one) => one.node === node);
      if (paragraph) node.replaceChildren(paragraph.text);
    }
    lit = [];
    const outer = around ?? span;
    if (!span || !outer) return;
    const whole = [Math.min(span[0], outer[0]), Math.max(span[1], outer[1])];
    for (const paragraph of within(whole[0], whole[1])) {
      const cut = (/** @type {number} */ at) => Math.max(0, Math.min(paragraph.text.length, at - paragraph.from));
      const edges = [...new Set([0, cut(outer[0]), cut(outer[1]), cut(span[0]), cut(span[1]), paragraph.text.length])].sort((a, b) => a - b);
      const parts = [];
      for (let place = 0; place + 1 < edges.length; place += 1) {
        const at = paragraph.from + edges[place];
        const text = paragraph.text.slice(edges[place], edges[place + 1]);
        if (at >= span[0] && at < span[1]) parts.push(element('mark.lit', { text }));
        else if (around && at >= around[0] && at < around[1]) parts.push(element('mark.near', { text }));
        else parts.push(text);
      }
      paragraph.node.replaceChildren(...parts);
      lit.push(paragraph.node);
    }
    const target = /** @type {HTMLElement | null} */ (sheet.querySelector('mark.lit'));
    if (!target) return;
    const box = target.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) scroller.scrollTop += box.top - frame.top - Math.min(frame.height / 3, 160);
  }

  /** The place in the text of a point in the page. @param {Node} node @param {number} offset */
  function placeOf(node, offset) {
    const paragraph = paragraphs.find((one) => one.node === node || one.node.contains(node));
    if (!paragraph) return null;
    const range = document.createRange();
    range.setStart(paragraph.node, 0);
    range.setEnd(node, offset);
    return paragraph.from + range.toString().length;
  }

  /** What is marked now. */
  function marked() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!sheet.contains(range.commonAncestorContainer)) return null;
    const from = placeOf(range.startContainer, range.startOffset);
    const to = placeOf(range.endContainer, range.endOffset);
    return from === null || to === null || to <= from ? null : { from, to, box: range.getBoundingClientRect() };
  }

  scroller.addEventListener('mouseup', () => setTimeout(() => {
    const found = marked();
    if (found) {
      model.marked(found.from, found.to, found.box);
      return;
    }
    model.unmarked();
    const selection = document.getSelection();
    const at = selection?.focusNode ? placeOf(selection.focusNode, selection.focusOffset) : null;
    if (at !== null) model.clicked(at);
  }));
  scroller.addEventListener('keyup', (event) => {
    if (!event.shiftKey && event.key !== 'Shift') return;
    const found = marked();
    if (found) model.marked(found.from, found.to, found.box);
  });
  for (const leaves of ['wheel', 'pointerdown']) scroller.addEventListener(leaves, () => model.unmarked(), { passive: true });
  return { show, light, scroller };
}
