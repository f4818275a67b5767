// biome-ignore lint/style/noDefaultExport: jest reads its configuration from the default export
export default {
  testEnvironment: 'node',
  // `npm run test:slow` runs what is left out here: whole scripts, workflows and campaigns.
  testMatch: ['<rootDir>/__tests__/**/!(*.slow).test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }],
  },
  coverageProvider: 'v8',
  coverageDirectory: 'coverage',
  coverageReporters: ['text', 'json-summary'],
  // The entries hold wiring alone, and run as processes in __tests__/bundle; the others hold types alone.
  collectCoverageFrom: [
    'src/**/*.ts',
    '!src/{main,post}.ts',
    '!src/{github/source,steps/context,steps/publication}.ts',
  ],
  coverageThreshold: { global: { statements: 100, branches: 100, functions: 100, lines: 100 } },
  // A build or a mutation run under way keeps its copies of this repository there.
  modulePathIgnorePatterns: ['<rootDir>/.build/', '<rootDir>/.stryker-tmp/'],
  maxWorkers: 2,
  testTimeout: 30_000,
};
