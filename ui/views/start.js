// The start view: what was open before, a document to begin with, and the plans that ship.
import { element } from '../parts/element.js';
import { living } from '../parts/view.js';
import { createFromSeed, createWorkbook, importDocument, openPath, openWorkbook } from '../lib/files.js';

/** @typedef {import('../lib/app.js').App} App */

/** Recent workbooks shown before the list scrolls away. */
const MOST_RECENT = 8;

export default {
  name: 'start',

  /**
   * @param {HTMLElement} root
   * @param {App} app
   */
  mount(root, app) {
    root.classList.add('start');
    const view = living(root, () => app.call('start', {}), (answer) => show(app, answer));
    view.load();
    return {
      update() { view.soon(); },
      unmount() { view.end(); },
    };
  },
};

/**
 * @param {App} app
 * @param {import('../wire').Start} answer
 */
function show(app, answer) {
  const seeds = [...answer.seeds].sort((a, b) => Number(b.sample) - Number(a.sample));
  const sample = seeds.find((seed) => seed.sample);
  return [element('div.start-sheet', {},
    element('header.start-head', {},
      element('div', {}, element('h1', { text: app.t('product') }), element('p.quiet', { text: app.t('start.lead') })),
      element('span.spread'),
      element('div.segments', { role: 'group', 'aria-label': app.t('start.language') },
        language(app, 'zh-CN', '中文'), language(app, 'en', 'English'))),
    element('div.start-columns', {},
      element('section.start-main', {},
        element('div.start-steps', {},
          step(app, 'import', () => importDocument(app), true),
          step(app, 'open', () => openWorkbook(app), false),
          step(app, 'create', () => createWorkbook(app), false)),
        element('h2', { text: app.t('start.recent') }),
        answer.recent.length ? element('ul.start-recent', {}, answer.recent.slice(0, MOST_RECENT).map((file) => recent(app, file)))
          : element('p.start-none.quiet', {}, app.t('start.recent.none'), sample ? element('button.link', { type: 'button', text: app.t('start.recent.sample'), data: { key: 'sample' }, on: { click: () => createFromSeed(app, sample) } }) : null)),
      element('section.start-seeds', {},
        element('h2', {}, app.t('start.seeds'), element('small.quiet', { text: app.t('start.seeds.note') })),
        element('ul', {}, seeds.map((seed) => element('li', {}, element('button.start-seed', {
          type: 'button', data: { key: `seed-${seed.name}`, seed: seed.name }, on: { click: () => createFromSeed(app, seed) },
        },
        element('span.start-seed-name', {}, element('b', { text: app.language === 'en' ? seed.label_en : seed.label }), seed.sample ? element('span.tag.accent', { text: app.t('start.sample') }) : null),
        element('span.quiet', { text: app.t(seed.sample ? 'start.seed.sample' : 'start.seed', { tasks: seed.tasks, targets: seed.targets }) }))))))),
    element('footer.start-foot.quiet', {}, element('span', { text: app.t('start.offline') }), element('span.spread'), element('kbd', { text: 'F1' }), element('span', { text: app.t('view.help') }), element('span.number', { text: app.t('start.version', { version: answer.version }) })))];
}

/**
 * @param {App} app
 * @param {string} code
 * @param {string} label
 */
function language(app, code, label) {
  return element('button', { type: 'button', text: label, lang: code, 'aria-pressed': String(app.language === code), data: { key: `language-${code}` }, on: { click: () => app.setLanguage(code) } });
}

/**
 * @param {App} app
 * @param {'import' | 'open' | 'create'} name
 * @param {() => void} run
 * @param {boolean} isFirst
 */
function step(app, name, run, isFirst) {
  return element(`button.start-step${isFirst ? '.first' : ''}`, { type: 'button', data: { key: name, step: name }, on: { click: run } }, element('b', { text: app.t(`start.${name}`) }), element('span', { text: app.t(`start.${name}.note`) }));
}

/**
 * @param {App} app
 * @param {import('../wire').Recent} file
 */
function recent(app, file) {
  const folder = file.path.replace(/[\\/][^\\/]*$/, '');
  return element('li', {}, element('button', { type: 'button', disabled: !file.exists && !file.copies, title: file.path, data: { key: `recent-${file.path}` }, on: { click: () => openPath(app, file.path) } },
    element('b.cut', { text: file.name }), element('span.quiet.cut', { text: file.exists ? folder : app.t(file.copies ? 'start.gone.copies' : 'start.gone', { folder }) })));
}
