// A listener that accepts nothing until it is told: to its clients an address that is far away, or dead.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { makeFolder } from './folder.ts';

const ends: (() => void)[] = [];

afterAll(() => {
  for (const end of ends) end();
});

interface SlowListenerOptions {
  readonly address: string;
  /** By default one that is free. */
  readonly port?: number;
  /** The port on 127.0.0.1 to which it leads what comes. */
  readonly target?: number;
}

interface SlowListener {
  readonly port: number;
  /** A pipe: writing it has the listener accept. */
  readonly pipe: string;
}

/** Starts it in a process of its own, whose event loop stands still. */
export async function listenSlowly(options: SlowListenerOptions): Promise<SlowListener> {
  const pipe = join(makeFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const settings = JSON.stringify({ ...options, pipe });
  const child = spawn(process.execPath, ['--eval', SCRIPT, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => child.kill('SIGKILL'));
  const [port] = await once(child.stdout.setEncoding('utf8'), 'data');
  // Once as many connections wait as the listener lets, the kernel drops what asks for another.
  const fillers = [1, 2, 3, 4].map(() => connect(Number(port), options.address));
  for (const filler of fillers) {
    filler.on('error', () => {});
    ends.push(() => filler.destroy());
  }
  await Promise.all(fillers.slice(0, 2).map((filler) => once(filler, 'connect')));
  return { port: Number(port), pipe };
}

const SCRIPT = `
const { createServer, connect } = require('node:net');
const { readFileSync, writeSync } = require('node:fs');
const { address, port = 0, target, pipe } = JSON.parse(process.argv[1]);
const server = createServer((socket) => {
  const onward = connect(target, '127.0.0.1');
  for (const end of [socket, onward]) end.on('error', () => {});
  socket.pipe(onward).pipe(socket);
});
server.listen({ host: address, port, backlog: 1 }, () => {
  writeSync(1, String(server.address().port));
  readFileSync(pipe);
});
`;
