// Words that were misspelt: which was meant, and the inputs that are found so.
import { describe, expect, test } from '@jest/globals';
import { misspelt, nearest } from '../../src/inputs/spelling.ts';
import { redactor } from '../../src/secrets/redact.ts';

const NAMES = ['client-id', 'client-secret', 'scope', 'seal', 'timeout', 'org-id'];

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

describe("a name that is nearly an input's", () => {
  const told = (shown: string, meant: string) =>
    `${shown} is not an input of this action: did you mean ${meant}?`;

  test.each([
    ['INPUT_CLIENT_ID', 'client_id', 'client-id'],
    ['INPUT_CLIENTID', 'clientid', 'client-id'],
    ['INPUT_CLIENT ID', 'client id', 'client-id'],
    ['INPUT_CLIENT-SECERT', 'client-secert', 'client-secret'],
    ['INPUT_SCOPES', 'scopes', 'scope'],
    ['INPUT_S E A L', 's e a l', 'seal'],
    ['INPUT_S_E_A_L', 's_e_a_l', 'seal'],
    ['INPUT_S-E-A-L', 's-e-a-l', 'seal'],
    ['INPUT_SÉAL', 'séal', 'seal'],
  ])('is told with the one that was meant: %s', (name, shown, meant) => {
    expect(misspelt({ [name]: 'x' }, NAMES, redactor([]))).toEqual([told(shown, meant)]);
  });

  test('is told even where its value is empty: it was written all the same', () => {
    expect(misspelt({ INPUT_SCOPES: '' }, NAMES, redactor([]))).toEqual([told('scopes', 'scope')]);
  });

  test('is told for each of several', () => {
    expect(misspelt({ INPUT_SCOPES: 'x', INPUT_TIME_OUT: '1' }, NAMES, redactor([]))).toEqual([
      told('scopes', 'scope'),
      told('time_out', 'timeout'),
    ]);
  });

  test.each([
    ['INPUT_TIMEOUT::', 'timeout: :', 'timeout'],
    ['INPUT_TIME\nOUT', 'time out', 'timeout'],
    ['INPUT_X\u001bORG-ID', 'x org-id', 'org-id'],
    [`INPUT_::TIMEOUT${'-'.repeat(80)}`, `: :timeout${'-'.repeat(70)}…`, 'timeout'],
  ])('is shown as one safe line of 80 characters: %j', (name, shown, meant) => {
    expect(misspelt({ [name]: 'x' }, NAMES, redactor([]))).toEqual([told(shown, meant)]);
  });
});

describe('nothing is said of', () => {
  test.each([
    ['an input', 'INPUT_CLIENT-ID'],
    ['a variable in small letters', 'input_scopes'],
    ['a name that is like none', 'INPUT_WEATHER'],
    ['a variable that only ends like one', 'MY_INPUT_SCOPES'],
    ['a variable of another kind', 'XXXXXX_SCOPES'],
  ])('%s', (_what, name) => {
    expect(misspelt({ [name]: 'x' }, NAMES, redactor([]))).toEqual([]);
  });
});
