// What passes between a client and the stand-in: a request as it came, an answer to send.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

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
  const { method = 'GET', url = '/', headers } = message;
  const atMs = Date.now();
  const body = await text(message);
  const [path = '/', query] = url.split(/(\?.*)/s);
  const form = [...new URLSearchParams(body)];
  return { method, path, query: query ?? '', headers, body, form, atMs };
}

export function answerJson(status: number, data: unknown, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(data),
  };
}
