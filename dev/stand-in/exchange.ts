// What passes between the stand-in's parts: a request as it came, an answer to send, a failure to play.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Grant } from './grants.ts';

/** A request as it was received; `form` is its body read as form fields, in order. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly form: readonly (readonly [string, string])[];
  readonly atMs: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What a failure may use beside the request. */
export interface Context {
  /** Where the `redirect` failures point. */
  readonly redirectTo: string;
  /** The TCP socket, below TLS if there is any. */
  readonly socket: Socket | undefined;
  /** The answer that would be given if nothing failed. */
  good(): Answer;
  /** A token answer's fields for this request, its token issued and recorded. */
  grant(changes?: Partial<Grant>): Record<string, unknown>;
}

export interface Fault {
  readonly about: string;
  /** The answer, where the failure is a well-formed one. */
  make?(request: RecordedRequest, context: Context): Answer;
  play(request: RecordedRequest, response: ServerResponse, context: Context): void;
}

export type Faults = Readonly<Record<string, Fault>>;

/** The form field `name`, or an empty string. */
export function readField(request: RecordedRequest, name: string): string {
  return request.form.find(([field]) => field === name)?.[1] ?? '';
}

/** The token of an `Authorization: Bearer` header, or an empty string. */
export function readBearer(request: RecordedRequest): string {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** Reads a whole request. */
export async function recordRequest(message: IncomingMessage): Promise<RecordedRequest> {
  const atMs = Date.now();
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const [path = '/', query] = (message.url ?? '/').split(/\?(.*)/s);
  return {
    method: message.method ?? 'GET',
    path,
    query: query === undefined ? '' : `?${query}`,
    headers: message.headers,
    body,
    form: [...new URLSearchParams(body)],
    atMs,
  };
}

export function answerJson(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const length = Buffer.byteLength(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': length });
  response.end(answer.body);
}

/** A failure that is a well-formed answer. */
export function answerWith(
  about: string,
  make: (request: RecordedRequest, context: Context) => Answer,
): Fault {
  return {
    about,
    make,
    play: (request, response, context) => sendAnswer(response, make(request, context)),
  };
}
