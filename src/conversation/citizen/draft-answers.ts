// Answers to what a draft still lacks, and corrections of any single item of its summary.
// Every message that is no answer still adds what it says; nothing said is lost.

import { NOWHERE } from '../../complaints/complaint.ts'
import { hasMatter } from '../belongs.ts'
import { FIXES, picked, slotChoices } from '../choices.ts'
import { digestOf } from '../digest.ts'
import { enriched, fullWords, isReady, keptMedia, placeOf, villageOf } from '../draft.ts'
import { filed } from '../filing.ts'
import { type Line, line, words } from '../lines.ts'
import type { Moment, Outcome } from '../moment.ts'
import { type Draft, openSlot, type Slot } from '../state.ts'
import type { Context } from '../turn.ts'

/** The draft after this message, or the complaint it became. */
export function draftAnswer(moment: Moment, draft: Draft): Outcome {
  const slot = openSlot(draft)
  if (slot === null) return filed(moment, draft)
  const choice = picked(moment, slotChoices(moment.context, draft, slot))
  if (choice !== null) return chosen(moment, draft, slot, choice)
  if (moment.message.choice !== null)
    return still(moment, draft, [line(moment.context, 'stale_button', {})])
  return said(moment, draft, slot)
}

function chosen(moment: Moment, draft: Draft, slot: Slot, choice: string): Outcome {
  const { context } = moment
  switch (slot) {
    case 'government':
      return chosenGovernment(moment, draft, choice)
    case 'outside':
      if (choice === 'yes') return next(moment, without(inside(draft, context), slot))
      return dropped(moment, line(context, 'outside_dropped', {}))
    case 'category': {
      const agency = context.city.categoryById.get(choice)?.agency ?? null
      return next(moment, without({ ...draft, category: choice, agency }, slot))
    }
    case 'place':
      return chosenPlace(moment, draft, choice)
    case 'privacy':
      return next(moment, without(withPrivacy(draft, choice), slot))
    case 'summary':
      return chosenFromSummary(moment, draft, choice)
    case 'problem':
    case 'photo':
      return next(moment, without(draft, slot))
  }
}

/** It lies in the city after all: then its usual agency is meant. */
function inside(draft: Draft, { city }: Context): Draft {
  const agency = city.categoryById.get(draft.category ?? '')?.agency ?? null
  return { ...draft, outside: null, agency }
}

function chosenGovernment(moment: Moment, draft: Draft, choice: string): Outcome {
  if (choice === 'ours') return next(moment, without(draft, 'government'))
  const { context } = moment
  const other = context.city.prefixes.others[Number(choice.slice('other:'.length))]
  if (other === undefined) return still(moment, draft)
  const params = { name: other.name, turn: other.turnTo }
  return dropped(moment, line(context, 'other_government', params))
}

function chosenPlace(moment: Moment, draft: Draft, choice: string): Outcome {
  const village = villageOf(moment.context.city, choice)
  if (village !== null) {
    const place = { ...draft.place, kelurahan: village.name, kecamatan: village.district }
    return next(moment, without({ ...draft, place, villages: [] }, 'place'))
  }
  if (choice === 'none') return still(moment, { ...draft, villages: [] })
  return next(moment, without(draft, 'place'))
}

function withPrivacy(draft: Draft, choice: string): Draft {
  return {
    ...draft,
    anonymous: choice === 'anonymous',
    confidential: choice === 'confidential' || (draft.sensitive && draft.confidential),
  }
}

function chosenFromSummary(moment: Moment, draft: Draft, choice: string): Outcome {
  const { state } = moment
  if (choice === 'send') return filed({ ...moment, state }, without(draft, 'summary'))
  if (choice === 'drop') return dropped(moment, line(moment.context, 'draft_dropped', {}))
  const fix = FIXES.find((one) => one === choice)
  return still(moment, fix === undefined ? draft : reopenedItem(draft, fix))
}

/** One item emptied and asked again; all others stay. */
function reopenedItem(draft: Draft, fix: (typeof FIXES)[number]): Draft {
  switch (fix) {
    case 'words':
      return { ...draft, words: [], open: ['problem', ...draft.open] }
    case 'category':
      return { ...draft, category: null, open: ['category', ...draft.open] }
    case 'place':
      return { ...draft, place: NOWHERE, villages: [], open: ['place', ...draft.open] }
    case 'media':
      return { ...draft, media: [], open: ['photo', ...draft.open] }
    case 'privacy':
      return { ...draft, anonymous: false, open: ['privacy', ...draft.open] }
  }
}

/** What may be left open. */
const OPTIONAL: readonly Slot[] = ['category', 'place', 'photo', 'privacy']

/** LEWATI, also where no choice says so. */
function isSkip({ context, message }: Moment): boolean {
  const skip = words(context, 'choice_skip', {})
  return message.text.trim().toLowerCase() === skip.toLowerCase()
}

/** Free words, a picture or a pin while `slot` is open. */
function said(moment: Moment, draft: Draft, slot: Slot): Outcome {
  const { message, reading } = moment
  const silent =
    message.text.trim() === '' && keptMedia(message).length === 0 && message.position === null
  if (silent || reading.intent === 'spam') return puzzled(moment, draft)
  if (reading.intent === 'greeting' || reading.intent === 'thanks')
    return { ...still(moment, draft), heard: 'chatter' }
  const repeated = draft.words.some((one) => digestOf(one) === digestOf(fullWords(moment)))
  if (repeated && message.media.length === 0) return puzzled(moment, draft)
  if (isSkip(moment) && OPTIONAL.includes(slot)) return next(moment, without(draft, slot))
  const isAnswer =
    reading.intent === 'number' || reading.intent === 'yes' || reading.intent === 'no'
  if (isAnswer) return declined(moment, draft, slot)
  if (slot === 'place') return saidPlace(moment, draft)
  return (slot === 'category' ? saidCategory(moment, draft) : null) ?? saidMore(moment, draft, slot)
}

/** TIDAK leaves out what is optional; a figure or a YA that fits no choice is asked again. */
function declined(moment: Moment, draft: Draft, slot: Slot): Outcome {
  if (moment.reading.intent === 'no' && OPTIONAL.includes(slot))
    return next(moment, without(draft, slot))
  if (moment.reading.intent === 'yes' && slot === 'summary') return filed(moment, draft)
  return puzzled(moment, draft)
}

/** A category in the citizen's own words: "lampu jalan". */
function saidCategory(moment: Moment, draft: Draft): Outcome | null {
  const { reading } = moment
  const [best] = reading.categories
  if (best === undefined || hasMatter(reading)) return null
  return chosen(moment, draft, 'category', best.id)
}

function saidPlace(moment: Moment, draft: Draft): Outcome {
  const { reading, message, context } = moment
  const text = fullWords(moment)
  const known = enriched(draft, moment)
  if (hasMatter(reading) && text !== '') return next(moment, known)
  if (reading.place.villages.length > 1) {
    const place = { ...draft.place, text }
    return still(moment, { ...known, words: draft.words, place, villages: known.villages })
  }
  if (message.position === null && text === '') return still(moment, known)
  const read = placeOf(reading.place, context.city)
  const place = { ...known.place, ...read, text: text || known.place.text }
  return next(moment, without({ ...known, words: draft.words, place, villages: [] }, 'place'))
}

/** Adds the words; at the open problem any words are the problem. */
function saidMore(moment: Moment, draft: Draft, slot: Slot): Outcome {
  const grown = enriched(draft, moment)
  const text = fullWords(moment)
  const enough = text.split(/\s+/).length > 1 || moment.reading.intent === 'complaint'
  if (slot === 'problem' && grown.open.includes('problem')) {
    if (!enough || moment.reading.intent === 'place') return puzzled(moment, grown)
    return next(moment, without(grown, 'problem'))
  }
  if (slot === 'outside' && grown.place.kelurahan !== null)
    return next(moment, without(grown, slot))
  return next(moment, grown)
}

function without(draft: Draft, slot: Slot): Draft {
  return { ...draft, open: draft.open.filter((one) => one !== slot) }
}

/** On to the next open item, or filed when nothing is left. */
function next(moment: Moment, draft: Draft): Outcome {
  const touched = { ...draft, touchedMs: moment.context.now.getTime() }
  return isReady(touched, moment.context) ? filed(moment, touched) : still(moment, touched)
}

function still({ state, context }: Moment, draft: Draft, lines: readonly Line[] = []): Outcome {
  return {
    state: { ...state, draft: touched(draft, context), question: null },
    lines,
    ask: true,
  }
}

function puzzled(moment: Moment, draft: Draft): Outcome {
  return { ...still(moment, draft), heard: 'unclear' }
}

function touched(draft: Draft, { now }: Context): Draft {
  return { ...draft, touchedMs: now.getTime() }
}

function dropped({ state }: Moment, what: Line): Outcome {
  return { state: { ...state, draft: null }, lines: [what] }
}
