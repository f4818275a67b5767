// Answers whose body is not what a client hopes for, or not what their head says.
import { gzipSync } from 'node:zlib';
import { type Answer, answerWith, type Context, type Fault, type Faults } from '../exchange.ts';
import { changeFields, readFields, splitAnswer, takeOver } from './spoil.ts';

const page = '<!DOCTYPE html>\n<html><body><h1>Sign in to the network</h1></body></html>\n';

export const bodyFaults: Faults = {
  'too-large': changeFields('A good answer in a body of 10 MiB', () => ({ padding: fill(10) })),
  'too-large-503': play('503 with a body of 10 MiB', 503, 'text/plain', fill(10)),
  redirect: redirect(302),
  'redirect-307': redirect(307),
  'invalid-json': play('JSON with a fault', 200, 'application/json', '{"access_token":,}'),
  html: play('The page of a proxy that wants a sign-in', 200, 'text/html', page),
  'html-503': play('The page of a front end that is down', 503, 'text/html', page),
  empty: play('An empty body', 200, 'application/json', ''),
  array: spoil('A good answer inside an array', (answer) => ({
    ...answer,
    body: `[${JSON.stringify(readFields(answer))}]`,
  })),
  null: play('The JSON value null', 200, 'application/json', 'null'),
  'deep-json': play(
    'Arrays in arrays, 100,000 deep',
    200,
    'application/json',
    '['.repeat(100_000) + ']'.repeat(100_000),
  ),
  'huge-headers': spoil('A good answer with a header of 64 KiB', (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'x-filler': 'x'.repeat(64 * 1024) },
  })),
  'invalid-utf8': spoil('A token with bytes that are not UTF-8', (answer) => ({
    ...answer,
    body: breakToken(answer),
  })),
  gzip: spoil('A good answer, compressed though nobody requested that', (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'Content-Encoding': 'gzip' },
    body: gzipSync(answer.body),
  })),
  'wrong-length': takeOver('A body one byte longer than its length', (socket, { good }) => {
    const answer = good();
    const { head, body } = splitAnswer(answer, {
      'Content-Length': `${Math.max(0, Buffer.byteLength(answer.body) - 1)}`,
    });
    socket.end(Buffer.concat([Buffer.from(head), body]));
  }),
  'broken-chunk': takeOver('A chunk whose length is no number', (socket, { good }) => {
    const { head, body } = splitAnswer(good(), { 'Transfer-Encoding': 'chunked' });
    socket.end(`${head}${body.length.toString(16)}\r\n${body}\r\nlots\r\n`);
  }),
};

function play(about: string, status: number, type: string, body: string): Fault {
  return answerWith(about, () => ({ status, headers: { 'Content-Type': type }, body }));
}

function spoil(about: string, change: (answer: Answer) => Answer): Fault {
  return answerWith(about, (_request, { good }) => change(good()));
}

function redirect(status: number): Fault {
  return answerWith(`${status} to another host`, (_request, { redirectTo }: Context) => ({
    status,
    headers: { Location: redirectTo },
    body: '',
  }));
}

function fill(mebibytes: number): string {
  return 'x'.repeat(mebibytes * 1024 * 1024);
}

function breakToken(answer: Answer): Buffer {
  const fields = readFields(answer);
  const text = JSON.stringify({ ...fields, access_token: `${fields['access_token']}!` });
  const body = Buffer.from(text);
  body[text.lastIndexOf('!')] = 0xff;
  return body;
}
