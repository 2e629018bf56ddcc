// Contentment and discontent in plain words: which complaint they are about, and what they move.
// Only an answer is judged at once; praise of news on the way closes nothing before it is asked.

import { isAboutCase, isStill } from './belongs.ts'
import { dissatisfied, reopened, satisfied } from './case-words.ts'
import { thanks, unasked } from './citizen/small-talk.ts'
import { askedWhich } from './citizen/which.ts'
import { fullWords } from './draft.ts'
import { isOpen, type Moment, type Outcome, tryMove } from './moment.ts'
import type { MyComplaint } from './turn.ts'

const PRAISE = 2

/** A YA or TIDAK that nothing in the dialogue asked for: the one answer that waits for a verdict. */
export function yesOrNo(moment: Moment): Outcome {
  const waiting = inState(moment, 'answered')
  const [only, ...others] = waiting
  if (only === undefined || others.length > 0) return unasked(moment)
  return moment.reading.intent === 'yes'
    ? satisfied(moment, only.complaint)
    : dissatisfied(moment, only.complaint, '')
}

/** Content or discontent in plain words, without a ticket. */
export function verdict(moment: Moment, tone: 'content' | 'discontent'): Outcome | null {
  const answeredOnes = inState(moment, 'answered')
  if (tone === 'content') {
    const done = answeredOnes.length > 0 ? answeredOnes : withAgency(moment)
    const [only, ...others] = done
    // Before an agency has it there is nothing to close, but what became of it is worth a note.
    if (only === undefined) return saysWhat(moment) ? null : thanks(moment)
    if (others.length > 0) return which(moment, done)
    // Praise of news on the way closes nothing: without an answer it is asked whether it is done.
    const early = only.complaint.state !== 'answered' && moment.reading.command === null
    return early ? askedSolved(moment, only) : satisfied(moment, only.complaint)
  }
  const [only, ...others] = answeredOnes
  if (only !== undefined)
    return others.length === 0
      ? dissatisfied(moment, only.complaint, fullWords(moment))
      : which(moment, answeredOnes)
  if (moment.mine.some(isOpen)) return null
  const [closed] = moment.mine.filter((one) => canReopen(moment, one))
  return closed === undefined ? null : reopened(moment, closed.complaint, fullWords(moment))
}

/** More than "mantap" or "alhamdulillah pak", while something is open. */
function saysWhat(moment: Moment): boolean {
  return moment.mine.some(isOpen) && fullWords(moment).split(/\s+/).length > PRAISE
}

function askedSolved({ state }: Moment, { complaint }: MyComplaint): Outcome {
  const question = { type: 'solved', ticket: complaint.ticket } as const
  return { state: { ...state, question }, lines: [], heard: 'chatter', ask: true }
}

function inState({ mine }: Moment, state: 'answered'): readonly MyComplaint[] {
  return mine.filter(({ complaint }) => complaint.state === state)
}

function withAgency({ mine }: Moment): readonly MyComplaint[] {
  return mine.filter(({ complaint: { state } }) => state === 'assigned' || state === 'in_progress')
}

function canReopen({ context }: Moment, { complaint }: MyComplaint): boolean {
  return tryMove(context, complaint, { move: 'reopen', reason: '-' }).outcome === 'moved'
}

/** "rusak lagi pak": without a place, about what was closed a few days ago and is no other case's matter. */
export function relapse(moment: Moment): Outcome | null {
  const { reading, mine } = moment
  const [best] = reading.categories
  if (reading.intent !== 'complaint' || best === undefined || !isStill(reading)) return null
  if (reading.prefix.whose === 'ours' || isAboutCase(moment) || mine.some(isOpen)) return null
  const closed = mine.filter((one) => canReopen(moment, one))
  const [only, ...others] = closed.filter(({ complaint }) => complaint.category === best.id)
  if (only === undefined || others.length > 0) return null
  return reopened(moment, only.complaint, fullWords(moment))
}

function which(moment: Moment, among: readonly MyComplaint[]): Outcome {
  const tickets = among.slice(0, 8).map(({ complaint }) => complaint.ticket)
  return askedWhich(moment, tickets, false)
}
