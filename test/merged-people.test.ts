// Two people's complaints become one: what is confided in one, and who is anonymous in the other, stays so.
// In the whole gateway over a real store.

import { expect, test } from '@jest/globals'
import type { Address } from '../src/message.ts'
import { type InProcess, openInProcess, TOKEN } from './support/in-process.ts'

const BUDI: Address = 'sms:+628115000001'
const SITI: Address = 'sms:+628115000002'
const DESK: Address = 'sms:+628115000009'

interface Told {
  readonly state: string
  readonly detail: string
  readonly messages: readonly { readonly text: string }[]
  readonly history: readonly { readonly move: string; readonly note: string | null }[]
}

/** Budi's complaint, and Siti's, which was merged into it, unless that is refused. */
async function mergedPair(gateway: InProcess, words: { budi: string; siti: string }) {
  const ticketOf = (who: Address) =>
    /\b\d{8}\b/.exec(told(gateway, who).find((text) => /\b\d{8}\b/.test(text)) ?? '')?.[0] ?? ''
  await gateway.says(BUDI, words.budi)
  await gateway.says(SITI, words.siti)
  const [first, own] = [ticketOf(BUDI), ticketOf(SITI)]
  return { first, own, merged: await move(gateway, own, 'merge', { into: first }) }
}

const told = ({ sent }: InProcess, to: Address) =>
  sent.filter((one) => one.to === to).map(({ text }) => text)

async function ask({ url }: InProcess, path: string, body?: object): Promise<Told> {
  const reply = await fetch(`${url}/api/complaints/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
  return (await reply.json()) as Told
}

async function move(gateway: InProcess, ticket: string, name: string, more: object = {}) {
  const made = await ask(gateway, `${ticket}/moves`, { move: name, actor: 'Rini', ...more })
  await gateway.assembly.drain()
  return made
}

test('numbers that somebody anonymous writes to the complaint theirs was merged into are shown to nobody', async () => {
  const gateway = await openInProcess({ COORDINATORS: DESK })
  try {
    const { first } = await mergedPair(gateway, {
      budi: 'lampu jalan mati di gang 5 pekapuran raya',
      siti: 'ANONIM sampah menumpuk di kelayan dalam',
    })
    await gateway.says(SITI, `TAMBAH ${first} hubungi saya di 0812 3456 7890`)
    await gateway.says(BUDI, `TAMBAH ${first} hubungi saya di 0813 9876 5432`)
    const { history, messages } = await ask(gateway, first)
    const notes = history.filter((one) => one.move === 'note').map(({ note }) => note)
    expect(notes).toEqual(['hubungi saya di ****', 'hubungi saya di 0813 9876 5432'])
    expect(JSON.stringify(messages)).not.toMatch(/3456|7890/)
  } finally {
    await gateway.stop()
  }
})

test('of a confidential complaint whoever came by a merge hears where it stands, and no word of it', async () => {
  const gateway = await openInProcess({ COORDINATORS: DESK })
  try {
    const { first, own } = await mergedPair(gateway, {
      budi: 'RAHASIA lampu jalan mati di gang 5 pekapuran raya',
      siti: 'sampah menumpuk di kelayan dalam',
    })
    await move(gateway, first, 'assign', { agency: 'DPUPR' })
    await move(gateway, first, 'update', { note: 'Petugas pungli sudah kami periksa.' })
    await move(gateway, first, 'answer', { note: 'Petugas pungli itu sudah kami pindahkan.' })
    for (const words of [`STATUS ${first}`, `LIHAT ${first}`, 'LIHAT', 'STOP', 'MULAI'])
      await gateway.says(SITI, words)
    const heard = told(gateway, SITI).join('\n')
    expect(heard).toContain(`ID ${first}: sudah dijawab, menunggu tanggapan Anda.`)
    expect(heard).toContain(`digabung dengan ID ${first} yang rahasia`)
    expect(heard).not.toMatch(/pungli/)
    expect(told(gateway, BUDI).join('\n')).toContain('Petugas pungli itu sudah kami pindahkan.')
    expect((await ask(gateway, own)).state).toBe('merged')
  } finally {
    await gateway.stop()
  }
})
