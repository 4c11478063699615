// 总览: what needs me now, on one screen. Every figure opens its rows.
import { importDocument } from '../lib/files.js';
import { element, emptyState, lampMark, lampClass } from '../parts/element.js';
import { attempt, living, lampWord, judgementWord, judgementClass } from '../parts/view.js';
import { dueWords, quarterWords } from '../parts/calendar.js';
import { percent } from '../parts/number.js';
import { openMenu } from '../lib/menu.js';
import { said } from '../lib/sentences.js';

/** How many rows each part shows on a window of this height, so that nothing has to be scrolled. @param {number} height */
export function rowsFor(height) {
  if (height >= 900) return { lagging: 10, short: 5, departments: 8 };
  if (height >= 740) return { lagging: 7, short: 3, departments: 5 };
  if (height >= 660) return { lagging: 5, short: 2, departments: 4 };
  return { lagging: 4, short: 1, departments: 3 };
}

/** The figures of the short lists, as the program knows them. */
const FIGURES = { overdue: 'overdue', soon: 'due_soon', check: 'to_check' };

export default {
  name: 'overview',

  /**
   * @param {HTMLElement} root
   * @param {import('../lib/app.js').App} app
   */
  mount(root, app) {
    root.classList.add('overview');
    const view = living(root,
      () => app.call('overview', { quarter: app.quarter, plan: app.plan }),
      (/** @type {import('../wire').Overview} */ answer) => show(app, answer));
    view.load();
    // another height shows another number of rows
    let before = JSON.stringify(rowsFor(innerHeight));
    const stop = new AbortController();
    window.addEventListener('resize', () => {
      const now = JSON.stringify(rowsFor(innerHeight));
      if (now !== before) view.soon();
      before = now;
    }, { signal: stop.signal });
    return {
      update() { view.soon(); },
      unmount() {
        stop.abort();
        view.end();
      },
    };
  },
};

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Overview} answer
 */
function show(app, answer) {
  if (!answer.tasks) {
    return [emptyState(app.t('overview.empty.title'), app.t('overview.empty.text'),
      { label: app.t('overview.empty.step'), run: () => importDocument(app) })];
  }
  const room = rowsFor(innerHeight);
  return [
    head(app, answer),
    element('div.overview-answer', {},
      element('div.overview-main', {}, lagging(app, answer, room.lagging), departments(app, answer, room.departments)),
      element('div.overview-lists', {},
        ...(/** @type {const} */ ([['overdue', answer.overdue], ['soon', answer.due_soon], ['check', answer.to_check]])).filter(([, rows]) => rows.count).map(([kind, rows]) => shortList(app, kind, rows, room.short)),
        silences(app, answer))),
  ];
}

/**
 * Opens the rows that a figure counts: one in the detail pane, several in the ledger.
 * @param {import('../lib/app.js').App} app
 * @param {string} title What the rows are, for the chip above the grid.
 * @param {string} figure As the program knows it.
 * @param {string | null} [department] Only of this department; empty for tasks without one.
 */
function openRows(app, title, figure, department = null) {
  return attempt(async () => {
    const tasks = await app.call('overview_tasks', { quarter: app.quarter, plan: app.plan, figure, department });
    if (tasks.length === 1) app.openTask(tasks[0]);
    else if (tasks.length) app.go('ledger', { tasks, title });
  });
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Overview} answer
 */
function head(app, answer) {
  const headline = app.language === 'en' ? englishHeadline(app, answer) : answer.headline;
  return element('section.overview-head', { 'aria-label': app.t('overview.title') },
    element('div.overview-top', {},
      element('h1.overview-sentence', { text: headline }),
      element('button.button.small', { type: 'button', text: app.t('overview.leader'), title: app.t('overview.leader.title'), data: { key: 'leader' }, on: { click: () => app.go('reports', { kind: 'one-page' }) } })),
    shareBar(app, answer.shares, answer.tasks, true),
    element('div.overview-legend', {},
      answer.shares.map((share) => element('button.overview-share', {
        type: 'button',
        data: { key: `share-${share.judgement}` },
        title: app.t('overview.open', { count: share.count }),
        on: { click: openRows(app, judgementWord(app, share.judgement), share.judgement) },
      },
      element(`span.swatch.judgement-${judgementClass(share.judgement)}`, { 'aria-hidden': 'true' }),
      element('span', { text: judgementWord(app, share.judgement) }),
      element('b.number', { text: share.count }),
      share.percent === null ? null : element('span.quiet.number', { text: `${share.percent.toFixed(1)}%` }))),
      element('span.overview-changes', {}, changes(app, 'better', answer.better), changes(app, 'worse', answer.worse))));
}

/**
 * Tasks that changed since the last quarter.
 * @param {import('../lib/app.js').App} app
 * @param {'better' | 'worse'} way
 * @param {import('../wire').AttentionList} rows
 */
function changes(app, way, rows) {
  return element(`button.overview-change.${way}`, {
    type: 'button',
    disabled: !rows.count,
    data: { key: `change-${way}` },
    title: rows.first.map((row) => row.text).join('\n'),
    on: { click: openRows(app, app.t(`overview.${way}`), way) },
  }, app.t(`overview.${way}`), element('b.number', { text: rows.count }));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Overview} answer
 */
function englishHeadline(app, answer) {
  const quarter = quarterWords(answer.quarter, 'en');
  const most = answer.lagging.most.map(([name, count]) => `${name} ${count}`).join(', ');
  const behind = answer.lagging.count ? app.t(most ? 'overview.headline' : 'overview.headline.nobody', { quarter, count: answer.lagging.count, most }) : app.t('overview.headline.none', { quarter });
  const silent = answer.silent.length ? app.t('overview.headline.silent', { count: answer.silent.length, names: answer.silent.slice(0, 3).join(', ') }) : app.t('overview.headline.all');
  return `${behind}; ${silent}.`;
}

/**
 * The tasks that are behind, with their reasons and what can be done about each.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Overview} answer
 * @param {number} most
 */
function lagging(app, answer, most) {
  const { lagging: rows } = answer;
  const shown = rows.first.slice(0, most);
  const title = app.t('overview.lagging');
  return element('section.overview-lagging', { 'aria-label': `${title} ${rows.count}` },
    element('h2', {}, title, element('b.number', { text: rows.count })),
    shown.length ? element('ul', {}, shown.map((row) => element('li.lagging', {},
      lampMark(row.lamp, said(row.why), lampWord(app, row.lamp)),
      element('button.link.lagging-title', { type: 'button', text: `${row.number ? `${row.number}. ` : ''}${row.title}`, title: row.title, data: { key: `lagging-${row.task}` }, on: { click: () => app.openTask(row.task) } }),
      element('span.lagging-who', { text: row.department ?? app.t('unassigned'), title: row.department ?? '' }),
      element('span.lagging-why.quiet', { text: said(row.why) || judgementWord(app, row.judgement), title: said(row.why) }),
      element('button.lagging-more', {
        type: 'button', text: '⋯', 'aria-label': app.t('overview.act', { title: row.title }), title: app.t('overview.act', { title: row.title }), data: { key: `act-${row.task}` },
        on: { click: (/** @type {Event} */ event) => acts(app, /** @type {HTMLElement} */ (event.currentTarget), row) },
      })))) : element('p.quiet', { text: app.t('overview.lagging.none') }),
    shown.length < rows.count && element('button.more', { type: 'button', text: app.t('overview.all', { count: rows.count }), data: { key: 'all-lagging' }, on: { click: openRows(app, title, 'lagging') } }));
}

/**
 * What can be done about a task that is behind.
 * @param {import('../lib/app.js').App} app
 * @param {HTMLElement} at
 * @param {import('../wire').Lagging} row
 */
function acts(app, at, row) {
  const department = app.workbook.departments.find((line) => line.name === row.department)?.id ?? '';
  openMenu(at, [
    { label: app.t('overview.act.open'), run: () => { app.openTask(row.task); } },
    { label: app.t('overview.act.slip'), disabled: !department, run: () => { app.go('reports', { kind: 'slip', department }); } },
    { label: app.t('overview.act.department'), disabled: !department, run: () => { app.go('departments', { department, task: row.task }); } },
    { label: app.t('overview.act.remind'), run: () => { app.go('exchange'); } },
  ], { label: row.title });
}

/**
 * Who and what says nothing, each with its rows.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Overview} answer
 */
function silences(app, answer) {
  const lines = answer.quiet.map((one) => {
    const text = app.t(`overview.quiet.${one.kind}`, { count: one.count });
    const isOfUnits = one.kind === 'silent_twice';
    return element('li', {}, element('button.link', {
      type: 'button', text, title: one.names.join('、'), data: { key: `quiet-${one.kind}` },
      on: { click: isOfUnits ? () => app.go('exchange') : openRows(app, text, one.kind) },
    }));
  });
  if (answer.silent.length) {
    lines.unshift(element('li', {}, element('button.link', {
      type: 'button', text: app.t('overview.quiet.silent', { count: answer.silent.length, names: answer.silent.slice(0, 3).join(app.t('list.comma')) }), title: answer.silent.join('、'),
      data: { key: 'quiet-silent' }, on: { click: () => app.go('exchange') },
    })));
  }
  if (!lines.length) return null;
  return element('section.overview-quiet', { 'aria-label': app.t('overview.quiet') }, element('h2', { text: app.t('overview.quiet') }), element('ul', {}, lines));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Share[]} shares
 * @param {number} whole
 * @param {boolean} large
 */
function shareBar(app, shares, whole, large) {
  const said = shares.map((share) => `${judgementWord(app, share.judgement)} ${share.count}`).join(app.t('list.comma'));
  return element(`div.sharebar${large ? '.large' : ''}`, { role: 'img', 'aria-label': said, title: said },
    shares.filter((share) => share.count > 0).map((share) => element(`span.judgement-${judgementClass(share.judgement)}`, {
      style: { 'flex-grow': share.count, 'flex-basis': 0 },
      text: large && share.count / whole > 0.02 ? share.count : '',
      'aria-hidden': 'true',
    })));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {'overdue' | 'soon' | 'check'} kind
 * @param {import('../wire').AttentionList} rows
 * @param {number} most
 */
function shortList(app, kind, rows, most) {
  const title = app.t(`overview.${kind}`);
  const cut = rows.first.slice(0, most);
  return element(`section.shortlist.${kind}`, { 'aria-label': `${title} ${rows.count}` },
    element('h2', {}, title, element('b.number', { text: rows.count })),
    element('ul', {}, cut.map((row) => element('li', {}, attention(app, row, kind !== 'check')))),
    cut.length < rows.count && element('button.more', {
      type: 'button',
      text: app.t('overview.all', { count: rows.count }),
      data: { key: `all-${kind}` },
      on: { click: openRows(app, title, FIGURES[kind]) },
    }));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Attention} row
 * @param {boolean} dated Whether its date is what matters.
 */
function attention(app, row, dated) {
  const days = row.days === null || !dated ? null : Number(row.days);
  const when = days === null ? '' : days < 0 ? app.t('overview.days.past', { count: -days }) : days === 0 ? app.t('overview.days.today') : app.t('overview.days.left', { count: days });
  const who = row.departments[0] ?? '';
  return element('button.attention', {
    type: 'button',
    data: { key: `row-${row.what}-${row.id}` },
    title: [row.text, row.departments.join('、'), dueWords(row.due, app.language)].filter(Boolean).join('\n'),
    on: { click: () => { if (row.task) app.openTask(row.task); else app.go('timeline', { milestone: row.id }); } },
  },
  lampMark(row.lamp, '', lampWord(app, row.lamp)),
  element('span.attention-text', { text: row.text }),
  element('span.attention-who', { text: row.departments.length > 1 ? app.t('overview.who', { name: who, count: row.departments.length }) : who }),
  element('span.attention-when.number', { text: when }));
}

/** Whether all departments are shown, while the program runs. */
const all = { shown: false };

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Overview} answer
 * @param {number} most
 */
function departments(app, answer, most) {
  const rows = all.shown ? answer.departments : answer.departments.slice(0, most);
  const place = element('section.overview-departments', { 'aria-label': app.t('overview.departments') },
    element('table.lines', {},
      element('thead', {}, element('tr', {},
        element('th.name', { scope: 'col', text: app.t('overview.department') }),
        element('th.right', { scope: 'col', text: app.t('overview.tasks') }),
        element('th.bar', { scope: 'col', text: app.t('overview.judgements') }),
        element('th.right', { scope: 'col', text: app.t('overview.completion') }),
        element('th.right', { scope: 'col', text: app.t('overview.not_returned') }),
        element('th.right', { scope: 'col', text: app.t('overview.change') }))),
      departmentRows(app, rows)),
    answer.departments.length > most && element('button.more', {
      type: 'button', text: app.t(all.shown ? 'overview.departments.fewer' : 'overview.departments.all', { count: answer.departments.length }), 'aria-expanded': String(all.shown), data: { key: 'all-departments' },
      on: { click: () => { all.shown = !all.shown; place.replaceWith(departments(app, answer, most)); } },
    }));
  return place;
}

/** So many departments fill the table on an office screen. */
const IN_SIGHT = 20;
/** A county has fewer departments; from so many on, drawing all of them is waited for. */
const MANY = 100;

/**
 * The rows of the departments. Where there are very many, those out of sight follow the first picture.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').DepartmentShare[]} rows
 */
function departmentRows(app, rows) {
  const first = rows.length < MANY ? rows.length : IN_SIGHT;
  const body = element('tbody', {}, rows.slice(0, first).map((line) => departmentRow(app, line)));
  if (rows.length > first) requestAnimationFrame(() => setTimeout(() => body.append(...rows.slice(first).map((line) => departmentRow(app, line)))));
  return body;
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').DepartmentShare} line
 */
function departmentRow(app, line) {
  const name = line.department === null ? app.t('unassigned') : line.name;
  const change = Number(line.change);
  const isWaiting = line.shares.some((share) => share.judgement === '未报送' && share.count > 0);
  return element('tr', {},
    element('th', { scope: 'row' }, element('button.link', {
      type: 'button', text: name, title: name,
      data: { key: `department-${line.department ?? 'none'}` },
      on: { click: () => app.go('departments', { department: line.department ?? '' }) },
    })),
    element('td.right', {}, element('button.link.number', {
      type: 'button', text: line.tasks, 'aria-label': app.t('overview.rows_of', { name, count: line.tasks }),
      data: { key: `tasks-${line.department ?? 'none'}` },
      on: { click: openRows(app, name, 'all', line.department ?? '') },
    })),
    element('td.bar', {}, departmentBar(app, line, name)),
    element('td.right.number', { text: percent(line.completion) || '—' }),
    element('td.right.number', {}, line.not_returned
      ? element('button.link.warn', {
        type: 'button', text: line.not_returned, 'aria-label': app.t('overview.not_returned_of', { name, count: line.not_returned }),
        data: { key: `late-${line.department ?? 'none'}` },
        on: { click: isWaiting ? openRows(app, `${name} ${app.t('judgement.not_returned')}`, '未报送', line.department ?? '') : () => app.go('departments', { department: line.department ?? '' }) },
      })
      : element('span.quiet', { text: '0' })),
    element('td.right.number', {}, change === 0 ? element('span.quiet', { text: app.t('overview.same') })
      : element(`span.${change > 0 ? 'worse' : 'better'}`, { text: app.t(change > 0 ? 'overview.more' : 'overview.fewer', { count: Math.abs(change) }) })));
}

/**
 * A department's judgements as a bar whose parts open their rows.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').DepartmentShare} line
 * @param {string} name
 */
function departmentBar(app, line, name) {
  return element('div.sharebar', {},
    line.shares.filter((share) => share.count > 0).map((share) => {
      const word = judgementWord(app, share.judgement);
      return element(`button.judgement-${judgementClass(share.judgement)}`, {
        type: 'button',
        style: { 'flex-grow': share.count, 'flex-basis': 0 },
        title: `${word} ${share.count}`,
        'aria-label': `${name} ${word} ${share.count}`,
        data: { key: `bar-${line.department ?? 'none'}-${share.judgement}`, lamp: lampClass(share.lamp) },
        text: share.count,
        on: { click: openRows(app, `${name} ${word}`, share.judgement, line.department ?? '') },
      });
    }));
}
