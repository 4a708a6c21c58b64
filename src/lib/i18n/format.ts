/** Numbers for the eye. Nothing here decides anything: display only. */
export type Lang = 'en' | 'zh';

export const THIN = '\u2009';
export const MINUS = '\u2212';
const NARROW = '\u202f';

function groups(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** Whole number with thin spaces between thousands and a real minus sign. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = groups(Math.abs(Math.round(value)).toFixed(0));
  return Math.round(value) < 0 ? MINUS + text : text;
}

/** A measured value with about `digits` significant digits; whole numbers keep all of theirs. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 10 ** digits) return formatCount(value);
  const places = Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
  const [whole, fraction = ''] = size.toFixed(places).split('.');
  const rest = fraction.replace(/0+$/, '');
  return (value < 0 ? MINUS : '') + groups(whole) + (rest ? `.${rest}` : '');
}

/** `−2 387`; a dot where nothing was lost. */
export function formatLoss(dropped: number): string {
  return dropped > 0 ? MINUS + formatCount(dropped) : '·';
}

/** A share of 0–1 as percent: `4.6 %`, `0.05 %`, `< 0.01 %`. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const percent = Math.abs(share * 100);
  const sign = share < 0 ? MINUS : '';
  if (percent === 0) return `0${NARROW}%`;
  if (percent < 0.01) return `<${NARROW}0.01${NARROW}%`;
  let text = percent.toFixed(percent < 0.1 ? 2 : percent < 10 ? 1 : percent < 99.95 ? 1 : 0);
  if (percent < 100 && Number(text) >= 100) text = '99.9';
  if (text.includes('.')) text = text.replace(/\.?0+$/, '');
  return `${sign}${text}${NARROW}%`;
}

/** A share in a column of shares: always one decimal, so that the points stand under each other; `<0.1 %` where that says nothing. */
export function formatShareColumn(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const percent = Math.abs(share * 100);
  const sign = share < 0 ? MINUS : '';
  if (percent > 0 && percent < 0.1) return `${sign}<0.1${NARROW}%`;
  const text = percent < 100 && percent >= 99.95 ? '99.9' : percent.toFixed(1);
  return `${sign}${text}${NARROW}%`;
}

/** A similarity or distance in a column of such: three decimals. */
export function formatFixed(value: number, decimals = 3): string {
  return Number.isFinite(value) ? value.toFixed(decimals).replace('-', MINUS) : '–';
}

/** Large counts in few digits: `4.42 M` in English, `442 万` in Chinese. */
export function formatCompact(value: number, lang: Lang): string {
  const size = Math.abs(value);
  const scales: [number, string][] =
    lang === 'zh'
      ? [
          [1e8, '亿'],
          [1e4, '万'],
        ]
      : [
          [1e9, 'G'],
          [1e6, 'M'],
          [1e4, 'k'],
        ];
  for (const [limit, name] of scales) {
    if (size >= limit) {
      const divisor = name === 'k' ? 1e3 : limit;
      return `${formatNumber(Number((value / divisor).toPrecision(3)))}${NARROW}${name}`;
    }
  }
  return formatCount(value);
}

/** Bytes in powers of ten, as file managers show them. */
export function formatBytes(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let power = 0;
  let value = bytes;
  while (value >= 999.5 && power < names.length - 1) {
    value /= 1000;
    power++;
  }
  return `${power === 0 ? formatCount(value) : formatNumber(Number(value.toPrecision(3)))}\u00a0${names[power]}`;
}

/** Time left or spent: `8 s`, `3 min 45 s`, `2 h 10 min`. */
export function formatDuration(seconds: number, lang: Lang): string {
  const [h, m, s] = lang === 'zh' ? ['小时', '分', '秒'] : ['h', 'min', 's'];
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}${NARROW}${s}`;
  if (whole < 3600) return `${Math.floor(whole / 60)}${NARROW}${m} ${whole % 60}${NARROW}${s}`;
  return `${Math.floor(whole / 3600)}${NARROW}${h} ${Math.floor((whole % 3600) / 60)}${NARROW}${m}`;
}

/** Axis and token lengths: 1k for 1,024 and 1,000 alike (`2k`), small ones in full. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${formatNumber(value / 1e9, 2)}G`;
  if (size >= 1e6) return `${formatNumber(value / 1e6, 2)}M`;
  if (size >= 1e3) return `${formatNumber(value / 1e3, 2)}k`;
  return formatNumber(value, 2);
}
