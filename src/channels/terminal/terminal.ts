// The bot in one's own terminal, playing any channel: a line typed is a message, what is sent is printed.
// Rule: the next line is read only after the last one is stored, so a piped script keeps its order.

import { createInterface, type Interface } from 'node:readline'
import type { Clock, NewId } from '../../clock.ts'
import {
  type Address,
  addressOf,
  type ChannelName,
  type Choice,
  type InboundMessage,
} from '../../message.ts'
import type { Channel, ChannelHealth, Receive } from '../channel.ts'
import { within } from '../patience.ts'
import { readNumber } from '../phone.ts'
import { cleanText } from '../text.ts'
import { HELP, readLine } from './local.ts'
import { createScreen, namingFiles, type Output } from './screen.ts'

export interface TerminalOptions {
  readonly plays: ChannelName
  /** The number one writes from, in full or as at home; null: a made-up one. */
  readonly from: string | null
  /** Said before the first line is read. Nothing, unless told. */
  readonly opens?: readonly string[]
  readonly input: NodeJS.ReadableStream
  readonly output: Output
  readonly clock: Clock
  readonly newId: NewId
  /** How long the next line waits for an answer to be printed first. 700 ms unless told. */
  readonly answerWaitMs?: number
  /** And then until nothing was printed for so long: an answer may be more than one message. 60 ms unless told. */
  readonly quietMs?: number
}

export interface Terminal extends Channel {
  /** Resolves when the input has ended (or `/quit`) and every line of it is stored. Answers may still be on their way. */
  readonly ended: Promise<void>
}

const ACCOUNT = 'terminal'
const MADE_UP_NUMBER = '+6281234567890'
const STOP_WITHIN_MS = 5000

type Sent = Pick<InboundMessage, 'text' | 'media' | 'position' | 'choice'>
const NOTHING: Sent = { text: '', media: [], position: null, choice: null }

/** Throws when `from` is no phone number, naming the cure. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { clock, newId } = options
  const screen = createScreen(options.output)
  let plays = options.plays
  let number = numberOrThrow(options.from ?? MADE_UP_NUMBER)
  let lines: Interface | null = null
  let leaving = false
  let offered: readonly Choice[] = []
  let answered: () => void = () => {}
  let health: ChannelHealth = down(clock(), 'not started')
  let finish: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    finish = resolve
  })

  // Fixed: the conversation learns once, at the start, whether this account has buttons.
  const buttons = options.plays !== 'sms'
  const me = (): Address => addressFor(plays, number)

  async function hand(receive: Receive, sent: Sent): Promise<void> {
    const answer = new Promise<void>((resolve) => {
      answered = resolve
    })
    const none = { quotedId: null, album: null, edits: null, start: null } as const
    const ids = { channel: plays, account: ACCOUNT, providerId: newId(), from: me() } as const
    try {
      await receive({
        type: 'message',
        message: { ...ids, ...none, answerable: true, consent: null, ...sent },
      })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return screen.aside(`This was not stored (${why}). Send it again.`)
    }
    health = { ...health, lastIn: clock() }
    await within(answer, options.answerWaitMs ?? 700)
    await screen.quiet(options.quietMs ?? 60)
  }

  async function take(receive: Receive, line: string): Promise<void> {
    const read = readLine(line, plays)
    switch (read.type) {
      case 'words':
        if (read.text.trim() === '') return
        return hand(receive, pressed(read.text) ?? words(read.text))
      case 'photo':
        return hand(receive, { ...words(read.text), media: [madeUpPhoto(newId())] })
      case 'pin':
        return hand(receive, { ...NOTHING, position: read.position })
      case 'as':
        plays = read.channel
        return screen.aside(`You are ${me()}.`)
      case 'from': {
        const next = readNumber(read.number)
        if (next === null) return screen.aside(`"${read.number}" is no phone number.`)
        number = next
        return screen.aside(`You are ${me()}.`)
      }
      case 'help':
        return screen.aside(HELP)
      case 'mistake':
        return screen.aside(read.say)
      case 'quit':
        return leave()
    }
  }

  /** The number of an offered choice presses it, where the channel has buttons. */
  function pressed(text: string): Sent | null {
    const choice = /^\s*\d{1,2}\s*$/.test(text) ? offered[Number(text) - 1] : undefined
    return choice === undefined ? null : { ...NOTHING, choice: choice.value }
  }

  async function read(typed: Interface, receive: Receive): Promise<void> {
    // Taken before anything is awaited: what a pipe says meanwhile would be lost.
    const typedLines = typed[Symbol.asyncIterator]()
    for (const text of options.opens ?? []) await hand(receive, words(text))
    screen.prompt()
    // A pipe is closed long before its lines are read: its end alone stops nothing.
    for await (const line of typedLines) {
      if (leaving) return
      screen.echo(line)
      await take(receive, line)
      screen.prompt()
    }
  }

  function leave(): void {
    leaving = true
    lines?.close()
  }

  return {
    name: options.plays,
    account: ACCOUNT,
    carries: () => true,
    buttons,
    // Who sits at the keyboard sees that it failed.
    redelivers: true,
    ended,
    start: async (receive) => {
      const { input, output } = options
      screen.aside(`You are ${me()}. Write a message; /help lists what else is possible.`)
      const reader = createInterface(screen.live ? { input, output } : { input, terminal: false })
      reader.on('SIGINT', leave).on('close', () => screen.promptOf(null))
      lines = reader
      screen.promptOf(reader)
      health = { ...health, state: 'up', since: clock(), why: null }
      read(reader, receive).then(finish, finish)
    },
    send: async ({ to, text: words, choices, attachments }) => {
      health = { ...health, lastOut: clock() }
      const text = namingFiles(words, attachments)
      if (to === me()) {
        offered = buttons ? choices : []
        screen.say(
          [text, ...offered.map(({ label }, place) => `${place + 1}. ${label}`)].join('\n'),
        )
        answered()
      } else screen.aside(text, `[to ${to}] `)
      return { outcome: 'accepted', providerIds: [newId()] }
    },
    stop: async () => {
      leave()
      if (lines !== null) await within(ended, STOP_WITHIN_MS)
      health = down(clock(), 'stopped')
    },
    check: async () => ({ ok: true, detail: 'the terminal is this one' }),
    health: () => health,
  }
}

function down(since: Date, why: string): ChannelHealth {
  return { state: 'down', since, lastIn: null, lastOut: null, why }
}

function words(text: string): Sent {
  return { ...NOTHING, text: cleanText(text) }
}

function madeUpPhoto(id: string) {
  const what = { kind: 'photo', contentType: 'image/jpeg', name: null, bytes: null } as const
  return { ...what, id, url: `terminal:${id}` }
}

function numberOrThrow(typed: string): string {
  const number = readNumber(typed)
  if (number === null)
    throw new Error(
      `"${typed}" is no phone number. Give --from a number such as ${MADE_UP_NUMBER}.`,
    )
  return number
}

/** Telegram and WhatsApp name people by bare digits. */
function addressFor(channel: ChannelName, number: string): Address {
  return addressOf(channel, channel === 'sms' ? number : number.slice(1))
}
