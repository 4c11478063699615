// A target that lies years ahead is proposed year by year, evenly from its base value, as the ledger does it. Pure: no page, no program.
import { freshId } from './rows.js';

/** @typedef {import('../../wire').Draft} Draft */
/** @typedef {import('../../wire').DraftTarget} DraftTarget */

/** Words after which a figure counts up from nothing; the same as the program goes by when the draft enters the ledger. */
const COUNTS_UP = ['新增', '累计', '新建', '建成', '建设', '培育', '引进', '招引', '新引', '完成', '开展', '创建', '打造', '引育', '培训', '改造', '实施', '设立', '组织', '举办', '新培', '推广'];

/** A target further ahead than this is no plan of steps. */
const MOST_YEARS = 20;

/**
 * The first and the last year of a target's way; nothing where it has no years between.
 * @param {Draft} draft
 * @param {DraftTarget} target
 * @returns {[number, number] | null}
 */
function yearsOf(draft, target) {
  const { period, issued_on } = draft.plan;
  const first = period.from ?? (issued_on ? Number(issued_on.slice(0, 4)) : null);
  const last = target.due ? Number(target.due.slice(0, 4)) : period.to;
  if (!first || !last || target.cadence !== 'level' || target.op === '<=' || target.op === '~' || !Number.isFinite(target.value) || target.value === 0) return null;
  return first < last && last - first <= MOST_YEARS ? [first, last] : null;
}

/**
 * The yearly steps that are missing before a target.
 * @param {Draft} draft
 * @param {DraftTarget} target
 * @returns {DraftTarget[]} None where it needs none.
 */
export function stepsOf(draft, target) {
  const years = yearsOf(draft, target);
  if (!years || target.review === 'dropped') return [];
  const [first, last] = years;
  const same = draft.targets.filter((other) => other.task === target.task && other.indicator === target.indicator && other.unit === target.unit && other.cadence === 'level' && other.review !== 'dropped');
  const taken = new Set(same.map((other) => Number((other.due ?? String(draft.plan.period.to ?? last)).slice(0, 4))));
  // only the last of several steps leads the way
  if (Math.max(...taken) > last) return [];
  const rate = /%|百分点|倍/.test(target.unit);
  const counts = !rate && COUNTS_UP.some((word) => target.indicator.includes(word));
  const base = target.baseline?.value ?? 0;
  const from = target.baseline || counts ? base : target.value;
  const isWhole = Number.isInteger(target.value) && Number.isInteger(base) && !target.unit.includes('%');
  const number = Number(freshId(draft, 'target').slice(1));
  /** @type {DraftTarget[]} */
  const steps = [];
  for (let year = first; year < last; year += 1) {
    if (taken.has(year)) continue;
    const even = from + ((target.value - from) * (year - first + 1)) / (last - first + 1);
    const value = isWhole ? Math.round(even) : Math.round(even * 100) / 100;
    steps.push({ ...target, id: `G${number + steps.length}`, value, due: String(year), review: 'open', proposed: true, same_as: null });
  }
  return steps;
}

/**
 * The steps of all targets that have none at all.
 * @param {Draft} draft
 * @returns {DraftTarget[]}
 */
export function allSteps(draft) {
  /** @type {DraftTarget[]} */
  const all = [];
  let now = draft;
  for (const target of draft.targets) {
    const steps = stepsOf(now, target);
    if (!steps.length) continue;
    all.push(...steps);
    now = { ...now, targets: [...now.targets, ...steps] };
  }
  return all;
}
