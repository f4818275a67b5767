// Adobe as a workflow reaches it: a proxy leads every host of Adobe's to a stand-in over TLS, and no other host anywhere.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { RequestError, Server } from 'proxy-chain';
import { type StandInOptions, startStandIn } from '../stand-in/server.ts';

export type Adobe = Awaited<ReturnType<typeof startAdobe>>;

export type Authority = ReturnType<typeof makeAuthority>;

const hosts = ['adobelogin.com', 'adobe.io', 'adobe.com', 'frame.io'];

/**
 * Makes the certificate that the stand-in shows for each of Adobe's hosts, in `folder`: `file` has it beside what this
 * machine trusts beyond its own store.
 */
export function makeAuthority(folder: string) {
  const [own, file] = [join(folder, 'stand-in.pem'), join(folder, 'authority.pem')];
  const names = [...hosts.map((host) => `DNS:*.${host}`), 'IP:127.0.0.1'].join();
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1';
  const subject = ['-subj', '/CN=Adobe stand-in', '-addext', `subjectAltName=${names}`];
  const words = [...request.split(' '), ...subject, '-keyout', own, '-out', own];
  execFileSync('openssl', words, { stdio: 'pipe' });
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
) {
  const standIn = await startStandIn({ ...options, tls: { key: pem, cert: pem } });
  const refused: string[] = [];
  const tunnel = createServer((client) => {
    // Either end's failure is the other's end, and no failure of the proxy.
    pipeline(client, connect(standIn.port, '127.0.0.1'), client, () => {});
  });
  const proxy = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ hostname, port }) => {
      const target = `${hostname}:${port}`;
      if (hosts.some((host) => target.endsWith(`.${host}:443`))) {
        return { customConnectServer: tunnel as HttpServer };
      }
      if (target === registry || target === `127.0.0.1:${standIn.port}`) return {};
      refused.push(target);
      throw new RequestError('Neither Adobe nor the registry', 403);
    },
  });
  await proxy.listen();
  return {
    standIn,
    /** Hosts that were asked for and are neither Adobe's nor the registry's, as `host:port`. */
    refused,
    proxy: `http://127.0.0.1:${proxy.port}`,
    close: async () => {
      await proxy.close(true);
      await standIn.close();
    },
  };
}
