// Both languages say everything, and nothing is said that no view asks for by a wrong name.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import chinese from '../../ui/words/zh-CN.js';
import english from '../../ui/words/en.js';
import { t, useLanguage } from '../../ui/lib/words.js';

const ui = fileURLToPath(new URL('../../ui/', import.meta.url));
const names = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

test('every Chinese key has its English', () => {
  assert.deepEqual(Object.keys(chinese).filter((key) => !(key in english)), []);
});

test('what only English says are words that the program itself says in Chinese', () => {
  assert.deepEqual(Object.keys(english).filter((key) => !(key in chinese) && !key.startsWith('history.')), []);
});

test('both languages put the same values in', () => {
  for (const [key, text] of Object.entries(chinese)) assert.deepEqual([...new Set(names(english[key] ?? ''))], [...new Set(names(text))], key);
});

/** Says in the other language where the language is chosen, for who cannot read this one. */
const IN_THE_OTHER = new Set(['settings.language.note']);

test('chinese holds no english sentence and english no chinese', () => {
  // an example of what people type may stand in Chinese: 2025年6月, 12万, a named office after “such as”
  const bare = (text) => text.replace(/such as .*|第?[0-9][年月日万期]/g, '');
  for (const [key, text] of Object.entries(english)) if (!IN_THE_OTHER.has(key)) assert.doesNotMatch(bare(text), /[\u4e00-\u9fff]/, key);
  for (const [key, text] of Object.entries(chinese)) if (!IN_THE_OTHER.has(key)) assert.doesNotMatch(text, /[a-z]{3,} [a-z]{2,} [a-z]{2,}/i, key);
});

test('no word is an exclamation or a machine word', () => {
  for (const text of [...Object.values(chinese), ...Object.values(english)]) assert.doesNotMatch(text, /[!！]|UUID|NULL|JSON|undefined/, text);
});

test('no two files say the same key', () => {
  for (const language of ['zh-CN', 'en']) {
    const seen = new Map();
    for (const file of readdirSync(`${ui}words/${language}`)) {
      for (const [, key] of readFileSync(`${ui}words/${language}/${file}`, 'utf8').matchAll(/^ {2}'([^']+)':/gm)) {
        assert.ok(!seen.has(key), `${key}: ${seen.get(key)}, ${file}`);
        seen.set(key, file);
      }
    }
  }
});

test('every key that a module asks for by name is there', () => {
  const files = ['lib', 'views', 'parts'].flatMap((folder) => readdirSync(`${ui}${folder}`, { recursive: true }).filter((file) => file.endsWith('.js')).map((file) => `${ui}${folder}/${file}`));
  assert.ok(files.length > 10);
  for (const file of files) {
    for (const [, key] of readFileSync(file, 'utf8').matchAll(/(?<![\w.])(?:app\.)?t\('([^']+)'/g)) assert.ok(key in chinese, `${file}: ${key}`);
  }
});

test('values are put in, and an unknown key stands for itself', () => {
  useLanguage('zh-CN');
  assert.equal(t('status.tasks', { count: 128 }), '128项任务');
  useLanguage('en');
  assert.equal(t('status.tasks', { count: 128 }), '128 tasks');
  assert.equal(t('no.such.key'), 'no.such.key');
  useLanguage('xx');
  assert.equal(t('status.tasks', { count: 1 }), '1项任务');
});
