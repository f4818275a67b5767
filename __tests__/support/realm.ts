// Jest runs tests in a realm whose Error is not the one of Node's own modules: here the two become one.
import { types } from 'node:util';

/** From here on, an error that Node throws is `instanceof Error` in this test file too. */
export function joinRealms(): void {
  const ordinary = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      // Subclasses inherit this function, and are told apart as ever.
      return this === Error ? types.isNativeError(value) : ordinary.call(this, value);
    },
  });
}
