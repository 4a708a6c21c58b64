import type { Random } from './random';

/** Personal numbers that pass their own check digits and belong to nobody in particular. */

/** Mainland identity number, GB 11643-1999 (ISO 7064 MOD 11-2). */
export function idCard(random: Random): string {
  const region = random.pick(['110105', '310112', '440305', '510107', '330106', '420111', '610113', '350203']);
  const birth = `${random.between(1958, 2004)}${pad(random.between(1, 12), 2)}${pad(random.between(1, 28), 2)}`;
  const body = `${region}${birth}${pad(random.between(1, 999), 3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

/** UnionPay card number with its Luhn digit. */
export function bankCard(random: Random): string {
  const prefix = random.pick(['622588', '621700', '622848', '625912', '621483']);
  let body = prefix;
  const length = random.chance(0.5) ? 16 : 19;
  while (body.length < length - 1) body += random.between(0, 9);
  return body + luhnDigit(body);
}

export function luhnDigit(body: string): number {
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const doubled = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

export function mobile(random: Random): string {
  return random.pick(['138', '139', '150', '177', '186', '199', '135', '158']) + pad(random.between(0, 99_999_999), 8);
}

export function email(random: Random): string {
  const name = random.pick([
    'liu.wei',
    'chen_min',
    'zhaoqian',
    'sunli',
    'wu.hao',
    'linfang',
    'm.brown',
    'k.tanaka',
    'hexin',
  ]);
  return `${name}${random.between(10, 9999)}@${random.pick(['post-mail.cn', 'outbox.net', 'lakeside.org', 'citymail.com'])}`;
}

export function ip(random: Random): string {
  return [random.between(11, 99), random.between(0, 255), random.between(0, 255), random.between(1, 254)].join('.');
}

/** German IBAN (ISO 13616, MOD 97). */
export function iban(random: Random): string {
  let account = '';
  while (account.length < 18) account += random.between(0, 9);
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${pad(Number(check), 2)}${account}`;
}

/** US social security number in the ranges that are issued. */
export function ssn(random: Random): string {
  return `${random.between(200, 649)}-${pad(random.between(10, 99), 2)}-${pad(random.between(1000, 9999), 4)}`;
}

export function apiKey(random: Random): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let body = '';
  while (body.length < 40) body += random.pick([...letters]);
  return random.pick(['sk-', 'ghp_']) + body.slice(0, 36);
}

export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
