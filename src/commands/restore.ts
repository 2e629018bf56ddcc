// `restore FILE`: asks, puts the copy in place, and says what became of what it replaced.
// Only with the gateway stopped; nothing is replaced before every check has passed and somebody has said yes.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { OperatorCommand } from '../cli.ts'
import type { Contents } from '../store/contents.ts'
import { isPostgres } from '../store/open.ts'
import { openRestore, type Restore } from '../store/restore.ts'
import { createSeal } from '../store/seal.ts'
import { sqlitePath } from '../store/sqlite-file.ts'
import { givenStore, keyOf } from './given.ts'
import type { ExitCode, Machine } from './machine.ts'

type RestoreCommand = Extract<OperatorCommand, { name: 'restore' }>

export async function restore(command: RestoreCommand, machine: Machine): Promise<ExitCode> {
  const { file, yes, resend } = command
  const settings = givenStore(machine)
  if (isPostgres(settings.databaseUrl))
    throw new Error(
      'DATABASE_URL names PostgreSQL, which has its own tool; run: pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE, then what docs/backup.md says of waiting messages',
    )
  const database = sqlitePath(settings.databaseUrl, 'there is nothing to put a copy into')
  const now = machine.clockOf(settings.clockOffsetMs)()
  const seal = createSeal(keyOf(settings))
  const opened = openRestore({ file, database, seal, now, resend })
  try {
    machine.print(`${file}: ${told(opened.copy)}${taken(opened)}`)
    machine.print(`${database}: ${replacedBy(opened)}`)
    if (!yes && !(await agreed(machine))) return 1
    const aside = opened.apply()
    machine.print(`${database} is now the copy.`)
    if (aside !== null)
      machine.print(`The former database is kept as ${aside}; delete it when it is not needed.`)
    machine.print(becameOfWaiting(opened.copy.waiting, resend))
    for (const line of mediaLines(opened, settings.mediaDir)) machine.print(line)
    return 0
  } finally {
    opened.close()
  }
}

async function agreed({ ask, complain }: Machine): Promise<boolean> {
  const answer = await ask('Put the copy in its place? Type yes: ')
  if (answer === null)
    throw new Error(
      'there is no terminal to ask at; give --yes if you mean it. Nothing was changed',
    )
  if (answer.trim().toLowerCase() === 'yes') return true
  complain('Nothing was changed.')
  return false
}

function told({ complaints, newestAt, waiting }: Contents): string {
  const newest = newestAt === null ? '' : `, the newest of ${newestAt.toISOString()}`
  return `${complaints} complaints${newest}; ${waiting} messages waiting`
}

function taken({ copy }: Restore): string {
  return copy.takenAt === null ? '' : `; copied ${copy.takenAt.toISOString()}`
}

function replacedBy({ replaced }: Restore): string {
  if (replaced === null) return 'nothing is there yet'
  if (replaced === 'unreadable')
    return 'cannot be read; it would be kept as it is, under another name'
  return told(replaced)
}

function becameOfWaiting(waiting: number, resend: boolean): string {
  if (resend) return `${waiting} waiting messages will be sent, and so will what came due since.`
  return `${waiting} waiting messages were marked expired: they were most likely sent since the copy was made.`
}

/** Files that the copy lists and that are not there, or not as long as they were. */
function mediaLines({ copy }: Restore, mediaDir: string): readonly string[] {
  const missing = copy.media.filter(
    ({ path, bytes }) => statSync(join(mediaDir, path), { throwIfNoEntry: false })?.size !== bytes,
  )
  if (missing.length === 0) return []
  return [
    `${missing.length} of ${copy.media.length} files of the copy's list are missing in ${mediaDir}:`,
    ...missing.map(({ path, bytes, digest }) => `  ${path} (${bytes} bytes, SHA-256 ${digest})`),
  ]
}
