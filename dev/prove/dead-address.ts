// An address that never answers: its kernel drops every packet that would open a connection.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const address = '127.0.0.9';

/** Has every name resolve to that address, and then to the loopback. */
const preload = `data:text/javascript,${encodeURIComponent(`
  import dns from 'node:dns';
  const addresses = ['${address}', '127.0.0.1'].map((address) => ({ address, family: 4 }));
  dns.lookup = (name, options, callback) =>
    options.all ? callback(null, addresses) : callback(null, addresses[0].address, 4);
`)}`;

/** Calls `use` while the port is dead there; a Node with these arguments finds it behind any name, and 127.0.0.1 after it. */
export async function withDeadAddress<T>(
  port: string,
  use: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  // It listens with a queue for one, and is then stopped, so that nobody takes from the queue.
  const script = `require('node:net').createServer().listen(
    { port: ${port}, host: '${address}', backlog: 1 }, () => console.log('listening'));`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  const host = { port: Number(port), host: address };
  const fillers = [1, 2, 3].map(() => connect(host).on('error', () => {}));
  await sleep(50);
  try {
    return await use(['--import', preload]);
  } finally {
    for (const filler of fillers) filler.destroy();
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
