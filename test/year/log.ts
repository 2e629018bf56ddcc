// What a year leaves behind, read as rows from the database itself and kept as it grows: texts of pings are erased in time.
// Nothing of the gateway's own code reads them.

/** Asks the database by SQL with `?` for values, whatever it is. */
export type Ask = (
  sql: string,
  ...values: readonly (string | number | null)[]
) => Promise<readonly Readonly<Record<string, unknown>>[]>

export interface EventRow {
  readonly id: number
  readonly ticket: string
  readonly at: number
  readonly move: string
  readonly from: string | null
  readonly to: string
  readonly role: string
  readonly detail: Readonly<Record<string, unknown>>
}

export interface SentRow {
  readonly seq: number
  readonly address: string
  readonly kind: string
  readonly ticket: string | null
  readonly text: string
  readonly at: number
}

export interface FiledRow {
  readonly ticket: string
  readonly class: string
  readonly category: string | null
  readonly anonymous: boolean
}

interface ClockRow {
  readonly ticket: string
  readonly name: string
  readonly status: string
  readonly due: number
}

/** Somebody on duty at an address, from when to when. */
export interface Enrolled {
  readonly address: string
  readonly role: string
  readonly agency: string | null
  readonly from: number
  /** Null: still. */
  to: number | null
  /** From then on nothing arrives there; null: all does. */
  unreachableFrom: number | null
}

export interface YearLog {
  readonly events: EventRow[]
  readonly sent: SentRow[]
  readonly filed: Map<string, FiledRow>
  readonly enrolled: Enrolled[]
  clocks: readonly ClockRow[]
  states: ReadonlyMap<string, string>
  end: number
}

/** The last rows of the tables that are followed; 0: there is none. */
export interface Newest {
  readonly event: number
  readonly message: number
}

export interface Reader {
  readonly log: YearLog
  /** Takes over what was written since, where there is anything. */
  follow(newest: Newest): Promise<void>
  /** How things stand in the end. */
  finish(now: number): Promise<void>
}

export function createReader(ask: Ask): Reader {
  const log: YearLog = {
    ...{ events: [], sent: [], filed: new Map(), enrolled: [], clocks: [] },
    ...{ states: new Map(), end: 0 },
  }
  let lastEvent = 0
  let lastSent = 0

  async function file(tickets: readonly string[]): Promise<void> {
    if (tickets.length === 0) return
    const rows = await ask(
      `select ticket, class, category, anonymous from complaints where ticket in ('${tickets.join("','")}')`,
    )
    for (const row of rows)
      log.filed.set(String(row.ticket), {
        ...{ ticket: String(row.ticket), class: String(row.class) },
        ...{ category: textOf(row.category), anonymous: Number(row.anonymous) === 1 },
      })
  }

  async function followEvents(): Promise<void> {
    const events = await ask(`select * from events where id > ? order by id`, lastEvent)
    for (const row of events) {
      lastEvent = Number(row.id)
      log.events.push({
        ...{ id: lastEvent, ticket: String(row.ticket), at: Number(row.at) },
        ...{ move: String(row.move), from: textOf(row.from_state), to: String(row.to_state) },
        ...{ role: String(row.role), detail: JSON.parse(String(row.detail)) },
      })
    }
    await file(events.filter(({ move }) => move === 'file').map(({ ticket }) => String(ticket)))
  }

  async function followSent(): Promise<void> {
    const sent = await ask(
      `select seq, address_id, kind, ticket, text, created_at from outbox where seq > ? order by seq`,
      lastSent,
    )
    for (const row of sent) {
      lastSent = Number(row.seq)
      log.sent.push({
        ...{ seq: lastSent, address: String(row.address_id), kind: String(row.kind) },
        ...{ ticket: textOf(row.ticket), text: String(row.text), at: Number(row.created_at) },
      })
    }
  }

  return {
    log,
    async follow({ event, message }) {
      if (event > lastEvent) await followEvents()
      // Where the last ones were erased in a quiet time, their numbers are given again.
      lastSent = Math.min(lastSent, message)
      if (message > lastSent) await followSent()
    },
    async finish(now) {
      log.end = now
      const clocks = await ask('select ticket, name, status, due_at from clocks')
      log.clocks = clocks.map((row) => ({
        ...{ ticket: String(row.ticket), name: String(row.name) },
        ...{ status: String(row.status), due: Number(row.due_at) },
      }))
      const states = await ask('select ticket, state from complaints')
      log.states = new Map(states.map(({ ticket, state }) => [String(ticket), String(state)]))
    },
  }
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value)
}
