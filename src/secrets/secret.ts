/** Values that must not be seen, and the proof that the runner hides a value. */

declare const masked: unique symbol;
declare const declaredPlain: unique symbol;

/** A secret that the runner has been told to hide. Only `Runner.mask` makes one. */
export type Masked = Secret & { readonly [masked]: true };

/** A string that its author declares to be no secret. Only `plain` makes one. */
export type Plain = string & { readonly [declaredPlain]: true };

/** What may leave the process. A mere string may not, so publishing before masking fails to compile. */
export type Publishable = Masked | Plain;

/** Declares that a value may be published as it is. Each use is a claim to audit. */
export function plain(value: string): Plain {
  return value as Plain;
}

/** What is shown in a secret's place. */
export const PLACEHOLDER = '***';

/** A value that prints as its placeholder, whatever prints it: a template, JSON, `util.inspect`, an error. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Each call is a place to audit. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return PLACEHOLDER;
  }

  toJSON(): string {
    return PLACEHOLDER;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return PLACEHOLDER;
  }
}

/**
 * The forms in which a secret travels in URLs and form bodies, where they differ from the secret.
 * @see https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
export function encodedForms(secret: Secret): readonly Secret[] {
  const value = secret.reveal();
  const component = encodeURIComponent(value.toWellFormed());
  // What URLSearchParams would give: it takes a long token character by character, which makes V8 compile that code.
  const form = component
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = new Set([component, form]);
  forms.delete(value);
  return [...forms].map((encoded) => new Secret(encoded));
}

/** The key that seals a token is made of the secret, and whoever has the seal could find a short one by trying. */
export const MIN_SEALING_LENGTH = 20;

/** Whether a secret is long enough to seal a token with. */
export function canSeal(secret: Secret): boolean {
  return secret.reveal().length >= MIN_SEALING_LENGTH;
}
