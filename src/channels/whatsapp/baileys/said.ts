// The words in what was sent: written, below a file, chosen, or those of what was shared. Pure.

import type { Content } from './wire.ts'

/** Words of their own; null: none. */
export function saidIn(content: Content): string | null {
  const { extendedTextMessage: extended, imageMessage, videoMessage, documentMessage } = content
  const captions = [imageMessage, videoMessage, documentMessage].map((file) => file?.caption)
  const said = [content.conversation, extended?.text, ...captions, chosenIn(content)]
  return said.find((one) => one != null && one !== '') ?? null
}

/** Of buttons and lists that others sent; we send none. */
function chosenIn(content: Content): string | null | undefined {
  const { buttonsResponseMessage: button, listResponseMessage: row } = content
  const { templateButtonReplyMessage: template, interactiveResponseMessage: other } = content
  return (
    button?.selectedDisplayText ?? row?.title ?? template?.selectedDisplayText ?? other?.body?.text
  )
}

/** What was shared, as if written. A reaction is its sign. */
export function sharedIn(content: Content): string {
  const { reactionMessage, locationMessage: spot, liveLocationMessage: live } = content
  const place = [spot?.name, spot?.address, spot?.comment, live?.caption].filter(Boolean).join(', ')
  const {
    pollCreationMessage: poll,
    pollCreationMessageV2: v2,
    pollCreationMessageV3: v3,
  } = content
  const asked = poll?.name ?? v2?.name ?? v3?.name
  return reactionMessage?.text || place || cardIn(content) || asked || ''
}

function cardIn({ contactMessage: one, contactsArrayMessage: several }: Content): string {
  const cards = [one, ...(several?.contacts ?? [])].filter((card) => card != null)
  return cards
    .map(({ displayName, vcard }) => [displayName, phoneIn(vcard ?? '')].filter(Boolean).join(' '))
    .join(', ')
}

/** [RFC 6350, TEL; WhatsApp puts the number in `waid`] */
function phoneIn(vcard: string): string {
  return (/^[\w.-]*TEL[^\n:]*:\s*([^\r\n]+)/m.exec(vcard)?.[1] ?? '').trim()
}
