// The real process, as an operator runs it: started, watched, stopped or killed by its own id.
// Rule: whoever starts one sees it end; a process that outlives its test fails it.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { setTimeout as breath } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { said, watchPrinted } from './printed.ts'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const MAIN = join(ROOT, 'dist', 'main.js')

const LAST_WORDS = 8
/** It lives for seconds: what V8 makes faster for later costs a sixth of a start and is hardly ever used. */
const HASTY = '--no-opt'

export interface ProcessOptions {
  readonly args?: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** A module that Node loads first: how a test breaks one part of the built gateway. */
  readonly preload?: string
  /** Another installation than this checkout's dist/. */
  readonly program?: { readonly file: string; readonly cwd: string }
}

export interface GatewayProcess {
  readonly pid: number
  /** All it has printed so far. */
  stdout(): string
  stderr(): string
  /** Resolves with the text that matched; rejects when the process ends or the time runs out. */
  prints(pattern: RegExp, withinMs?: number): Promise<RegExpMatchArray>
  write(text: string): void
  endInput(): void
  signal(name: NodeJS.Signals): void
  alive(): boolean
  /** The exit code, or the signal that ended it. Rejects when it still lives after the time. */
  ended(withinMs?: number): Promise<number | NodeJS.Signals>
}

export function spawnGateway(options: ProcessOptions): GatewayProcess {
  const { args = ['start'], env, preload, program = { file: MAIN, cwd: ROOT } } = options
  const first = preload === undefined ? [] : ['--import', preload]
  const child = spawn(process.execPath, [HASTY, ...first, program.file, ...args], {
    cwd: program.cwd,
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text
    })
  }
  // A killed reader is no fault of the test.
  child.stdin.on('error', () => {})
  const watched = watchPrinted(args)
  const end = exitOf(child).finally(() => watched.end(printed))
  // Whatever becomes of the tests, no gateway stays behind.
  const orphaned = () => void child.kill('SIGKILL')
  process.once('exit', orphaned)
  void end.then(() => process.off('exit', orphaned))
  const both = () => `${printed.stdout}${printed.stderr}`

  async function prints(pattern: RegExp, withinMs = 20_000): Promise<RegExpMatchArray> {
    const found = new Promise<RegExpMatchArray>((resolve) => {
      const look = () => {
        const match = both().match(pattern)
        if (match !== null) resolve(match)
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      look()
    })
    const died = end.then((how) => {
      const match = both().match(pattern)
      if (match !== null) return match
      throw new Error(`the gateway ended (${how}) before it printed ${pattern}:\n${both()}`)
    })
    return within(Promise.race([found, died]), withinMs, () => `no ${pattern} in:\n${both()}`)
  }

  return {
    pid: child.pid ?? 0,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    prints,
    write: (text) => {
      for (const line of text.split('\n')) said(null, line)
      child.stdin.write(text)
    },
    endInput: () => void child.stdin.end(),
    signal: (name) => void child.kill(name),
    alive: () => child.exitCode === null && child.signalCode === null,
    ended: (withinMs = 20_000) =>
      within(end, withinMs, () => `it still runs after ${withinMs} ms:\n${both()}`),
  }
}

async function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  // What it wrote last may still lie in our sockets: accepted, read and answered within a few turns of the event loop.
  for (let turn = 0; turn < LAST_WORDS; turn++)
    await new Promise((resolve) => setImmediate(resolve))
  return code ?? signal ?? 0
}

/** The promise, or an error with `why` once the time is up. */
export async function within<T>(work: Promise<T>, ms: number, why: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`after ${ms} ms: ${why()}`)), ms).unref()
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The first and the longest breath between two questions. */
const BREATH_MS = 25
const LONG_BREATH_MS = 250

/**
 * Asks until the answer fits, with a breath between, since asker and asked share two cores; a longer one each time, since
 * a page of figures costs the asked as much as a message.
 */
export async function eventually<T>(
  ask: () => Promise<T>,
  fits: (answer: T) => boolean,
  withinMs = 15_000,
): Promise<T> {
  const until = Date.now() + withinMs
  for (let ms = BREATH_MS; ; ms = Math.min(ms * 1.3, LONG_BREATH_MS)) {
    const answer = await ask()
    if (fits(answer)) return answer
    if (Date.now() > until) {
      throw new Error(`after ${withinMs} ms still: ${JSON.stringify(answer)}`)
    }
    await breath(ms)
  }
}
