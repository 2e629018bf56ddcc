// Reads the Dockerfile and carries out its steps in plain folders: one folder a stage, in place of a file system.
// Rule: every step is carried out, or is one of those named in `NOT_HERE`; a step of a new kind is an error.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { ROOT } from '../support/gateway-process.ts'
import { ignores } from './dockerignore.ts'
import { textOf } from './files.ts'

export interface Step {
  readonly instruction: string
  readonly args: string
}

export interface Built {
  /** Stands for `/` of the image. */
  readonly root: string
  readonly workdir: string
  readonly env: Readonly<Record<string, string>>
  readonly user: string
  readonly volume: string
  readonly entrypoint: readonly string[]
  readonly cmd: readonly string[]
  readonly healthcheck: readonly string[]
  /** The steps left out, as they stand in the file. */
  readonly leftOut: readonly string[]
}

/** `copied`: in place of `npm ci` and `npm prune`, the packages of this checkout, picked by the lock file. */
export type Install = 'copied' | 'real'

/** What asks for Debian, or for root: packages of the system, and whom a folder belongs to. */
const NOT_HERE = { system: /^apt-get /, owner: / -o node -g node/ } as const

export function stepsOf(text: string): readonly Step[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '')
  return lines.split('\n').flatMap((line) => {
    const [, instruction = '', args = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (instruction === '' && line.trim() !== '') throw new Error(`no Dockerfile line: ${line}`)
    return instruction === '' ? [] : [{ instruction, args }]
  })
}

/** Everything up to the last stage, in `folder`. */
export function buildIn(folder: string, install: Install): Built {
  const context = join(folder, 'context')
  cpSync(ROOT, context, {
    recursive: true,
    filter: (path) => path === ROOT || !ignores(textOf('.dockerignore'), relative(ROOT, path)),
  })
  const stages = new Map<string, Stage>()
  let stage: Stage | null = null
  for (const step of stepsOf(textOf('Dockerfile'))) {
    if (step.instruction === 'FROM') {
      const name = / AS (\w+)$/.exec(step.args)?.[1] ?? 'final'
      stage = emptyStage(join(folder, name))
      stages.set(name, stage)
    } else if (stage !== null) carryOut(stage, step, { context, stages, install })
  }
  if (stage === null) throw new Error('the Dockerfile has no stage')
  const leftOut = [...stages.values()].flatMap((each) => each.leftOut)
  return { ...stage, leftOut }
}

interface Stage {
  readonly root: string
  workdir: string
  readonly env: Record<string, string>
  user: string
  volume: string
  entrypoint: readonly string[]
  cmd: readonly string[]
  healthcheck: readonly string[]
  readonly leftOut: string[]
}

function emptyStage(root: string): Stage {
  mkdirSync(join(root, 'usr/local/bin'), { recursive: true })
  const commands = { entrypoint: [], cmd: [], healthcheck: [] }
  return { root, workdir: '/', env: {}, user: 'root', volume: '', ...commands, leftOut: [] }
}

interface Around {
  readonly context: string
  readonly stages: ReadonlyMap<string, Stage>
  readonly install: Install
}

function carryOut(stage: Stage, { instruction, args }: Step, around: Around): void {
  switch (instruction) {
    case 'WORKDIR':
      stage.workdir = args
      mkdirSync(stage.root + args, { recursive: true })
      return
    case 'ENV':
      for (const [, name = '', value = ''] of args.matchAll(/(\w+)=(\S*)/g)) stage.env[name] = value
      return
    case 'COPY':
      copy(stage, args, around)
      return
    case 'RUN':
      run(stage, args, around)
      return
    case 'USER':
      stage.user = args
      return
    case 'VOLUME':
      stage.volume = args
      return
    case 'EXPOSE':
      return
    case 'ENTRYPOINT':
      stage.entrypoint = JSON.parse(args) as string[]
      return
    case 'CMD':
      stage.cmd = JSON.parse(args) as string[]
      return
    case 'HEALTHCHECK':
      stage.healthcheck = JSON.parse(args.replace(/^.*? CMD /, '')) as string[]
      return
    default:
      throw new Error(`the test cannot carry out ${instruction}`)
  }
}

/** A folder's content goes into the target; files go into the folder that the target names. */
function copy(stage: Stage, args: string, { context, stages }: Around): void {
  const [, from, list = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(args) ?? []
  const sources = list.split(/\s+/)
  const target = join(stage.root, stage.workdir, sources.pop() ?? '')
  const root = from === undefined ? context : stages.get(from)?.root
  if (root === undefined) throw new Error(`COPY from a stage that is not there: ${args}`)
  for (const source of sources) {
    if (source.endsWith('/')) link(join(root, source), target)
    else cpSync(join(root, source), join(target, source))
  }
}

/**
 * Linked instead of copied where the file system can: nothing writes to these files, and nothing deletes
 * through a link. The checkout's own folder may be one.
 */
function link(from: string, to: string): void {
  const source = realpathSync(from)
  mkdirSync(dirname(to), { recursive: true })
  if (spawnSync('cp', ['-al', source, to.replace(/\/$/, '')]).status === 0) return
  cpSync(source, to, { recursive: true, verbatimSymlinks: true })
}

function run(stage: Stage, args: string, { install }: Around): void {
  const cwd = join(stage.root, stage.workdir)
  if (NOT_HERE.system.test(args)) stage.leftOut.push(args)
  else if (install === 'copied' && args === 'npm ci') packagesInto(cwd, () => true)
  else if (install === 'copied' && args === 'npm prune --omit=dev') {
    renameSync(join(cwd, 'node_modules'), join(cwd, 'node_modules.whole'))
    packagesInto(cwd, ({ dev }) => dev !== true)
  } else shell(stage, args, cwd)
}

function shell(stage: Stage, args: string, cwd: string): void {
  if (NOT_HERE.owner.test(args)) stage.leftOut.push(args)
  const command = args
    .replace(NOT_HERE.owner, '')
    .replace(/(^|\s)(\/(?:app|build|usr\/local)\/)/g, `$1${stage.root}$2`)
  const path = [join(stage.root, 'usr/local/bin'), dirname(process.execPath), process.env.PATH]
  const env = { ...process.env, ...stage.env, PATH: path.join(delimiter) }
  const done = spawnSync('sh', ['-euc', command], { cwd, env, encoding: 'utf8' })
  if (done.status !== 0)
    throw new Error(`RUN ${args}: ${done.status}\n${done.stdout}${done.stderr}`)
}

/** This checkout's packages that fit, by the lock file; what is nested in one comes along. */
function packagesInto(cwd: string, fits: (entry: { readonly dev?: boolean }) => boolean): void {
  const { packages } = JSON.parse(readFileSync(join(cwd, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly dev?: boolean }>>
  }
  const from = realpathSync(join(ROOT, 'node_modules'))
  const wanted = Object.entries(packages).flatMap(([path, entry]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1]
    return name !== undefined && fits(entry) && existsSync(join(from, name)) ? [name] : []
  })
  const names = fits({ dev: true }) ? ['.bin', ...wanted] : wanted
  const to = join(cwd, 'node_modules')
  mkdirSync(to)
  // At once: a process for each package would take longer than all else here.
  const linked = spawnSync('cp', ['-al', '--parents', ...names, to], { cwd: from })
  if (linked.status === 0) return
  for (const name of names)
    cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true })
}
