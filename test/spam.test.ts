// Link spam and prize scams in the whole gateway: filed, archived at once, and forwarded to nobody.

import { expect, test } from '@jest/globals'
import type { Address } from '../src/message.ts'
import { openInProcess, TOKEN } from './support/in-process.ts'

const SPAMMER: Address = 'sms:+628115000001'
const DESK: Address = 'sms:+628115000009'

test('spam is archived with its ticket told, is heard of by nobody, and can be restored', async () => {
  const { url, says, sent, assembly, stop } = await openInProcess({ COORDINATORS: DESK })
  const ask = async (path: string, body?: object) => {
    const reply = await fetch(`${url}/api/complaints${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    return (await reply.json()) as Record<string, unknown>
  }
  try {
    await says(SPAMMER, 'SELAMAT nomor anda menang undian 100 juta klik http://hadiah-resmi.xyz')
    await assembly.drain()
    const [ticket = ''] = /\b\d{8}\b/.exec(sent[0]?.text ?? '') ?? []
    const history = (await ask(`/${ticket}`)).history as { move: string; actor: string }[]
    expect(history.map(({ move, actor }) => [move, actor])).toEqual([
      ['file', 'citizen'],
      ['archive', 'system'],
    ])
    expect(sent.map(({ to }) => to)).toEqual([SPAMMER])
    await says(SPAMMER, `STATUS ${ticket}`)
    expect(sent.at(-1)?.text).toContain('diarsipkan, tidak diproses: dinilai sebagai spam')
    const restored = { move: 'restore', actor: 'Rini' }
    expect(await ask(`/${ticket}/moves`, restored)).toMatchObject({ state: 'received' })
  } finally {
    await stop()
  }
})
