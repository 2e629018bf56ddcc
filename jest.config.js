// Native ESM through swc; test files end in .test.ts, what runs for minutes in .soak.ts.
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testTimeout: 60_000,
  // Jest would leave one of two cores idle; the suite must end within 4 minutes on two.
  maxWorkers: '100%',
}
