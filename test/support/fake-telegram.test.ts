// The double itself, asked through telegraf's client: what it confirms, refuses and repeats, as the Bot API's page says.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Telegram } from 'telegraf'
import { type FakeTelegram, startFakeTelegram } from './fake-telegram.ts'
import { CITIZEN, pressUpdate, textUpdate } from './telegram/updates.ts'

let fake: FakeTelegram
let api: Telegram
beforeEach(async () => {
  fake = await startFakeTelegram()
  api = new Telegram(fake.token, { apiRoot: fake.url })
})
afterEach(() => fake.stop())

const poll = (offset: number | undefined, timeout = 0, allowed: readonly 'message'[] = []) =>
  api.callApi('getUpdates', {
    ...{ timeout, limit: 100, allowed_updates: allowed },
    ...(offset === undefined ? {} : { offset }),
  })
const ids = (updates: readonly { readonly update_id: number }[]) =>
  updates.map(({ update_id }) => update_id)
const why = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message)

test('an update comes again until a poll asks for those behind it', async () => {
  const first = fake.bring(textUpdate(CITIZEN, 'satu')) ?? 0
  const second = fake.bring(textUpdate(CITIZEN, 'dua')) ?? 0
  expect(ids(await poll(undefined))).toEqual([first, second])
  expect(ids(await poll(first))).toEqual([first, second])
  expect(ids(await poll(first + 1))).toEqual([second])
  expect([ids(await poll(second + 1)), fake.waiting()]).toEqual([[], []])
})

test('a long poll answers as soon as somebody writes', async () => {
  const waiting = poll(undefined, 30)
  await fake.pollCount(1)
  const id = fake.bring(textUpdate(CITIZEN, 'halo'))
  expect(ids(await waiting)).toEqual([id])
})

test('of two pollers the earlier one is told to go', async () => {
  const earlier = why(poll(undefined, 30))
  await fake.pollCount(1)
  const later = poll(undefined, 0)
  expect(await earlier).toMatch(/^409: Conflict: terminated by other getUpdates/)
  expect(await later).toEqual([])
})

test('what was not asked for does not come', async () => {
  await poll(undefined, 0, ['message'])
  expect(fake.bring({ poll: { id: '1' } })).toBe(null)
})

test('an id that restarts below a confirmed offset is lost to who still asks with it', async () => {
  const id = fake.bring(textUpdate(CITIZEN, 'lama')) ?? 0
  await poll(id + 1)
  fake.restartIds(17)
  fake.bring(textUpdate(CITIZEN, 'baru'))
  expect(ids(await poll(undefined))).toEqual([17])
  expect(ids(await poll(id + 1))).toEqual([])
})

test('a webhook is posted to with its secret, and again until it answers 2xx', async () => {
  const seen: unknown[] = []
  const server = createServer((req, res) => {
    seen.push(req.headers['x-telegram-bot-api-secret-token'])
    res.writeHead(seen.length < 3 ? 503 : 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  await api.setWebhook('https://lapor.example.go.id/hook', { secret_token: 'rahasia' })
  expect(await why(poll(undefined))).toMatch(/^409: Conflict: can't use getUpdates/)
  fake.bring(textUpdate(CITIZEN, 'halo'))
  fake.reach(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await fake.confirmed()
  expect(seen).toEqual(['rahasia', 'rahasia', 'rahasia'])
  expect(fake.deliveries.map(({ status }) => status)).toEqual([503, 503, 200])
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

test.each([
  ['an empty text', { text: ' ' }, 'message text is empty'],
  ['4,097 units', { text: 'x'.repeat(4_097) }, 'message is too long'],
  ['65 bytes on a button', keyboard('ya', 'é'.repeat(33)), 'BUTTON_DATA_INVALID'],
  ['a button without words', keyboard('', 'ya'), 'must be non-empty'],
])('it refuses %s', async (_name, more, words) => {
  const call = api.callApi('sendMessage', { chat_id: CITIZEN, text: 'halo', ...more })
  expect(await why(call)).toContain(words)
  expect(fake.sent).toEqual([])
})

function keyboard(text: string, callback_data: string) {
  return { reply_markup: { inline_keyboard: [[{ text, callback_data }]] } }
}

test('a press is answered once', async () => {
  const { message } = (await api.sendMessage(CITIZEN, 'Ya?', keyboard('Ya', 'a'))) as never
  const update = pressUpdate(CITIZEN, message ?? {}, 'a')
  fake.bring(update)
  const { id } = update.callback_query as { readonly id: string }
  expect(await api.answerCbQuery(id, 'Baik')).toBe(true)
  expect(await why(api.answerCbQuery(id))).toContain('query is too old')
  expect(fake.answered).toEqual([{ id, text: 'Baik', alert: false }])
})

test('troubles can be asked for, each once', async () => {
  fake.answer(
    { type: 'refuse', status: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 },
    { type: 'page', status: 502 },
    { type: 'reset' },
  )
  const send = () => api.sendMessage(CITIZEN, 'halo').catch((error: unknown) => error)
  expect(await send()).toMatchObject({
    response: { error_code: 429, parameters: { retry_after: 7 } },
  })
  expect(await send()).toMatchObject({ response: { error_code: 502 } })
  expect(await send()).toMatchObject({ code: 'ECONNRESET' })
  // The line broke after the message was taken.
  expect(fake.sent).toHaveLength(1)
  expect(await send()).toMatchObject({ text: 'halo' })
})

test('a file is looked up and fetched; one beyond 20 MB is not', async () => {
  fake.addFile('foto', Buffer.from('abc'))
  fake.addFile('film', Buffer.from('abc'), 21 * 1024 * 1024)
  const { href } = await api.getFileLink('foto')
  expect(await (await fetch(href)).text()).toBe('abc')
  expect(await why(api.getFile('film'))).toContain('file is too big')
})
