// Two people report the same: the second joins the first's complaint, in the whole gateway over a real store.

import { describe, expect, test } from '@jest/globals'
import type { Address } from '../src/message.ts'
import { type InProcess, openInProcess, TOKEN } from './support/in-process.ts'

const BUDI: Address = 'sms:+628115000001'
const SITI: Address = 'sms:+628115000002'
const DESK: Address = 'sms:+628115000009'

async function inGateway(fact: (gateway: InProcess) => Promise<void>) {
  const gateway = await openInProcess({ COORDINATORS: DESK })
  try {
    await fact(gateway)
  } finally {
    await gateway.stop()
  }
}

const told = ({ sent }: InProcess, to: Address) =>
  sent.filter((one) => one.to === to).map(({ text }) => text)

const ticketIn = (text: string | undefined) => /\b\d{8}\b/.exec(text ?? '')?.[0] ?? ''

async function ask({ url }: InProcess, path: string, body?: object) {
  const reply = await fetch(`${url}/api/complaints/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
  return (await reply.json()) as {
    readonly state: string
    readonly supporters: number
    readonly messages: readonly { readonly text: string }[]
    readonly due: readonly { readonly clock: string }[]
    readonly history: readonly { readonly move: string }[]
  }
}

/** Budi's complaint and Siti's, which joined it. */
async function joinedPair(gateway: InProcess): Promise<readonly [string, string]> {
  await gateway.says(BUDI, 'lampu jalan mati di gang 5 pekapuran raya')
  const first = ticketIn(told(gateway, BUDI)[0])
  await gateway.says(SITI, 'lampu jalan padam di gg 5 kelurahan pekapuran raya')
  const own = ticketIn(told(gateway, SITI)[0])
  await gateway.says(SITI, `DUKUNG ${first}`)
  return [first, own]
}

const move = async (gateway: InProcess, ticket: string, name: string, more: object = {}) => {
  await ask(gateway, `${ticket}/moves`, { move: name, actor: 'Rini', ...more })
  await gateway.assembly.drain()
}

describe('joining a complaint of somebody else', () => {
  test('cancels the own one, counts a supporter, and leaves no trace in the other’s messages', () =>
    inGateway(async (gateway) => {
      const [first, own] = await joinedPair(gateway)
      expect(told(gateway, SITI)[0]).toContain(`ID ${first} dari warga lain`)
      const before = await ask(gateway, first)
      expect([before.supporters, (await ask(gateway, own)).state]).toEqual([1, 'cancelled'])
      expect(before.messages.map(({ text }) => text).join()).not.toMatch(/padam|DUKUNG|mendukung/)
    }))

  test('gives no right to it', () =>
    inGateway(async (gateway) => {
      const [first] = await joinedPair(gateway)
      await move(gateway, first, 'assign', { agency: 'DPUPR' })
      await move(gateway, first, 'answer', { note: 'Sudah diganti.' })
      for (const words of [`PUAS ${first}`, `BELUM ${first} mati`, 'mksh sudah beres, puas', 'YA'])
        await gateway.says(SITI, words)
      expect(await ask(gateway, first)).toMatchObject({ state: 'answered' })
    }))

  test('lets hear of the answer; the time to reply counts from when the reporter has it', () =>
    inGateway(async (gateway) => {
      const [first] = await joinedPair(gateway)
      await move(gateway, first, 'assign', { agency: 'DPUPR' })
      gateway.answer(({ to, id }) =>
        to === BUDI
          ? { outcome: 'rejected', reason: 'no such number' }
          : { outcome: 'accepted', providerIds: [`p-${id}`] },
      )
      await move(gateway, first, 'answer', { note: 'Sudah diganti.' })
      expect(told(gateway, SITI).at(-1)).toBe(
        `Laporan yang Anda dukung, ID ${first}, dijawab Dinas PUPR: Sudah diganti.`,
      )
      expect((await ask(gateway, first)).due.map(({ clock }) => clock)).not.toContain('reply')
    }))

  test('follows it where it is merged, and ends for those who leave', () =>
    inGateway(async (gateway) => {
      const [first] = await joinedPair(gateway)
      await gateway.says(BUDI, 'BANJARMASIN sampah menumpuk di kelayan dalam')
      const other = ticketIn(told(gateway, BUDI).at(-1))
      await move(gateway, first, 'merge', { into: other })
      await move(gateway, other, 'assign', { agency: 'DPUPR' })
      expect(told(gateway, SITI).at(-1)).toContain(`yang Anda dukung, ID ${other}: diteruskan`)
      await gateway.says(SITI, `BATAL ${other}`)
      await move(gateway, other, 'accept')
      expect(told(gateway, SITI).at(-1)).toBe(`Anda tidak lagi mendukung ID ${other}.`)
      expect((await ask(gateway, other)).state).toBe('in_progress')
    }))

  test('is over when it becomes confidential: nothing more is told, and its ticket is unknown', () =>
    inGateway(async (gateway) => {
      const [first] = await joinedPair(gateway)
      await move(gateway, first, 'correct', { confidential: true })
      const before = told(gateway, SITI).length
      await move(gateway, first, 'assign', { agency: 'DPUPR' })
      expect(told(gateway, SITI)).toHaveLength(before)
      await gateway.says(SITI, `STATUS ${first}`)
      await gateway.says(SITI, 'STATUS 10000004')
      const [one, other] = told(gateway, SITI).slice(-2)
      expect(one).toBe(other?.replace('10000004', first))
    }))

  test('is quiet after STOP, and told again after MULAI', () =>
    inGateway(async (gateway) => {
      const [first] = await joinedPair(gateway)
      await gateway.says(SITI, 'STOP')
      const before = told(gateway, SITI).length
      await move(gateway, first, 'assign', { agency: 'DPUPR' })
      expect(told(gateway, SITI)).toHaveLength(before)
      await gateway.says(SITI, 'MULAI')
      expect(told(gateway, SITI).join()).toContain(`yang Anda dukung, ID ${first}: diteruskan`)
    }))

  test('becomes one’s own by the code of HUBUNGKAN', () =>
    inGateway(async (gateway) => {
      const [first] = await joinedPair(gateway)
      await gateway.says(SITI, `HUBUNGKAN ${first}`)
      const code = /\b\d{6}\b/.exec(told(gateway, BUDI).at(-1) ?? '')?.[0] ?? ''
      await gateway.says(SITI, code)
      await gateway.says(SITI, `TAMBAH ${first} tiangnya miring`)
      expect(await ask(gateway, first)).toMatchObject({ supporters: 0 })
      expect((await ask(gateway, first)).history.map(({ move: made }) => made)).toContain('note')
    }))
})
