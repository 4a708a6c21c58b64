const DATE =
  /^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$/;

/**
 * Milliseconds since 1970 of a time as files spell it: `2024-05-01`, `2024/5/1 08:30`, ISO 8601, seconds or milliseconds
 * since 1970. Without a zone it is taken as UTC (only order matters here). NaN where it is none of these.
 */
export function parseTime(text: string | null): number {
  if (text === null) return NaN;
  const parts = DATE.exec(text);
  if (parts) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = parts;
    if (+month < 1 || +month > 12 || +day < 1 || +day > 31) return NaN;
    const offset = zone && zone !== 'Z' ? minutes(zone) : 0;
    return Date.UTC(+year, +month - 1, +day, +hour, +minute - offset, +second) + Math.round(Number(fraction) * 1000);
  }
  if (!/^\s*\d{9,13}(\.\d+)?\s*$/.test(text)) return NaN;
  const number = Number(text);
  return number < 1e11 ? number * 1000 : number;
}

function minutes(zone: string): number {
  const [hours, rest] = [zone.slice(1, 3), zone.slice(-2)];
  return (zone[0] === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest));
}
