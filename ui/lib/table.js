// Rows out of a table that says once what many rows say: the texts and lists that rows share are the same ones in memory.

/** @typedef {import('../wire').LedgerTable} LedgerTable */
/** @typedef {import('../wire').LedgerRow} LedgerRow */

/**
 * @param {LedgerTable} table
 * @returns {LedgerRow[]}
 */
export function rowsOf(table) {
  const { texts, department_lists: lists } = table;
  // a text of a vocabulary's column is one of its words
  const word = (/** @type {number} */ place) => /** @type {any} */ (texts[place]);
  const shared = (/** @type {number | null} */ place) => (place === null ? null : texts[place]);
  return table.id.map((id, at) => ({
    id,
    plan: texts[table.plan[at]],
    section: shared(table.section[at]),
    number: table.number[at],
    title: table.title[at],
    kind: texts[table.kind[at]],
    departments: lists[table.departments[at]],
    due: shared(table.due[at]),
    due_by_default: table.due_by_default[at] === 1,
    status: word(table.status[at]),
    progress: texts[table.progress[at]],
    problems: texts[table.problems[at]],
    next: texts[table.next[at]],
    items_done: table.items_done[at],
    items: table.items[at],
    completion: table.completion[at],
    gap: table.gap[at],
    judgement: word(table.judgement[at]),
    lamp: word(table.lamp[at]),
    why: texts[table.why[at]],
    evidence: table.evidence[at],
    closed_on: shared(table.closed_on[at]),
    initials: table.initials[at],
    remark: texts[table.remark[at]],
    origin: texts[table.origin[at]],
    leaders: texts[table.leaders[at]],
  }));
}
