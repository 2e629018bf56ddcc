// The shape of a message as Baileys decodes it: only what is read, everything optional, nothing believed.
// Rule: a field of an odd kind is as if it were not there; it never costs the message.

import { z } from 'zod'

/** Protobuf leaves null where nothing was sent, and 64-bit numbers are objects. */
const text = z.string().nullish().catch(null)
const flag = z.boolean().nullish().catch(null)
const count = z.coerce.number().nullish().catch(null)
const bytes = z.instanceof(Uint8Array).nullish().catch(null)

const key = z.object({
  id: text,
  remoteJid: text,
  remoteJidAlt: text,
  participant: text,
  fromMe: flag,
})
const anyKey = key.nullish().catch(null)

const context = z
  .object({ stanzaId: text, participant: text, remoteJid: text })
  .nullish()
  .catch(null)

const file = z
  .object({
    ...{ caption: text, mimetype: text, fileName: text, title: text },
    ...{ fileLength: count, fileSha256: bytes, mediaKey: bytes, directPath: text, url: text },
    contextInfo: context,
  })
  .nullish()
  .catch(null)

const place = z
  .object({
    ...{ degreesLatitude: count, degreesLongitude: count },
    ...{ name: text, address: text, caption: text, comment: text, contextInfo: context },
  })
  .nullish()
  .catch(null)

const card = z.object({ displayName: text, vcard: text, contextInfo: context })
const anyCard = card.nullish().catch(null)
const poll = z.object({ name: text, contextInfo: context }).nullish().catch(null)

const chosen = z
  .object({
    selectedDisplayText: text,
    title: text,
    body: z.object({ text }).nullish().catch(null),
    contextInfo: context,
  })
  .nullish()
  .catch(null)

/** What stands in it beside what is read here is only looked at for being there. */
const content = z.looseObject({
  conversation: text,
  extendedTextMessage: z.object({ text, contextInfo: context }).nullish().catch(null),
  ...{ imageMessage: file, videoMessage: file, ptvMessage: file, audioMessage: file },
  ...{ documentMessage: file, stickerMessage: file },
  ...{ locationMessage: place, liveLocationMessage: place, contactMessage: anyCard },
  contactsArrayMessage: z
    .object({ displayName: text, contacts: z.array(anyCard).nullish().catch(null) })
    .nullish()
    .catch(null),
  reactionMessage: z.object({ text, key: anyKey }).nullish().catch(null),
  ...{ pollCreationMessage: poll, pollCreationMessageV2: poll, pollCreationMessageV3: poll },
  ...{ buttonsResponseMessage: chosen, listResponseMessage: chosen },
  ...{ templateButtonReplyMessage: chosen, interactiveResponseMessage: chosen },
  protocolMessage: z
    .object({
      type: z.union([z.number(), z.string()]).nullish().catch(null),
      key: anyKey,
      editedMessage: z.unknown().optional(),
    })
    .nullish()
    .catch(null),
  messageContextInfo: z
    .object({
      messageAssociation: z
        .object({
          associationType: z.union([z.number(), z.string()]).nullish().catch(null),
          parentMessageKey: anyKey,
        })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
})

export type Content = z.infer<typeof content>
export type WireFile = NonNullable<z.infer<typeof file>>
export type WireKey = z.infer<typeof key>

const envelope = z.object({
  key,
  message: z.unknown().optional(),
  broadcast: flag,
  messageStubType: z.union([z.number(), z.string()]).nullish().catch(null),
})
export type WireMessage = z.infer<typeof envelope>

export function wireMessage(raw: unknown): WireMessage | null {
  return envelope.safeParse(raw).data ?? null
}

/** Around what was said: it vanishes later, is seen once, came from another device ... Each holds a `message`. */
const WRAPPERS = [
  ...['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension'],
  ...['documentWithCaptionMessage', 'editedMessage', 'deviceSentMessage', 'botInvokeMessage'],
  ...['associatedChildMessage', 'groupMentionedMessage', 'lottieStickerMessage'],
] as const
/** Wrapped deeper than this, it is somebody's joke. */
const MOST_WRAPPERS = 5

const wrapper = z.object({ message: z.object({}).loose() })

/** What was said, without what it was wrapped in; null: nothing that can be read. */
export function wireContent(raw: unknown): Content | null {
  let inner = raw
  for (let depth = 0; depth < MOST_WRAPPERS; depth += 1) {
    const read = content.safeParse(inner).data
    if (read === undefined) return null
    const next = WRAPPERS.map((name) => wrapper.safeParse(read[name]).data?.message).find(Boolean)
    if (next === undefined) return read
    inner = { messageContextInfo: read.messageContextInfo, ...next }
  }
  return null
}
