// Stryker's configuration for one module of src, which MUTATED_MODULE names: `http/retry`.
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';

const module = process.env['MUTATED_MODULE'] ?? '';

/** Modules that are held by the tests of another one, to which they belong. */
const elsewhere: Readonly<Record<string, string>> = {
  'http/connection': 'http/exchange',
  'http/response': 'http/exchange',
  'http/tunnel': 'http/exchange',
  'inputs/credentials-forms': 'inputs/credentials',
  'inputs/inputs': 'inputs/read',
  'inputs/reader': 'inputs/read',
};

// A module is held by tests of its own, or where it has none by those of its room: Stryker's jest-runner
// loads every test file for every mutant, so that all tests for all mutants would take hours. Files of
// random texts alone stay out too: they find a mutant on one day and not on the next, and take seconds.
const own = globSync(`__tests__/${elsewhere[module] ?? module}{,-!(*.slow|properties)}.test.ts`);
const tests = own.length > 0 ? own : globSync(`__tests__/${dirname(module)}/!(*.slow).test.ts`);

// biome-ignore lint/style/noDefaultExport: Stryker reads its configuration from the default export
export default {
  mutate: [`src/${module}.ts`],
  // Not resolved: without its package installed, the script still has to say so.
  plugins: [
    new URL('node_modules/@stryker-mutator/jest-runner/dist/src/index.js', import.meta.url).href,
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    configFile: 'jest.config.js',
    enableFindRelatedTests: false,
    config: {
      testMatch: tests.map((path) => join('<rootDir>', path)),
      testTimeout: 5_000,
    },
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  thresholds: { high: 100, low: 95, break: 95 },
  reporters: ['clear-text', 'json'],
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
    reportScoreTable: false,
  },
  jsonReporter: { fileName: `reports/mutation/${module}.json` },
  // Of mutants that every test meets, since they are made while the module is loaded.
  warnings: { slow: false },
  logLevel: 'warn',
  cleanTempDir: 'always',
};
