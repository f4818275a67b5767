// What is read of the body of an answer that is no success, or should not be one.
import { describe, expect, test } from '@jest/globals';
import {
  findMarkup,
  isOAuthError,
  markupError,
  readAnswer,
  readError,
} from '../../src/adobe/refusals.ts';
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
  [{ error: 'a' }, true],
  [{ error: { code: 'a' } }, true],
  [{ error: { message: 'a' } }, true],
  [{ error: '' }, false],
  [{ error: null, message: 'a' }, false],
  [{ error: {} }, false],
  [{ error: true }, false],
  [{ error_code: 'a', message: 'b' }, false],
  [{ code: 200 }, false],
  [['error'], false],
])('%j is an error of OAuth: %s', (body, itIs) => {
  expect(isOAuthError(JSON.stringify(body))).toBe(itIs);
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
  expect(readAnswer(body)).toEqual(object);
});

test('a body too deep to read is no object', () => {
  expect(readAnswer('['.repeat(100_000))).toBeUndefined();
});

test('one byte order mark before JSON is dropped, as some gateways send it', () => {
  expect(readAnswer('\ufeff{"a":1}')).toEqual({ a: 1 });
  expect(readAnswer('\ufeff\ufeff{"a":1}')).toBeUndefined();
  expect(readError('\ufeff{"error":"a"}').error).toBe('a');
  expect(readAnswer('{"a":"\ufeffb"}')).toEqual({ a: '\ufeffb' });
});

describe('a page in the place of a success', () => {
  const HTML = 'html';
  const XML = 'xml';

  test.each([
    ['text/html', '', HTML],
    ['Text/HTML; charset=utf-8', '', HTML],
    ['application/xhtml+xml', '', HTML],
    ['application/json', ' \n<!DOCTYPE html>', HTML],
    [undefined, '<html>', HTML],
    [undefined, '\ufeff<html>', HTML],
    ['text/xml', '<Error/>', XML],
    ['application/xml; charset=utf-8', '<Error/>', XML],
    ['application/soap+xml', '<Error/>', XML],
    [undefined, '<?xml version="1.0"?><Error/>', XML],
    [undefined, ' \n\ufeff<?xml version="1.0"?><Error/>', XML],
    [undefined, ' \n\ufeff<?xml version="1.0"?><title/>', XML],
    ['application/soap+xml', '<title/>', XML],
    ['text/xml', '<xhtml/>', XML],
    ['text/xml', '<html5/>', XML],
    [undefined, '<subtitle/>', XML],
    [undefined, '<titles/>', XML],
    [undefined, '<!doctype  feed><title>', XML],
    [undefined, `<!--${' '.repeat(1024)}--><Error/>`, HTML],
    ['x-text/xml', '<p/>', HTML],
    [undefined, '<p>a <?xml?></p>', HTML],
    ['text/html', '<?xml version="1.0"?><html/>', HTML],
    // Many a gateway gives its XML no type, or a wrong one.
    [undefined, '<Error><Code>AccessDenied</Code></Error>', XML],
    ['text/plain', '<soap:Envelope>', XML],
    ['application/json', '<!DOCTYPE Error SYSTEM "e.dtd"><Error/>', XML],
    ['image/svg+xml', '<svg/>', XML],
    ['application/xml', '<title/>', XML],
    ['application/xml', '<!-- nothing -->', XML],
    [undefined, '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="…">', HTML],
    ['text/xml', '<html xmlns="…">', HTML],
    [undefined, '<!-- a comment --><body>', HTML],
    [undefined, '<H1>Forbidden</H1>', HTML],
    [undefined, '<p>Forbidden', HTML],
    [undefined, `${' '.repeat(2000)}<html>`, HTML],
    [undefined, '<% no element %>', HTML],
  ])('of type %s and body %j is called %s', (type, body, what) => {
    expect(findMarkup(answer(200, body, { 'content-type': type }))).toBe(what);
  });

  test('is told with who probably answered', () => {
    expect(markupError(answer(200), XML)).toMatchObject({
      name: 'ResponseError',
      message: 'HTTP 200, but the answer is an XML document',
      topic: 'html-answer',
      hint: 'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set',
    });
  });

  test('is found in linear time, whatever stands before it', () => {
    const started = performance.now();
    findMarkup(answer(200, `<!-- ${'<!doctype '.repeat(25_000)}`));
    findMarkup(answer(200, ' '.repeat(250_000)));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test.each([
    ['application/json', '{}'],
    [undefined, ''],
    [undefined, 'a < b'],
    ['x-text/html', ''],
    ['x-application/xhtml', ''],
    ['text/xml', ''],
  ])('is not seen in type %s and body %j', (type, body) => {
    expect(findMarkup(answer(200, body, { 'content-type': type }))).toBeUndefined();
  });
});
