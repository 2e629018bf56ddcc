// Reads the Dockerfile and carries out its steps in plain folders: one folder a stage, in place of a file system.
// Rule: every step is carried out, or is one of those named in `NOT_HERE`; a step of a new kind is an error.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, realpathSync } from 'node:fs'
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
export function buildIn(folder: string): Built {
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
    } else if (stage !== null) carryOut(stage, step, { context, stages })
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
      if (NOT_HERE.system.test(args)) stage.leftOut.push(args)
      else shell(stage, args)
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

function shell(stage: Stage, args: string): void {
  const cwd = join(stage.root, stage.workdir)
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
