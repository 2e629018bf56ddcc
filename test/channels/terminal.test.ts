// The terminal channel over real streams: what is typed arrives in order, what is sent is printed.

import { PassThrough } from 'node:stream'
import { expect, test } from '@jest/globals'
import { type ChannelEvent, carries } from '../../src/channels/channel.ts'
import { createTerminal, type TerminalOptions } from '../../src/channels/terminal/terminal.ts'
import type { InboundMessage, OutboundMessage } from '../../src/message.ts'

const NOW = new Date('2026-03-16T01:00:00Z')

function open(over: Partial<TerminalOptions> = {}, isTTY = false) {
  const input = new PassThrough()
  const output = Object.assign(new PassThrough(), { isTTY })
  let ids = 0
  const newId = () => {
    ids += 1
    return `id-${ids}`
  }
  const terminal = createTerminal({
    plays: 'sms',
    from: null,
    input,
    output,
    clock: () => NOW,
    newId,
    answerWaitMs: 0,
    quietMs: 0,
    ...over,
  })
  return { terminal, input, printed: () => String(output.read() ?? '') }
}

/** Everything handed on while `script` is piped in and ends. */
async function pipe(script: string, over: Partial<TerminalOptions> = {}) {
  const { terminal, input, printed } = open(over)
  const messages: InboundMessage[] = []
  await terminal.start(async (event: ChannelEvent) => {
    // A store takes its time; the next line must wait for it.
    await new Promise((resolve) => setImmediate(resolve))
    if (event.type === 'message') messages.push(event.message)
  })
  input.end(script)
  await terminal.ended
  return { messages, printed: printed() }
}

function outbound(over: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: 'm',
    to: 'sms:+6281234567890',
    text: 'Halo',
    choices: [],
    attachments: [],
    nextPart: 0,
    ...over,
  }
}

test('each line of a pipe is a message, in order, before the end', async () => {
  const { messages } = await pipe('lampu mati di gang 5\nSTATUS')
  expect(messages).toMatchObject([
    { channel: 'sms', account: 'terminal', providerId: 'id-1', text: 'lampu mati di gang 5' },
    { providerId: 'id-2', text: 'STATUS', from: 'sms:+6281234567890', answerable: true },
  ])
})

test('empty lines are no messages, and hidden characters are taken out', async () => {
  const { messages } = await pipe('\n  \nair\u0000 mati\u202e\n')
  expect(messages.map(({ text }) => text)).toEqual(['air mati'])
})

test('a script is printed back with what the terminal says of itself', async () => {
  const { printed } = await pipe('halo\n')
  expect(printed).toBe(
    'You are sms:+6281234567890. Write a message; /help lists what else is possible.\n> halo\n',
  )
})

test('one may write as somebody else, by another channel', async () => {
  const { messages } = await pipe(
    '/from 0811-234-567\nsatu\n/as whatsapp\ndua\n/as telegram\n/start kayutangi\n',
  )
  expect(messages.map(({ channel, from, text }) => [channel, from, text])).toEqual([
    ['sms', 'sms:+62811234567', 'satu'],
    ['whatsapp', 'whatsapp:62811234567', 'dua'],
    ['telegram', 'telegram:62811234567', '/start kayutangi'],
  ])
})

test('a photo and a location are messages too', async () => {
  const { messages } = await pipe('/photo jalan rusak\n/photo\n/pin -3.31 114.59\n')
  expect(messages).toMatchObject([
    { text: 'jalan rusak', media: [{ kind: 'photo', contentType: 'image/jpeg' }] },
    { text: '', media: [{ kind: 'photo' }] },
    { text: '', media: [], position: { lat: -3.31, lon: 114.59 } },
  ])
})

test.each([
  ['/as fax', 'Write /as and one of: sms, whatsapp, telegram.'],
  ['/from', 'Write /from and a phone number.'],
  ['/from 123', '"123" is no phone number.'],
  ['/pin di sana', 'Write /pin and two numbers: latitude, longitude.'],
  ['/pin 99 200', 'Write /pin and two numbers: latitude, longitude.'],
  ['/ngawur', '/ngawur is not known here. /help lists what is.'],
  ['/help', '/quit                                 leave'],
])('%s is answered by the terminal and goes no further', async (line, answer) => {
  const { messages, printed } = await pipe(`${line}\n`)
  expect(messages).toHaveLength(0)
  expect(printed).toContain(answer)
})

test('/quit ends it; what stands behind it is not read', async () => {
  const { messages } = await pipe('satu\n/quit\ndua\n')
  expect(messages.map(({ text }) => text)).toEqual(['satu'])
})

test('a line that could not be stored is said so, and the next one is read', async () => {
  const { terminal, input, printed } = open()
  const heard: string[] = []
  await terminal.start(async (event) => {
    if (event.type !== 'message') return
    if (event.message.text === 'satu') throw new Error('disk full')
    heard.push(event.message.text)
  })
  input.end('satu\ndua\n')
  await terminal.ended
  expect(printed()).toContain('This was not stored (disk full). Send it again.')
  expect(heard).toEqual(['dua'])
})

test('the next line waits for the answer to be printed, all messages of it', async () => {
  const { terminal, input, printed } = open({ answerWaitMs: 5000, quietMs: 20 })
  const answer = (text: string) => setImmediate(() => terminal.send(outbound({ text })))
  await terminal.start(async (event) => {
    if (event.type !== 'message') return
    answer(`re: ${event.message.text}`)
    setImmediate(() => answer('dan lagi'))
  })
  input.end('satu\ndua\n')
  await terminal.ended
  expect(printed().split('\n').slice(1)).toEqual([
    ...['> satu', '< re: satu', '< dan lagi'],
    ...['> dua', '< re: dua', '< dan lagi', ''],
  ])
})

test('it carries every address, so that nothing is lost after /as', async () => {
  const { terminal } = open()
  expect(carries(terminal, 'telegram:6281234567890')).toBe(true)
  expect(carries({ name: 'sms' }, 'telegram:6281234567890')).toBe(false)
})

test('what goes to somebody else is told apart by the address', async () => {
  const { terminal, printed } = open()
  await terminal.send(outbound({ text: 'Laporan\nditerima' }))
  await terminal.send(outbound({ to: 'sms:+628111', text: 'BARU' }))
  expect(printed()).toBe('< Laporan\n  diterima\n[to sms:+628111] BARU\n')
})

test('choices are buttons on chat: their number presses them', async () => {
  const { terminal, input, printed } = open({ plays: 'telegram' })
  const messages: InboundMessage[] = []
  await terminal.start(async (event) => {
    if (event.type === 'message') messages.push(event.message)
  })
  const choices = [
    { value: 'v1', label: 'Ya' },
    { value: 'v2', label: 'Tidak' },
  ]
  await terminal.send(outbound({ to: 'telegram:6281234567890', text: 'Benar?', choices }))
  expect(terminal.buttons).toBe(true)
  expect(printed()).toContain('< Benar?\n  1. Ya\n  2. Tidak\n')
  input.end('2\n7\n')
  await terminal.ended
  expect(messages.map(({ text, choice }) => [text, choice])).toEqual([
    ['', 'v2'],
    ['7', null],
  ])
})

test('by SMS the text already numbers the choices, and the number goes to the bot', async () => {
  const { terminal, input, printed } = open()
  const messages: InboundMessage[] = []
  await terminal.start(async (event) => {
    if (event.type === 'message') messages.push(event.message)
  })
  printed()
  await terminal.send(outbound({ text: '1. Ya', choices: [{ value: 'v1', label: 'Ya' }] }))
  expect(printed()).toBe('< 1. Ya\n')
  input.end('1\n')
  await terminal.ended
  expect(messages).toMatchObject([{ text: '1', choice: null }])
  expect(terminal.buttons).toBe(false)
})

test('on a screen the prompt is drawn again below what is printed', async () => {
  const { terminal, input, printed } = open({}, true)
  await terminal.start(async () => {})
  printed()
  await terminal.send(outbound())
  const [above, below] = printed().split('< Halo\n')
  expect(above).toBe('\r\u001b[K')
  expect(below).toContain('> ')
  input.end()
  await terminal.ended
  await terminal.stop()
})

test('a number that is none refuses to start and says what to give', () => {
  expect(() => open({ from: 'abc' })).toThrow(
    '"abc" is no phone number. Give --from a number such as +6281234567890.',
  )
})

test('health tells when it last heard and spoke', async () => {
  const { terminal, input } = open()
  expect(terminal.health()).toMatchObject({ state: 'down', why: 'not started' })
  await terminal.start(async () => {})
  input.end('halo\n')
  await terminal.ended
  await terminal.send(outbound())
  expect(terminal.health()).toEqual({
    state: 'up',
    since: NOW,
    lastIn: NOW,
    lastOut: NOW,
    why: null,
  })
  await terminal.stop()
  expect(terminal.health().state).toBe('down')
})
