// Sends the digest once each working morning, to each agency and to the coordinators, whichever process comes first.
// The claim of a day is written with its messages: a process that dies leaves both or neither.

import type { City } from '../city/city.ts'
import type { Clock, NewId } from '../clock.ts'
import { addDays, addWorkingDays, instantOf, localDate } from '../complaints/clocks.ts'
import type { Measure as Measured } from '../complaints/tallies.ts'
import type { Store } from '../store/store.ts'
import { agencyFigures, type DayFigures, deskFigures, digestsFor } from './digest.ts'
import { officeTimeFrom } from './hours.ts'
import { type Actor, groupsOf, peopleOf } from './roster.ts'
import type { StaffBook } from './staff-book.ts'
import { membersOf } from './who-holds.ts'
import type { Measure } from './wording.ts'

export interface DailyDigestParts {
  readonly store: Pick<
    Store,
    'openCounts' | 'daily' | 'pingedIn' | 'commitClocks' | 'getFact' | 'setFacts'
  >
  readonly book: Pick<StaffBook, 'roster'>
  readonly city: City
  readonly clock: Clock
  readonly newId: NewId
  readonly measure: Measure
}

/** Fact: the last day whose digests are all out. A clock that is set back sends none of an earlier day again. */
const LAST_DAY = 'digest:day'
const DESK = 'digest:'
const ANSWERS: Measured = 'answered'

/** From opening time on, the day's digests that are not out yet; of days before none. */
export function createDailyDigest(parts: DailyDigestParts): { run(): Promise<void> } {
  const { store, book, city, clock, newId, measure } = parts
  let done = ''

  async function answeredSince(from: string, to: string): Promise<ReadonlyMap<string, number>> {
    const answers = new Map<string, number>()
    for (const { agency, measure: name, n } of await store.daily(from, to))
      if (name === ANSWERS) answers.set(agency, (answers.get(agency) ?? 0) + n)
    return answers
  }

  /** False: one of them is to be decided again. */
  async function sendAll(now: Date, today: string): Promise<boolean> {
    const hour = `digest ${today}`
    const claimed = await store.pingedIn(hour)
    const dayEnd = instantOf(addDays(today, 1), 0, city.zone)
    const since = addWorkingDays(today, -1, city.calendar)
    const [counts, answered, roster] = await Promise.all([
      store.openCounts(now, dayEnd),
      answeredSince(since, addDays(today, -1)),
      book.roster([...city.agencyIds]),
    ])
    let all = true
    const send = async (key: string, readers: readonly Actor[], figures: DayFigures) => {
      if (claimed.has(key)) return
      const outbound = digestsFor(readers, figures, { city, measure, now, newId, since })
      const outcome = await store.commitClocks([], outbound, { hour, people: [key] })
      all &&= outcome === 'committed'
    }
    for (const agency of city.agencyIds) {
      const members = membersOf(agency, roster)
      const readers = [...peopleOf(members), ...groupsOf(members)]
      if (readers.length > 0)
        await send(`${DESK}${agency}`, readers, agencyFigures(agency, counts, answered))
    }
    // The addresses of the settings are there for what is urgent: the day's work is for people who are enrolled.
    const desk = [...peopleOf(roster.coordinators), ...groupsOf(roster.coordinators)]
    await send(
      DESK,
      desk.filter(({ staff }) => staff !== null),
      deskFigures(counts, answered),
    )
    return all
  }

  return {
    async run() {
      const now = clock()
      if (officeTimeFrom(now, city) > now) return
      const today = localDate(now, city.zone)
      if (done === today || ((await store.getFact(LAST_DAY)) ?? '') >= today) return
      if (!(await sendAll(now, today))) return
      await store.setFacts({ [LAST_DAY]: today })
      done = today
    },
  }
}
