// Whatever befell a file of the spool: what is whole is found, nothing is found that was not written.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ChannelEvent } from '../../src/channels/channel.ts'
import { readRecords, recordOf } from '../../src/spool/records.ts'
import { ANA, BUDI, messageFrom, receiptOf, SEALING, sealingWith, textOf } from './given.ts'

const EVENTS: readonly ChannelEvent[] = [
  messageFrom(ANA, 'lampu padam'),
  receiptOf('SM-1'),
  messageFrom(BUDI, 'got mampet \u00e9 \u{1f6ae}'),
  messageFrom(ANA, ''),
  { type: 'opt-out', from: BUDI, account: 'line' },
  ...(['member', 'left'] as const).map((state) => ({
    ...({ type: 'group', account: 'line', address: 'telegram:-1001', title: null, state } as const),
    movedTo: state === 'left' ? ('telegram:-1002' as const) : null,
  })),
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

/** Short, since thousands are compared. */
const named = (events: readonly ChannelEvent[]) => events.map((event) => NAMES.get(textOf(event)))
const NAMES = new Map(EVENTS.map((event, place) => [textOf(event), place]))
const ALL = named(EVENTS)

describe('a file', () => {
  test('cut at any byte gives every record that was whole before, and says that its tail is torn', () => {
    for (let length = 0; length <= FILE.length; length++) {
      const { events, damaged, torn } = read(FILE.subarray(0, length))
      // The line break may be missing: the dot before it ends the record.
      const whole = ENDS.filter((end) => end - 1 <= length).length
      const between = length > 0 && !ENDS.some((end) => end === length || end - 1 === length)
      expect([length, named(events), damaged.length, torn]).toEqual([
        length,
        ALL.slice(0, whole),
        0,
        between,
      ])
    }
  })

  test('with any byte changed gives every other record, and sets aside or cuts off what is spoilt', () => {
    for (let place = 0; place < FILE.length; place++) {
      const spoilt = Buffer.from(FILE)
      spoilt[place] = (spoilt[place] ?? 0) ^ (1 + ((place * 7919) % 255))
      const hit = ENDS.findIndex((end) => place < end)
      // Only the line break is not needed.
      const lost = place !== (ENDS[hit] ?? 0) - 1
      const { events, damaged, torn } = read(spoilt)
      expect([place, named(events), damaged.length + (torn ? 1 : 0)]).toEqual([
        place,
        lost ? ALL.filter((each) => each !== hit) : ALL,
        1,
      ])
    }
  })

  test('with a piece missing or filled with zeros gives every record that is still whole, and no other', () => {
    const hole = fc.record({
      from: fc.integer({ min: 0, max: FILE.length }),
      length: fc.integer({ min: 1, max: 400 }),
      zeros: fc.boolean(),
    })
    fc.assert(
      fc.property(hole, ({ from, length, zeros }) => {
        const to = Math.min(FILE.length, from + length)
        const filling = zeros ? Buffer.alloc(to - from) : Buffer.alloc(0)
        const holed = Buffer.concat([FILE.subarray(0, from), filling, FILE.subarray(to)])
        // By its bytes, not by its place: two records that end alike may lose the one or the other by the same hole.
        const whole = ALL.filter((_, each) =>
          holed.includes(FILE.subarray(ENDS[each - 1] ?? 0, (ENDS[each] ?? 0) - 1)),
        )
        expect(named(read(holed).events)).toEqual(whole)
      }),
      { numRuns: 300, examples: [[{ from: 1769, length: 146, zeros: false }]] },
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
