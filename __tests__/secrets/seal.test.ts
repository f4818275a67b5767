// A payload sealed and opened again: by whom it can be.
import { describe, expect, test } from '@jest/globals';
import { openSeal, seal } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';

const secret = new Secret('p8e-first-secret-of-the-client');
const other = new Secret('p8e-other-secret-of-the-client');
const payload = { token: 'a-token', scopes: ['é', 'b'], none: null };
const BINDING = ['the-client', 'https://ims-na1.adobelogin.com'];

describe('a seal', () => {
  test('opens to what it was made of', async () => {
    const sealed = await seal(payload, BINDING, secret);
    expect(await openSeal(sealed, BINDING, [secret])).toEqual({ value: payload });
  });

  test('opens with any of the secrets', async () => {
    const sealed = await seal(payload, BINDING, secret);
    expect(await openSeal(sealed, BINDING, [other, secret])).toEqual({ value: payload });
  });

  test.each([
    ['another secret', BINDING, [other]],
    ['no secret', BINDING, []],
    ['another text that it is bound to', ['the-clienT', BINDING[1] ?? ''], [secret]],
    ['one text less', ['the-client'], [secret]],
    ['its texts cut elsewhere', ['the-clienth', 'ttps://ims-na1.adobelogin.com'], [secret]],
  ])('does not open with %s', async (_name, binding, secrets) => {
    const sealed = await seal(payload, BINDING, secret);
    expect(await openSeal(sealed, binding, secrets)).toEqual({ fault: 'refused' });
  });

  // An ims-url may have 2 KiB, and Node's own HKDF takes 1 KiB: the step failed as if by a bug.
  test('may be bound to more than a kilobyte', async () => {
    const binding = ['the-client', `https://ims.example/${'path/'.repeat(400)}`];
    const sealed = await seal(payload, binding, secret);
    expect(await openSeal(sealed, binding, [secret])).toEqual({ value: payload });
    expect(await openSeal(sealed, [...binding, 'x'], [secret])).toEqual({ fault: 'refused' });
  });

  test('is another each time', async () => {
    const seals = await Promise.all([1, 2].map(() => seal(payload, BINDING, secret)));
    const parts = seals.map((sealed) => sealed.split('.'));
    for (const part of [0, 2, 3, 4]) expect(parts[0]?.[part]).not.toBe(parts[1]?.[part]);
  });
});
