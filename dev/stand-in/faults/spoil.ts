// What a failure is, and the ways to spoil a good answer: in its parts, in its fields, or byte by byte.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type JsonObject, readJsonObject } from '../../../src/values.ts';
import { type Answer, answerJson, type RecordedRequest } from '../exchange.ts';
import type { Grant } from '../grants.ts';

/** What a failure may use beside the request. */
export interface Context {
  /** Where the `redirect` failures point. */
  readonly redirectTo: string;
  /** The answer that would be given if nothing failed. */
  good(): Answer;
  /** A token answer's fields for this request, its token issued and recorded. */
  grant(changes?: Partial<Grant>): JsonObject;
}

/** Either an answer that is made, or a connection that is taken over. */
export interface Fault {
  readonly about: string;
  make?(request: RecordedRequest, context: Context): Answer;
  takeOver?(socket: Socket, context: Context): void;
}

export type Faults = Readonly<Record<string, Fault>>;

/** A good answer with `changes` to its status, its headers or its body, whose `fields` it may go by. */
export function changeAnswer(
  about: string,
  changes: (good: Answer, fields: JsonObject) => Partial<Answer>,
): Fault {
  return {
    about,
    make: (_request, { good }) => {
      const answer = good();
      const fields = readJsonObject(answer.body.toString()) ?? {};
      const { headers, ...rest } = changes(answer, fields);
      return { ...answer, ...rest, headers: { ...answer.headers, ...headers } };
    },
  };
}

/** A good answer with `changes` to its fields; those changed to undefined are left out. */
export function changeFields(about: string, changes: (fields: JsonObject) => JsonObject): Fault {
  return changeAnswer(about, (_good, fields) => ({
    body: JSON.stringify({ ...fields, ...changes(fields) }),
  }));
}

/** An answer that is always the same. */
export function reply(about: string, status: number, type: string, body: string): Fault {
  return { about, make: () => ({ status, headers: { 'Content-Type': type }, body }) };
}

/** A good answer with a token of another make. */
export function regrant(
  about: string,
  changes: (request: RecordedRequest) => Partial<Grant>,
): Fault {
  return { about, make: (request, { grant }) => answerJson(200, grant(changes(request))) };
}

/** A failure that has the connection to itself. */
export function takeOver(about: string, write: (socket: Socket, context: Context) => void): Fault {
  return { about, takeOver: write };
}

/** An answer as it goes over the wire, with `headers` over its own and none beside them. */
export function splitAnswer(answer: Answer, headers: Answer['headers']) {
  const fields = Object.entries({ ...answer.headers, ...headers });
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  return {
    head: `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join('')}\r\n`,
    body: Buffer.from(answer.body),
  };
}
