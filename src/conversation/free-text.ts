// Words that answer no question: a verdict, courtesy, an addition to what is open, or a new matter.
// In doubt it is a new matter; a guess never moves a complaint that was not meant.

import { askedByDesk, belongsTo, isAboutCase, justFiled } from './belongs.ts'
import { wordsOnCase } from './case-words.ts'
import { report, saidBefore, wishedSecret } from './citizen/report.ts'
import {
  greeting,
  signAlone,
  staleButton,
  thanks,
  unasked,
  unclear,
  wordless,
} from './citizen/small-talk.ts'
import { spam } from './citizen/spam.ts'
import { askedWhich } from './citizen/which.ts'
import { fullWords, keptMedia } from './draft.ts'
import { emergency } from './emergency.ts'
import { line } from './lines.ts'
import type { Moment, Outcome } from './moment.ts'
import type { MyComplaint } from './turn.ts'
import { relapse, verdict, yesOrNo } from './verdict.ts'

/** Words that answer no question: a verdict, courtesy, an addition, or a new matter. */
export function free(moment: Moment): Outcome {
  const { reading, message } = moment
  if (message.choice !== null) return staleButton(moment)
  if (reading.urgent) return emergency(moment)
  if (!isAboutCase(moment)) {
    const talk = smallTalk(moment)
    if (talk !== null) return talk
    const again = saidBefore(moment)
    if (again !== null) return again
    if (fullWords(moment) === '') return wordlessMedia(moment)
  }
  return signAlone(moment) ?? relapse(moment) ?? attributed(moment)
}

function smallTalk(moment: Moment): Outcome | null {
  const { reading, message } = moment
  const hasMedia = keptMedia(message).length > 0 || message.position !== null
  switch (reading.intent) {
    case 'greeting':
      return hasMedia || saysMore(moment) ? null : greeting(moment)
    case 'thanks':
      return hasMedia ? null : thanks(moment)
    case 'spam':
      return spam(moment)
    case 'empty':
      return hasMedia ? null : wordless(moment)
    case 'yes':
    case 'no':
      return toDesk(moment) ?? yesOrNo(moment)
    case 'number':
      return toDesk(moment) ?? mistypedNumber(moment) ?? unasked(moment)
    case 'content':
      return verdict(moment, 'content')
    case 'discontent':
      return verdict(moment, 'discontent')
    case 'command':
    case 'complaint':
    case 'place':
    case 'unclear':
      return null
  }
}

/** "tolong cepat" right after filing, or a figure that was asked for, is no greeting. */
function saysMore(moment: Moment): boolean {
  const { reading, message } = moment
  if (reading.salam) return false
  return justFiled(moment) !== null || (askedByDesk(moment) !== null && /\d/.test(message.text))
}

/** The answer to what was asked when the case was held, however short. */
function toDesk(moment: Moment): Outcome | null {
  const found = askedByDesk(moment)
  return found === null ? null : wordsOnCase(moment, found)
}

function mistypedNumber({ state, context, reading }: Moment): Outcome | null {
  const [id] = reading.mistyped
  return id === undefined ? null : { state, lines: [line(context, 'ticket_mistyped', { id })] }
}

/** A picture, a voice or a pin alone: an addition to what was just filed, else a complaint of its own. */
function wordlessMedia(moment: Moment): Outcome {
  const { message } = moment
  const belongs = belongsTo(moment)
  const voice = message.media.some(({ kind }) => kind === 'voice')
  const added = belongs.to === 'case' && (belongs.inWindow || !voice)
  if (added) return wordsOnCase(moment, belongs.found, belongs.inWindow)
  // A tap tells, where an SMS more would be asked for.
  if (belongs.to === 'ask' && !voice && moment.context.person.style === 'chat')
    return askedWhich(moment, belongs.tickets, true)
  return report(moment, null)
}

function attributed(moment: Moment): Outcome {
  const { reading } = moment
  const belongs = belongsTo(moment)
  switch (belongs.to) {
    case 'case':
      return onCase(moment, belongs.found, belongs.inWindow)
    case 'new':
      return report(moment, belongs.near)
    case 'ask':
      return askedWhich(moment, belongs.tickets, true)
    case 'nowhere':
      return reading.intent === 'unclear' && keptMedia(moment.message).length === 0
        ? unclear(moment)
        : report(moment, null)
  }
}

/** With a ticket so few words say nothing about the case, nor does one word without: no addition and no verdict. */
const FEW_WORDS = { named: 2, unnamed: 1 } as const

function onCase(moment: Moment, found: MyComplaint, inWindow: boolean): Outcome {
  const { reading, settled, message, context } = moment
  const outcome = withWish(moment, found, wordsOnCase(moment, found, inWindow))
  if (reading.intent !== 'unclear') return outcome
  const named = reading.tickets.includes(found.complaint.ticket)
  const content = fullWords(moment)
    .split(/\s+/)
    .filter((word) => !/\d/.test(word))
  const few = content.length <= (named ? FEW_WORDS.named : FEW_WORDS.unnamed)
  const asked = settled !== null || context.quoted !== null || found.complaint.state === 'held'
  if (few && !asked && keptMedia(message).length === 0)
    return unclear({ ...moment, state: named ? { ...moment.state, question: null } : moment.state })
  return inWindow ? outcome : { ...outcome, heard: 'addition' }
}

/** "jangan sebut nama saya" among other words is done, and said even where one answer stands for all. */
function withWish(moment: Moment, { complaint }: MyComplaint, outcome: Outcome): Outcome {
  const { reading } = moment
  const sensitive = reading.sensitive && complaint.category === null
  const asksConfidential = reading.asksConfidential || sensitive
  const wished = wishedSecret({ ...moment, reading: { ...reading, asksConfidential } }, complaint)
  if (wished === null) return outcome
  const { state, lines, effects = [] } = outcome
  return {
    state,
    lines: [...lines, ...wished.lines],
    effects: [...effects, ...(wished.effects ?? [])],
    ask: false,
  }
}
