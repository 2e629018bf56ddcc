// Searches what left a gateway for traces of those who asked to stay unknown: number in all spellings, name, chat id, keyed digest.
// Whoever filed may be told their own; nobody else may. A search that looked at too little counts as none.

import type { Address } from '../../src/message.ts'

export interface Unknown {
  readonly address: Address
  /** Other numbers of theirs: whoever chats has a phone, too. */
  readonly numbers: readonly string[]
  /** As their chat profile gives it; none by SMS. */
  readonly names: readonly string[]
  /** Of their address, under the key of this gateway. */
  readonly digest: string
}

/** One thing that left: a message, a line of a log, an answer of the API, the name of a file. */
export interface Left {
  readonly where: string
  readonly to: Address | null
  readonly text: string
}

const LEAST = 1_000
/** The end of a number, by which people know each other. */
const END = 7
/** What parts the digits of a number where people write it. */
const SPELT = /\+?\d(?:[ .()\-\u00a0\u2011]{0,2}\d){5,}/g
/** Shown of what stands before and behind a find. */
const AROUND = 60
const TOKEN = /[\w-]{40,}/g

/** What was found, in words; throws when fewer than 1,000 things were searched. `tickets` are digits too. */
export function traces(
  left: readonly Left[],
  unknown: readonly Unknown[],
  tickets: ReadonlySet<string> = new Set(),
): readonly string[] {
  if (left.length < LEAST) throw new Error(`only ${left.length} things were searched`)
  const ends = new Map<string, { readonly of: Unknown; readonly number: string }>()
  const digests = new Map<string, Unknown>()
  const names = new Map<string, Unknown>()
  for (const one of unknown) {
    for (const number of [one.address, ...one.numbers].map(national))
      ends.set(number.slice(-END), { of: one, number })
    digests.set(one.digest, one)
    for (const name of one.names) names.set(name.toLowerCase(), one)
  }
  const called = names.size === 0 ? null : new RegExp([...names.keys()].join('|'), 'gi')
  const seen: string[] = []
  for (const { where, to, text } of left) {
    const meet = (one: Unknown | undefined, what: string, at: number) => {
      if (one === undefined || one.address === to) return
      const around = text.slice(Math.max(0, at - AROUND), at + AROUND).replaceAll('\n', ' ')
      seen.push(`${where}: ${what} in "${around}"`)
    }
    for (const { 0: spelt, index } of text.matchAll(SPELT)) {
      if (tickets.has(spelt.replace(/\D/g, ''))) continue
      for (const digits of besideTickets(spelt, tickets))
        for (let at = 0; at + END <= digits.length; at++) {
          const known = ends.get(digits.slice(at, at + END))
          if (known === undefined) continue
          const end = at + END === digits.length
          if (end || digits.includes(known.number)) meet(known.of, `number ${spelt}`, index)
        }
    }
    for (const { 0: token, index } of text.matchAll(TOKEN))
      meet(digests.get(token), `digest ${token}`, index)
    if (called !== null)
      for (const { 0: name, index } of text.matchAll(called))
        meet(names.get(name.toLowerCase()), `name ${name}`, index)
  }
  return seen
}

/** "NILAI 12345674 1-5": what stands before and behind a ticket is no more of one number. */
function besideTickets(spelt: string, tickets: ReadonlySet<string>): readonly string[] {
  const runs = ['']
  for (const group of spelt.match(/\d+/g) ?? [])
    if (tickets.has(group)) runs.push('')
    else runs.push(`${runs.pop()}${group}`)
  return runs
}

function national(number: string): string {
  return number.replace(/\D/g, '').replace(/^(62|0)/, '')
}
