// An address that never answers: its kernel drops every packet that would open a connection.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const address = '127.0.0.9';

/** Listens with a queue for one, and is then stopped, so that nobody takes from the queue. */
const listener = (port: number) => `require('node:net').createServer().listen(
  { port: ${port}, host: '${address}', backlog: 1 }, () => console.log('listening'));`;

/** Has every name resolve to that address, and then to the loopback. */
const preload = `data:text/javascript,${encodeURIComponent(`
  import dns from 'node:dns';
  const addresses = ['${address}', '127.0.0.1'].map((address) => ({ address, family: 4 }));
  dns.lookup = (name, options, callback) =>
    options.all ? callback(null, addresses) : callback(null, addresses[0].address, 4);
`)}`;

/** Makes the port dead there; a Node that imports `preload` finds it behind any name, and 127.0.0.1 after it. */
export async function nameDeadAddress(
  port: number,
): Promise<{ preload: string; close: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', listener(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  const fillers = [1, 2, 3].map(() => connect({ port, host: address }).on('error', () => {}));
  await sleep(50);
  return {
    preload,
    close: async () => {
      for (const filler of fillers) filler.destroy();
      await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
