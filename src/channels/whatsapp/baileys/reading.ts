// A message as Baileys brings it, as one of our own, or the reason why it is none. Pure.
// Rule: nobody who wrote to us is left unheard: what is not understood is a message without words.

import type { Address, InboundMessage, MediaKind, MediaRef, Position } from '../../../message.ts'
import { mediaKindOf } from '../../media-kind.ts'
import { cleanText } from '../../text.ts'
import { mediaIdOf } from './media-id.ts'
import { addressOfPerson, kindOf, otherNames, type Person, personOf } from './people.ts'
import { saidIn, sharedIn } from './said.ts'
import {
  type Content,
  type WireFile,
  type WireKey,
  type WireMessage,
  wireContent,
  wireMessage,
} from './wire.ts'

export const ACCOUNT = 'whatsapp-baileys'

/** Why it is nobody's message to us: labels of a metric, so there are few. */
export type Ignored =
  /** What we or our own phone said. */
  | 'own'
  | 'group'
  | 'status'
  | 'newsletter'
  | 'broadcast'
  | 'nobody'
  /** Between programs: keys, settings, votes, a reaction that was taken back. */
  | 'protocol'
  /** It could not be decrypted; its sender's phone is asked again. */
  | 'placeholder'
  | 'unreadable'

export type Read =
  | { readonly message: InboundMessage; readonly person: Person; readonly ignored?: never }
  | { readonly ignored: Ignored; readonly message?: never; readonly person?: never }

export interface ReadingParts {
  /**
   * How a person is named in provider ids, which are stored in plain: by the name their message came under. What is
   * learned of them meanwhile changes nothing, or a message brought again would be a second one.
   */
  readonly chatKey: (address: Address) => string
}

const LONGEST_NAME = 200
/** [WAProto: ProtocolMessage.Type] */
const REVOKE = new Set<unknown>([0, 'REVOKE'])
const EDIT = new Set<unknown>([14, 'MESSAGE_EDIT'])
/** [WAProto: MessageAssociation.AssociationType] */
const ALBUM = new Set<unknown>([1, 'MEDIA_ALBUM'])

/** Nobody said these: what phones tell each other, alone or beside what is said. */
const SILENT = [
  ...['senderKeyDistributionMessage', 'messageContextInfo', 'pollUpdateMessage', 'albumMessage'],
  ...['keepInChatMessage', 'pinInChatMessage', 'encReactionMessage', 'encCommentMessage', 'call'],
  ...['encEventResponseMessage', 'placeholderMessage', 'stickerSyncRmrMessage', 'chat'],
  ...[
    'messageHistoryBundle',
    'secretEncryptedMessage',
    'fastRatchetKeySenderKeyDistributionMessage',
  ],
] as const

/** `known`: the number that stands behind a LID, where somebody told it before. */
export function readMessage(
  raw: unknown,
  { chatKey }: ReadingParts,
  known: (lid: string) => string | null = () => null,
): Read {
  const wire = wireMessage(raw)
  const jid = wire?.key.remoteJid ?? ''
  const id = wire?.key.id ?? ''
  if (wire === null || jid === '' || id === '') return { ignored: 'unreadable' }
  const kind = kindOf(jid)
  if (kind !== 'person') return { ignored: kind }
  if (wire.key.fromMe === true) return { ignored: 'own' }
  if (wire.broadcast === true) return { ignored: 'broadcast' }
  const told = personOf(jid, wire.key.remoteJidAlt, wire.key.participant)
  const person = told.phone === null ? { ...told, phone: known(told.lid ?? '') } : told
  const from = addressOfPerson(person)
  if (from === null) return { ignored: 'nobody' }
  const key = chatKey(addressOfPerson(told) ?? from)
  return ofContent(wire, { id, from, person, named: (one) => `${key}:${one}` })
}

interface Sender {
  readonly id: string
  readonly from: Address
  readonly person: Person
  /** A provider id of something they wrote. */
  readonly named: (id: string) => string
}

function ofContent({ message, messageStubType }: WireMessage, sender: Sender): Read {
  const content = wireContent(message)
  if (content === null) return { ignored: messageStubType == null ? 'unreadable' : 'placeholder' }
  const { protocolMessage: protocol } = content
  if (protocol != null) {
    const edits = protocol.key?.id ?? ''
    if (edits === '') return { ignored: 'protocol' }
    // Taken back: worded anew, without words.
    if (REVOKE.has(protocol.type)) return taken(sender, {}, sender.named(edits))
    const later = EDIT.has(protocol.type) ? wireContent(protocol.editedMessage) : null
    return later === null ? { ignored: 'protocol' } : taken(sender, later, sender.named(edits))
  }
  if (content.reactionMessage?.text === '') return { ignored: 'protocol' }
  const there = Object.entries(content).flatMap(([name, value]) => (value == null ? [] : [name]))
  if (there.every((name) => (SILENT as readonly string[]).includes(name)))
    return { ignored: 'protocol' }
  return taken(sender, content, null)
}

function taken({ id, from, person, named }: Sender, content: Content, edits: string | null): Read {
  const { reactionMessage: reaction, messageContextInfo: context } = content
  const association = context?.messageAssociation
  const album = ALBUM.has(association?.associationType) ? association?.parentMessageKey?.id : null
  const message: InboundMessage = {
    ...{ channel: 'whatsapp', account: ACCOUNT, providerId: named(id), from },
    alsoKnownAs: otherNames(person),
    text: cleanText(saidIn(content) ?? sharedIn(content)).trim(),
    media: mediaOf(content),
    position: positionOf(content),
    quotedId: reaction == null ? quotedBy(content, person, named) : reactedTo(reaction.key, named),
    ...{ album: album ?? null, edits, start: null, choice: null },
    ...{ answerable: true, consent: null },
  }
  return { message, person }
}

function positionOf({ locationMessage, liveLocationMessage }: Content): Position | null {
  const spot = locationMessage ?? liveLocationMessage
  const { degreesLatitude: lat, degreesLongitude: lon } = spot ?? {}
  if (lat == null || lon == null) return null
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null
}

function reactedTo(key: WireKey | null | undefined, named: Sender['named']): string | null {
  const id = key?.id ?? ''
  if (id === '') return null
  return key?.fromMe === true ? id : named(id)
}

/** Their own words bear their name; ours do not. */
function quotedBy(content: Content, person: Person, named: Sender['named']): string | null {
  const parts = Object.values(content).map((part) => contextIn(part))
  const context = parts.find((one) => one?.stanzaId != null && one.stanzaId !== '')
  if (context?.stanzaId == null) return null
  const { phone, lid } = personOf(context.participant)
  const theirs = (phone !== null && phone === person.phone) || (lid !== null && lid === person.lid)
  return theirs ? named(context.stanzaId) : context.stanzaId
}

interface Context {
  readonly stanzaId?: string | null | undefined
  readonly participant?: string | null | undefined
}

function contextIn(part: unknown): Context | null {
  if (typeof part !== 'object' || part === null || !('contextInfo' in part)) return null
  return (part.contextInfo as Context | null | undefined) ?? null
}

function mediaOf(content: Content): readonly MediaRef[] {
  const { imageMessage, videoMessage, ptvMessage, audioMessage } = content
  const { documentMessage: document, stickerMessage } = content
  return [
    ...ref('photo', 'image', imageMessage),
    ...ref('video', 'video', videoMessage),
    ...ref('video', 'ptv', ptvMessage),
    ...ref('voice', 'audio', audioMessage),
    ...ref(mediaKindOf(document?.mimetype ?? null), 'document', document),
    ...ref('sticker', 'sticker', stickerMessage),
  ]
}

function ref(
  kind: MediaKind,
  sentAs: string,
  file: WireFile | null | undefined,
): readonly MediaRef[] {
  if (file == null) return []
  const name = cleanText(file.fileName ?? file.title ?? '').slice(0, LONGEST_NAME)
  const { fileLength, fileSha256 } = file
  return [
    {
      ...{ kind, id: mediaIdOf(sentAs, file), url: '', contentType: file.mimetype ?? null },
      ...{ name: name === '' ? null : name, bytes: fileLength ?? null },
      ...(fileSha256?.length === 32 ? { sha256: Buffer.from(fileSha256).toString('hex') } : {}),
    },
  ]
}
