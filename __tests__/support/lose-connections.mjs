// Preloaded before a program: its connections never come about, its timers keep nothing alive, and so it runs out of work.
import { Socket } from 'node:net';

Socket.prototype.connect = function connect() {
  return this;
};

const { setTimeout } = globalThis;
globalThis.setTimeout = (...rest) => setTimeout(...rest).unref();
