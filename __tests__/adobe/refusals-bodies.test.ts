// What is read of the body of an answer that is no success, or should not be one.
import { describe, expect, test } from '@jest/globals';
import { htmlAnswer, isHtml, parseObject, readError } from '../../src/adobe/refusals.ts';
import { answer } from '../support/scripted-exchange.ts';

describe('an error in a body', () => {
  test.each([
    ["OAuth's", { error: 'a', error_description: 'b' }, 'a', 'b'],
    ["a gateway's", { error_code: '403003', message: 'b' }, '403003', 'b'],
    ['a nested one', { error: { code: 'a', message: 'b' } }, 'a', 'b'],
    ['a nested one with a number', { error: { code: 404, description: 'b' } }, '404', 'b'],
    ['a plain number', { code: 401013 }, '401013', ''],
    ['its first name', { error: 'a', error_code: 'b', code: 'c' }, 'a', ''],
    ['its second name', { error_code: 'b', code: 'c' }, 'b', ''],
    ['its first words', { error_description: 'a', message: 'b', description: 'c' }, '', 'a'],
    ['its second words', { message: 'b', description: 'c' }, '', 'b'],
    ['its next name, where one is empty', { error: '', code: 'c' }, 'c', ''],
    ['its next name, where one is no text', { error: true, code: 'c' }, 'c', ''],
    ['its next name, where one is null', { error: null, code: 'c' }, 'c', ''],
    ['nothing, where it is null', { error: null }, '', ''],
    ['nothing, of an empty object', {}, '', ''],
    ['nothing, of a list', ['error'], '', ''],
    ['nothing, of a text', 'error', '', ''],
  ])('is read: %s', (_name, body, error, description) => {
    expect(readError(JSON.stringify(body))).toEqual({ error, description });
  });

  test('is none where the body is no JSON', () => {
    expect(readError('{"error":')).toEqual({ error: '', description: '' });
  });
});

test.each([
  ['{"a":1}', { a: 1 }],
  ['{}', {}],
  ['[]', undefined],
  ['null', undefined],
  ['"text"', undefined],
  ['1', undefined],
  ['', undefined],
  ['{', undefined],
])('of the body %s the object is taken', (body, object) => {
  expect(parseObject(body)).toEqual(object);
});

test('a body too deep to read is no object', () => {
  expect(parseObject('['.repeat(100_000))).toBeUndefined();
});

describe('a page for people', () => {
  test.each([
    ['text/html', '', true],
    ['Text/HTML; charset=utf-8', '', true],
    ['application/xhtml+xml', '', true],
    ['application/json', '{}', false],
    ['application/json', ' \n<!DOCTYPE html>', true],
    [undefined, '<html>', true],
    [undefined, '', false],
    [undefined, 'a < b', false],
    ['x-text/html', '', false],
    ['x-application/xhtml', '', false],
  ])('of type %s and body %j is seen: %s', (type, body, seen) => {
    expect(isHtml(answer(200, body, { 'content-type': type }))).toBe(seen);
  });

  test('in the place of a success is told so', () => {
    expect(htmlAnswer(answer(200))).toMatchObject({
      name: 'ResponseError',
      message: 'HTTP 200, but the answer is an HTML page',
      topic: 'html-answer',
      hint: 'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set',
    });
  });
});
