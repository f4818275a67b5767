// A server that gives good tokens, and the answer that a test wants to any other request.
import type { RequestListener, ServerResponse } from 'node:http';
import type { Server } from './bundle.ts';
import { serve } from './server.ts';
import { forgeToken } from './tokens.ts';

export interface MintingServerOptions {
  /** What is answered to anything but a request for a token. */
  readonly answer?: RequestListener;
  /** Waited for before a token is given, once it is requested. */
  readonly delay?: () => Promise<unknown>;
  /** Asked before a token is given, with the answer: true where it gave that itself. */
  readonly refuse?: (response: ServerResponse) => boolean;
}

export async function startMintingServer({
  answer,
  delay,
  refuse,
}: MintingServerOptions = {}): Promise<Required<Server>> {
  const tokens: string[] = [];
  function grant(response: ServerResponse): void {
    const token = forgeToken();
    tokens.push(token);
    const fields = { access_token: token, token_type: 'bearer', expires_in: 86_399 };
    response.end(JSON.stringify(fields));
  }
  const url = await serve(async (request, response) => {
    if (request.url !== '/ims/token/v3') return answer?.(request, response);
    await delay?.();
    if (!refuse?.(response)) grant(response);
  });
  return { url, tokens };
}
