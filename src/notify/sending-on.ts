// Files that came with an answer or an update go on to whose complaint it is, once they are stored.
// The words that told of it went before, and say on SMS that there are files; nobody else gets any.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import { channelOf, type Enclosure, type KeptFile } from '../message.ts'
import type { MediaStore, ToSendOn } from '../store/media-port.ts'
import { FILES_KIND, type NewOutbound } from '../store/outbox-port.ts'
import type { Listener } from '../store/people-port.ts'
import type { Store } from '../store/store.ts'
import { afterQuiet, maybeAnother } from './hours.ts'
import { noticeRow, readersOf } from './outbound-row.ts'
import { type Measure, type Reader, say, sized } from './wording.ts'

export interface SendingOnParts {
  readonly store: Pick<MediaStore, 'toSendOn' | 'sendOn'> & Pick<Store, 'listeners'>
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
}

const PAGE = 100

/** One round; what was overtaken comes again with the next. Whether anything was put into the outbox. */
export function createSendingOn(parts: SendingOnParts): () => Promise<boolean> {
  const { store, city, clock, newId, measure } = parts

  function messagesFor(
    ticket: string,
    files: readonly KeptFile[],
    listeners: readonly Listener[],
  ): readonly NewOutbound[] {
    const now = clock()
    return ownersOf(listeners, ticket).flatMap((reader) => {
      // A number may be somebody else's by now: they read the state alone, and see nothing.
      if (channelOf(reader.address) === 'sms' || maybeAnother(reader, now)) return []
      const worded = sized(reader, say(reader, 'notice_files', { id: ticket }, { city }), {
        measure,
      })
      const facts = { kind: FILES_KIND, ticket, now, dueAt: afterQuiet(now, city), newId }
      const attachments = enclosed(reader, files, city)
      return [{ ...noticeRow(reader, worded, facts), attachments }]
    })
  }

  return async () => {
    const waiting = byTicket(await store.toSendOn(PAGE))
    let told = false
    for (const [ticket, files] of waiting) {
      const listeners = await store.listeners(ticket)
      const rows = messagesFor(
        ticket,
        files.map(({ file }) => file),
        listeners,
      )
      const ids = files.map(({ id }) => id)
      if ((await store.sendOn(ids, rows)) === 'committed' && rows.length > 0) told = true
    }
    return told
  }
}

/** Files as they go to this reader: with what is said where one is gone by then. */
function enclosed(reader: Reader, files: readonly KeptFile[], city: City): readonly Enclosure[] {
  const gone = say(reader, 'attachment_gone', {}, { city })
  return files.map(({ kind, digest, contentType }) => ({ kind, digest, contentType, gone }))
}

/** Whose complaint it is: nobody who joined it, or whose own was merged into it. */
function ownersOf(listeners: readonly Listener[], ticket: string): readonly Listener[] {
  return readersOf(listeners.filter(({ supporter, citizen }) => !supporter && citizen === ticket))
}

function byTicket(files: readonly ToSendOn[]): ReadonlyMap<string, readonly ToSendOn[]> {
  const tickets = new Map<string, readonly ToSendOn[]>()
  for (const file of files) tickets.set(file.ticket, [...(tickets.get(file.ticket) ?? []), file])
  return tickets
}
