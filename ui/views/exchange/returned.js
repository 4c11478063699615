// One return in the preview: conflicts to choose in, what is refused, what changes from what to what, what is asked and what lacks.
import { element } from '../../parts/element.js';
import { changeNames, changeValue } from '../../parts/change.js';
import { quarterWords } from '../../parts/calendar.js';
import { said } from '../../lib/sentences.js';

/** @typedef {import('../../lib/app.js').App} App */
/** @typedef {import('../../wire').CollectedFile} CollectedFile */
/** @typedef {import('../../wire').ConflictLine} ConflictLine */

/**
 * @param {App} app
 * @param {CollectedFile} file
 * @param {{ choose: (choices: [string, string | null][]) => void }} doors
 */
export function fileContent(app, file, doors) {
  return [
    element('header.returned-head', {},
      element('h1', {}, file.department ?? app.t('collect.unknown'), file.quarter ? element('small.quiet', { text: quarterWords(file.quarter, app.language) }) : null),
      element('p.quiet', {}, file.file, file.check_number ? element('span.number', { text: app.t('collect.check_number', { number: file.check_number }) }) : null)),
    file.why ? element(`p.returned-why.${file.late_into ? 'late' : file.state}`, { text: said(file.why) }) : null,
    part(app, 'conflicts', file.conflicts.length, () => [conflictsHead(app, file, doors), ...file.conflicts.map((line, at) => conflict(app, line, at, doors))]),
    part(app, 'older', file.older.length, () => [element('ul.returned-lines', {}, file.older.map((line) => element('li', {}, element('span', { text: line.what }), element('small.quiet', { text: said(line.why) }))))]),
    part(app, 'refused', file.refused.length, () => [element('ul.returned-lines', {}, file.refused.map((line) => element('li', {}, element('span', { text: line.what }), element('small.quiet', { text: said(line.why) }))))]),
    part(app, 'requests', file.requests.length, () => [element('ul.returned-lines', {}, file.requests.map((text) => element('li', { text })))]),
    part(app, 'changes', file.changes.length, () => [changes(app, file)]),
    part(app, 'unfilled', file.unfilled.length, () => [element('ul.returned-lines', {}, file.unfilled.map((text) => element('li', { text })))]),
    part(app, 'evidence', file.evidence.length, () => [element('ul.returned-lines', {}, file.evidence.map((text) => element('li', { text })))]),
    part(app, 'awaited', file.evidence_awaited.length, () => [element('ul.returned-lines', {}, file.evidence_awaited.map((text) => element('li', { text })))]),
    file.state === 'new' && !file.changes.length && !file.conflicts.length && !file.refused.length ? element('p.quiet', { text: app.t('collect.no_change') }) : null,
  ];
}

/**
 * @param {App} app
 * @param {string} name
 * @param {number} count
 * @param {() => (Node | null)[]} fill
 */
function part(app, name, count, fill) {
  if (!count) return null;
  return element(`section.returned-part.${name}`, {}, element('h2', {}, app.t(`collect.part.${name}`), element('span.quiet.number', { text: count })), ...fill().filter((one) => one !== null));
}

/**
 * Old and new of each field, the rows of one task together.
 * @param {App} app
 * @param {CollectedFile} file
 */
function changes(app, file) {
  const counts = new Map();
  for (const change of file.changes) counts.set(change.row, (counts.get(change.row) ?? 0) + 1);
  const disputed = new Set(file.conflicts.map((line) => `${line.what} ${line.row} ${line.field}`));
  let row = '';
  return element('table.lines.returned-changes', {},
    element('thead', {}, element('tr', {}, ['row', 'field', 'old', 'new', 'mark'].map((name) => element('th', { scope: 'col', text: app.t(`collect.${name}`) })))),
    element('tbody', {}, ordered(file.changes).map((change) => {
      const { kind, field } = changeNames(app, change);
      const isFirst = change.row !== row;
      row = change.row;
      return element('tr', { class: isFirst ? 'first' : '' },
        isFirst ? element('th', { scope: 'rowgroup', rowspan: counts.get(change.row), title: change.row }, element('span.two-lines', { text: change.row })) : null,
        element('td.quiet', { text: change.what === 'progress' ? field : `${kind} ${field}` }),
        element('td', {}, value(app, changeValue(app, change, change.old), 'del')),
        element('td', {}, value(app, changeValue(app, change, change.new), 'ins')),
        element('td', {}, mark(app, change, disputed)));
    })));
}

/**
 * What becomes of a field, in a word.
 * @param {App} app
 * @param {import('../../wire').FieldChange} change
 * @param {Set<string>} disputed Fields that two hands wrote.
 */
function mark(app, change, disputed) {
  const name = disputed.has(`${change.what} ${change.row} ${change.field}`) ? 'conflict' : !change.new ? 'emptied' : !change.old || change.field === 'status' && change.old === '未启动' ? 'new' : 'changed';
  return element(`span.change-mark.${name}`, { text: app.t(`collect.mark.${name}`) });
}

/**
 * Changes with those of one row beside each other, in the order of the rows' first changes.
 * @param {import('../../wire').FieldChange[]} all
 */
function ordered(all) {
  /** @type {Map<string, import('../../wire').FieldChange[]>} */
  const rows = new Map();
  for (const change of all) rows.set(change.row, [...(rows.get(change.row) ?? []), change]);
  return [...rows.values()].flat();
}

/**
 * @param {App} app
 * @param {string | null} text
 * @param {'del' | 'ins'} tag
 */
function value(app, text, tag) {
  return text ? element(tag, { text, title: text.length > 60 ? text : null }) : element('span.quiet', { text: app.t('collect.empty') });
}

/**
 * What is asked, and where it is asked more than once, one answer for all: the ledger's words or this department's.
 * @param {App} app
 * @param {CollectedFile} file
 * @param {{ choose: (choices: [string, string | null][]) => void }} doors
 */
function conflictsHead(app, file, doors) {
  const theirs = file.conflicts.flatMap((line) => {
    const side = line.sides.find((side) => side.department === file.department);
    return side ? [/** @type {[string, string | null]} */ ([line.key, sideKey(side)])] : [];
  });
  const ours = file.conflicts.map((line) => /** @type {[string, string | null]} */ ([line.key, null]));
  const all = (/** @type {string} */ name, /** @type {[string, string | null][]} */ choices) => element('button.button.small', {
    type: 'button', text: app.t(`collect.all.${name}`, { department: file.department ?? '' }), disabled: !choices.length,
    data: { key: `collect-all-${name}` }, on: { click: () => doors.choose(choices) },
  });
  return element('div.conflicts-head', {},
    element('p.quiet', { text: app.t('collect.conflicts.text') }),
    file.conflicts.length > 1 ? element('span.conflicts-all', {}, all('ours', ours), all('theirs', theirs)) : null);
}

/**
 * What the office has and what each department says, one of them to take.
 * @param {App} app
 * @param {ConflictLine} line
 * @param {number} at
 * @param {{ choose: (choices: [string, string | null][]) => void }} doors
 */
function conflict(app, line, at, doors) {
  const { kind, field } = changeNames(app, line);
  const taken = line.sides.find((side) => side.value === line.new);
  const option = (/** @type {string | null} */ department, /** @type {string} */ who, /** @type {string | null} */ text, /** @type {boolean} */ checked) => {
    const key = `choice-${line.key}-${department ?? ''}`;
    const shown = changeValue(app, line, text);
    return element(`label.conflict-side${checked ? '.taken' : ''}`, {},
      element('input', { type: 'radio', name: `conflict-${at}`, checked, data: { key }, on: { change: () => doors.choose([[line.key, department]]) } }),
      element('b', { text: who }),
      shown ? element('span', { text: shown }) : element('span.quiet', { text: app.t(department ? 'collect.side.emptied' : 'collect.empty') }));
  };
  return element('fieldset.conflict', {},
    element('legend', {}, element('span', { text: line.row }), element('small.quiet', { text: line.what === 'progress' ? field : `${kind} ${field}` })),
    option(null, app.t('collect.side.office'), line.old, !taken),
    line.sides.map((side) => option(sideKey(side), side.file ? `${side.department}（${side.file}）` : side.department, side.value, side === taken)));
}

/**
 * Names a side of a conflict: the department, and the file where several copies of it say different things.
 * @param {import('../../wire').SideLine} side
 */
function sideKey(side) {
  return side.file ? `${side.id}\n${side.file}` : side.id;
}
