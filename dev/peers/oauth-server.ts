// Runs `oidc-provider`, a certified OAuth server, where IMS has its token endpoint. Told what to be in one JSON argument;
// prints the port, then a JSON line for each token request, as the server itself understood it.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface OAuthServerOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly format: 'jwt' | 'opaque';
  /** Makes it https. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export type GrantRecord = ReturnType<typeof describeRequest>;

/** As much of `oidc-provider` as is used: it brings no types, and is not there unless it was installed. */
interface OidcProvider {
  callback(): RequestListener;
  on(event: 'grant.success' | 'grant.error', listener: (context: Context) => void): void;
}

interface Context {
  readonly method: string;
  readonly path: string;
  readonly querystring: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly oidc: {
    readonly body?: Readonly<Record<string, string>>;
    readonly client?: { readonly clientAuthMethod: string };
  };
}

const options: OAuthServerOptions = JSON.parse(process.argv[2] ?? '{}');
const scope = 'openid AdobeID ff_apis';
const name = 'oidc-provider';
const { Provider } = (await import(name)) as {
  Provider: new (issuer: string, configuration: unknown) => OidcProvider;
};
const provider = new Provider('https://ims.example', configure());
provider.on('grant.success', (context) => print(describeRequest(context, true)));
provider.on('grant.error', (context) => print(describeRequest(context, false)));
const handle = provider.callback();
const server = options.tls ? createHttpsServer(options.tls, handle) : createHttpServer(handle);
await once(server.listen(0, '127.0.0.1'), 'listening');
print({ port: (server.address() as AddressInfo).port });

function configure(): unknown {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const resource = { scope, accessTokenFormat: options.format, accessTokenTTL: 3600 };
  return {
    clients: [
      {
        client_id: options.clientId,
        client_secret: options.clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    clientAuthMethods: ['client_secret_post'],
    scopes: scope.split(' '),
    routes: { token: '/ims/token/v3' },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'https://firefly.example',
        getResourceServerInfo: () => resource,
      },
    },
  };
}

function describeRequest(context: Context, granted: boolean) {
  const { method, path, querystring, headers, oidc } = context;
  return {
    method,
    path,
    querystring,
    type: headers['content-type'] ?? '',
    authorization: headers['authorization'] !== undefined,
    form: oidc.body ?? {},
    /** How the client is registered to authenticate, which is how it did if a token was granted. */
    authMethod: oidc.client?.clientAuthMethod,
    granted,
  };
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
