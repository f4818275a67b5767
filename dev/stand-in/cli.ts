// Runs the stand-in by itself: prints its URL, then serves until it is told to end.
import { readNumber, runCommand } from '../support/command.ts';
import { startStandIn } from './server.ts';

const usage = `node dev/stand-in/cli.ts [--idle-exit <seconds>]

Serves IMS and the services behind it on 127.0.0.1 until it is told to end, and prints its URL.

  --idle-exit <seconds>      ends after so long without a request
`;

const options = { 'idle-exit': { type: 'string', default: '0' } } as const;

await runCommand({ options }, usage, async ({ values }) => {
  const idleExitS = readNumber('idle-exit', values['idle-exit']);
  const { url } = await startStandIn({ idleExitS });
  process.stdout.write(`${url}\n`);
  return 0;
});
