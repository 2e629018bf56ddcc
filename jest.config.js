// Native ESM through swc; test files end in .test.ts, what runs for minutes in .soak.ts.

import { availableParallelism } from 'node:os'

export default {
  testEnvironment: '<rootDir>/test/support/one-realm/environment.cjs',
  testRunner: '<rootDir>/test/support/one-realm/runner.cjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // One real PostgreSQL for the run, up within two seconds.
  globalSetup: '<rootDir>/test/support/postgres.global-setup.ts',
  globalTeardown: '<rootDir>/test/support/postgres.global-teardown.ts',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  testTimeout: 60_000,
  // The second one searches all that gateways printed, and fails the run.
  reporters: ['default', '<rootDir>/test/support/printed-reporter.cjs'],
  // Jest would leave one of two cores idle, and so would as many workers as cores while tests wait for processes and the
  // disk; the suite should end within 4 minutes on two.
  maxWorkers: availableParallelism() + 2,
}
