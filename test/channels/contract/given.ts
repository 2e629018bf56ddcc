// What a contract test is given: a channel, a provider that people write through, and the books of what was handed on.
// Rule: a bench speaks its provider's wire format both ways; the facts know none.

import type { Channel, ChannelEvent, ReadMedia, Receive } from '../../../src/channels/channel.ts'
import type {
  Address,
  InboundMessage,
  MediaKind,
  OutboundMessage,
  Position,
} from '../../../src/message.ts'

/** One of these for each sentence of the port. */
export const FACTS = [
  'hands on who wrote',
  'hands on the words',
  'hands on media beside the words',
  'hands on a location',
  'hands on which message was quoted',
  'hands on the provider id, the same for the same message',
  'acknowledges nothing before it is stored',
  'leaves what could not be stored to be repeated',
  'turns away forgeries',
  'ignores its own echoes',
  'ignores what is not for it',
  "sends, and reports the provider's ids",
  'shows every choice as a button, in a list or by number',
  'hands on the value of a choice that was pressed',
  'keeps a text whole within its limits',
  'brings the files of a message with its words, or the words alone',
  'hands on the longest text whole',
  'reads throttled, with the wait',
  'reads rejected',
  'reads opted out',
  'reads suspended',
  'reads silence as unknown',
  'never sends before a wait is over',
  'waits at its stop for what is being sent',
  'waits at its stop for what is being stored',
  'hands on nothing after its stop',
  'checks its account without sending',
  'tells in its check what is wrong, and where to look',
  'tells its health truly',
] as const
export type FactName = (typeof FACTS)[number]

export interface Written {
  /** Who: the first one unless told. */
  readonly by?: number
  readonly text?: string
  readonly media?: MediaKind
  readonly position?: Position
  /** Provider id of a message that arrived. */
  readonly quotes?: string | undefined
  /** What the messages of one album have in common. */
  readonly album?: string
  /** What a link carried that was followed instead of writing. */
  readonly start?: string
  /** Remembers this message, so that `edits` of this name words it anew. */
  readonly name?: string
  readonly edits?: string
}

export interface Arrived {
  readonly to: Address
  readonly text: string
  readonly providerId: string
  /** What stands on the buttons below it. */
  readonly buttons: readonly string[]
  /** Of a file that arrived: its bytes. */
  readonly file?: Buffer | undefined
}

export type Trouble = 'throttled' | 'rejected' | 'opted-out' | 'suspended' | 'silence'

/** What a provider that throttles asks us to wait. */
export const WAIT_MS = 7_000

export interface ChannelBench {
  readonly channel: Channel
  /** Names what an operator set wrong, as its check must. */
  readonly settings: RegExp
  /** False where files stay behind, and the words say that they exist. */
  readonly carriesFiles: boolean
  /** UTF-16 units of one message, and of one that is received. */
  readonly limit: number
  readonly longestIn: number
  addressOf(person: number): Address
  /** Resolves once the provider knows whether it was taken: true is acknowledged. */
  writes(what: Written): Promise<boolean>
  /** What was written last comes once more, as the provider repeats it. Resolves like `writes`. */
  repeats(): Promise<boolean>
  /** What was not taken comes again, as this provider does it. Resolves like `writes`. */
  retries(): Promise<boolean>
  /** How often the provider heard that something was taken. */
  acknowledged(): number
  /** From now on the provider posts to this base: a gateway that mounts the channel's webhooks. */
  at(base: string): void
  /** Somebody else plays the provider; the HTTP status they get. */
  forges(): Promise<number>
  /** Something of our own comes back. Resolves once it was answered. */
  echoes(): Promise<void>
  /** Something comes that no person wrote to us. Resolves once it was answered. */
  strays(): Promise<void>
  arrived(): readonly Arrived[]
  /** How often it was asked to send, refused or not. */
  attempts(): number
  /** Resolves once it was asked so often. */
  attempted(count: number): Promise<void>
  presses(on: Arrived, button: string): Promise<boolean>
  /** For the next send. */
  trouble(kind: Trouble): void
  /** The next send is answered so late. */
  slow(ms: number): void
  /** A channel like this one with credentials that nobody accepts. */
  wrongly(): Promise<{ check(): ReturnType<Channel['check']>; close(): Promise<void> }>
  close(): Promise<void>
}

export type OpenChannel = (given: {
  readonly clock: () => Date
  readonly readMedia: ReadMedia
}) => Promise<ChannelBench>

export interface Given {
  readonly bench: ChannelBench
  readonly events: readonly ChannelEvent[]
  messages(): readonly InboundMessage[]
  /** From now on this is done before an event counts as stored. */
  storing(by: Receive): void
  now(): Date
  push(ms: number): void
}

export type Proof = (given: Given) => Promise<void>

/** A file that is there, and its bytes. */
export const KEPT = { digest: 'd1', bytes: Buffer.from('the bytes of a picture') }

const BEGIN = Date.parse('2026-03-16T01:00:00Z')

/** The fact over a channel that was started. */
export async function withBench(open: OpenChannel, prove: Proof): Promise<void> {
  let now = BEGIN
  const clock = () => new Date(now)
  const events: ChannelEvent[] = []
  let store: Receive = async () => {}
  const bench = await open({
    clock,
    readMedia: async (digest) => (digest === KEPT.digest ? KEPT.bytes : null),
  })
  await bench.channel.start(async (event) => {
    await store(event)
    events.push(event)
  })
  try {
    await prove({
      ...{ bench, events, now: clock },
      messages: () => events.flatMap((one) => (one.type === 'message' ? [one.message] : [])),
      storing: (by) => {
        store = by
      },
      push: (ms) => {
        now += ms
      },
    })
  } finally {
    await bench.channel.stop()
    await bench.close()
  }
}

export function outbound(to: Address, more: Partial<OutboundMessage> = {}): OutboundMessage {
  const id = '0b5f6e0a-4d7e-4c1e-9c3a-0d6c1c6f2a11'
  return { id, to, text: 'Laporan diterima.', choices: [], attachments: [], nextPart: 0, ...more }
}

/** Resolves after `ms`, or once `done`; which of them it was. */
export async function withinMs(done: () => boolean, ms: number): Promise<boolean> {
  const until = performance.now() + ms
  while (!done() && performance.now() < until) await new Promise((go) => setTimeout(go, 2))
  return done()
}
