// Moving a due date: by dragging, or with the arrow keys. It is saved once and said, with undo.
import { element } from '../../parts/element.js';
import { dueWords, lastDay, shiftDay, shiftMonth } from '../../parts/calendar.js';
import { askFirst, undoOf } from '../../parts/view.js';
import { composing } from '../../lib/keys.js';

/** How long the arrow keys must rest before the new date is saved, in milliseconds. */
const REST = 900;

/**
 * @typedef {object} Moved
 * @property {string} due As precise as it was written.
 * @property {string} what
 * @property {string} as_of
 * @property {boolean} finished What is finished moves only after a question.
 * @property {() => void} open What a plain click or Enter opens.
 * @property {(due: string) => Promise<import('../../wire').Applied>} save
 * @property {(x: number) => void} follow What moves along.
 */

/**
 * @param {import('../../lib/app.js').App} app
 * @param {HTMLElement} mark
 * @param {import('./scale.js').Scale} scale
 * @param {Moved} moved
 */
export function movable(app, mark, scale, moved) {
  if (!app.workbook.may.includes('edit_plan')) {
    mark.addEventListener('click', moved.open);
    return;
  }
  let to = moved.due;
  /** @type {HTMLElement | null} */
  let label = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  let dragged = false;

  const place = () => {
    const x = scale.at(lastDay(to), true);
    mark.style.left = `${x}px`;
    moved.follow(x);
    if (!label) {
      label = element('span.timeline-label', { role: 'status' });
      mark.parentElement?.append(label);
    }
    label.textContent = dueWords(to, app.language);
    label.style.left = `${x}px`;
  };
  const back = () => {
    clearTimeout(rest);
    rest = undefined;
    to = moved.due;
    place();
    label?.remove();
    label = null;
  };
  const save = async () => {
    clearTimeout(rest);
    rest = undefined;
    label?.remove();
    label = null;
    if (to === moved.due) return;
    const now = to;
    if (moved.finished && !(await askFirst(app, { title: app.t('timeline.finished', { what: moved.what }), text: app.t('timeline.finished.text', { from: dueWords(moved.due, app.language), to: dueWords(now, app.language) }), yes: app.t('timeline.finished.yes') }))) {
      back();
      return;
    }
    try {
      const applied = await moved.save(now);
      app.notice(app.t('timeline.moved', { what: moved.what, from: dueWords(moved.due, app.language), to: dueWords(now, app.language) }),
        { action: undoOf(app, applied) });
    } catch {
      back();
    }
  };

  mark.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const start = event.clientX;
    const from = scale.at(lastDay(moved.due), true);
    dragged = false;
    mark.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ next) => {
      const by = next.clientX - start;
      if (!dragged && Math.abs(by) < 4) return;
      dragged = true;
      mark.classList.add('moving');
      const day = scale.day(from + by - 1);
      to = moved.due.length === 10 ? day : day.slice(0, 7);
      place();
    };
    const end = (/** @type {PointerEvent} */ next) => {
      mark.removeEventListener('pointermove', move);
      mark.removeEventListener('pointerup', end);
      mark.removeEventListener('pointercancel', end);
      mark.classList.remove('moving');
      if (!dragged) return;
      if (next.type === 'pointercancel') back();
      else save();
    };
    mark.addEventListener('pointermove', move);
    mark.addEventListener('pointerup', end);
    mark.addEventListener('pointercancel', end);
  });
  mark.addEventListener('click', (event) => {
    if (dragged) {
      event.preventDefault();
      dragged = false;
    } else if (!rest) moved.open();
  });
  mark.addEventListener('keydown', (event) => {
    if (composing(event) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      const by = event.key === 'ArrowRight' ? 1 : -1;
      to = event.shiftKey ? shiftMonth(to, by * 3) : to.length === 10 ? shiftDay(to, by) : shiftMonth(to, by);
      place();
      clearTimeout(rest);
      rest = setTimeout(save, REST);
    } else if (rest && event.key === 'Enter') {
      event.preventDefault();
      save();
    } else if (rest && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      back();
    }
  });
  mark.addEventListener('blur', () => { if (rest) save(); });
}
