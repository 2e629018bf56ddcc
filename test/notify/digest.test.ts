// The digest of each working morning: to each agency and the coordinators, once, by whichever process lives to send it.

import { describe, expect, test } from '@jest/globals'
import type { Store } from '../../src/store/store.ts'
import { at, filed } from './support/cases.ts'
import { makes, openDesk } from './support/desk.ts'
import { ARI, enrols, enrolsCrew, HANA, heardOf, RINI } from './support/enrolling.ts'
import { DESK, offices } from './support/office.ts'
import { MORNING } from './support/send-desk.ts'

const office = offices()
const DIGEST = /^Ringkasan /

/** One case with the agency, one that nobody has, filed on Monday at ten. */
async function working() {
  const it = await office([])
  await enrolsCrew(it.desk)
  const [theirs, unassigned] = [filed(MORNING), filed(MORNING)]
  await it.file(theirs, unassigned)
  await makes(it.desk, theirs.ticket, { move: 'assign', agency: 'jalan' })
  const digests = (to: Parameters<typeof it.sentTo>[0]) =>
    it.sentTo(to).filter((text) => DIGEST.test(text))
  return { ...it, theirs, digests }
}

describe('at eight of a working morning', () => {
  test('officers and head hear what their agency has open, coordinators what the city has', async () => {
    const it = await working()
    await it.tickAt('2026-11-24 07.59')
    expect(heardOf(it.line, DIGEST)).toBe('')
    await it.tickAt('2026-11-24 08.00')
    expect(heardOf(it.line, DIGEST)).toBe('Ari Beni Hana Rini')
    expect(it.digests(ARI)).toEqual([
      'Ringkasan 24/11/2026: 1 laporan terbuka, 0 jatuh tempo hari ini, 0 terlambat, 0 dijawab kemarin. Balas: TUGAS',
    ])
    expect(it.digests(RINI)).toEqual([
      'Ringkasan 24/11/2026: 2 laporan terbuka, 1 belum didisposisi, 0 jatuh tempo hari ini, 0 terlambat, 0 dijawab kemarin. Balas: TUGAS',
    ])
  })

  test('it tells what is due today, what is late, and on Monday what was answered since Friday', async () => {
    const it = await working()
    await it.tickAt('2026-11-27 08.00')
    expect(it.digests(RINI).at(-1)).toContain('1 jatuh tempo hari ini, 0 terlambat')
    const day = { day: '2026-11-27', agency: 'jalan', measure: 'answered', bucket: 0, n: 1 }
    await it.desk.store.commitMove({
      now: it.desk.now(),
      changes: [
        {
          ...{ expectVersion: 0, complaint: filed(at('2026-11-27 09.00')), events: [] },
          tallies: [day, { ...day, agency: 'air', day: '2026-11-28' }],
        },
      ],
      outbound: [],
    })
    await it.tickAt('2026-11-30 08.00')
    expect(it.digests(ARI).at(-1)).toContain('1 dijawab sejak 27/11/2026')
    expect(it.digests(RINI).at(-1)).toContain('1 terlambat, 2 dijawab sejak 27/11/2026')
  })

  test('not on a holiday, at the weekend, or a second time', async () => {
    const it = await working()
    for (const day of ['24', '26', '28', '29'])
      for (const time of ['08.00', '08.01', '12.00']) await it.tickAt(`2026-11-${day} ${time}`)
    expect(it.digests(ARI)).toHaveLength(1)
  })

  test('a start later in the day sends it late, and none of the days before', async () => {
    const it = await working()
    await it.tickAt('2026-11-30 15.00')
    // What is due tomorrow is not due today, however late in the day it is.
    expect(it.digests(ARI)).toEqual([
      expect.stringContaining('30/11/2026: 1 laporan terbuka, 0 jatuh tempo hari ini, 0 terlambat'),
    ])
    await it.tickAt('2026-12-01 22.00')
    expect(it.digests(ARI)).toHaveLength(1)
  })

  test('an agency that has nothing open hears nothing', async () => {
    const it = await office([])
    await enrols(it.desk, ARI, { name: 'Ari', role: 'officer', agency: 'air' })
    await enrols(it.desk, RINI, { name: 'Rini', role: 'coordinator' })
    await it.file(filed(MORNING))
    await it.tickAt('2026-11-24 08.00')
    expect(heardOf(it.line, DIGEST)).toBe('Rini')
  })

  test('addresses of the settings are there for what is urgent, not for digests', async () => {
    const it = await office([DESK])
    await it.file(filed(MORNING))
    await it.tickAt('2026-11-24 08.00')
    expect(it.sentTo(DESK)).toEqual([])
  })
})

describe('once, whatever happens', () => {
  test('though two processes keep the schedule', async () => {
    const it = await working()
    const other = await it.desk.restart()
    for (const desk of [it.desk, other]) desk.setClock(at('2026-11-24 08.00'))
    await Promise.all([it.desk.schedule.tick(), other.schedule.tick()])
    await Promise.all([it.desk.outbox.drain(), other.outbox.drain()])
    expect(heardOf(it.line, DIGEST)).toBe('Ari Beni Hana Rini')
  })

  test('a process that dies between two of them: the next one sends the rest', async () => {
    const it = await working()
    let calls = 0
    const commitClocks: Store['commitClocks'] = async (...args) => {
      if (args[2]?.hour.startsWith('digest') && ++calls === 2) throw new Error('it ended here')
      return it.desk.store.commitClocks(...args)
    }
    const dying = { ...it.desk.store, commitClocks }
    const other = await openDesk({
      ...{ now: at('2026-11-24 08.00'), channels: [it.line], store: dying },
    })
    await other.schedule.tick()
    await other.outbox.drain()
    await other.outbox.stop()
    expect(it.digests(HANA)).toHaveLength(1)
    expect(it.digests(RINI)).toHaveLength(0)
    await it.tickAt('2026-11-24 08.05')
    expect(heardOf(it.line, DIGEST)).toBe('Ari Beni Hana Rini')
  })

  test('a clock that is set back by a day sends none of that day again', async () => {
    const it = await working()
    await it.tickAt('2026-11-24 08.00')
    await it.tickAt('2026-11-25 08.00')
    const before = it.digests(ARI).length
    const other = await it.desk.restart()
    other.setBack(at('2026-11-24 09.00'))
    await other.schedule.tick()
    await other.outbox.drain()
    expect(it.digests(ARI)).toHaveLength(before)
  })
})
