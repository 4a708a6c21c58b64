import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMode } from '$lib/notebook/balance/rule';
import { comparedBy } from '$lib/notebook/compared';
import { commandLine } from '$lib/notebook/export/save';
import { zip } from '$lib/notebook/export/zip';
import { roleOf, withRole } from '$lib/notebook/fields/roles';
import { difference } from '$lib/notebook/inspector/difference';
import { excerpt, occurrences, pieces } from '$lib/notebook/inspector/pieces';
import { covers, isCured } from '$lib/notebook/overview/cure';
import { markdown, inlines } from '$lib/notebook/prose/markdown';
import { shareUpTo } from '$lib/notebook/spine/figures';
import { emptyMapping } from '$lib/record/mapping';

describe('texts of the inspector', () => {
  it('finds Chinese as it stands and Latin whatever its case', () => {
    expect(occurrences('账单查询，账单', '账单').map((o) => o.start)).toEqual([0, 5]);
    expect(occurrences('Refund REFUND', 'refund').map((o) => o.start)).toEqual([0, 7]);
    expect(occurrences('abc', '')).toEqual([]);
  });

  it('cuts a text at its marks and leaves nothing out', () => {
    const text = 'call 13800138000 now';
    const cut = pieces(text, [
      { start: 5, end: 16, kind: 'phone' },
      { start: 7, end: 9, kind: 'search' },
    ]);
    expect(cut.map((p) => p.text).join('')).toBe(text);
    expect(cut.map((p) => p.mark)).toEqual([null, 'phone', null]);
  });

  it('shows a late mark and never half a character', () => {
    const text = '字'.repeat(500) + '😀 here';
    const part = excerpt(text, [{ start: 503, end: 507, kind: 'search' }], 100);
    expect(part.before).toBe(true);
    expect(part.after).toBe(false);
    expect(part.text.slice(part.stretches[0].start, part.stretches[0].end)).toBe('here');
    expect(excerpt('😀'.repeat(10), [], 5).text).not.toMatch(/\p{Surrogate}/u);
  });

  it('tells a change at its finest', () => {
    const words = (before: string, after: string) =>
      difference(before, after).map(({ kind, text }) =>
        kind === 'same' ? text : kind === 'was' ? `-${text}-` : `+${text}+`,
      );
    expect(words('a  b', 'a b')).toEqual(['a ', '- -', 'b']);
    expect(words('tel 123', 'tel [phone]')).toEqual(['tel ', '-123-', '+[phone]+']);
    expect(words('same', 'same')).toEqual(['same']);
    expect(words('x<b>y</b>z', 'xyz')).toEqual(['x', '-<b>-', 'y', '-</b>-', 'z']);
    expect(words('x😀y', 'x😁y')).toEqual(['x', '-😀-', '+😁+', 'y']);
  });

  it('gives both texts back from any change', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
        const changes = difference(before, after);
        const side = (kind: string) =>
          changes
            .filter((change) => change.kind === 'same' || change.kind === kind)
            .map(({ text }) => text)
            .join('');
        expect([side('was'), side('is')]).toEqual([before, after]);
      }),
    );
    const long = ['字'.repeat(3000), 'x'.repeat(3000)];
    expect(difference(long[0], long[1])).toHaveLength(2);
  });
});

describe('prose', () => {
  it('reads blocks', () => {
    expect(markdown('# Title\n\nOne\ntwo\n\n- a\n- b\n\n> said\n\n```\ncode\n```').map((b) => b.kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'quote',
      'code',
    ]);
  });

  it('reads live numbers, emphasis and safe links only', () => {
    expect(inlines('kept **{kept}** of {rows}')).toEqual([
      { kind: 'text', text: 'kept ' },
      { kind: 'strong', children: [{ kind: 'live', name: 'kept' }] },
      { kind: 'text', text: ' of ' },
      { kind: 'live', name: 'rows' },
    ]);
    expect(inlines('[a](https://x.org)')[0]).toMatchObject({ kind: 'link', href: 'https://x.org' });
    expect(inlines('[a](javascript:alert(1))').every((part) => part.kind !== 'link')).toBe(true);
    expect(inlines('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'text', text: '<img src=x onerror=alert(1)>' }]);
    expect(inlines('2 * 3 * 4 and \\*not\\*').every((part) => part.kind === 'text')).toBe(true);
  });
});

describe('cures', () => {
  it('knows when a step already does what a finding asks', () => {
    const cure = { cut: { column: 'echo', max: 0 } };
    expect(covers({ cut: { column: 'echo', max: 0 } }, cure)).toBe(true);
    expect(covers({ cut: { column: 'echo', max: 0.5 } }, cure)).toBe(false);
    expect(covers({ cut: { column: 'echo', below: 0.5 } }, { cut: { column: 'echo', below: 0.6 } })).toBe(true);
    expect(covers({ cut: { column: 'echo', max: 0.6 } }, { cut: { column: 'echo', below: 0.6 } })).toBe(false);
    expect(covers({ redact: { kinds: ['email', 'phone'] } }, { redact: { kinds: ['phone'] } })).toBe(true);
    const finding = { id: 'x', severity: 1 as const, count: 3, remaining: 3, examples: [], cut: cure, detail: {} };
    expect(isCured(finding, { siftbook: 1, seed: 0, steps: [] })).toBe(false);
    expect(isCured({ ...finding, remaining: 0 }, { siftbook: 1, seed: 0, steps: [] })).toBe(true);
  });
});

describe('roles of fields', () => {
  it('gives a role to one field at a time, lists aside', () => {
    const mapping = { ...emptyMapping('alpaca'), prompt: ['instruction'], response: 'output' };
    expect(roleOf(mapping, 'output')).toBe('response');
    expect(withRole(mapping, 'input', 'prompt').prompt).toEqual(['instruction', 'input']);
    expect(withRole(mapping, 'answer', 'response').response).toBe('answer');
    const moved = withRole(mapping, 'instruction', 'label');
    expect([moved.prompt, moved.label]).toEqual([[], ['instruction']]);
    expect(mapping.prompt).toEqual(['instruction']);
  });
});

describe('a rule for classes', () => {
  it('begins where it changes something: at the median of the classes there are', () => {
    const step = { by: 'label' };
    expect(inMode(step, 'cap', [460, 20, 0, 90]).cap).toBe(90);
    expect(inMode({ ...step, cap: 7 }, 'per-class', [460, 20])['per-class']).toBe(7);
    expect(inMode({ ...step, temperature: 3, total: 50 }, 'uniform', [1])).toEqual({
      ...step,
      mode: 'uniform',
      total: 50,
    });
  });
});

describe('what records are compared by', () => {
  const mapping = { ...emptyMapping('messages'), messages: 'turns', label: ['topic'], source: 'from' };
  const fields = ['id', 'turns', 'topic', 'from'];

  it('offers roles, then fields that no role stands for', () => {
    expect(comparedBy(mapping, fields, ['prompt'])).toEqual(['prompt', 'response', 'system', 'label', 'id', 'from']);
    expect(comparedBy(emptyMapping(), ['a', 'b'], [])).toEqual(['a', 'b']);
  });

  it('never leaves out what is chosen already', () => {
    expect(comparedBy(mapping, fields, ['turns', 'label'])).toEqual([
      ...['prompt', 'response', 'system', 'label', 'id', 'from'],
      'turns',
    ]);
  });
});

describe('figures and export', () => {
  it('counts the share below a limit, evenly within its bin', () => {
    const view = { edges: Float64Array.of(0, 10, 20, 40) };
    expect(shareUpTo(view, [5, 5, 10], 20)).toBe(0.5);
    expect(shareUpTo(view, [5, 5, 10], 30)).toBe(0.75);
    expect(shareUpTo(view, [0, 0, 0], 30)).toBeNaN();
  });

  it('quotes file names a shell would part', () => {
    expect(commandLine(['data.jsonl'])).toBe('siftbook run recipe.yaml data.jsonl -o out');
    expect(commandLine(["my data's.json"])).toBe("siftbook run recipe.yaml 'my data'\\''s.json' -o out");
  });

  it('writes an archive by the format, name, size and checksum included', async () => {
    const archive = new Uint8Array(
      await (await zip([{ name: 'a/数据.txt', blob: new Blob(['123456789']) }])).arrayBuffer(),
    );
    const view = new DataView(archive.buffer);
    const name = new TextEncoder().encode('a/数据.txt');
    expect(view.getUint32(0, true)).toBe(0x04034b50);
    // CRC-32 of "123456789", the check value of the standard.
    expect(view.getUint32(14, true)).toBe(0xcbf43926);
    expect(view.getUint32(18, true)).toBe(9);
    expect(archive.slice(30, 30 + name.length)).toEqual(name);
    const directory = 30 + name.length + 9;
    expect(view.getUint32(directory, true)).toBe(0x02014b50);
    expect(view.getUint32(directory + 16, true)).toBe(0xcbf43926);
    expect(view.getUint16(directory + 28, true)).toBe(name.length);
    expect(view.getUint32(directory + 42, true)).toBe(0);
    const end = directory + 46 + name.length;
    expect(view.getUint32(end, true)).toBe(0x06054b50);
    expect(view.getUint16(end + 10, true)).toBe(1);
    expect(view.getUint32(end + 12, true)).toBe(46 + name.length);
    expect(view.getUint32(end + 16, true)).toBe(directory);
    expect(archive.length).toBe(end + 22);
  });
});
