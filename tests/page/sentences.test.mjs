// An English window says in English what the program says: every refusal, every reason of a lamp, every name of an edit.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { said } from '../../ui/lib/sentences.js';
import { useLanguage } from '../../ui/lib/words.js';

const crates = fileURLToPath(new URL('../../src-tauri/crates/', import.meta.url));
const CHINESE = /[\u4e00-\u9fff]/;
/** Said on the command line only. */
const ELSEWHERE = /desk\/src\/documents\/adding\.rs$/;
const ONLY_THERE = [/^草稿的格式与planbook intake/, /^文件“X”不是草稿/, /^%Y/];

/** Sources of the crates that speak, without their tests. */
function* sources() {
  for (const crate of ['desk', 'store', 'plan', 'intake', 'packet', 'report']) {
    for (const file of readdirSync(`${crates}${crate}/src`, { recursive: true }).map(String).filter((name) => name.endsWith('.rs') && !name.includes('test'))) {
      const path = `${crate}/src/${file}`;
      yield { path, text: readFileSync(`${crates}${path}`, 'utf8').split(/#\[cfg\(test\)\]\s*mod tests/)[0] };
    }
  }
}

/** The string literals of a piece of source, with what they name as `X`. @param {string} source */
function literals(source) {
  return [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text.replace(/\{[^}]*\}/g, 'X')).filter((text) => CHINESE.test(text));
}

/** From an opening bracket to the one that closes it. @param {string} text @param {number} at */
function bracketed(text, at) {
  let depth = 0;
  let quoted = false;
  for (let place = at; place < text.length; place += 1) {
    const mark = text[place];
    if (quoted) {
      if (mark === '\\') place += 1;
      else if (mark === '"') quoted = false;
    } else if (mark === '"') quoted = true;
    else if (mark === '(') depth += 1;
    else if (mark === ')' && (depth -= 1) === 0) return text.slice(at, place + 1);
  }
  return text.slice(at);
}

test('every refusal of the program has its English', () => {
  useLanguage('en');
  const missing = new Set();
  let count = 0;
  for (const { path, text } of sources()) {
    if (ELSEWHERE.test(path)) continue;
    for (const start of text.matchAll(/(?:Refusal::new|wrong_input|#\[error)\(/g)) {
      for (const sentence of literals(bracketed(text, start.index + start[0].length - 1))) {
        count += 1;
        if (CHINESE.test(said(sentence)) && !ONLY_THERE.some((one) => one.test(sentence))) missing.add(`${path}: ${sentence}`);
      }
    }
  }
  // those of the catalogue have their English there; what is left here says itself
  assert.ok(count > 40, `only ${count} sentences were found`);
  assert.deepEqual([...missing], []);
});

test('why a lamp shines is said in English, with dates, quarters and names', () => {
  for (const [chinese, english] of [
    ['序时75%，完成52%，差23点→黄', 'schedule 75%, 52% done, 23 points behind → yellow'],
    ['2项指标平均序时75%，完成64.3%，差10.7点→黄', 'mean of 2 indicators: schedule 75%, 64.3% done, 10.7 points behind → yellow'],
    ['约束性指标“R&D, Anteil”序时75%，完成85.7%，超10.7点→绿', 'binding indicator "R&D, Anteil": schedule 75%, 85.7% done, 10.7 points ahead → green'],
    ['2025年6月底到期，逾期28天→红', 'due end of Jun 2025, 28 days late → red'],
    ['2025年8月31日（休息日顺延至9月1日）到期，逾期27天→红', 'due 31 Aug 2025 (a day of rest, so by 1 Sep), 27 days late → red'],
    ['2025年6月30日到期未完成', 'due 30 Jun 2025, not done'],
    ['2025年三季度尚未报送，2025年9月30日截止', 'not returned yet for Q3 2025, to be returned by 30 Sep 2025'],
    ['目标≤5%，实际4%，低1个百分点→绿', 'target ≤5%, actual 4%, 1 points below → green'],
    ['已按期完成→绿', 'done in time → green'],
    ['2025年底目标，未到期', 'target of end of 2025, not due yet'],
    ['任务名称“a□b”不能保存，应为1至500字的一行文字，不含换行和控制字符。请改正后再试。', 'the task\'s title: "a□b" cannot be kept; it should be one line of 1 to 500 characters without breaks and control characters. Correct it and try again.'],
    ['修改任务名称等3处', 'rename a task, 3 in all'],
    ['2025年二季度已封账，不能再改。', 'Q2 2025 is closed and cannot be changed.'],
    ['文件“a.planpack”：文件不完整，可能没有拷完。请重新拷贝，或请对方重新导出。', 'File "a.planpack": The file is incomplete; perhaps copying was broken off. Copy it again, or ask for it to be made again.'],
  ]) assert.equal(said(chinese), english);
});

test('a Chinese window says what the program says, and what is not known stays', () => {
  assert.equal(said('一句没有的话。'), '一句没有的话。');
  useLanguage('zh-CN');
  assert.equal(said('还没有打开工作簿。'), '还没有打开工作簿。');
});
