// A server that gives good tokens, and to whatever else is asked of it the answer that a test wants.
import type { RequestListener, ServerResponse } from 'node:http';
import { issueToken } from '../../dev/stand-in/grants.ts';
import type { Server } from './action.ts';
import { serve } from './server.ts';

export interface ImpostorOptions {
  /** What is answered to anything but the wish for a token. */
  readonly answer?: RequestListener;
  /** Waited for before a token is given, once it is asked for. */
  readonly delay?: () => Promise<unknown>;
}

/** A token as IMS makes them, for a client that may be anybody. */
export function forgeToken(clientId = 'the-client', scope = 'openid'): string {
  const ledger = { tokens: [], revoked: [], claims: new Map() };
  return issueToken(ledger, { clientId, scope, lifetimeS: 86_399, opaque: false, bytes: 0 });
}

export async function startImpostor({ answer, delay }: ImpostorOptions): Promise<Required<Server>> {
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
    return grant(response);
  });
  return { url, tokens };
}
