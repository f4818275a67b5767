// What may be answered, how often, and what the contract lets each request take it for.

export type RequestKind = 'mint' | 'validate' | 'service' | 'revoke';

/** `next-secret` is for a refused one; `unverified` is a token's refusal; both and `refused` are no cause for a retry. */
export type Meaning = 'accepted' | 'retried' | 'next-secret' | 'unverified' | 'refused';

/**
 * Answers are faults of the stand-in, or statuses for what would else be a good answer. Within a row all are
 * alike. Where the contract leaves a choice, each is allowed: what IMS's word is worth in another success than
 * 200, a service's answer that is compressed, an `expires_in` beside a token whose claims tell what it does not.
 */
const table = `
  40  accepted          accepted          accepted          accepted    good
  4   accepted          accepted          accepted          accepted    identity bom strings milliseconds no-expires
  1   accepted|refused  accepted          accepted          accepted    expires-text
  3   accepted          refused           accepted          accepted    opaque fewer-scopes short commands-scope
  26  retried           retried           retried           retried     503 429 408 425 500 502 504 507 599
  2   retried           retried           retried           retried     too-large-503 html-503
  4   retried           retried           retried           retried     token-503
  3   refused           accepted|refused  accepted          refused     201 202 206
  6   refused           refused           refused           refused     400 402 404 405 407 409 410 422 451 600 799
  2   refused           unverified        unverified        unverified  401 403
  5   next-secret       refused           refused           refused     invalid_client
  3   next-secret       unverified        unverified        unverified  invalid_client_401
  3   next-secret       refused           accepted          refused     error-200
  7   refused           refused           refused           refused     invalid_client_id missing_client_id unauthorized_client invalid_scope
  3   refused           refused           refused           refused     not_found nested_error token-400
  7   refused           refused           refused           refused     redirect redirect-307
  5   refused           refused           refused           refused     html huge-headers echo commands
  6   refused           refused           accepted          refused     204 too-large invalid-json null deep-json text-200 array
  1   refused           refused           accepted|refused  refused     gzip
  4   refused           refused           accepted          accepted    empty huge-token empty-object
  6   refused           refused           accepted          accepted    valid-string valid-string-true
  5   refused           accepted          accepted          accepted    mac no-type expires-negative expires-zero commands-200
  4   refused           accepted          accepted          accepted    no-token token-number line-break invalid-utf8
  6   refused           unverified        unverified        unverified  401013 403003 quota_exhausted
  2   refused           unverified        accepted          accepted    invalid
  1   refused           unverified        accepted          refused     commands-invalid`;

interface Row {
  /** How likely it is that one of its answers is drawn. */
  readonly weight: number;
  readonly answers: readonly string[];
  readonly meanings: Readonly<Record<RequestKind, readonly Meaning[]>>;
}

export const rows = table.trim().split('\n').map(readRow);

function readRow(line: string): Row {
  const [weight, mint = '', validate = '', service = '', revoke = '', answers = ''] = line
    .trim()
    .split(/ {2,}/);
  const read = (cell: string) => cell.split('|') as Meaning[];
  return {
    weight: Number(weight),
    answers: answers.split(' '),
    meanings: {
      mint: read(mint),
      validate: read(validate),
      service: read(service),
      revoke: read(revoke),
    },
  };
}

/** What `request` may take an answer for that arrives whole. */
export function findMeanings(answer: string, request: RequestKind): readonly Meaning[] {
  return rows.find(({ answers }) => answers.includes(answer))?.meanings[request] ?? [];
}

/** Whether it is so large that no client reads all of it. */
export function isLarge(answer: string): boolean {
  return /^(too-large|huge)/.test(answer);
}
