// What a play answers to a request, and what the request was for.
import { findEndpoint, grantToken, type State } from '../../stand-in/endpoints.ts';
import { type Answer, type RecordedRequest, readField } from '../../stand-in/exchange.ts';
import { faults } from '../../stand-in/faults.ts';
import type { Play, Wait } from '../schedule/play.ts';

/** What the judges want to know of an answer. */
export interface AnswerNotes {
  /** The token that it would bring, were it to arrive. */
  readonly token?: string | undefined;
  /** Why IMS would not have taken the request, had nothing else gone wrong. */
  readonly fault?: string | undefined;
  /** The date of its `Retry-After`, where that is a date. */
  readonly retryAtMs?: number | undefined;
}

const labels: Readonly<Record<string, string>> = {
  'POST /ims/validate_token/v1': 'validate',
  'POST /ims/invalidate_token/v2': 'revoke',
};

/** `mint 1` for the first secret, `validate`, `service`, `revoke`, or the request line of anything else. */
export function labelRequest(request: RecordedRequest, secrets: readonly string[]): string {
  const route = `${request.method} ${request.path}`;
  if (route === 'POST /ims/token/v3') {
    return `mint ${secrets.indexOf(readField(request, 'client_secret')) + 1}`;
  }
  if (request.method === 'GET' && findEndpoint(request).failures === 'failVerify') return 'service';
  return labels[route] ?? route;
}

/** The answer that the play wants; its redirects lead to `trapUrl`. */
export function chooseAnswer(
  request: RecordedRequest,
  play: Play,
  state: State,
  trapUrl: string,
): { answer: Answer; notes: AnswerNotes } {
  const issued = state.ledger.tokens.length;
  const good = findEndpoint(request).answer(request, state);
  const answer =
    play.answer === 'status'
      ? { status: play.status, headers: {}, body: `Status ${play.status}` }
      : faults[play.answer]?.make?.(request, {
          redirectTo: `${trapUrl}/ims/token/v3`,
          socket: undefined,
          good: () => good,
          grant: (changes) => grantToken(request, state, changes),
        });
  if (!answer) throw new Error(`${play.answer} is no answer`);
  const { headers, retryAtMs } = askToWait(play.wait);
  return {
    answer: { ...answer, headers: { ...answer.headers, ...headers } },
    notes: {
      token: state.ledger.tokens.slice(issued).at(-1),
      fault: good.status >= 400 ? good.body.toString() : undefined,
      retryAtMs,
    },
  };
}

function askToWait(wait: Wait): { headers: Record<string, string>; retryAtMs?: number } {
  if (wait === 'none') return { headers: {} };
  const date = /^date-(.*)$/.exec(wait)?.[1];
  if (date === undefined) return { headers: { 'Retry-After': wait } };
  const atMs = Date.now() + (date === 'past' ? -5 : Number(date)) * 1000;
  const text = new Date(atMs).toUTCString();
  // An HTTP date has no fractions of a second.
  return { headers: { 'Retry-After': text }, retryAtMs: Date.parse(text) };
}
