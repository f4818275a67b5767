// What a runner reads of a step: commands in its log, the log that a person sees, and files of pairs.
import { describe, expect, test } from '@jest/globals';
import { parseCommands, parsePairs } from '../../dev/runner/commands.ts';
import { createRenderer, findMasks, maskText } from '../../dev/runner/log.ts';

describe('commands in a log', () => {
  const names = (text: string) => parseCommands(text).map(({ syntax, name }) => syntax + name);

  test.each([
    ['at the start of a line', '::debug::x', ['::debug']],
    ['after blanks', ' \t\u00a0\u0085::add-mask::x', ['::add-mask']],
    ['in any case', '::Set-Output name=a::b', ['::set-output']],
    ['that nobody knows', '::future-command::x', ['::future-command']],
    ['after a lone carriage return', 'text\r::error::x', ['::error']],
    ['without a message', '::endgroup::', ['::endgroup']],
    [
      'of the old kind, in mid-line',
      'text ##[add-path]/tmp ##[set-env name=X]y',
      ['##[add-path', '##[set-env'],
    ],
    ['of the old kind, in a message', '::error::##[add-path]/tmp', ['::error', '##[add-path']],
  ])('are found %s', (_where, text, expected) => {
    expect(names(`before\n${text}\nafter\n`)).toEqual(expected);
  });

  test.each([
    'text ::error::x',
    ':: error::x',
    '::error',
    ': :error::x',
    '# #[add-path]/tmp',
    '##[]/tmp',
    '\u2028text',
    '[::1]:8080::x::',
  ])('are not found in %j', (text) => {
    expect(names(text)).toEqual([]);
  });

  test('are unescaped as the runner does it', () => {
    expect(
      parseCommands(
        '::error title=a%3Ab%2Cc%25,line=1::100%25%0A%250A%3A%0d\n##[set-env name=X;]y',
      ),
    ).toEqual([
      {
        syntax: '::',
        name: 'error',
        properties: { title: 'a:b,c%', line: '1' },
        message: '100%\n%0A%3A%0d',
      },
      {
        syntax: '##[',
        name: 'set-env',
        properties: { name: 'X' },
        message: 'y',
      },
    ]);
  });
});

describe('the log that a person sees', () => {
  test('has no masks, and commands turned into text', () => {
    const lines = [
      'secret before',
      '::add-mask::secret',
      'a secret and a se%0Acret',
      '::debug::thinking',
      '::notice title=N::noted',
      '::warning::beware of secret',
      '::error title=Bad::line 1%0Aline 2',
      '',
    ];
    expect(lines.map(createRenderer())).toEqual([
      'secret before',
      undefined,
      'a *** and a se%0Acret',
      undefined,
      'Notice: noted',
      'Warning: beware of ***',
      'Error: line 1\nline 2',
      '',
    ]);
  });

  test('has debug lines with debug logging', () => {
    expect(createRenderer({ debug: true })('::debug::thinking')).toBe('##[debug]thinking');
  });

  test('shows commands that it does not know as they are', () => {
    expect(createRenderer()('::add-path::/tmp')).toBe('::add-path::/tmp');
  });

  test('masks each line of a mask, unescaped, and the whole', () => {
    const stdout = '::add-mask::one%0D%0Atwo%25\n::add-mask::\n ::add-mask::three\n';
    expect(findMasks(stdout)).toEqual(['one\r\ntwo%', 'one', 'two%', 'three']);
  });

  test('masks the longest first, and nothing for an empty mask', () => {
    expect(maskText('abcdef abc', ['abc', '', 'abcdef'])).toBe('*** ***');
  });
});

describe('a file of pairs', () => {
  test.each([
    ['nothing', '', {}],
    ['a line', 'a=b', { a: 'b' }],
    ['an empty value', 'a=\n', { a: '' }],
    ['lines with blank ones between', '\na=1\r\n\nb=2=3\n', { a: '1', b: '2=3' }],
    ['a block', 'a<<E\none\ntwo\nE\n', { a: 'one\ntwo' }],
    ['an empty block', 'a<<E\nE\n', { a: '' }],
    [
      'a block with blank lines and other line ends',
      'a<<E\r\n\r\nx\r\n\nE\r\n',
      { a: '\r\nx\r\n' },
    ],
    ['a block that looks like pairs', 'a<<E\nb=c\nd<<F\nE\ne=f', { a: 'b=c\nd<<F', e: 'f' }],
    ['a line whose value looks like a block', 'a=b<<E\n', { a: 'b<<E' }],
    ['a name twice', 'a=1\na=2\n', { a: '2' }],
    ['a lone carriage return', 'a=1\r2\nb<<E\n3\r4\nE\n', { a: '1\r2', b: '3\r4' }],
  ])('may hold %s', (_what, text, pairs) => {
    expect(parsePairs(text)).toEqual(pairs);
  });

  test.each([
    ['neither', 'text\n', 'neither "=" nor "<<"'],
    ['no name', '=x\n', 'no name'],
    ['no delimiter', 'a<<\nx\n', 'no delimiter'],
    ['no end', 'a<<E\nx\n', 'no end'],
  ])('may not hold a line with %s', (_what, text, fault) => {
    expect(() => parsePairs(text)).toThrow(fault);
  });
});
