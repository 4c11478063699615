// Ctrl+K: rows by words or pinyin initials, and commands, from one line.
import { element } from '../parts/element.js';
import { composing } from './keys.js';
import { showModal } from './dialogs.js';
import { RAIL } from './views.js';
import { createWorkbook, importDocument, openWorkbook } from './files.js';
import { call } from './backend.js';
import { quarterWords } from '../parts/calendar.js';
import { said } from './sentences.js';
import { showPeople } from './people.js';
import { isOffices, newPlan, newSection, showRetired } from './structure.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {{ kind: string, text: string, keys?: string, run: () => void }} Entry */

/** How long typing must pause before the rows are asked for, in milliseconds. */
const PAUSE = 60;

/** @param {App} app */
export function openPalette(app) {
  showModal({
    class: 'palette',
    label: app.t('palette.title'),
    fill: (_, close) => {
      const list = element('ul', { role: 'listbox', id: 'palette-list', 'aria-label': app.t('palette.title') });
      const none = element('p.none', { hidden: true, text: app.t('palette.none') });
      const field = /** @type {HTMLInputElement} */ (element('input', {
        type: 'text', placeholder: app.t('palette.placeholder'), autofocus: true, autocomplete: 'off', spellcheck: false, role: 'combobox',
        'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-label': app.t('palette.title'),
      }));
      /** @type {Entry[]} */
      let entries = [];
      let at = 0;
      let asked = 0;
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let pause;

      const choose = (/** @type {number} */ place) => {
        at = entries.length ? (place + entries.length) % entries.length : 0;
        [...list.children].forEach((row, index) => row.setAttribute('aria-selected', String(index === at)));
        const row = list.children[at];
        row?.scrollIntoView({ block: 'nearest' });
        field.setAttribute('aria-activedescendant', row?.id ?? '');
      };
      const run = (/** @type {Entry | undefined} */ entry) => {
        if (!entry) return;
        close();
        entry.run();
      };
      const show = (/** @type {Entry[]} */ next) => {
        entries = next;
        list.replaceChildren(...entries.map((entry, place) => element('li', {
          role: 'option', id: `palette-${place}`, on: { click: () => run(entry), pointermove: () => { if (at !== place) choose(place); } },
        }, element('small', { text: app.t(`palette.${entry.kind}`) }), element('span.cut', { text: entry.text, title: entry.text }), entry.keys ? element('kbd', { text: entry.keys }) : null)));
        none.hidden = entries.length > 0;
        choose(0);
      };
      const seek = async () => {
        const words = field.value.trim();
        const mine = ++asked;
        const found = commands(app).filter((entry) => matches(entry, words));
        if (!words) {
          show(found);
          return;
        }
        try {
          const hits = await call('find', { words });
          if (mine === asked) show([...hits.map((hit) => hitEntry(app, hit)), ...found]);
        } catch {
          if (mine === asked) show(found);
        }
      };
      field.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(seek, PAUSE); });
      field.addEventListener('keydown', (event) => {
        if (composing(event)) return;
        if (event.key === 'ArrowDown') choose(at + 1);
        else if (event.key === 'ArrowUp') choose(at - 1);
        else if (event.key === 'PageDown') choose(Math.min(at + 10, entries.length - 1));
        else if (event.key === 'PageUp') choose(Math.max(at - 10, 0));
        else if (event.key === 'Enter') run(entries[at]);
        else return;
        event.preventDefault();
      });
      seek();
      return [field, list, none];
    },
  });
}

/**
 * @param {Entry} entry
 * @param {string} words
 */
function matches(entry, words) {
  const text = entry.text.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/**
 * @param {App} app
 * @param {import('../wire').Hit} hit
 * @returns {Entry}
 */
function hitEntry(app, hit) {
  const run = () => {
    if (hit.what === 'department') app.go('departments', { department: hit.id });
    else if (hit.task) app.openTask(hit.task);
    else if (hit.what === 'indicator') app.go('indicators', { indicator: hit.id });
    else if (hit.what === 'milestone') app.go('timeline', { milestone: hit.id });
  };
  return { kind: hit.what, text: hit.text, run };
}

/**
 * @param {App} app
 * @returns {Entry[]}
 */
function commands(app) {
  const { undo, redo, quarters, closed } = app.workbook;
  return [
    ...RAIL.map((view, place) => ({ kind: 'view', text: app.t(`view.${view}.full`), keys: `Alt+${place + 1}`, run: () => { app.go(view); } })),
    ...app.workbook.drafts.map((draft) => ({ kind: 'draft', text: draft.title, run: () => { app.go('review', { draft: draft.id }); } })),
    { kind: 'command', text: app.t('files.import'), run: () => { importDocument(app); } },
    { kind: 'command', text: app.t('files.open'), keys: 'Ctrl+O', run: () => { openWorkbook(app); } },
    { kind: 'command', text: app.t('files.create'), run: () => { createWorkbook(app); } },
    ...(isOffices(app) ? [
      { kind: 'command', text: app.t('structure.plan.new'), run: () => newPlan(app) },
      ...(app.workbook.plans.length ? [
        { kind: 'command', text: app.t('structure.task.new'), run: () => { app.go('ledger', { add: 'task' }); } },
        { kind: 'command', text: app.t('structure.section.new'), run: () => newSection(app, { plan: app.plan ?? app.workbook.plans[0].id, parent: null, after: null }) },
      ] : []),
      { kind: 'command', text: app.t('people.title'), run: () => { showPeople(app); } },
      { kind: 'command', text: app.t('structure.retired'), run: () => { showRetired(app); } },
    ] : []),
    ...(undo ? [{ kind: 'command', text: app.t('frame.undo.plain', { label: said(undo) }), keys: 'Ctrl+Z', run: () => { app.undo(); } }] : []),
    ...(redo ? [{ kind: 'command', text: app.t('frame.redo.plain', { label: said(redo) }), keys: 'Ctrl+Shift+Z', run: () => { app.redo(); } }] : []),
    ...quarters.filter((quarter) => quarter !== app.quarter).map((quarter) => ({
      kind: 'quarter', text: `${quarterWords(quarter, app.language)}${closed.includes(quarter) ? ` ${app.t('frame.closed')}` : ''}`, run: () => { app.setQuarter(quarter); },
    })),
  ];
}
