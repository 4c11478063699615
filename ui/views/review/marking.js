// What a clerk marks in the source becomes a row: a first reading of the marked text, to be corrected. Pure: no page, no program.

import { freshId } from './rows.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('../../wire').Draft} Draft */

/** Units that a figure has in plans, longest first. */
const UNITS = ['个百分点', '平方公里', '万平方米', '万千瓦时', '平方米', '万人次', '亿美元', '万美元', '人次', '亿元', '万元', '公里', '万户', '万亩', '万吨', '万家', '万人', '亩', '元', '家', '个', '项', '件', '人', '名', '户', '所', '台', '套', '座', '条', '次', '场', '倍', '吨', '支', '位', '处', '%', '％'];

/** What stands between the name of what is counted and its number. */
const VERBS = /(?:力争|确保|预计|总数|累计|总额|规模|年均|达到了?|达|突破|超过|超|增长到?|增至|提高到|提升到|提升至|控制在|不低于|不少于|不高于|低于|高于|不超过|至少|以上|约|为|到|新增|实现|完成|[，,：:（(\s])+$/;

/**
 * Numbers as documents write them.
 * @param {string} text
 */
function plain(text) {
  return text.replace(/[０-９．]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0));
}

/**
 * A target read from a marked text.
 * @param {string} marked
 * @param {number | null} lastYear Last year of the plan.
 * @returns {{ indicator: string, op: string, value: number, unit: string, due: string | null, cadence: string }}
 */
export function targetIn(marked, lastYear) {
  const text = plain(marked.trim());
  const year = /(20\d{2})年/.exec(text)?.[1];
  const bare = text.replace(/^.*?20\d{2}年(?:底|末)?[，,]?/, '');
  const found = /(\d+(?:\.\d+)?)\s*/.exec(bare);
  if (!found) return { indicator: bare.replace(/[，,。；]$/, ''), op: '>=', value: 0, unit: '', due: year ?? (lastYear ? String(lastYear) : null), cadence: 'level' };
  const before = bare.slice(0, found.index);
  const behind = bare.slice(found.index + found[0].length);
  const unit = UNITS.find((one) => behind.startsWith(one)) ?? '';
  const after = behind.slice(unit.length);
  const rest = after.replace(/^(?:以上|以内|以下|左右|及以上)/, '').replace(/[，,。；;].*$/, '');
  const op = /以下|以内|不超过|不高于|低于|控制在/.test(before + after.slice(0, 3)) ? '<=' : /左右|约/.test(before.slice(-2) + after.slice(0, 2)) ? '~' : '>=';
  const name = before.replace(VERBS, '').replace(/^(?:力争|确保|到|全县|全市|全区)*/, '').trim();
  return {
    indicator: name || rest.trim() || before.trim(),
    op,
    value: Number(found[1]),
    unit: unit === '％' ? '%' : unit,
    due: year ?? (lastYear ? String(lastYear) : null),
    cadence: /每年|年均新|逐年/.test(before) ? 'annual' : /年均增长|增长/.test(before) && /^(%|个百分点)/.test(behind) ? 'growth' : 'level',
  };
}

/**
 * A due date read from a marked text.
 * @param {string} marked
 * @param {number | null} lastYear
 */
export function dueIn(marked, lastYear) {
  const text = plain(marked);
  const full = /(20\d{2})年(\d{1,2})月(?:(\d{1,2})日)?/.exec(text);
  const two = (/** @type {string} */ digits) => digits.padStart(2, '0');
  if (full) return full[3] ? `${full[1]}-${two(full[2])}-${two(full[3])}` : `${full[1]}-${two(full[2])}`;
  const quarter = /(20\d{2})年第?([一二三四1-4])季度/.exec(text);
  if (quarter) return `${quarter[1]}-${two(String((('一二三四'.indexOf(quarter[2]) + 1) || Number(quarter[2])) * 3))}`;
  const year = /(20\d{2})年/.exec(text);
  return year ? year[1] : lastYear ? String(lastYear) : null;
}

/**
 * The task in whose text a place lies: the one with the shortest text around it.
 * @param {Draft} draft
 * @param {number} at
 */
export function taskAt(draft, at) {
  const around = draft.tasks.filter((task) => task.at && task.at[0] <= at && at < task.at[1]);
  around.sort((a, b) => (a.at ? a.at[1] - a.at[0] : 0) - (b.at ? b.at[1] - b.at[0] : 0));
  return around[0] ?? null;
}

/**
 * The row for a place in the source: the shortest span around it.
 * @param {import('./rows.js').Row[]} rows
 * @param {number} at
 */
export function rowAt(rows, at) {
  const around = rows.filter((row) => row.data.at && row.data.at[0] <= at && at < row.data.at[1]);
  around.sort((a, b) => (a.data.at[1] - a.data.at[0]) - (b.data.at[1] - b.data.at[0]));
  return around[0] ?? null;
}

/**
 * The row that marked text becomes; none where it needs a task and there is none.
 * @param {Draft} draft
 * @param {string} text The whole source.
 * @param {Row['kind']} kind
 * @param {number} from
 * @param {number} to
 * @returns {Row | null}
 */
export function markedRow(draft, text, kind, from, to) {
  const quote = text.slice(from, to).trim();
  const start = text.indexOf(quote, from);
  const task = taskAt(draft, from);
  const last = draft.plan.period.to;
  const base = { id: freshId(draft, kind), quote, at: /** @type {[number, number]} */ ([start, start + quote.length]), review: /** @type {const} */ ('open') };
  const line = quote.replace(/\s*\n\s*/g, '');
  const bare = line.replace(/[。；，]$/, '');
  if (kind !== 'task' && kind !== 'target' && !task && !draft.tasks.length) return null;
  const data = kind === 'target' ? { ...base, task: task?.id ?? null, ...targetIn(line, last) }
    : kind === 'milestone' ? { ...base, task: task?.id ?? null, what: bare, due: dueIn(line, last) ?? '', departments: [] }
      : kind === 'item' ? { ...base, task: task?.id ?? draft.tasks[0].id, text: bare, due: null, departments: [] }
        : { ...base, path: task?.path.slice(0, -1) ?? [], title: bare.slice(0, 40), kind: 'task', lead: [], departments: [] };
  return { kind, id: base.id, data };
}
