const pad = (value: number | bigint, width: number) => String(value).padStart(width, '0');

/** Floor division of bigints. */
function divide(a: bigint, b: bigint): [bigint, bigint] {
  let quotient = a / b;
  let rest = a % b;
  if (rest < 0n) {
    rest += b;
    quotient -= 1n;
  }
  return [quotient, rest];
}

/** Units a second of Arrow's time units (0 seconds … 3 nanoseconds). */
export const PER_SECOND = [1n, 1_000n, 1_000_000n, 1_000_000_000n];
const DIGITS = [0, 3, 6, 9];

/** Days since 1970-01-01 as a proleptic Gregorian date, `2024-02-29`; years outside 0–9999 carry a sign. */
export function dateText(days: bigint): string {
  // Civil-from-days, H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  const z = days + 719_468n;
  const [era, doe] = divide(z, 146_097n);
  const day = Number(doe);
  const yoe = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const doy = day - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const d = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const m = mp < 10 ? mp + 3 : mp - 9;
  const year = BigInt(yoe) + era * 400n + (m <= 2 ? 1n : 0n);
  const text = year < 0n ? `-${pad(-year, 6)}` : year > 9999n ? `+${pad(year, 6)}` : pad(year, 4);
  return `${text}-${pad(m, 2)}-${pad(d, 2)}`;
}

/** A time of day in units, `03:04:05.678`; the fraction stands only where it is not zero. */
export function timeText(value: bigint, unit: number): string {
  const [seconds, rest] = divide(value, PER_SECOND[unit]);
  const s = Number(seconds);
  const clock = `${pad(Math.floor(s / 3600), 2)}:${pad(Math.floor(s / 60) % 60, 2)}:${pad(s % 60, 2)}`;
  return rest === 0n ? clock : `${clock}.${pad(rest, DIGITS[unit]).replace(/0+$/, '')}`;
}

/** A point in time in units since 1970, ISO 8601; `Z` where the column has a time zone (its instants are in UTC). */
export function timestampText(value: bigint, unit: number, zoned: boolean): string {
  const [days, rest] = divide(value, PER_SECOND[unit] * 86_400n);
  return `${dateText(days)}T${timeText(rest, unit)}${zoned ? 'Z' : ''}`;
}
