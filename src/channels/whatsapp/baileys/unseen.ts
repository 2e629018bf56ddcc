// A picture to be seen once: WhatsApp shows it on phones alone, and tells a linked device only that there was one.
// Rule: whoever sent it is answered like anybody whose picture could not be fetched.

import type { Stanza } from './spool.ts'

/** [as Baileys 7 knows them] */
const SEEN_ONCE = new Set(['view_once', 'view_once_unavailable_fanout'])

/** As Baileys would have brought it; null: it is not of this kind, or what our own phone sent. */
export function unseenIn({ attrs, content }: Stanza): unknown {
  const { id, from, recipient, sender_pn, sender_lid } = attrs
  const parts: readonly Partial<Stanza & { readonly tag: string }>[] = Array.isArray(content)
    ? content
    : []
  const isOnce = parts.some(
    ({ tag, attrs: of }) => tag === 'unavailable' && SEEN_ONCE.has(of?.type ?? ''),
  )
  if (!isOnce || recipient !== undefined) return null
  return {
    key: { id, remoteJid: from, remoteJidAlt: sender_pn ?? sender_lid, fromMe: false },
    message: { viewOnceMessage: { message: { imageMessage: {} } } },
  }
}
