// The terminal held to what every channel must do: a line typed is a message, a line printed has arrived.

import { PassThrough } from 'node:stream'
import { createTerminal } from '../../src/channels/terminal/terminal.ts'
import { type Address, addressOf } from '../../src/message.ts'
import type { OpenChannel, Written } from './contract/given.ts'
import { describeChannel } from './contract.ts'

const numberOf = (person: number) => `6281234567${889 + person}`
const END_OF_HELP = 'Everything else goes to the bot.'
const NOBODY_REFUSES = 'there is no provider between us and the screen that could refuse'
const NO_ID = 'a line that is typed again is another message'

const openTerminal: OpenChannel = async ({ clock }) => {
  const input = new PassThrough()
  const output = new PassThrough()
  let printed = ''
  let looked: () => void = () => {}
  output.on('data', (chunk) => {
    printed += String(chunk)
    looked()
  })
  let ids = 0
  const newId = () => `id-${++ids}`
  const streams = { input, output: Object.assign(output, { isTTY: false }) }
  const channel = createTerminal({
    ...{ plays: 'telegram', from: numberOf(1), clock, newId, answerWaitMs: 0, quietMs: 0 },
    ...streams,
  })
  let acknowledged = 0
  let closed = false
  let shown: { text: string; providerId: string; to: Address }[] = []
  let last = ''

  /** Types these lines; resolves once what the terminal says to a line after them was printed. */
  async function type(...lines: readonly string[]): Promise<boolean> {
    const from = printed.length
    last = lines.at(-1) ?? ''
    input.write(`${lines.join('\n')}\n/help\n`)
    while (!closed && !printed.slice(from).includes(END_OF_HELP))
      await new Promise<void>((resolve) => {
        looked = resolve
      })
    const taken = !closed && !printed.slice(from).includes('This was not stored')
    if (taken) acknowledged += 1
    return taken
  }

  return {
    // The contract sends through the channel: what it printed is kept beside the id it gave.
    channel: {
      ...channel,
      send: async (message) => {
        const from = printed.length
        const result = await channel.send(message)
        await new Promise((resolve) => setImmediate(resolve))
        const [providerId = ''] = result.outcome === 'accepted' ? result.providerIds : []
        const whole = printed.slice(from).replace(/^< /, '').replace(/\n$/, '')
        // A file is named, not shown.
        const text = whole.replace(/\n {2}\[photo\]/g, '')
        shown = [...shown, { to: addressOf('telegram', numberOf(1)), text, providerId }]
        return result
      },
    },
    settings: /./,
    carriesFiles: false,
    limit: Number.POSITIVE_INFINITY,
    longestIn: 4096,
    addressOf: (person) => addressOf('telegram', numberOf(person)),
    writes: (what) => type(...linesOf(what)),
    repeats: () => type(last),
    retries: () => type(last),
    acknowledged: () => acknowledged,
    at: () => {},
    forges: async () => 200,
    echoes: async () => {},
    strays: async () => void (await type('/help', '', '/as fax')),
    arrived: () =>
      shown.map(({ text, ...rest }) => {
        const [words = '', ...choices] = text.split(/\n {2}\d+\. /)
        return { ...rest, text: words, buttons: choices }
      }),
    attempts: () => shown.length,
    attempted: async () => {},
    presses: (on, button) => type(String(on.buttons.indexOf(button) + 1)),
    trouble: () => {},
    slow: () => {},
    wrongly: () => Promise.reject(new Error('the terminal has no credentials')),
    close: async () => {
      closed = true
      input.end()
      looked()
    },
  }
}

function linesOf({ by = 1, text = '', media, position }: Written): readonly string[] {
  const line =
    position === undefined
      ? `${media === 'photo' ? '/photo ' : ''}${text}`
      : `/pin ${position.lat} ${position.lon}`
  return [`/from +${numberOf(by)}`, line]
}

describeChannel('The terminal, playing a chat', openTerminal, {
  'hands on which message was quoted': 'one cannot quote in a terminal',
  'hands on the provider id, the same for the same message': NO_ID,
  'turns away forgeries': 'who sits at the keyboard is who writes',
  'ignores its own echoes': 'what is printed does not come back as typed',
  'reads throttled, with the wait': NOBODY_REFUSES,
  'reads rejected': NOBODY_REFUSES,
  'reads opted out': NOBODY_REFUSES,
  'reads suspended': NOBODY_REFUSES,
  'reads silence as unknown': 'what was printed was printed',
  'never sends before a wait is over': NOBODY_REFUSES,
  'waits at its stop for what is being sent': 'a line is printed at once or not at all',
  'tells in its check what is wrong, and where to look': 'it has no account and no settings',
})
