// Starts and ends what is measured, each on its own core, and plays the provider it sends to.

import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Mode =
  | 'signature'
  | 'row'
  | 'grouped'
  | 'ungrouped'
  | 'telegram'
  | 'polling'
  | 'whatsapp'

export interface Target {
  readonly url: string
  readonly process: ChildProcess
  rss(): Promise<number>
  end(): Promise<void>
}

const SERVER_CORE = '0'
const LOAD_CORE = '1'

/** True when both could be given a core of their own. */
export function pinSelf(): boolean {
  return cpus().length > 1 && pin(process.pid, LOAD_CORE)
}

/** What is started from here on may use all cores. */
export function unpinSelf(): void {
  pin(process.pid, `0-${cpus().length - 1}`)
}

function pin(pid: number, core: string): boolean {
  return spawnSync('taskset', ['-pc', core, String(pid)]).status === 0
}

interface TargetOptions {
  /** In place of a new SQLite file. On PostgreSQL it runs wherever this process may. */
  readonly databaseUrl?: string
  /** Options of node: `--cpu-prof`. */
  readonly execArgv?: readonly string[]
}

export async function startTarget(
  mode: Mode,
  providerUrl: string,
  { databaseUrl, execArgv = [] }: TargetOptions = {},
): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-bench-'))
  const database = databaseUrl ?? `sqlite:${join(folder, 'bench.db')}`
  const child = fork(scriptOf('target'), [mode, database, providerUrl], {
    execArgv: [...execArgv],
  })
  if (child.pid !== undefined && database.startsWith('sqlite:')) pin(child.pid, SERVER_CORE)
  const { port } = await answer<{ port: number }>(child)
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    rss: async () => {
      const answered = answer<{ rss: number }>(child)
      child.send('memory')
      return (await answered).rss
    },
    end: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Messages a second out of a full outbox, or by a plain loop of the same calls. */
export async function drainRate(
  mode: 'bare' | 'drain',
  providerUrl: string,
  messages: number,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-bench-'))
  const database = `sqlite:${join(folder, 'bench.db')}`
  const child = fork(scriptOf('drain-target'), [mode, database, providerUrl, String(messages)])
  if (child.pid !== undefined) pin(child.pid, SERVER_CORE)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const { perSecond } = await answer<{ perSecond: number }>(child)
  await gone
  rmSync(folder, { recursive: true, force: true })
  return perSecond
}

/** Compiled, beside this file. */
function scriptOf(name: string): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url))
}

function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`the target ended with ${code}`)))
  })
}

export interface Provider {
  readonly url: string
  end(): void
}

/** `busy` asks to wait for an hour, so that nothing is sent while turns are counted. */
export async function startProvider(kind: 'busy' | 'ready'): Promise<Provider> {
  let sent = 0
  const server = createServer((req, res) => {
    req.resume().once('end', () => {
      if (kind === 'busy') {
        res.writeHead(429, { 'content-type': 'application/json', 'retry-after': '3600' })
        res.end('{"code":20429,"message":"Too Many Requests","status":429}')
        return
      }
      sent += 1
      res.writeHead(201, { 'content-type': 'application/json' })
      res.end(JSON.stringify({ sid: `SM${sent.toString(16).padStart(32, '0')}`, status: 'queued' }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, end: () => server.close() }
}
