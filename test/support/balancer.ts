// A load balancer before several gateways, with Twilio's patience: what fails at one is posted to the next.
// At times it posts a copy to two at once, as a provider does that had no answer in time.

import { setTimeout as passes } from 'node:timers/promises'
import type { Gateway } from './gateway.ts'
import type { Dice } from './stream.ts'

export interface Balancer {
  /** Stands for a gateway where only `form` is used. */
  readonly gateway: Gateway
  /** Puts a gateway on this seat, or leaves it empty. */
  seat(place: number, gateway: Gateway | null): void
  /** So many more messages may be posted; without, those who write wait. A slow machine has no more of them than a fast one. */
  allow(messages: number): void
  /** Nothing is posted any more: a test that failed must not go on. */
  close(): void
  /** Posts that were answered 200. */
  acknowledged(): number
  /** Posts that were answered otherwise, or not at all. */
  refused(): number
}

interface BalancerOptions {
  readonly seats: number
  readonly dice: Dice
  /** True: each person's messages go to one seat, and wait while it is empty. */
  readonly sticky?: boolean
}

const CHANCE_OF_COPY = 0.1
const AGAIN_MS = 20

export function openBalancer({ seats, dice, sticky }: BalancerOptions): Balancer {
  const seated: (Gateway | null)[] = Array.from({ length: seats }, () => null)
  let posts = 0
  let acknowledged = 0
  let refused = 0
  let closed = false
  let allowed = 0
  let tell: () => void = () => {}
  let changed = new Promise<void>((resolve) => {
    tell = resolve
  })

  function look(from: string): Gateway | null {
    if (sticky) return seated[Number(from.slice(-5)) % seats] ?? null
    const living = seated.filter((each) => each !== null)
    return living[posts++ % living.length] ?? null
  }

  function tellAll(): void {
    const told = tell
    changed = new Promise((resolve) => {
      tell = resolve
    })
    told()
  }

  async function next(from: string): Promise<Gateway> {
    for (;;) {
      const found = look(from)
      if (found !== null) return found
      await changed
    }
  }

  async function post(fields: Readonly<Record<string, string>>) {
    for (;;) {
      if (closed) return new Promise<never>(() => {})
      const one = await next(fields.From ?? '')
      try {
        const reply = await one.form(fields)
        if (reply.status === 200) {
          acknowledged += 1
          return reply
        }
      } catch {
        // Killed under it.
      }
      refused += 1
      // A fault comes faster than a thought; a balancer asks again a moment later.
      await passes(AGAIN_MS)
    }
  }

  async function form(fields: Readonly<Record<string, string>>) {
    while (allowed < 1) await changed
    allowed -= 1
    const copy = dice() < CHANCE_OF_COPY ? post(fields) : null
    const reply = await post(fields)
    await copy
    return reply
  }

  return {
    gateway: { form } as unknown as Gateway,
    seat(place, gateway) {
      seated[place] = gateway
      tellAll()
    },
    allow(messages) {
      allowed += messages
      tellAll()
    },
    close: () => {
      closed = true
    },
    acknowledged: () => acknowledged,
    refused: () => refused,
  }
}
