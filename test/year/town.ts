// The town of a simulated year: the agencies of the data and six made-up ones, and everybody who acts in them.
// Some agencies have nobody, some officers are slow, forgetful, away for weeks, gone in mid-year, or cannot be reached.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { City } from '../../src/city/city.ts'
import { loadCity } from '../../src/city/load.ts'
import { printProblems } from '../../src/city/problem.ts'
import type { StaffRole } from '../../src/complaints/staff.ts'
import { PHRASES } from '../../src/conversation/phrase-keys.ts'
import { TEMPLATES } from '../../src/conversation/template-keys.ts'
import type { Address } from '../../src/message.ts'
import { diceFor } from './chance.ts'

export const CONFIG = fileURLToPath(new URL('../../config', import.meta.url))
const MADE_UP = ['PASAR_APUNG', 'TAMAN_KOTA', 'MAKAM', 'TERMINAL', 'RUSUNAWA', 'METROLOGI']
const DAY_MS = 86_400_000

type Temper = 'prompt' | 'slow' | 'forgetful'

/** Somebody on duty, as they are made; what they do is in desk-people.ts. */
export interface Post {
  readonly name: string
  readonly role: StaffRole
  readonly agency: string | null
  readonly address: Address
  readonly temper: Temper
  /** Away in this time: hears nothing and does nothing. */
  readonly away: { readonly from: number; readonly to: number } | null
  /** From then on they are no longer in office. */
  readonly leavesAt: number | null
  /** From then on nothing arrives there. */
  readonly unreachableFrom: number | null
}

export interface Town {
  readonly city: City
  /** Agencies of the city itself: cases are given to them. */
  readonly agencies: readonly string[]
  readonly posts: readonly Post[]
}

export function createTown(seed: number, from: Date, days: number): Town {
  const city = cityWithMore()
  const agencies = city.agencies.filter(({ outside }) => !outside).map(({ id }) => id)
  const dice = diceFor(seed, 'town')
  const posts: Post[] = []
  const empty = new Set(agencies.filter((_, place) => place % 14 === 9))
  const hire = (role: StaffRole, agency: string | null) => {
    const n = posts.length + 1
    const someDay = () => from.getTime() + dice.between(20, days - 30) * DAY_MS
    const officer = role === 'officer'
    const start = someDay()
    posts.push({
      ...{ name: `${dice.oneOf(NAMES)} ${n}`, role, agency },
      address: dice.percent(50) ? `sms:+6281190${10_000 + n}` : `telegram:70000${10_000 + n}`,
      temper: dice.percent(50) ? 'prompt' : dice.oneOf(['slow', 'forgetful']),
      away: dice.percent(30) ? { from: start, to: start + dice.between(7, 25) * DAY_MS } : null,
      leavesAt: officer && dice.percent(12) ? someDay() : null,
      unreachableFrom: officer && dice.percent(8) ? someDay() : null,
    })
  }
  for (const agency of agencies) {
    if (empty.has(agency)) continue
    for (let n = dice.oneOf([1, 1, 1, 1, 2, 3]); n > 0; n--) hire('officer', agency)
    hire('head', agency)
  }
  for (const role of ['coordinator', 'coordinator', 'overseer'] as const) hire(role, null)
  return { city, agencies, posts }
}

const NAMES = ['Hasan', 'Mariana', 'Rusdi', 'Noor', 'Salasiah', 'Idris', 'Laila', 'Syahril', 'Wati']

function cityWithMore(): City {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-year-'))
  try {
    cpSync(CONFIG, folder, { recursive: true })
    const more = MADE_UP.map(
      (id) =>
        `- id: ${id}\n  name: Dinas ${id}\n  short: ${id}\n  aliases: [dinas ${id.toLowerCase()}]\n`,
    )
    const file = join(folder, 'agencies.yaml')
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n${more.join('')}`)
    const loaded = loadCity(folder, {
      phraseKeys: PHRASES,
      templateKeys: TEMPLATES,
      required: ['id', 'en'],
    })
    if ('problems' in loaded) throw new Error(printProblems(loaded.problems))
    return loaded.city
  } finally {
    rmSync(folder, { recursive: true })
  }
}
