// The indicators of a task, each once: its yearly targets, its quarters, and one field for now.
import { element, lampMark } from '../../parts/element.js';
import { savingField } from '../../parts/saving.js';
import { lampWord } from '../../parts/view.js';
import { dueWords, quarterShort, readDue, shiftQuarter } from '../../parts/calendar.js';
import { figure, figureInput, percent, points, readFigure } from '../../parts/number.js';
import { openMenu } from '../menu.js';
import { said } from '../sentences.js';
import { askFields, isOffices } from '../structure.js';
import { opMark, part } from './part.js';

/** @typedef {import('../app.js').App} App */
/** @typedef {import('../../wire').TaskDetail} TaskDetail */
/** @typedef {import('../../wire').TargetLine} TargetLine */

const OPS = ['>=', '<=', '=', '~'];
const CADENCES = ['level', 'annual', 'growth'];
const KINDS = ['cumulative', 'level', 'annual', 'growth', 'inverse', 'yes_no'];

/**
 * The targets by their indicators, in their order; the one that the quarter works on is named.
 * @param {TargetLine[]} targets
 */
export function byIndicator(targets) {
  /** @type {Map<string, TargetLine[]>} */
  const groups = new Map();
  for (const target of targets) {
    const known = groups.get(target.indicator_id);
    if (known) known.push(target);
    else groups.set(target.indicator_id, [target]);
  }
  return [...groups.values()].map((all) => ({ all, now: all.find((one) => one.current) ?? all[all.length - 1] }));
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {boolean} locked
 */
export function figures(app, detail, locked) {
  const offices = isOffices(app);
  if (!detail.targets.length && !offices) return null;
  const add = offices ? element('button.link', { type: 'button', text: app.t('detail.target.add'), data: { key: 'target-add' }, on: { click: () => addTarget(app, detail.row.id, null) } }) : null;
  return part(app.t('detail.targets'), byIndicator(detail.targets).map(({ all, now }) => indicator(app, detail, all, now, locked)), add, 'targets');
}

/**
 * @param {App} app
 * @param {TaskDetail} detail
 * @param {TargetLine[]} all
 * @param {TargetLine} now
 * @param {boolean} locked
 */
function indicator(app, detail, all, now, locked) {
  const quarter = app.quarter;
  const offices = isOffices(app);
  return element('div.detail-target', {},
    element('div.detail-line', {},
      lampMark(now.lamp, now.why, lampWord(app, now.lamp)),
      element('span.detail-indicator', {}, element('span', { text: now.indicator }), now.unit ? element('small.quiet', { text: now.unit }) : null, now.binding ? element('span.tag', { text: app.t('detail.binding') }) : null),
      offices ? element('button.detail-change', {
        type: 'button', text: '⋯', 'aria-label': app.t('detail.indicator.change', { name: now.indicator }), title: app.t('detail.indicator.change', { name: now.indicator }), data: { key: `indicator-${now.indicator_id}` },
        on: {
          click: (/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), [
            { label: app.t('detail.indicator.edit'), run: () => editIndicator(app, now) },
            { label: app.t('detail.target.another'), run: () => addTarget(app, detail.row.id, now) },
          ]),
        },
      }) : null),
    element('div.detail-years', {}, all.map((target) => yearly(app, target, target === now, offices))),
    element('div.detail-figures', {},
      element('span', {}, element('small.quiet', { text: quarterShort(shiftQuarter(quarter, -1), app.language) }), element('span.number', { text: now.previous === null ? '—' : figure(now.previous) })),
      element('label', {}, element('small.quiet', { text: app.t('detail.actual', { quarter: quarterShort(quarter, app.language) }) }), savingField({
        key: `actual-${now.id}-${quarter}`, value: figureInput(now.actual), class: 'number', label: `${now.indicator} ${now.unit}`, disabled: locked, inputmode: 'decimal', wrong: app.t('retype.number'),
        read: (text) => readFigure(text, now.unit),
        save: (value) => app.apply([{ edit: 'set_actual', target: now.id, quarter, value, note: null, department: null }]),
      })),
      element('span.right', {}, element('small.quiet', { text: app.t('detail.completion.head') }), element('span.number', { text: percent(now.completion) || '—', title: now.gap === null ? '' : app.t('detail.gap', { points: points(now.gap) }) }))),
    now.why ? element('p.quiet.detail-small', { text: said(now.why) }) : null);
}

/**
 * One yearly target, to be changed where the office may.
 * @param {App} app
 * @param {TargetLine} target
 * @param {boolean} isNow
 * @param {boolean} offices
 */
function yearly(app, target, isNow, offices) {
  const words = [element('small.quiet', { text: target.due ? dueWords(target.due, app.language) : app.t('detail.target') }), element('b.number', { text: `${opMark(target.op)}${figure(target.value)}` })];
  const name = isNow ? 'now' : '';
  return offices
    ? element('button.detail-year', { type: 'button', class: `detail-year ${name}`, title: app.t('detail.target.edit'), data: { key: `target-${target.id}` }, on: { click: (/** @type {Event} */ event) => targetMenu(app, /** @type {HTMLElement} */ (event.currentTarget), target) } }, ...words)
    : element('span', { class: `detail-year ${name}` }, ...words);
}

/** @param {App} app @param {HTMLElement} at @param {TargetLine} target */
function targetMenu(app, at, target) {
  openMenu(at, [
    { label: app.t('detail.target.edit'), run: () => editTarget(app, target) },
    { rule: true },
    {
      label: app.t('ledger.row.retire'),
      run: () => {
        app.apply([{ edit: 'retire_target', target: target.id }])
          .then(() => app.notice(app.t('detail.retired', { text: target.indicator }), { action: { label: app.t('undo'), run: () => app.undo() } }), () => {});
      },
    },
  ], { label: target.indicator });
}

/** A number as typed, or none. @param {string} text */
function number(text) {
  const value = Number(text.replace(/[,，]/g, ''));
  return text && Number.isFinite(value) ? value : Number.NaN;
}

/** A date as typed: the text itself where it is none, so that the program says what is wrong. @param {App} app @param {string} text */
const due = (app, text) => (text ? readDue(text, app.workbook.as_of) ?? text : null);

/** @param {App} app @param {TargetLine | null} target */
function targetFields(app, target) {
  return [
    { name: 'op', label: app.t('detail.target.op'), value: target?.op ?? '>=', options: OPS.map((op) => ({ value: op, label: app.t(`op.${op}`) })) },
    { name: 'value', label: app.t('detail.target.value'), value: target ? figureInput(target.value) : '', inputmode: 'decimal' },
    { name: 'due', label: app.t('detail.due'), value: target?.due ?? '', placeholder: app.t('detail.due.none') },
    { name: 'cadence', label: app.t('detail.target.cadence'), value: target?.cadence ?? 'level', options: CADENCES.map((code) => ({ value: code, label: app.t(`cadence.${code}`) })) },
  ];
}

/** Refuses what is no number before it is sent. @param {App} app @param {string} text */
function valueOf(app, text) {
  const value = number(text);
  if (Number.isNaN(value)) throw new Error(app.t('retype.number'));
  return value;
}

/** @param {App} app @param {string} task @param {TargetLine | null} like An indicator that gets another target. */
function addTarget(app, task, like) {
  askFields(app, {
    title: app.t(like ? 'detail.target.another' : 'detail.target.add'), yes: app.t('structure.add'),
    fields: [
      { name: 'indicator', label: app.t('detail.indicator.name'), value: like?.indicator ?? '' },
      { name: 'unit', label: app.t('detail.indicator.unit'), value: like?.unit ?? '' },
      ...targetFields(app, like && { ...like, due: null, value: like.value }),
    ],
    take: async (values) => app.apply([{
      edit: 'add_target', task, indicator: values.indicator, unit: values.unit, op: values.op, value: valueOf(app, values.value), due: due(app, values.due), cadence: values.cadence,
      kind: like && values.indicator === like.indicator && values.unit === like.unit ? like.kind : null, binding: like?.binding ?? false, baseline: null,
    }]),
  });
}

/** @param {App} app @param {TargetLine} target */
function editTarget(app, target) {
  askFields(app, {
    title: app.t('detail.target.edit'), text: target.indicator, yes: app.t('structure.save'),
    fields: targetFields(app, target),
    take: async (values) => app.apply([{ edit: 'set_target', target: target.id, op: values.op, value: valueOf(app, values.value), due: due(app, values.due), cadence: values.cadence }]),
  });
}

/** @param {App} app @param {TargetLine} target */
function editIndicator(app, target) {
  askFields(app, {
    title: app.t('detail.indicator.edit'), yes: app.t('structure.save'),
    fields: [
      { name: 'indicator', label: app.t('detail.indicator.name'), value: target.indicator },
      { name: 'unit', label: app.t('detail.indicator.unit'), value: target.unit },
      { name: 'kind', label: app.t('detail.indicator.kind'), value: target.kind, options: KINDS.map((code) => ({ value: code, label: app.t(`indicator.kind.${code}`) })) },
      { name: 'binding', label: app.t('detail.indicator.binding'), value: target.binding ? 'yes' : '', options: [{ value: '', label: app.t('detail.expected') }, { value: 'yes', label: app.t('detail.binding') }] },
      { name: 'year', label: app.t('detail.indicator.base_year'), value: target.baseline ? String(target.baseline.year) : '', inputmode: 'numeric' },
      { name: 'base', label: app.t('detail.indicator.base'), value: target.baseline ? figureInput(target.baseline.value) : '', inputmode: 'decimal' },
    ],
    take: async (values) => app.apply([{
      edit: 'set_target', target: target.id, indicator: values.indicator, unit: values.unit, kind: values.kind, binding: values.binding === 'yes',
      baseline: values.year || values.base ? { year: valueOf(app, values.year), value: valueOf(app, values.base) } : null,
    }]),
  });
}
