// What is sent to the builder: all that the Dockerfile copies, and nothing secret or big.

import { expect, test } from '@jest/globals'
import { stepsOf } from './dockerfile.ts'
import { ignores } from './dockerignore.ts'
import { textOf } from './files.ts'

test.each([
  ...['data', 'data/key', 'data/kentongan.db', '.env', '.env.local', '.git', '.git/config'],
  ...['node_modules', 'node_modules/pg/package.json', 'dist', 'test/metrics.test.ts', 'bench'],
  ...[
    'config/.env',
    'src/data.db-wal',
    'config/key',
    '.npmrc',
    'coverage',
    'notes.log',
    'src/x.log',
  ],
])('%s is not sent to the builder', (path) => {
  expect(ignores(textOf('.dockerignore'), path)).toBe(true)
})

test('everything that is copied from the checkout is sent', () => {
  const copies = stepsOf(textOf('Dockerfile'))
    .filter(({ instruction, args }) => instruction === 'COPY' && !args.startsWith('--from'))
    .flatMap(({ args }) => args.split(/\s+/).slice(0, -1))
  expect(copies.length).toBeGreaterThan(8)
  for (const path of [...copies, 'src/store/migrations/0000_first.sql', 'config/phrases/id.yaml'])
    expect([path, ignores(textOf('.dockerignore'), path.replace(/\/$/, ''))]).toEqual([path, false])
})
