// The process ended before and after each call that fetching an attachment makes; the next one finishes the work.

import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { CRASH_AT_STEP } from '../support/breaking.ts'
import { messageFields } from '../support/fake-twilio.ts'
import { eventually } from '../support/gateway-process.ts'
import { inWorld, MORNING } from '../support/world.ts'
import { plain } from './pictures.ts'

const CALLS = ['leaseMedia', 'claimMedia', 'settleMedia', 'mediaNews', 'leaseWipes'] as const
const POINTS = CALLS.flatMap((call) => [`${call} before`, `${call} after`])
const APART_MS = 600_000

test(
  'an attachment survives the end of the process at every point',
  () =>
    inWorld(async (world) => {
      const moment = (place: number) =>
        new Date(Date.parse(MORNING) + place * APART_MS).toISOString()
      const folder = join(world.folder, 'media')
      mkdirSync(folder)
      for (const [place, point] of POINTS.entries()) {
        const env = world.env({ at: moment(place), env: { CRASH_AT: point } })
        const child = world.spawn({ env, preload: CRASH_AT_STEP })
        const bytes = await plain(40 + place, 40)
          .jpeg()
          .toBuffer()
        const fields = messageFields({
          From: `+6281240${String(place).padStart(6, '0')}`,
          Body: 'BANJARMASIN lampu jalan mati di jl kuin selatan',
          NumMedia: '1',
          MediaUrl0: world.twilio.hold({ bytes }),
          MediaContentType0: 'image/jpeg',
        })
        const died = child.ended()
        await world
          .meet(child)
          .then((gateway) => gateway.form(fields))
          .catch(() => {})
        expect({ point, how: await died }).toEqual({ point, how: 'SIGKILL' })
        // Twilio comes again with what was not acknowledged, and so does this one with all.
        const again = await world.start({ at: moment(place + 0.9) })
        expect((await again.form(fields)).status).toBe(200)
        await eventually(
          async () => filesIn(folder).length,
          (count) => count === place + 1,
        )
        expect(await again.stop()).toBe(0)
      }
      expect(filesIn(folder)).toHaveLength(POINTS.length)
    }),
  480_000,
)

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (one) => one.isFile() && !one.name.startsWith('.'),
  )
