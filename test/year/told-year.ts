// A year in a process of its own, as run.ts tells of it. Its table goes to whoever runs the tests.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { YearTold } from './run.ts'
import type { YearParts } from './year.ts'

const RUN = fileURLToPath(new URL('run.ts', import.meta.url))
const LOADER = new URL('../support/swc-loader.mjs', import.meta.url).href
/** Most of what a turn makes is thrown away at once: with more room for it less is moved about. */
const ROOM = '--max-semi-space-size=64'

export async function toldYear(
  parts: Omit<YearParts, 'onSent' | 'onLog' | 'look'>,
): Promise<YearTold> {
  const args = [ROOM, '--import', LOADER, RUN, JSON.stringify(parts)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].on('data', (chunk: Buffer) => {
      said[stream] += chunk
    })
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`the year ended with ${code}:\n${said.stderr.slice(-4_000)}`)
  const told = JSON.parse(said.stdout) as YearTold
  process.stdout.write(`${told.table}\n`)
  return told
}
