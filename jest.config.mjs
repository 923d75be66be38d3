// Tests run as they are written: ES modules, TypeScript erased by swc, on the Node that npm ci brings.
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};

export default {
  ...common,
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  testSequencer: '<rootDir>/tests/support/longest-first.mjs',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  testMatch: process.env.LONG_TESTS ? ['<rootDir>/tests/**/*.long.ts'] : ['<rootDir>/tests/**/*.test.ts'],
  testTimeout: process.env.LONG_TESTS ? 600_000 : 30_000,
  maxWorkers: 2,
};
