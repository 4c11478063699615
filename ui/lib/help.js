// F1: the keys, and how a quarter goes. Works without a network and without an open workbook.
import { element } from '../parts/element.js';
import { showModal } from './dialogs.js';

const KEYS = [
  ['help.keys.anywhere', [['Alt+1 … 9', 'help.key.views'], ['Ctrl+K', 'help.key.palette'], ['Ctrl+Z', 'help.key.undo'], ['Ctrl+Shift+Z', 'help.key.redo'], ['Alt+← Alt+→', 'help.key.quarter'], ['Ctrl+P', 'help.key.report'], ['Ctrl+O', 'help.key.open'], ['Esc', 'help.key.escape'], ['F1', 'help.key.help']]],
  ['help.keys.ledger', [['← ↑ → ↓', 'help.key.move'], ['Enter', 'help.key.edit'], ['Tab', 'help.key.tab'], ['Space', 'help.key.space'], ['Shift+↑ ↓', 'help.key.range'], ['Ctrl+;', 'help.key.today'], ['Ctrl+F', 'help.key.filter'], ['Ctrl+C Ctrl+V', 'help.key.copy'], ['Ctrl+D', 'help.key.down'], ['Ctrl+R', 'help.key.right'], ['Delete', 'help.key.clear'], ['Ctrl+Enter', 'help.key.add'], ['Alt+Shift+↑ ↓', 'help.key.order']]],
  ['help.keys.review', [['Enter', 'help.key.accept'], ['E', 'help.key.correct'], ['D', 'help.key.drop'], ['M', 'help.key.merge'], ['S', 'help.key.split'], ['Y', 'help.key.steps'], ['↑ ↓', 'help.key.rows']]],
];
const STEPS = [1, 2, 3, 4, 5, 6, 7];
/** The words that one has to know, in the order in which one meets them. */
const WORDS = Array.from({ length: 20 }, (_, at) => at + 1);

/**
 * @param {import('./app.js').App} app
 * @param {(string | string[][])[]} group
 */
function keys(app, [title, list]) {
  return [
    element('h3', { text: app.t(/** @type {string} */ (title)) }),
    element('dl', {}, /** @type {string[][]} */ (list).map(([key, words]) => [element('dt', {}, element('kbd', { text: key })), element('dd', { text: app.t(words) })]).flat()),
  ];
}

/** @param {import('./app.js').App} app */
export function openHelp(app) {
  showModal({
    class: 'help',
    label: app.t('help.title'),
    fill: (dialog, close) => {
      // the button at the end has the focus, the page is read from its beginning
      requestAnimationFrame(() => { dialog.scrollTop = 0; });
      return [
      element('h2', { text: app.t('help.title') }),
      element('div.help-columns', {},
        element('div', {}, keys(app, KEYS[0])),
        element('div', {}, keys(app, KEYS[1])),
        element('div', {}, keys(app, KEYS[2])),
        element('div.help-quarter', {},
          element('h3', { text: app.t('help.quarter') }),
          element('ol', {}, STEPS.map((step) => element('li', { text: app.t(`help.quarter.${step}`) }))),
          element('h3', { text: app.t('help.lamps') }),
          element('p', { text: app.t('help.lamps.text') }),
          element('h3', { text: app.t('help.safe') }),
          element('p', { text: app.t('help.safe.text') }))),
      element('h3', { text: app.t('help.words') }),
      element('dl.help-words', {}, WORDS.map((word) => [element('dt', { text: app.t(`help.word.${word}`) }), element('dd', { text: app.t(`help.word.${word}.means`) })]).flat()),
      element('div.ask-buttons', {}, element('button.button.primary', { type: 'button', autofocus: true, text: app.t('help.close'), on: { click: close } })),
      ];
    },
  });
}
