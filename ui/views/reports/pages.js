// The pages of a report, drawn by pdf.js from the very PDF that is exported. Old pages stay until the new ones are there, and a page
// is drawn only when it comes near the window's part that is seen.
import { element } from '../../parts/element.js';

const VENDOR = new URL('../../vendor/pdfjs/', import.meta.url);

/** Where the choice between the whole page and its width is kept. */
const WHOLE = 'planbook.reports.whole';

/** @type {Promise<any> | undefined} */
let library;

/** Loads pdf.js once. */
function pdfjs() {
  library ??= import(/* @vite-ignore */ new URL('pdf.mjs', VENDOR).href).then((loaded) => {
    loaded.GlobalWorkerOptions.workerSrc = new URL('pdf.worker.mjs', VENDOR).href;
    return loaded;
  });
  return library;
}

/** @param {string} base64 */
function bytes(base64) {
  const text = atob(base64);
  const made = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) made[at] = text.charCodeAt(at);
  return made;
}

/** How many marks of one page are laid out: a page of small type has fewer. */
const MOST_MARKS = 400;

/**
 * Lays what leads to rows over a page: one stop of the Tab key, the arrows go on from there.
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').ReportMark[]} marks
 */
function overlay(app, marks) {
  const percent = (/** @type {number} */ part) => `${(part * 100).toFixed(3)}%`;
  const buttons = marks.slice(0, MOST_MARKS).map((mark, at) => {
    const [left, top, width, height] = mark.area;
    const label = mark.department ? app.t('reports.mark.department', { name: mark.department }) : app.t('reports.mark', { count: mark.tasks.length });
    return element('button.report-mark', {
      type: 'button', tabIndex: at ? -1 : 0, 'aria-label': label, title: label,
      style: { left: percent(left), top: percent(top), width: percent(width), height: percent(height) },
      on: {
        click: () => {
          if (mark.department) app.go('ledger', { department: mark.department });
          else if (mark.tasks.length === 1) app.openTask(mark.tasks[0]);
          else app.go('ledger', { tasks: mark.tasks, title: app.t('reports.mark', { count: mark.tasks.length }) });
        },
      },
    });
  });
  const layer = element('div.report-marks', {}, ...buttons);
  layer.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    if (!step || at < 0 || !buttons[at + step]) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[at + step].tabIndex = 0;
    buttons[at + step].focus();
  });
  return layer;
}

/** @param {import('../../lib/app.js').App} app */
export function pageView(app) {
  const sheets = element('div.sheets', {});
  const scroll = element('div.report-pages', { tabIndex: 0, role: 'region', 'aria-label': app.t('reports.preview') }, sheets);
  /** @type {any} */
  let shown = null;
  /** @type {string} */
  let pdf = '';
  /** What leads to rows, page by page. @type {import('../../wire').ReportMark[][]} */
  let marks = [];
  let turn = 0;
  let toTop = false;
  /** @type {IntersectionObserver | undefined} */
  let seen;
  let width = 0;
  let whole = localStorage.getItem(WHOLE) === 'yes';

  const resized = new ResizeObserver(() => {
    if (shown && Math.abs(sheetWidth() - width) > 2) lay(shown, ++turn, true);
  });
  resized.observe(scroll);

  // A4 is 210 by 297
  const sheetWidth = () => (whole ? Math.max(280, Math.floor(((scroll.clientHeight - 32) * 210) / 297)) : Math.max(320, Math.min(860, scroll.clientWidth - 48)));

  /**
   * @param {any} document
   * @param {number} mine
   * @param {boolean} keep Whether the place in the pages stays.
   */
  const lay = async (document, mine, keep) => {
    width = sheetWidth();
    const place = scroll.scrollHeight ? scroll.scrollTop / scroll.scrollHeight : 0;
    const first = await document.getPage(1);
    const sizes = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = number === 1 ? first : await document.getPage(number);
      const { width: wide, height } = page.getViewport({ scale: 1 });
      sizes.push({ page, wide, height });
    }
    const portrait = Math.min(...sizes.map((size) => size.wide));
    const made = sizes.map((size, index) => {
      const scale = (size.wide > portrait * 1.2 ? Math.min(width * 1.2, scroll.clientWidth - 48) : width) / size.wide;
      const sheet = element('div.sheet', { role: 'group', 'aria-label': app.t('reports.page', { page: index + 1, count: sizes.length }), style: { width: `${Math.round(size.wide * scale)}px`, height: `${Math.round(size.height * scale)}px` } });
      return { sheet, draw: () => drawPage(size.page, sheet, scale, overlay(app, marks[index] ?? [])) };
    });
    if (mine !== turn) return;
    // the pages in sight are drawn before they take the old ones' place, so that nothing flashes
    const sight = keep ? place * made.reduce((sum, line) => sum + parseFloat(line.sheet.style.height) + 16, 0) : 0;
    let y = 0;
    /** @type {Promise<void>[]} */
    const near = [];
    const drawn = new Set();
    for (const line of made) {
      const height = parseFloat(line.sheet.style.height) + 16;
      if (y + height > sight && y < sight + scroll.clientHeight) {
        drawn.add(line.sheet);
        near.push(line.draw());
      }
      y += height;
    }
    await Promise.all(near);
    if (mine !== turn) return;
    seen?.disconnect();
    seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        seen?.unobserve(entry.target);
        made.find((line) => line.sheet === entry.target)?.draw();
      }
    }, { root: scroll, rootMargin: '800px 0px' });
    sheets.replaceChildren(...made.map((line) => line.sheet));
    for (const line of made) if (!drawn.has(line.sheet)) seen.observe(line.sheet);
    scroll.scrollTop = keep ? place * scroll.scrollHeight : 0;
  };

  return {
    element: scroll,
    /**
     * @param {string} base64 The PDF.
     * @param {import('../../wire').ReportMark[]} leading What on its pages leads to rows.
     */
    async show(base64, leading) {
      if (base64 === pdf && shown) return;
      const mine = ++turn;
      const keep = !toTop;
      toTop = false;
      const loaded = await pdfjs();
      const document = await loaded.getDocument({
        data: bytes(base64), isEvalSupported: false, useWasm: false, useWorkerFetch: false, disableFontFace: false, enableXfa: false,
      }).promise;
      if (mine !== turn) {
        document.loadingTask?.destroy();
        return;
      }
      const old = shown;
      marks = [];
      for (const mark of leading) (marks[mark.page] ??= []).push(mark);
      shown = document;
      pdf = base64;
      await lay(document, mine, keep);
      old?.loadingTask?.destroy();
    },
    /**
     * Says in the pages' place why there are none.
     * @param {string} text
     * @param {string} hint
     */
    refuse(text, hint) {
      turn += 1;
      pdf = '';
      sheets.replaceChildren(element('div.empty', {}, element('h2', { text }), element('p', { text: hint })));
    },
    toTop() { toTop = true; },
    isWhole: () => whole,
    /** @param {boolean} next Whether a page is seen as a whole. */
    setWhole(next) {
      whole = next;
      localStorage.setItem(WHOLE, next ? 'yes' : 'no');
      if (shown) lay(shown, ++turn, true);
    },
    end() {
      turn += 1;
      resized.disconnect();
      seen?.disconnect();
      shown?.loadingTask?.destroy();
    },
  };
}

/**
 * @param {any} page
 * @param {HTMLElement} sheet
 * @param {number} scale
 * @param {HTMLElement} layer What lies over the page.
 */
async function drawPage(page, sheet, scale, layer) {
  const sharp = Math.min(3, window.devicePixelRatio || 1);
  const viewport = page.getViewport({ scale: scale * sharp });
  const canvas = /** @type {HTMLCanvasElement} */ (element('canvas', { width: Math.floor(viewport.width), height: Math.floor(viewport.height), 'aria-hidden': 'true' }));
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return;
  await page.render({ canvas, canvasContext: context, viewport }).promise;
  sheet.replaceChildren(canvas, layer);
}
