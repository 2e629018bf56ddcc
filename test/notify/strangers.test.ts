// What waited for somebody whose number the provider came to doubt: where the case stands goes, and nothing else.

import { describe, expect, test } from '@jest/globals'
import { measure } from '../../src/channels/measure.ts'
import type { Address } from '../../src/message.ts'
import { newestState } from '../../src/notify/newest-state.ts'
import { DOUBTED_MS } from '../../src/store/people-port.ts'
import { filed, listener } from './support/cases.ts'
import { type Desk, makes, writes } from './support/desk.ts'
import { playedChannel } from './support/played-channel.ts'
import { desks, later, MORNING, says, texts } from './support/send-desk.ts'
import { town } from './support/town.ts'

const open = desks()
const CHAT: Address = 'whatsapp:628111111111'
const WORDS = 'Ibu Ana, tiang di depan rumah Anda sudah diganti'

/** Ana files by WhatsApp; an answer to her waits while the provider gives her number to somebody else. */
async function waitingAnswer() {
  const chat = playedChannel('line', undefined, 'whatsapp')
  const desk = await open({ channels: [chat] })
  const complaint = filed(MORNING)
  const { ticket } = complaint
  await writes(desk, CHAT, { files: [complaint] })
  await makes(desk, ticket, { move: 'assign', agency: 'jalan' })
  await desk.outbox.drain()
  await makes(desk, ticket, { move: 'answer', note: WORDS })
  return { desk, chat, ticket, before: chat.sent.length }
}

/** The first turn of whoever has the number now. */
async function another(desk: Desk): Promise<void> {
  desk.setClock(later(60))
  await writes(desk, CHAT, { doubts: true })
}

describe('a notice that waited while its number was doubted', () => {
  test('goes without its words, before whoever has it now has written and after', async () => {
    for (const heard of [false, true]) {
      const { desk, chat, ticket, before } = await waitingAnswer()
      await desk.store.doubtAddress(CHAT, desk.now())
      if (heard) await another(desk)
      await desk.outbox.drain()
      const [told, ...more] = texts(chat.sent.slice(before))
      expect(more).toEqual([])
      expect(told).toContain(ticket)
      expect(told).not.toMatch(/tiang|Ana/)
    }
  })

  test('keeps its words where the same person has written since', async () => {
    const { desk, chat, before } = await waitingAnswer()
    desk.setClock(later(60))
    await writes(desk, CHAT)
    await desk.outbox.drain()
    expect(texts(chat.sent.slice(before)).join()).toContain('tiang')
  })

  test('with files does not go, nor does a reply to whoever had it', async () => {
    const { desk, chat, ticket, before } = await waitingAnswer()
    await says(CHAT, desk, { kind: 'files', lane: 'notice', ticket, text: 'foto' })
    await says(CHAT, desk, { kind: 'reply', lane: 'reply', text: 'Draf Anda: tiang roboh' })
    await desk.store.doubtAddress(CHAT, desk.now())
    await another(desk)
    await desk.outbox.drain()
    expect(texts(chat.sent.slice(before)).join()).not.toMatch(/foto|Draf/)
    expect(chat.sent).toHaveLength(before + 1)
  })
})

test('MULAI from a number in doubt tells where a case stands, not the answer that was missed', () => {
  const answered = { ...filed(MORNING), state: 'answered', clocks: [] } as const
  const toldOf = (lastWordAt: Date) => {
    const one = { complaint: answered, lastAnswer: WORDS, lastNote: null, lastWordAt }
    const facts = { city: town, measure, now: MORNING, newId: () => 'id' }
    return newestState(listener('1'), [one], new Set(), facts).map(({ text }) => text)
  }
  expect(toldOf(MORNING)[0]).toContain('tiang')
  expect(toldOf(new Date(DOUBTED_MS))[0]).not.toMatch(/tiang/)
})
