// What people send to a linked phone, shape by shape.

import { describe, expect, test } from '@jest/globals'
import { mediaHandle, mediaIdOf } from '../../../../src/channels/whatsapp/baileys/media-id.ts'
import { jidOf } from '../../../../src/channels/whatsapp/baileys/people.ts'
import { readMessage } from '../../../../src/channels/whatsapp/baileys/reading.ts'
import { keyOf, LID, NOT_FOR_US, PEOPLE_SEND, PEOPLE_WRITE, PHONE, rawOf } from './shapes.ts'

const parts = { chatKey: keyOf }

describe.each([
  ['people write', PEOPLE_WRITE],
  ['people send', PEOPLE_SEND],
  ['not for us', NOT_FOR_US],
])('%s', (_, shapes) => {
  test.each(shapes)('$name', (shape) => {
    const { message, ignored } = readMessage(rawOf(shape), parts)
    if (typeof shape.becomes === 'string') expect(ignored).toBe(shape.becomes)
    else expect(message).toMatchObject(shape.becomes)
  })
})

test.each([null, undefined, 7, 'x', [], {}, { key: null }, { key: { id: 'x' } }])(
  '%j is no message, and breaks nothing',
  (raw) => expect(readMessage(raw, parts).ignored).toBe('unreadable'),
)

test('who hides the number is known by it once somebody has told it', () => {
  const hidden = { name: '', key: { remoteJid: `${LID}@lid` }, becomes: {} }
  const raw = rawOf({ ...hidden, message: { conversation: 'halo' } })
  const read = readMessage(raw, parts, (lid) => (lid === LID ? PHONE : null))
  expect(read.message?.from).toBe(`whatsapp:${PHONE}`)
  expect(read.person).toEqual({ phone: PHONE, lid: LID })
  expect(read.message?.alsoKnownAs).toEqual([`whatsapp:lid.${LID}`])
})

test('a message brought again is the same one, though the number was told meanwhile', () => {
  const hidden = { name: '', key: { remoteJid: `${LID}@lid` }, becomes: {} }
  const raw = rawOf({ ...hidden, message: { conversation: 'halo' } })
  const idOf = (known: string | null) => readMessage(raw, parts, () => known).message?.providerId
  expect(idOf(PHONE)).toBe(idOf(null))
})

test('the same message read twice is the same message', () => {
  for (const shape of [...PEOPLE_WRITE, ...PEOPLE_SEND])
    expect(readMessage(rawOf(shape), parts)).toEqual(readMessage(rawOf(shape), parts))
})

test('an answer goes to the number, or to the id where there is none', () => {
  expect(jidOf(`whatsapp:${PHONE}`)).toBe(`${PHONE}@s.whatsapp.net`)
  expect(jidOf(`whatsapp:+${PHONE}`)).toBe(`${PHONE}@s.whatsapp.net`)
  expect(jidOf(`whatsapp:lid.${LID}`)).toBe(`${LID}@lid`)
  expect(jidOf('whatsapp:ID.1349')).toBeNull()
  expect(jidOf(`sms:+${PHONE}`)).toBeNull()
})

test('the handle of a file is all that is needed to fetch it', () => {
  const key = new Uint8Array(32).fill(3)
  const id = mediaIdOf('audio', { mediaKey: key, directPath: '/v/a_b.enc?oh=1' } as never)
  const handle = mediaHandle(id)
  expect(handle).toMatchObject({ sentAs: 'audio', path: '/v/a_b.enc?oh=1' })
  expect([...(handle?.key ?? [])]).toEqual([...key])
})

test.each(['', 'x', 'image::/v', 'exe:AAAA:/v', `image:${'A'.repeat(43)}:https://evil.example/`])(
  '%j is no handle of ours',
  (id) => expect(mediaHandle(id)).toBeNull(),
)
