// What differs between cities, in and out of a transcript: `{t1}`, `{t1.verify}`, `{short.roads}`, `{prefix}`, `{kode}`.
// Lines that people send are filled in; lines that the bot said are emptied at the moment they are said.

import type { City } from '../../src/city/city.ts'
import { localDate } from '../../src/complaints/clocks.ts'
import type { TestCity } from '../support/city.ts'

/** What must be known of the cases spoken of. */
interface Cases {
  readonly city: City
  readonly tickets: readonly string[]
  complaint(ticket: string): {
    readonly clocks: readonly {
      readonly name: string
      readonly dueAt: Date
      readonly status: string
    }[]
  }
}

export type Values = Readonly<Record<string, string>>

/** `{t1}` is the first ticket that was filed. */
export function ticketValues(world: Cases): Values {
  return Object.fromEntries(world.tickets.map((ticket, at) => [`t${at + 1}`, ticket]))
}

export function fill(line: string, values: Values): string {
  return line.replace(/\{([\w.]+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** The line with placeholders instead of what is this city's own. `style`: short names on SMS, whole ones elsewhere. */
export function emptied(
  line: string,
  world: Cases,
  test: TestCity,
  style: 'sms' | 'chat' | 'tickets',
  script: string,
): string {
  const tickets = swap(line, ticketValues(world))
  if (style === 'tickets') return tickets
  const names = style === 'sms' ? ['short', 'brief'] : ['office', 'label']
  const own = Object.entries(test.values).filter(([key]) => {
    const [kind = '', matter] = key.split('.')
    if (matter === undefined) return true
    return names.includes(kind) && (!isOffice(kind) || isSpokenOf(matter, script))
  })
  const values = { ...Object.fromEntries(own), ...questionValues(test, style) }
  return dated(swap(tickets, values), world)
}

/** A city without kelurahan asks for the place in other words. */
function questionValues({ city }: TestCity, style: 'sms' | 'chat') {
  const key = city.places.districts.length === 0 ? 'ask_place_plain' : 'ask_place'
  const said = (language: 'id' | 'en') => {
    const phrase = city.phrases[language]?.[key]
    return (style === 'sms' ? phrase?.sms : null) ?? phrase?.text ?? ''
  }
  return { 'question.place': said('id'), 'question.place.en': said('en') }
}

const isOffice = (kind: string) => kind === 'short' || kind === 'office'

/** Two matters may be one office's: the one this transcript speaks of is meant. */
function isSpokenOf(matter: string, script: string): boolean {
  return !/\{agency\./.test(script) || script.includes(`{agency.${matter}}`)
}

/** Longest values first, whole words only. */
export function swap(line: string, values: Values): string {
  const longest = Object.entries(values).sort(([, a], [, b]) => b.length - a.length)
  return longest.reduce((text, [key, value]) => {
    if (value === '') return text
    const plain = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return text.replace(new RegExp(`(?<![\\w{.])${plain}(?![\\w}])`, 'g'), `{${key}}`)
  }, line)
}

/** Due dates by the clock they are of: the ticket named last before the date comes first, running ones before stopped. Which years are estimated differs too. */
function dated(line: string, world: Cases): string {
  return line.replace(
    /(\d\d\/\d\d\/\d{4})(?: \((?:perkiraan|estimate)\))?/g,
    (told, date: string, at: number) => {
      const clocks = world.tickets.flatMap((ticket, number) =>
        world.complaint(ticket).clocks.map((clock) => ({
          name: `t${number + 1}.${clock.name}`,
          date: localDate(clock.dueAt, world.city.zone).split('-').reverse().join('/'),
          rank:
            -2 * line.lastIndexOf(`{t${number + 1}}`, at) + (clock.status === 'running' ? 0 : 1),
        })),
      )
      const [best] = clocks.filter((one) => one.date === date).sort((a, b) => a.rank - b.rank)
      return best === undefined ? told : `{${best.name}}`
    },
  )
}
