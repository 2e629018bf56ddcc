// Whatever befell a file of the spool: what is whole is found, nothing is found that was not written.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ChannelEvent } from '../../src/channels/channel.ts'
import { readRecords, recordOf } from '../../src/spool/records.ts'
import { ANA, BUDI, messageFrom, receiptOf, SEALING, sealingWith } from './given.ts'

const EVENTS: readonly ChannelEvent[] = [
  messageFrom(ANA, 'lampu padam'),
  receiptOf('SM-1'),
  messageFrom(BUDI, 'got mampet \u00e9 \u{1f6ae}'),
  messageFrom(ANA, ''),
]
const RECORDS = EVENTS.map((event) => recordOf(event, SEALING))
const FILE = Buffer.from(RECORDS.join(''), 'latin1')
/** Where each record ends. */
const ENDS = RECORDS.map((_, place) => RECORDS.slice(0, place + 1).join('').length)

const read = (bytes: Buffer) => readRecords(bytes, SEALING)

test('what was written is read again, word for word', () => {
  expect(read(FILE)).toEqual({ events: EVENTS, damaged: [], torn: false })
})

test('neither words nor senders stand in it', () => {
  const plain = FILE.toString('latin1')
  expect(plain).not.toMatch(/lampu|padam|628110000001/)
  expect(Buffer.from(plain, 'base64').toString('latin1')).not.toMatch(/lampu|628110000001/)
})

describe('a file', () => {
  test('cut at any byte gives every record that was whole before, and says that its tail is torn', () => {
    for (let length = 0; length <= FILE.length; length++) {
      const { events, damaged, torn } = read(FILE.subarray(0, length))
      // The line break may be missing: the dot before it ends the record.
      const whole = ENDS.filter((end) => end - 1 <= length).length
      expect({ length, events }).toEqual({ length, events: EVENTS.slice(0, whole) })
      expect(damaged).toEqual([])
      expect(torn).toBe(!ENDS.some((end) => end === length || end - 1 === length) && length > 0)
    }
  })

  test('with any byte changed gives every other record, and sets aside or cuts off what is spoilt', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: FILE.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (place, change) => {
          const spoilt = Buffer.from(FILE)
          spoilt[place] = (spoilt[place] ?? 0) ^ change
          const hit = ENDS.findIndex((end) => place < end)
          const others = EVENTS.filter((_, each) => each !== hit)
          const { events, damaged, torn } = read(spoilt)
          // Only the line break is not needed.
          const lost = place !== (ENDS[hit] ?? 0) - 1
          expect(events).toEqual(lost ? others : EVENTS)
          expect(damaged.length + (torn ? 1 : 0)).toBe(1)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('with a piece missing or filled with zeros gives every record outside of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: FILE.length }),
        fc.integer({ min: 1, max: 400 }),
        fc.boolean(),
        (from, length, zeros) => {
          const to = Math.min(FILE.length, from + length)
          const hole = zeros ? Buffer.alloc(to - from) : Buffer.alloc(0)
          const { events } = read(Buffer.concat([FILE.subarray(0, from), hole, FILE.subarray(to)]))
          const outside = EVENTS.filter((_, each) => {
            const [begin, end] = [ENDS[each - 1] ?? 0, ENDS[each] ?? 0]
            return end - 1 <= from || begin >= to
          })
          for (const event of outside) expect(events).toContainEqual(event)
          for (const event of events) expect(EVENTS).toContainEqual(event)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('of any bytes gives no event', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(read(Buffer.from(bytes)).events).toEqual([])
      }),
    )
  })
})

test('another key is told as such, and nothing is set aside', () => {
  expect(() => readRecords(FILE, sealingWith(8))).toThrow(/another DATA_KEY/)
})

test('a record that is whole and no event of ours is set aside', () => {
  const sealed = SEALING.seal('{"v":99}')
  const whole = recordOf(messageFrom(ANA, 'x'), { ...SEALING, seal: () => sealed })
  const { events, damaged } = read(Buffer.from(whole + RECORDS[0], 'latin1'))
  expect(events).toEqual(EVENTS.slice(0, 1))
  expect(damaged).toEqual([whole])
})
