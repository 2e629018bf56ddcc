// Citizens who write without pause, and a Twilio that repeats what was not acknowledged (and at times what was).
// It keeps the books: what must be true afterwards is read from them, the API and the sends alone.

import { setTimeout as passes } from 'node:timers/promises'
import { messageFields } from './fake-twilio.ts'
import type { Gateway } from './gateway.ts'

/** Numbers from 0 up to, not including, 1; the same seed gives the same ones. */
export type Dice = () => number

/** mulberry32 */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Written {
  readonly from: string
  /** Stands in the text and in no other. */
  readonly mark: string
  readonly files: boolean
  /** How often it was posted. */
  posts: number
  acknowledged: boolean
}

export interface Stream {
  readonly written: readonly Written[]
  /** Given the gateway that runs now, or null while none does. */
  use(gateway: Gateway | null): void
  /** No new messages; resolves when all are acknowledged. */
  finish(): Promise<void>
}

const MATTERS = [
  'lampu jalan padam di jl kuin selatan tiang',
  'sampah menumpuk tidak diangkut di pasar lama los',
  'got mampet dan meluap di jl belitung darat nomor',
  'jalan berlubang dalam di pekauman gang',
]
/** Fewer than the daily limit, so that each is filed without another word. */
const FILINGS = MATTERS.length
const CHANCE_OF_REPEAT = 0.2

export function openStream(streams: number, dice: Dice): Stream {
  const written: Written[] = []
  let open = true
  let running: Gateway | null = null
  let tell: () => void = () => {}
  let changed = new Promise<void>((resolve) => {
    tell = resolve
  })

  async function post(fields: Record<string, string>): Promise<number> {
    while (running === null) await changed
    const gateway = running
    try {
      return (await gateway.form(fields)).status
    } catch {
      // Killed under it: Twilio waits for the next one.
      if (running === gateway) await changed
      return 0
    }
  }

  async function deliver(message: Written, text: string): Promise<void> {
    const fields = messageFields({ From: message.from, Body: text })
    while (!message.acknowledged) {
      message.posts += 1
      message.acknowledged = (await post(fields)) === 200
    }
    if (dice() < CHANCE_OF_REPEAT) {
      message.posts += 1
      await post(fields)
    }
  }

  async function person(from: string): Promise<void> {
    for (let turn = 0; open && turn < FILINGS; turn++) {
      const mark = `q${from.slice(-4)}x${turn}`
      const filing: Written = { from, mark, files: true, posts: 0, acknowledged: false }
      written.push(filing)
      await deliver(filing, `BANJARMASIN ${MATTERS[turn]} ${mark}`)
      if (dice() < 0.5) {
        const ask: Written = { from, mark: `${mark}s`, files: false, posts: 0, acknowledged: false }
        written.push(ask)
        await deliver(ask, 'STATUS')
      }
      // A thumb needs a moment, and two cores are few.
      await passes(dice() * 40)
    }
  }

  let people = 0
  async function oneAfterTheOther(): Promise<void> {
    while (open) {
      people += 1
      await person(`+62812200${String(people).padStart(5, '0')}`)
    }
  }
  const all = Promise.all(Array.from({ length: streams }, oneAfterTheOther))

  return {
    written,
    use: (gateway) => {
      running = gateway
      const told = tell
      changed = new Promise((resolve) => {
        tell = resolve
      })
      told()
    },
    finish: async () => {
      open = false
      await all
    },
  }
}
