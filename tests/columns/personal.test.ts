import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadColumns, measureView, spansOf } from '$lib/columns/measure';
import { findPersonal, idCheckDigit, loadPersonal, luhn, type PersonalKind } from '$lib/text/personal';
import { shared } from '../shared';
import { viewOf } from './make';

beforeAll(async () => {
  await loadPersonal();
  await loadColumns();
});

const found = (text: string) => findPersonal(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

describe('personal data', () => {
  it('checks digits as the standards say', () => {
    // GB 11643-1999, annex: 11010519491231002X; ISO/IEC 7812: 79927398713.
    expect(idCheckDigit('11010519491231002')).toBe('X');
    expect(idCheckDigit('44052418800101001')).toBe('4');
    expect(luhn('79927398713')).toBe(true);
    expect(luhn('79927398710')).toBe(false);
  });

  it('finds mainland numbers by their form, check digit and bounds', () => {
    expect(found('身份证11010519491231002X，手机13812345678。')).toEqual([
      'id-card-cn: 11010519491231002X',
      'phone: 13812345678',
    ]);
    expect(found('身份证110105194912310021')).toEqual(['id-card-cn-unchecked: 110105194912310021']);
    // No such province, no such day, part of a longer number.
    expect(found('001105194912310021 110105194902300025 9110105194912310021')).toEqual([]);
    expect(found('+86 138-1234-5678；0086 13912345678；010-62345678')).toEqual([
      'phone: +86 138-1234-5678',
      'phone: 0086 13912345678',
      'phone: 010-62345678',
    ]);
    expect(found('订单2138123456789，版本1.13812345678，客服400-800-1234，12812345678')).toEqual([]);
  });

  it('reads full-width digits, and points at them as they stand', () => {
    expect(found('手机１３８１２３４５６７８，身份证１１０１０５１９４９１２３１００２Ｘ')).toEqual([
      'phone: １３８１２３４５６７８',
      'id-card-cn: １１０１０５１９４９１２３１００２Ｘ',
    ]);
    expect(measureView(viewOf('我的手机是１３８１２３４５６７８', '好的'), ['pii_phone'])).toEqual([1]);
  });

  it('leaves out the numbers of companies, which name nobody', () => {
    for (const text of [
      '请拨打客服电话 400-820-1234 咨询',
      '电话：+86 400-820-1234',
      '联系方式 4008-123-123',
      'Call 1-800-555-0199 toll free',
      'our phone is +1 800 555 0123',
      '电话：0755-95588',
      '客服热线：010-51236699',
      '【010-51236699】客服热线',
      '酒店订房电话：0311-86911999',
      'Our customer service number is 212-555-0147.',
      '订单号：19513967161 衣服比实体店的',
      '联系方式:QQ:2811437428',
    ])
      expect(found(text), text).toEqual([]);
    expect(found('张先生电话 010-51236699')).toEqual(['phone: 010-51236699']);
    expect(found('预约打 13265687172')).toEqual(['phone: 13265687172']);
    expect(found('My phone is 212-555-0147.')).toEqual(['phone: 212-555-0147']);
  });

  it('finds cards by Luhn and leaves other numbers', () => {
    expect(found('卡号6222 0212 3456 7890 127')).toEqual([]);
    expect(found('卡号 4111 1111 1111 1111 或 378282246310005')).toEqual([
      'bank-card: 4111 1111 1111 1111',
      'bank-card: 378282246310005',
    ]);
    expect(found('4111111111111112')).toEqual([]);
    expect(found('时间戳 1612345678901')).toEqual([]);
  });

  it('finds e-mail, addresses of machines, IBAN and social security numbers', () => {
    expect(found('写信到 li.lei+spam@mail.example.com.cn。')).toEqual(['email: li.lei+spam@mail.example.com.cn']);
    expect(found('@somebody, a@b, icon@2x.png, x@.com')).toEqual([]);
    expect(found('192.168.1.20 and 2001:db8::8a2e:370:7334')).toEqual([
      'ip: 192.168.1.20',
      'ip: 2001:db8::8a2e:370:7334',
    ]);
    expect(found('version 1.2.3.4, 256.1.1.1, 127.0.0.1, 12:30:45, std::vector, 1.2.3.4.5')).toEqual([]);
    expect(found('GB82 WEST 1234 5698 7654 32 / DE89370400440532013000')).toEqual([
      'iban: GB82 WEST 1234 5698 7654 32',
      'iban: DE89370400440532013000',
    ]);
    expect(found('DE89370400440532013001')).toEqual([]);
    expect(found('SSN 536-22-1234, not 000-12-3456, 666-12-3456, 912-12-3456, 123-00-4567')).toEqual([
      'ssn-us: 536-22-1234',
    ]);
  });

  it('finds foreign phone numbers in their forms, and loose ones only after a word that says so', () => {
    expect(found('(415) 555-2671, 415-555-2671 x12, +1 415 555 2671, +44 20 7946 0958')).toEqual([
      'phone: (415) 555-2671',
      'phone: 415-555-2671 x12',
      'phone: +1 415 555 2671',
      'phone: +44 20 7946 0958',
    ]);
    expect(found('Call me: 0431 35 06 90')).toEqual(['phone: 0431 35 06 90']);
    expect(found('The years 2019-2020, 10 20 30 40 50, $123 456 789, order number 12345678')).toEqual([]);
  });

  it('counts by record and points at the text', () => {
    const view = viewOf('我的手机13812345678', '已登记 13812345678，邮箱 a.b@c.com', '');
    expect(measureView(view, ['pii_phone', 'pii_email', 'pii_ip'])).toEqual([2, 1, 0]);
    expect(spansOf(view, ['pii_phone', 'pii_email'])).toEqual([
      { field: 'prompt', start: 4, end: 15, kind: 'phone', text: '13812345678' },
      { field: 'response', start: 4, end: 15, kind: 'phone', text: '13812345678' },
      { field: 'response', start: 19, end: 28, kind: 'email', text: 'a.b@c.com' },
    ]);
  });

  /** Presidio's made-up texts: floors a little under what is reached. Its phone numbers are random digits in the forms of many countries. */
  const floors: [entity: string, kind: PersonalKind, recall: number, precision: number][] = [
    ['EMAIL_ADDRESS', 'email', 1, 1],
    ['CREDIT_CARD', 'bank-card', 1, 1],
    ['IBAN_CODE', 'iban', 1, 1],
    ['IP_ADDRESS', 'ip', 1, 1],
    ['US_SSN', 'ssn-us', 1, 1],
    ['PHONE_NUMBER', 'phone', 0.95, 0.98],
  ];
  const file = shared('data/pii/presidio-generated-large.json');
  it.skipIf(!file)('reaches its recall and precision on 2,109 labelled texts', () => {
    const rows: {
      full_text: string;
      spans: { entity_type: string; start_position: number; end_position: number }[];
    }[] = JSON.parse(readFileSync(file!, 'utf8'));
    const table: Record<string, { labelled: number; found: number; recall: number; precision: number }> = {};
    const misses: Record<string, string[]> = {};
    const extras: Record<string, string[]> = {};
    for (const [entity, kind] of floors) {
      let labelled = 0;
      let hits = 0;
      let all = 0;
      let right = 0;
      misses[kind] = [];
      extras[kind] = [];
      for (const { full_text: text, spans } of rows) {
        const units = [0];
        for (const char of text) units.push(units[units.length - 1] + char.length);
        const wanted = spans
          .filter((span) => span.entity_type === entity)
          .map((span) => [units[span.start_position], units[span.end_position]]);
        const got = findPersonal(text).filter((span) => span.kind === kind);
        labelled += wanted.length;
        all += got.length;
        for (const [start, end] of wanted)
          if (got.some((span) => span.start < end && start < span.end)) hits++;
          else misses[kind].push(text.slice(Math.max(0, start - 25), end + 8));
        for (const span of got)
          if (wanted.some(([start, end]) => span.start < end && start < span.end)) right++;
          else extras[kind].push(text.slice(Math.max(0, span.start - 25), span.end + 8));
      }
      table[kind] = { labelled, found: all, recall: hits / labelled, precision: right / all };
    }
    console.table(table);
    if (process.env.SHOW) console.log(JSON.stringify({ misses, extras }, null, 1));
    for (const [, kind, recall, precision] of floors) {
      expect.soft(table[kind].recall, kind).toBeGreaterThanOrEqual(recall);
      expect.soft(table[kind].precision, kind).toBeGreaterThanOrEqual(precision);
    }
  });
});
