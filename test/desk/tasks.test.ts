// What an overseer's list holds: what is late for five working days, from the morning on which its last ping goes.

import { expect, test } from '@jest/globals'
import { instantOf } from '../../src/complaints/clocks.ts'
import type { Address } from '../../src/message.ts'
import { openInProcess } from '../support/in-process.ts'

const OMAR: Address = 'sms:+6281340000011'

test.each([
  // Filed on Wednesday 25 November, to be verified by Monday the 30th.
  ['2026-12-04', 'Tidak ada laporan'],
  ['2026-12-06', 'Tidak ada laporan'],
  ['2026-12-07', 'Tugas 1-1 dari 1'],
  ['2026-12-13', 'Tugas 1-1 dari 1'],
])('on %s it says "%s"', async (day, said) => {
  const desk = await openInProcess()
  try {
    const expiresAt = new Date(desk.now().getTime() + 3_600_000)
    const invitation = { role: 'overseer', agency: null, name: 'Omar', staffId: null } as const
    const invite = { type: 'invite', code: 'OMAR2345', by: 'operator' } as const
    await desk.store.invite({ ...invite, invitation: { ...invitation, expiresAt } }, desk.now())
    await desk.says(OMAR, 'DAFTAR OMAR2345')
    await desk.says('sms:+6281340000012', 'lampu jalan mati di gang 5 pekapuran raya')
    desk.push(instantOf(day, 8, 'Asia/Makassar').getTime() - desk.now().getTime())
    await desk.says(OMAR, 'TUGAS')
    expect(desk.sent.findLast(({ to }) => to === OMAR)?.text).toContain(said)
  } finally {
    await desk.stop()
  }
})
