// Adobe as a workflow reaches it: a proxy leads every host of Adobe's to a stand-in over TLS, and no other host anywhere.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { type StandIn, type StandInOptions, startStandIn } from '../stand-in/server.ts';

export interface Adobe {
  readonly standIn: StandIn;
  /** `http://127.0.0.1:PORT` */
  readonly proxy: string;
  /** Hosts that were asked for and are neither Adobe's nor the registry's, as `host:port`. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export interface Authority {
  /** A PEM file: what this machine trusts beyond its own store, and the stand-in. */
  readonly file: string;
  readonly pem: string;
}

const hosts = ['adobelogin.com', 'adobe.io', 'adobe.com', 'frame.io'];

/** Makes the certificate that the stand-in shows for each of Adobe's hosts, in `folder`. */
export function makeAuthority(folder: string): Authority {
  const [own, file] = [join(folder, 'stand-in.pem'), join(folder, 'authority.pem')];
  const names = [...hosts.map((host) => `DNS:*.${host}`), 'IP:127.0.0.1'].join();
  execFileSync(
    'openssl',
    [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1'.split(' '),
      ...['-subj', '/CN=Adobe stand-in', '-addext', `subjectAltName=${names}`],
      ...['-keyout', own, '-out', own],
    ],
    { stdio: 'pipe' },
  );
  const pem = readFileSync(own, 'utf8');
  const trusted = process.env['NODE_EXTRA_CA_CERTS'];
  const certificate = pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'));
  writeFileSync(file, `${trusted ? readFileSync(trusted, 'utf8') : ''}\n${certificate}`);
  return { file, pem };
}

/** Starts proxy and stand-in; `registry` is the one other address that a workflow may reach, as `host:port`. */
export async function startAdobe(
  { pem }: Authority,
  registry: string,
  options: StandInOptions = {},
): Promise<Adobe> {
  const standIn = await startStandIn({ ...options, tls: { key: pem, cert: pem } });
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, client: Socket, head) => {
    const { url: target = '' } = request;
    const isAdobe = hosts.some((host) => target.endsWith(`.${host}:443`));
    if (!isAdobe && target !== registry && target !== `127.0.0.1:${standIn.port}`) {
      refused.push(target);
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(isAdobe ? standIn.url : `http://${target}`);
    const upstream = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      // Either end's failure is the other's end, and no failure of the proxy.
      socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    standIn,
    refused,
    proxy: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await standIn.close();
    },
  };
}
