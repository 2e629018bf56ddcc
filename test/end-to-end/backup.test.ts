// The show of a backup: copied under load beside a running gateway, put back elsewhere, nothing old said again.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { ApiComplaint, Gateway } from '../support/gateway.ts'
import { eventually } from '../support/gateway-process.ts'
import { operateIn } from '../support/operator-beside.ts'
import { ticketIn } from '../support/sms.ts'
import { COORDINATOR, inWorld, type World } from '../support/world.ts'

/** Messages at one time, and in all, while the copy is made. */
const WIDTH = 8
const FLOOD = 160

async function command(world: World, args: readonly string[], env: Record<string, string> = {}) {
  const child = world.spawn({ args, env: { ...world.env(), ...env } })
  child.endInput()
  const code = await child.ended(60_000)
  return { code, out: child.stdout(), err: child.stderr() }
}

const numberOf = (place: number) => `+6281240${String(place).padStart(6, '0')}`

/** Files, assigns and answers a case; its ticket. */
async function answered(world: World, gateway: Gateway, from: string, words: string) {
  expect(await gateway.sms(from, `BANJARMASIN ${words}`)).toBe(200)
  const ticket = ticketIn((await world.replies(from, 1))[0])
  expect((await gateway.move(ticket, 'assign', { agency: 'DPUPR' })).status).toBe(200)
  const answer = { note: 'Sudah beres' }
  expect((await gateway.move(ticket, 'answer', answer)).status).toBe(200)
  return ticket
}

/** Citizens that write until told to stop; all are answered 200. */
function flood(gateway: Gateway) {
  let next = 0
  let stopped = false
  const one = async () => {
    while (!stopped && next < FLOOD) {
      const place = ++next
      const words = `BANJARMASIN lampu jalan padam di jl kuin selatan tiang b${place}b`
      expect(await gateway.sms(numberOf(place), words)).toBe(200)
    }
  }
  const done = Promise.all(Array.from({ length: WIDTH }, one))
  return {
    sent: () => next,
    stop: () => {
      stopped = true
      return done
    },
  }
}

const factsOf = (complaints: readonly ApiComplaint[]) =>
  new Map(complaints.map(({ ticket, text, state, history }) => [ticket, { text, state, history }]))

test(
  'a copy made under load and put back elsewhere has the same complaints and repeats nothing',
  () =>
    inWorld(async (world) => {
      const gateway = await world.start()
      // One case whose answer arrived, and one whose citizen cannot be reached for now.
      await answered(world, gateway, numberOf(900), 'got mampet di kuin utara')
      await world.sending(({ to, body }) => to === numberOf(900) && /Sudah beres/.test(body))
      world.twilio.answerBy(({ to, body }) =>
        to === numberOf(901) && /Sudah beres/.test(body)
          ? { type: 'refuse', status: 503 }
          : { type: 'accept' },
      )
      const waiting = await answered(world, gateway, numberOf(901), 'sampah menumpuk di pekauman')

      const writing = flood(gateway)
      await eventually(
        async () => writing.sent(),
        (sent) => sent > 20,
      )
      const file = join(world.folder, 'copy.db')
      const backup = await command(world, ['backup', file])
      const afterBackup = writing.sent()
      await writing.stop()
      expect(backup).toMatchObject({ code: 0, err: '' })
      expect(backup.out).toMatch(/DATA_KEY is not in the copy/)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(afterBackup).toBeGreaterThan(20)

      const again = await operateIn(world, ['backup', file])
      expect(again.code).toBe(1)
      expect(again.err).toMatch(/exists already; name another file/)
      const over = await operateIn(world, ['restore', file, '--yes'])
      expect(over.code).toBe(1)
      expect(over.err).toMatch(/is in use by another gateway; stop that one first/)
      const original = factsOf(await gateway.complaints())
      await gateway.kill()

      const elsewhere = { DATABASE_URL: `sqlite:${join(world.folder, 'elsewhere', 'k.db')}` }
      const unasked = await operateIn(world, ['restore', file], elsewhere)
      expect(unasked.code).toBe(1)
      expect(unasked.err).toMatch(/no terminal to ask at; give --yes/)
      const restore = await command(world, ['restore', file, '--yes'], elsewhere)
      expect({ ...restore, out: '' }).toEqual({ code: 0, out: '', err: '' })
      expect(restore.out).toMatch(/[1-9]\d* waiting messages were marked expired/)

      world.twilio.answerBy(() => ({ type: 'accept' }))
      const sent = world.twilio.sends.length
      const restored = await world.start({ at: '2026-11-25T10:10:00+08:00', env: elsewhere })
      const copied = factsOf(await restored.complaints())
      expect(copied.size).toBeGreaterThan(20)
      expect(copied.size).toBeLessThanOrEqual(original.size)
      for (const [one, facts] of copied) expect(facts).toEqual(original.get(one))
      // The schedule's first round: whether that answer arrived is not known, so the coordinators are told.
      const told = () => world.twilio.sends.slice(sent)
      await eventually(
        async () => told().filter(({ to }) => to === COORDINATOR),
        (pings) => pings.some(({ body }) => body.includes(waiting)),
      )
      expect(await restored.sms(numberOf(902), 'BANJARMASIN jalan berlubang di pekauman')).toBe(200)
      await world.replies(numberOf(902), 2)
      const heard = told().filter(({ to }) => to !== COORDINATOR)
      expect(new Set(heard.map(({ to }) => to))).toEqual(new Set([numberOf(902)]))
      expect(await restored.stop()).toBe(0)
    }),
  120_000,
)
