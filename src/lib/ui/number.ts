/**
 * A number as people type it: spaces, thin spaces, commas or underscores between thousands, full-width digits, a real
 * minus sign, `%`, `k`, `万`. Null where it is none.
 */
export function parseNumber(text: string): number | null {
  let plain = text
    .normalize('NFKC')
    .replace(/[−–]/g, '-')
    .replace(/[\s_\u2009\u202f']/g, '');
  let factor = 1;
  const unit = /(%|k|m|千|万)$/i.exec(plain);
  if (unit) {
    factor = { '%': 0.01, k: 1e3, m: 1e6, 千: 1e3, 万: 1e4 }[unit[1].toLowerCase()]!;
    plain = plain.slice(0, -unit[1].length);
  }
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) plain = plain.replace(/,/g, '');
  else plain = plain.replace(',', '.');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain) * factor;
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : null;
}
