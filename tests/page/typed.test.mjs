// Dates and numbers as people type them: read where they are meant, refused where they are none, never guessed.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readDue, tickDay } from '../../ui/parts/calendar.js';
import { readFigure } from '../../ui/parts/number.js';

const TODAY = '2025-09-28';

test('dates are read in the forms that offices type', () => {
  for (const [typed, due] of [
    ['2025-06-30', '2025-06-30'], ['2025.6.30', '2025-06-30'], ['2025/6/30', '2025-06-30'], ['20250630', '2025-06-30'], ['2025年6月30日', '2025-06-30'], ['2025年6月30号', '2025-06-30'],
    ['6.30', '2025-06-30'], ['6月30日', '2025-06-30'], ['2025年6月', '2025-06'], ['2025-6', '2025-06'], ['2025年', '2025'], ['2025年底', '2025'], ['2025年6月底', '2025-06'],
    ['２０２５年６月', '2025-06'], ['２０２６－０３－３１', '2026-03-31'], ['2024-02-29', '2024-02-29'], [' 2025 - 06 - 30 ', '2025-06-30'],
  ]) assert.equal(readDue(typed, TODAY), due, typed);
});

test('what is no date is none', () => {
  for (const typed of ['2025-02-30', '2025-02-29', '2025-13', '2025年13月', '13.1', '0.5', '6.31', '明年', '', '20251340', '99999', '2025-6-30-1', '1e3']) assert.equal(readDue(typed, TODAY), null, typed);
});

test('numbers are read with their thousands, full width and Chinese scale', () => {
  for (const [typed, unit, value] of /** @type {const} */ ([
    ['1,234', '家', 1234], ['1，234', '家', 1234], ['1234', '家', 1234], ['１２３４', '家', 1234], ['12万', '户', 120000], ['12万', '万元', 12], ['1.2亿', '万元', 12000], ['3.5亿元', '亿元', 3.5],
    ['95%', '%', 95], ['95％', '%', 95], ['-2', '%', -2], ['−2.5', '个百分点', -2.5], ['50家', '家', 50], ['+3', '个', 3], ['.5', '%', 0.5], ['', '家', null], ['  ', '家', null],
  ])) assert.equal(readFigure(typed, unit), value, `${typed} ${unit}`);
});

test('what is no number is none', () => {
  for (const typed of ['很多', '12-13', '50家以上', '1.2.3', '0x10', '1e9', 'NaN', '--5', '十二', '5 万 户 左右']) assert.equal(readFigure(typed, '家'), undefined, typed);
});

test('a tick is dated within the quarter that is looked at', () => {
  for (const [quarter, today, day] of [
    ['2025Q3', '2025-09-28', '2025-09-28'], ['2025Q2', '2025-09-28', '2025-06-30'], ['2025Q4', '2025-09-28', '2025-09-28'], ['2024Q1', '2025-09-28', '2024-03-31'], ['2024Q4', '2025-09-28', '2024-12-31'],
  ]) assert.equal(tickDay(quarter, today), day, quarter);
});
