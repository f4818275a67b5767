// Sealed tokens for a run to be given: some that serve, some that must not, some that were tampered with.
import type { Dice } from './dice.ts';

export interface Seal {
  readonly name: string;
  /** The inputs that differed when it was sealed. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The inputs that differ in the run that is given it. */
  readonly now: Readonly<Record<string, string>>;
  readonly lifetimeS: number;
  readonly serves: boolean;
  /** What was done to it on the way. */
  readonly tampering: Tampering | undefined;
  /** Where, as a part of the whole: from 0 up to 1. */
  readonly at: number;
}

type Tampering = keyof typeof tamperings;

const tamperings = {
  'another character': replaceCharacter,
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
    const tampering = dice.pick(Object.keys(tamperings) as Tampering[]);
    return { ...base, name: tampering, serves: false, tampering, at };
  }
  const difference = dice.pick<Omit<Seal, 'at' | 'tampering'>>([
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
  return { ...difference, tampering: undefined, at };
}

/** The sealed token as it arrives. */
export function tamper(sealed: string, { tampering, at }: Pick<Seal, 'tampering' | 'at'>): string {
  return tampering === undefined ? sealed : tamperings[tampering](sealed, at);
}

function oneSecret(secret = ''): Record<string, string> {
  return { 'client-secret': secret };
}

/** Another character at that place, or after it where it holds a dot. */
function replaceCharacter(text: string, at: number): string {
  const place = Math.floor(at * text.length);
  const old = text[place] ?? '';
  if (old === '.') return replaceCharacter(text, (place + 1) / text.length);
  // A part's last character has bits that no decoder reads: these two differ in all of their bits.
  const other = old === 'A' ? '_' : 'A';
  return text.slice(0, place) + other + text.slice(place + 1);
}

function recode(text: string, changes: Readonly<Record<string, string>>): string {
  const [header = '', ...rest] = text.split('.');
  const fields = JSON.parse(Buffer.from(header, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...fields, ...changes })).toString('base64url');
  return [changed, ...rest].join('.');
}
