// `export`: complaints of a span of days to standard output, page by page, beside a running gateway.
// The audit trail knows of it before the first row leaves.

import type { OperatorCommand } from '../cli.ts'
import { addDays, instantOf } from '../complaints/clocks.ts'
import { openBeside } from '../store/beside.ts'
import type { FiledQuery } from '../store/case-port.ts'
import { CSV_HEADER, csvLine, exportRow, jsonLine } from './export-rows.ts'
import { givenAll, keyOf } from './given.ts'
import type { ExitCode, Machine } from './machine.ts'

type ExportCommand = Extract<OperatorCommand, { name: 'export' }>

const PAGE = 500

export async function exportComplaints(
  command: ExportCommand,
  machine: Machine,
): Promise<ExitCode> {
  const { settings, city } = givenAll(machine)
  const clock = machine.clockOf(settings.clockOffsetMs)
  const { databaseUrl: url } = settings
  const store = await openBeside({ url, dataKey: keyOf(settings), clock, newId: machine.newId })
  try {
    const { since, until, format } = command
    const detail = JSON.stringify({ since, until, format })
    const whose = { actor: machine.user, ticket: null, personId: null }
    await store.audit({ at: clock(), action: 'export', ...whose, detail })
    const line = format === 'csv' ? csvLine : jsonLine
    if (format === 'csv') await machine.write(CSV_HEADER)
    const span = spanOf(command, city.zone)
    let after: FiledQuery['after'] = null
    for (;;) {
      const page = await store.filedBetween({ ...span, after, limit: PAGE })
      if (page.length > 0)
        await machine.write(page.map((filed) => line(exportRow(filed, city.zone))).join(''))
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return 0
      after = last.complaint
    }
  } finally {
    await store.close()
  }
}

/** Both days included, from midnight to midnight in the city's zone. */
function spanOf(
  { since, until }: ExportCommand,
  zone: string,
): Pick<FiledQuery, 'since' | 'until'> {
  return {
    since: since === null ? new Date(0) : instantOf(since, 0, zone),
    until: until === null ? new Date(8.64e15) : instantOf(addDays(until, 1), 0, zone),
  }
}
