// Runs the stand-in by itself: prints its URL, then serves until it is told to end.
import { readFileSync } from 'node:fs';
import { runCommand } from '../support/command.ts';
import { readNumber } from '../support/numbers.ts';
import { startStandIn } from './server.ts';

const usage = `node dev/stand-in/cli.ts [--idle-exit <seconds>] [--tls <file>]

Serves IMS and the services behind it on 127.0.0.1 until it is told to end, and prints its URL.
It plays no failures: see npm start -- --help.

  --idle-exit <seconds>      ends after so long without a request
  --tls <file>               a PEM file with key and certificate: serves https
`;

const options = {
  'idle-exit': { type: 'string', default: '0' },
  tls: { type: 'string' },
} as const;

await runCommand({ options }, usage, async ({ values }) => {
  const pem = values.tls && readFileSync(values.tls);
  const standIn = await startStandIn({
    idleExitS: readNumber('idle-exit', values['idle-exit']),
    ...(pem && { tls: { key: pem, cert: pem } }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, standIn.close);
  process.stdout.write(`${standIn.url}\n`);
  await standIn.closed;
  return 0;
});
