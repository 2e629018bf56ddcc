// The schedule: each step stands alone, two rounds never run at once, and it starts by itself.

import { afterEach, describe, expect, test } from '@jest/globals'
import type { Calendar } from '../../src/complaints/clocks.ts'
import type { Address } from '../../src/message.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, type Desk, makes, message, openDesk, writes } from './support/desk.ts'
import { playedChannel } from './support/played-channel.ts'
import { town } from './support/town.ts'

const ANA: Address = 'sms:+628111111111'
const BUDI: Address = 'sms:+628222222222'
const MONDAY = at('2026-11-23 10.00')
const open: Desk[] = []

afterEach(async () => {
  for (const desk of open.splice(0)) {
    await desk.schedule.stop()
    await desk.outbox.stop()
    await desk.store.close().catch(() => {})
  }
})

async function desk(options: Partial<Parameters<typeof openDesk>[0]> = {}): Promise<Desk> {
  const opened = await openDesk({ now: MONDAY, channels: [], ...options })
  open.push(opened)
  return opened
}

describe('conversations', () => {
  test('one that asked to be woken is woken when its moment has come', async () => {
    const d = await desk()
    await writes(d, ANA, { wakeAt: at('2026-11-23 12.00') })
    d.setClock(at('2026-11-23 11.59'))
    await d.schedule.tick()
    expect(d.timeouts).toEqual([])
    d.setClock(at('2026-11-23 12.00'))
    await d.schedule.tick()
    expect(d.timeouts).toEqual([ANA])
  })

  test('one that cannot be woken does not keep the next from waking', async () => {
    const woken: Address[] = []
    const onTimeout = async (address: Address) => {
      if (address === ANA) throw new Error('stuck')
      woken.push(address)
    }
    const d = await desk({ onTimeout })
    await writes(d, ANA, { wakeAt: MONDAY })
    await writes(d, BUDI, { wakeAt: MONDAY })
    await d.schedule.tick()
    expect(woken).toEqual([BUDI])
    expect(d.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})

describe('a round', () => {
  test('a step that fails is logged, and the others are done', async () => {
    const line = playedChannel('line')
    const d = await desk({ channels: [line] })
    await writes(d, ANA, { outbound: (to) => [message(d, to)] })
    const broken = await openDesk({
      now: MONDAY,
      channels: [line],
      store: {
        ...d.store,
        expire: () => Promise.reject(new Error('no')),
        dueClocks: () => Promise.reject(new Error('no')),
      },
    })
    await broken.schedule.tick()
    await broken.outbox.drain()
    expect(line.sent).toHaveLength(1)
    expect(broken.logged.filter(({ level }) => level === 'error')).toHaveLength(2)
    await broken.outbox.stop()
  })

  test('a second tick waits for the first instead of running beside it', async () => {
    const d = await desk()
    let rounds = 0
    const counting = await openDesk({
      now: MONDAY,
      channels: [],
      store: {
        ...d.store,
        expire: async (now) => {
          rounds += 1
          return d.store.expire(now)
        },
      },
    })
    await Promise.all([counting.schedule.tick(), counting.schedule.tick()])
    expect(rounds).toBe(1)
    await counting.outbox.stop()
  })

  test('what waited too long is expired', async () => {
    const d = await desk()
    await writes(d, ANA, { outbound: (to) => [message(d, to)] })
    d.setClock(at('2026-11-24 10.01'))
    await d.schedule.tick()
    expect((await d.store.counts(d.now())).expired).toBe(1)
  })

  test('after the start it ticks by itself within 5 s, and not after the stop', async () => {
    let ticked = () => {}
    const tick = new Promise<void>((resolve) => {
      ticked = resolve
    })
    const d = await desk({ onTimeout: async () => ticked() })
    await writes(d, ANA, { wakeAt: MONDAY })
    d.schedule.start()
    const late = new Promise((_, reject) =>
      setTimeout(() => reject(new Error('late')), 5_000).unref(),
    )
    await Promise.race([tick, late])
    await d.schedule.stop()
    await writes(d, BUDI, { wakeAt: MONDAY })
    await d.schedule.tick()
    expect(d.timeouts).toEqual([])
  })
})

describe('a new list of holidays', () => {
  const DECEMBER = at('2026-12-28 10.00')
  const withList = (days: readonly string[]): Calendar => ({
    ...town.calendar,
    holidays: new Set([...town.calendar.holidays, ...days]),
    officialYears: new Set([2026, 2027]),
  })

  async function estimated() {
    const d = await desk({ now: DECEMBER })
    const complaint = filed(DECEMBER)
    await writes(d, ANA, { files: [complaint] })
    await makes(d, complaint.ticket, { move: 'assign', agency: 'jalan' })
    await d.schedule.tick()
    const { ticket } = complaint
    const due = async (city: typeof town) => {
      const next = await openDesk({ now: DECEMBER, channels: [], store: d.store, city })
      await next.schedule.tick()
      await next.outbox.stop()
      const clock = (await caseOf(d, ticket)).clocks.find(({ name }) => name === 'follow_up')
      return { dueAt: clock?.dueAt, estimate: clock?.estimate }
    }
    return { due }
  }

  test('open clocks that were an estimate are counted anew', async () => {
    const { due } = await estimated()
    expect(await due(town)).toEqual({ dueAt: at('2027-01-04 16.00'), estimate: true })
    const calendar = withList(['2027-01-01'])
    expect(await due({ ...town, calendar })).toEqual({
      dueAt: at('2027-01-05 16.00'),
      estimate: false,
    })
  })

  test('no date that was told comes earlier', async () => {
    const { due } = await estimated()
    const longer = withList(['2027-01-01', '2027-01-04'])
    expect((await due({ ...town, calendar: longer })).dueAt).toEqual(at('2027-01-06 16.00'))
    expect((await due({ ...town, calendar: withList([]) })).dueAt).toEqual(at('2027-01-06 16.00'))
  })
})
