// 设置: names, the printed form, rules and words, how the page looks, where the program keeps what.
import { element, lampMark } from '../parts/element.js';
import { living } from '../parts/view.js';
import { savingField, saveOpenFields } from '../parts/saving.js';
import { departmentNames } from './settings/departments.js';
import { said } from '../lib/sentences.js';

export default {
  name: 'settings',

  /**
   * @param {HTMLElement} root
   * @param {import('../lib/app.js').App} app
   */
  mount(root, app) {
    root.classList.add('settings');
    const names = { isOpen: false };
    const view = living(root, () => app.call('choices', {}), (/** @type {import('../wire').Choices} */ choices) => [
      element('div.settings-page', { data: { scroll: 'settings' } },
        element('h1', { text: app.t('settings.title') }),
        office(app, choices, names), rules(app, choices), looks(app), places(app, choices)),
    ]);
    view.load();
    return {
      update(/** @type {{ kind: string }} */ change) { if (change.kind !== 'changed') view.redraw(); },
      unmount() {
        saveOpenFields();
        view.end();
      },
    };
  },
};

/**
 * Keeps a setting of the workbook.
 * @param {import('../lib/app.js').App} app
 * @param {string} key
 * @param {unknown} value
 */
function keep(app, key, value) {
  return app.apply([{ edit: 'set_setting', key, value }]);
}

/**
 * @param {string} title
 * @param {...(HTMLElement | null | false)} lines
 */
function group(title, ...lines) {
  return element('section.settings-group', {}, element('h2', { text: title }), lines);
}

/**
 * @param {string} id
 * @param {string} title
 * @param {string} note
 * @param {Node | (Node | false | null)[]} control
 */
function line(id, title, note, control) {
  return element('div.settings-line', {},
    element('div', {}, element('label', { for: id, text: title }), note && element('p.quiet', { text: note })),
    element('div.settings-control', {}, control));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} key
 */
function textSetting(app, key) {
  const now = String(app.workbook.settings[key] ?? '');
  return line(`set-${key}`, app.t(`settings.${key}`), app.t(`settings.${key}.note`), savingField({
    key: `set-${key}`, id: `set-${key}`, value: now, placeholder: app.t(`settings.${key}.hint`), disabled: app.workbook.read_only, wrong: '',
    read: (text) => text.trim(),
    save: (text) => keep(app, key, text || null),
  }));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} key
 * @param {{ code: string, label: string }[]} choices
 * @param {string} first What holds where nothing is set.
 * @param {string} [note]
 */
function choiceSetting(app, key, choices, first, note = app.t(`settings.${key}.note`)) {
  const now = String(app.workbook.settings[key] ?? first);
  const select = /** @type {HTMLSelectElement} */ (element('select.field', {
    id: `set-${key}`, disabled: app.workbook.read_only, data: { key: `set-${key}` },
    on: { change: () => keep(app, key, select.value).catch(() => { select.value = now; }) },
  }, choices.map((choice) => element('option', { value: choice.code, text: choice.label, selected: choice.code === now }))));
  return line(`set-${key}`, app.t(`settings.${key}`), note, select);
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} key
 */
function switchSetting(app, key) {
  const now = app.workbook.settings[key] === true;
  return switchLine(app, key, now, app.workbook.read_only, (on) => keep(app, key, on));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} key
 * @param {boolean} now
 * @param {boolean} locked
 * @param {(on: boolean) => Promise<unknown> | void} save
 */
function switchLine(app, key, now, locked, save) {
  const box = /** @type {HTMLInputElement} */ (element('input.switch', {
    type: 'checkbox', role: 'switch', id: `set-${key}`, checked: now, disabled: locked, data: { key: `set-${key}` },
    on: { change: () => Promise.resolve(save(box.checked)).catch(() => { box.checked = now; }) },
  }));
  return line(`set-${key}`, app.t(`settings.${key}`), app.t(`settings.${key}.note`), box);
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Choices} choices
 * @param {{ isOpen: boolean }} names Whether the list of departments is unfolded.
 */
function office(app, choices, names) {
  return group(app.t('settings.group.office'),
    textSetting(app, 'office'),
    textSetting(app, 'place'),
    choiceSetting(app, 'house_style', choices.house_styles, choices.house_styles[0]?.code ?? ''),
    switchSetting(app, 'red_head'),
    switchSetting(app, 'ranking'),
    app.workbook.departments.length ? departmentNames(app, names) : null);
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Choices} choices
 */
function rules(app, choices) {
  const now = String(app.workbook.settings.rule_set ?? 'default');
  const rule = choices.rule_sets.find((choice) => choice.code === now);
  const words = ownWords(app).judgements ?? null;
  const same = (/** @type {import('../wire').WordSet} */ set) => (words ? Object.entries(set.judgements).every(([judgement, word]) => (words[judgement] ?? judgement) === word) : set.code === 'default');
  const chosen = choices.word_sets.find(same);
  const select = /** @type {HTMLSelectElement} */ (element('select.field', {
    id: 'set-words', disabled: app.workbook.read_only, data: { key: 'set-words' },
    on: {
      change: () => {
        const set = choices.word_sets.find((one) => one.code === select.value);
        if (set) keep(app, 'words', set.code === 'default' ? null : { ...ownWords(app), judgements: set.judgements }).catch(() => { select.value = chosen?.code ?? ''; });
      },
    },
  }, choices.word_sets.map((set) => element('option', { value: set.code, text: set.label, selected: set === chosen })),
  !chosen && element('option', { value: '', text: app.t('settings.words.own'), selected: true })));
  return group(app.t('settings.group.rules'),
    choiceSetting(app, 'rule_set', choices.rule_sets, 'default', rule?.note || app.t('settings.rule_set.note')),
    ruleExample(app, now),
    line('set-words', app.t('settings.words'), app.t('settings.words.note'), select),
    wordTable(app, choices));
}

/**
 * The office's own words, where it has some.
 * @param {import('../lib/app.js').App} app
 * @returns {{ judgements?: Record<string, string>, lamps?: Record<string, string> }}
 */
function ownWords(app) {
  return app.workbook.settings.words ?? {};
}

/**
 * The lamp and judgement that the workbook's rules give its own rows now: a live example.
 * @param {import('../lib/app.js').App} app
 * @param {string} rule
 */
function ruleExample(app, rule) {
  const place = element('div.settings-example', { 'aria-live': 'polite' });
  app.call('ledger', { quarter: app.quarter, plan: app.plan }).then((/** @type {import('../wire').Ledger} */ ledger) => {
    /** @type {Map<string, import('../wire').LedgerRow>} */
    const found = new Map();
    for (const row of ledger.rows) if (row.why && !found.has(row.lamp)) found.set(row.lamp, row);
    const rows = ['绿', '黄', '红', '○'].map((lamp) => found.get(lamp)).filter((row) => row !== undefined);
    if (!rows.length) return;
    place.append(element('p.quiet', { text: app.t('settings.example') }),
      element('ul', {}, rows.map((row) => element('li', {}, lampMark(row.lamp, row.why), element('span.settings-example-title', { text: row.title, title: row.title }), element('span.quiet', { text: said(row.why), title: said(row.why) })))));
  }, () => {});
  place.dataset.rule = rule;
  return place;
}

/**
 * Our word and the office's for each judgement.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Choices} choices
 */
function wordTable(app, choices) {
  const base = choices.word_sets.find((set) => set.code === 'default') ?? choices.word_sets[0];
  if (!base) return null;
  const own = ownWords(app).judgements ?? {};
  const order = ['已完成', '完成年度目标', '超序时', '达序时', '滞后', '严重滞后', '未完成年度目标', '超期未完成', '未报数据', '未报送', '未到期'];
  return element('div.settings-words', {}, order.map((judgement) => element('label', {},
    element('span', { text: judgement }),
    savingField({
      key: `word-${judgement}`, value: own[judgement] ?? judgement, disabled: app.workbook.read_only, wrong: '',
      read: (text) => text.trim(),
      save: (word) => keep(app, 'words', { ...ownWords(app), judgements: { ...own, [judgement]: word || judgement } }),
    }))));
}

/** @param {import('../lib/app.js').App} app */
function looks(app) {
  const select = /** @type {HTMLSelectElement} */ (element('select.field', {
    id: 'set-language', data: { key: 'set-language' }, on: { change: () => app.setLanguage(select.value) },
  }, element('option', { value: 'zh-CN', text: '中文', selected: app.language !== 'en' }), element('option', { value: 'en', text: 'English', selected: app.language === 'en' })));
  return group(app.t('settings.group.looks'),
    line('set-language', app.t('settings.language'), app.t('settings.language.note'), select),
    switchLine(app, 'large', app.isLarge, false, (on) => app.setLarge(on)));
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Choices} choices
 */
function places(app, choices) {
  const fact = (/** @type {string} */ title, /** @type {string} */ value, /** @type {string} */ note) => element('div.settings-line', {},
    element('div', {}, element('b', { text: title }), element('p.quiet', { text: note })),
    element('div.settings-control.settings-fact', { text: value, title: value }));
  return group(app.t('settings.group.places'),
    fact(app.t('settings.workbook'), app.workbook.path, app.t('settings.workbook.note')),
    fact(app.t('settings.data_folder'), choices.data_folder ?? '—', app.t('settings.data_folder.note')),
    element('div.settings-line', {},
      element('div', {}, element('b', { text: app.t('settings.faces') }), element('p.quiet', { text: app.t('settings.faces.note') })),
      element('ul.settings-control.settings-faces', {}, choices.faces.map((face) => {
        const [role, ...name] = face.split(':');
        return element('li', {}, name.length ? [element('span.quiet', { text: role }), element('span', { text: name.join(':') })] : face);
      }))));
}
