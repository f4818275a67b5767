// What a test prints to stdout and how it would end the process: kept from both, and put back in order after it.
import { afterEach, beforeEach, jest } from '@jest/globals';

/** Gives what the running test has printed, write by write. */
export function capturePrinted(): () => string[] {
  const before = process.stdout.listeners('error');
  let printed: string[] = [];

  beforeEach(() => {
    printed = [];
    jest.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
      // An empty write only asks to be told when all before it is out.
      if (text !== '') printed.push(text);
      done?.();
      return true;
    }) as typeof process.stdout.write);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.removeAllListeners('uncaughtException');
    process.removeAllListeners('beforeExit');
    for (const listener of process.stdout.listeners('error')) {
      if (!before.includes(listener)) process.stdout.off('error', listener as () => void);
    }
  });

  return () => printed;
}

/** Gives how the running test would have ended the process: each code, its id and a signal, what replaces it. */
export function captureEndings(): unknown[] {
  const endings: unknown[] = [];
  jest.spyOn(process, 'exit').mockImplementation(((code: number) => {
    endings.push(code);
  }) as typeof process.exit);
  jest.spyOn(process, 'kill').mockImplementation((...ending) => {
    endings.push(ending);
    return true;
  });
  if (!jest.isMockFunction(process.execve)) {
    jest.spyOn(process, 'execve' as 'exit').mockImplementation(((...replaced: unknown[]) => {
      endings.push(['execve', ...replaced]);
    }) as typeof process.exit);
  }
  return endings;
}
