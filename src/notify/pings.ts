// The kinds of what those who act hear. Their kinds begin alike: STOP does not silence them, and no budget of a day does.

/** Of cards, and of the lists of an escalation. */
export const PING = 'ping'
export const URGENT_PING = 'ping_urgent'
/** An answer that never arrived was told to the coordinators; `Store.answersLost` looks for this kind. */
export const LOST_PING = 'ping_undelivered'
/** Of the morning: nobody else needs to hear it instead. */
export const DIGEST_PING = 'ping_digest'
/** Somebody on duty cannot be reached: told in their stead. */
export const PASSED_PING = 'ping_unreachable'

/** Pings have no daily budget: escalation cannot skip, and officers have no limit. */
export function isPing(kind: string): boolean {
  return kind.startsWith(PING)
}

/** An emergency goes beyond every budget. */
export function isUrgentPing(kind: string): boolean {
  return kind === URGENT_PING
}
