// Whom free words belong to, when several complaints of one person are open (product.md section 6).
// In doubt it is a new matter, offered to be joined: a swallowed complaint is worse than a second ticket.

import type { Complaint } from '../complaints/complaint.ts'
import { villageOf } from './draft.ts'
import { findCase, isOpen, type Moment } from './moment.ts'
import type { MyComplaint } from './turn.ts'
import type { Understanding } from './understand/understanding.ts'

export type Belongs =
  | { readonly to: 'case'; readonly found: MyComplaint; readonly inWindow: boolean }
  /** `near`: what it may be an addition to. */
  | { readonly to: 'new'; readonly near: string | null }
  | { readonly to: 'ask'; readonly tickets: readonly string[] }
  | { readonly to: 'nowhere' }

/** How a text stands to a complaint: no matter of its own, the same one, in doubt, or another one. */
type Matter = 'none' | 'same' | 'doubt' | 'other'

const MOST_CHOICES = 8

export function belongsTo(moment: Moment): Belongs {
  const { settled, reading, context, mine } = moment
  if (settled === 'new') return { to: 'new', near: null }
  const ticket = settled?.ticket ?? reading.tickets.find((one) => findCase(context, one) !== null)
  const found = findCase(context, ticket ?? context.quoted ?? '')
  if (found !== null) return { to: 'case', found, inWindow: false }
  return (
    inWindow(moment) ??
    openQuestion(moment) ??
    waitingForIt(moment) ??
    amongOpen(moment, mine.filter(isOpen))
  )
}

/** The minutes after filing: what has no matter of its own belongs to it. */
function inWindow(moment: Moment): Belongs | null {
  const found = justFiled(moment)
  if (found === null) return null
  const matter = matterOf(moment.reading, found.complaint, moment)
  // The first of several messages may only say who writes; what is wrong then follows.
  const openYet = found.complaint.category === null && matter === 'doubt'
  if (openYet || matter === 'none' || matter === 'same')
    return { to: 'case', found, inWindow: true }
  return { to: 'new', near: matter === 'doubt' ? found.complaint.ticket : null }
}

/** The complaint filed within the last minutes, to which what follows is added. */
export function justFiled({ state: { window }, context }: Moment): MyComplaint | null {
  if (window === null || context.now.getTime() >= window.untilMs) return null
  const found = findCase(context, window.ticket)
  return found === null || !isOpen(found) ? null : found
}

/** Words without a matter of their own while a question about a complaint is open. */
function openQuestion({ state, context, reading }: Moment): Belongs | null {
  const { question } = state
  if (question === null || !('ticket' in question) || hasMatter(reading)) return null
  const found = findCase(context, question.ticket)
  return found === null || !isOpen(found) ? null : { to: 'case', found, inWindow: false }
}

/** The one complaint that waits for this citizen's words. */
function waitingForIt(moment: Moment): Belongs | null {
  const found = onlyWaiting(moment)
  if (found === null) return null
  const matter = matterOf(moment.reading, found.complaint, moment)
  const asked = found.complaint.state === 'held' && matter === 'doubt'
  return matter === 'none' || matter === 'same' || asked
    ? { to: 'case', found, inWindow: false }
    : null
}

function onlyWaiting({ mine }: Moment): MyComplaint | null {
  const [found, ...others] = mine.filter(
    ({ complaint }) => complaint.state === 'held' || complaint.state === 'answered',
  )
  return found === undefined || others.length > 0 ? null : found
}

/** The held complaint whose question even a YA, a TIDAK or a figure answers: nothing else waits for words. */
export function askedByDesk(moment: Moment): MyComplaint | null {
  const found = onlyWaiting(moment)
  return found?.complaint.state === 'held' ? found : null
}

function amongOpen(moment: Moment, open: readonly MyComplaint[]): Belongs {
  const { reading } = moment
  if (hasMatter(reading)) {
    const about = open.filter(({ complaint }) =>
      isNear(reading, complaint, moment, open.length === 1),
    )
    const [still] = about
    if (still !== undefined && about.length === 1 && isStill(reading))
      return { to: 'case', found: still, inWindow: false }
    return { to: 'new', near: still?.complaint.ticket ?? null }
  }
  const [found, ...others] = open
  if (found === undefined) return { to: 'nowhere' }
  if (others.length === 0) return { to: 'case', found, inWindow: false }
  const tickets = open.slice(0, MOST_CHOICES).map(({ complaint }) => complaint.ticket)
  return { to: 'ask', tickets }
}

/** The same matter, or perhaps the same where there is no other complaint. */
function isNear(
  reading: Understanding,
  complaint: Complaint,
  moment: Moment,
  alone: boolean,
): boolean {
  const matter = matterOf(reading, complaint, moment)
  return matter === 'same' || (matter === 'doubt' && alone)
}

/** "masih mati airnya pak": discontent that names no place is about what this person reported. */
export function isStill({ tone, place }: Understanding): boolean {
  const { villages, text, outside } = place
  return tone === 'discontent' && villages.length === 0 && text === null && outside === null
}

/** It names or quotes a complaint of this person. */
export function isAboutCase({ context, reading, settled }: Moment): boolean {
  if (settled !== null) return settled !== 'new'
  return context.quoted !== null || reading.tickets.some((one) => findCase(context, one) !== null)
}

/** Whether the text says by itself what is wrong. */
export function hasMatter(reading: Understanding): boolean {
  return reading.intent === 'complaint' && !reading.asks.includes('problem')
}

function matterOf(reading: Understanding, complaint: Complaint, moment: Moment): Matter {
  if (!hasMatter(reading)) return 'none'
  if (reading.prefix.whose === 'ours') return 'other'
  const { context } = moment
  const best = reading.asks.includes('category') ? undefined : reading.categories[0]
  if (best === undefined || complaint.category === null || best.id === context.city.otherCategory)
    return 'doubt'
  if (best.id === complaint.category)
    return elsewhere(reading, complaint, moment) ? 'doubt' : 'same'
  return reading.categories.some(({ id }) => id === complaint.category) ? 'doubt' : 'other'
}

/** Both name a kelurahan, and not the same one. */
function elsewhere(reading: Understanding, complaint: Complaint, { context }: Moment): boolean {
  const [code, ...others] = reading.place.villages
  if (code === undefined || others.length > 0 || complaint.place.kelurahan === null) return false
  return villageOf(context.city, code)?.name !== complaint.place.kelurahan
}
