// The scale of the timeline: days to pixels, quarters as columns of one width.
import { firstDayOf, quarterOf, quartersBetween, quarterShort, readQuarter, shiftDay, shiftQuarter, daysBetween } from '../../parts/calendar.js';

/**
 * Which part of a term is gone on a day, 0 to 1.
 * @param {string} from
 * @param {string} to
 * @param {string} day
 */
export function shareGone(from, to, day) {
  const whole = daysBetween(from, to);
  if (whole <= 0) return day >= to ? 1 : 0;
  return Math.max(0, Math.min(1, daysBetween(from, day) / whole));
}

/**
 * @typedef {object} Scale
 * @property {string} first The first day.
 * @property {number} width In pixels.
 * @property {number} seen How much of it is seen at once.
 * @property {number} column Width of a quarter.
 * @property {(day: string, end?: boolean) => number} at Where a day begins, or ends.
 * @property {(x: number) => string} day The day at a place.
 * @property {(language: string, quarter: string) => { kind: string, text: string, left: number, width: number, now: boolean }[]} heads
 * @property {() => { left: number, year: boolean }[]} lines
 */

/**
 * @param {string} from First quarter.
 * @param {string} to Last quarter.
 * @param {number} seen Pixels that are seen.
 * @param {number} least The least width of a quarter.
 * @returns {Scale}
 */
export function scaleOf(from, to, seen, least) {
  const quarters = quartersBetween(from, to);
  const column = Math.max(least, Math.floor((seen - 24) / quarters.length));
  const width = column * quarters.length + 24;
  const first = firstDayOf(from);
  const place = new Map(quarters.map((quarter, index) => [quarter, index]));
  const days = (/** @type {string} */ quarter) => daysBetween(firstDayOf(quarter), firstDayOf(shiftQuarter(quarter, 1)));
  return {
    first, width, seen, column,
    at(day, end = false) {
      const quarter = quarterOf(day);
      const index = place.get(quarter);
      if (index === undefined) return day < first ? -1 : width - 12;
      return (index + (daysBetween(firstDayOf(quarter), day) + (end ? 1 : 0)) / days(quarter)) * column;
    },
    day(x) {
      const index = Math.max(0, Math.min(quarters.length - 1, Math.floor(x / column)));
      const quarter = quarters[index];
      const share = Math.max(0, Math.min(0.9999, x / column - index));
      return shiftDay(firstDayOf(quarter), Math.floor(share * days(quarter)));
    },
    heads(language, quarter) {
      const found = [];
      for (let index = 0; index < quarters.length;) {
        const { year } = readQuarter(quarters[index]);
        let last = index;
        while (last < quarters.length && readQuarter(quarters[last]).year === year) last += 1;
        found.push({ kind: 'year-head', text: language === 'en' ? String(year) : `${year}年`, left: index * column, width: (last - index) * column, now: false });
        index = last;
      }
      const short = column < 76;
      quarters.forEach((name, index) => found.push({
        kind: 'quarter-head',
        text: short ? (language === 'en' ? `Q${readQuarter(name).number}` : quarterShort(name, language).slice(0, 1)) : quarterShort(name, language),
        left: index * column, width: column, now: name === quarter,
      }));
      return found;
    },
    lines() {
      return quarters.map((name, index) => ({ left: index * column, year: readQuarter(name).number === 1 }));
    },
  };
}
