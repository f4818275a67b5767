// A developer's script on the command line: its options, its help, and errors in one line.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../../src/inputs/spelling.ts';

type Parsed<Config extends ParseArgsConfig> = ReturnType<typeof parseArgs<Config>>;

/**
 * Runs `main` with what the command line says; its result is the exit code. `-h` and `--help` print `usage`.
 * An option that does not exist, or an `Error` that `main` throws, is one line on stderr and the exit code 2.
 */
export async function runCommand<const Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
  main: (parsed: Parsed<Config>) => Promise<number> | number,
): Promise<void> {
  // Whoever reads may stop early, as `head` does.
  process.stdout.on('error', () => process.exit());
  try {
    const help = { type: 'boolean', short: 'h', default: false } as const;
    const parsed = parseArgs({ ...config, options: { ...config.options, help } });
    if ((parsed.values as { help: boolean }).help) process.stdout.write(usage);
    else process.exitCode = await main(parsed as unknown as Parsed<Config>);
  } catch (error) {
    process.stderr.write(`${describe(error, Object.keys(config.options ?? {}))}\n`);
    process.exitCode = 2;
  }
}

/**
 * The whole number that `text` is, as the value of `--option`.
 * @throws Error where it is none
 */
export function readNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${option} takes a whole number, not "${text}"`);
  return Number(text);
}

/** One line, but for a mistake in the script itself, whose place is wanted too. */
function describe(error: unknown, names: readonly string[]): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) {
    // The advice that follows is about arguments that begin with a dash.
    const message = error.message.replace(/\. .*|\n.*/gs, '');
    const [, word = ''] = /^Unknown option '--(.*)'/.exec(message) ?? [];
    const near = nearest(word, names);
    return `${message}: ${near ? `did you mean --${near}?` : '--help lists what there is'}`;
  }
  return error.constructor === Error ? error.message : (error.stack ?? error.message);
}
