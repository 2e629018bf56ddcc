// One attempt at one attachment, by a channel that does what the test says.

import { describe, expect, test } from '@jest/globals'
import type { Channel, MediaResult } from '../../src/channels/channel.ts'
import { createAttempt, sha256 } from '../../src/media/attempt.ts'
import { createPictures } from '../../src/media/picture.ts'
import { type MediaRef, MOST_MEDIA_BYTES } from '../../src/message.ts'
import { VOICE } from './pictures.ts'

const NOW = new Date('2026-11-25T02:00:00Z')
const VOICE_REF: MediaRef = {
  ...({ kind: 'voice', id: 'v', url: '', contentType: null } as const),
  ...{ name: null, bytes: null },
}

function attempt(fetchMedia?: Channel['fetchMedia'], ref: Partial<MediaRef> = {}) {
  const channel = { account: 'telegram', ...(fetchMedia && { fetchMedia }) } as Channel
  const make = createAttempt({ channels: [channel], pictures: createPictures(), timeoutMs: 50 })
  return make({
    ...{ id: 'm', account: 'telegram', ref: { ...VOICE_REF, ...ref }, attempts: 0 },
    ...{ receivedAt: NOW, until: NOW, lease: 'l' },
  })
}
const gives = (result: MediaResult) => () => Promise.resolve(result)
const voice = gives({ outcome: 'fetched', bytes: VOICE })

describe('an attachment', () => {
  test('whose digest is what the provider said is kept', async () => {
    const told = sha256(VOICE).toUpperCase()
    expect(await attempt(voice, { sha256: told })).toMatchObject({ outcome: 'keep' })
  })

  test('whose digest is another is fetched again', async () => {
    expect(await attempt(voice, { sha256: 'f'.repeat(64) })).toEqual({
      outcome: 'retry',
      reason: 'its digest is not what the provider said',
    })
  })

  test('that comes without a byte is fetched again', async () => {
    const nothing = gives({ outcome: 'fetched', bytes: Buffer.alloc(0) })
    expect(await attempt(nothing)).toEqual({ outcome: 'retry', reason: 'an empty answer' })
  })

  test('that is said to be too long is not even asked for', async () => {
    let asked = 0
    const counting = () => {
      asked += 1
      return voice()
    }
    const bytes = MOST_MEDIA_BYTES + 1
    expect(await attempt(counting, { bytes })).toEqual({ outcome: 'refuse', reason: 'too-big' })
    expect(asked).toBe(0)
    expect(await attempt(counting, { bytes: MOST_MEDIA_BYTES })).toMatchObject({ outcome: 'keep' })
  })

  test('that is too long whatever its channel says is not kept', async () => {
    const long = gives({ outcome: 'fetched', bytes: Buffer.alloc(MOST_MEDIA_BYTES + 1) })
    expect(await attempt(long)).toEqual({ outcome: 'refuse', reason: 'too-big' })
  })

  test('of a channel that is off, fails or hangs is fetched again, and nothing it said is told', async () => {
    expect(await attempt()).toEqual({
      outcome: 'retry',
      reason: 'the channel telegram is not on',
    })
    const failing = () => Promise.reject(new Error('https://api.telegram.org/file/bot1:SECRET/x'))
    expect(await attempt(failing)).toEqual({ outcome: 'retry', reason: 'the channel failed' })
    expect(await attempt(() => new Promise(() => {}))).toEqual({
      outcome: 'retry',
      reason: 'ETIMEDOUT',
    })
  })
})
