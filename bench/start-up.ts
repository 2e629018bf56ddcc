// How long the built gateway takes from its start to /ready, and what it weighs when idle.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ACCOUNT_SID, PUBLIC_URL, TOKEN } from './messages.ts'

const RUNS = 3
const PORT = '17089'
const IDLE_MS = 3_000

export interface StartUp {
  /** Milliseconds, median. */
  readonly ms: number
  /** Bytes resident after some seconds of idleness, median. */
  readonly rss: number
}

export async function startUp(): Promise<StartUp> {
  const runs: StartUp[] = []
  for (let run = 0; run < RUNS; run++) runs.push(await once())
  const middle = (of: (run: StartUp) => number) =>
    runs.map(of).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN
  return { ms: middle(({ ms }) => ms), rss: middle(({ rss }) => rss) }
}

async function once(): Promise<StartUp> {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-start-'))
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
  const begun = performance.now()
  const child = spawn(process.execPath, [main, 'start'], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      PORT,
      DATABASE_URL: `sqlite:${join(folder, 'bench.db')}`,
      DATA_KEY: Buffer.alloc(32, 1).toString('base64'),
      PUBLIC_URL,
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_FROM: '+15005550006',
      TWILIO_API_URL: 'http://127.0.0.1:9',
    },
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  try {
    await ready()
    const ms = performance.now() - begun
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    return { ms, rss: residentBytes(child.pid) }
  } finally {
    child.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ready(): Promise<void> {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/ready`).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(
    'the built gateway did not become ready within 20 s; run npm run build and see why',
  )
}

/** As Linux accounts for it; NaN elsewhere. */
function residentBytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1]
  return kilobytes === undefined ? Number.NaN : Number(kilobytes) * 1024
}
