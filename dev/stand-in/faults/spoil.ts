// Ways to spoil a good answer: in its fields, or byte by byte.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Answer, answerJson, answerWith, type Context, type Fault } from '../exchange.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an answer's JSON; none where it is something else. */
export function readFields({ body }: Answer): Fields {
  const text = body.toString();
  return text.startsWith('{') ? JSON.parse(text) : {};
}

/** A good answer with `changes` to its fields; those changed to undefined are left out. */
export function changeFields(about: string, changes: (fields: Fields) => Fields): Fault {
  return answerWith(about, (_request, context) => {
    const answer = context.good();
    const fields = readFields(answer);
    return answerJson(answer.status, { ...fields, ...changes(fields) }, answer.headers);
  });
}

/** A failure that has the connection to itself. */
export function takeOver(about: string, write: (socket: Socket, context: Context) => void): Fault {
  return {
    about,
    play: (_request, response, context) => {
      if (response.socket) write(response.socket, context);
    },
  };
}

/** An answer as it goes over the wire, with `headers` over its own and none beside them. */
export function splitAnswer(
  answer: Answer,
  headers: Readonly<Record<string, string>>,
): { head: string; body: Buffer } {
  const lines = Object.entries({ ...answer.headers, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return {
    head: `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join('')}\r\n`,
    body: Buffer.from(answer.body),
  };
}

/** The first half of an answer whose head promises all of it and a byte more. */
export function halveAnswer(answer: Answer): string {
  const { head, body } = splitAnswer(answer, {
    'Content-Length': `${Buffer.byteLength(answer.body) + 1}`,
  });
  return head + body.subarray(0, body.length / 2);
}
