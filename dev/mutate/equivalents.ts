// Mutants that no test can notice, since what the action does is the same with them: each with its reason.

/** Where a mutant stands. */
export interface Spot {
  /** A file of src without its ending. */
  readonly module: string;
  /** The first line that it changes, without its indent. */
  readonly line: string;
  readonly original: string;
  readonly replacement: string;
}

export interface Equivalence {
  /** A sentence. */
  readonly because: string;
  readonly spots: readonly Spot[];
}

const FILLER = '"Stryker was here!"';

export const equivalents: readonly Equivalence[] = [
  {
    because:
      'The empty text stands for what is absent, and any other text without meaning to what reads it does as well: it matches no pattern, is no date, names no file, is no JSON and no salt.',
    spots: [
      {
        module: 'network',
        line: "const message = error instanceof Error ? error.message : '';",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'network',
        line: "const code = error instanceof Error && 'code' in error ? String(error.code) : '';",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'refusals',
        line: "/^text\\/html|^application\\/xhtml/i.test(headers['content-type'] ?? '') || /^\\s*</.test(body)",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'retry',
        line: "const value = headers['retry-after']?.trim() ?? '';",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'retry',
        line: "const sentMs = Date.parse(headers.date ?? '');",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'runner',
        line: "return JSON.parse(readFileSync(path ?? '', 'utf8'));",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'seal',
        line: "const bytes = Buffer.from(typeof salt === 'string' && isCanonical(salt) ? salt : '', 'base64url');",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'surroundings',
        line: "const secret = secretOf(env[name] ?? '');",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'token',
        line: "const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');",
        original: "''",
        replacement: FILLER,
      },
    ],
  },
  {
    because: 'A function that comes to its end gives undefined too; the compiler wants it said.',
    spots: ['refusals', 'runner', 'seal', 'surroundings'].map((module) => ({
      module,
      line: '} catch {',
      original: '{ return undefined; }',
      replacement: '{}',
    })),
  },
  {
    because:
      'All of the pattern may be absent, so it matches where the text begins with the anchor and without it.',
    spots: [
      {
        module: 'surroundings',
        line: "const userInfo = /^(?:https?:|\\w+:(?=[\\\\/]))?[\\\\/]*(.*)@/s.exec(value)?.[1] ?? '';",
        original: '/^(?:https?:|\\w+:(?=[\\\\/]))?[\\\\/]*(.*)@/s',
        replacement: '/(?:https?:|\\w+:(?=[\\\\/]))?[\\\\/]*(.*)@/s',
      },
      {
        module: 'urls',
        line: "const rest = value.replace(/^(?:[a-z][a-z0-9+.-]*:)?[\\\\/]*/i, '');",
        original: '/^(?:[a-z][a-z0-9+.-]*:)?[\\\\/]*/i',
        replacement: '/(?:[a-z][a-z0-9+.-]*:)?[\\\\/]*/i',
      },
    ],
  },
  {
    because:
      'Without a name for its encoding a file is read as bytes, which JSON.parse reads as UTF-8.',
    spots: [
      {
        module: 'runner',
        line: "return JSON.parse(readFileSync(path ?? '', 'utf8'));",
        original: "'utf8'",
        replacement: '""',
      },
    ],
  },
  {
    because: 'It hides three words besides the secrets, and nobody sends or prints these.',
    spots: [
      {
        module: 'text',
        line: ".replace(/=+$/, ''),",
        original: "''",
        replacement: FILLER,
      },
      {
        module: 'runner',
        line: 'const hidden: string[] = [];',
        original: '[]',
        replacement: '["Stryker was here"]',
      },
    ],
  },
  {
    because:
      'Calculations with undefined give NaN, which is below no bound, so the end is undefined too; the compiler wants the case apart.',
    spots: [
      {
        module: 'token',
        line: 'if (value === undefined) return undefined;',
        original: 'value === undefined',
        replacement: 'false',
      },
    ],
  },
  {
    because: 'The row before the first is read for a swap only, and one letter cannot be swapped.',
    spots: [
      {
        module: 'spelling',
        line: 'let before: number[] = [];',
        original: '[]',
        replacement: '["Stryker was here"]',
      },
    ],
  },
  {
    because: 'No host is called so.',
    spots: [
      {
        module: 'inputs',
        line: "const allowedHosts = read<readonly string[]>('allowed-hosts', [], parseHosts);",
        original: '[]',
        replacement: '["Stryker was here"]',
      },
      {
        module: 'revocation',
        line: "const allowedHosts = 'value' in hosts ? hosts.value : [];",
        original: '[]',
        replacement: '["Stryker was here"]',
      },
    ],
  },
  {
    because: 'The step ends without a client ID, so what stands in for it is never used.',
    spots: [
      {
        module: 'inputs',
        line: "clientId: read('client-id', '', parseClientId),",
        original: "''",
        replacement: FILLER,
      },
    ],
  },
  {
    because: 'Of the two words only the other one is ever compared with.',
    spots: [
      {
        module: 'inputs',
        line: "parseAllowedUrl(raw, { allowedHosts, query: 'allowed' }),",
        original: "'allowed'",
        replacement: '""',
      },
      {
        module: 'inputs',
        line: "const onMissing = read('on-missing-credentials', 'fail', (raw) =>",
        original: "'fail'",
        replacement: '""',
      },
    ],
  },
  {
    because: 'Every text has a first part, so the default is never taken; the compiler wants one.',
    spots: [
      {
        module: 'seal',
        line: "const [header = '', key] = parts;",
        original: "''",
        replacement: FILLER,
      },
    ],
  },
  {
    because: 'Only at its end does base64 have this character.',
    spots: [
      {
        module: 'text',
        line: ".replace(/=+$/, ''),",
        original: '/=+$/',
        replacement: '/=+/',
      },
    ],
  },
  {
    because: 'Behind the last character there is nothing to show.',
    spots: [
      {
        module: 'text',
        line: 'for (let at = 0; at < text.length; at += 1) {',
        original: 'at < text.length',
        replacement: 'at <= text.length',
      },
    ],
  },
  {
    because: 'Without a proxy, what is mended is an empty object that nobody looks at.',
    spots: [
      {
        module: 'http',
        line: "if ('proxyOptions' in agent) {",
        original: "'proxyOptions' in agent",
        replacement: 'true',
      },
    ],
  },
  {
    because: 'A 300 is a redirect, whose body is not read.',
    spots: [
      {
        module: 'http',
        line: 'const success = status < 300;',
        original: 'status < 300',
        replacement: 'status <= 300',
      },
    ],
  },
];
