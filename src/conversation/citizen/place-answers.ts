// Answers to "where exactly?" about a complaint that is already filed: goes to that ticket, no keyword needed.
// Any words that are no matter of their own are the place; a name that fits several kelurahan is asked back.

import type { Complaint, Place } from '../../complaints/complaint.ts'
import { hasMatter } from '../belongs.ts'
import { moveOr } from '../case-words.ts'
import { choicesOf, picked } from '../choices.ts'
import { fullWords, mediaWords, placeOf, villageOf } from '../draft.ts'
import { forDesk, line, words } from '../lines.ts'
import { findCase, type Moment, type Outcome } from '../moment.ts'
import type { Question } from '../state.ts'
import type { Context } from '../turn.ts'
import { villagesLike } from '../understand/places-like.ts'
import { villageByPart } from '../village-by-part.ts'

type PlaceQuestion = Extract<Question, { type: 'place' | 'village' }>

export function placeAnswer(moment: Moment, question: PlaceQuestion): Outcome | null {
  const { context, message } = moment
  const found = findCase(context, question.ticket)
  if (found === null) return null
  if (question.type === 'village') {
    const choice =
      picked(moment, choicesOf(context, question)) ??
      villageByPart(context, question.villages, message.text)
    if (choice === 'none' && question.guessed) {
      const { words: text } = question
      return noted(moment, found.complaint, { text }, text)
    }
    if (choice === 'none') return notThese(moment, question.ticket)
    const village = choice === null ? null : villageOf(context.city, choice)
    if (village !== null) {
      const text = question.guessed ? { text: question.words } : {}
      const place = { kelurahan: village.name, kecamatan: village.district, ...text }
      return noted(moment, found.complaint, place, village.name)
    }
  }
  if (message.choice !== null) return null
  if (message.position !== null) return pinned(moment, found.complaint)
  return isPlace(moment, found.complaint) ? spoken(moment, question, found.complaint) : null
}

/** Whether these words can be the place. What names none is an addition, and the question stays open. */
function isPlace(moment: Moment, complaint: Complaint): boolean {
  const { reading, context } = moment
  const { intent } = reading
  if (intent === 'place' || intent === 'no') return true
  if (fullWords(moment) === '' || reading.prefix.whose === 'ours') return false
  if (placeOf(reading.place, context.city) === null) return false
  if (intent === 'unclear') return true
  if (intent !== 'complaint') return false
  const best = reading.asks.includes('category') ? undefined : reading.categories[0]
  const other = hasMatter(reading) && best !== undefined && best.id !== complaint.category
  return !other && (!reading.asks.includes('place') || !hasMatter(reading))
}

function spoken(moment: Moment, question: PlaceQuestion, complaint: Complaint): Outcome {
  const { state, context, reading } = moment
  const { ticket } = question
  const text = fullWords(moment)
  if (reading.intent === 'no') return skipped(moment, ticket)
  if (reading.place.villages.length > 1) {
    const villages = [...reading.place.villages]
    const asked = question.type === 'village' && question.villages.join() === villages.join()
    if (!asked)
      return {
        state: { ...state, question: asksWhich(ticket, villages, text, false) },
        lines: [],
        effects: [{ type: 'about', ticket }],
      }
  }
  const like = question.type === 'place' ? likeIt(moment, text) : []
  if (like.length > 0)
    return {
      state: { ...state, question: asksWhich(ticket, like, text, true) },
      lines: [],
      effects: [{ type: 'about', ticket }],
    }
  const read = placeOf(reading.place, context.city)
  const place = {
    ...(read?.kelurahan == null ? {} : { kelurahan: read.kelurahan }),
    ...(read?.kecamatan == null ? {} : { kecamatan: read.kecamatan }),
    text,
  }
  return noted(moment, complaint, place, text)
}

function asksWhich(
  ticket: string,
  villages: readonly string[],
  said: string,
  guessed: boolean,
): Question {
  return { type: 'village', ticket, villages: [...villages], words: said, guessed }
}

/** Names of kelurahan like what was typed; on SMS no message is spent on asking back. */
function likeIt({ reading, context }: Moment, text: string): readonly string[] {
  const known = reading.place.villages.length > 0 || context.person.style === 'sms'
  return known ? [] : villagesLike(text, context)
}

function pinned(moment: Moment, complaint: Complaint): Outcome {
  const pin = moment.message.position
  const place = pin === null ? {} : { lat: pin.lat, lon: pin.lon }
  return noted(moment, complaint, place, fullWords(moment))
}

function noted(moment: Moment, complaint: Complaint, place: Partial<Place>, said: string): Outcome {
  const { context, message } = moment
  const { ticket } = complaint
  const wordless = (by: Context) => mediaWords(message.position === null ? message.media : [], by)
  const note = said || wordless(forDesk(context))
  const move = complaint.state === 'held' || complaint.state === 'archived' ? 'complete' : 'note'
  const tail = words(context, 'more', { id: ticket })
  return moveOr(moment, complaint, { move, note, place }, () =>
    line(
      context,
      'place_noted',
      { id: ticket, place: said || wordless(context) },
      { ticket, tail },
    ),
  )
}

/** None of the kelurahan offered: asked once more in free words. */
function notThese({ state }: Moment, ticket: string): Outcome {
  return { state: { ...state, question: { type: 'place', ticket } }, lines: [] }
}

function skipped({ state, context }: Moment, ticket: string): Outcome {
  return {
    state: { ...state, question: null },
    lines: [line(context, 'place_skipped', { id: ticket }, { ticket })],
    effects: [{ type: 'about', ticket }],
  }
}
