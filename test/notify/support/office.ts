// An office over a real store: one citizen, one coordinator, and a clock that walks through the days.

import type { Complaint } from '../../../src/complaints/complaint.ts'
import type { Address } from '../../../src/message.ts'
import { at } from './cases.ts'
import { type Desk, writes } from './desk.ts'
import { type PlayedChannel, playedChannel } from './played-channel.ts'
import { ANA, desks, MORNING } from './send-desk.ts'

export const DESK: Address = 'sms:+628999999999'
const HOUR_MS = 3_600_000
/** Before, at and after the hours of steps, ends and quiet: every hour of the day costs the suite a minute. */
const LIVELY = new Set(['00', '07', '08', '09', '10', '11', '15', '16', '17', '21'])

export interface Office {
  readonly desk: Desk
  readonly line: PlayedChannel
  /** Files these from Ana's number. */
  file(...files: readonly Complaint[]): Promise<void>
  /** Ticks at this moment and sends what is due. */
  tickAt(local: string): Promise<void>
  /** Ticks at the hours at which something could happen, and tells when each message to this address went. */
  hourly(to: Address, until: string): Promise<readonly string[]>
  sentTo(to: Address): readonly string[]
}

/** Opens offices for the tests of one file. */
export function offices(): (coordinators?: readonly Address[]) => Promise<Office> {
  const open = desks()
  return async (coordinators = [DESK]) => office(open, coordinators)
}

async function office(
  open: ReturnType<typeof desks>,
  coordinators: readonly Address[],
): Promise<Office> {
  const line = playedChannel('line')
  const desk = await open({ now: MORNING, channels: [line], coordinators })
  const tick = async () => {
    await desk.schedule.tick()
    await desk.outbox.drain()
  }
  const sentTo = (to: Address) => line.sent.filter((one) => one.to === to).map(({ text }) => text)
  return {
    desk,
    line,
    sentTo,
    async file(...files) {
      await writes(desk, ANA, { files })
    },
    async tickAt(local) {
      desk.setClock(at(local))
      await tick()
    },
    async hourly(to, until) {
      const heard: string[] = []
      let count = sentTo(to).length
      for (let ms = nextHour(desk.now()); ms <= at(until).getTime(); ms += HOUR_MS) {
        if (!LIVELY.has(local(new Date(ms)).slice(-2))) continue
        desk.setClock(new Date(ms))
        await tick()
        const now = sentTo(to).length
        for (; count < now; count++) heard.push(local(desk.now()))
      }
      return heard
    },
  }
}

function nextHour(after: Date): number {
  return (Math.floor(after.getTime() / HOUR_MS) + 1) * HOUR_MS
}

function local(moment: Date): string {
  const shifted = new Date(moment.getTime() + 8 * HOUR_MS).toISOString()
  return `${shifted.slice(5, 10)} ${shifted.slice(11, 13)}`
}
