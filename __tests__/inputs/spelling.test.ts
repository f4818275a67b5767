// Words that were misspelt: which was meant, and the inputs that are found so.
import { describe, expect, test } from '@jest/globals';
import { findMisspelt, nearest } from '../../src/inputs/spelling.ts';
import { type Given, record } from '../support/recording.ts';

describe('a misspelt word', () => {
  test.each([
    ['one letter too many', 'scopee', 'scope'],
    ['one letter too few', 'scpe', 'scope'],
    ['one letter wrong', 'scape', 'scope'],
    ['two neighbours swapped', 'csope', 'scope'],
    ['the last two swapped', 'scoep', 'scope'],
    ['two edits in six letters', 'xscoqe', 'scope'],
    ['nothing wrong at all', 'scope', 'scope'],
    ['one letter for none', 'a', ''],
    ['none for one letter', '', 'a'],
  ])('is understood with %s', (_edit, word, meant) => {
    expect(nearest(word, ['unrelated', meant])).toBe(meant);
  });

  test.each([
    ['two edits in five letters', 'xcoqe', 'scope'],
    ['three edits in many letters', 'xxfireflx', 'firefly'],
    ['a swap and another edit in five letters', 'csopx', 'scope'],
    ['a swap of letters that are not the same', 'ab', 'xa'],
    ['a swap of which only half is one', 'ab', 'bx'],
    ['a swap with a letter put between', 'ca', 'abc'],
    ['another length altogether', 'ab', 'abcdefgh'],
    ['another length the other way round', 'abcdefgh', 'ab'],
  ])('is not guessed at with %s', (_edit, word, other) => {
    expect(nearest(word, [other])).toBeUndefined();
  });

  test.each([
    [['verify', 'verif']],
    [['verif', 'verify']],
    [['veri', 'verif', 'verify', 'unrelated']],
  ])('is taken for the nearest of %j', (candidates) => {
    expect(nearest('verifyy', candidates)).toBe('verify');
  });

  test('is taken for the first of those that are equally near', () => {
    expect(nearest('scope', ['scopa', 'scopb'])).toBe('scopa');
  });

  test('is not guessed at without candidates', () => {
    expect(nearest('scope', [])).toBeUndefined();
  });
});

/** What is found in this environment, beside these inputs. */
function find(env: Readonly<Record<string, string>>, inputs: Given = {}) {
  return findMisspelt(record({ env, inputs }).runner);
}

function told(shown: string, meant: string, variable: string, wayOut = absence(meant)): string {
  return `${shown} is not an input of this action (did you mean ${meant}?); if a job's \`env\` sets ${variable} for another purpose, ${wayOut}`;
}

const absence = (meant: string) => `give \`${meant}\` as well, even if only its default`;
const another = (meant: string) => `rename it, or give \`${meant}\` a value other than its default`;

describe("a name that is nearly an input's", () => {
  test.each([
    ['INPUT_CLIENT_ID', 'client_id', 'client-id'],
    ['INPUT_CLIENTID', 'clientid', 'client-id'],
    ['INPUT_CLIENT ID', 'client id', 'client-id'],
    ['INPUT_CLIENT-SECERT', 'client-secert', 'client-secret'],
    ['INPUT_SCOPES', 'scopes', 'scope'],
    ['INPUT_SERVICES', 'services', 'service'],
    ['INPUT_CREDENTIAL', 'credential', 'credentials'],
    ['INPUT_SEALED_TOKEN_FILE', 'sealed_token_file', 'sealed-token-file'],
    ['INPUT_SCÖPE', 'scöpe', 'scope'],
  ])('is told with the one that was meant: %s', (variable, shown, meant) => {
    expect(find({ [variable]: 'x' })).toEqual({
      errors: [{ meant, fault: told(shown, meant, variable) }],
      warnings: [],
    });
  });

  test.each([
    ['INPUT_REVOEK', 'revoek', 'revoke', 'false'],
    ['INPUT_S E A L', 's e a l', 'seal', 'false'],
    ['INPUT_TIME_OUT', 'time_out', 'timeout', '60'],
  ])('is told where the other is at its default: %s', (variable, shown, meant, value) => {
    expect(find({ [variable]: 'true' }, { [meant]: value })).toEqual({
      errors: [{ meant, fault: told(shown, meant, variable, another(meant)) }],
      warnings: [],
    });
  });

  test('is only warned of where the other is given too', () => {
    const env = { INPUT_SCOPES: 'x', INPUT_TIMEOUTS: '5' };
    expect(find(env, { scope: 'openid', timeout: '61' })).toEqual({
      errors: [],
      warnings: [
        'scopes is not an input of this action and is ignored (did you mean scope, which is given too?)',
        'timeouts is not an input of this action and is ignored (did you mean timeout, which is given too?)',
      ],
    });
  });

  test('is told even where its value is empty: it was written all the same', () => {
    expect(find({ INPUT_SCOPES: '' }).errors).toHaveLength(1);
  });

  test('is told for each of several', () => {
    const { errors } = find({ INPUT_SCOPES: 'x', INPUT_CLIENTID: '1' });
    expect(errors.map(({ meant }) => meant)).toEqual(['scope', 'client-id']);
  });

  test.each([
    ['INPUT_TIMEOUT::', 'timeout: :', 'timeout', 'INPUT_TIMEOUT: :'],
    ['INPUT_TIME\nOUT', 'time out', 'timeout', 'INPUT_TIME OUT'],
    ['INPUT_TIME\u001bOUT', 'time out', 'timeout', 'INPUT_TIME OUT'],
    [
      `INPUT_::TIMEOUT${'-'.repeat(80)}`,
      `: :timeout${'-'.repeat(70)}…`,
      'timeout',
      `INPUT_: :TIMEOUT${'-'.repeat(70)}…`,
    ],
  ])('is shown as one safe line of 80 characters: %j', (variable, shown, meant, name) => {
    const [error] = find({ [variable]: 'x' }).errors;
    expect(error?.fault).toBe(told(shown, meant, name, another(meant)));
  });

  test('of 100,000 characters is compared with no input', () => {
    const startedAt = performance.now();
    expect(find({ [`INPUT_${'A'.repeat(100_000)}`]: 'x' })).toEqual({ errors: [], warnings: [] });
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('nothing is said of', () => {
  test.each([
    ['an input', 'INPUT_CLIENT-ID'],
    ['a variable in small letters', 'input_scopes'],
    ['a name that is like none', 'INPUT_WEATHER'],
    ['no name', 'INPUT_'],
    ['a name that objects have', 'INPUT_CONSTRUCTOR'],
    ['a variable that only ends like one', 'MY_INPUT_SCOPES'],
    ['a variable of another kind', 'XXXXXX_SCOPES'],
  ])('%s', (_what, name) => {
    expect(find({ [name]: 'x' })).toEqual({ errors: [], warnings: [] });
  });
});
