// The shipped bundle and hosts with several addresses, some of them far away or dead.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { makeAuthority } from '../support/certificates.ts';
import { makeFolder } from '../support/folder.ts';
import { startProxy } from '../support/proxy.ts';
import { listenSlowly } from '../support/slow-listener.ts';
import { start } from '../support/stand-in.ts';

const folder = makeFolder();

interface Release {
  readonly pipe: string;
  /** How long after the lookup the listener behind the pipe accepts. */
  readonly afterMs: number;
}

/** What has Node resolve every name to these addresses, and a listener accept some time after that. */
function resolveTo(addresses: readonly string[], { pipe, afterMs }: Release) {
  const script = join(folder, `${addresses.join('-')}-${afterMs}.cjs`);
  const found = addresses.map((address) => ({ address, family: 4 }));
  writeFileSync(
    script,
    `const release = () => require('node:fs').writeFile(${JSON.stringify(pipe)}, 'x', () => {});
require('node:dns').lookup = (_name, _options, done) => {
  setTimeout(release, ${afterMs}).unref();
  done(null, ${JSON.stringify(found)});
};
`,
  );
  return { NODE_OPTIONS: `--require ${script}` };
}

// Only Linux drops what asks for a connection too many, and has 127.0.0.2.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a host', () => {
  /** Mints from a stand-in behind 127.0.0.1, beside which 127.0.0.2 is dead. */
  async function mint(addresses: readonly string[], afterMs: number) {
    const standIn = await start();
    const { port, pipe } = await listenSlowly({ address: '127.0.0.1', target: standIn.port });
    await listenSlowly({ address: '127.0.0.2', port });
    const server = { url: `http://localhost:${port}`, tokens: standIn.tokens };
    const run = await runMain(server, { env: resolveTo(addresses, { pipe, afterMs }) });
    const { exitCode, errors, debug, durationMs } = run;
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
    expect(debug).toEqual([expect.stringContaining('attempt 1 of 6: succeeded')]);
    return durationMs;
  }

  // Its first address was given 250 ms, and every attempt then hung on the second.
  test.concurrent('whose second address is dead is reached by its first, a second away', async () => {
    // The kernel asks for the connection again after a second.
    expect(await mint(['127.0.0.1', '127.0.0.2'], 500)).toBeGreaterThan(1000);
  });

  test.concurrent('whose first address is dead is reached by its second', async () => {
    expect(await mint(['127.0.0.2', '127.0.0.1'], 0)).toBeGreaterThan(2000);
  });

  test.concurrent('that is a proxy whose second address is dead is reached by its first', async () => {
    const authority = makeAuthority();
    const standIn = await start({ tls: authority.sign({ names: ['ims.example'] }) });
    const proxy = await startProxy();
    const { port, pipe } = await listenSlowly({ address: '127.0.0.1', target: proxy.port });
    await listenSlowly({ address: '127.0.0.2', port });
    const host = `ims.example:${standIn.port}`;
    const { exitCode, debug } = await runMain(
      { url: `https://${host}`, tokens: standIn.tokens },
      {
        inputs: { 'allowed-hosts': host },
        env: {
          ...resolveTo(['127.0.0.1', '127.0.0.2'], { pipe, afterMs: 600 }),
          NODE_EXTRA_CA_CERTS: authority.file,
          https_proxy: `http://proxy.example:${port}`,
        },
      },
    );
    expect(exitCode).toBe(0);
    expect(debug).toEqual([expect.stringContaining('attempt 1 of 6: succeeded')]);
    expect(proxy.tunnels).toEqual([host]);
  });

  test.concurrent('with one address has all the time of the attempt', async () => {
    expect(await mint(['127.0.0.1'], 2500)).toBeGreaterThan(2500);
  });
});
