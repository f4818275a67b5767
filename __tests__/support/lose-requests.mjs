// Preloaded before a program: its requests go nowhere, its timers keep nothing alive, and so it runs out of work.
import { EventEmitter } from 'node:events';
import http from 'node:http';

http.request = () => Object.assign(new EventEmitter(), { setTimeout() {}, end() {}, destroy() {} });

const { setTimeout } = globalThis;
globalThis.setTimeout = (...rest) => setTimeout(...rest).unref();
