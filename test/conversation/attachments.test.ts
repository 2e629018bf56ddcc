// What is said of an attachment after it was looked at, and where attachments go with the words they came with.

import { describe, expect, test } from '@jest/globals'
import { instantOf } from '../../src/complaints/clocks.ts'
import type { Attachment } from '../../src/conversation/attachment.ts'
import { initialState, readState, type State } from '../../src/conversation/state.ts'
import { MEDIA_REFUSALS, type MediaRef } from '../../src/message.ts'
import { referenceCity } from '../support/city.ts'
import { spokenOrSilent } from './rules.ts'
import { createWorld, type World } from './world.ts'

const { city } = referenceCity()
const SMS = 'sms:+628115000001'
const CHAT = 'telegram:628116000001'
const LAMP = 'lampu jalan mati di depan gang 5'

const open = () => createWorld(city, instantOf('2026-11-25', 10, city.zone))
const photo = (id: string): MediaRef => ({
  ...{ kind: 'photo', id, url: '', contentType: null, name: null, bytes: null },
})
const refused = (reason: (typeof MEDIA_REFUSALS)[number], handle = 'M1'): Attachment => ({
  ...{ id: 'm', account: 'test', kind: 'photo', handle, ticket: null },
  news: { type: 'refused', reason },
})
const stateOf = (world: World, address: typeof SMS | typeof CHAT): State =>
  readState(world.talk(address).state)

describe('an attachment that is not kept', () => {
  test.each(MEDIA_REFUSALS)('because it is %s is told with one sentence of its own', (reason) => {
    const world = open()
    world.say(SMS, { text: LAMP, media: [photo('M1')] })
    const happened = world.attachment(SMS, refused(reason))
    spokenOrSilent(happened.turn)
    expect(happened.replies).toHaveLength(1)
    expect(happened.replies[0]).toMatchObject({ segments: 1, lane: 'reply' })
    expect(happened.replies[0]?.text).toMatch(/^(Lampiran|Foto) Anda .*tetap tercatat\.$/)
  })

  test('says it without a conversation too', () => {
    const world = open()
    const { replies, turn } = world.attachment(CHAT, refused('too-big'))
    expect(replies[0]?.text).toContain('20 MB')
    expect(turn.state).toEqual(initialState)
  })

  test('leaves the draft, and what was asked is asked again behind it', () => {
    const world = open()
    world.say(CHAT, { text: LAMP })
    const before = stateOf(world, CHAT)
    world.say(CHAT, { text: '', media: [photo('M1')] })
    world.say(CHAT, { text: '', media: [photo('M2')] })
    const { replies } = world.attachment(CHAT, refused('unreadable'))
    const { draft } = stateOf(world, CHAT)
    expect(draft?.media.map(({ id }) => id)).toEqual(['M2'])
    expect(draft?.words).toEqual(before.draft?.words)
    expect(replies[0]?.text).toMatch(/^Foto Anda tidak bisa dibuka/)
    expect(replies[0]?.choices).not.toEqual([])
  })

  test('is not told to somebody who is blocked', () => {
    const world = open()
    world.talk(SMS).blockedAt = world.now
    const { turn, replies } = world.attachment(SMS, refused('lost'))
    expect(turn.effects).toEqual([{ type: 'silent', reason: 'blocked' }])
    expect(replies).toEqual([])
  })
})

test('what came with words that were asked about goes with them to the complaint that is chosen', () => {
  const world = open()
  world.say(SMS, { text: `${LAMP} kelurahan pekapuran raya` })
  world.say(SMS, { text: 'air pdam mati di depan gang 3 kelurahan sungai jingah' })
  world.now = new Date(world.now.getTime() + 3_600_000)
  world.say(SMS, { text: 'ini sudah dua minggu', media: [photo('M7')] })
  expect(stateOf(world, SMS).question?.type).toBe('which')
  const { turn } = world.say(SMS, { text: '1' })
  const attach = turn.effects.find(({ type }) => type === 'attach')
  const move = turn.effects.find(({ type }) => type === 'move')
  expect(attach).toMatchObject({ media: [{ id: 'M7' }] })
  expect(attach).toMatchObject({ ticket: move && 'ticket' in move ? move.ticket : null })
})
