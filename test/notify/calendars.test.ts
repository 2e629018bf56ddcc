// Steps and digests where the clock is not what it was: another list of holidays, summer time, a clock that was set wrong.

import { describe, expect, test } from '@jest/globals'
import type { City } from '../../src/city/city.ts'
import { stepAt } from '../../src/complaints/steps.ts'
import { hourBegan, nextHour } from '../../src/notify/hours.ts'
import { at, filed } from './support/cases.ts'
import { caseOf, makes, openDesk } from './support/desk.ts'
import { ARI, enrols, enrolsCrew, heardOf, RINI } from './support/enrolling.ts'
import { offices } from './support/office.ts'
import { playedChannel } from './support/played-channel.ts'
import { ANA, desks, MORNING, says } from './support/send-desk.ts'
import { town } from './support/town.ts'

const office = offices()
const open = desks()
const LIST = /^Perlu tindakan/

describe('a list of holidays that comes while cases are open', () => {
  const DECEMBER = at('2026-12-28 10.00')
  const withDays = (...days: readonly string[]): City => ({
    ...town,
    calendar: {
      ...town.calendar,
      holidays: new Set([...town.calendar.holidays, ...days]),
      officialYears: new Set([2026, 2027]),
    },
  })

  /** Told on 28 December, in a town without a list for 2027: first follow-up until 4 January. */
  async function estimated() {
    const line = playedChannel('line')
    const desk = await open({ now: DECEMBER, channels: [line] })
    await enrolsCrew(desk)
    const complaint = filed(DECEMBER)
    await desk.store.commitMove({
      now: DECEMBER,
      changes: [{ expectVersion: 0, complaint, events: [], tallies: [] }],
      outbound: [],
    })
    await makes(desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
    await desk.schedule.tick()
    const at8 = async (day: string, city: City) => {
      const next = await openDesk({
        ...{ now: at(`${day} 08.00`), channels: [line], store: desk.store, city },
      })
      const before = line.sent.length
      await next.schedule.tick()
      await next.outbox.drain()
      await next.outbox.stop()
      return heardOf(line, LIST, before)
    }
    return { at8, desk, ticket: complaint.ticket }
  }

  test('moves the pings with the date; none comes twice, and none is left out', async () => {
    const { at8 } = await estimated()
    const later = withDays('2027-01-01', '2027-01-06')
    expect(await at8('2026-12-30', town)).toBe('')
    expect(await at8('2026-12-31', town)).toBe('Ari Beni')
    // The list has come: the date is now the 5th, so the day before it is the 4th.
    expect(await at8('2027-01-01', later)).toBe('')
    expect(await at8('2027-01-04', later)).toBe('Ari Beni Hana')
    expect(await at8('2027-01-05', later)).toBe('Ari Beni Hana')
    expect(await at8('2027-01-06', later)).toBe('')
    expect(await at8('2027-01-07', later)).toBe('Hana Rini')
  })

  test('does not put off a step whose hour has come', async () => {
    const { at8 } = await estimated()
    expect(await at8('2026-12-31', withDays('2027-01-01'))).toBe('Ari Beni')
  })
})

describe('a zone with summer time', () => {
  const berlin: City = {
    ...town,
    zone: 'Europe/Berlin',
    calendar: { ...town.calendar, zone: 'Europe/Berlin', holidays: new Set() },
  }

  /** When, in UTC, somebody heard something like this at the full hours up to the last of these. */
  async function heard(from: string, until: string, like: RegExp) {
    const line = playedChannel('line')
    const desk = await open({ now: new Date(from), channels: [line], city: berlin })
    await enrols(desk, RINI, { name: 'Rini', role: 'coordinator' })
    const complaint = { ...filed(new Date(from)), clocks: [] }
    await says(ANA, desk)
    await desk.store.commitMove({
      now: desk.now(),
      changes: [{ expectVersion: 0, complaint, events: [], tallies: [] }],
      outbound: [],
    })
    const hours: string[] = []
    for (let ms = Date.parse(from); ms <= Date.parse(until); ms += 3_600_000) {
      const hour = new Date(ms).toISOString()
      if (!/T0[5-8]/.test(hour)) continue
      desk.setClock(new Date(ms))
      const before = line.sent.length
      await desk.schedule.tick()
      await desk.outbox.drain()
      if (heardOf(line, like, before) !== '') hours.push(hour.slice(5, 13))
    }
    return hours
  }

  test('a digest comes at eight by the clock on the wall, before and after it is put back', async () => {
    const hours = await heard('2026-10-22T12:00:00Z', '2026-10-27T09:00:00Z', /^Ringkasan/)
    expect(hours).toEqual(['10-23T06', '10-26T07', '10-27T07'])
  })

  test('and before and after it is put forward', async () => {
    const hours = await heard('2026-03-26T12:00:00Z', '2026-03-31T09:00:00Z', /^Ringkasan/)
    expect(hours).toEqual(['03-27T07', '03-30T06', '03-31T06'])
  })

  test('so do the steps of a clock', () => {
    const filedOn = new Date('2026-10-22T08:00:00Z')
    const [verify] = filed(filedOn).clocks
    const clock = { ...verify!, dayZero: '2026-10-22', dueAt: new Date('2026-10-27T15:00:00Z') }
    const steps = [1, 2, 3, 4, 5].map((step) => stepAt(clock, step, berlin.calendar)?.toISOString())
    expect(steps.map((step) => step?.slice(5, 13))).toEqual([
      ...['10-26T07', '10-26T07', '10-28T07', '10-29T07', '11-03T07'],
    ])
  })
})

describe('an hour', () => {
  test('that comes twice is two', () => {
    const [first, second] = ['2026-10-29T20:40:00Z', '2026-10-29T21:40:00Z'].map(
      (moment) => new Date(moment),
    )
    expect(hourBegan(first!, 'Africa/Cairo')).toEqual(new Date('2026-10-29T20:00:00Z'))
    expect(hourBegan(second!, 'Africa/Cairo')).toEqual(new Date('2026-10-29T21:00:00Z'))
    expect(nextHour(first!, 'Africa/Cairo')).toEqual(new Date('2026-10-29T21:00:00Z'))
  })

  test('begins by the clock on the wall, also where that is half an hour off', () => {
    const eight = new Date('2026-11-25T02:47:31Z')
    expect(hourBegan(eight, 'Asia/Kolkata')).toEqual(new Date('2026-11-25T02:30:00Z'))
    expect(nextHour(eight, 'Asia/Kolkata')).toEqual(new Date('2026-11-25T03:30:00Z'))
  })
})

describe('a clock that is set back by a day', () => {
  test('takes no step twice and leaves none out', async () => {
    const it = await office([])
    await enrolsCrew(it.desk)
    const complaint = filed(MORNING)
    await it.file(complaint)
    await makes(it.desk, complaint.ticket, { move: 'assign', agency: 'jalan' })
    const lists = () => it.sentTo(ARI).filter((text) => LIST.test(text)).length
    const heard: string[] = []
    const tick = async (local: string, back = false) => {
      if (back) it.desk.setBack(at(local))
      const before = lists()
      await it.tickAt(local)
      heard.push(`${local.slice(5)} ${lists() - before}`)
    }
    await tick('2026-11-27 08.00')
    await tick('2026-11-30 08.00')
    await tick('2026-11-27 09.00', true)
    await tick('2026-11-30 08.00')
    await tick('2026-11-30 09.00')
    await tick('2026-12-01 08.00')
    expect(heard).toEqual([
      ...['11-27 08.00 1', '11-30 08.00 1', '11-27 09.00 0', '11-30 08.00 0', '11-30 09.00 0'],
      '12-01 08.00 1',
    ])
    const clock = (await caseOf(it.desk, complaint.ticket)).clocks.find(
      ({ name }) => name === 'follow_up',
    )
    expect(clock?.step).toBe(2)
  })
})
