// What every text message must keep to: a ticket that can be read, few segments, GSM-7, nobody's number in sight.
// Segments are counted by another library's counter, not by our own.

import { expect } from '@jest/globals'
import { SegmentedMessage } from 'sms-segments-calculator'
import type { ApiComplaint } from './gateway.ts'
import type { World } from './world.ts'

/** The first eight digits that stand alone. */
export function ticketIn(body: string | undefined): string {
  const found = body?.match(/(?<!\d)[1-9]\d{7}(?!\d)/)
  if (!found) throw new Error(`no ticket in: ${body}`)
  return found[0]
}

export function sizeOf(body: string): { readonly encoding: string; readonly segments: number } {
  const { encodingName, segmentsCount } = new SegmentedMessage(body)
  return { encoding: encodingName, segments: segmentsCount }
}

/** Replies take at most 2 segments, notices 3, in GSM-7. */
export function expectShort(messages: ApiComplaint['messages']): void {
  const sent = messages.filter(({ direction }) => direction === 'out')
  expect(sent.length).toBeGreaterThan(0)
  for (const { kind, text } of sent) {
    const { encoding, segments } = sizeOf(text ?? '')
    const most = kind === 'reply' ? 2 : 3
    expect({ text, encoding, fits: segments <= most }).toEqual({
      text,
      encoding: 'GSM-7',
      fits: true,
    })
  }
}

/** Neither the API nor the log shows the number; the log shows no words either. */
export function expectNoTrace(
  world: World,
  api: string,
  number: string,
  words: readonly string[],
): void {
  const digits = number.replace(/^\+62/, '')
  expect(api).not.toContain(digits)
  expect(world.printed()).not.toContain(digits)
  for (const word of words) expect(world.printed()).not.toContain(word)
}
