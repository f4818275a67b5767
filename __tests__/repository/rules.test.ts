// A new file is bound by the import rules in biome.json: one that breaks them is written for each.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readFiles, root } from '../../dev/support/repository.ts';
import { makeFolder } from '../support/folder.ts';
import { runScript } from '../support/script-run.ts';

/** What no file of `src` may import, whatever room it is in. */
const forAll = [
  ...['yaml', 'undici', '@actions/exec', 'node:child_process', 'node:vm', 'fs', '#steps/mint'],
  ...['./../steps/mint.ts', '../../steps/mint.ts', '../steps/revoke-token.ts'],
  ...['../main.ts', '../post.ts', './deep/x.ts', '../telemetry/x.ts'],
  ...[
    '../../dev/support/repository.ts',
    '../../__tests__/support/folder.ts',
    '../../stubs/undici.ts',
  ],
];

const steps = '../steps/mint.ts';
const inputs = '../inputs/read.ts';
const adobe = '../adobe/token.ts';
const github = '../github/runner.ts';
const http = '../http/client.ts';
const services = '../services.ts';

const network = ['node:net', 'node:https', '@actions/http-client'];
const runner = ['node:fs', '@actions/core'];
const cryptography = ['node:crypto', 'jose/jwe/compact/decrypt'];
const reach = [...network, ...runner, ...cryptography];

/** By the path of a file in `src`, what it may not import besides. */
const forbidden: Readonly<Record<string, readonly string[]>> = {
  'x.ts': [...reach, './main.ts', './messages.ts', './services.ts', './secrets/redact.ts'],
  'main.ts': [...reach, './post.ts', './inputs/read.ts', './secrets/redact.ts'],
  'telemetry/x.ts': [...reach, steps, inputs, adobe, github, http, '../errors.ts', './y.ts'],
  'steps/x.ts': [...reach, './provide-token.ts', './revoke-token.ts'],
  'inputs/x.ts': [...reach, steps, adobe, github, http],
  'adobe/x.ts': [...reach, steps, inputs, github, http, services],
  'adobe/deep/x.ts': [...reach, '../../errors.ts', '../hints.ts'],
  'github/x.ts': [...network, ...cryptography, steps, inputs, adobe, http, services],
  'github/y.ts': ['../http/environment.ts', '../http/exchange.ts'],
  'http/x.ts': [...reach, steps, inputs, adobe, github, services],
  'http/exchange.ts': [...cryptography, '@actions/core', steps, inputs, adobe, github, services],
  'secrets/x.ts': [...network, ...runner, steps, inputs, adobe, github, http, services],
};

const forms = [
  (module: string) => `import '${module}';`,
  (module: string) => `import type { T } from '${module}';`,
  (module: string) => `export * from '${module}';`,
  (module: string) => `export const x = await import('${module}');`,
];

/** What a rule does not find of such files in a copy of this repository: lines, by the file. */
async function findUnnoticed(rule: string, files: Readonly<Record<string, readonly string[]>>) {
  const folder = makeFolder();
  for (const name of ['src', 'biome.json', '.gitignore']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'src', path)), { recursive: true });
    writeFileSync(join(folder, 'src', path), lines.join('\n'));
  }
  const { stdout } = await runBiome(folder, [`--only=${rule}`]);
  const places = stdout.matchAll(/^::error title=lint\/.*,file=[^,]*\bsrc\/([^,]+,line=\d+),/gm);
  const found = new Set([...places].map(([, place]) => place));
  return Object.entries(files).flatMap(([path, lines]) =>
    lines.flatMap((line, index) =>
      found.has(`${path},line=${index + 1}`) ? [] : [`${path}: ${line}`],
    ),
  );
}

function runBiome(cwd: string, words: readonly string[]) {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const options = ['--reporter=github', '--max-diagnostics=none'];
  return runScript(biome, ['lint', ...options, ...words, 'src'], { cwd });
}

test('src breaks no rule', async () => {
  expect(await runBiome(root, ['--error-on-warnings'])).toMatchObject({ code: 0, stdout: '' });
});

test('what a file of src must not import is found in whatever form it is imported', async () => {
  const probes = Object.fromEntries(
    Object.entries(forbidden).map(([path, modules]) => [
      path,
      [...forAll, ...modules].flatMap((module) => forms.map((form) => form(module))),
    ]),
  );
  expect(await findUnnoticed('style/noRestrictedImports', probes)).toEqual([]);
});

test('what a file of src takes from no module is found', async () => {
  const lines = [
    'export const x = process.env;',
    "export const x = process.getBuiltinModule('node:fs');",
    'export const x = globalThis.process;',
    "export const x = await fetch('https://adobe.example');",
  ];
  const files = ['x.ts', 'main.ts', 'steps/x.ts', 'inputs/x.ts', 'adobe/x.ts', 'github/x.ts'];
  const probes = [...files, 'http/exchange.ts', 'secrets/x.ts'].map((path) => [path, lines]);
  expect(await findUnnoticed('style/noRestrictedGlobals', Object.fromEntries(probes))).toEqual([]);
});

test('a circle is found, of types alone too', async () => {
  const circle = {
    'adobe/x.ts': ["import type { Y } from './y.ts';"],
    'adobe/y.ts': ["export type { X } from './x.ts';"],
  };
  expect(await findUnnoticed('suspicious/noImportCycles', circle)).toEqual([]);
});

describe('what the rules cannot read', () => {
  const unreadable =
    /\brequire\(|\bimport\.meta\b|(?<!= await )\bimport\(|\bimport\((?!'[^']+'\);)/;

  test.each([
    "const x = require('../steps/mint.ts');",
    "const x = import.meta.resolve('../steps/mint.ts');",
    'const x = await import(`../steps/mint.ts`);',
    "const x = await import('../steps/' + name);",
    "let x: import('../steps/mint.ts').Minted;",
    "let x: typeof import('../steps/mint.ts');",
  ])('is %s', (line) => {
    expect(line).toMatch(unreadable);
  });

  test('is nowhere in src, nor is a comment that silences them', () => {
    const texts = [...readFiles(join(root, 'src'))].filter(
      ([, text]) => unreadable.test(text) || text.includes('biome-ignore'),
    );
    expect(texts).toEqual([]);
  });
});
