// The words of the page in both languages.
import chinese from '../words/zh-CN.js';
import english from '../words/en.js';

/** @type {Record<string, Record<string, string>>} */
const LANGUAGES = { 'zh-CN': chinese, en: english };

let language = 'zh-CN';

/** Codes of the languages there are. */
export const languages = Object.keys(LANGUAGES);

/** The language shown now. */
export function currentLanguage() {
  return language;
}

/** @param {string} code An unknown one stands for Chinese. */
export function useLanguage(code) {
  language = code in LANGUAGES ? code : 'zh-CN';
}

/**
 * The words of a key; `{name}` in them is replaced.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values) {
  const words = LANGUAGES[language][key] ?? chinese[/** @type {keyof typeof chinese} */ (key)] ?? key;
  return values ? words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole)) : words;
}
