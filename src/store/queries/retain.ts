// Retention: complaints long over are parted from their people; what belongs to no complaint goes after its days.
// In batches, so that nobody waits for it; what a batch may touch is in retain-pages.ts.

import type { RetentionBatch, RetentionCounts, RetentionRules } from '../privacy-port.ts'
import { cutoffsOf, type Key, retainPages } from './retain-pages.ts'
import { type Removals, removals, type SilentAddress } from './retain-removals.ts'
import type { Source } from './source.ts'

const SECTIONS = ['complaints', 'inbox', 'outbox', 'ids', 'receipts', 'addresses'] as const
type Section = (typeof SECTIONS)[number]

export function retainReads(source: Source) {
  const { batch } = batches(source, null)
  return { retainDry: batch }
}

export function retainWrites(source: Source) {
  const { batch } = batches(source, removals(source))
  return { retain: batch }
}

/** `remove` is null where rows are only counted. */
function batches(source: Source, remove: Removals | null) {
  const { pages, isHeld } = retainPages(source)
  const { seal } = source

  async function batch(
    rules: RetentionRules,
    now: Date,
    limit: number,
    from: string | null,
  ): Promise<RetentionBatch> {
    const ms = now.getTime()
    const cutoffs = cutoffsOf(rules, now)
    const { section, at, id } = readCursor(from)
    const page = { limit, at, id }
    switch (section) {
      case 'complaints': {
        const rows = await pages.cases.execute({ ...page, until: cutoffs.closed })
        for (const row of rows) await remove?.complaint(row.id, ms)
        return done(section, rows, limit, { complaints: rows.length })
      }
      case 'inbox': {
        const rows = await pages.inbox.execute({ ...page, until: cutoffs.said })
        for (const row of rows) await remove?.inbound(row, ms)
        return done(section, rows, limit, { messages: rows.length })
      }
      case 'outbox': {
        await remove?.farewells()
        const rows = await pages.outbox.execute({ ...page, until: cutoffs.said })
        for (const row of rows) await remove?.outbound(row.id)
        return done(section, rows, limit, { messages: rows.length })
      }
      case 'ids': {
        const rows = await pages.ids.execute({ ...page, until: cutoffs.erased })
        for (const row of rows) await remove?.providerId(row.id)
        return done(section, rows, limit, { providerIds: rows.length })
      }
      case 'receipts': {
        const rows = await pages.receipts.execute({ ...page, until: cutoffs.said })
        for (const row of rows) await remove?.receipt(row)
        return done(section, rows, limit, { receipts: rows.length })
      }
      case 'addresses': {
        const onDuty = new Set(rules.onDuty.map((address) => seal.digest(address)))
        const until = { until: cutoffs.said, closed: cutoffs.closed, one: 1 }
        return silent(await pages.addresses.execute({ ...page, ...until }), { onDuty, ms, limit })
      }
    }
  }

  async function silent(
    rows: readonly (SilentAddress & { readonly goes: number })[],
    facts: {
      readonly onDuty: ReadonlySet<string>
      readonly ms: number
      readonly limit: number
    },
  ): Promise<RetentionBatch> {
    const { onDuty, ms, limit } = facts
    let addresses = 0
    for (const row of rows) {
      if (Number(row.goes) !== 1 || onDuty.has(row.digest)) continue
      if (await isHeld(row.id)) continue
      addresses++
      await remove?.address(row, ms)
    }
    return done('addresses', rows, limit, { addresses })
  }

  return { batch }
}

const NOTHING: RetentionCounts = {
  complaints: 0,
  messages: 0,
  addresses: 0,
  providerIds: 0,
  receipts: 0,
}

function done(
  section: Section,
  rows: readonly Key[],
  limit: number,
  counts: Partial<RetentionCounts>,
): RetentionBatch {
  const last = rows.at(-1)
  const more = rows.length === limit && last !== undefined
  const next = more
    ? `${section} ${last.at} ${last.id}`
    : (SECTIONS[SECTIONS.indexOf(section) + 1] ?? null)
  return { ...NOTHING, ...counts, next }
}

/** `section`, or `section time id` of the last row that was looked at. */
function readCursor(from: string | null): { readonly section: Section } & Key {
  const [name = 'complaints', at = '0', ...id] = from?.split(' ') ?? []
  const section = SECTIONS.find((one) => one === name)
  if (section === undefined) throw new Error(`"${from}" is no place where retention can go on`)
  return { section, at: Number(at), id: id.join(' ') }
}
