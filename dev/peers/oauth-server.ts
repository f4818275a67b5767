// Runs `oidc-provider`, a certified OAuth server, where IMS has its token endpoint. Told what to be in one JSON argument;
// prints the port, then a JSON line for each token request, as the server itself understood it.
import { type EventEmitter, once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

// The format of tokens is `jwt` or `opaque`; with `tls`, a key and its certificate, it is https.
const { clientId, clientSecret, format, tls } = JSON.parse(process.argv[2] ?? '{}');
const scope = 'openid AdobeID ff_apis';
// Without types: it brings none, and is not there unless it was installed.
const name = 'oidc-provider';
const { Provider } = await import(name);
const provider: EventEmitter & { callback(): RequestListener } = new Provider(
  'https://ims.example',
  configure(),
);
for (const event of ['grant.success', 'grant.error']) {
  provider.on(event, ({ method, path, querystring, headers, oidc }) =>
    print({
      method,
      path,
      querystring,
      type: headers['content-type'],
      authorization: headers.authorization !== undefined,
      form: oidc.body,
      // How the client is registered to authenticate: the header and the form say how it did.
      authMethod: oidc.client?.clientAuthMethod,
      granted: event === 'grant.success',
    }),
  );
}
const handle = provider.callback();
const server = tls ? createHttpsServer(tls, handle) : createHttpServer(handle);
await once(server.listen(0, '127.0.0.1'), 'listening');
print({ port: (server.address() as AddressInfo).port });

function configure(): unknown {
  const resource = { scope, accessTokenFormat: format, accessTokenTTL: 3600 };
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    scopes: scope.split(' '),
    routes: { token: '/ims/token/v3' },
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'https://firefly.example',
        getResourceServerInfo: () => resource,
      },
    },
  };
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
