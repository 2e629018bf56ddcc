// What differs between cities, in and out of a transcript: `{t1}`, `{t1.verify}`, `{short.roads}`, `{prefix}`.
// Lines that people send are filled in; lines that the bot said are emptied at the moment they are said.

import { localDate } from '../../src/complaints/clocks.ts'
import type { TestCity } from '../support/city.ts'
import type { World } from './world.ts'

export type Values = Readonly<Record<string, string>>

/** `{t1}` is the first ticket that was filed. */
export function ticketValues(world: World): Values {
  return Object.fromEntries(world.tickets.map((ticket, at) => [`t${at + 1}`, ticket]))
}

export function fill(line: string, values: Values): string {
  return line.replace(/\{([\w.]+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** The line with placeholders instead of what is this city's own. `style`: short names on SMS, whole ones elsewhere. */
export function emptied(
  line: string,
  world: World,
  test: TestCity,
  style: 'sms' | 'chat' | 'tickets',
  script: string,
): string {
  const tickets = swap(line, ticketValues(world))
  if (style === 'tickets') return tickets
  const names = style === 'sms' ? ['short', 'brief'] : ['office', 'label']
  const own = Object.entries(test.values).filter(([key]) => {
    const [kind = '', matter] = key.split('.')
    return matter === undefined || (names.includes(kind) && isSpokenOf(matter, script))
  })
  return dated(swap(tickets, Object.fromEntries(own)), world)
}

/** Two matters may be one office's: the one this transcript speaks of is meant. */
function isSpokenOf(matter: string, script: string): boolean {
  return !/\{agency\./.test(script) || script.includes(`{agency.${matter}}`)
}

/** Longest values first, whole words only. */
function swap(line: string, values: Values): string {
  const longest = Object.entries(values).sort(([, a], [, b]) => b.length - a.length)
  return longest.reduce((text, [key, value]) => {
    if (value === '') return text
    const plain = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return text.replace(new RegExp(`(?<![\\w{.])${plain}(?!\\w)`, 'g'), `{${key}}`)
  }, line)
}

/** Due dates by the clock they are of: a clock of a ticket in this line before others, running ones before stopped. */
function dated(line: string, world: World): string {
  return line.replace(/\d\d\/\d\d\/\d{4}/g, (date) => {
    const clocks = world.tickets.flatMap((ticket, at) =>
      world.complaint(ticket).clocks.map((clock) => ({
        name: `t${at + 1}.${clock.name}`,
        date: localDate(clock.dueAt, world.city.zone).split('-').reverse().join('/'),
        rank: (line.includes(`{t${at + 1}}`) ? 0 : 2) + (clock.status === 'running' ? 0 : 1),
      })),
    )
    const [best] = clocks.filter((one) => one.date === date).sort((a, b) => a.rank - b.rank)
    return best === undefined ? date : `{${best.name}}`
  })
}
