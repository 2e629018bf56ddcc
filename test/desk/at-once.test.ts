// Two who act on one case at the same moment: one of them does, and the other is told by whom it was done.

import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deskButton } from '../../src/complaints/desk-button.ts'
import type { StaffRole } from '../../src/complaints/staff.ts'
import type { Address } from '../../src/message.ts'
import { type InProcess, openInProcess } from '../support/in-process.ts'

const KORA: Address = 'sms:+6281340000001'
const TELE: Address = 'sms:+6281340000002'
const BUDI: Address = 'sms:+6281340000003'
const SITI: Address = 'sms:+6281340000004'
const RINA: Address = 'sms:+6281340000005'

let desk: InProcess

beforeEach(async () => {
  desk = await openInProcess()
  await enrol(KORA, 'Kora', 'coordinator', null)
  await enrol(TELE, 'Tele', 'coordinator', null)
  await enrol(BUDI, 'Budi', 'officer', 'DPUPR')
})

afterEach(() => desk.stop())

async function enrol(address: Address, name: string, role: StaffRole, agency: string | null) {
  const code = `C2${name.toUpperCase()}`
  const expiresAt = new Date(desk.now().getTime() + 3_600_000)
  const invitation = { role, agency, name, staffId: null, expiresAt }
  await desk.store.invite({ type: 'invite', code, invitation, by: 'operator' }, desk.now())
  await desk.says(address, `DAFTAR ${code}`)
}

async function filed(text: string): Promise<string> {
  await desk.says(SITI, text)
  const { files } = await desk.store.complaints({ limit: 1 })
  return files[0]?.complaint.ticket ?? ''
}

/** What this address was told last that is no card. */
function told(address: Address): string {
  const texts = desk.sent.filter(({ to }) => to === address).map(({ text }) => text)
  return texts.findLast((text) => !/ (BARU|DIGABUNG|BELUM PUNYA)\b|^Ringkasan /.test(text)) ?? ''
}

async function movesOf(ticket: string): Promise<readonly string[]> {
  const file = await desk.store.caseFile(ticket)
  return (file?.history ?? []).map(({ move, actor }) => `${move} ${actor}`)
}

test('of two coordinators who assign it, one wins and the other hears of whom', async () => {
  const ticket = await filed('lampu jalan mati di gang 5 pekapuran raya')
  await Promise.all([
    desk.says(KORA, `DISPOSISI ${ticket} pupr`),
    desk.says(TELE, `DISPOSISI ${ticket} dlh`),
  ])
  const assigned = (await movesOf(ticket)).filter((move) => move.startsWith('assign'))
  expect(assigned).toHaveLength(1)
  const winner = assigned[0] === 'assign Kora' ? 'Kora' : 'Tele'
  const [won, lost] = winner === 'Kora' ? [KORA, TELE] : [TELE, KORA]
  expect(told(won)).toMatch(`ID ${ticket} diteruskan ke `)
  expect(told(lost)).toMatch(`ID ${ticket}: itu tidak dapat dilakukan sekarang.`)
  expect(told(lost)).toContain(`(oleh ${winner}, `)
})

test.each([
  ['the merge', true],
  ['the update', false],
])(
  'of an update and a merge at the same moment one is made, and the other told: %s first',
  async (_, merging) => {
    const into = await filed('lampu jalan mati di gang 5 pekapuran raya')
    const ticket = await filed('sampah menumpuk di pasar antasari')
    await desk.says(KORA, `DISPOSISI ${ticket} pupr`)
    await desk.says(KORA, `GABUNG ${ticket} ${into}`)
    const pin = /balas (\d{4})/.exec(told(KORA))?.[1] ?? ''
    const both = [
      () => desk.says(KORA, pin),
      () => desk.says(BUDI, `KABAR ${ticket} sudah diangkut`),
    ]
    await Promise.all((merging ? both : both.toReversed()).map((say) => say()))
    const last = (await movesOf(ticket)).at(-1)
    const now = await desk.store.complaint(ticket)
    if (last === 'merge Kora') {
      expect(told(BUDI)).toContain(`ID ${ticket} digabung ke ID ${into} (oleh Kora, `)
      expect(now).toMatchObject({ state: 'merged', mergedInto: into })
    } else {
      // The yes was to a case that lay untouched; what it is now is told first.
      expect(last).toBe('update Budi')
      expect(told(KORA)).toMatch(`ID ${ticket} sementara itu diberi kabar oleh Budi`)
      expect(now).toMatchObject({ state: 'in_progress', mergedInto: null })
    }
  },
)

test('of two officers who accept it, one has it and the other hears of whom', async () => {
  await enrol(RINA, 'Rina', 'officer', 'DPUPR')
  const ticket = await filed('lampu jalan mati di gang 5 pekapuran raya')
  await desk.says(KORA, `DISPOSISI ${ticket} pupr`)
  await Promise.all([desk.says(BUDI, `TERIMA ${ticket}`), desk.says(RINA, `TERIMA ${ticket}`)])
  const accepted = (await movesOf(ticket)).filter((move) => move.startsWith('accept'))
  expect(accepted).toHaveLength(1)
  const winner = accepted[0] === 'accept Budi' ? 'Budi' : 'Rina'
  const [won, lost] = winner === 'Budi' ? [BUDI, RINA] : [RINA, BUDI]
  expect(told(won)).toMatch(`ID ${ticket} diterima.`)
  expect(told(lost)).toContain(`(oleh ${winner}, `)
})

test('of two officers who press at once, one has it and the other hears of whom and when', async () => {
  await enrol(RINA, 'Rina', 'officer', 'DPUPR')
  const ticket = await filed('lampu jalan mati di gang 5 pekapuran raya')
  await desk.says(KORA, `DISPOSISI ${ticket} pupr`)
  const { version } = (await desk.store.complaint(ticket)) ?? { version: 0 }
  const choice = deskButton('accept', { ticket, version })
  await Promise.all([desk.says(BUDI, '', { choice }), desk.says(RINA, '', { choice })])
  const accepted = (await movesOf(ticket)).filter((move) => move.startsWith('accept'))
  expect(accepted).toHaveLength(1)
  const winner = accepted[0] === 'accept Budi' ? 'Budi' : 'Rina'
  const lost = winner === 'Budi' ? RINA : BUDI
  expect(told(lost)).toMatch(
    `Belum dilakukan: ID ${ticket} sementara itu diterima oleh ${winner}, 25/11`,
  )
})
