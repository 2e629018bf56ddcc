// The rows that belong to a complaint of a full store, table by table: `c` is the complaint, `p` who filed it.
// A column not named here is copied from a row that the gateway itself has stored.

import type { FillDatabase } from './million-database.ts'
import { DAY_MS, factsOf, idAt, type Plan, providerId, spread } from './million-facts.ts'

/** One insert of many: what stands in columns by their SQL name. */
export interface Filling {
  readonly table: string
  readonly columns: Readonly<Record<string, string>>
  /** So many rows a complaint, numbered `k` from 0, as far as `where` lets them. */
  readonly each: number
  readonly where?: string
  /** Which stored row is the template. */
  readonly like?: string
  /** Numbered by the database itself. */
  readonly numbered?: string
}

export function fillings(plan: Plan, db: FillDatabase): readonly Filling[] {
  return [complaints(plan), clocks(plan), ...history(plan), links(plan), ...messages(plan, db)]
}

function complaints(plan: Plan): Filling {
  const { filed, isOpen, state, over, due, event, ...facts } = factsOf(plan)
  const pinned = (pin: string) => `case when ${spread('i', 10, 10)} < 2 then ${pin} end`
  const unlessOpen = (value: string) => `case when ${isOpen} then null else ${value} end`
  const columns = {
    ticket: 'c.ticket',
    version: `case when ${isOpen} then 2 else 4 end`,
    state,
    category: facts.category,
    agency: facts.agency,
    kelurahan: `case when ${spread('i', 8, 4)} > 0 then ${facts.kelurahan} end`,
    lat: pinned(`'-3.3' || ${spread('i', 11, 10_000)}`),
    lon: pinned(`'114.5' || ${spread('i', 12, 10_000)}`),
    text: facts.text,
    rating: unlessOpen(`${spread('i', 13, 5)} + 1`),
    filed_at: filed,
    closed_at: unlessOpen(over),
    ever_assigned: '1',
    due_at: `case when ${isOpen} then ${due} end`,
    touched_at: `case when ${isOpen} then ${filed} + 3600000 else ${over} end`,
    answer_at: `case when ${state} = 'held' then ${filed} end`,
    last_note_event: unlessOpen(`${event} + 2`),
    last_answer_event: unlessOpen(`${event} + 2`),
  }
  return { table: 'complaints', each: 1, columns }
}

function clocks(plan: Plan): Filling {
  const { isOpen, over, due } = factsOf(plan)
  const runs = `(${isOpen} and k = 2)`
  const columns = {
    ticket: 'c.ticket',
    name: `case k when 0 then 'verify' when 1 then 'follow_up' else 'finish' end`,
    status: `case when ${runs} then 'running' else 'met' end`,
    due_at: `case when ${isOpen} then ${due} else ${over} end`,
    // Nothing falls due while figures are taken.
    next_at: `case when ${runs} then ${plan.now} + 7200000 + ${spread('i', 15, 864_000)} * 1000 end`,
  }
  return { table: 'clocks', each: 3, columns }
}

function history(plan: Plan): readonly Filling[] {
  const { filed, isOpen, state, event, text } = factsOf(plan)
  const move = (over: string) => `case when ${isOpen} then 'note' else '${over}' end`
  const columns = {
    id: `${event} + k`,
    ticket: 'c.ticket',
    at: `${filed} + k * 7200000`,
    move: `case k when 0 then 'file' when 1 then 'assign' when 2 then ${move('answer')} else ${move('close')} end`,
    from_state: `case k when 0 then null when 1 then 'received' when 2 then 'assigned' else 'answered' end`,
    to_state: `case k when 0 then 'received' when 1 then 'assigned' when 2 then 'answered' else ${state} end`,
    role: `case k when 0 then 'citizen' else 'officer' end`,
  }
  const note = `'Sudah ditangani petugas di lapangan: ' || ${text}`
  return [
    { table: 'events', each: 4, columns },
    { table: 'notes', each: 1, columns: { event_id: `${event} + 2`, text: note } },
  ]
}

/** One in fifty was joined by somebody else. */
function links(plan: Plan): Filling {
  const { filed } = factsOf(plan)
  const other = '(select b.person from bench_people b where b.n = p.n + 1)'
  const columns = {
    ticket: 'c.ticket',
    person_id: `case k when 0 then p.person else ${other} end`,
    reporter: '1 - k',
    support: 'k',
    linked_at: filed,
    last_word_at: `${filed} + 600000`,
  }
  const where = `k = 0 or (${spread('i', 16, 50)} = 0 and p.n < ${plan.people})`
  return { table: 'links', each: 2, where, columns }
}

/** Three in and three out for two complaints. Of each four, one more message in and one notice belong to none. */
function messages(plan: Plan, db: FillDatabase): readonly Filling[] {
  const { filed, over, state, text, wordsGone } = factsOf(plan)
  const number = '(i * 2 + k)'
  const where = 'k = 0 or i % 2 = 0'
  const loose = '(k = 1 and i % 4 = 0)'
  const ticket = `case when ${loose} then null else c.ticket end`
  const heard = `${filed} + k * 600000`
  const told = `(case k when 0 then ${filed} else ${over} end)`
  const id = idAt(db, told, 2, number)
  const inbox = {
    id: idAt(db, heard, 1, number),
    provider_id: providerId(db, number, 1),
    address_id: 'p.address',
    received_at: heard,
    ticket,
    text: `case when k = 0 then ${text} when not ${loose} then 'STATUS' when ${wordsGone} then null else 'terima kasih' end`,
  }
  const saying = `'Laporan diterima, ID ' || c.ticket || '. Diverifikasi paling lambat 26/11/2026. Cek: STATUS ' || c.ticket || '. Petunjuk: BANTUAN.'`
  const outbox = {
    id,
    address_id: 'p.address',
    lane: `case k when 0 then 'reply' else 'notice' end`,
    kind: `case when k = 1 then 'assigned' when ${state} = 'held' then 'hold' else 'reply' end`,
    ticket,
    text: `case when ${loose} and ${wordsGone} then '' else ${saying} end`,
    created_at: told,
    due_at: told,
    ready_at: `${told} + 60000`,
    expires_at: `${told} + ${DAY_MS}`,
    sent_at: `${told} + 2000`,
    status: `case ${spread(number, 17, 500)} when 0 then 'failed' else 'delivered' end`,
  }
  const attempts = {
    provider_id: providerId(db, number, 5),
    outbound_id: id,
    status: `'delivered'`,
    at: `${told} + 2000`,
  }
  const each = 2
  return [
    { table: 'inbox', like: 'ticket is not null', each, where, columns: inbox },
    { table: 'outbox', like: `status = 'sent'`, each, where, numbered: 'seq', columns: outbox },
    { table: 'attempts', each, where, columns: attempts },
  ]
}
