// Sealed tokens for a run to be given: some that serve, some that must not, some that were tampered with.
import type { Dice } from './random.ts';

export interface Seal {
  readonly name: string;
  /** What differed when it was sealed. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What differs now. */
  readonly now: Readonly<Record<string, string>>;
  readonly lifetimeS: number;
  readonly serves: boolean;
  /** What was done to it on the way. */
  readonly tampering: Tampering | undefined;
  readonly at: number;
}

type Tampering = keyof typeof tamperings;

const tamperings = {
  'another character': (text: string, at: number) => change(text, at),
  'cut short': (text: string, at: number) => text.slice(0, Math.floor(at * text.length) || 1),
  'a part missing': (text: string) => text.split('.').slice(0, 4).join('.'),
  'no algorithm': (text: string) => recode(text, { alg: 'none' }),
  'another algorithm': (text: string) => recode(text, { alg: 'A256KW' }),
  'another cipher': (text: string) => recode(text, { enc: 'A128CBC-HS256' }),
  'another salt': (text: string) => recode(text, { salt: 'A'.repeat(43) }),
  'no seal at all': () => 'not a sealed token',
  'a long text': () => 'a.'.repeat(30_000),
};

const base = { inputs: {}, now: {}, lifetimeS: 86_399 };

export function drawSeal(dice: Dice, secrets: readonly string[]): Seal {
  const at = dice.roll();
  if (dice.chance(0.35)) {
    const tampering = dice.pick(Object.keys(tamperings) as [Tampering, ...Tampering[]]);
    return { ...base, name: tampering, serves: false, tampering, at };
  }
  const change = dice.pick<Omit<Seal, 'at' | 'tampering'>>([
    { ...base, name: 'the same', serves: true },
    { ...base, name: 'the last secret', serves: true, inputs: oneSecret(secrets.at(-1)) },
    { ...base, name: 'short-lived', serves: true, lifetimeS: 100 },
    { ...base, name: 'too old', serves: false, lifetimeS: 100, now: { 'min-validity': '3600' } },
    { ...base, name: 'other scopes', serves: false, inputs: { scope: 'unrelated' } },
    { ...base, name: 'another client', serves: false, inputs: { 'client-id': 'another' } },
    {
      ...base,
      name: 'another organization',
      serves: false,
      inputs: { 'org-id': 'other@AdobeOrg' },
    },
    {
      ...base,
      name: 'another secret',
      serves: false,
      inputs: oneSecret('none-of-those-in-the-inputs'),
    },
  ]);
  return { ...change, tampering: undefined, at };
}

/** The sealed token as it arrives. */
export function tamper(sealed: string, { tampering, at }: Seal): string {
  return tampering === undefined ? sealed : tamperings[tampering](sealed, at);
}

function oneSecret(secret = ''): Record<string, string> {
  return { 'client-secret': secret };
}

/** A character other than the dots replaced by its neighbour in the alphabet. */
function change(text: string, at: number): string {
  const place = Math.floor(at * text.length);
  const old = text[place] ?? '';
  if (old === '.') return change(text, (place + 1) / text.length);
  const next = old === 'A' ? 'B' : 'A';
  return text.slice(0, place) + next + text.slice(place + 1);
}

function recode(text: string, changes: Readonly<Record<string, string>>): string {
  const [header = '', ...rest] = text.split('.');
  const fields = JSON.parse(Buffer.from(header, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...fields, ...changes })).toString('base64url');
  return [changed, ...rest].join('.');
}
