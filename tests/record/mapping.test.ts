import { describe, expect, it } from 'vitest';
import { applyMap, detectMapping, emptyMapping, mapText, parseMap, rowsToBatch } from '$lib/record';

describe('parseMap', () => {
  it('reads the short form', () => {
    expect(parseMap('prompt=instruction+input, response=output,label=category')).toEqual({
      prompt: ['instruction', 'input'],
      response: 'output',
      label: ['category'],
    });
    expect(parseMap('label=,id=')).toEqual({ label: [], id: null });
  });

  it('reads an object', () => {
    expect(parseMap({ prompt: ['a', 'b'], response: 'c', label: 'd', system: null })).toEqual({
      prompt: ['a', 'b'],
      response: 'c',
      label: ['d'],
      system: null,
    });
  });

  it('names what is wrong and what there is', () => {
    expect(() => parseMap('promt=a')).toThrow(/"promt".*prompt, response, system/);
    expect(() => parseMap('prompt')).toThrow(/"prompt" is not of the form/);
    expect(() => parseMap('response=a+b')).toThrow(/response takes one field/);
    expect(() => parseMap({ prompt: 3 })).toThrow(/prompt must be/);
    expect(() => parseMap({ __proto__x: 'a' })).toThrow(/"__proto__x"/);
  });
});

describe('applyMap', () => {
  const batch = rowsToBatch([{ messages: [{ role: 'user', content: 'x' }], q: 'a', a: 'b', c: 'd', score: 1 }]);
  const fields = batch.fields.map((field) => field.name);
  const detected = detectMapping([batch]);

  it('lets the layout follow', () => {
    expect(detected).toMatchObject({ layout: 'messages', scores: ['score'] });
    expect(applyMap(detected, parseMap('prompt=q,response=a'), fields)).toMatchObject({
      layout: 'prompt-completion',
      messages: null,
      confidence: 1,
      scores: ['score'],
    });
    const text = applyMap(emptyMapping(), parseMap('prompt=q,label=c'), fields);
    expect(text).toMatchObject({ layout: 'classification', response: null });
    expect(applyMap(text, parseMap('messages=messages'), fields)).toMatchObject({ layout: 'messages', prompt: [] });
    expect(applyMap(detected, {}, fields)).toEqual({ ...detected, confidence: 1 });
    expect(applyMap(detected, parseMap('label=score'), fields).scores).toEqual([]);
  });

  it('names a field that is not there and lists those that are', () => {
    expect(() => applyMap(detected, parseMap('prompt=question'), fields)).toThrow(
      /prompt names a field "question".*messages, q, a, c, score/,
    );
    expect(applyMap(detected, parseMap('prompt=c.d'), fields).prompt).toEqual(['c.d']);
  });

  it('writes itself as a recipe has it, and reads back', () => {
    const mapping = applyMap(detected, parseMap('prompt=q+a,response=c,label=score'), fields);
    const text = mapText(mapping);
    expect(text).toEqual({ prompt: ['q', 'a'], response: 'c', label: 'score' });
    expect(applyMap(emptyMapping(), parseMap(text), fields)).toEqual(mapping);
  });
});
