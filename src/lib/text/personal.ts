/** Personal data in a text: where it stands and of what kind. Each kind has a form, a check of its digits, and bounds. */
import {
  PROVINCES,
  CARD,
  ID,
  BANK_CARD,
  SSN,
  SSN_NAMED,
  NAMES_SSN,
  IP4,
  IP6,
  NOBODY,
  VERSION,
  IBAN,
  MOBILE_CN,
  LANDLINE_CN,
  NORTH_AMERICAN,
  INTERNATIONAL,
  LOOSE,
  NAMES_PHONE,
  NAMES_PHONE_AFTER,
  NAMES_OTHER,
  HOTLINE,
  NAMES_SERVICE,
  NAMES_SERVICE_AFTER,
  NAMES_ORDER,
  DATE,
  LOCAL,
  DOMAIN,
  FILE_END,
} from './personal-forms';

export type PersonalKind =
  'email' | 'phone' | 'id-card-cn' | 'id-card-cn-unchecked' | 'bank-card' | 'ip' | 'iban' | 'ssn-us';
/** Every kind, in the order in which they are looked for: the first to claim a stretch keeps it. */
export const PERSONAL_KINDS: readonly PersonalKind[] = [
  'email',
  'iban',
  'id-card-cn',
  'id-card-cn-unchecked',
  'bank-card',
  'ssn-us',
  'ip',
  'phone',
];

/** One piece of personal data in a text. */
export interface PersonalSpan {
  kind: PersonalKind;
  /** UTF-16 units. */
  start: number;
  end: number;
}

interface Libraries {
  isPossiblePhoneNumber(text: string): boolean;
  isValidIBAN(iban: string): boolean;
}
let libraries: Libraries | null = null;

/** Loads libphonenumber and ibantools (once a thread). Without them international phone numbers and IBANs are not found. */
export async function loadPersonal(): Promise<void> {
  if (libraries) return;
  const [phone, iban] = await Promise.all([import('libphonenumber-js/min'), import('ibantools')]);
  libraries = {
    isPossiblePhoneNumber: (text) => phone.isPossiblePhoneNumber(text),
    isValidIBAN: (text) => iban.isValidIBAN(text),
  };
}

/** Sum of weighted digits mod 11 decides the last sign (GB 11643-1999). */
export function idCheckDigit(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (2 ** (17 - i) % 11);
  return '10X98765432'[sum % 11];
}

/** Luhn's check (ISO/IEC 7812). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let d = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (i % 2) d = d > 4 ? d * 2 - 9 : d * 2;
    sum += d;
  }
  return sum % 10 === 0;
}

function realDate(year: number, month: number, day: number): boolean {
  return year >= 1900 && year <= 2035 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function emails(value: string, add: (kind: PersonalKind, start: number, end: number) => void): void {
  for (let at = value.indexOf('@'); at > 0; at = value.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && LOCAL.test(value[start - 1])) start--;
    while (start < at && !/[A-Za-z0-9]/.test(value[start])) start++;
    if (start === at || value[at - 1] === '.') continue;
    const domain = DOMAIN.exec(value.slice(at + 1, at + 256));
    if (!domain || FILE_END.test(domain[0])) continue;
    add('email', start, at + 1 + domain[0].length);
  }
}

function ip6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2 || !/\d/.test(text)) return false;
  const groups = halves.flatMap((half) => (half ? half.split(':') : []));
  if (groups.some((group) => !group)) return false;
  return halves.length === 2 ? groups.length >= 3 && groups.length <= 7 : groups.length === 8;
}

const EXTENSION = /(?:x|ext|转).*$/i;
const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Full-width digits, letters, plus and minus as plain ones: unit for unit, so that places stay. */
function plainDigits(value: string): string {
  if (!/[\uff10-\uff19]/.test(value)) return value;
  return value.replace(/[\uff0b\uff0d\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}

/**
 * All personal data of a text, in order, without overlaps; full-width digits count as digits. Linear in the text: every form
 * is bounded.
 */
export function findPersonal(text: string): PersonalSpan[] {
  const value = plainDigits(text);
  const spans: PersonalSpan[] = [];
  const add = (kind: PersonalKind, start: number, end: number) => {
    for (const span of spans) if (start < span.end && span.start < end) return;
    spans.push({ kind, start, end });
  };
  const each = (form: RegExp, visit: (text: string, start: number) => void) => {
    form.lastIndex = 0;
    for (let match; (match = form.exec(value));) visit(match[0], match.index);
  };
  if (value.includes('@')) emails(value, add);
  let digits = 0;
  for (let i = 0; i < value.length && digits < 7; i++) {
    const c = value.charCodeAt(i);
    if (c >= 48 && c < 58) digits++;
  }
  if (value.includes('::') || (digits && value.includes(':')))
    each(IP6, (text, start) => ip6(text) && add('ip', start, start + text.length));
  if (digits < 4) return spans;
  each(IP4, (text, start) => {
    if (!NOBODY.test(text) && !VERSION.test(value.slice(Math.max(0, start - 12), start)))
      add('ip', start, start + text.length);
  });
  if (digits >= 7) {
    each(IBAN, (text, start) => {
      if (libraries?.isValidIBAN(text.replaceAll(' ', '').toUpperCase())) add('iban', start, start + text.length);
    });
    each(ID, (text, start) => {
      const plain = text.replace(/[ -]/g, '');
      if (!PROVINCES.has(plain.slice(0, 2))) return;
      if (!realDate(Number(plain.slice(6, 10)), Number(plain.slice(10, 12)), Number(plain.slice(12, 14)))) return;
      const valid = idCheckDigit(plain) === plain[17].toUpperCase();
      add(valid ? 'id-card-cn' : 'id-card-cn-unchecked', start, start + text.length);
    });
    each(BANK_CARD, (text, start) => {
      const plain = digitsOf(text);
      if (plain.length >= 13 && plain.length <= 19 && CARD.test(plain) && luhn(plain) && !/^(\d)\1+$/.test(plain))
        add('bank-card', start, start + text.length);
    });
    each(SSN, (text, start) => {
      // Parted by spaces it could be part of an address.
      if (text[3] === '-' || NAMES_SSN.test(value.slice(Math.max(0, start - 30), start)))
        add('ssn-us', start, start + text.length);
    });
    each(SSN_NAMED, (text, start) => add('ssn-us', start + text.length - 9, start + text.length));
    phones(each, add, value);
  }
  return spans.sort((a, b) => a.start - b.start);
}

function phones(
  each: (form: RegExp, visit: (text: string, start: number) => void) => void,
  add: (kind: PersonalKind, start: number, end: number) => void,
  value: string,
): void {
  const phone = (text: string, start: number) => add('phone', start, start + text.length);
  const before = (start: number, size: number) => value.slice(Math.max(0, start - size), start);
  /** Whether it is a company's: by its digits, or by what it is called. */
  const service = (text: string, start: number) =>
    HOTLINE.test(digitsOf(text.replace(EXTENSION, ''))) ||
    NAMES_SERVICE.test(before(start, 40)) ||
    NAMES_SERVICE_AFTER.test(value.slice(start + text.length, start + text.length + 8));
  const unlessService = (text: string, start: number) => {
    if (!service(text, start)) phone(text, start);
  };
  each(MOBILE_CN, (text, start) => {
    if (!NAMES_ORDER.test(before(start, 12))) phone(text, start);
  });
  each(LANDLINE_CN, unlessService);
  each(NORTH_AMERICAN, unlessService);
  each(INTERNATIONAL, (text, start) => {
    const plain = `+${digitsOf(text.replace(EXTENSION, '')).replace(/^00/, '')}`;
    if (libraries?.isPossiblePhoneNumber(plain)) unlessService(text, start);
  });
  each(LOOSE, (text, start) => {
    const size = digitsOf(text.replace(EXTENSION, '')).length;
    if (size < 7 || size > 13 || DATE.test(text) || /^\d+\.\d+$/.test(text)) return;
    const words = before(start, 40);
    const after = value.slice(start + text.length, start + text.length + 12);
    if ((NAMES_PHONE.test(words) && !NAMES_OTHER.test(words)) || NAMES_PHONE_AFTER.test(after))
      unlessService(text, start);
  });
}
