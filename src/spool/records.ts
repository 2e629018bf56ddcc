// One event, one record: a checksum and the sealed event. Whatever befell the file, each record that is whole is
// found, and nothing is found that was not written.

import { crc32 } from 'node:zlib'
import type { ChannelEvent } from '../channels/channel.ts'
import { eventFromJson, eventToJson } from './event-json.ts'

/** Words in, base64 out, and back; `open` throws for another key. */
export interface Sealing {
  seal(words: string): string
  open(sealed: string): string
}

export interface Records {
  readonly events: readonly ChannelEvent[]
  /** What stands where records should, as it stands there. */
  readonly damaged: readonly string[]
  /** The last write was cut off: nobody was told that it is stored. */
  readonly torn: boolean
}

/** The dot ends it, so that a damaged line break costs no record. */
const RECORD = /([0-9a-f]{8}) ([A-Za-z0-9+/=]+)\.\n?/g
const END = '.\n'

export function recordOf(event: ChannelEvent, sealing: Sealing): string {
  const sealed = sealing.seal(eventToJson(event))
  return `${checksum(sealed)} ${sealed}${END}`
}

/** Throws when whole records do not open: then it is the key that is wrong, not the file. */
export function readRecords(bytes: Buffer, sealing: Sealing): Records {
  const text = bytes.toString('latin1')
  const events: ChannelEvent[] = []
  const damaged: string[] = []
  let read = 0
  for (const match of text.matchAll(RECORD)) {
    const [whole, sum, sealed = ''] = match
    if (sum !== checksum(sealed)) continue
    if (match.index > read) damaged.push(text.slice(read, match.index))
    read = match.index + whole.length
    const event = eventFromJson(opened(sealed, sealing))
    if (event === null) damaged.push(whole)
    else events.push(event)
  }
  const rest = text.slice(read)
  const torn = rest !== '' && !rest.endsWith(END)
  if (rest !== '' && !torn) damaged.push(rest)
  return { events, damaged, torn }
}

function checksum(sealed: string): string {
  return crc32(sealed).toString(16).padStart(8, '0')
}

function opened(sealed: string, sealing: Sealing): string {
  try {
    return sealing.open(sealed)
  } catch (cause) {
    throw new Error(
      'what waits in SPOOL_DIR was sealed with another DATA_KEY; start once with that one',
      { cause },
    )
  }
}
