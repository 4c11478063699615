// The rows of the timeline: lanes by department or section, their tasks, and the plan's own milestones.

/**
 * @typedef {object} Row
 * @property {'lane' | 'task' | 'goals'} kind
 * @property {string} id
 * @property {string} lane
 * @property {string} name
 * @property {number} count
 * @property {import('../../wire').LedgerRow | null} task
 * @property {import('../../wire').MilestoneLine[]} milestones
 */

/**
 * @param {import('../../lib/app.js').App} app
 * @param {{ by: string, open: boolean, folded: Set<string> }} state
 * @param {import('../../wire').Timeline} answer
 * @param {import('../../wire').SectionLine[]} sections
 * @returns {Row[]}
 */
export function lanes(app, state, answer, sections) {
  const milestones = state.open ? answer.milestones.filter((line) => !line.done_on) : answer.milestones;
  /** @type {Map<string, import('../../wire').MilestoneLine[]>} */
  const ofTask = new Map();
  const goals = [];
  const known = new Set(answer.tasks.map((task) => task.id));
  for (const line of milestones) {
    if (line.task && known.has(line.task)) {
      const of = ofTask.get(line.task);
      if (of) of.push(line);
      else ofTask.set(line.task, [line]);
    } else goals.push(line);
  }
  const tasks = state.open ? answer.tasks.filter((task) => task.judgement !== '已完成' && !task.closed_on) : answer.tasks;
  const headings = state.by === 'section' ? tops(sections) : new Map();

  /** @type {Map<string, { name: string, tasks: import('../../wire').LedgerRow[] }>} */
  const found = new Map();
  for (const task of tasks) {
    const [id, name] = laneOf(app, state.by, task, headings);
    const lane = found.get(id);
    if (lane) lane.tasks.push(task);
    else found.set(id, { name, tasks: [task] });
  }
  if (state.by === 'department') {
    const order = new Map(app.workbook.departments.map((/** @type {any} */ line, /** @type {number} */ place) => [line.id, place]));
    const place = (/** @type {string} */ id) => order.get(id) ?? Number.MAX_SAFE_INTEGER;
    const sorted = [...found].sort(([a], [b]) => place(a) - place(b));
    found.clear();
    for (const [id, lane] of sorted) found.set(id, lane);
  }

  /** @type {Row[]} */
  const rows = [];
  if (goals.length) {
    rows.push({ kind: 'lane', id: 'goals', lane: 'goals', name: app.t('timeline.goals'), count: goals.length, task: null, milestones: goals });
    if (!state.folded.has('goals')) for (const goal of goals) rows.push({ kind: 'goals', id: goal.id, lane: 'goals', name: goal.what, count: 0, task: null, milestones: [goal] });
  }
  for (const [id, lane] of found) {
    const all = lane.tasks.flatMap((task) => ofTask.get(task.id) ?? []);
    rows.push({ kind: 'lane', id, lane: id, name: lane.name, count: lane.tasks.length, task: null, milestones: all });
    if (state.folded.has(id)) continue;
    for (const task of lane.tasks) {
      rows.push({ kind: 'task', id: task.id, lane: id, name: task.title, count: 0, task, milestones: ofTask.get(task.id) ?? [] });
    }
  }
  return rows;
}

/**
 * @param {import('../../lib/app.js').App} app
 * @param {string} by
 * @param {import('../../wire').LedgerRow} task
 * @param {Map<string, { id: string, heading: string }>} headings
 * @returns {[string, string]}
 */
function laneOf(app, by, task, headings) {
  if (by === 'department') {
    const first = task.departments[0];
    return first ? [first.id, first.name] : ['none', app.t('unassigned')];
  }
  const top = task.section ? headings.get(task.section) : undefined;
  return top ? [top.id, top.heading] : ['none', app.t('timeline.no_section')];
}

/**
 * The heading that makes a lane for each section: the second level where there is one, since the first is mostly 重点任务 alone.
 * @param {import('../../wire').SectionLine[]} sections
 * @returns {Map<string, { id: string, heading: string }>}
 */
function tops(sections) {
  const byId = new Map(sections.map((section) => [section.id, section]));
  return new Map(sections.map((section) => {
    let at = section;
    while (at.level > 2 && at.parent) {
      const above = byId.get(at.parent);
      if (!above) break;
      at = above;
    }
    return [section.id, { id: at.id, heading: at.heading }];
  }));
}
