// Which messages are for whom, by their kind: those for people on duty, and those that another address may get.

import { sql } from 'drizzle-orm'
import { ANSWER_KIND, FILES_KIND, SUPPORT_KIND } from '../outbox-port.ts'
import type { Source } from './source.ts'

const PING = 'ping'
/** Kinds that begin so are for people on duty: their STOP is for what they hear as citizens. */
export const ON_DUTY = `${PING}%`

/** What failed for good, and is to go to another address of the same citizen. */
export const WANTED = 'wanted'
/** What the provider refused as free words, and goes to the same address as a template. */
export const AS_TEMPLATE = 'template'
const NOT_PASSED: readonly string[] = [SUPPORT_KIND, FILES_KIND]

interface Failing {
  readonly ticket: string | null
  readonly lane: string
  readonly kind: string
  readonly passOn: string | null
}

/**
 * The mark of a message that has just failed for good: a notice about a complaint, or whatever is for people on duty, is
 * wanted elsewhere, once. Not what answers somebody's own message, nor what is for those who only joined the complaint; nor
 * the files of an answer, whose words go there without them.
 */
export function markOf({ ticket, lane, kind, passOn }: Failing): string | null {
  const notice = ticket !== null && (lane === 'notice' || kind === ANSWER_KIND)
  const onDuty = lane === 'notice' && kind.startsWith(PING)
  const marked = passOn === AS_TEMPLATE ? null : passOn
  return marked ?? ((notice || onDuty) && !NOT_PASSED.includes(kind) ? WANTED : null)
}

/** The same in SQL, for what fails without being looked at. */
export function markIn(t: Source['t']) {
  const word = (text: string) => sql.raw(`'${text}'`)
  return sql<
    string | null
  >`case when (${t.outbox.passOn} is null or ${t.outbox.passOn} = ${word(AS_TEMPLATE)})
    and ((${t.outbox.lane} = 'notice' and ${t.outbox.kind} like ${word(ON_DUTY)})
      or (${t.outbox.ticket} is not null
        and (${t.outbox.lane} = 'notice' or ${t.outbox.kind} = ${word(ANSWER_KIND)})))
    and ${t.outbox.kind} not in (${sql.join(NOT_PASSED.map(word), sql`, `)})
    then ${word(WANTED)} else ${t.outbox.passOn} end`
}
