// Weeks pass by restarting with a pushed clock: reminders, apology, closing and archiving by silence.
// What was missed while away comes once, and quiet hours hold what can wait. clocks.soak.ts stops at every moment.

import { expect, test } from '@jest/globals'
import { ANI, BUDI, CICI, openWeeks, pings, tells } from '../support/weeks-story.ts'
import { inWorld } from '../support/world.ts'

test('weeks of silence: pings, apology, reminders, archive and closing, each once and at its hour', () =>
  inWorld(async (world) => {
    const weeks = await openWeeks(world)
    const { late, held, answered } = weeks
    const { time, warnings } = JSON.parse((await weeks.gateway().http('/health')).text)
    expect(time).toMatch(/^2026-11-25T10:00.*\+08:00$/)
    expect(warnings.join()).toMatch(/KENTONGAN_CLOCK_OFFSET_MS/)
    // Halfway and the day before the due date coincide.
    expect(await weeks.at('2026-11-27T07:59:00+08:00', 0)).toEqual([])
    expect(await weeks.at('2026-11-27T08:01:00+08:00', 1)).toEqual([
      pings('1 laporan', late, '30/11/2026'),
    ])
    // Away for two working days: what was missed comes once.
    expect(await weeks.at('2026-12-02T08:30:00+08:00', 4)).toEqual([
      pings(late, 'TERLAMBAT'),
      tells(ANI, late, 'belum diverifikasi'),
      tells(BUDI, held, 'menunggu keterangan', '09/12/2026'),
      tells(CICI, answered, 'menunggu tanggapan', '09/12/2026'),
    ])
    expect(await weeks.at('2026-12-09T16:01:00+08:00', 3)).toEqual([
      pings('1 laporan', late, 'TERLAMBAT'),
      tells(BUDI, held, 'diarsipkan'),
      tells(CICI, answered, 'ditutup'),
    ])
    expect(await weeks.gateway().complaint(held)).toMatchObject({ state: 'archived' })
    const { state, history } = await weeks.gateway().complaint(answered)
    expect([state, history.at(-1)]).toEqual([
      'closed',
      expect.objectContaining({ move: 'close', actor: 'system' }),
    ])
    expect(await weeks.gateway().stop()).toBe(0)
  }))
