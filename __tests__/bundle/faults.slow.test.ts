// The stand-in's failures: each as it looks on the wire, their order, and the command that imitates them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { faults } from '../../dev/stand-in/faults.ts';
import { startStandIn } from '../../dev/stand-in/server.ts';
import { root } from '../../dev/support/repository.ts';
import { faultChecks, silentFaults } from '../support/fault-checks.ts';
import { sendRaw } from '../support/raw-request.ts';
import { start } from '../support/stand-in.ts';

describe('on the wire', () => {
  test('each failure has its test', () => {
    expect(Object.keys(faultChecks).toSorted()).toEqual(Object.keys(faults).toSorted());
  });

  test.each(Object.entries(faultChecks))('%s', async (name, check) => {
    const { port } = await start({ fail: [name], redirectTo: 'http://other.example/' });
    check(await sendRaw(port, 'POST /ims/token/v3', silentFaults.includes(name) ? 80 : undefined));
  });
});

describe('elsewhere than on the token endpoint', () => {
  test.each([
    ['failVerify', 'POST /ims/validate_token/v1'],
    ['failVerify', 'GET /v1/voices'],
    ['failRevoke', 'POST /ims/invalidate_token/v2'],
  ] as const)('%s fails %s', async (option, route) => {
    const names = Object.keys(faults).filter(
      (name) => !silentFaults.includes(name) && name !== 'good',
    );
    const { port } = await start({ [option]: names });
    for (const name of names) {
      const { ended } = await sendRaw(port, route);
      expect([name, ended]).toEqual([name, name === 'reset' ? 'reset' : 'end']);
    }
  });
});

describe('the queue', () => {
  async function collect(fail: readonly string[], count: number): Promise<string[]> {
    const { port } = await start({ fail });
    const heads: string[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      heads.push((await sendRaw(port, 'POST /ims/token/v3')).head);
    }
    return heads.map((head) => head.slice(9, 12));
  }

  test('gives each failure to one request, then good answers', async () => {
    expect(await collect(['503', 'good', '429'], 4)).toEqual(['503', '200', '429', '200']);
  });

  test('repeats a last one with a star for ever', async () => {
    expect(await collect(['429', '503*'], 4)).toEqual(['429', '503', '503', '503']);
  });

  test('knows no other names, and says which it knows', async () => {
    await expect(startStandIn({ failVerify: ['503', 'toString'] })).rejects.toThrow(
      /^No failure is called "toString": .*invalid_client, .*stall/,
    );
  });
});

describe('the connection', () => {
  test('ends with the stand-in, even in mid-answer', async () => {
    const { port, close } = await start({ fail: ['stall'] });
    const answer = sendRaw(port, 'POST /ims/token/v3');
    await new Promise((settle) => setTimeout(settle, 50));
    await close();
    expect((await answer).ended).not.toBe('silence');
  });
});

test('the command prints its address, serves, and ends when nobody asks any more', async () => {
  const child = spawn(process.execPath, [join(root, 'dev/stand-in/cli.ts'), '--idle-exit', '1']);
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  const { head } = await sendRaw(Number(new URL(line).port), 'POST /ims/token/v3');
  expect(head).toMatch(/^HTTP\/1.1 200 /);
  expect(await once(child, 'exit')).toEqual([0, null]);
});
