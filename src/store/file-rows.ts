// Rows of a complaint, of its history and of what was said about it become the files of cases.
// Rows of several complaints may lie mixed; each finds its own.

import type { CaseFile, CaseHistory, CaseMessage } from './case-port.ts'
import {
  type ClockRow,
  type ComplaintRow,
  complaintOf,
  type EventRow,
  eventOf,
} from './complaint-rows.ts'
import { CHANNELS, dateOf, OUTBOUND, oneOf } from './rows.ts'

interface HistoryParts {
  readonly clocks: readonly ClockRow[]
  readonly history: readonly { readonly event: EventRow; readonly note: string | null }[]
  readonly joined: readonly { readonly ticket: string; readonly n: number }[]
}

interface FileParts extends HistoryParts {
  readonly heard: readonly Omit<SaidRow, 'kind' | 'status'>[]
  readonly told: readonly SaidRow[]
}

export function filesFrom(rows: readonly ComplaintRow[], parts: FileParts): readonly CaseFile[] {
  const messages = saidIn(parts)
  return historiesFrom(rows, parts).map((file) => ({
    ...file,
    messages: messages
      .filter(({ ticket }) => ticket === file.complaint.ticket)
      .map(({ said }) => said),
  }))
}

export function historiesFrom(
  rows: readonly ComplaintRow[],
  { clocks, history, joined }: HistoryParts,
): readonly CaseHistory[] {
  return rows.map((row) => ({
    complaint: complaintOf(
      row,
      clocks.filter((clock) => clock.ticket === row.ticket),
    ),
    history: history
      .filter(({ event }) => event.ticket === row.ticket)
      .map(({ event, note }) => eventOf(event, note)),
    supporters: Number(joined.find(({ ticket }) => ticket === row.ticket)?.n ?? 0),
  }))
}

/** What the citizens wrote and what they were told, in order of time. */
function saidIn({ heard, told }: Pick<FileParts, 'heard' | 'told'>) {
  const said = [
    ...heard.map((row) => saidOf({ ...row, kind: 'message', status: null })),
    ...told.map(saidOf),
  ]
  return said.sort((a, b) => a.said.at.getTime() - b.said.at.getTime())
}

interface SaidRow {
  readonly ticket: string | null
  readonly at: number
  readonly channel: string
  readonly text: string | null
  readonly kind: string
  readonly status: string | null
}

function saidOf(row: SaidRow): { ticket: string | null; said: CaseMessage } {
  const said: CaseMessage = {
    at: dateOf(row.at),
    direction: row.status === null ? 'in' : 'out',
    kind: row.kind,
    channel: oneOf(CHANNELS, row.channel),
    text: row.text,
    status: row.status === null ? null : oneOf(OUTBOUND, row.status),
  }
  return { ticket: row.ticket, said }
}
