// What the contract lets the step take an attempt for, by the answer and how it travelled.
import type { Answer } from '../../stand-in/exchange.ts';
import { hangs } from '../faults.ts';
import type { Attempt } from '../servers.ts';
import { encode } from '../wire.ts';

/** `next secret` is for a refused one; `unverified` is a token's refusal; both and `refused` are no cause for a retry. */
export type Reading =
  | 'accepted'
  | 'retried'
  | 'timed out'
  | 'next secret'
  | 'unverified'
  | 'refused';

export type RequestKind = 'mint' | 'validate' | 'service' | 'revoke';

type Fields = Readonly<Record<string, unknown>>;

/** More than this of a body is not read. */
const bodyLimit = 256 * 1024;

/** All that the attempt may be taken for: where the contract leaves a choice, every choice. */
export function readAttempt({ answer, fault }: Attempt, request: RequestKind): readonly Reading[] {
  const { framing, ending, missingPercent } = fault;
  if (!answer || framing === 'reset before the request') return ['retried'];
  if (framing === 'garbage') return ['retried', 'refused'];
  const { headLength, sentLength } = encode(answer, fault);
  const broken: Reading = ending === 'open' || ending === 'trickled' ? 'timed out' : 'retried';
  if (sentLength < headLength) return [broken];
  const whole = readAnswer(answer, request);
  // Whoever has seen the status of a refusal may know enough, or of a service's success.
  const isKnown = request === 'service' || !whole.some((one) => /accepted|retried/.test(one));
  const early = isKnown ? whole.map((one) => (one === 'next secret' ? 'refused' : one)) : [];
  const cut = [broken, ...early];
  if (framing === 'length too long' || framing === 'broken chunk') return cut;
  if (framing === 'until close') {
    if (broken === 'timed out') return cut;
    if (ending === 'closed' && missingPercent === 0) return whole;
    // Its end is wherever the connection ends: nobody can tell that some is missing.
    const seen = Buffer.from(answer.body).subarray(0, sentLength - headLength);
    return [...cut, ...readAnswer({ ...answer, body: seen }, request)];
  }
  if (missingPercent === 0) return ending === 'reset' ? [...whole, ...cut] : whole;
  return ending === 'trickled' ? [...cut, ...whole] : cut;
}

/** Whether the answer is sure to arrive as it was sent. */
function isIntact({ fault }: Attempt): boolean {
  const { framing, ending, missingPercent } = fault;
  if (framing === 'until close') return ending === 'closed' && missingPercent === 0;
  const isWhole = missingPercent === 0 && ending !== 'reset' && !hangs(fault);
  return isWhole && ['length', 'chunked', 'after a 103'].includes(framing);
}

/** How long the attempt's answer asks to wait, at least and at most; nothing is sure of one that broke off. */
export function readWaitMs(attempt: Attempt): readonly [number, number] {
  const { answer, waitMs = [0, 0] } = attempt;
  if (!answer || !isRetried(answer.status)) return [0, 0];
  return isIntact(attempt) ? waitMs : [0, waitMs[1]];
}

/** The token that the attempt is sure to have brought, whatever else is wrong with its answer. */
export function findToken(attempt: Attempt): string | undefined {
  const { answer, token, label } = attempt;
  if (!answer || !token || !label.startsWith('mint') || !isIntact(attempt)) return undefined;
  const isRedirect = answer.status >= 300 && answer.status < 400;
  const isRead = ![hasHugeHead, isTooLarge, isCompressed].some((spoils) => spoils(answer));
  const isShown = answer.body.includes(`"access_token":"${token}"`);
  return isRead && isShown && isFitLength(token) && !isRedirect ? token : undefined;
}

/** Whether a status asks for another attempt. */
function isRetried(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && status < 600);
}

/** What an answer that arrived whole may be taken for. */
function readAnswer(answer: Answer, request: RequestKind): readonly Reading[] {
  const { status } = answer;
  if (hasHugeHead(answer)) return ['refused'];
  if (isRetried(status)) return ['retried'];
  const fields = isTooLarge(answer) ? undefined : parseObject(answer);
  if (request === 'mint' && blamesSecret(status, fields)) return ['next secret'];
  if (status < 200 || status > 299) {
    return [request !== 'mint' && [401, 403].includes(status) ? 'unverified' : 'refused'];
  }
  switch (request) {
    case 'mint':
      return status === 200 && fields ? readTokenAnswer(fields) : ['refused'];
    case 'validate':
      // The contract leaves open what IMS's word is worth in another success, or a service's that is compressed.
      if (fields?.['valid'] === true)
        return status === 200 ? ['accepted'] : ['accepted', 'refused'];
      return [fields?.['valid'] === false ? 'unverified' : 'refused'];
    case 'service':
      if (isHtml(answer)) return ['refused'];
      return isCompressed(answer) ? ['accepted', 'refused'] : ['accepted'];
    case 'revoke': {
      const isConfirmed = readText(answer) === '' || (fields && !('error' in fields));
      return [status === 200 && isConfirmed ? 'accepted' : 'refused'];
    }
  }
}

/** Whether another secret may do better: the secret is to blame, and not the client ID. */
function blamesSecret(status: number, fields: Fields | undefined): boolean {
  const { error, error_description: description = '' } = fields ?? {};
  const blamesClient = /client.?id/i.test(String(description));
  return [200, 400, 401].includes(status) && error === 'invalid_client' && !blamesClient;
}

function readTokenAnswer(fields: Fields): readonly Reading[] {
  const { access_token: token, token_type: type, expires_in: lifetime, error } = fields;
  const isToken = typeof token === 'string' && /^[\w\-.~+/]+=*$/.test(token);
  const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
  if (!isToken || !isFitLength(token) || !isBearer || error !== undefined) return ['refused'];
  const hasClaims = token.split('.').length === 3;
  if (lifetime === undefined) return [hasClaims ? 'accepted' : 'refused'];
  // The token's claims may tell what `expires_in` does not.
  if (Number.isNaN(Number(lifetime))) return hasClaims ? ['accepted', 'refused'] : ['refused'];
  return [Number(lifetime) > 0 ? 'accepted' : 'refused'];
}

function isFitLength({ length }: string): boolean {
  return length >= 16 && length <= 16 * 1024;
}

function isTooLarge({ body }: Answer): boolean {
  return body.length > bodyLimit;
}

/** The body without a byte order mark. */
function readText({ body }: Answer): string {
  return body.toString().replace(/^\ufeff/, '');
}

function parseObject(answer: Answer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(readText(answer));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function isCompressed({ headers }: Answer): boolean {
  return !/^(identity)?$/i.test(headers['Content-Encoding'] ?? '');
}

/** Whether the head is larger than an HTTP client reads. */
function hasHugeHead({ headers }: Answer): boolean {
  return JSON.stringify(headers).length > 32 * 1024;
}

function isHtml({ headers, body }: Answer): boolean {
  return headers['Content-Type']?.startsWith('text/html') || /^\s*</.test(body.toString());
}
