// Answers to what a draft still lacks, and corrections of any single item of its summary.
// Every message that is no answer still adds what it says; nothing said is lost.

import { hasMatter } from '../belongs.ts'
import { picked, pickedCategory, slotChoices } from '../choices.ts'
import { digestOf } from '../digest.ts'
import { enriched, fullWords, isReady, keptMedia, placeOf } from '../draft.ts'
import { chosen, without } from '../draft-choices.ts'
import { filed } from '../filing.ts'
import { type Line, line } from '../lines.ts'
import type { Moment, Outcome } from '../moment.ts'
import { type Draft, openSlot, type Slot } from '../state.ts'
import type { Context } from '../turn.ts'
import { leavesOut } from '../understand/leaving-out.ts'
import { villagesLike } from '../understand/places-like.ts'
import { villageByPart } from '../village-by-part.ts'
import { joining, notWanted, supportChoice } from './support.ts'

/** The draft after this message, or the complaint it became. */
export function draftAnswer(moment: Moment, draft: Draft): Outcome {
  const slot = openSlot(draft)
  if (slot === null) return filed(moment, draft)
  const choice = choiceIn(moment, draft, slot)
  if (choice !== null) return picking(moment, draft, slot, choice)
  if (moment.message.choice !== null)
    return still(moment, draft, [line(moment.context, 'stale_button', {})])
  return said(moment, draft, slot)
}

function choiceIn(moment: Moment, draft: Draft, slot: Slot): string | null {
  if (slot === 'support' && draft.support !== null) return supportChoice(moment, draft.support)
  const choices = slotChoices(moment.context, draft, slot)
  if (slot === 'category') return pickedCategory(moment, choices)
  const { villages, guessed } = draft
  const byPart = slot === 'place' && (villages.length > 1 || guessed)
  const part = byPart ? villageByPart(moment.context, villages, moment.message.text) : null
  return picked(moment, choices) ?? part
}

function picking(moment: Moment, draft: Draft, slot: Slot, choice: string): Outcome {
  const { state, context } = moment
  if (slot === 'support' && draft.support !== null) {
    if (choice === 'yes') return joining(moment, draft.support)
    return next({ ...moment, state: notWanted(state, draft.support) }, without(draft, slot))
  }
  const after = chosen(context, draft, slot, choice)
  if ('phrase' in after) return { state: { ...state, draft: null }, lines: [after] }
  return next(moment, after)
}

/** What may be left open. */
const OPTIONAL: readonly Slot[] = ['category', 'position', 'place', 'support', 'photo', 'privacy']

/** LEWATI, also where no choice says so, in every language and in other words. */
function isSkip({ context, message }: Moment): boolean {
  if (message.media.length > 0 || message.position !== null) return false
  const said = message.text.trim().toLowerCase()
  const skips = Object.values(context.city.phrases).map(({ choice_skip }) => choice_skip?.text)
  return skips.some((skip) => skip?.toLowerCase() === said) || leavesOut(said, context.city)
}

/** Free words, a picture or a pin while `slot` is open. */
function said(moment: Moment, draft: Draft, slot: Slot): Outcome {
  const { message, reading } = moment
  const silent =
    message.text.trim() === '' && keptMedia(message).length === 0 && message.position === null
  if (silent) return { ...still(moment, draft), heard: 'chatter' }
  if (reading.intent === 'spam') return puzzled(moment, draft)
  if (OPTIONAL.includes(slot) && isSkip(moment)) return next(moment, without(draft, slot))
  const courtesy = reading.intent === 'greeting' || reading.intent === 'thanks'
  if (courtesy && !saysHowLong(moment, slot)) return { ...still(moment, draft), heard: 'chatter' }
  const repeated = draft.words.some((one) => digestOf(one) === digestOf(fullWords(moment)))
  if (repeated && message.media.length === 0) return puzzled(moment, draft)
  if (courtesy) return saidMore(moment, draft, slot)
  const isAnswer =
    reading.intent === 'number' || reading.intent === 'yes' || reading.intent === 'no'
  if (isAnswer) return declined(moment, draft, slot)
  if (slot === 'place') return saidPlace(moment, draft)
  if (slot === 'position' && reading.intent === 'place') return saidPlace(moment, draft)
  return (slot === 'category' ? saidCategory(moment, draft) : null) ?? saidMore(moment, draft, slot)
}

/** "sudah 3 hari", "sudah lama pak": words that say nothing by themselves, yet something of what was said before. */
function saysHowLong({ message, reading }: Moment, slot: Slot): boolean {
  if (slot === 'problem' || reading.salam) return false
  return /\d/.test(message.text) || !reading.asks.includes('problem')
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
  return picking(moment, draft, 'category', best.id)
}

export function saidPlace(moment: Moment, draft: Draft): Outcome {
  const { reading, message, context } = moment
  const text = fullWords(moment)
  const known = enriched(draft, moment)
  if (hasMatter(reading) && text !== '') return next(moment, known)
  const { words, from } = draft
  const placeFrom = message.providerId
  if (reading.place.villages.length > 1) {
    const place = { ...draft.place, text }
    const { villages } = known
    return still(moment, { ...known, words, from, place, placeFrom, villages, guessed: false })
  }
  if (message.position === null && text === '') return still(moment, known)
  const read = placeOf(reading.place, context.city)
  const place = { ...known.place, ...read, text: text || known.place.text }
  const told = { ...known, words, from, place, placeFrom, villages: [], guessed: false }
  const like = nothingFound(place) && draft.place.text !== text ? villagesLike(text, context) : []
  if (like.length > 0) {
    const open: Draft['open'] = [...without(told, 'place').open, 'place']
    return still(moment, { ...told, villages: [...like], guessed: true, open })
  }
  return next(moment, without(without({ ...told, photoAt: null }, 'position'), 'place'))
}

function nothingFound({ kelurahan, lat }: Draft['place']): boolean {
  return kelurahan === null && lat === null
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

/** On to the next open item, or filed when nothing is left. */
export function next(moment: Moment, draft: Draft, lines: readonly Line[] = []): Outcome {
  const ready = isReady(draft, moment.context)
  return ready ? filed(moment, touched(draft, moment.context), lines) : still(moment, draft, lines)
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
