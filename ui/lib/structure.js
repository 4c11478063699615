// Plans, headings and tasks made by hand: the questions that are asked for them, the block of cells that is pasted, and what no longer
// counts. Used by the ledger, the task pane and the palette.
import { element } from '../parts/element.js';
import { dueWords } from '../parts/calendar.js';
import { showModal } from './dialogs.js';
import { composing } from './keys.js';
import { Refusal } from './backend.js';

/** @typedef {import('./app.js').App} App */
/** @typedef {import('../wire').Edit} Edit */

/** What a register can be, as it is kept and shown. */
export const REGISTERS = ['规划', '政府工作报告', '会议议定事项', '领导批示', '民生实事', '其他'];

/** What a pasted column can hold, in the words of ledgers' heads. */
export const FIELDS = ['序号', '类别', '目标任务', '工作内容', '牵头单位', '配合单位', '责任单位', '完成时限', '指标名称', '目标值', '计量单位', '备注'];

/** Whether rows can be made and moved in this workbook. @param {App} app */
export function isOffices(app) {
  return app.workbook.role === 'office' && !app.workbook.read_only;
}

/**
 * A dialog with fields; what was typed stays where it was refused, with the reason under it.
 * @param {App} app
 * @param {{ title: string, text?: string, yes: string, fields: { name: string, label: string, value?: string, options?: { value: string, label: string }[], inputmode?: string, placeholder?: string }[], take: (values: Record<string, string>) => Promise<unknown> }} form
 */
export function askFields(app, form) {
  showModal({
    class: 'fields-ask',
    label: form.title,
    fill: (_, close) => {
      const fields = form.fields.map((one) => {
        const id = `ask-${one.name}`;
        const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (one.options
          ? element('select.field', { id }, one.options.map((option) => element('option', { value: option.value, text: option.label, selected: option.value === one.value })))
          : element('input.field', { id, value: one.value ?? '', inputMode: one.inputmode, placeholder: one.placeholder ?? '', autocomplete: 'off', spellcheck: false }));
        return { name: one.name, input, line: element('p.ask-field', {}, element('label', { for: id, text: one.label }), input) };
      });
      const wrong = element('p.wrong', { role: 'alert', hidden: true });
      const take = async () => {
        try {
          await form.take(Object.fromEntries(fields.map(({ name, input }) => [name, input.value.trim()])));
          close();
        } catch (error) {
          wrong.hidden = false;
          wrong.textContent = error instanceof Refusal ? `${error.message}${error.hint ?? ''}` : app.t('structure.failed');
        }
      };
      for (const { input } of fields) {
        input.addEventListener('keydown', (raw) => {
          const event = /** @type {KeyboardEvent} */ (raw);
          if (event.key !== 'Enter' || composing(event)) return;
          event.preventDefault();
          take();
        });
      }
      if (fields[0]) fields[0].input.autofocus = true;
      return [
        element('h2', { text: form.title }), form.text ? element('p.quiet', { text: form.text }) : null, ...fields.map((one) => one.line), wrong,
        element('div.ask-buttons', {},
          element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }),
          element('button.button.primary', { type: 'button', text: form.yes, on: { click: take } })),
      ];
    },
  });
}

/** A year as typed, or none. @param {string} text */
const year = (text) => (/^\d{4}$/.test(text) ? Number(text) : null);

/** @param {App} app */
export function newPlan(app) {
  const now = app.workbook.as_of.slice(0, 4);
  askFields(app, {
    title: app.t('structure.plan.new'), text: app.t('structure.plan.new.text'), yes: app.t('structure.add'),
    fields: [
      { name: 'title', label: app.t('structure.plan.title') },
      { name: 'source', label: app.t('structure.plan.source'), value: REGISTERS[0], options: REGISTERS.map((word) => ({ value: word, label: app.t(`register.${word}`) })) },
      { name: 'from', label: app.t('structure.plan.from'), value: now, inputmode: 'numeric' },
      { name: 'to', label: app.t('structure.plan.to'), value: now, inputmode: 'numeric' },
    ],
    take: (values) => app.apply([{ edit: 'add_plan', title: values.title, source: values.source, from: year(values.from), to: year(values.to) }]),
  });
}

/** @param {App} app @param {string} id */
export function editPlan(app, id) {
  const plan = app.workbook.plans.find((one) => one.id === id);
  if (!plan) return;
  askFields(app, {
    title: app.t('structure.plan.edit'), yes: app.t('structure.save'),
    fields: [
      { name: 'title', label: app.t('structure.plan.title'), value: plan.title },
      { name: 'source', label: app.t('structure.plan.source'), value: plan.source, options: REGISTERS.map((word) => ({ value: word, label: app.t(`register.${word}`) })) },
      { name: 'doc_number', label: app.t('structure.plan.doc_number'), value: plan.doc_number ?? '' },
      { name: 'issuer', label: app.t('structure.plan.issuer'), value: plan.issuer ?? '' },
      { name: 'issued_on', label: app.t('structure.plan.issued_on'), value: plan.issued_on ?? '', placeholder: '2025-01-20' },
      { name: 'from', label: app.t('structure.plan.from'), value: String(plan.period.from ?? ''), inputmode: 'numeric' },
      { name: 'to', label: app.t('structure.plan.to'), value: String(plan.period.to ?? ''), inputmode: 'numeric' },
    ],
    take: (values) => app.apply([{
      edit: 'set_plan', plan: id, title: values.title, source: values.source, doc_number: values.doc_number || null, issuer: values.issuer || null,
      issued_on: values.issued_on || null, from: year(values.from), to: year(values.to),
    }]),
  });
}

/**
 * @param {App} app
 * @param {{ plan: string, parent: string | null, after: string | null }} where
 */
export function newSection(app, where) {
  askFields(app, {
    title: app.t('structure.section.new'), yes: app.t('structure.add'),
    fields: [
      { name: 'number', label: app.t('structure.section.number'), placeholder: '（一）' },
      { name: 'title', label: app.t('structure.section.title') },
    ],
    take: (values) => app.apply([{ edit: 'add_section', ...where, number: values.number, title: values.title }]),
  });
}

/** @param {App} app @param {import('../wire').SectionLine} section */
export function editSection(app, section) {
  askFields(app, {
    title: app.t('structure.section.edit'), yes: app.t('structure.save'),
    fields: [
      { name: 'number', label: app.t('structure.section.number'), value: section.number },
      { name: 'title', label: app.t('structure.section.title'), value: section.title },
    ],
    take: (values) => app.apply([{ edit: 'set_section', section: section.id, number: values.number, title: values.title }]),
  });
}

/** @param {App} app @param {import('../wire').LedgerRow} row @param {string} number */
export function duplicateTask(app, row, number) {
  askFields(app, {
    title: app.t('structure.task.copy'), text: app.t('structure.task.copy.text'), yes: app.t('structure.add'),
    fields: [
      { name: 'number', label: app.t('column.number'), value: number },
      { name: 'title', label: app.t('column.title'), value: row.title },
    ],
    take: (values) => app.apply([{ edit: 'duplicate_task', task: row.id, number: values.number, title: values.title }]),
  });
}

/** @param {App} app @param {import('../wire').LedgerRow} row */
export async function retireTask(app, row) {
  try {
    await app.apply([{ edit: 'retire_task', task: row.id }]);
    app.notice(app.t('structure.task.retired', { title: row.title }), { action: { label: app.t('undo'), run: () => app.undo() } });
  } catch {
    // said already
  }
}

/**
 * Guesses what the columns of a block without heads hold, to be put right in the dialog.
 * @param {string[][]} table
 * @returns {(string | null)[]}
 */
export function guessFields(table) {
  const width = Math.max(0, ...table.map((cells) => cells.length));
  const column = (/** @type {number} */ at) => table.map((cells) => (cells[at] ?? '').trim()).filter(Boolean);
  const all = (/** @type {string[]} */ cells, /** @type {RegExp} */ pattern) => cells.length > 0 && cells.every((cell) => pattern.test(cell));
  /** @type {(string | null)[]} */
  const fields = Array.from({ length: width }, () => null);
  for (let at = 0; at < width; at += 1) {
    const cells = column(at);
    if (all(cells, /^\d{1,4}(?:[.-]\d{1,3})*$/) && !fields.includes('序号')) fields[at] = '序号';
    else if (all(cells, /^(?:19|20)\d{2}\s*(?:年|[-./])/)) fields[at] = '完成时限';
    else if (all(cells, /(?:局|办|委|部|院|中心|公司|街道|镇|乡|处|馆|站|会|政府)(?:[、，,；;\s].*)?$/)) fields[at] = fields.includes('牵头单位') ? '配合单位' : '牵头单位';
  }
  const free = fields.map((field, at) => ({ at, field, length: column(at).join('').length })).filter((one) => one.field === null && one.length > 0);
  free.sort((a, b) => b.length - a.length);
  if (free[0]) fields[free[0].at] = '目标任务';
  return fields;
}

/** Whether a first row is one of heads. @param {string[]} cells */
export function looksLikeHeads(cells) {
  const words = /任务|事项|工作|单位|时限|期限|时间|序号|指标|目标|备注|内容|举措|措施|部门|类别/;
  const said = cells.filter((cell) => cell.trim());
  return said.length > 0 && said.every((cell) => cell.trim().length <= 12) && said.filter((cell) => words.test(cell)).length * 2 > said.length;
}

/** The word of a head, among those that can be chosen. @param {string} head @returns {string | null} */
export function fieldOfHead(head) {
  const text = head.replace(/\s/g, '');
  const pairs = /** @type {[RegExp, string][]} */ ([
    [/^(序号|编号|序)$/, '序号'], [/备注|说明/, '备注'], [/牵头|主办/, '牵头单位'], [/配合|协办/, '配合单位'], [/责任|承办|部门/, '责任单位'], [/时限|期限|完成时间|截止|^时间$/, '完成时限'],
    [/计量单位|^单位$/, '计量单位'], [/目标值|年度目标|任务数|\d{4}年.*目标/, '目标值'], [/类别|板块|领域|分类/, '类别'], [/指标/, '指标名称'], [/任务|事项|项目|重点工作/, '目标任务'], [/内容|举措|措施|要求/, '工作内容'],
  ]);
  return pairs.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/**
 * Shows what a pasted block would become, column by column, and pastes it as one edit.
 * @param {App} app
 * @param {string[][]} table
 * @param {{ plan: string, section: string | null, after: string | null, place: string }} where
 */
export function pasteTasks(app, table, where) {
  const hasHeads = table.length > 1 && looksLikeHeads(table[0]);
  const rows = hasHeads ? table.slice(1) : table;
  const fields = hasHeads ? table[0].map(fieldOfHead) : guessFields(rows);
  const count = rows.filter((cells) => cells.some((cell) => cell.trim())).length;
  showModal({
    class: 'paste-ask',
    label: app.t('structure.paste'),
    fill: (_, close) => {
      const wrong = element('p.wrong', { role: 'alert', hidden: true });
      const selects = fields.map((field, at) => element('select.field', {
        'aria-label': app.t('structure.paste.column', { number: at + 1 }),
        on: { change: (/** @type {Event} */ event) => { fields[at] = /** @type {HTMLSelectElement} */ (event.currentTarget).value || null; wrong.hidden = true; } },
      }, element('option', { value: '', text: app.t('structure.paste.none') }), FIELDS.map((word) => element('option', { value: word, text: app.t(`field.${word}`), selected: field === word }))));
      const take = async () => {
        try {
          const applied = await app.apply([{ edit: 'paste_rows', plan: where.plan, section: where.section, after: where.after, columns: fields, rows }]);
          close();
          app.notice(app.t('structure.pasted', { count: applied.added.length }), { action: { label: app.t('undo'), run: () => app.undo() } });
        } catch (error) {
          wrong.hidden = false;
          wrong.textContent = error instanceof Refusal ? `${error.message}${error.hint ?? ''}` : app.t('structure.failed');
        }
      };
      return [
        element('h2', { text: app.t('structure.paste.title', { count }) }),
        element('p.quiet', { text: app.t(hasHeads ? 'structure.paste.heads' : 'structure.paste.guess', { place: where.place }) }),
        element('div.paste-table', { tabIndex: 0, role: 'group', 'aria-label': app.t('structure.paste') }, element('table.lines', {},
          element('thead', {}, element('tr', {}, selects.map((select, at) => element('th', { scope: 'col' }, hasHeads ? element('small.quiet', { text: table[0][at] || '—' }) : null, select)))),
          element('tbody', {}, rows.slice(0, 6).map((cells) => element('tr', {}, fields.map((field, at) => element('td', { text: cells[at] ?? '' }))))))),
        rows.length > 6 ? element('p.quiet', { text: app.t('structure.paste.more', { count: rows.length - 6 }) }) : null,
        wrong,
        element('div.ask-buttons', {},
          element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }),
          element('button.button.primary', { type: 'button', text: app.t('structure.paste.yes', { count }), autofocus: true, on: { click: take } })),
      ];
    },
  });
}

/** The edit that brings a row back. @param {import('../wire').RetiredLine} line @returns {Edit} */
function restoring(line) {
  switch (line.kind) {
    case 'section': return { edit: 'restore_section', section: line.id };
    case 'checklist_item': return { edit: 'restore_item', item: line.id };
    case 'milestone': return { edit: 'restore_milestone', milestone: line.id };
    case 'target': return { edit: 'restore_target', target: line.id };
    default: return { edit: 'restore_task', task: line.id };
  }
}

/** Lists what no longer counts, each with the way back. @param {App} app */
export async function showRetired(app) {
  /** @type {import('../wire').RetiredLine[]} */
  let lines;
  try {
    lines = await app.call('retired', {});
  } catch {
    return;
  }
  showModal({
    class: 'retired-list',
    label: app.t('structure.retired'),
    fill: (_, close) => {
      const list = element('ul', {});
      const draw = () => list.replaceChildren(...lines.map((line) => {
        const wrong = element('small.wrong', { role: 'alert', hidden: true });
        const back = async () => {
          try {
            await app.apply([restoring(line)]);
            lines = lines.filter((one) => one !== line);
            if (lines.length) draw();
            else close();
          } catch (error) {
            wrong.hidden = false;
            wrong.textContent = error instanceof Refusal ? `${error.message}${error.hint ?? ''}` : app.t('structure.failed');
          }
        };
        return element('li', {},
          element('span.tag', { text: app.t(`retired.${line.kind}`) }),
          element('span', {}, element('span', { text: line.text }), element('small.quiet', { text: [line.of, app.t('structure.retired.since', { day: dueWords(line.retired_on, app.language) })].filter(Boolean).join(' · ') }), wrong),
          isOffices(app) ? element('button.button.small', { type: 'button', text: app.t('structure.restore'), on: { click: back } }) : null);
      }));
      draw();
      return [
        element('h2', { text: app.t('structure.retired') }),
        element('p.quiet', { text: app.t(lines.length ? 'structure.retired.text' : 'structure.retired.none') }),
        list,
        element('div.ask-buttons', {}, element('button.button', { type: 'button', text: app.t('structure.close'), autofocus: true, on: { click: close } })),
      ];
    },
  });
}

/**
 * The number after the greatest one of a plan's tasks, proposed for a new one; none where none is a whole number.
 * @param {{ plan: string, number: string }[]} rows
 * @param {string} plan
 */
export function nextNumber(rows, plan) {
  let most = 0;
  let any = false;
  for (const row of rows) {
    if (row.plan !== plan) continue;
    any = true;
    if (/^\d{1,9}$/.test(row.number)) most = Math.max(most, Number(row.number));
  }
  return most || !any ? String(most + 1) : '';
}
