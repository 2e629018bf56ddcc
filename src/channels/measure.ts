// A text as its channel will carry it, and what it costs.
// SMS goes out in GSM-7 wherever the words allow it; chat counts nothing.

import type { ChannelName } from '../message.ts'
import { segmentsOf, toGsm7 } from './text.ts'

export function measure(channel: ChannelName, text: string): { text: string; segments: number } {
  if (channel !== 'sms') return { text, segments: 0 }
  const carried = toGsm7(text)
  return { text: carried, segments: segmentsOf(carried).segments }
}
