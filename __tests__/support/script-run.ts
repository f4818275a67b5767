// A script of this repository, run to its end as a developer runs it.
import { execFile } from 'node:child_process';

interface ScriptEnd {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface ScriptOptions {
  readonly cwd?: string;
  /** All of its environment; by default that of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

export function runScript(
  script: string,
  words: readonly string[] = [],
  options: ScriptOptions = {},
): Promise<ScriptEnd> {
  return new Promise((settle) => {
    execFile(process.execPath, [script, ...words], options, (error, stdout, stderr) =>
      settle({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}
