// Runs the stand-in by itself: prints its URL, then serves until it is told to end.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readNumber } from '../support/numbers.ts';
import { listFaults, splitNames } from './faults.ts';
import { startStandIn } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    fail: { type: 'string', default: '' },
    'fail-verify': { type: 'string', default: '' },
    'fail-revoke': { type: 'string', default: '' },
    'idle-exit': { type: 'string', default: '0' },
    /** A PEM file with key and certificate. */
    tls: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

if (values.list) process.stdout.write(listFaults());
else await serve();

async function serve(): Promise<void> {
  const pem = values.tls && readFileSync(values.tls);
  const standIn = await startStandIn({
    port: readNumber('port', values.port),
    fail: splitNames(values.fail),
    failVerify: splitNames(values['fail-verify']),
    failRevoke: splitNames(values['fail-revoke']),
    idleExitS: readNumber('idle-exit', values['idle-exit']),
    ...(pem && { tls: { key: pem, cert: pem } }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, standIn.close);
  process.stdout.write(`${standIn.url}\n`);
  await standIn.closed;
}
