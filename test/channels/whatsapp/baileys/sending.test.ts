// Messages out: one after another at the pace of a person, only to those who wrote, and what is made of each answer.

import { describe, expect, test } from '@jest/globals'
import { createPace } from '../../../../src/channels/whatsapp/baileys/pace.ts'
import {
  createResending,
  LONGEST_TEXT,
} from '../../../../src/channels/whatsapp/baileys/resending.ts'
import { createSending, messageId } from '../../../../src/channels/whatsapp/baileys/sending.ts'
import type { Said } from '../../../../src/channels/whatsapp/baileys/session-port.ts'
import type { OutboundMessage } from '../../../../src/message.ts'
import { PHONE as CITIZEN } from './shapes.ts'

const TO = `whatsapp:${CITIZEN}` as const
const outbound = (more: Partial<OutboundMessage> = {}): OutboundMessage => ({
  ...{ id: 'm-1', to: TO, text: 'Laporan diterima.', choices: [], attachments: [], nextPart: 0 },
  ...more,
})

interface Line {
  readonly said: { readonly jid: string; readonly text: string; readonly id: string }[]
  readonly waits: number[]
  readonly send: ReturnType<typeof createSending>
}

function line(answers: readonly Said[] = [], hasWritten = true, isOpen = true): Line {
  const said: { jid: string; text: string; id: string }[] = []
  const waits: number[] = []
  const send = createSending({
    session: () =>
      isOpen
        ? {
            uploadDesk: async () => ({ hosts: [], auth: '' }),
            say: async (jid, saying, id) => {
              said.push({ jid, text: saying.conversation ?? '', id })
              return answers[said.length - 1] ?? { type: 'acked', error: null }
            },
          }
        : null,
    pace: createPace(
      () => 0,
      () => 0,
    ),
    health: { said: () => {} },
    hasWritten: async () => hasWritten,
    readMedia: async () => null,
    upload: async () => ({ type: 'failed', why: 'nothing is uploaded here' }),
    resending: { keep: () => {} },
    wait: async (ms) => void waits.push(ms),
  })
  return { said, waits, send }
}

test('a message goes to the number, under an id that is always the same for it', async () => {
  const { send, said } = line()
  const id = messageId('m-1', 0, 'Laporan diterima.')
  expect(await send(outbound())).toEqual({ outcome: 'accepted', providerIds: [id] })
  await send(outbound())
  expect(said.map((one) => one.id)).toEqual([id, id])
  expect(said[0]).toMatchObject({ jid: `${CITIZEN}@s.whatsapp.net`, text: 'Laporan diterima.' })
  expect(messageId('m-1', 1, 'Laporan diterima.')).not.toBe(id)
})

test('a long text goes in numbered parts, at the pace of a person', async () => {
  const { send, said, waits } = line()
  const words = 'jalan rusak '.repeat(800).trim()
  const result = await send(outbound({ text: words }))
  expect(said.length).toBe(3)
  expect(said.every(({ text }) => text.length <= LONGEST_TEXT)).toBe(true)
  expect(result).toMatchObject({ outcome: 'accepted', providerIds: said.map(({ id }) => id) })
  expect(waits).toEqual([1_000, 2_000])
})

test('a clock that is set back keeps nobody waiting', () => {
  let now = Date.parse('2026-03-16T01:00:00Z')
  const { slot } = createPace(
    () => now,
    () => 0,
  )
  slot('a', 4_000)
  now -= 86_400_000
  expect(slot('a', 4_000)).toEqual({ type: 'given', inMs: 0 })
  expect(slot('a', 4_000)).toEqual({ type: 'given', inMs: 1_000 })
})

test('what stopped after a part goes on with the next one', async () => {
  const words = 'jalan rusak '.repeat(800).trim()
  const { send, said } = line([{ type: 'acked', error: null }, { type: 'silent' }])
  expect(await send(outbound({ text: words }))).toMatchObject({ outcome: 'partly', nextPart: 1 })
  const later = line()
  await later.send(outbound({ text: words, nextPart: 1 }))
  expect(later.said.map(({ id }) => id).slice(0, 1)).toEqual([said[1]?.id])
  expect(later.said).toHaveLength(2)
})

test('who has not written to this number is not written to', async () => {
  const { send, said } = line([], false)
  expect(await send(outbound())).toEqual({ outcome: 'window-closed' })
  expect(said).toEqual([])
})

test('without a connection it waits in the outbox', async () => {
  expect(await line([], true, false).send(outbound())).toMatchObject({ outcome: 'retry' })
})

test.each([
  [{ type: 'silent' }, 'unknown'],
  [{ type: 'unsent', why: '428' }, 'retry'],
  [{ type: 'acked', error: '463' }, 'rejected'],
  [{ type: 'acked', error: '404' }, 'rejected'],
  [{ type: 'acked', error: '479' }, 'retry'],
  [{ type: 'acked', error: '429' }, 'throttled'],
  [{ type: 'acked', error: '999' }, 'retry'],
] as const)('%j is %s', async (said, outcome) => {
  expect(await line([said]).send(outbound())).toMatchObject({ outcome })
})

test('an address of another channel is refused', async () => {
  expect(await line().send(outbound({ to: 'sms:+6281' }))).toMatchObject({ outcome: 'rejected' })
})

describe('a phone that asks for a message again', () => {
  const words = 'jalan rusak '.repeat(800).trim()

  test('is given the part it asked for, and of what was erased nothing', async () => {
    const { again } = createResending(async (id) =>
      id === 'second' ? { text: words, part: 1, files: 0 } : null,
    )
    expect((await again('second'))?.conversation).toMatch(/^\(2\/3\) /)
    expect(await again('erased')).toBeNull()
  })

  test('is given a file while it is remembered, and the words behind it', async () => {
    const parts: Record<string, number> = { file: 0, words: 1 }
    const { keep, again } = createResending(async (id) => ({
      ...{ text: 'Sudah dibaiki.', part: parts[id] ?? 0, files: 1 },
    }))
    expect(await again('file')).toBeNull()
    keep('file', { imageMessage: { directPath: '/x' } })
    expect(await again('file')).toEqual({ imageMessage: { directPath: '/x' } })
    expect(await again('words')).toEqual({ conversation: 'Sudah dibaiki.' })
  })
})
