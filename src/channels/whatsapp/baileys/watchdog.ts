// Is a connection that looks open alive? Pure: looked at now and then with the times that are known.
// Rule: one that cannot be told from a dead one is renewed; it costs a second, silence costs people.

export interface Watched {
  /** When it was begun, and when it was open: epoch milliseconds; null: not yet. */
  readonly beganAt: number
  readonly openAt: number | null
  /** The last frame of any kind; null: none. */
  readonly frameAt: number | null
  /** The last thing a person did: a message, a receipt; null: nothing yet. */
  readonly lifeAt: number | null
  /** A code waits to be scanned or typed in: that takes as long as it takes. */
  readonly linking: boolean
}

/** Baileys asks every 30 s and ends what did not answer; where its own timer fails, this one stands. */
const NO_FRAME_MS = 90_000
/** Handshake, login and the upload of keys together. */
const OPENING_MS = 60_000
/** It answers pings, yet brings nothing any more: seen after the phone was offline for long. */
const NO_LIFE_MS = 6 * 60 * 60_000

/** Why it is to be ended; null: all is well. */
export function silenceOf(watched: Watched, now: number): string | null {
  const { beganAt, openAt, frameAt, lifeAt, linking } = watched
  if (linking) return null
  if (openAt === null)
    return now - beganAt > OPENING_MS ? 'the connection did not open within a minute' : null
  if (now - Math.max(openAt, frameAt ?? 0) > NO_FRAME_MS)
    return 'the connection is open, yet silent'
  if (now - Math.max(openAt, lifeAt ?? 0) > NO_LIFE_MS)
    return 'nothing came in for six hours; renewed to be sure'
  return null
}
