// How the account fares, in and out by themselves: one way may be open while the other is shut.

import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { ChannelHealth } from '../channel.ts'

type State = ChannelHealth['state']
type Way = 'in' | 'out'

export interface Health {
  /** `why`: for the operator; null when up. */
  turn(way: Way, state: State, why: string | null): void
  /** It was told to stop: nothing is wrong. */
  end(): void
  heard(): void
  said(): void
  read(): ChannelHealth
}

const WORSE: readonly State[] = ['up', 'down', 'paused']

export function createHealth(clock: Clock, log: Pick<Logger, 'info' | 'error'>): Health {
  const ways: Record<Way, { readonly state: State; readonly why: string | null }> = {
    in: { state: 'down', why: 'not started' },
    out: { state: 'up', why: null },
  }
  let since = clock()
  let lastIn: Date | null = null
  let lastOut: Date | null = null

  const worst = () =>
    WORSE.indexOf(ways.out.state) > WORSE.indexOf(ways.in.state) ? ways.out : ways.in

  function change(way: Way, state: State, why: string | null): void {
    const before = worst().state
    ways[way] = { state, why }
    if (worst().state !== before) since = clock()
  }

  return {
    turn(way, state, why) {
      if (ways[way].state !== state || ways[way].why !== why) {
        if (state === 'up') log.info({ way }, 'Telegram is well')
        else log.error({ way, state, why }, 'Telegram is not well')
      }
      change(way, state, why)
    },
    end: () => change('in', 'down', 'stopped'),
    heard: () => {
      lastIn = clock()
    },
    said: () => {
      lastOut = clock()
    },
    read: () => ({ ...worst(), since, lastIn, lastOut }),
  }
}
