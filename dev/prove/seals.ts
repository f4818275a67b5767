// Sealed tokens for a run to be given: some that serve, some that must not.

interface Seal {
  readonly serves?: true;
  /** What it was sealed under: the last of the secrets, or a secret that is not in the inputs. */
  readonly under?: 'last' | 'foreign-secret-of-a-seal';
  readonly minValidityS?: number;
  /** What is done to it on the way. */
  readonly tamper?: (sealed: string) => string;
}

const kinds = {
  'the same': { serves: true },
  'the last secret': { serves: true, under: 'last' },
  'too old': { minValidityS: 100_000 },
  'another secret': { under: 'foreign-secret-of-a-seal' },
  'another character': { tamper: (text) => text.replace(/.$/, (old) => (old === 'A' ? '_' : 'A')) },
  'a long text': { tamper: () => 'a.'.repeat(30_000) },
} as const satisfies Readonly<Record<string, Seal>>;

export type SealName = keyof typeof kinds;

export const seals: Readonly<Record<SealName, Seal>> = kinds;
