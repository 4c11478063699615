// How a row of a draft and a finding look.
import { element } from '../../parts/element.js';
import { dueWords } from '../../parts/calendar.js';
import { figure } from '../../parts/number.js';
import { stateOf } from './rows.js';
import { rowChanges, rowMark } from './version.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('./rows.js').Row} Row */

/**
 * What a row says, whom it names, and what of it differs.
 * @param {App} app
 * @param {Row} row
 * @param {import('../../wire').Comparison | null} comparison
 * @returns {(Node | string)[]}
 */
function rowText(app, row, comparison) {
  const { data } = row;
  const main = row.kind === 'task' ? data.title : row.kind === 'target' ? data.indicator : row.kind === 'milestone' ? data.what : data.text;
  const names = /** @type {string[]} */ (data.departments ?? []);
  const led = row.kind === 'task' ? names.map((name) => (data.lead.includes(name) ? app.t('review.led', { name }) : name)) : names;
  return [
    element('span.review-main', {}, rowMark(app, comparison, row), main),
    ...(row.kind === 'task' ? [element(`span.review-who${names.length ? '' : '.warn'}`, { text: led.join('、') || app.t('review.no_department') })] : names.length ? [element('span.review-who', { text: led.join('、') })] : []),
    ...rowChanges(app, comparison, row),
  ];
}

/**
 * A row's figure and date.
 * @param {App} app
 * @param {Row} row
 * @returns {(Node | string)[]}
 */
function rowFacts(app, row) {
  const { data } = row;
  if (row.kind === 'target') {
    return [
      element('b.number', { text: `${app.t(`review.op.${data.op}`)}${figure(data.value)}${data.unit}` }),
      element('span.quiet', { text: [data.cadence === 'level' ? '' : app.t(`review.cadence.${data.cadence}`), data.due ? dueWords(data.due, app.language) : app.t('review.no_due')].filter(Boolean).join(' · ') }),
    ];
  }
  if (row.kind === 'task') return [];
  return data.due ? [element('span.quiet.number', { text: dueWords(data.due, app.language) })] : [];
}

/**
 * @param {App} app
 * @param {import('../../wire').Finding} finding
 * @param {string} key
 * @param {string} current
 */
function findingRow(app, finding, key, current) {
  return element(`li.review-finding${current === key ? '.current' : ''}`, { tabIndex: current === key ? 0 : -1, data: { row: key } },
    element('span.tag', { text: app.t(`review.finding.${finding.kind}`) }), element('span', { text: finding.message, title: finding.quote }));
}

/**
 * A row as it is read: how it stands, its kind, its words, its figures.
 * @param {App} app
 * @param {Row} row
 * @param {import('../../wire').Comparison | null} comparison
 */
export function rowLine(app, row, comparison) {
  const state = stateOf(row);
  return [
    element('span.review-state', { text: state === 'accepted' ? '✓' : state === 'dropped' ? '×' : '', title: app.t(`review.state.${state}`) }, element('span.spoken', { text: app.t(`review.state.${state}`) })),
    element('span.review-kind', { text: app.t(`review.kind.${row.kind === 'task' && row.data.kind === 'safeguard' ? 'safeguard' : row.kind}`) }),
    element('span.review-text', {}, ...rowText(app, row, comparison)),
    element('span.review-facts', {}, ...rowFacts(app, row)),
  ];
}

/**
 * What was unclear, names that may be one department, and targets that may be set apart by years; none where there is nothing to say.
 * @param {App} app
 * @param {import('../../wire').Finding[]} findings
 * @param {HTMLElement[]} variants
 * @param {import('../../wire').DraftTarget[]} steps
 * @param {{ current: string, addSteps: () => void }} model
 */
export function findingsPart(app, findings, variants, steps, { current, addSteps }) {
  if (!findings.length && !variants.length && !steps.length) return null;
  const targets = new Set(steps.map((step) => `${step.task} ${step.indicator}`)).size;
  return element('section.review-findings', { 'aria-label': app.t('review.findings') },
    element('h3', { text: app.t('review.findings') }),
    findings.length ? element('ul', {}, findings.map((finding, place) => findingRow(app, finding, `F${place}`, current))) : null,
    ...variants,
    steps.length ? element('div.review-variants', {}, element('span', { text: app.t('review.steps', { count: targets }) }),
      element('button.button.small', { type: 'button', text: app.t('review.steps.all'), data: { key: 'steps-all' }, on: { click: addSteps } })) : null);
}

/**
 * Rows under the headings that they stand under in the document; what belongs to the plan itself comes first.
 * @param {App} app
 * @param {Row[]} rows
 * @param {(row: Row) => HTMLElement} nodeOf
 */
export function underHeadings(app, rows, nodeOf) {
  /** @type {HTMLElement[]} */
  const nodes = [];
  let heading = '';
  if (rows.length && rows[0].kind !== 'task') nodes.push(element('li.review-heading', { text: app.t('review.goals') }));
  for (const row of rows) {
    if (row.kind === 'task') {
      const next = row.data.path.slice(0, -1).join(' › ');
      if (next !== heading && next) nodes.push(element('li.review-heading', { text: next, title: next }));
      heading = next;
    }
    nodes.push(nodeOf(row));
  }
  return nodes;
}
