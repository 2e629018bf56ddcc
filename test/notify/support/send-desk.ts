// What the tests of sending share: two citizens, a morning, and desks that are closed after each test.

import { afterEach } from '@jest/globals'
import type { Address, OutboundMessage } from '../../../src/message.ts'
import type { NewOutbound } from '../../../src/store/outbox-port.ts'
import { at } from './cases.ts'
import { type Desk, type DeskOptions, message, openDesk, writes } from './desk.ts'

export const ANA: Address = 'sms:+628111111111'
export const BUDI: Address = 'sms:+628222222222'
/** A working Monday. */
export const MORNING = at('2026-11-23 10.00')

/** Opens desks for the tests of one file; each is stopped after its test. */
export function desks(): (options?: Partial<DeskOptions>) => Promise<Desk> {
  const open: Desk[] = []
  afterEach(async () => {
    for (const desk of open.splice(0).reverse()) {
      await desk.schedule.stop()
      await desk.outbox.stop()
      await desk.store.close().catch(() => {})
    }
  })
  return async (options = {}) => {
    const opened = await openDesk({ now: MORNING, channels: [], ...options })
    open.push(opened)
    return { ...opened, restart: async (more) => keep(await opened.restart(more)) }
  }

  function keep(desk: Desk): Desk {
    open.push(desk)
    return desk
  }
}

export const texts = (sent: readonly OutboundMessage[]) => sent.map(({ text }) => text)

/** So many seconds after the morning began. */
export const later = (seconds: number) => new Date(MORNING.getTime() + seconds * 1000)

/** Puts these messages for this address into the outbox, in one turn. */
export function says(address: Address, desk: Desk, ...more: readonly Partial<NewOutbound>[]) {
  return writes(desk, address, { outbound: (to) => more.map((each) => message(desk, to, each)) })
}
