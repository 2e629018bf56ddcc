// Who somebody is on WhatsApp: a number, or where that is hidden an id (LID), or both. Pure.
// Rule: whoever has a number is known by it, whichever of the two a message came with.

import { type Address, addressOf } from '../../../message.ts'

export interface Person {
  /** Digits, in full; null: hidden. */
  readonly phone: string | null
  /** Digits of the id that stands for it; null: not told. */
  readonly lid: string | null
}

export type Kind = 'person' | 'group' | 'status' | 'newsletter' | 'broadcast' | 'nobody'

const PHONE = /^(\d{5,16})(?:_\d+)?(?::\d+)?@(?:s\.whatsapp\.net|c\.us|hosted)$/
const LID = /^(\d{1,20})(?:_\d+)?(?::\d+)?@(?:lid|hosted\.lid)$/
/** WhatsApp speaks of itself by this one. */
const WHATSAPP = '0'

export function kindOf(jid: string): Kind {
  if (jid === 'status@broadcast') return 'status'
  if (jid.endsWith('@g.us')) return 'group'
  if (jid.endsWith('@newsletter')) return 'newsletter'
  if (jid.endsWith('@broadcast')) return 'broadcast'
  return PHONE.test(jid) || LID.test(jid) ? 'person' : 'nobody'
}

export function personOf(...jids: readonly (string | null | undefined)[]): Person {
  let phone: string | null = null
  let lid: string | null = null
  for (const jid of jids) {
    phone ??= PHONE.exec(jid ?? '')?.[1] ?? null
    lid ??= LID.exec(jid ?? '')?.[1] ?? null
  }
  return { phone: phone === WHATSAPP ? null : phone, lid }
}

/** Null: nobody. */
export function addressOfPerson({ phone, lid }: Person): Address | null {
  if (phone !== null) return addressOf('whatsapp', phone)
  return lid === null ? null : addressOf('whatsapp', `lid.${lid}`)
}

/** What else they may be known by, where they are known by their number; `InboundMessage.alsoKnownAs`. */
export function otherNames({ phone, lid }: Person): readonly Address[] {
  return phone === null || lid === null ? [] : [addressOf('whatsapp', `lid.${lid}`)]
}

const TO_PHONE = /^whatsapp:\+?(\d{5,16})$/
const TO_LID = /^whatsapp:lid\.(\d{1,20})$/

/** Where a message to this address goes; null: nowhere on this channel. */
export function jidOf(address: string): string | null {
  const phone = TO_PHONE.exec(address)?.[1]
  if (phone !== undefined) return `${phone}@s.whatsapp.net`
  const lid = TO_LID.exec(address)?.[1]
  return lid === undefined ? null : `${lid}@lid`
}
