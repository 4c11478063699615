// The program's own sentences in the window's language. The program speaks Chinese, the language of its offices; an English window
// finds each sentence in a catalogue by the words that never change, and puts what it names into the English one.
import english from '../words/en/sentences.js';
import { dueWords, quarterWords } from '../parts/calendar.js';
import { currentLanguage } from './words.js';

/** Sentences kept once they were found. */
const MOST = 5000;
/** @type {Map<string, string>} */
const found = new Map();

/** @typedef {{ pattern: RegExp, words: string, isShort: boolean }} Template */

/** @type {Template[]} */
let templates = [];

/** Sentences that name something, those that say most by themselves first. */
function known() {
  if (!templates.length) {
    const own = (/** @type {string} */ key) => key.replaceAll('{}', '').length;
    templates = Object.entries(english).filter(([key]) => key.includes('{}')).sort(([a], [b]) => own(b) - own(a)).map(([key, words]) => {
      // what is named is no sentence, but for one that a file or a place in a list is put before
      const named = key.endsWith('：{}') ? '([^]+?)' : '([^。]+?)';
      return { pattern: new RegExp(`^${key.split('{}').map(escaped).join(named)}$`), words, isShort: !/[。：，]/.test(key) };
    });
  }
  return templates;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * A sentence, a reason or a label of the program in the window's language; what is not known stays as it is.
 * @param {string} text
 * @returns {string}
 */
export function said(text) {
  if (currentLanguage() !== 'en' || !/[\u4e00-\u9fff]/.test(text)) return text;
  const before = found.get(text);
  if (before !== undefined) return before;
  const words = translated(text);
  if (found.size >= MOST) found.clear();
  found.set(text, words);
  return words;
}

/** @param {string} text */
function translated(text) {
  return whole(text) ?? text;
}

/**
 * @param {string} text
 * @returns {string | null}
 */
function whole(text) {
  const same = /** @type {Record<string, string>} */ (english)[text];
  if (same !== undefined) return same;
  const time = timeWords(text);
  if (time) return time;
  // why a lamp shines: the reason, then the lamp
  const lamp = /^([^]+)→(绿|黄|红|○)$/.exec(text);
  if (lamp) return `${translated(lamp[1])} → ${lamp[2] === '○' ? 'no lamp' : translated(lamp[2])}`;
  return filled(text, false) ?? named(text) ?? parted(text) ?? filled(text, true);
}

/**
 * By a sentence of the catalogue that names something.
 * @param {string} text
 * @param {boolean} isShort Whether a label or a part of a reason is looked for, not a whole sentence.
 * @returns {string | null}
 */
function filled(text, isShort) {
  if (isShort && text.includes('。')) return null;
  for (const one of known()) {
    const parts = one.isShort === isShort ? one.pattern.exec(text) : null;
    if (parts) return one.words.replace(/\{(\d)\}/g, (_, place) => translated(parts[Number(place) + 1]));
  }
  return null;
}

/**
 * A reason that begins with what it is about.
 * @param {string} text
 * @returns {string | null}
 */
function named(text) {
  const parts = /^(约束性指标)?“([^]+?)”([^]+)$/.exec(text);
  if (!parts || text.includes('。')) return null;
  return parts[1] ? `${translated(parts[1])} "${parts[2]}": ${translated(parts[3])}` : `"${parts[2]}" ${translated(parts[3])}`;
}

/**
 * A text of several sentences, or of several parts of one.
 * @param {string} text
 * @returns {string | null}
 */
function parted(text) {
  const sentences = text.split(/(?<=。)/).filter(Boolean);
  if (sentences.length > 1) return sentences.map(translated).join(' ');
  if (text.endsWith('。')) return null;
  // what is quoted may hold a comma of its own
  const parts = text.split(/，(?![^“]*”)(?![^《]*》)/);
  return parts.length > 1 ? parts.map(translated).join(', ') : null;
}

const NUMERALS = '一二三四';

/**
 * A quarter or a date by itself.
 * @param {string} text `2025年二季度`, `2025年6月底`, `2025年6月30日`, `2025年底`, `6月30日`.
 * @returns {string | null}
 */
function timeWords(text) {
  const quarter = /^(\d{4})年([一二三四])季度$/.exec(text);
  if (quarter) return quarterWords(`${quarter[1]}Q${NUMERALS.indexOf(quarter[2]) + 1}`, 'en');
  // a day whose year was said before
  const day = /^(\d{1,2})月(\d{1,2})日$/.exec(text);
  if (day) return dueWords(`2000-${day[1].padStart(2, '0')}-${day[2].padStart(2, '0')}`, 'en').replace(/ 2000$/, '');
  const date = /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日|底)|底)$/.exec(text);
  if (!date) return null;
  return dueWords([date[1], date[2], date[3]].filter(Boolean).map((part) => part.padStart(2, '0')).join('-'), 'en');
}
