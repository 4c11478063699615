// Quarters and due dates as the wire writes them: `2025Q2`; `2025`, `2025-06` or `2025-06-30`.

const NUMERALS = ['一', '二', '三', '四'];

/**
 * @param {string} quarter
 * @returns {{ year: number, number: number }}
 */
export function readQuarter(quarter) {
  const found = /^(\d{4})Q([1-4])$/.exec(quarter);
  return found ? { year: Number(found[1]), number: Number(found[2]) } : { year: 2000, number: 1 };
}

/**
 * The quarter so many quarters later.
 * @param {string} quarter
 * @param {number} by
 */
export function shiftQuarter(quarter, by) {
  const { year, number } = readQuarter(quarter);
  const ordinal = year * 4 + number - 1 + by;
  return `${Math.floor(ordinal / 4)}Q${(ordinal % 4) + 1}`;
}

/**
 * All quarters from one to another.
 * @param {string} from
 * @param {string} to
 */
export function quartersBetween(from, to) {
  const found = [];
  for (let quarter = from; quarter <= to && found.length < 400; quarter = shiftQuarter(quarter, 1)) found.push(quarter);
  return found;
}

/**
 * `2025年二季度` or `Q2 2025`.
 * @param {string} quarter
 * @param {string} language
 */
export function quarterWords(quarter, language) {
  const { year, number } = readQuarter(quarter);
  return language === 'en' ? `Q${number} ${year}` : `${year}年${NUMERALS[number - 1]}季度`;
}

/**
 * `二季度` or `Q2`.
 * @param {string} quarter
 * @param {string} language
 */
export function quarterShort(quarter, language) {
  const { number } = readQuarter(quarter);
  return language === 'en' ? `Q${number}` : `${NUMERALS[number - 1]}季度`;
}

/**
 * The last day of a month.
 * @param {number} year
 * @param {number} month 1 to 12.
 */
function lastOfMonth(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, '0');

/**
 * The last day on which something due is in time, ISO.
 * @param {string} due
 */
export function lastDay(due) {
  const [year, month, day] = due.split('-').map(Number);
  if (day) return due;
  if (month) return `${year}-${two(month)}-${two(lastOfMonth(year, month))}`;
  return `${year}-12-31`;
}

/**
 * `2025年底`, `2025年6月底`, `2025年6月30日`; in English `end of 2025`, `end of Jun 2025`, `30 Jun 2025`.
 * @param {string | null | undefined} due
 * @param {string} language
 */
export function dueWords(due, language) {
  if (!due) return '';
  const [year, month, day] = due.split('-').map(Number);
  if (language === 'en') {
    const name = month ? ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][month - 1] : '';
    return day ? `${day} ${name} ${year}` : month ? `end of ${name} ${year}` : `end of ${year}`;
  }
  return day ? `${year}年${month}月${day}日` : month ? `${year}年${month}月底` : `${year}年底`;
}

/**
 * Day and time; the year only where it is not that of the quarter shown.
 * @param {string | null | undefined} at ISO in local time.
 * @param {string} quarter
 * @param {string} language
 */
export function momentWords(at, quarter, language) {
  if (!at) return '';
  const day = dueWords(at.slice(0, 10), language);
  const year = at.slice(0, 4);
  return `${quarter.startsWith(year) ? day.replace(`${year}年`, '').replace(` ${year}`, '') : day} ${at.slice(11, 16)}`;
}

/**
 * Days from the first day to the second.
 * @param {string} from
 * @param {string} to
 */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/**
 * The day so many days later, ISO.
 * @param {string} day
 * @param {number} by
 */
export function shiftDay(day, by) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A due date so many months later, written as precisely as it was; a year becomes a month, since a month was asked for.
 * @param {string} due
 * @param {number} by
 */
export function shiftMonth(due, by) {
  const last = lastDay(due);
  const [year, month, day] = last.split('-').map(Number);
  const ordinal = year * 12 + month - 1 + by;
  const [toYear, toMonth] = [Math.floor(ordinal / 12), (ordinal % 12) + 1];
  if (due.length < 10) return `${toYear}-${two(toMonth)}`;
  const end = lastOfMonth(toYear, toMonth);
  const atEnd = day === lastOfMonth(year, month);
  return `${toYear}-${two(toMonth)}-${two(atEnd ? end : Math.min(day, end))}`;
}

/**
 * The first day of a quarter, ISO.
 * @param {string} quarter
 */
export function firstDayOf(quarter) {
  const { year, number } = readQuarter(quarter);
  return `${year}-${two(number * 3 - 2)}-01`;
}

/**
 * The quarter that a day lies in.
 * @param {string} day
 */
export function quarterOf(day) {
  const [year, month] = day.split('-').map(Number);
  return `${year}Q${Math.floor(((month || 1) - 1) / 3) + 1}`;
}

/**
 * Reads a date as people type it: `2025-6-30`, `2025.6.30`, `2025/6/30`, `20250630`, `2025年6月30日`; `6.30` and `6月30日` in the
 * year given; `2025年6月` and `2025年` where a whole month or year is meant.
 * @param {string} text
 * @param {string} today ISO; its year completes what has none.
 * @returns {string | null} The due date, or nothing where it is no date (2025-02-30).
 */
export function readDue(text, today) {
  const plain = text.trim().replace(/[０-９．／－]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0)).replace(/[—–]/g, '-').replace(/\s+/g, '').replace(/(底|前)$/, '');
  let parts = /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})[日号]?$/.exec(plain);
  if (parts) return checked(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  parts = /^(\d{4})[年.\-/](\d{1,2})月?$/.exec(plain);
  if (parts) return checked(Number(parts[1]), Number(parts[2]));
  parts = /^(\d{4})年?$/.exec(plain);
  if (parts) return Number(parts[1]) >= 1900 && Number(parts[1]) < 3000 ? parts[1] : null;
  parts = /^(\d{1,2})[月.\-/](\d{1,2})[日号]?$/.exec(plain);
  if (parts) return checked(Number(today.slice(0, 4)), Number(parts[1]), Number(parts[2]));
  return null;
}

/**
 * @param {number} year
 * @param {number} month
 * @param {number} [day]
 */
function checked(year, month, day) {
  if (year < 1900 || year > 2999 || month < 1 || month > 12) return null;
  if (day === undefined) return `${year}-${two(month)}`;
  return day >= 1 && day <= lastOfMonth(year, month) ? `${year}-${two(month)}-${two(day)}` : null;
}

/**
 * The day that a tick made in a quarter's view is dated with: today, or the quarter's last day once it is over.
 * @param {string} quarter
 * @param {string} today ISO.
 */
export function tickDay(quarter, today) {
  const end = lastDay(`${quarter.slice(0, 4)}-${String(Number(quarter.slice(5)) * 3).padStart(2, '0')}`);
  return today < end ? today : end;
}
