// Messages nobody planned for: each is stored, answered once, and never breaks the next one.

import { expect, test } from '@jest/globals'
import { messageFields, newSid } from '../support/fake-twilio.ts'
import { eventually } from '../support/gateway-process.ts'
import { sharedGateway } from '../support/shared-world.ts'
import { sizeOf, ticketIn } from '../support/sms.ts'

const shared = sharedGateway()
/** The ticket, then the privacy notice. */
const ANSWERS_TO_FIRST = 2
let people = 0
function someone(): string {
  people += 1
  return `+62812100020${String(people).padStart(2, '0')}`
}

/** The complaints that hold these words. */
async function casesWith(words: string) {
  return (await shared.gateway.complaints()).filter(({ text }) => text?.includes(words))
}

/** Files with these words; the ticket it was told. */
async function filed(from: string, words: string): Promise<string> {
  expect(await shared.gateway.sms(from, words)).toBe(200)
  const [ack] = await shared.world.replies(from, ANSWERS_TO_FIRST)
  return ticketIn(ack)
}

test('a photo without words (SmsStatus, no Body) is a message and is answered', async () => {
  const from = someone()
  const photo = {
    Body: undefined,
    NumMedia: '1',
    MediaUrl0: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1',
    MediaContentType0: 'image/jpeg',
  }
  expect(await shared.gateway.sms(from, '', photo)).toBe(200)
  expect((await shared.world.replies(from, 1))[0]).not.toBe('')
})

test.each([
  ['nothing', ''],
  ['blanks', '  \n\t '],
  ['emoji alone', '😡🔥🔥'],
  ['direction marks alone', '\u202e\u200f\u2067'],
  ['NUL alone', '\u0000'],
  ['half a surrogate', '\ud83d'],
  ['quotes and SQL', `'; DROP TABLE complaint; --`],
  ['a format string', '%s %n {id} {{ticket}}'],
])('a text of %s gets one answer', async (_, text) => {
  const from = someone()
  expect(await shared.gateway.sms(from, text)).toBe(200)
  const [body] = await shared.world.replies(from, 1)
  expect(sizeOf(body ?? '')).toMatchObject({ encoding: 'GSM-7' })
})

test('1,600 characters are kept whole, and answered within two segments', async () => {
  const from = someone()
  const long = `BANJARMASIN jalan rusak di kuin cerucuk ${'berlubang parah '.repeat(100)}`.slice(
    0,
    1600,
  )
  const ticket = await filed(from, long.trim())
  const { text } = await shared.gateway.complaint(ticket)
  expect(text?.length).toBeGreaterThan(1_550)
  for (const { body } of shared.world.sentTo(from)) expect(sizeOf(body).segments).toBeLessThan(3)
})

test('emoji, NUL and right-to-left marks inside a complaint do not hide what it says', async () => {
  const from = someone()
  const words = 'BANJARMASIN \u202esampah\u0000 numpuk 😡 di pasar\u200f kuin utara tidak diangkut'
  const ticket = await filed(from, words)
  const { category, text } = await shared.gateway.complaint(ticket)
  expect(category).toBe('sampah')
  expect(text).toContain('😡')
  for (const mark of ['\u0000', '\u202e', '\u200f']) expect(text).not.toContain(mark)
})

test('a ticket with one digit wrong is called mistyped, an unknown one is not', async () => {
  const from = someone()
  const ticket = await filed(from, 'BANJARMASIN got mampet di jl kuin selatan depan sekolah')
  const wrong = `${ticket.slice(0, 3)}${(Number(ticket[3]) + 1) % 10}${ticket.slice(4)}`
  await shared.gateway.sms(from, `STATUS ${wrong}`)
  await shared.gateway.sms(from, 'STATUS 57240000')
  const answers = await shared.world.replies(from, ANSWERS_TO_FIRST + 2)
  expect(answers[2]).toMatch(/salah ketik/)
  expect(answers[3]).not.toMatch(/salah ketik/)
})

test("somebody else's ticket is answered as one that does not exist", async () => {
  const owner = someone()
  const stranger = someone()
  const ticket = await filed(owner, 'BANJARMASIN pohon tumbang menutup jalan di kuin utara')
  await shared.gateway.sms(stranger, `STATUS ${ticket}`)
  await shared.gateway.sms(stranger, 'STATUS 57240000')
  const [foreign, unknown] = await shared.world.replies(stranger, 2)
  expect(foreign?.replace(ticket, 'X')).toBe(unknown?.replace('57240000', 'X'))
})

test('a command inside a sentence is a complaint', async () => {
  const from = someone()
  const words = 'stop dulu galian di kuin utara, jalan jadi rusak dan berlubang'
  await filed(from, words)
  expect(await casesWith('galian di kuin utara')).toHaveLength(1)
})

test('the same MessageSid a hundred times at once has one effect and one answer', async () => {
  const from = someone()
  const fields = messageFields({
    From: from,
    Body: 'BANJARMASIN lampu jalan padam di jl belitung laut seratus kali',
    MessageSid: newSid(),
  })
  const statuses = await Promise.all(
    Array.from({ length: 100 }, async () => (await shared.gateway.form(fields)).status),
  )
  expect(new Set(statuses)).toEqual(new Set([200]))
  const [ack] = await shared.world.replies(from, 1)
  expect(await casesWith('seratus kali')).toHaveLength(1)
  await shared.gateway.sms(from, 'STATUS')
  // Replies keep their order: with this one, every answer to the hundred would have come.
  const status = await shared.world.sending(
    ({ to, body }) => to === from && /verifikasi\./.test(body),
  )
  expect(status.body).toContain(ticketIn(ack))
  expect(shared.world.sentTo(from)).toHaveLength(ANSWERS_TO_FIRST + 1)
})

test('two messages of one person at once are both answered, in the order they are kept', async () => {
  const from = someone()
  const [one, two] = await Promise.all([
    shared.gateway.sms(from, 'BANJARMASIN lampu jalan padam di jl pasar lama'),
    shared.gateway.sms(from, 'BANJARMASIN sampah tidak diangkut di teluk dalam'),
  ])
  expect([one, two]).toEqual([200, 200])
  const tickets = await eventually(
    async () =>
      shared.world.sentTo(from).flatMap(({ body }) => body.match(/(?<!\d)[1-9]\d{7}(?!\d)/) ?? []),
    (found) => new Set(found).size >= 2,
  )
  const told = [...new Set(tickets)]
  const cases = await Promise.all(told.map((ticket) => shared.gateway.complaint(ticket)))
  const kept = cases.map(({ messages }) => messages.find(({ direction }) => direction === 'in')?.at)
  expect(kept).toEqual([...kept].sort())
})

test('a dozen messages of one person at once all get their answer', async () => {
  const from = someone()
  const ticket = await filed(from, 'BANJARMASIN jalan berlubang di kuin cerucuk depan sekolah')
  const statuses = await Promise.all(
    Array.from({ length: 12 }, () => shared.gateway.sms(from, `STATUS ${ticket}`)),
  )
  expect(statuses).toEqual(Array(12).fill(200))
  const answers = (await shared.world.replies(from, ANSWERS_TO_FIRST + 12)).slice(ANSWERS_TO_FIRST)
  for (const answer of answers) expect(answer).toContain(ticket)
})

test('a sender that is no subscriber number is stored and never answered', async () => {
  const words = 'BANJARMASIN promo pulsa lampu jalan padam di kuin utara kode pendek'
  expect(await shared.gateway.sms('INFOPROMO', words)).toBe(200)
  expect(await shared.gateway.sms('99899', words)).toBe(200)
  const witness = someone()
  await filed(witness, 'BANJARMASIN jalan berlubang di pekauman sesudah kode pendek')
  expect(shared.world.sentTo('INFOPROMO')).toEqual([])
  expect(shared.world.sentTo('99899')).toEqual([])
})

test('a word that Twilio answered itself is recorded and not answered again', async () => {
  const from = someone()
  const ticket = await filed(from, 'BANJARMASIN halte rusak atapnya bocor di kuin utara')
  expect(await shared.gateway.sms(from, 'STOP', { OptOutType: 'STOP' })).toBe(200)
  expect((await shared.gateway.move(ticket, 'assign', { agency: 'DISHUB' })).status).toBe(200)
  const { messages } = await shared.gateway.complaint(ticket)
  expect(messages.map(({ kind }) => kind)).not.toContain('assign')
  await filed(someone(), 'BANJARMASIN jalan berlubang di pekauman sesudah berhenti')
  expect(shared.world.sentTo(from)).toHaveLength(ANSWERS_TO_FIRST)
})

test('who was barred at Twilio hears the newest state after START, and whatever follows', async () => {
  const { gateway, world } = shared
  const from = someone()
  const ticket = await filed(from, 'BANJARMASIN halte roboh di kuin utara sesudah angin')
  const refused = () => gateway.complaint(ticket).then(({ messages }) => messages.at(-1)?.status)
  world.twilio.answerBy(({ to }) =>
    to === from ? { type: 'refuse', status: 400, code: 21610 } : { type: 'accept' },
  )
  expect((await gateway.move(ticket, 'assign', { agency: 'DISHUB' })).status).toBe(200)
  expect(await eventually(refused, (status) => status !== 'pending')).toBe('failed')
  world.twilio.answerBy(() => ({ type: 'accept' }))
  expect(await gateway.sms(from, 'START', { OptOutType: 'START' })).toBe(200)
  expect((await world.replies(from, ANSWERS_TO_FIRST + 1)).at(-1)).toMatch(/diteruskan ke/)
  expect((await gateway.move(ticket, 'accept')).status).toBe(200)
  expect((await world.replies(from, ANSWERS_TO_FIRST + 2)).at(-1)).toMatch(/ditindaklanjuti/)
})
