// Numbers as offices write and type them.

/**
 * A figure with grouped thousands and no more decimals than it has.
 * @param {number | null | undefined} value
 */
export function figure(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '';
  return value.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

/**
 * A figure as it stands in a field to be edited: no grouping.
 * @param {number | null | undefined} value
 */
export function figureInput(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '';
  return String(Math.round(value * 1e6) / 1e6);
}

/**
 * A share 0..1 in per cent with at most one decimal.
 * @param {number | null | undefined} share
 */
export function percent(share) {
  if (share === null || share === undefined || !Number.isFinite(share)) return '';
  return `${(Math.round(share * 1000) / 10).toLocaleString('en-US', { maximumFractionDigits: 1 })}%`;
}

/**
 * Points with at most one decimal and its sign.
 * @param {number | null | undefined} points
 */
export function points(points) {
  if (points === null || points === undefined || !Number.isFinite(points)) return '';
  const rounded = Math.round(points * 10) / 10;
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${Math.abs(rounded)}`;
}

/**
 * Reads a number as people type it: `1,234`, `１２３４`, `12万`, `3.5亿`, `95%`, `-2`.
 * @param {string} text
 * @param {string} unit The unit of the field: `12万` in a field of 万元 is 12, in one of 户 120000; a per cent sign is dropped.
 * @returns {number | null | undefined} Nothing (null) where the field is empty, undefined where it is no number.
 */
export function readFigure(text, unit) {
  const plain = text.trim()
    .replace(/[０-９．－＋％]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[,，\s]/g, '').replace(/^−/, '-');
  if (plain === '') return null;
  const bare = unit && plain.endsWith(unit) ? plain.slice(0, -unit.length) : plain;
  const parts = /^([+-]?(?:\d+\.?\d*|\.\d+))(万|亿)?(%|个百分点|元|户|家|个|人|项)?$/.exec(bare);
  if (!parts) return undefined;
  const scale = parts[2] === '万' ? 1e4 : parts[2] === '亿' ? 1e8 : 1;
  const own = unit.startsWith('万') ? 1e4 : unit.startsWith('亿') ? 1e8 : 1;
  const value = parts[2] ? (Number(parts[1]) * scale) / own : Number(parts[1]);
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : undefined;
}

/**
 * Bytes as people read them.
 * @param {number | bigint} bytes
 */
export function fileSize(bytes) {
  const size = Number(bytes);
  if (size < 1024) return `${size} B`;
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}
