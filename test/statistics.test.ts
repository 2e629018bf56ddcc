// GET /api/statistics as a dashboard meets it, after a few days of a real desk.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type InProcess, openInProcess, TOKEN } from './support/in-process.ts'

let gateway: InProcess

const HOUR = 3_600_000
const ANI = 'sms:+628115550001'
const BUDI = 'sms:+628115550002'

async function ask(path: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${TOKEN}`, ...init.headers }
  const answer = await fetch(`${gateway.url}/api${path}`, { ...init, headers })
  return { status: answer.status, text: await answer.text() }
}

async function statistics(query = '') {
  const { status, text } = await ask(`/statistics${query}`)
  return { status, json: JSON.parse(text), text }
}

async function move(ticket: string, body: object) {
  const answer = await ask(`/complaints/${ticket}/moves`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ actor: 'Meja', ...body }),
  })
  if (answer.status !== 200) throw new Error(answer.text)
}

async function file(from: `sms:${string}`, text: string): Promise<string> {
  await gateway.says(from, text)
  const page = JSON.parse((await ask('/complaints?limit=200')).text)
  return page.complaints.find((one: { text: string }) => one.text === text).ticket
}

/** Wednesday 10.00: three complaints, one of them confidential; one is answered, closed, rated twice. */
beforeAll(async () => {
  gateway = await openInProcess()
  const lamp = await file(ANI, 'lampu jalan mati di gang 5 kelayan dalam')
  await file(BUDI, 'tumpukan sampah di pasar lama tidak diangkut seminggu')
  const secret = await file(
    BUDI,
    'petugas minta uang untuk mengurus surat di kantor kelurahan pelambuan',
  )
  await move(secret, { move: 'correct', confidential: true })
  gateway.push(2 * HOUR)
  await move(lamp, { move: 'assign', agency: 'DPUPR' })
  gateway.push(24 * HOUR)
  await move(lamp, { move: 'answer', note: 'Sudah diganti.' })
  await gateway.says(ANI, `PUAS ${lamp}`)
  await move(lamp, { move: 'rate', rating: 2 })
  await move(lamp, { move: 'rate', rating: 5 })
})

afterAll(() => gateway.stop())

test('the last thirty days, when nobody says', async () => {
  const { status, json } = await statistics()
  expect(status).toBe(200)
  expect(json).toMatchObject({ since: '2026-10-28', until: '2026-11-26', agency: null })
  expect(json).toMatchObject({ filed: 3, confidential: 1, open: 2, late: 0 })
})

test('what turns, the API and citizens did is all in it, in working hours', async () => {
  const { json } = await statistics()
  expect(json.working_hours).toEqual({
    verified: { n: 1, median: 2, p90: 2 },
    first_answer: { n: 1, median: 10, p90: 10 },
    closed: { n: 1, median: 10, p90: 10 },
  })
  expect(json.clocks).toEqual([
    { clock: 'verify', met: 1, missed: 0, late_percent: 0 },
    { clock: 'follow_up', met: 1, missed: 0, late_percent: 0 },
    { clock: 'finish', met: 1, missed: 0, late_percent: 0 },
  ])
  expect(json).toMatchObject({ assigned: 1, answered: 1, closed: 1, hand_offs: 0 })
  expect(json).toMatchObject({ dissatisfied: 0, reopened: 0, reopened_percent: 0 })
  expect(json.rating).toEqual({ n: 1, mean: 5 })
})

test('counts say nothing of what and where a confidential one is', async () => {
  const { json, text } = await statistics()
  const sum = (counts: readonly { n: number }[]) => counts.reduce((all, { n }) => all + n, 0)
  expect(sum(json.counts.state)).toBe(3)
  expect(sum(json.counts.class)).toBe(3)
  expect(json.counts.channel).toEqual([{ key: 'sms', n: 3 }])
  expect(sum(json.counts.category)).toBe(2)
  expect(sum(json.counts.kelurahan)).toBe(2)
  expect(text).not.toContain('Pelambuan')
})

test('an agency stands in the list with its figures, too few to be ranked', async () => {
  const { json } = await statistics('?agency=DPUPR')
  expect(json).toMatchObject({ agency: 'DPUPR', filed: 1, open: 0 })
  expect(json.working_hours.verified).toEqual({ n: 0, median: null, p90: null })
  expect(json.agencies).toEqual([
    {
      ...{ agency: 'DPUPR', rank: null, score: null, assigned: 1, open: 0, late: 0 },
      ...{ met: 2, missed: 0, response_days: { n: 1, median: 1, p90: 1 } },
      ...{ hand_offs: 0, came_back: 0, rating: { n: 1, mean: 5 } },
    },
  ])
})

test('another period has none of it', async () => {
  const { json } = await statistics('?since=2026-11-01&until=2026-11-24')
  expect(json).toMatchObject({ filed: 0, assigned: 0, rating: { n: 0, mean: null } })
})

test('nobody and no single complaint is named', async () => {
  const { text } = await statistics()
  expect(text).not.toMatch(/\d{8}/)
  expect(text).not.toMatch(/5550001|lampu|Meja/)
})

const wrong: Readonly<Record<string, string>> = {
  'no date': '?since=kemarin',
  'a day that does not exist': '?until=2026-02-30',
  'an end before its beginning': '?since=2026-11-25&until=2026-11-24',
  'more than a year': '?since=2024-01-01&until=2026-01-01',
  'an agency nobody knows': '?agency=NASA',
  'a word nobody reads': '?kelurahan=Pelambuan',
}
for (const [name, query] of Object.entries(wrong))
  test(`${name} is 400 with the reason`, async () => {
    const { status, json } = await statistics(query)
    expect(status).toBe(400)
    expect(json.detail).toMatch(/^The query is not valid\. .+/)
  })

test('without the token there is nothing, and only GET', async () => {
  expect((await ask('/statistics', { headers: { authorization: '' } })).status).toBe(401)
  expect((await ask('/statistics', { method: 'POST' })).status).toBe(405)
})
