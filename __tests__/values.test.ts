// Values from outside: JSON of any shape, and what stands in it.
import { describe, expect, test } from '@jest/globals';
import { isObject, readJson, readJsonObject, readPath } from '../src/values.ts';

describe('JSON', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    ['[1]', [1]],
    ['null', null],
    ['"text"', 'text'],
    ['{', undefined],
    ['', undefined],
    ['['.repeat(100_000), undefined],
  ])('is read, or undefined: %.20s', (text, value) => {
    expect(readJson(text)).toEqual(value);
  });

  test.each(['[1]', 'null', '"text"', '1', '{', ''])('is no object: %s', (text) => {
    expect(readJsonObject(text)).toBeUndefined();
  });

  test('is an object', () => {
    expect(readJsonObject('{"a":1}')).toEqual({ a: 1 });
    expect(isObject({})).toBe(true);
  });
});

test.each<[unknown, string[], unknown]>([
  [{ a: { b: 1 } }, ['a', 'b'], 1],
  [{ a: { b: 1 } }, [], { a: { b: 1 } }],
  [{ a: null }, ['a', 'b'], undefined],
  [{ a: ['b'] }, ['a', 'length'], undefined],
  [{}, ['toString'], undefined],
  [JSON.parse('{"__proto__":{"a":1}}'), ['__proto__', 'a'], 1],
  [undefined, ['a'], undefined],
])('what stands in %j at %j is %j', (value, path, found) => {
  expect(readPath(value, ...path)).toEqual(found);
});
