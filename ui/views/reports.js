// 报告: at the left what is printed and the passages a person writes; at the right the very pages; on top what a checker asks first.
import { element, emptyState, refill } from '../parts/element.js';
import { savingField, saveOpenFields } from '../parts/saving.js';
import { attempt } from '../parts/view.js';
import { quarterWords, shiftQuarter } from '../parts/calendar.js';
import { figure } from '../parts/number.js';
import { openMenu } from '../lib/menu.js';
import { importDocument } from '../lib/files.js';
import { exportForAll, exportReport } from './reports/export.js';
import { pageView } from './reports/pages.js';

export const KINDS = ['bulletin', 'department', 'one-page', 'slip', 'yearbook', 'timeline'];

/** Kinds that are of one department. */
const OF_DEPARTMENT = new Set(['department', 'slip']);

/** Kinds that compare with an earlier quarter. */
const COMPARING = new Set(['bulletin', 'department', 'one-page']);

/** The order in which passages stand on the page. */
const PASSAGES = ['title', 'number', 'addressee', 'opening', 'demands', 'signatory', 'distribution', 'copies'];

/** What was shown last, kept while the program runs. */
const last = { workbook: '', kind: 'bulletin', department: '', against: '' };

export default {
  name: 'reports',

  /**
   * @param {HTMLElement} root
   * @param {import('../lib/app.js').App} app
   * @param {{ kind?: string, department?: string }} [params]
   */
  mount(root, app, params = {}) {
    root.classList.add('reports');
    if (last.workbook !== app.workbook.path) Object.assign(last, { workbook: app.workbook.path, kind: 'bulletin', department: '', against: '' });
    if (params.kind && KINDS.includes(params.kind)) last.kind = params.kind;
    if (params.department) last.department = params.department;
    const left = element('div.report-left', { data: { scroll: 'report-left' } });
    const top = element('div.report-top');
    const pages = pageView(app);
    root.append(left, element('div.report-right', {}, top, pages.element));
    if (!app.workbook.plans.length) {
      root.replaceChildren(emptyState(app.t('reports.empty.title'), app.t('reports.empty.text'), { label: app.t('overview.empty.step'), run: () => importDocument(app) }));
      return { update() {}, unmount() {} };
    }
    /** @type {import('../wire').ReportPreview | null} */
    let preview = null;
    /** @type {import('../wire').Refusal | null} */
    let refused = null;
    let asked = 0;
    let gone = false;
    let running = false;
    let again = false;

    const request = () => ({
      kind: last.kind, quarter: app.quarter, plan: app.plan,
      department: OF_DEPARTMENT.has(last.kind) ? departmentOf(app) || null : null,
      against: COMPARING.has(last.kind) ? againstOf(app) || null : null,
    });
    // One preview at a time: what changes meanwhile is asked for once, after it.
    const load = async () => {
      if (running) { again = true; return; }
      running = true;
      const mine = ++asked;
      top.setAttribute('aria-busy', 'true');
      drawTop();
      try {
        const got = await app.call('report_preview', request());
        if (gone || mine !== asked) return;
        preview = got;
        refused = null;
        await pages.show(got.pdf, got.marks);
      } catch (error) {
        refused = /** @type {any} */ (error);
        if (!gone) pages.refuse(refused?.message ?? app.t('reports.refused'), refused?.hint ?? '');
      } finally {
        running = false;
        top.removeAttribute('aria-busy');
        if (!gone) {
          draw();
          if (again) { again = false; load(); }
        }
      }
    };
    const choose = (/** @type {Partial<typeof last>} */ change) => {
      saveOpenFields();
      Object.assign(last, change);
      pages.toTop();
      draw();
      load();
    };
    const draw = () => {
      refill(left, () => leftSide(app, preview, choose));
      drawTop();
    };
    const drawTop = () => {
      refill(top, () => topBar(app, preview, refused, running, request, pages));
    };
    draw();
    load();
    return {
      update() {
        if (gone) return;
        draw();
        load();
      },
      unmount() {
        saveOpenFields();
        gone = true;
        pages.end();
      },
    };
  },
};

/** @param {import('../lib/app.js').App} app */
function departmentOf(app) {
  const known = app.workbook.departments.find((/** @type {any} */ line) => line.id === last.department)
    ?? app.workbook.departments.find((/** @type {any} */ line) => line.leads > 0) ?? app.workbook.departments[0];
  return known?.id ?? '';
}

/**
 * The quarter that was chosen to compare with; empty for the one before, also where the choice is no earlier one any more.
 * @param {import('../lib/app.js').App} app
 */
function againstOf(app) {
  const chosen = last.against;
  return chosen === 'none' || (earlierQuarters(app).includes(chosen) && chosen !== shiftQuarter(app.quarter, -1)) ? chosen : '';
}

/**
 * Quarters before the one that is reported, the latest first, so many as anyone compares with.
 * @param {import('../lib/app.js').App} app
 */
function earlierQuarters(app) {
  const closed = app.workbook.closed.filter((quarter) => quarter < app.quarter);
  const recent = app.workbook.quarters.filter((quarter) => quarter < app.quarter).slice(-8);
  return [...new Set([...recent, ...closed])].sort().reverse();
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {(change: any) => void} choose
 */
function againstChoice(app, choose) {
  const now = againstOf(app);
  const before = shiftQuarter(app.quarter, -1);
  const named = (/** @type {string} */ quarter) => {
    const words = quarterWords(quarter, app.language);
    return app.workbook.closed.includes(quarter) ? app.t('reports.against.closed', { quarter: words }) : words;
  };
  const option = (/** @type {string} */ value, /** @type {string} */ text) => element('option', { value, text, selected: value === now });
  const select = /** @type {HTMLSelectElement} */ (element('select.field', { 'aria-label': app.t('reports.against'), data: { key: 'against' }, on: { change: () => choose({ against: select.value }) } },
    option('', app.t('reports.against.before')),
    earlierQuarters(app).filter((quarter) => quarter !== before).map((quarter) => option(quarter, named(quarter))),
    option('none', app.t('reports.against.none'))));
  return element('label.report-label', {}, element('span', { text: app.t('reports.against') }), select);
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').ReportPreview | null} preview
 * @param {(change: any) => void} choose
 */
function leftSide(app, preview, choose) {
  const kinds = element('div.report-kinds', { role: 'radiogroup', 'aria-label': app.t('reports.kinds') }, KINDS.map((kind) => element('label.report-kind', {},
    element('input', { type: 'radio', name: 'report-kind', value: kind, checked: kind === last.kind, data: { key: `kind-${kind}` }, on: { change: () => choose({ kind }) } }),
    element('span', {}, element('b', { text: app.t(`report.${kind}`) }), element('small.quiet', { text: app.t(`report.${kind}.text`) })))));
  const parts = [element('h2', { text: app.t('reports.kinds') }), kinds];
  if (OF_DEPARTMENT.has(last.kind)) {
    const now = departmentOf(app);
    const select = /** @type {HTMLSelectElement} */ (element('select.field', { 'aria-label': app.t('reports.department'), data: { key: 'department' }, on: { change: () => choose({ department: select.value }) } },
      app.workbook.departments.filter((/** @type {any} */ line) => line.leads + line.supports > 0).map((/** @type {any} */ line) => element('option', { value: line.id, text: line.name, selected: line.id === now }))));
    parts.push(element('label.report-label', {}, element('span', { text: app.t('reports.department') }), select));
  }
  if (COMPARING.has(last.kind)) parts.push(againstChoice(app, choose));
  const passages = (last.kind === 'bulletin' ? [...(preview?.passages ?? [])] : []).sort((a, b) => PASSAGES.indexOf(a.kind) - PASSAGES.indexOf(b.kind));
  if (passages.length) {
    parts.push(element('h2', {}, app.t('reports.passages'), element('small.quiet', { text: quarterWords(app.quarter, app.language) })));
    if (app.workbook.closed.includes(app.quarter)) parts.push(element('p.quiet.report-fixed', { text: app.t('reports.passages.closed') }));
    parts.push(...passages.map((line) => passage(app, line)));
  } else if (last.kind !== 'bulletin') parts.push(element('p.quiet.report-fixed', { text: app.t('reports.fixed') }));
  return parts;
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').PassageLine} line
 */
function passage(app, line) {
  const quarter = app.quarter;
  const save = (/** @type {string} */ text) => {
    // the answer with the new text comes with the next preview, which takes a while
    line.text = text || line.proposed;
    return app.apply([{ edit: 'set_passage', quarter, kind: line.kind, text }]);
  };
  const own = line.text !== line.proposed;
  // a closed quarter prints as it was closed, its words too
  const fixed = app.workbook.read_only || app.workbook.closed.includes(quarter);
  return element('div.report-passage', {},
    element('div.report-passage-head', {},
      element('label', { for: `passage-${line.kind}`, text: app.t(`passage.${line.kind}`) }),
      own && !fixed && element('button.link.small', {
        type: 'button', text: app.t('reports.proposed'), title: line.proposed || app.t('reports.proposed.empty'), data: { key: `proposed-${line.kind}` },
        on: { click: attempt(() => save('')) },
      })),
    savingField({
      key: `passage-${line.kind}-${quarter}`, id: `passage-${line.kind}`, value: line.text, lines: true, disabled: fixed, wrong: '',
      placeholder: line.proposed || app.t(`passage.${line.kind}.hint`),
      read: (text) => text,
      save,
    }));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').ReportPreview | null} preview
 * @param {import('../wire').Refusal | null} refused
 * @param {boolean} running
 * @param {() => any} request
 * @param {ReturnType<typeof pageView>} pages
 * @returns {HTMLElement[]}
 */
function topBar(app, preview, refused, running, request, pages) {
  /** @type {HTMLElement[]} */
  const parts = [];
  if (preview && !refused) {
    const over = preview.limit !== null && preview.characters > preview.limit;
    parts.push(element(`span.report-count.number${over ? '.over' : ''}`, {
      title: over ? app.t('reports.over') : app.t('reports.count.title'),
      text: preview.limit === null ? app.t('reports.count', { count: figure(preview.characters) }) : app.t('reports.count.of', { count: figure(preview.characters), limit: figure(preview.limit) }),
    }));
    parts.push(element('span.quiet', { text: app.t('reports.pages', { count: preview.pages }) }));
    parts.push(preview.warnings.length ? differences(app, preview.warnings) : element('span.report-checked', { text: app.t('reports.checked'), title: app.t('reports.checked.title') }));
    parts.push(zoomChoice(app, pages));
    parts.push(element('span.quiet.report-faces', { text: preview.faces.length ? app.t('reports.faces', { faces: preview.faces.join('、') }) : '', title: preview.faces.join('\n') }));
  } else if (running) {
    parts.push(element('span.quiet', { role: 'status', text: app.t('reports.making') }));
  }
  parts.push(element('span.spread'));
  const ready = preview && !refused ? preview : null;
  const write = (/** @type {'pdf' | 'docx' | 'xlsx'} */ ending) => attempt(() => ready && exportReport(app, ready.file_name, ending, request()));
  const more = element('button.button.primary.report-more', {
    type: 'button', text: '▾', 'aria-label': app.t('reports.more'), title: app.t('reports.more'), disabled: !ready, data: { key: 'export-more' },
    on: {
      click: () => openMenu(more, [
        { label: app.t('reports.export'), run: write('pdf') },
        { label: app.t('reports.export.docx'), run: write('docx') },
        { label: app.t('reports.export.xlsx'), run: write('xlsx') },
        ...(OF_DEPARTMENT.has(last.kind) ? [{ rule: true }, { label: app.t('reports.export.all'), run: attempt(() => exportForAll(app, request())) }] : []),
      ], { label: app.t('reports.more') }),
    },
  });
  parts.push(element('div.report-export', {},
    element('button.button.primary', { type: 'button', text: app.t('reports.export'), disabled: !ready, data: { key: 'export' }, on: { click: write('pdf') } }),
    more));
  return parts;
}

/**
 * The whole page at once, or as wide as there is room.
 * @param {import('../lib/app.js').App} app
 * @param {ReturnType<typeof pageView>} pages
 */
function zoomChoice(app, pages) {
  return element('div.segments', { role: 'group', 'aria-label': app.t('reports.zoom') }, [false, true].map((whole) => element('button', {
    type: 'button', text: app.t(whole ? 'reports.zoom.whole' : 'reports.zoom.wide'), 'aria-pressed': String(pages.isWhole() === whole), data: { key: `zoom-${whole}` },
    on: {
      click: (/** @type {MouseEvent} */ event) => {
        pages.setWhole(whole);
        const group = event.currentTarget instanceof HTMLElement ? event.currentTarget.parentElement : null;
        [...(group?.children ?? [])].forEach((button, place) => button.setAttribute('aria-pressed', String((place === 1) === whole)));
      },
    },
  })));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string[]} warnings
 */
function differences(app, warnings) {
  return element('details.report-differences', {},
    element('summary', { data: { key: 'differences' }, text: app.t('reports.differences', { count: warnings.length }) }),
    element('ul', {}, warnings.map((text) => element('li', { text }))));
}
