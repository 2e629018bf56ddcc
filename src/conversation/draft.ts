// A complaint being put together: what messages have said so far, and what is still open.
// One rich message fills everything; whatever it fills is never asked.

import type { City } from '../city/city.ts'
import type { Place } from '../complaints/complaint.ts'
import type { InboundMessage, MediaRef } from '../message.ts'
import { digestOf } from './digest.ts'
import { matter } from './draft-matter.ts'
import { EMPTY_DRAFT, MOST_PARTS } from './draft-state.ts'
import { words } from './lines.ts'
import type { Moment } from './moment.ts'
import type { Draft, Slot } from './state.ts'
import type { Context } from './turn.ts'
import { understand } from './understand/understand.ts'
import type { PlaceReading, Understanding } from './understand/understanding.ts'

/** Without these nothing can be filed. */
const MUST: readonly Slot[] = ['government', 'problem', 'outside']
/** How much of a text the reading looks at; what follows is kept all the same. */
const READ_LENGTH = 1_600

/** What the citizen wrote, without prefix and flags, and to its end. */
export function fullWords({ message, reading }: Pick<Moment, 'message' | 'reading'>): string {
  const { command } = reading
  const read = command === null ? reading.words : command.rest
  const unread = message.text.slice(READ_LENGTH)
  if (unread === '') return read.trim()
  const parted = /\s$/.test(message.text.slice(0, READ_LENGTH))
  return `${read}${parted ? ' ' : ''}${unread}`.trim()
}

export function keptMedia(message: InboundMessage): readonly MediaRef[] {
  return message.media.filter(({ kind }) => kind !== 'sticker')
}

/** A draft out of one message. `near`: a complaint it may be an addition to. */
export function draftFrom(moment: Moment, near: string | null): Draft {
  const { reading, context, message } = moment
  const draft = grown({ ...EMPTY_DRAFT, near, sensitive: reading.sensitive }, moment, reading)
  const { prefixes } = context.city
  const open: Slot[] = []
  if (!draft.urgent) {
    if (prefixes.required && reading.prefix.whose === 'none') open.push('government')
    if (!saysProblem(draft, message, reading)) open.push('problem')
    if (draft.outside !== null) open.push('outside')
  }
  if (draft.categories.length > 0 && reading.asks.includes('category')) open.push('category')
  if (lacksPlace(draft, reading)) open.push('place')
  if (draft.media.length === 0) open.push('photo')
  if (!draft.anonymous && !draft.confidential) open.push('privacy')
  return { ...draft, open: [...open, 'summary'] }
}

/** The draft after one more message of words, pictures or a pin. What it fills is no longer open. */
export function enriched(draft: Draft, moment: Moment): Draft {
  const { message, context } = moment
  const said = [...draft.words, fullWords(moment)].join('\n').trim()
  const whole = understand(said, context.city)
  const next = grown(draft, moment, whole)
  const filled = new Set<Slot>(next.urgent ? MUST : [])
  if (saysProblem(next, message, whole)) filled.add('problem')
  if (next.category !== null && !whole.asks.includes('category')) filled.add('category')
  if (!lacksPlace(next, whole)) filled.add('place')
  if (next.place.lat !== null) filled.add('position')
  if (next.media.length > 0) filled.add('photo')
  if (next.anonymous || next.confidential) filled.add('privacy')
  return { ...next, open: next.open.filter((slot) => !filled.has(slot)) }
}

function grown(draft: Draft, moment: Moment, reading: Understanding): Draft {
  const { message, context } = moment
  const text = fullWords(moment)
  const known = draft.words.some((said) => digestOf(said) === digestOf(text))
  const sensitive = draft.sensitive || reading.sensitive
  return {
    ...draft,
    ...(text === '' || known ? {} : withWords(draft, text, message.providerId)),
    media: withMedia(draft.media, keptMedia(message)),
    parts: [...draft.parts, message.providerId].slice(-MOST_PARTS),
    class: reading.class,
    ...matter(draft, moment, reading),
    ...placed(draft, moment, context.city),
    anonymous: draft.anonymous || moment.reading.asksAnonymous,
    confidential: draft.confidential || moment.reading.asksConfidential || sensitive,
    sensitive,
    urgent: draft.urgent || moment.reading.urgent,
    touchedMs: context.now.getTime(),
  }
}

function withWords({ words, from }: Draft, text: string, id: string) {
  return { words: [...words, text], from: [...words.map((_, at) => from[at] ?? ''), id] }
}

/** An edited message brings its pictures again. */
function withMedia(known: Draft['media'], more: readonly MediaRef[]): Draft['media'] {
  const ids = new Set(known.map(({ id }) => id))
  return [...known, ...more.filter(({ id }) => id === '' || !ids.has(id))]
}

/** With what an edited message shows now; the draft itself where that is in it already. */
export function pictured(draft: Draft, message: InboundMessage): Draft {
  const media = withMedia(draft.media, keptMedia(message))
  if (media.length === draft.media.length) return draft
  return { ...draft, media, open: draft.open.filter((slot) => slot !== 'photo') }
}

function placed(
  draft: Draft,
  { message, reading }: Moment,
  city: City,
): Pick<Draft, 'place' | 'villages' | 'outside'> {
  const pin = message.position
  return {
    place: {
      ...narrowed(draft.place, placeOf(reading.place, city)),
      ...(pin === null ? {} : { lat: pin.lat, lon: pin.lon }),
    },
    villages: reading.place.villages.length > 1 ? [...reading.place.villages] : draft.villages,
    outside: reading.place.villages.length > 0 ? null : (reading.place.outside ?? draft.outside),
  }
}

/** "dekat masjid", said in passing, takes no place away that is known better. */
function narrowed(known: Place, read: ReturnType<typeof placeOf>): Place {
  if (read === null) return known
  if (read.kelurahan !== null || known.kelurahan === null) return { ...known, ...read }
  return { ...known, text: known.text ?? read.text }
}

/** What a reading says of the place; null when it says nothing. */
export function placeOf(
  reading: PlaceReading,
  city: City,
): Pick<Place, 'kelurahan' | 'kecamatan' | 'text'> | null {
  const [only, ...others] = reading.villages
  const village = only !== undefined && others.length === 0 ? villageOf(city, only) : null
  const text = reading.text ?? reading.outside
  if (village === null && reading.district === null && text === null) return null
  return {
    kelurahan: village?.name ?? null,
    kecamatan: village?.district ?? reading.district,
    text,
  }
}

export function villageOf(
  city: City,
  code: string,
): { readonly name: string; readonly district: string } | null {
  for (const district of city.places.districts)
    for (const village of district.villages)
      if (village.code === code) return { name: village.name, district: district.name }
  return null
}

function saysProblem(draft: Draft, message: InboundMessage, reading: Understanding): boolean {
  if (draft.media.some(({ kind }) => kind === 'voice')) return true
  if (draft.words.length === 0)
    return draft.media.length > 0 && (draft.place.lat !== null || message.channel === 'sms')
  return !reading.asks.includes('problem') || reading.intent === 'complaint'
}

function lacksPlace(draft: Draft, reading: Understanding): boolean {
  if (draft.place.lat !== null || draft.place.kelurahan !== null) return false
  return draft.villages.length > 1 || reading.asks.includes('place')
}

/** True when nothing stands in the way of filing it on this channel. */
export function isReady(draft: Draft, { person }: Context): boolean {
  if (draft.open.some((slot) => MUST.includes(slot))) return false
  return person.style === 'sms' || draft.open.length === 0 || draft.urgent || speaksForItself(draft)
}

/** Whether it could be filed as it stands, its questions still open. */
export function isWorthFiling(draft: Draft): boolean {
  return !draft.open.some((slot) => MUST.includes(slot)) || hasOnlyPictures(draft)
}

function hasOnlyPictures(draft: Draft): boolean {
  return draft.words.length === 0 && draft.media.length > 0 && draft.outside === null
}

/** A voice note, or a photo with a pin, whose sender need not type anything. */
function speaksForItself(draft: Draft): boolean {
  if (draft.words.length > 0) return false
  return draft.media.some(({ kind }) => kind === 'voice') || draft.place.lat !== null
}

/** The words to file; for pictures and voices what they are. */
export function wordsToFile(draft: Draft, context: Context): string {
  return draft.words.length > 0 ? draft.words.join('\n') : mediaWords(draft.media, context)
}

/** What stands for words where there are none. */
export function mediaWords(media: readonly MediaRef[], context: Context): string {
  if (media.some(({ kind }) => kind === 'voice')) return words(context, 'words_voice', {})
  if (media.some(({ kind }) => kind === 'photo')) return words(context, 'words_photo', {})
  return words(context, media.length > 0 ? 'words_document' : 'words_pin', {})
}
