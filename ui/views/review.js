// 审核: a draft beside its source, row by row, before anything enters the ledger. Leaving keeps it as it stands.
import { element, emptyState } from '../parts/element.js';
import { askFirst } from '../parts/view.js';
import { composing } from '../lib/keys.js';
import { importDocument } from '../lib/files.js';
import { findingsPart, rowLine, underHeadings } from './review/painting.js';
import { createSource } from './review/source.js';
import { rowForm } from './review/form.js';
import { columnTable, withColumn } from './review/columns.js';
import { correctPlan } from './review/plan.js';
import { renameStep, variantLine } from './review/variants.js';
import { allSteps, stepsOf } from './review/steps.js';
import { reviewFoot, reviewHead } from './review/bars.js';
import { markBubble } from './review/bubble.js';
import { markedRow, rowAt } from './review/marking.js';
import { comparedRow, droppedRows, formersOf, shownRows, versionBar, versionSentence } from './review/version.js';
import { afterStep, changeStep, freshId, inverse, mergeStep, nextOpen, progressOf, reviewStep, rowsOf, splitStep, stateOf, withBelow } from './review/rows.js';

/** @typedef {import('../lib/app.js').App} App */
/** @typedef {import('./review/rows.js').Row} Row */
/** @typedef {import('./review/rows.js').Step} Step */
/** @typedef {import('../wire').Draft} Draft */

/** Groups of names that the office said are not one department, while the program runs. */
const notOne = new Set(/** @type {string[]} */ ([]));

export default {
  name: 'review',

  /**
   * @param {HTMLElement} root
   * @param {App} app
   * @param {{ draft?: string }} [params]
   */
  mount(root, app, params = {}) {
    const id = params.draft ?? app.workbook.drafts[0]?.id;
    root.classList.add('review');
    if (!id) {
      root.append(emptyState(app.t('review.none.title'), app.t('review.none.text'), { label: app.t('review.none.step'), run: () => importDocument(app) }));
      return {};
    }
    return mountReview(root, app, id);
  },
};

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {string} id
 */
function mountReview(root, app, id) {
  /** @type {Draft | null} */
  let draft = null;
  let text = '';
  /** @type {string[][]} */
  let variants = [];
  /** @type {import('../wire').Comparison | null} */
  let comparison = null;
  /** @type {import('./review/version.js').Filter} */
  let filter = '';
  /** @type {string[]} */
  let columnWords = [];
  /** Whether the columns of a spreadsheet are shown; they are where one is unknown. @type {boolean | null} */
  let hasColumns = null;
  /** @type {Row[]} */
  let rows = [];
  let current = '';
  let editing = '';
  /** A row that is only in the page until it is kept. @type {Row | null} */
  let fresh = null;
  /** @type {Step[]} */
  const undone = [];
  /** @type {Step[]} */
  const done = [];
  let saving = Promise.resolve();
  let waiting = 0;
  /** An answer that came while a form was open. @type {import('../wire').DraftReview | null} */
  let late = null;
  let isGone = false;
  /** @type {HTMLElement | null} */
  let bubble = null;

  const head = element('header.review-head', {});
  const list = element('div.review-list', {});
  const foot = element('footer.review-foot', {});
  const right = element('section.review-right', { 'aria-label': app.t('review.title') }, head, list, foot);
  const left = element('section.review-left', {});
  root.append(left, right);

  const source = createSource(left, {
    label: app.t('review.source'),
    clicked(at) {
      const row = rowAt(rows, at);
      if (row && !editing) go(row.id, false);
    },
    marked: showBubble,
    unmarked: hideBubble,
  });

  async function load() {
    root.setAttribute('aria-busy', 'true');
    try {
      const answer = await app.call('draft', { id });
      if (isGone) return;
      text = answer.text;
      source.show(text);
      take(answer);
      const first = nextOpen(rows, -1);
      draw();
      // what was unclear is read before the first row is
      const isFresh = !rows.some((row) => stateOf(row) !== 'open');
      go(isFresh && answer.draft.findings.length ? 'F0' : rows[Math.max(0, first)]?.id ?? '', true);
    } catch {
      if (!isGone && !draft) app.go('start');
    } finally {
      root.removeAttribute('aria-busy');
    }
  }

  /** @param {import('../wire').DraftReview} answer */
  function take(answer) {
    draft = answer.draft;
    variants = answer.variants;
    comparison = answer.comparison;
    columnWords = answer.column_words;
    if (!comparison) filter = '';
    rows = rowsOf(answer.draft);
  }

  // ---- steps ----

  /**
   * Takes a step at once and saves it; where saving fails, the draft is read again as it stands in the workbook.
   * @param {Step} step
   * @param {boolean} [isUndo]
   */
  function step_(step, isUndo = false) {
    if (!draft) return;
    const before = draft;
    draft = afterStep(draft, step);
    rows = rowsOf(draft);
    if (!isUndo) {
      done.push(inverse(before, draft));
      undone.length = 0;
    }
    save(step);
  }

  /** @param {Step} step */
  function save(step) {
    waiting += 1;
    saving = saving.then(async () => {
      try {
        const answer = await app.call('save_draft_rows', { id, tasks: [], targets: [], milestones: [], checklist_items: [], removed: [], renamed: [], ...step });
        waiting -= 1;
        const line = app.isOpen ? app.workbook.drafts.find((one) => one.id === id) : null;
        if (!waiting && !isGone) {
          // a form that is open keeps its rows until it is left
          if (editing) late = answer;
          else follow(answer);
        }
        const progress = progressOf(rowsOf(answer.draft));
        if (line) app.setDraft({ ...line, reviewed: progress.reviewed, rows: progress.rows });
      } catch {
        waiting -= 1;
        if (!waiting && !isGone) {
          done.length = 0;
          await load();
        }
      }
    });
  }

  /** The program's answer is what counts; it is drawn where it differs. @param {import('../wire').DraftReview} answer */
  function follow(answer) {
    late = null;
    const shown = JSON.stringify([rows, variants, comparison, draft?.plan]);
    take(answer);
    if (shown !== JSON.stringify([rows, variants, comparison, draft?.plan])) draw();
  }

  function undo() {
    const step = done.pop();
    if (!step || !draft) {
      app.notice(app.t('undo.none'));
      return;
    }
    const before = draft;
    step_(step, true);
    undone.push(inverse(before, /** @type {Draft} */ (draft)));
    draw();
  }

  function redo() {
    const step = undone.pop();
    if (!step || !draft) {
      app.notice(app.t('redo.none'));
      return;
    }
    const before = draft;
    step_(step, true);
    done.push(inverse(before, /** @type {Draft} */ (draft)));
    draw();
  }

  const here = () => rows.find((row) => row.id === current);

  /** @param {boolean} withAll Whether a task's rows are accepted with it. */
  function accept(withAll) {
    const row = here();
    if (!row) return;
    const all = withAll ? withBelow(rows, row).filter((one) => stateOf(one) !== 'dropped' || one === row) : [row];
    step_(reviewStep(all, 'accepted'));
    onward(all);
  }

  /** @param {Row[]} changed */
  function onward(changed) {
    const list = shownRows(rows, comparison, filter);
    const last = Math.max(...changed.map((row) => list.findIndex((one) => one.id === row.id)));
    const next = nextOpen(list, last);
    if (changed.length > 1) draw();
    else for (const row of changed) drawRow(row.id);
    drawHead();
    drawFoot();
    if (next < 0) {
      if (nextOpen(rows, -1) < 0) app.notice(app.t('review.all_done'), { action: { label: app.t('review.confirm.short'), run: confirm } });
      go(list[Math.min(last + 1, list.length - 1)]?.id ?? current, true);
    } else go(list[next].id, true);
  }

  function drop() {
    const row = here();
    if (!row) return;
    if (stateOf(row) === 'dropped') {
      step_(reviewStep([row], 'open'));
      drawRow(row.id);
      drawHead();
      focusRow();
      return;
    }
    const all = withBelow(rows, row);
    step_(reviewStep(all, 'dropped'));
    onward(all);
  }

  function merge() {
    const row = here();
    if (!row) return;
    const made = mergeStep(rows, row, text);
    if (!made) {
      app.notice(app.t('review.merge.none', { kind: app.t(`review.kind.${row.kind}`) }));
      return;
    }
    step_(made.step);
    draw();
    go(made.into, true);
  }

  function split() {
    const row = here();
    if (!row || !draft) return;
    const made = splitStep(draft, rows, row);
    filter = '';
    step_(made.step);
    draw();
    go(made.fresh, true);
    correct();
  }

  /** One more target of the task at hand, written where the document was not read. */
  function add() {
    const row = here();
    if (!row || !draft) return;
    const task = row.kind === 'task' ? row.id : row.data.task ?? null;
    const last = draft.plan.period.to;
    write({ kind: 'target', id: freshId(draft, 'target'), data: { id: freshId(draft, 'target'), task, indicator: '', op: '>=', value: 0, unit: '', due: last ? String(last) : null, cadence: 'level', quote: '', at: null, review: 'open' } });
  }

  /** A row that is only in the page until it is kept. @param {Row} row */
  function write(row) {
    if (!draft) return;
    fresh = row;
    filter = '';
    // it stands where it will stand once it is kept
    rows = rowsOf(afterStep(draft, changeStep([row])));
    draw();
    go(row.id, false);
    correct();
  }

  /** The steps of the years before the target at hand, to be looked at one by one. */
  function byYear() {
    const row = here();
    const steps = row?.kind === 'target' && draft ? stepsOf(draft, row.data) : [];
    if (steps.length) addSteps(steps);
    else app.notice(app.t('review.steps.none'));
  }

  /** @param {import('../wire').DraftTarget[]} steps */
  function addSteps(steps) {
    step_(changeStep(steps.map((data) => ({ kind: 'target', id: data.id, data }))));
    draw();
    go(current, true);
    app.notice(app.t('review.steps.done', { count: steps.length }), { action: { label: app.t('undo'), run: undo } });
  }

  /** The row at hand is none of the ledger's after all. */
  function unlink() {
    const row = here();
    if (!row || !comparedRow(comparison, row.id)?.former) return;
    step_(changeStep([{ ...row, data: { ...row.data, same_as: null } }]));
    app.notice(app.t('review.version.unlinked'), { action: { label: app.t('undo'), run: undo } });
  }

  /**
   * Whether a row of the ledger that the new version does not have stays in force.
   * @param {string} former
   * @param {boolean} isValid
   */
  function keepFormer(former, isValid) {
    const row = comparison?.dropped.find((one) => one.id === former);
    if (!row || !draft || row.work === 'closed') return;
    row.still_valid = isValid;
    const others = (draft.still_valid ?? []).filter((one) => one !== former);
    step_({ still_valid: isValid ? [...others, former] : others });
    draw();
    go(`X${former}`, true);
  }

  /** @param {string | null} plan The plan that the draft is a new version of; none makes it a plan of its own. */
  async function compareWith(plan) {
    await saving;
    try {
      const answer = await app.busy(app.call('compare_draft', { id, plan }), app.t('review.version.comparing'));
      if (isGone) return;
      done.length = 0;
      undone.length = 0;
      take(answer);
      draw();
      focusRow();
    } catch {
      // said already
    }
  }

  /**
   * The quarter that the columns of progress go into.
   * @param {string} quarter Empty for none.
   */
  function intoQuarter(quarter) {
    if (!draft) return;
    draft = { ...draft, quarter };
    save({ quarter });
  }

  /**
   * A column of the spreadsheet holds something else: it is read again at once.
   * @param {string} head
   * @param {string} holds
   */
  async function chooseColumn(head, holds) {
    const sheets = draft?.sheets ?? [];
    const { reviewed } = progressOf(rows);
    if (!holds || (reviewed && !await askFirst(app, { title: app.t('review.columns.again'), text: app.t('review.columns.lost', { count: reviewed }), yes: app.t('review.columns.yes') }))) {
      drawList();
      return;
    }
    await saving;
    try {
      const answer = await app.busy(app.call('read_columns', { id, columns: withColumn(sheets, head, holds) }), app.t('review.columns.reading'));
      if (isGone) return;
      done.length = 0;
      undone.length = 0;
      hasColumns = true;
      take(answer);
      current = rows.some((row) => row.id === current) ? current : rows[0]?.id ?? '';
      draw();
      const line = app.workbook.drafts.find((one) => one.id === id);
      if (line) app.setDraft({ ...line, reviewed: 0, rows: rows.length });
      app.notice(app.t('review.columns.done', { head, holds }));
    } catch {
      // said already; the choice shows again what the column was taken for
      if (!isGone) drawList();
    }
  }

  function acceptUnchanged() {
    const open = rows.filter((row) => stateOf(row) === 'open' && comparedRow(comparison, row.id)?.state === 'unchanged');
    step_(reviewStep(open, 'accepted'));
    draw();
    app.notice(app.t('review.accepted_all', { count: open.length }), { action: { label: app.t('undo'), run: undo } });
  }

  function correct() {
    const row = here();
    if (!row) return;
    editing = row.id;
    drawRow(row.id);
    const first = /** @type {HTMLElement | null} */ (list.querySelector('.review-form input, .review-form textarea'));
    list.querySelector('.review-form')?.scrollIntoView({ block: 'nearest' });
    first?.focus({ preventScroll: true });
    if (first instanceof HTMLInputElement || first instanceof HTMLTextAreaElement) first.select();
  }

  /** @param {any} data */
  function corrected(data) {
    const isNew = fresh !== null && fresh.id === editing;
    const row = isNew ? fresh : here();
    if (!row) return;
    editing = '';
    fresh = null;
    late = null;
    const before = draft;
    step_(changeStep([{ ...row, data: { ...data, review: 'accepted' } }]));
    // another task means another place in the list
    if (isNew || before?.tasks.length !== draft?.tasks.length || row.data.task !== data.task) draw();
    onward([row]);
  }

  function leaveForm() {
    const row = editing;
    const wasNew = fresh !== null;
    editing = '';
    if (wasNew) {
      fresh = null;
      rows = draft ? rowsOf(draft) : [];
      current = rows.some((one) => one.id === current) ? current : rows[0]?.id ?? '';
      draw();
    } else drawRow(row);
    if (late && !waiting) follow(late);
    focusRow();
  }

  // ---- moving ----

  /**
   * @param {string} to
   * @param {boolean} takeFocus
   */
  function go(to, takeFocus) {
    const before = current;
    current = to;
    for (const one of [before, to]) {
      const node = nodeOf(one);
      node?.classList.toggle('current', one === to);
      if (node) node.tabIndex = one === to ? 0 : -1;
    }
    const row = here();
    const finding = to.startsWith('F') ? draft?.findings[Number(to.slice(1))] : null;
    const task = row && row.kind !== 'task' ? draft?.tasks.find((one) => one.id === row.data.task) : null;
    source.light(finding ? finding.at : row?.data.at, task?.at);
    const node = nodeOf(to);
    node?.scrollIntoView({ block: 'nearest' });
    if (takeFocus) focusRow();
    drawFoot();
  }

  /** @param {string} row */
  function nodeOf(row) {
    return row ? /** @type {HTMLElement | null} */ (list.querySelector(`[data-row="${CSS.escape(row)}"]`)) : null;
  }

  function focusRow() {
    nodeOf(current)?.focus({ preventScroll: true });
  }

  const order = () => [...(draft?.findings ?? []).map((_, place) => `F${place}`), ...(filter === 'dropped' ? [] : shownRows(rows, comparison, filter).map((row) => row.id)), ...(filter && filter !== 'dropped' ? [] : comparison?.dropped ?? []).map((row) => `X${row.id}`)];

  /** @param {number} by */
  function move(by) {
    const all = order();
    const at = all.indexOf(current);
    go(all[Math.max(0, Math.min(all.length - 1, at + by))] ?? '', true);
  }

  list.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (composing(event) || target.closest('.review-form, select') || !target.dataset.row || event.altKey) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl) return;
    const isRow = !/^[FX]/.test(current);
    if (current.startsWith('X') && (event.code === 'KeyK' || event.code === 'KeyD')) {
      keepFormer(current.slice(1), event.code === 'KeyK');
      event.preventDefault();
      return;
    }
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'PageDown') move(10);
    else if (event.key === 'PageUp') move(-10);
    else if (event.key === 'Home') move(-1e6);
    else if (event.key === 'End') move(1e6);
    else if (event.key === 'Enter') { if (isRow) accept(event.shiftKey); else move(1); } else if (isRow && event.code === 'KeyE') correct();
    else if (isRow && event.code === 'KeyD') drop();
    else if (isRow && event.code === 'KeyM') merge();
    else if (isRow && event.code === 'KeyS') split();
    else if (isRow && event.code === 'KeyA') add();
    else if (isRow && event.code === 'KeyY') byYear();
    else if (isRow && event.code === 'KeyU' && comparison) unlink();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener('keydown', (event) => {
    if (composing(event) || /** @type {HTMLElement} */ (event.target).closest('.review-form, input, textarea') || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.code === 'KeyZ' && !event.shiftKey) undo();
    else if ((event.code === 'KeyZ' && event.shiftKey) || event.code === 'KeyY') redo();
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const node = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest('[data-row]'));
    if (!node || /** @type {HTMLElement} */ (event.target).closest('.review-form, button')) return;
    go(node.dataset.row ?? '', true);
  });
  list.addEventListener('dblclick', (event) => {
    if (!/** @type {HTMLElement} */ (event.target).closest('.review-form') && here()) correct();
  });

  // ---- marking in the source ----

  /**
   * @param {number} from
   * @param {number} to
   * @param {DOMRect} box
   */
  function showBubble(from, to, box) {
    hideBubble();
    bubble = markBubble(app, box, (kind) => addMarked(kind, from, to));
  }

  function hideBubble() {
    bubble?.remove();
    bubble = null;
  }

  /**
   * @param {Row['kind']} kind
   * @param {number} from
   * @param {number} to
   */
  function addMarked(kind, from, to) {
    hideBubble();
    if (!draft) return;
    const row = markedRow(draft, text, kind, from, to);
    if (!row) {
      app.notice(app.t('review.mark.no_task'));
      return;
    }
    document.getSelection()?.removeAllRanges();
    write(row);
  }

  // ---- drawing ----

  function draw() {
    drawHead();
    drawList();
    drawFoot();
  }

  function drawHead() {
    if (!draft) return;
    head.replaceChildren(...reviewHead(app, { id, draft, rows, comparison }, { editPlan, compareWith, acceptAll, discard, confirm }),
      ...(comparison ? [versionBar(app, comparison, {
        filter, acceptUnchanged, open: rows.filter((row) => stateOf(row) === 'open' && comparedRow(comparison, row.id)?.state === 'unchanged').length,
        own: () => { compareWith(null); },
        choose: (chosen) => { filter = chosen; draw(); go(order().find((one) => !one.startsWith('F')) ?? '', true); },
      })] : []));
  }

  function drawList() {
    if (!draft) return;
    const sight = list.scrollTop;
    const had = list.contains(document.activeElement) && !editing;
    const groups = variants.filter((names) => !notOne.has(names.join('|')));
    const steps = allSteps(draft);
    const sheets = draft.sheets ?? [];
    list.replaceChildren(...[
      sheets.length ? columnTable(app, sheets, columnWords, { isOpen: hasColumns ?? sheets.some((sheet) => sheet.columns.some((column) => !column.holds)), opened: (isOpen) => { hasColumns = isOpen; }, choose: chooseColumn, quarter: draft.quarter ?? '', intoQuarter }) : null,
      findingsPart(app, draft.findings, groups.map(variantRow), steps, { current, addSteps: () => addSteps(steps) }),
      element('ul.review-rows', { 'aria-label': app.t('review.rows') }, rowNodes()),
      rows.length ? null : emptyState(app.t('review.nothing.title'), app.t('review.nothing.text')),
    ].filter((part) => part !== null));
    list.scrollTop = sight;
    if (had) focusRow();
  }

  function rowNodes() {
    const nodes = underHeadings(app, filter === 'dropped' ? [] : shownRows(rows, comparison, filter), rowNode);
    if (comparison && (!filter || filter === 'dropped')) nodes.push(...droppedRows(app, comparison, { current, keep: keepFormer }));
    if (!nodes.length && comparison) nodes.push(element('li.none', { text: app.t('review.version.nothing') }));
    return nodes;
  }

  /** @param {string} row */
  function drawRow(row) {
    const node = nodeOf(row);
    const data = rows.find((one) => one.id === row);
    if (!node || !data) return;
    const had = node.contains(document.activeElement);
    const made = rowNode(data);
    node.replaceWith(made);
    if (had) made.focus({ preventScroll: true });
  }

  /** @param {Row} row */
  function rowNode(row) {
    const state = stateOf(row);
    const isCurrent = row.id === current;
    const node = element(`li.review-row.${row.kind}.${state}${isCurrent ? '.current' : ''}`, { tabIndex: isCurrent ? 0 : -1, data: { row: row.id, kind: row.kind } });
    if (editing === row.id) {
      node.append(rowForm(app, row, {
        today: app.workbook.as_of,
        tasks: draft?.tasks.map((task) => ({ id: task.id, title: task.title })) ?? [],
        departments: [...new Set([...(draft?.departments ?? []), ...app.workbook.departments.map((line) => line.name)])],
        formers: formersOf(comparison, row),
        keep: corrected, leave: leaveForm,
      }));
      node.classList.add('editing');
      return node;
    }
    node.append(...rowLine(app, row, comparison));
    return node;
  }

  /** @param {string[]} names */
  function variantRow(names) {
    return variantLine(app, names, {
      one: (keep) => {
        step_(renameStep(rows, keep, names));
        variants = variants.filter((group) => group !== names);
        draw();
        app.notice(app.t('review.variants.done', { keep }), { action: { label: app.t('undo'), run: undo } });
      },
      not: () => { notOne.add(names.join('|')); draw(); },
    });
  }

  function drawFoot() {
    const run = (/** @type {() => void} */ step) => () => { step(); if (!editing) focusRow(); };
    foot.replaceChildren(...reviewFoot(app, { row: here(), current, draft, comparison }, {
      accept: run(() => accept(false)), acceptAll: run(() => accept(true)), correct: run(correct), drop: run(drop), merge: run(merge), split: run(split),
      add: run(add), byYear: run(byYear), unlink: run(unlink), keepFormer,
    }));
  }

  // ---- the plan and the end ----

  function editPlan() {
    if (!draft) return;
    correctPlan(app, draft.plan, (plan) => {
      step_({ plan });
      drawHead();
    });
  }

  function acceptAll() {
    const open = rows.filter((row) => stateOf(row) === 'open');
    if (!open.length) return;
    step_(reviewStep(open, 'accepted'));
    draw();
    app.notice(app.t('review.accepted_all', { count: open.length }), { action: { label: app.t('undo'), run: undo } });
  }

  async function confirm() {
    const progress = progressOf(rows);
    const open = progress.rows - progress.reviewed;
    const yes = app.t(comparison ? 'review.version.update' : 'review.confirm', { count: progress.kept });
    const text = comparison ? versionSentence(app, comparison, open) : app.t('review.confirm.open', { count: open });
    if ((open || comparison) && !await askFirst(app, { title: app.t(comparison ? 'review.version.confirm.title' : 'review.confirm.title'), text, yes })) return;
    await saving;
    try {
      const workbook = await app.busy(app.call('confirm_draft', { id }), app.t('review.confirming'));
      isGone = true;
      app.setWorkbook(workbook, false);
      app.setQuarter(workbook.quarter);
      await app.go('ledger');
      app.notice(app.t(comparison ? 'review.version.confirmed' : 'review.confirmed', { count: progress.kept, title: comparison?.title ?? '' }), { action: { label: app.t('undo'), run: () => app.undo() } });
    } catch {
      // said already; the draft is as it was
    }
  }

  async function discard() {
    if (!await askFirst(app, { title: app.t('review.discard.title'), text: app.t('review.discard.text'), yes: app.t('review.discard.yes') })) return;
    await saving;
    try {
      const workbook = await app.call('discard_draft', { id });
      isGone = true;
      app.setWorkbook(workbook, false);
      await app.go(workbook.plans.length ? 'ledger' : 'start');
    } catch {
      // said already
    }
  }

  load();
  return {
    unmount() {
      isGone = true;
      hideBubble();
      // the rail counts what was looked at
      saving.then(() => { if (app.isOpen && app.view !== 'review') app.refreshWorkbook().catch(() => {}); });
    },
  };
}
