// The same steps with the real `npm ci` and `npm prune`, as the builder runs them. Needs the package registry.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildIn } from './dockerfile.ts'
import { startBuilt } from './started.ts'

test('installed from the lock file, built and pruned, it starts, is healthy and ends with 0', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-image-'))
  try {
    const image = buildIn(folder, 'real')
    expect(readdirSync(join(image.root, 'app/node_modules'))).not.toContain('typescript')
    const started = await startBuilt(image)
    expect((await fetch(`${started.url}/ready`)).status).toBe(200)
    expect(started.healthcheck()).toBe(0)
    started.process.signal('SIGTERM')
    expect(await started.process.ended(10_000)).toBe(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
