/** What goes over the wire and what comes back. */

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the beginning of a success is all that is wanted of its body. */
  readonly readsBeginning?: true;
}

/** An answer as it was read. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case names; of a header that came several times, what Node makes of it. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's text. Empty for a redirect or another protocol, which nobody follows, and for an error's encoded body. */
  readonly body: string;
}

/** An answer, and when it had arrived. */
export interface HttpResponse extends HttpAnswer {
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly receivedAtMs: number;
}

/** Sends one request and reads its answer within `limitMs` milliseconds. */
export type Exchange = (request: HttpRequest, limitMs: number) => Promise<HttpAnswer>;

/** A header's value, or an empty string where it is absent or was sent several times. */
export function readHeader({ headers }: HttpAnswer, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** Whether an answer's body is in an encoding, which no request here accepts. */
export function isCompressed(answer: HttpAnswer): boolean {
  return !['', 'identity'].includes(readHeader(answer, 'content-encoding').trim().toLowerCase());
}
