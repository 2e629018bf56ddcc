// The API as a dashboard meets it: who may, what it answers, and how it refuses.

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type InProcess, openInProcess, TOKEN } from './support/in-process.ts'

let gateway: InProcess

beforeEach(async () => {
  gateway = await openInProcess()
})

afterEach(() => gateway.stop())

const ANI = 'sms:+628115550001'

type Json = Record<string, unknown> & { complaints?: Json[] }

async function ask(path: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${TOKEN}`, ...init.headers }
  const answer = await fetch(`${gateway.url}${path}`, { ...init, headers })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, json: JSON.parse(text) as Json, text }
}

function move(ticket: unknown, body: object) {
  return ask(`/api/complaints/${ticket}/moves`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function file(text: string, from: `sms:${string}` = ANI): Promise<string> {
  await gateway.says(from, text)
  const { json } = await ask('/api/complaints?limit=200')
  const newest = json.complaints?.find((complaint) => complaint.text === text)
  return String(newest?.ticket)
}

describe('who may', () => {
  for (const [name, headers] of [
    ['no token', { authorization: '' }],
    ['another token', { authorization: 'Bearer the-api-tokeN' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ] as const) {
    test(`${name} is 401 with a problem`, async () => {
      const answer = await ask('/api/complaints', { headers })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    })
  }
})

describe('reading', () => {
  test('a complaint has every member, absent facts are null, times carry the offset', async () => {
    const ticket = await file('tumpukan sampah di pasar tidak diangkut seminggu')
    const { status, json } = await ask(`/api/complaints/${ticket}`)
    expect(status).toBe(200)
    expect(Object.keys(json).sort()).toEqual(
      'agency anonymous category channel class confidential due due_at external_id filed_at hand_offs history language merged_into messages place proposed_agency rating state supporters text ticket urgent version'.split(
        ' ',
      ),
    )
    expect(json).toMatchObject({
      ticket,
      version: 1,
      state: 'received',
      agency: null,
      rating: null,
      merged_into: null,
      filed_at: '2026-11-25T10:00:00.000+08:00',
      due_at: '2026-11-30T16:00:00.000+08:00',
      due: [{ clock: 'verify', at: '2026-11-30T16:00:00.000+08:00', status: 'running' }],
    })
    expect(Object.keys(json.place as object).sort()).toEqual([
      'kecamatan',
      'kelurahan',
      'lat',
      'lon',
      'text',
    ])
  })

  test('no answer carries an address', async () => {
    const ticket = await file('jembatan kayu lapuk di dekat pasar, papan banyak lepas')
    const { text } = await ask(`/api/complaints/${ticket}`)
    expect(text).not.toContain('8115550001')
  })

  test("of an anonymous complaint no number is told that stands in anybody's words", async () => {
    await gateway.says(ANI, 'ANONIM sampah menumpuk di pasar lama, hubungi 0857-7123-4567')
    const [complaint] = (await ask('/api/complaints?limit=1')).json.complaints ?? []
    await move(complaint?.ticket, { move: 'note', actor: 'api', note: 'kata pelapor 085771234567' })
    const { text } = await ask(`/api/complaints/${complaint?.ticket}`)
    expect(text).toContain('sampah menumpuk')
    expect(text).toContain('kata pelapor ****')
    expect(text.replaceAll('-', '')).not.toContain('7123')
  })

  test('messages in and out are told in order with their status', async () => {
    const ticket = await file('tumpukan sampah di pasar tidak diangkut seminggu')
    const { json } = await ask(`/api/complaints/${ticket}`)
    expect(json.messages).toMatchObject([
      { direction: 'in', text: 'tumpukan sampah di pasar tidak diangkut seminggu', status: null },
      { direction: 'out', kind: 'reply', status: 'sent' },
      { direction: 'out', kind: 'reply', status: 'sent' },
    ])
  })

  test('an unknown ticket is 404, a wrong check digit 400', async () => {
    const ticket = await file('tumpukan sampah di pasar tidak diangkut seminggu')
    const wrong = ticket.slice(0, 7) + ((Number(ticket[7]) + 1) % 10)
    expect((await ask(`/api/complaints/${wrong}`)).status).toBe(400)
    expect((await ask('/api/complaints/x')).status).toBe(400)
    await gateway.stop()
    const other = await openInProcess()
    try {
      const answer = await fetch(`${other.url}/api/complaints/${ticket}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      })
      expect(answer.status).toBe(404)
    } finally {
      await other.stop()
      gateway = await openInProcess()
    }
  })

  test('pages follow each other without gap or repeat', async () => {
    for (let n = 0; n < 7; n++) {
      await gateway.says(
        `sms:+62811555010${n}`,
        `lampu jalan padam di depan rumah nomor ${n}, gelap`,
      )
    }
    const seen: unknown[] = []
    let after = ''
    for (let pages = 0; pages < 10; pages++) {
      const { json } = await ask(`/api/complaints?limit=3${after}`)
      seen.push(...(json.complaints ?? []).map((complaint) => complaint.ticket))
      if (json.next === null) break
      after = `&after=${json.next}`
    }
    expect(seen).toHaveLength(7)
    expect(new Set(seen).size).toBe(7)
  })

  test('state, agency and due_before choose', async () => {
    const one = await file('tumpukan sampah di pasar tidak diangkut seminggu')
    await file('lampu jalan padam tiga malam di depan sekolah', 'sms:+628115550002')
    await move(one, { move: 'assign', actor: 'desk', agency: 'DLH' })
    const tickets = async (query: string) =>
      (await ask(`/api/complaints?${query}`)).json.complaints?.map(({ ticket }) => ticket)
    expect(await tickets('state=assigned')).toEqual([one])
    expect(await tickets('agency=DLH')).toEqual([one])
    expect(await tickets('due_before=2026-12-01T00:00:00%2B08:00')).toHaveLength(1)
    expect(await tickets('due_before=2026-12-01T00:00:00+08:00')).toHaveLength(1)
    expect(await tickets('due_before=2026-11-26')).toEqual([])
  })

  for (const query of [
    'state=lost',
    'limit=0',
    'limit=201',
    'limit=x',
    'due_before=soon',
    'color=red',
  ]) {
    test(`?${query} is 400 and says what is wrong`, async () => {
      const { status, json } = await ask(`/api/complaints?${query}`)
      expect(status).toBe(400)
      expect(json.detail).toContain(query.split('=')[0])
    })
  }
})

describe('moving', () => {
  let ticket: string
  beforeEach(async () => {
    ticket = await file('tumpukan sampah di pasar tidak diangkut seminggu')
  })

  test('a move answers with the complaint as it is now', async () => {
    const { status, json } = await move(ticket, { move: 'assign', actor: 'Ibu Sri', agency: 'DLH' })
    expect(status).toBe(200)
    expect(json).toMatchObject({ state: 'assigned', agency: 'DLH', version: 2 })
    expect((json.history as Json[]).at(-1)).toMatchObject({
      move: 'assign',
      from: 'received',
      to: 'assigned',
      actor: 'Ibu Sri',
    })
  })

  test('what the table does not allow is 409 with the reason', async () => {
    const { status, json } = await move(ticket, { move: 'reopen', actor: 'desk', reason: 'x' })
    expect(status).toBe(409)
    expect(json.detail).toMatch(/reopen/)
    expect(json.detail).toMatch(/received/)
  })

  test('a version that is not the present one is 409', async () => {
    const first = await move(ticket, { move: 'assign', actor: 'a', agency: 'DLH', version: 1 })
    const second = await move(ticket, { move: 'accept', actor: 'b', version: 1 })
    expect([first.status, second.status]).toEqual([200, 409])
    expect(second.json).toMatchObject({ outcome: 'stale' })
  })

  test('of two at once on one version only one wins', async () => {
    const both = await Promise.all(
      ['a', 'b'].map((actor) => move(ticket, { move: 'assign', actor, agency: 'DLH', version: 1 })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  const incomplete: readonly (readonly [string, object])[] = [
    ['an unknown move', { move: 'fly', actor: 'a' }],
    ['no actor', { move: 'accept' }],
    ['a blank actor', { move: 'accept', actor: ' ' }],
    ['assign without an agency', { move: 'assign', actor: 'a' }],
    ['an agency nobody knows', { move: 'assign', actor: 'a', agency: 'NOPE' }],
    ['a member nobody knows', { move: 'accept', actor: 'a', colour: 'red' }],
    [
      'a kelurahan nobody knows',
      { move: 'correct', actor: 'a', place: { kelurahan: 'Antah Berantah' } },
    ],
    ['a place of nothing', { move: 'correct', actor: 'a', place: {} }],
    ['a list as body', []],
  ]
  for (const [name, body] of incomplete) {
    test(`${name} is 422 and changes nothing`, async () => {
      expect((await move(ticket, body)).status).toBe(422)
      expect((await ask(`/api/complaints/${ticket}`)).json.version).toBe(1)
    })
  }

  test('words are cleaned like those of citizens, and nothing but hidden characters is no answer', async () => {
    const ticket = await file('lampu jalan padam di kuin utara')
    const note = 'sedang\u0000 kami \u202ekerjakan\ud800\u0007'
    const { json } = await move(ticket, { move: 'note', actor: 'Meja\nlayanan', note })
    const [newest] = (json.history as Json[]).slice(-1)
    expect(newest).toMatchObject({ actor: 'Meja layanan', note: 'sedang kami kerjakan\ufffd' })
    const hidden = await move(ticket, { move: 'answer', actor: 'Meja', note: '\u0000\u200b' })
    expect(hidden.status).toBe(422)
  })

  test('a body that is no JSON is 400, a huge one 413', async () => {
    const post = (body: string) => ask(`/api/complaints/${ticket}/moves`, { method: 'POST', body })
    expect((await post('{"move":')).status).toBe(400)
    expect((await post(JSON.stringify({ note: 'x'.repeat(70_000) }))).status).toBe(413)
  })

  test('the citizen hears of it', async () => {
    await move(ticket, { move: 'assign', actor: 'desk', agency: 'DLH' })
    await gateway.assembly.drain()
    expect(gateway.sent.at(-1)?.text).toMatch(new RegExp(`${ticket}.*diteruskan`))
  })
})

test('wrong methods are 405 with what is allowed, wrong paths 404', async () => {
  const put = await ask('/api/complaints', { method: 'PUT' })
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET'])
  const get = await ask('/api/complaints/10000005/moves')
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await ask('/api/nothing')).status).toBe(404)
})

describe('reading what is confidential', () => {
  const trail = async () =>
    (await gateway.store.auditTrail(10)).map(({ action, actor, ticket }) => [action, actor, ticket])

  test('is an event in the audit trail, alone, in a list and after a move', async () => {
    const ticket = await file('ada pungli di kantor kelurahan, petugas minta uang')
    await file('tumpukan sampah di pasar tidak diangkut seminggu')
    const before = (await trail()).length
    await ask(`/api/complaints/${ticket}`)
    await ask('/api/complaints?limit=10')
    await move(ticket, { move: 'take', actor: 'Bu Rina' })
    expect((await trail()).slice(0, -before)).toEqual([
      ['read-confidential', 'Bu Rina', ticket],
      ['read-confidential', 'api', ticket],
      ['read-confidential', 'api', ticket],
    ])
  })

  test('of an open complaint leaves no event', async () => {
    const ticket = await file('tumpukan sampah di pasar tidak diangkut seminggu')
    await ask(`/api/complaints/${ticket}`)
    expect(await trail()).toEqual([])
  })
})
