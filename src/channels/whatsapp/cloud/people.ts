// Who somebody is to Meta: a number, or an id that stands for it where the number is hidden, or both. Pure.
// Rule: whoever has a number is known by it; the id beside it is another name of the same person.
// [https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids]

import { type Address, addressOf } from '../../../message.ts'
import type { CloudContact, CloudMessage } from './payload.ts'

export interface Sender {
  readonly from: Address
  /** `InboundMessage.alsoKnownAs` */
  readonly alsoKnownAs: readonly Address[]
}

const NUMBER = /^\+?(\d{5,15})$/
/** Two letters of a country, a point, letters and digits; whatever else Meta may think of. */
const ID = /^[\w.:-]{1,140}$/
/** An address of ours. */
const TO = /^whatsapp:([\w.:-]{1,140})$/

/** Null: nobody. */
export function senderOf(
  message: Pick<CloudMessage, 'from' | 'from_user_id'>,
  contacts: readonly CloudContact[],
): Sender | null {
  const { from, from_user_id: own } = message
  const contact = contactOf(message, contacts)
  const number = digitsOf(from) ?? digitsOf(contact?.wa_id)
  const id = idOf(own) ?? idOf(from) ?? idOf(contact?.user_id)
  if (number === null) return id === null ? null : { from: id, alsoKnownAs: [] }
  return { from: number, alsoKnownAs: id === null ? [] : [id] }
}

/** Of the same number or id; the only one, where the message names nobody. */
function contactOf(
  { from, from_user_id: own }: Pick<CloudMessage, 'from' | 'from_user_id'>,
  contacts: readonly CloudContact[],
): CloudContact | undefined {
  if (from === undefined && own === undefined)
    return contacts.length === 1 ? contacts[0] : undefined
  return contacts.find(
    ({ wa_id: number, user_id: id }) =>
      (from !== undefined && (number === from || id === from)) || (own !== undefined && id === own),
  )
}

/** Where somebody is to be found after Meta told of a change: where they were, if another id stands there now; null: nothing changed. */
export function movedTo({ from }: Sender, message: CloudMessage): Address | null {
  const { system } = message
  const number = digitsOf(system?.wa_id) ?? digitsOf(system?.new_wa_id)
  const id = idOf(system?.user_id)
  // An id that changes alone stands beside the number.
  const to = number ?? (isNumber(from) && id !== null ? from : id)
  return to === from && !isNumber(from) ? null : to
}

/** Of whoever moves to a number: the id that stands beside it from then on. */
export function alsoAt(to: Address, { system }: CloudMessage): readonly Address[] {
  const id = idOf(system?.user_id)
  return id === null || id === to ? [] : [id]
}

/** As the Graph API wants it; null: nobody of WhatsApp. */
export function recipientOf(to: Address): object | null {
  const name = TO.exec(to)?.[1]
  if (name === undefined) return null
  // Who hides their number is written to by the id that Meta gave us.
  return /^\d+$/.test(name) ? { to: name } : { recipient: name }
}

const isNumber = (address: Address) => /^whatsapp:\d+$/.test(address)

function digitsOf(name: string | undefined): Address | null {
  const digits = NUMBER.exec(name ?? '')?.[1]
  return digits === undefined ? null : addressOf('whatsapp', digits)
}

function idOf(name: string | undefined): Address | null {
  if (name === undefined || NUMBER.test(name) || !ID.test(name)) return null
  return addressOf('whatsapp', name)
}
