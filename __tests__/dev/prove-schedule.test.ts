// The schedules of the fault campaign: drawn by dice, the same again for the same numbers, and seals tampered with.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDice } from '../../dev/prove/schedule/dice.ts';
import { tamper } from '../../dev/prove/schedule/seals.ts';
import { drawSchedule } from '../../dev/prove/schedule.ts';

describe('a schedule', () => {
  test('is the same whenever it is drawn', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, index) => {
        const [one, other] = [drawSchedule(seed, index), drawSchedule(seed, index)];
        expect(JSON.stringify(one)).toBe(JSON.stringify(other));
      }),
    );
  });

  test('is another for every number and every seed', () => {
    const drawn = [drawSchedule(1, 1), drawSchedule(1, 2), drawSchedule(2, 1)];
    expect(new Set(drawn.map(({ secrets }) => secrets[0])).size).toBe(3);
  });

  test('is drawn with dice that fall evenly', () => {
    const dice = createDice(1, 1);
    const rolls = Array.from({ length: 6000 }, () => dice.between(1, 6));
    for (const face of [1, 2, 3, 4, 5, 6]) {
      const share = rolls.filter((roll) => roll === face).length / rolls.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.185);
    }
  });
});

test('a sealed token with another character holds other bytes, wherever the character is', () => {
  // Of the last character of a part of one byte, four bits are not read.
  const sealed = [0, 1, 254, 255].map((byte) => Buffer.of(byte).toString('base64url')).join('.');
  const decode = (text: string) => text.split('.').map((part) => Buffer.from(part, 'base64url'));
  for (let index = 0; index < sealed.length; index += 1) {
    const at = index / sealed.length;
    const tampered = tamper(sealed, { tampering: 'another character', at });
    expect(decode(tampered)).not.toEqual(decode(sealed));
  }
});
