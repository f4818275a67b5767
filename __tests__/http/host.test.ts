// Which hosts are this machine, and how sockets take a host.
import { expect, test } from '@jest/globals';
import { bareHost, effectivePort, isLoopback } from '../../src/http/host.ts';

test.each([
  'http://localhost/',
  'http://127.0.0.1/',
  'http://127.255.0.9:8080/',
  'http://127.10.11.12/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
])('%s is this machine', (url) => {
  expect(isLoopback(new URL(url))).toBe(true);
});

test.each([
  'http://127.0.0.1.evil.example/',
  'http://localhost.example/',
  'http://127.example/',
  'http://128.0.0.1/',
  'http://[::2]/',
  'http://[::ffff:127.0.0.1]/',
])('%s is not', (url) => {
  expect(isLoopback(new URL(url))).toBe(false);
});

test.each([
  ['https://ims.example:8443/', 'ims.example'],
  ['https://[fd00::1]:8443/', 'fd00::1'],
])('the host of %s is %s to a socket', (url, host) => {
  expect(bareHost(new URL(url))).toBe(host);
});

test.each([
  ['https://ims.example/', 443],
  ['https://ims.example:8443/', 8443],
  ['http://127.0.0.1/', 80],
  ['http://127.0.0.1:8080/', 8080],
])('the port of %s is %i', (url, port) => {
  expect(effectivePort(new URL(url))).toBe(port);
});
