// The grid itself: only the lines in sight are in the page, so that 100,000 rows scroll as easily as a hundred.
//
// It is our own because the ledger needs what grid libraries do not give together under a strict content policy: headings over the full
// width that fold, rows of one or two lines, one guard for input methods, cells that save themselves and keep what was typed when saving
// fails, and rows changed in place from the answer of an edit without drawing the rest again. A row costs nothing but its data.
import { element } from '../../parts/element.js';

/** @typedef {import('./rows.js').Line} Line */
/** @typedef {import('./columns.js').Column} Column */

/** Lines drawn above and below what is in sight. */
const MARGIN = 8;

/** Under which a row keeps the width of its title in type sizes, measured once. */
const WIDTH = Symbol('width');

/** How wide a text is, about, in type sizes: Chinese is square, the rest about half as wide. @param {string} text */
function widthOf(text) {
  let width = 0;
  for (let place = 0; place < text.length; place += 1) width += text.charCodeAt(place) > 0x2e80 ? 1 : 0.56;
  return width;
}

/**
 * @typedef {object} GridModel
 * @property {(line: Line & { kind: 'row' }, column: string) => (Node | string)[]} cell
 * @property {(line: Line & { kind: 'head' }) => (Node | string)[]} head
 * @property {(line: import('./rows.js').Adding) => (Node | string)[]} adding What stands where a task can be added.
 * @property {() => HTMLElement | null} typing The field that takes what is typed; it has the focus instead of the grid.
 * @property {(column: Column) => (Node | string)[]} columnHead
 * @property {(line: Line) => boolean} isChosen
 * @property {(id: string) => boolean} isOpen Whether the row is the one in the detail pane.
 * @property {(choice: { line: Line, column: string, event: MouseEvent }) => void} clicked
 * @property {(choice: { line: Line, column: string }) => void} doubleClicked
 * @property {(column: string, width: number, isFinal: boolean) => void} resized
 * @property {(column: string, before: string) => void} moved
 * @property {() => void} activated
 * @property {(column: string) => boolean} takesFill Whether a cell of the column can be filled down by its handle.
 * @property {() => void} fill Fills the range from its first row.
 * @property {string} label
 */

/**
 * @param {HTMLElement} place
 * @param {GridModel} model
 */
export function createGrid(place, model) {
  const head = element('div.grid-head', { role: 'rowgroup' });
  const body = element('div.grid-body', { role: 'rowgroup' });
  const scroller = element('div.grid', { role: 'treegrid', tabIndex: 0, 'aria-label': model.label, 'aria-multiselectable': 'true', data: { key: 'grid' } }, head, body);
  place.append(scroller);

  /** @type {Line[]} */
  let lines = [];
  /** @type {Column[]} */
  let columns = [];
  /** Top of each line in pixels, and the whole height behind the last. */
  let tops = new Float64Array(1);
  /** @type {Map<number, HTMLElement>} */
  let drawn = new Map();
  let row = 0;
  let column = 0;
  let anchor = { row: 0, column: 0 };
  let titleWidth = 0;
  let rowHeight = 32;
  let size = 14;

  const measure = () => {
    const style = getComputedStyle(document.documentElement);
    rowHeight = parseFloat(style.getPropertyValue('--row')) || 32;
    size = parseFloat(style.getPropertyValue('--size')) || 14;
    const cell = /** @type {HTMLElement | null} */ (head.querySelector('[data-column="title"]'));
    titleWidth = (cell?.clientWidth ?? 300) - 20;
    // a cell that stays is a layer of its own in WebKit, a hundred in sight: only where there is something to scroll under it
    scroller.classList.toggle('wide', 32 + columns.reduce((sum, one) => sum + one.width, 0) > scroller.clientWidth);
  };

  /** Whether a row's title needs more than one line. @param {import('../../wire').LedgerRow} data */
  const isLong = (data) => {
    const kept = /** @type {any} */ (data);
    kept[WIDTH] ??= widthOf(data.title);
    return kept[WIDTH] * size > titleWidth;
  };

  const layOut = () => {
    measure();
    const two = Math.round(rowHeight + size * 1.4);
    tops = new Float64Array(lines.length + 1);
    for (let place = 0; place < lines.length; place += 1) {
      const line = lines[place];
      tops[place + 1] = tops[place] + (line.kind === 'row' && isLong(line.row) ? two : rowHeight);
    }
    body.style.height = `${tops[lines.length]}px`;
  };

  /** The line at a height. @param {number} y */
  const lineAt = (y) => {
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle + 1] <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const drawHead = () => {
    const grid = columns.map((one) => (one.grows ? `minmax(${one.width}px, ${one.grows}fr)` : `${one.width}px`)).join(' ');
    scroller.style.setProperty('--columns', `32px ${grid}`);
    scroller.style.setProperty('--narrowest', `${32 + columns.reduce((sum, one) => sum + one.width, 0)}px`);
    scroller.setAttribute('aria-colcount', String(columns.length + 1));
    let left = 32;
    head.replaceChildren(element('div.grid-row', { role: 'row', 'aria-rowindex': 1 },
      element('div.grid-cell.check.sticky', { role: 'columnheader', style: { '--left': '0px' }, data: { column: 'check' } }, ...model.columnHead({ key: 'check', width: 32 })),
      ...columns.map((one) => {
        const cell = element(`div.grid-cell${one.sticky ? '.sticky' : ''}${one.end ? '.end' : ''}${one.right ? '.right' : ''}`, { role: 'columnheader', data: { column: one.key }, style: one.sticky ? { '--left': `${left}px` } : {} }, ...model.columnHead(one), handle(one));
        if (one.sticky) left += one.width;
        movable(cell, one);
        return cell;
      })));
  };

  /** The edge of a column, to make it wider or narrower. @param {Column} one */
  const handle = (one) => {
    const edge = element('span.grid-edge', { 'aria-hidden': 'true' });
    edge.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const start = event.clientX;
      const cell = /** @type {HTMLElement} */ (edge.parentElement);
      const from = cell.getBoundingClientRect().width;
      edge.setPointerCapture(event.pointerId);
      let width = from;
      const move = (/** @type {PointerEvent} */ moved) => {
        width = Math.round(Math.max(40, Math.min(900, from + moved.clientX - start)));
        model.resized(one.key, width, false);
      };
      const end = () => {
        edge.removeEventListener('pointermove', move);
        if (width !== from) model.resized(one.key, width, true);
      };
      edge.addEventListener('pointermove', move);
      edge.addEventListener('pointerup', end, { once: true });
      edge.addEventListener('pointercancel', end, { once: true });
    });
    return edge;
  };

  /** Lets a column be dragged before another. @param {HTMLElement} cell @param {Column} one */
  const movable = (cell, one) => {
    if (one.sticky) return;
    cell.draggable = true;
    cell.addEventListener('dragstart', (event) => { event.dataTransfer?.setData('application/x-planbook-column', one.key); });
    cell.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('application/x-planbook-column')) return;
      event.preventDefault();
      cell.classList.add('drop');
    });
    cell.addEventListener('dragleave', () => cell.classList.remove('drop'));
    cell.addEventListener('drop', (event) => {
      cell.classList.remove('drop');
      const from = event.dataTransfer?.getData('application/x-planbook-column');
      if (from && from !== one.key) model.moved(from, one.key);
    });
  };

  const inRange = (/** @type {number} */ r, /** @type {number} */ c) => r >= Math.min(anchor.row, row) && r <= Math.max(anchor.row, row) && c >= Math.min(anchor.column, column) && c <= Math.max(anchor.column, column);
  const isRange = () => anchor.row !== row || anchor.column !== column;

  /** @param {number} place */
  const make = (place) => {
    const line = lines[place];
    const style = { top: `${tops[place]}px`, height: `${tops[place + 1] - tops[place]}px` };
    if (line.kind === 'add') {
      return element(`div.grid-row.grid-adding${place === row ? '.active' : ''}`, { role: 'row', 'aria-rowindex': place + 2, style, data: { place } },
        element('div.grid-cell', { role: 'gridcell', id: `cell-${place}-0`, 'aria-colspan': columns.length + 1, style: { 'padding-left': `${8 + Math.max(0, line.level - 1) * 18}px` }, data: { column: 'title' } }, ...model.adding(line)));
    }
    if (line.kind === 'head') {
      const isActive = place === row;
      return element(`div.grid-row.grid-heading${isActive ? '.active' : ''}`, { role: 'row', 'aria-rowindex': place + 2, 'aria-expanded': String(!line.folded), style, data: { place, level: line.level } },
        element('div.grid-cell', { role: 'gridcell', id: `cell-${place}-0`, 'aria-colspan': columns.length + 1, style: { 'padding-left': `${8 + Math.max(0, line.level - 1) * 18}px` }, data: { column: 'title' } }, ...model.head(line)));
    }
    const chosen = model.isChosen(line);
    const two = tops[place + 1] - tops[place] > rowHeight;
    let left = 32;
    return element(`div.grid-row${chosen ? '.chosen' : ''}${two ? '.two' : ''}${model.isOpen(line.id) ? '.open' : ''}`, { role: 'row', 'aria-rowindex': place + 2, 'aria-selected': String(chosen), style, data: { place, id: line.id } },
      element('div.grid-cell.check.sticky', { role: 'gridcell', style: { '--left': '0px' }, data: { column: 'check' } }, element('span.grid-check', { 'aria-hidden': 'true', text: chosen ? '✓' : '' })),
      ...columns.map((one, c) => {
        const cell = element(`div.grid-cell${one.sticky ? '.sticky' : ''}${one.end ? '.end' : ''}${one.right ? '.right.number' : ''}${place === row && c === column ? '.active' : ''}${isRange() && inRange(place, c) ? '.ranged' : ''}`, {
          role: 'gridcell', id: `cell-${place}-${c}`, 'aria-colindex': c + 2, data: { column: one.key }, style: one.sticky ? { '--left': `${left}px` } : {},
        }, ...model.cell(line, one.key));
        if (one.sticky) left += one.width;
        return cell;
      }));
  };

  // the little square in the corner of the active cell: drawn down, it fills the cells below, as in a spreadsheet
  const corner = element('span.grid-handle', { 'aria-hidden': 'true' });
  const placeHandle = () => {
    const cell = drawn.get(row)?.children[column + 1];
    if (cell && lines[row]?.kind === 'row' && !isRange() && columns[column] && model.takesFill(columns[column].key)) cell.append(corner);
    else corner.remove();
  };

  let frame = 0;
  const soon = () => { if (!frame) frame = requestAnimationFrame(() => { frame = 0; show(); }); };

  const show = () => {
    const height = scroller.clientHeight - head.offsetHeight;
    const first = Math.max(0, lineAt(scroller.scrollTop) - MARGIN);
    const last = Math.min(lines.length, lineAt(scroller.scrollTop + height) + 1 + MARGIN);
    for (const [place, made] of drawn) {
      if (place < first || place >= last) {
        made.remove();
        drawn.delete(place);
      }
    }
    for (let place = first; place < last; place += 1) {
      if (drawn.has(place)) continue;
      const made = make(place);
      drawn.set(place, made);
      body.append(made);
    }
    placeHandle();
    const active = drawn.has(row) ? `cell-${row}-${lines[row]?.kind === 'row' ? column : 0}` : '';
    scroller.setAttribute('aria-activedescendant', active);
    model.typing()?.setAttribute('aria-activedescendant', active);
  };

  /** Marks the active cell and the range in what is drawn. */
  const mark = () => {
    const ranged = isRange();
    for (const [place, made] of drawn) {
      if (lines[place].kind !== 'row') {
        made.classList.toggle('active', place === row);
        continue;
      }
      for (let c = 0; c < columns.length; c += 1) {
        const { classList } = made.children[c + 1];
        classList.toggle('active', place === row && c === column);
        classList.toggle('ranged', ranged && inRange(place, c));
      }
    }
    placeHandle();
  };

  /** Draws the lines in sight anew. */
  const again = () => {
    for (const made of drawn.values()) made.remove();
    drawn = new Map();
    show();
  };

  const reveal = () => {
    if (!lines.length) return;
    const height = scroller.clientHeight - head.offsetHeight;
    if (tops[row] < scroller.scrollTop) scroller.scrollTop = tops[row];
    else if (tops[row + 1] > scroller.scrollTop + height) scroller.scrollTop = tops[row + 1] - height;
    const cell = /** @type {HTMLElement | null} */ (head.querySelector(`[data-column="${columns[column]?.key}"]`));
    if (cell && !columns[column].sticky && !columns[column].end && lines[row].kind === 'row') {
      const fixed = [...head.querySelectorAll('.sticky')].reduce((sum, one) => sum + /** @type {HTMLElement} */ (one).offsetWidth, 0);
      const end = [...head.querySelectorAll('.end')].reduce((sum, one) => sum + /** @type {HTMLElement} */ (one).offsetWidth, 0);
      if (cell.offsetLeft - fixed < scroller.scrollLeft) scroller.scrollLeft = cell.offsetLeft - fixed;
      else if (cell.offsetLeft + cell.offsetWidth > scroller.scrollLeft + scroller.clientWidth - end) scroller.scrollLeft = cell.offsetLeft + cell.offsetWidth - scroller.clientWidth + end;
    }
  };

  scroller.addEventListener('scroll', soon, { passive: true });
  scroller.addEventListener('focus', () => model.typing()?.focus({ preventScroll: true }));
  const watch = new ResizeObserver(() => {
    const before = titleWidth;
    measure();
    if (before !== titleWidth) {
      layOut();
      again();
    } else soon();
  });
  watch.observe(scroller);

  /** @param {Event} event */
  const hit = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const at = /** @type {HTMLElement | null} */ (target.closest('.grid-body .grid-row'));
    const cell = /** @type {HTMLElement | null} */ (target.closest('.grid-cell'));
    if (!at || !cell) return null;
    const place = Number(at.dataset.place);
    return { place, line: lines[place], column: cell.dataset.column ?? 'title' };
  };
  /** While the button is down, the range follows the pointer. @param {boolean} fills */
  const follow = (fills) => {
    const start = { row, column };
    /** @param {MouseEvent} event */
    const moved = (event) => {
      const found = hit(event);
      if (!found || found.line.kind !== 'row') return;
      const c = fills ? start.column : columns.findIndex((one) => one.key === found.column);
      const r = fills ? Math.max(start.row, found.place) : found.place;
      if (c >= 0 && (r !== row || c !== column)) api.activate(r, c, true);
    };
    const released = () => {
      body.removeEventListener('mousemove', moved);
      window.removeEventListener('mouseup', released);
      scroller.classList.remove('dragging');
      if (fills && isRange()) model.fill();
    };
    scroller.classList.add('dragging');
    body.addEventListener('mousemove', moved);
    window.addEventListener('mouseup', released);
  };

  body.addEventListener('mousedown', (event) => {
    const found = hit(event);
    if (!found || event.button !== 0) return;
    const c = columns.findIndex((one) => one.key === found.column);
    if (event.target === corner) {
      event.preventDefault();
      follow(true);
      return;
    }
    if (event.shiftKey) event.preventDefault();
    api.activate(found.place, c < 0 ? column : c, event.shiftKey && c >= 0);
    if (c >= 0 && found.line.kind === 'row' && !event.shiftKey) follow(false);
  });
  body.addEventListener('click', (event) => {
    const found = hit(event);
    if (found) model.clicked({ line: found.line, column: found.column, event });
  });
  body.addEventListener('dblclick', (event) => {
    const found = hit(event);
    if (found) model.doubleClicked({ line: found.line, column: found.column });
  });

  const api = {
    scroller,
    get lines() { return lines; },
    get row() { return row; },
    get line() { return lines[row]; },
    get column() { return columns[column]?.key ?? 'title'; },
    get columns() { return columns; },

    /** Rows and columns of the range, at least the active cell. */
    range() {
      const from = Math.min(anchor.row, row);
      const to = Math.max(anchor.row, row);
      return { rows: lines.slice(from, to + 1), columns: columns.slice(Math.min(anchor.column, column), Math.max(anchor.column, column) + 1).map((one) => one.key), first: from, isRange: isRange() };
    },

    /** @param {Column[]} next */
    setColumns(next) {
      const key = columns[column]?.key;
      columns = next;
      column = Math.max(0, columns.findIndex((one) => one.key === key));
      anchor.column = column;
      drawHead();
      layOut();
      again();
    },

    /** New lines; the active line stays the same task where it is still there. @param {Line[]} next */
    setLines(next) {
      const id = lines[row]?.id;
      const sight = scroller.scrollTop;
      const offset = id ? tops[row] - sight : 0;
      lines = next;
      const found = id ? lines.findIndex((line) => line.id === id) : -1;
      row = found >= 0 ? found : Math.min(row, Math.max(0, lines.length - 1));
      anchor = { row, column };
      layOut();
      if (found >= 0 && offset >= 0 && offset < scroller.clientHeight) scroller.scrollTop = tops[row] - offset;
      scroller.setAttribute('aria-rowcount', String(lines.length + 1));
      again();
    },

    /** Draws the head again, for sorting and choosing. */
    drawHead,

    /** Draws what is in sight again. */
    again,

    /** Lays everything out again, for another type size. */
    layOut() {
      layOut();
      again();
    },

    /**
     * @param {number} r
     * @param {number} c
     * @param {boolean} [extends_] Whether the range grows to there.
     */
    activate(r, c, extends_ = false) {
      if (!lines.length) return;
      row = Math.max(0, Math.min(lines.length - 1, r));
      column = Math.max(0, Math.min(columns.length - 1, c));
      if (!extends_) anchor = { row, column };
      reveal();
      mark();
      show();
      model.activated();
    },

    /** @param {number} dr @param {number} dc @param {boolean} [extends_] */
    move(dr, dc, extends_ = false) { api.activate(row + dr, column + dc, extends_); },

    /** Lines on one page of the grid. */
    get page() { return Math.max(1, Math.floor((scroller.clientHeight - head.offsetHeight) / rowHeight) - 1); },

    /** @param {string} id */
    reveal(id) {
      const place = lines.findIndex((line) => line.id === id);
      if (place >= 0) api.activate(place, column);
      return place >= 0;
    },

    /** The box of the active cell, in the window. */
    box() {
      reveal();
      show();
      const cell = document.getElementById(`cell-${row}-${lines[row]?.kind === 'row' ? column : 0}`);
      return cell?.getBoundingClientRect() ?? null;
    },

    focus() { (model.typing() ?? scroller).focus({ preventScroll: true }); },
    end() {
      watch.disconnect();
      cancelAnimationFrame(frame);
    },
  };
  return api;
}
