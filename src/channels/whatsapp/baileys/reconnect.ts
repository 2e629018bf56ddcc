// What to do when the connection ended, by the code it ended with. Pure: chance is passed in.
// Rule: we never hammer WhatsApp, and what only a person can mend stops and says so.

export interface Ended {
  /** [Baileys' DisconnectReason; HTTP's where the WebSocket was refused] */
  readonly code: number
  /** Endings in a row without a connection that stood, before this one. */
  readonly strikes: number
  /** From 0 up to, not including, 1. */
  readonly chance: number
}

export type Next =
  | {
      readonly type: 'again'
      readonly inMs: number
      readonly relink: boolean
      readonly why: string
    }
  /** Nothing is tried any more: the operator must act. */
  | { readonly type: 'stop'; readonly relink: boolean; readonly why: string }

/** None of WhatsApp's: our own store could not be read or written. */
export const OWN_STORE = 507

const SECOND = 1_000
const SHORTEST_MS = 2 * SECOND
const LONGEST_MS = 5 * 60 * SECOND
/** Sooner, two programs that share a login would throw each other out for ever. */
const REPLACED_MS = 60 * SECOND
/** Failures of this kind in a row before we stop. */
const MOST_BAD_SESSIONS = 5
/** Between two tries to link anew. */
const RELINK_MS = 5 * SECOND

export function afterEnding({ code, strikes, chance }: Ended): Next {
  switch (code) {
    case 515:
      // Follows a linking; a server that says nothing else is not asked in a circle.
      return again(strikes < 3 ? 0 : backOffMs(strikes, chance), 'WhatsApp asked for a restart')
    case 401:
      return stop(
        'this device was unlinked on the phone (401): restart the gateway and link it again, by QR or by code',
        true,
      )
    case 403:
      return stop(
        'WhatsApp has banned or locked this number (403): look at the phone; if it is banned, move to the Cloud API or to another number',
        false,
      )
    case 405:
      return stop(
        'WhatsApp no longer takes this version of the library (405): upgrade Kentongan',
        false,
      )
    case 411:
      return { type: 'again', inMs: RELINK_MS, relink: true, why: 'it must be linked anew (411)' }
    case 440:
      return again(
        Math.max(REPLACED_MS, backOffMs(strikes, chance)) + spread(REPLACED_MS, chance),
        'another program uses this login (440): stop it',
      )
    case 500:
      return strikes + 1 >= MOST_BAD_SESSIONS
        ? stop(
            'the session is broken (500, five times): restart the gateway and link it again',
            true,
          )
        : again(backOffMs(strikes, chance), 'a failure of the session (500)')
    case 428:
      return again(backOffMs(strikes, chance), 'the connection was closed (428)')
    case 408:
      return again(backOffMs(strikes, chance), 'no answer from WhatsApp (408)')
    case 503:
      return again(backOffMs(strikes, chance), 'WhatsApp is not available (503)')
    case OWN_STORE:
      return again(backOffMs(strikes, chance), 'what came could not be kept: the store is away')
    default:
      return again(backOffMs(strikes, chance), `the connection ended (${code})`)
  }
}

/** From half of it to the whole: those who were thrown out together do not come back together. */
function backOffMs(strikes: number, chance: number): number {
  const most = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(strikes, 10))
  return Math.round(most / 2) + spread(most / 2, chance)
}

function spread(ms: number, chance: number): number {
  return Math.floor(ms * chance)
}

function again(inMs: number, why: string): Next {
  return { type: 'again', inMs, relink: false, why }
}

/** `relink`: the login is worth nothing any more; the next start begins with a new one. */
function stop(why: string, relink: boolean): Next {
  return { type: 'stop', relink, why }
}
