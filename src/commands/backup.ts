// `backup FILE`: a copy of the SQLite database while the gateway runs, and what the operator must know of it.
// PostgreSQL has its own tool, which is named.

import type { OperatorCommand } from '../cli.ts'
import { backUp } from '../store/backup.ts'
import { isPostgres } from '../store/open.ts'
import { sqlitePath } from '../store/sqlite-file.ts'
import { givenStore } from './given.ts'
import type { ExitCode, Machine } from './machine.ts'

export async function backup(
  { file }: Extract<OperatorCommand, { name: 'backup' }>,
  machine: Machine,
): Promise<ExitCode> {
  const { databaseUrl, mediaDir, clockOffsetMs } = givenStore(machine)
  if (isPostgres(databaseUrl))
    throw new Error(
      'DATABASE_URL names PostgreSQL, which has its own tool; run: pg_dump --format=custom --file=FILE "$DATABASE_URL"',
    )
  const database = sqlitePath(databaseUrl, 'there is nothing to copy')
  const now = machine.clockOf(clockOffsetMs)()
  const { contents, bytes, media } = await backUp({ database, file, mediaDir, now })
  const { complaints, waiting } = contents
  machine.print(`${file}: ${bytes} bytes, ${complaints} complaints, ${waiting} messages waiting`)
  const inMedia = media.reduce((sum, one) => sum + one.bytes, 0)
  machine.print(
    media.length === 0
      ? `${mediaDir} holds no files; the list in the copy is empty`
      : `${mediaDir}: ${media.length} files (${inMedia} bytes) are listed in the copy, not held by it; copy the folder too`,
  )
  machine.print(
    'DATA_KEY is not in the copy. Keep it apart: without it nobody in the copy can be answered.',
  )
  return 0
}
