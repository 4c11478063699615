// Choosing a department by name, short name or pinyin initials: kjj finds 县科技局.
import { element } from '../../parts/element.js';
import { composing } from '../../lib/keys.js';

/**
 * @param {import('../../lib/app.js').App} app
 * @param {string} chosen Department id; empty for 未分派.
 * @param {(department: string) => void} choose
 */
export function departmentChooser(app, chosen, choose) {
  /** @type {import('../../wire').DepartmentLine[]} */
  const all = app.workbook.departments;
  const now = all.find((line) => line.id === chosen);
  const place = all.findIndex((line) => line.id === chosen);
  // a department's own workbook has nobody else to go to
  if (app.workbook.role === 'department') return element('div.chooser.own', {}, element('b.cut', { text: now?.name ?? '', title: now?.name ?? '' }));
  const button = element('button.chooser-now', {
    type: 'button',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    data: { key: 'chooser' },
    title: now?.name ?? app.t('unassigned'),
    on: { click: () => open(), keydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === 'ArrowDown' && !composing(event)) { event.preventDefault(); open(); } } },
  }, element('span', { text: now?.name ?? app.t('unassigned') }), element('span.chooser-arrow', { text: '▾', 'aria-hidden': 'true' }));
  const step = (/** @type {number} */ by, /** @type {string} */ label, /** @type {string} */ mark) => element('button.chooser-step', {
    type: 'button', text: mark, 'aria-label': label, title: label, disabled: !all[place + by],
    data: { key: `chooser-${by}` },
    on: { click: () => all[place + by] && choose(all[place + by].id) },
  });
  const box = element('div.chooser', {},
    step(-1, app.t('departments.previous'), '‹'), button, step(1, app.t('departments.next'), '›'));
  return box;

  function open() {
    if (box.querySelector('.chooser-open')) return;
    button.setAttribute('aria-expanded', 'true');
    const input = /** @type {HTMLInputElement} */ (element('input.field', {
      placeholder: app.t('departments.find'), 'aria-label': app.t('departments.find'), autocomplete: 'off', role: 'combobox', 'aria-controls': 'chooser-list', 'aria-expanded': 'true',
    }));
    const list = element('ul', { role: 'listbox', id: 'chooser-list' });
    const panel = element('div.chooser-open', {}, input, list);
    box.append(panel);
    let at = 0;
    /** @type {{ id: string, name: string, count: string }[]} */
    let shown = [];

    const fill = () => {
      const words = input.value.trim().toLowerCase();
      shown = all
        .filter((line) => !words || [line.name, line.short_name, ...line.aliases].some((name) => name.toLowerCase().includes(words)) || line.initials.toLowerCase().includes(words))
        .map((line) => ({ id: line.id, name: line.name, count: app.t('departments.counts', { leads: line.leads, supports: line.supports }) }));
      if (!words || app.t('unassigned').includes(words)) shown.push({ id: '', name: app.t('unassigned'), count: '' });
      at = words ? 0 : Math.max(0, shown.findIndex((line) => line.id === chosen));
      mark();
    };
    const mark = () => {
      list.replaceChildren(...shown.map((line, index) => element('li', {
        role: 'option', id: `chooser-${index}`, 'aria-selected': String(index === at),
        on: { pointerdown: (/** @type {PointerEvent} */ event) => { event.preventDefault(); take(index); } },
      }, element('span', { text: line.name }), element('span.quiet.number', { text: line.count }))));
      if (!shown.length) list.append(element('li.quiet', { text: app.t('departments.not_found', { words: input.value.trim() }) }));
      input.setAttribute('aria-activedescendant', `chooser-${at}`);
      list.children[at]?.scrollIntoView({ block: 'nearest' });
    };
    const close = () => {
      // taking the panel away blurs its field, which closes it again
      input.removeEventListener('blur', close);
      panel.remove();
      button.setAttribute('aria-expanded', 'false');
    };
    const take = (/** @type {number} */ index) => {
      const line = shown[index];
      close();
      button.focus();
      if (line) choose(line.id);
    };
    input.addEventListener('input', fill);
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
      if (composing(event)) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        at = Math.max(0, Math.min(shown.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
        mark();
      } else if (event.key === 'Enter') {
        event.preventDefault();
        take(at);
      } else if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        close();
        button.focus();
      }
    });
    fill();
    input.focus();
  }
}
