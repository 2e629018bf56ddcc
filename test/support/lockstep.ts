// A transcript's lines played twice in step: by the pure conversation in memory, and by the whole gateway over a channel's wire.
// Rule: what arrives on the wire is what the conversation says, word for word and button for button; nothing is written down twice.

import { expect } from '@jest/globals'
import { instantOf } from '../../src/complaints/clocks.ts'
import type { OpenChannel } from '../channels/contract/given.ts'
import { fill } from '../conversation/placeholders.ts'
import { momentOf, readMessage, spanOf } from '../conversation/transcript.ts'
import { createWorld, type Happened, type World } from '../conversation/world.ts'
import { referenceCity } from './city.ts'
import { openHouse } from './lockstep-house.ts'

/** Between two lines: a thumb needs a moment, and a provider's pace for one chat is kept. */
const THUMB_MS = 5_000

/** What a person reads: words, and what can be tapped. */
interface Reply {
  readonly text: string
  readonly buttons: readonly string[]
}

export interface Played {
  /** Lines of citizens. */
  readonly lines: number
  readonly replies: number
}

export async function playInStep(script: string, open: OpenChannel): Promise<Played> {
  const test = referenceCity()
  let now = () => new Date(0)
  const bench = await open({ clock: () => now(), readMedia: async () => null })
  const start = instantOf('2026-11-23', 10, test.city.zone)
  const world = createWorld(test.city, start, () => bench.channel.buttons)
  now = () => world.now
  const house = await openHouse(bench, world)
  const played = { lines: 0, replies: 0 }
  const shown: Happened['replies'][number][] = []
  try {
    for (const line of script.split('\n')) {
      const [, key = '', rest = ''] =
        /^(wait|at|officer|picture\d*|citizen\d*):\s?(.*)$/.exec(line) ?? []
      if (key === '') continue
      if (/^(officer|picture)/.test(key)) throw new Error(`"${line}" is not played here`)
      const tickets = world.tickets.map((ticket, place) => [`t${place + 1}`, ticket])
      const words = fill(rest, { ...test.values, ...Object.fromEntries(tickets) })
      const by = Number(key.slice('citizen'.length) || 1)
      const before = bench.arrived().length
      const spoken = key.startsWith('citizen')
      // What was due by then is said first.
      const due = await house.waits(spoken ? THUMB_MS : momentFor(key, words, world))
      const happened = spoken ? [...due, await house.says(by, readMessage(words), shown)] : due
      const said = happened.flatMap(({ replies }) => replies)
      shown.push(...said)
      const wanted = said.map(({ text, choices }) => readable(text, choices, bench.channel.buttons))
      const heard = (await house.repliesSince(before, wanted.length)).map(({ text, buttons }) => ({
        text: house.inTheWorld(text),
        buttons: buttons.map(house.inTheWorld),
      }))
      expect({ line, heard }).toEqual({ line, heard: wanted })
      played.lines += spoken ? 1 : 0
      played.replies += heard.length
    }
    return played
  } finally {
    await house.close()
  }
}

/** How long until then, in milliseconds. */
function momentFor(key: string, words: string, world: World): number {
  return key === 'wait' ? spanOf(words) : momentOf(words, world).getTime() - world.now.getTime()
}

function readable(text: string, choices: readonly { label: string }[], buttons: boolean): Reply {
  return { text, buttons: buttons ? choices.map(({ label }) => label) : [] }
}
