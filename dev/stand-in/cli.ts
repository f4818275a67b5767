// Runs the stand-in by itself: prints its URL, then serves until it is told to end.
import { readFileSync } from 'node:fs';
import { runCommand } from '../support/command.ts';
import { readNumber } from '../support/numbers.ts';
import { listFaults, splitNames } from './faults.ts';
import { startStandIn } from './server.ts';

const usage = `node dev/stand-in/cli.ts [--fail <names>] [--fail-verify <names>] [--fail-revoke <names>]

Serves IMS and the services behind it on 127.0.0.1 until it is told to end, and prints its URL.

  --list                     names the failures that --fail and its like take, separated by commas, one a request
  --port <number>            any free one by default
  --idle-exit <seconds>      ends after so long without a request
  --tls <file>               a PEM file with key and certificate: serves https
`;

const text = { type: 'string', default: '' } as const;
const number = { type: 'string', default: '0' } as const;

await runCommand(
  {
    options: {
      port: number,
      fail: text,
      'fail-verify': text,
      'fail-revoke': text,
      'idle-exit': number,
      tls: text,
      list: { type: 'boolean', default: false },
    },
  },
  usage,
  async ({ values }) => {
    if (values.list) {
      process.stdout.write(listFaults());
      return 0;
    }
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
    return 0;
  },
);
