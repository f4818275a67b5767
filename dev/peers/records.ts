// What passes between the peers, which run in processes of their own, and whoever starts them.

export interface OAuthServerOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly format: 'jwt' | 'opaque';
  /** Makes it https. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A token request, as the server understood it. */
export interface GrantRecord {
  readonly method: string;
  readonly path: string;
  readonly querystring: string;
  /** The Content-Type. */
  readonly type: string;
  readonly authorization: boolean;
  readonly form: Readonly<Record<string, string>>;
  /** How the client is registered to authenticate, which is how it did if a token was granted. */
  readonly authMethod: string | undefined;
  readonly granted: boolean;
}

/** What Adobe's library reads from a token. */
export interface TokenReading {
  readonly claims: Readonly<Record<string, unknown>>;
  /** The IMS that issued it. */
  readonly endpoint: string;
  readonly expiresAtMs: number;
}
