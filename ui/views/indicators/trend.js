// The small chart of a row: its figures by quarter, the base year before them and the target as a dashed line.
import { drawing } from '../../parts/element.js';
import { readQuarter } from '../../parts/calendar.js';
import { figure } from '../../parts/number.js';

const [WIDTH, HEIGHT, EDGE] = [60, 22, 3];

/**
 * @param {import('../../lib/app.js').App} app
 * @param {import('../../wire').IndicatorLine} row
 * @param {import('../../wire').TargetLine | null} target
 */
export function trend(app, row, target) {
  const place = (/** @type {string} */ quarter) => { const { year, number } = readQuarter(quarter); return year * 4 + number; };
  const marks = row.actuals.slice(-12).map((line) => ({ at: place(line.quarter), value: line.value }));
  if (!marks.length) return drawing('svg', { width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' });
  if (row.kind === 'level' && row.baseline) marks.unshift({ at: Math.min(row.baseline.year * 4 + 4, marks[0].at - 1), value: row.baseline.value });
  const values = marks.map((mark) => mark.value).concat(target ? [target.value] : []);
  const [low, high] = [Math.min(...values, row.kind === 'level' || row.kind === 'inverse' || row.kind === 'growth' ? Infinity : 0), Math.max(...values)];
  const [first, last] = [marks[0].at, marks[marks.length - 1].at];
  const x = (/** @type {number} */ at) => (last === first ? WIDTH / 2 : EDGE + ((at - first) / (last - first)) * (WIDTH - 2 * EDGE));
  const y = (/** @type {number} */ value) => (high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  const said = app.t('indicators.trend.said', { figures: row.actuals.slice(-4).map((line) => `${line.quarter} ${figure(line.value)}`).join(app.t('list.comma')) });
  const end = marks[marks.length - 1];
  return drawing('svg', { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': said, class: 'trend-line' },
    drawing('title', { text: said }),
    target && drawing('line', { x1: 0, x2: WIDTH, y1: y(target.value), y2: y(target.value), class: 'trend-target' }),
    drawing('polyline', { points: marks.map((mark) => `${x(mark.at).toFixed(1)},${y(mark.value).toFixed(1)}`).join(' '), class: 'trend-path' }),
    drawing('circle', { cx: x(end.at), cy: y(end.value), r: 2.2, class: 'trend-end' }));
}
