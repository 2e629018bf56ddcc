// The words all folders share: who writes, what came in, what goes out, what became of it.
// Nothing here knows a provider; an adapter turns its wire format into these and back.

export type ChannelName = 'sms' | 'telegram' | 'whatsapp'

/** `sms:+628111234567`, `telegram:12345`, `whatsapp:628111234567`. Never logged, sealed at rest. */
export type Address = `${ChannelName}:${string}`

/** Indonesian first: what another language lacks is said in it. */
export const LANGUAGES = ['id', 'en', 'bjn'] as const
export type Language = (typeof LANGUAGES)[number]

export function addressOf(channel: ChannelName, name: string): Address {
  return `${channel}:${name}`
}

export function channelOf(address: Address): ChannelName {
  return address.slice(0, address.indexOf(':')) as ChannelName
}

export type MediaKind = 'photo' | 'voice' | 'video' | 'document' | 'sticker'

/** How long an attachment may be, in bytes: what Telegram's getFile gives out, the least of the providers'. */
export const MOST_MEDIA_BYTES = 20 * 1024 * 1024

/**
 * Why an attachment is not kept: too long (or too many pixels), of no kind we keep, damaged, or not to be had from its
 * provider for a day.
 */
export const MEDIA_REFUSALS = ['too-big', 'unknown-type', 'unreadable', 'lost'] as const
export type MediaRefusal = (typeof MEDIA_REFUSALS)[number]

/** Something the provider holds for us. Fetching it is a later, durable job. */
export interface MediaRef {
  readonly kind: MediaKind
  /** The provider's handle: enough, with the account, to fetch it. '' in what was stored before there was one. */
  readonly id: string
  /** Where it lies; '' where the provider must be asked first. Never with a token in it. */
  readonly url: string
  /** What the provider says it is. Never believed: the bytes are looked at. */
  readonly contentType: string | null
  /** As its sender called it. */
  readonly name: string | null
  /** How long the provider says it is. */
  readonly bytes: number | null
  /** SHA-256, hexadecimal, where the provider tells it: what is fetched must have it. */
  readonly sha256?: string | undefined
}

/** A file of ours: an attachment that was fetched, looked at and kept. */
export interface KeptFile {
  readonly kind: MediaKind
  /** SHA-256 of its bytes, by which it is found. '' once it was erased. */
  readonly digest: string
  /** By its bytes, as it was kept. */
  readonly contentType: string
}

/** A file that goes out with a message. */
export interface Enclosure extends KeptFile {
  /** What the text says instead where the file is there no more, in its reader's language. */
  readonly gone: string
}

export interface Position {
  readonly lat: number
  readonly lon: number
}

export interface InboundMessage {
  readonly channel: ChannelName
  /** The account it came in by; the answer goes out by the same. `twilio`, `terminal`, ... */
  readonly account: string
  /** Unique within the account: the provider's own id of this message. */
  readonly providerId: string
  readonly from: Address
  /**
   * Other names of whoever wrote it, by the provider's own word (an id beside the number). Given, be it empty, where
   * the provider has several for one person: then `from` may be another name of somebody known.
   */
  readonly alsoKnownAs?: readonly Address[] | undefined
  /** Cleaned by `channels/text.ts`: no NUL, no control or direction marks. May be empty. */
  readonly text: string
  readonly media: readonly MediaRef[]
  readonly position: Position | null
  /** Provider id of the message this one quotes. */
  readonly quotedId: string | null
  /** What the messages of one album have in common: each comes by itself. Null where there is no album. */
  readonly album: string | null
  /** Provider id of the message that this one is a later wording of; then `providerId` is one of its own. */
  readonly edits: string | null
  /** What a deep link carried (a poster, a page), at most 64 characters, not yet understood; null: none. */
  readonly start: string | null
  /** Value of the button that was pressed (`Choice.value`). */
  readonly choice: string | null
  /** False for senders that are no subscriber number (letters, short codes): stored, never answered. */
  readonly answerable: boolean
  /** Written in a group of people: nothing but DAFTAR with a code, which the group answers for. */
  readonly group?: boolean | undefined
  /** The provider answered this consent word itself; record it and stay silent. */
  readonly consent: 'stop' | 'start' | 'help' | null
}

/** One thing to tap or to answer by number. */
export interface Choice {
  /** Rides in the button and comes back as `InboundMessage.choice`: at most 64 bytes, or it is shown as a number. */
  readonly value: string
  readonly label: string
}

/** One message to one person, as the outbox hands it to a channel. */
export interface OutboundMessage {
  /** Our id. It rides in the receipt URL where a provider has one. */
  readonly id: string
  readonly to: Address
  /** Rendered whole. Choices are already in it as numbers where the channel has no buttons. */
  readonly text: string
  readonly choices: readonly Choice[]
  /** In this order, before the words. A channel that carries none leaves them out: then the words say that they exist. */
  readonly attachments: readonly Enclosure[]
  /** The first part still to go, for channels that send a message in parts. */
  readonly nextPart: number
  /** Goes in place of words, choices and files, where the channel's window for free words is shut. */
  readonly template?: TemplateMessage | undefined
}

/** A text that is registered with the provider, and what fills it this time. */
export interface TemplateMessage {
  readonly name: string
  readonly language: Language
  /** For {{1}}, {{2}} ... in this order. The channel makes them fit for its provider. */
  readonly parameters: readonly string[]
  /** The same in the language that is surely registered, where the reader's may not be. Absent: it is that one. */
  readonly otherwise?: TemplateMessage
}

/** A template as it is registered: one name in one language. */
export interface TemplateText {
  readonly name: string
  readonly language: Language
  readonly category: string
  /** With {{1}}, {{2}} ... where its parameters go. */
  readonly text: string
}

export type ReceiptStatus = 'sent' | 'delivered' | 'read' | 'failed'

/**
 * What class of trouble a code means (channels.md, all channels, rule 6). `window`: free words went too late after the
 * person's own; a template may go.
 */
export type FailureClass = 'transient' | 'permanent' | 'opted-out' | 'suspended' | 'window'

export interface Receipt {
  readonly channel: ChannelName
  readonly account: string
  readonly providerId: string
  /** Our own id, where it rode along; lets a receipt that overtakes the send find its message. */
  readonly messageId: string | null
  readonly status: ReceiptStatus
  /** Provider's error code, if any. */
  readonly code: string | null
  /** Set when `status` is `failed`. */
  readonly failure: FailureClass | null
  /** A transient failure is not tried again before so many milliseconds have passed; 0 unless told. */
  readonly afterMs?: number | undefined
}
