// What a play may mean to a request, by the contract alone: where that leaves a choice, every choice.
import { isRetried } from '../contract.ts';
import type { Delivery, Play, Wait } from '../schedule/play.ts';

/** `again` may be tried once more; `hang` too, when its time is over; `next` is for the next secret; `over` is the end. */
export interface Effect {
  readonly result: 'good' | 'again' | 'hang' | 'next' | 'over';
  /** Seconds that the server asks to wait: at least, and at most as the header may be read. */
  readonly floorS: readonly [number, number];
}

export type RequestKind = (typeof kinds)[number];

const kinds = ['mint', 'validate', 'service', 'revoke'] as const;

/** The letters of the tables below. */
const results = { g: 'good', a: 'again', h: 'hang', n: 'next', o: 'over' } as const;

/** What an answer means to each of `kinds`, in their order. Several letters are a choice; what is missing is over for all. */
const meanings: Readonly<Record<string, string>> = {
  good: 'g g g g',
  invalid_client: 'n o o o',
  invalid_client_401: 'n o o o',
  'too-large': 'o o go go',
  'too-large-503': 'a a a a',
  'invalid-json': 'o o g go',
  html: 'o o o go',
  'html-503': 'a a a a',
  empty: 'o o g g',
  array: 'o o g go',
  null: 'o o g go',
  'deep-json': 'o o g go',
  // More than an HTTP client reads: no full response, or one that is no good.
  'huge-headers': 'ao ao ao ao',
  'invalid-utf8': 'o go go go',
  gzip: 'go go go go',
  'no-token': 'o g g go',
  'token-number': 'o g g go',
  'line-break': 'o g g go',
  'huge-token': 'go o g go',
  mac: 'go g g go',
  'no-type': 'go g g go',
  strings: 'g g g go',
  milliseconds: 'g g g go',
  'expires-negative': 'go g g go',
  'expires-zero': 'go g g go',
  'expires-text': 'go g g go',
  'no-expires': 'go g g go',
  short: 'g o g go',
  'fewer-scopes': 'g o g go',
  opaque: 'g o g go',
  'commands-200': 'go o g go',
  'commands-scope': 'go o g go',
  'commands-invalid': 'o o g go',
  invalid: 'o o g go',
  'valid-string': 'o o g go',
  'valid-string-true': 'o o g go',
  'empty-object': 'o o g go',
};

/** What the header asks for, in seconds: at least, and at most. */
const floors: Readonly<Record<Wait, readonly [number, number]>> = {
  none: [0, 0],
  '0': [0, 0],
  '1': [1, 1],
  '2': [2, 2],
  '3600': [3600, 3600],
  '99999999999999999999': [1e9, 1e9],
  // Rounded down to a whole second.
  'date-2': [1, 2],
  'date-3600': [3599, 3600],
  'date-past': [0, 0],
  soon: [0, 0],
  '-5': [0, 0],
  '1.5': [0, 1.5],
};

/** All that the attempt may come to. */
export function listEffects(play: Play, kind: RequestKind): Effect[] {
  return travel(readMeaning(play, kind), play, kind).flatMap(({ letter, header }): Effect[] => {
    const result = results[letter as keyof typeof results];
    const unread: Effect = { result, floorS: [0, 0] };
    const read: Effect = { result, floorS: floors[play.wait] };
    if (header === 'lost' || play.wait === 'none' || !['again', 'hang'].includes(result)) {
      return [unread];
    }
    return header === 'whole' ? [read] : [unread, read];
  });
}

/** The kind of request that an attempt's label stands for. */
export function readKind(label: string): RequestKind {
  return kinds.find((kind) => label.startsWith(kind)) ?? 'mint';
}

/** A letter, and whether a `Retry-After` reached its reader. */
interface Arrival {
  readonly letter: string;
  readonly header: 'whole' | 'doubtful' | 'lost';
}

function readMeaning(play: Play, kind: RequestKind): string {
  if (play.answer === 'status') return isRetried(play.status) ? 'a' : 'o';
  return meanings[play.answer]?.split(' ')[kinds.indexOf(kind)] ?? 'o';
}

/** What becomes of the meanings of an answer on its way. */
function travel(letters: string, play: Play, kind: RequestKind): Arrival[] {
  // Whoever has seen the status of a refusal may know enough, and of a 503.
  const refusal = /[^ga]/.test(letters) ? 'o' : '';
  const retried = letters === 'a';
  // There is nothing to cut or to hold back.
  const empty = play.answer === 'empty' || (play.answer === 'good' && kind === 'revoke');
  const whole = empty ? letters : '';
  // A body whose end is wherever the connection ends: the reader of JSON notices, nobody else can.
  const unnoticed = retried ? 'a' : `ao${kind === 'mint' || kind === 'validate' ? whole : letters}`;
  const cut = `a${refusal}`;
  const late = `h${refusal}${whole}${retried ? 'a' : ''}`;
  const outcomes: Partial<Record<Delivery, readonly [string, Arrival['header']]>> = {
    'reset-accept': ['a', 'lost'],
    'reset-head': ['a', 'lost'],
    'end-head': ['a', 'lost'],
    garbage: ['ao', 'lost'],
    'stall-head': ['h', 'lost'],
    'trickle-head': ['h', 'lost'],
    'reset-body': [cut + whole, 'doubtful'],
    'reset-end': [`a${letters}`, 'doubtful'],
    'end-body': [cut + whole, 'doubtful'],
    'closed-body': [unnoticed, 'doubtful'],
    'stall-body': [late, 'doubtful'],
    'trickle-body': [late, 'doubtful'],
    'long-length': [cut, 'doubtful'],
    'short-length': [unnoticed, 'doubtful'],
    'broken-chunk': [cut, 'doubtful'],
    'cut-chunks': [cut, 'doubtful'],
    'two-lengths': [`ao${letters}`, 'doubtful'],
  };
  const [arrived, read] = outcomes[play.delivery] ?? [letters, 'whole'];
  // Headers that are too long are not read at all.
  const header = play.answer === 'huge-headers' ? 'lost' : read;
  return [...new Set(arrived)].map((letter) => ({ letter, header }));
}
