// The oracle of the fault campaign: what it foresees of a run.
import { describe, expect, test } from '@jest/globals';
import { listEffects } from '../../dev/prove/oracle/effects.ts';
import { forecast } from '../../dev/prove/oracle/forecast.ts';
import { goodPlay, type Play } from '../../dev/prove/schedule/play.ts';
import { drawSchedule, type Schedule } from '../../dev/prove/schedule.ts';

describe('the oracle', () => {
  const calm: Schedule = {
    ...drawSchedule(1, 0),
    inputs: { verify: 'none' },
    secrets: ['one', 'two'],
    service: 'firefly',
    timeoutS: 5,
    maxAttempts: 2,
    plays: [],
    seal: undefined,
    obstacle: undefined,
  };
  const play = (changes: Partial<Play>): Play => ({ ...goodPlay, ...changes });
  const status = (number: number, changes: Partial<Play> = {}) =>
    play({ answer: 'status', status: number, ...changes });
  const tell = (changes: Partial<Schedule>) =>
    forecast({ ...calm, ...changes }).map(
      ({ result, why, route }) => `${result}, ${why}: ${route.join()}`,
    );

  test.each<[string, Partial<Schedule>, string[]]>([
    ['a good answer', {}, ['minted, done: mint 1']],
    ['a 503, then a good one', { plays: [status(503)] }, ['minted, done: mint 1,mint 1']],
    ['a 404', { plays: [status(404)] }, ['failed, refused: mint 1']],
    ['no more tries', { plays: [status(503), status(500)] }, ['failed, retries: mint 1,mint 1']],
    ['an hour to wait', { plays: [status(429, { wait: '3600' })] }, ['failed, asks: mint 1']],
    ['a second to wait', { plays: [status(429, { wait: '1' })] }, ['minted, done: mint 1,mint 1']],
    [
      'a refused secret',
      { plays: [play({ answer: 'invalid_client' })] },
      ['minted, done: mint 1,mint 2'],
    ],
    [
      'all secrets refused',
      { plays: [play({ answer: 'invalid_client' }), play({ answer: 'invalid_client_401' })] },
      ['failed, refused: mint 1,mint 2'],
    ],
    [
      'a wrong client ID',
      { plays: [play({ answer: 'invalid_client_id' })] },
      ['failed, refused: mint 1'],
    ],
    [
      'a first answer that hangs: time for a second is promised',
      { plays: [play({ delivery: 'stall-body' })] },
      ['minted, done: mint 1,mint 1'],
    ],
    [
      'a reset after the last byte, which may or may not be seen',
      { plays: [play({ delivery: 'reset-end' })] },
      ['minted, done: mint 1', 'minted, done: mint 1,mint 1'],
    ],
    [
      'a token that is not valid',
      { inputs: { verify: 'token' }, plays: [goodPlay, play({ answer: 'valid-string-true' })] },
      ['failed, refused: mint 1,validate'],
    ],
    [
      'a service that answers with whatever is no HTML',
      {
        inputs: { verify: 'service', 'verify-url': 'x' },
        plays: [goodPlay, play({ answer: 'null' })],
      },
      ['minted, done: mint 1,service'],
    ],
  ])('foresees %s', (_what, changes, expected) => {
    expect(tell(changes).sort()).toEqual(expected);
  });

  test('has a refusal tried again for the statuses of the contract alone', () => {
    const again = (number: number) =>
      [408, 425, 429].includes(number) || (number >= 500 && number < 600);
    const numbers = Array.from({ length: 600 }, (_, index) => 400 + index);
    const foreseen = numbers.map((number) => [
      number,
      ...listEffects(status(number), 'mint').map(({ result }) => result),
    ]);
    expect(foreseen).toEqual(numbers.map((number) => [number, again(number) ? 'again' : 'over']));
  });
});
