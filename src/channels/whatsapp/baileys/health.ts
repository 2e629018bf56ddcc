// How the account fares, in words for the operator.

import type { Logger } from 'pino'
import type { Clock } from '../../../clock.ts'
import type { ChannelHealth } from '../../channel.ts'

export interface Health {
  /** `why`: null when up. */
  turn(state: ChannelHealth['state'], why: string | null): void
  heard(): void
  said(): void
  read(): ChannelHealth
}

export function createHealth(clock: Clock, log: Pick<Logger, 'info' | 'warn' | 'error'>): Health {
  let health: ChannelHealth = {
    ...{ state: 'down', since: clock(), lastIn: null, lastOut: null },
    why: 'not started',
  }
  return {
    turn(state, why) {
      if (state !== health.state || why !== health.why) {
        if (state === 'up') log.info('WhatsApp (Baileys) is connected')
        else if (state === 'paused') log.error({ why }, 'WhatsApp (Baileys) has stopped')
        else log.warn({ why }, 'WhatsApp (Baileys) is not connected')
      }
      const since = state === health.state ? health.since : clock()
      health = { ...health, state, why, since }
    },
    heard: () => {
      health = { ...health, lastIn: clock() }
    },
    said: () => {
      health = { ...health, lastOut: clock() }
    },
    read: () => health,
  }
}
