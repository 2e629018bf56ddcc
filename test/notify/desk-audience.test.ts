// Who of those who act hears of a move at once, as which card, and with what they can do next.

import { describe, expect, test } from '@jest/globals'
import { measure } from '../../src/channels/measure.ts'
import type { Complaint, HistoryEvent } from '../../src/complaints/complaint.ts'
import type { MoveRequest, Mover } from '../../src/complaints/moves.ts'
import { createDeskNews } from '../../src/notify/desk-news.ts'
import type { NewOutbound } from '../../src/store/outbox-port.ts'
import type { StaffListener } from '../../src/store/staff-port.ts'
import { at, countingIds, filed, type Made, moved, moveOf, WORDS } from './support/cases.ts'
import { CREW, EVERYBODY, person, roster } from './support/people.ts'
import { town } from './support/town.ts'

const MONDAY = at('2026-11-23 10.00')
const NIGHT = at('2026-11-23 23.00')
const received = filed(MONDAY)
const { ticket } = received
const assigned = moved(received, MONDAY, { move: 'assign', agency: 'jalan' })
const working = moved(assigned, MONDAY, { move: 'accept' })
const answered = moved(working, MONDAY, { move: 'answer', note: 'Sudah ditambal' })
const closed = moved(answered, MONDAY, { move: 'satisfied' })
const AIR = person('Cici', 'officer', 'air')
const CITIZEN: Mover = { role: 'citizen', actor: 'citizen' }
const RINI: Mover = { role: 'coordinator', actor: 'Rini' }
const ARI = { role: 'officer', actor: 'Ari', staff: { id: 'staff-Ari', agency: 'jalan' } } as const
const crew = [...EVERYBODY, AIR]

function news(enrolled: readonly StaffListener[] = crew) {
  const book = { roster: async () => roster(enrolled) }
  return createDeskNews(book, { city: town, measure, newId: countingIds() })
}

/** The cards of one move, made in a turn of `mover`'s own. */
function cards(
  made: Made,
  { by = null, enrolled = crew }: { by?: StaffListener | null; enrolled?: typeof crew } = {},
): Promise<readonly NewOutbound[]> {
  const { before, after: complaint, event } = made
  const turn = { changes: [{ before, complaint, events: [event] }], alerts: [] }
  return news(enrolled).turn(turn, { staff: by?.staff ?? null, mine: [] }, event.at)
}

const names = (rows: readonly NewOutbound[]) =>
  rows.map(({ addressId }) => addressId.replace('address-', '')).join(' ')

const actionsOf = (row: NewOutbound | undefined) =>
  row?.choices.map(({ value }) => value.split(':')[1]).join(' ')

const makes = (complaint: Complaint, request: MoveRequest, mover: Mover, now = MONDAY) =>
  moveOf(complaint, request, now, mover)

describe('who hears of a move', () => {
  const held = { ...working, holder: CREW.ari.staff.id }
  const beni = { ...working, holder: CREW.beni.staff.id }
  const table: readonly [string, Complaint, MoveRequest, Mover, StaffListener | null, string][] = [
    ['assign', received, { move: 'assign', agency: 'jalan' }, RINI, CREW.rini, 'Ari Beni'],
    ['transfer', held, { move: 'transfer', agency: 'air' }, RINI, CREW.rini, 'Cici Ari'],
    ['a citizen’s words', held, { move: 'note', note: 'masih' }, CITIZEN, null, 'Ari'],
    [
      'a citizen’s words, nobody has it',
      working,
      { move: 'note', note: 'x' },
      CITIZEN,
      null,
      'Ari Beni',
    ],
    ['dissatisfied', answered, { move: 'dissatisfied', note: 'bohong' }, CITIZEN, null, 'Ari Beni'],
    ['satisfied', answered, { move: 'satisfied' }, CITIZEN, null, 'Ari Beni'],
    ['reopen', closed, { move: 'reopen' }, CITIZEN, null, 'Ari Beni'],
    ['reopen by the coordinator', closed, { move: 'reopen' }, RINI, CREW.rini, 'Ari Beni'],
    ['return', working, { move: 'return', reason: 'bukan' }, ARI, CREW.ari, 'Rini'],
    ['copy', working, { move: 'copy', agency: 'air' }, RINI, CREW.rini, 'Cici'],
    ['archive', held, { move: 'archive', reason: 'spam' }, RINI, CREW.rini, 'Ari'],
    ['close', held, { move: 'close', reason: 'Sudah' }, RINI, CREW.rini, 'Ari'],
    ['correct', held, { move: 'correct', category: 'keran' }, RINI, CREW.rini, 'Ari'],
    ['hold by the coordinator', held, { move: 'hold', note: 'mana?' }, RINI, CREW.rini, 'Ari'],
    ['hold by an officer', held, { move: 'hold', note: 'mana?' }, ARI, CREW.ari, ''],
    ['accept', assigned, { move: 'accept' }, ARI, CREW.ari, ''],
    ['update', working, { move: 'update', note: 'besok' }, ARI, CREW.ari, ''],
    ['answer', working, { move: 'answer', note: 'sudah' }, ARI, CREW.ari, ''],
    ['answer by a colleague', beni, { move: 'answer', note: 'sudah' }, ARI, CREW.ari, ''],
    ['take', working, { move: 'take' }, ARI, CREW.ari, ''],
    ['rate', answered, { move: 'rate', rating: 5 }, CITIZEN, null, ''],
  ]
  test.each(table)('%s', async (_, complaint, request, mover, by, who) => {
    expect(names(await cards(makes(complaint, request, mover), { by }))).toBe(who)
  })

  test('an agency with a head alone: the head', async () => {
    const enrolled = [CREW.hana, CREW.rini]
    const made = makes(received, { move: 'assign', agency: 'jalan' }, RINI)
    expect(names(await cards(made, { by: CREW.rini, enrolled }))).toBe('Hana')
  })

  test('an agency with nobody enrolled: the coordinators, but for the one whom the answer tells', async () => {
    const made = makes(received, { move: 'assign', agency: 'air' }, RINI)
    expect(await cards(made, { by: CREW.rini, enrolled: [...EVERYBODY] })).toEqual([])
    const rows = await cards(made, { enrolled: [...EVERYBODY] })
    expect(rows.map(({ text }) => text)).toEqual([
      expect.stringMatching(`^ID ${ticket}: Air Contoh BELUM PUNYA PETUGAS`),
    ])
    expect(names(rows)).toBe('Rini')
  })

  test('what a coordinator does with a case of an agency that has nobody, no coordinator hears', async () => {
    const made = makes(closed, { move: 'reopen' }, RINI)
    expect(await cards(made, { enrolled: [CREW.rini, CREW.oki] })).toEqual([])
  })

  test('a case handed over: whoever has it now', async () => {
    const made = makes(held, { move: 'take' }, ARI)
    const after = { ...made.after, holder: CREW.beni.staff.id }
    const rows = await cards({ ...made, after }, { by: CREW.ari })
    expect(names(rows)).toBe('Beni')
    expect(rows[0]?.text).toContain('DISERAHKAN')
  })

  test('many cases handed over at once are one message, with all their tickets', async () => {
    const handed = (count: number) =>
      Array.from({ length: count }, () => {
        const before = { ...moved(filed(MONDAY), MONDAY, { move: 'assign', agency: 'jalan' }) }
        const request = { move: 'take', holder: CREW.beni.staff.id } as const
        const { after, event } = makes(before, request, ARI)
        return { before, complaint: after, events: [event] }
      })
    const told = async (changes: ReturnType<typeof handed>) =>
      news().turn({ changes, alerts: [] }, { staff: CREW.ari.staff, mine: [] }, MONDAY)
    expect(await told(handed(3))).toHaveLength(3)
    const changes = handed(4)
    const rows = await told(changes)
    expect(names(rows)).toBe('Beni')
    const tickets = changes.map(({ complaint }) => complaint.ticket).join(' ')
    expect(rows[0]?.text).toBe(`4 laporan DISERAHKAN kepada Bapak/Ibu: ID ${tickets}. Balas: TUGAS`)
    const [many] = await told(handed(400))
    expect(many?.segments).toBeLessThanOrEqual(10)
    expect(many?.text).toMatch(/^400 laporan .* \.\.\.\. Balas: TUGAS$/)
  })

  test('a citizen who is an officer too hears of their own complaint as an officer', async () => {
    const made = makes(working, { move: 'note', note: 'masih' }, CITIZEN)
    expect(names(await cards(made, { by: CREW.ari }))).toBe('Ari Beni')
  })
})

describe('an extension', () => {
  const asked = { days: 5, until: at('2026-11-24 16.00'), by: CREW.ari.staff.id }
  const event = (role: 'officer' | 'head' | 'system'): HistoryEvent => ({
    at: MONDAY,
    move: 'extend',
    from: 'in_progress',
    to: 'in_progress',
    role,
    actor: 'Ari',
    note: null,
    detail: { days: 5 },
  })
  const waiting = { ...working, asked }

  test('is asked of the head, by name, with the hour it counts as a no', async () => {
    const made = { before: working, after: waiting, event: event('officer') }
    const [row, ...others] = await cards(made, { by: CREW.ari })
    expect(others).toEqual([])
    expect(row?.addressId).toBe('address-Hana')
    expect(row?.text).toContain(
      `ID ${ticket}: Ari minta 5 hari kerja lagi. Jalan. Tanpa jawaban sampai 24/11/2026 berarti tidak.`,
    )
    expect(row?.text).toContain(`SETUJU ${ticket} atau TOLAK ${ticket}`)
  })

  test('is asked of the coordinator where the agency has no head, with the buttons to decide it', async () => {
    const made = { before: working, after: waiting, event: event('officer') }
    const enrolled = EVERYBODY.filter(({ staff }) => staff.role !== 'head')
    const rows = await cards(made, { by: CREW.ari, enrolled })
    expect([names(rows), actionsOf(rows[0])]).toEqual(['Rini', 'show agree refuse transfer'])
  })

  test('is not the coordinator’s to decide on whatever else they hear of the case', async () => {
    const wish = { changes: [], alerts: [{ alert: 'cancel-wish', ticket } as const] }
    const mine = [{ complaint: waiting, lastNote: null, lastAnswer: null, lastWordAt: MONDAY }]
    const rows = await news().turn(wish, { staff: null, mine }, MONDAY)
    const toRini = rows.find(({ addressId }) => addressId === 'address-Rini')
    expect(actionsOf(toRini)).toBe('show transfer')
  })

  test.each([
    ['hold', { move: 'hold', note: 'Di RT berapa?' }, 'Ari', 'DITUNDA'],
    ['transfer', { move: 'transfer', agency: 'air' }, 'Ari', 'dialihkan ke'],
  ] as const)(
    'that lapses by %s is told to whoever asked, with the move',
    async (_, request, who, words) => {
      const made = makes({ ...waiting, holder: CREW.ari.staff.id }, request, RINI)
      const rows = await cards(made, { by: CREW.rini })
      const row = rows.find(({ addressId }) => addressId === `address-${who}`)
      expect(row?.text).toContain(words)
      expect(row?.text).toContain('Permintaan perpanjangannya gugur.')
      expect(rows.filter(({ text }) => text.includes('gugur'))).toHaveLength(1)
    },
  )

  test('that lapses by what a colleague does is told to whoever asked by itself', async () => {
    const beni = {
      role: 'officer',
      actor: 'Beni',
      staff: { id: 'staff-Beni', agency: 'jalan' },
    } as const
    const made = makes(waiting, { move: 'hold', note: 'Di RT berapa?' }, beni)
    const rows = await cards(made, { by: CREW.beni })
    expect(rows.map(({ text }) => text)).toEqual([
      expect.stringContaining('perpanjangan Bapak/Ibu gugur'),
    ])
    expect(names(rows)).toBe('Ari')
  })

  test('is no matter any more of a case that ended', async () => {
    const rows = await cards(makes(waiting, { move: 'close', reason: 'Sudah beres' }, RINI), {
      by: CREW.rini,
    })
    expect(rows.map(({ text }) => text).join()).not.toContain('gugur')
  })

  test.each([
    ['agreed', 'head', { extensions: 1 }, 'DISETUJUI. Batas selesai 14/12/2026.'],
    ['refused', 'head', {}, 'DITOLAK. Batas selesai tetap 14/12/2026.'],
    ['left unanswered', 'system', {}, 'tidak berlaku. Batas selesai tetap 14/12/2026.'],
  ] as const)(
    '%s is told to whoever asked, with the date to finish by',
    async (_, role, change, words) => {
      const made = { before: waiting, after: { ...working, ...change }, event: event(role) }
      const rows = await cards(made, { by: role === 'head' ? CREW.hana : null })
      expect(names(rows)).toBe('Ari')
      expect(rows[0]?.text).toContain(words)
    },
  )
})

describe('a card', () => {
  test('of a new case names the facts and the moves open now, and has their buttons', async () => {
    const [row] = await cards(makes(received, { move: 'assign', agency: 'jalan' }, RINI), {
      by: CREW.rini,
    })
    expect(row?.text).toBe(
      `ID ${ticket} BARU: Jalan, Sungai Biru. Batas 01/12/2026. Balas: LIHAT ${ticket}, TERIMA ${ticket} atau BW ${ticket} alasan`,
    )
    expect(row?.choices.map(({ value }) => value)).toEqual([
      `desk:show:${ticket}:2`,
      `desk:accept:${ticket}:2`,
      `desk:return:${ticket}:2`,
    ])
    expect(row?.ticket).toBe(ticket)
  })

  test('to a coordinator names the agency that is proposed, in the command and on the button', async () => {
    const event: HistoryEvent = {
      ...{ at: MONDAY, move: 'file', from: null, to: 'received', role: 'citizen' },
      ...{ actor: 'citizen', note: null, detail: {} },
    }
    const change = { before: null, complaint: received, events: [event] }
    const nobody = { staff: null, mine: [] }
    const [row] = await news().turn({ changes: [change], alerts: [] }, nobody, MONDAY)
    expect(row?.text).toMatch(`Balas: LIHAT ${ticket}, DISPOSISI ${ticket} jalan, TUNDA`)
    expect(row?.choices.slice(0, 2)).toEqual([
      { value: `desk:show:${ticket}:1`, label: 'Lihat' },
      { value: `desk:assign:${ticket}:1:jalan`, label: 'Ke Dinas Jalan' },
    ])
  })

  test('of a returned case tells how often, and from the third time whose decision it is', async () => {
    const once = makes(working, { move: 'return', reason: 'bukan' }, ARI)
    expect((await cards(once, { by: CREW.ari }))[0]?.text).toContain(
      'DIKEMBALIKAN Dinas Jalan (ke-1)',
    )
    const twice = { ...working, handOffs: 2 }
    const thrice = makes(twice, { move: 'return', reason: 'bukan' }, ARI)
    expect((await cards(thrice, { by: CREW.ari }))[0]?.text).toContain(
      'PUTUSKAN SENDIRI, dikembalikan ke-3',
    )
  })

  test('holds no word of the citizen', async () => {
    const made = makes(working, { move: 'note', note: WORDS }, CITIZEN)
    for (const { text } of await cards(made)) expect(text).not.toMatch(/lubang|Kasim/)
  })

  test('of an emergency what the citizen adds, or takes back, goes at any hour; that they are content waits', async () => {
    const urgent = { ...working, urgent: true }
    const rows = async (request: MoveRequest, complaint = urgent) =>
      cards(makes(complaint, request, CITIZEN, NIGHT))
    const [added] = await rows({ move: 'note', note: 'masih ada orang di dalam' })
    expect([added?.dueAt, added?.kind]).toEqual([NIGHT, 'ping_urgent'])
    const [content] = await rows({ move: 'satisfied' })
    const [calm] = await rows({ move: 'note', note: 'masih' }, { ...urgent, urgent: false })
    for (const row of [content, calm]) expect(row?.dueAt).toEqual(at('2026-11-24 07.00'))
  })

  test('waits for the morning, but that of an emergency', async () => {
    const request = { move: 'assign', agency: 'jalan' } as const
    const [calm] = await cards(makes(received, request, RINI, NIGHT), { by: CREW.rini })
    expect(calm?.dueAt).toEqual(at('2026-11-24 07.00'))
    const urgent = { ...received, urgent: true }
    const [now] = await cards(makes(urgent, request, RINI, NIGHT), { by: CREW.rini })
    expect([now?.dueAt, now?.kind]).toEqual([NIGHT, 'ping_urgent'])
  })

  test('to a group has ticket, category and date, and nothing to press', async () => {
    const group = person('Grup', 'officer', 'jalan', { group: true })
    const made = makes(received, { move: 'assign', agency: 'jalan' }, RINI)
    const rows = await cards(made, { by: CREW.rini, enrolled: [...crew, group] })
    const [row] = rows.filter(({ addressId }) => addressId === 'address-Grup')
    expect([row?.text, row?.choices]).toEqual([`ID ${ticket} BARU: Jalan. Batas 01/12/2026.`, []])
    const secret = makes(
      { ...received, confidential: true },
      { move: 'assign', agency: 'jalan' },
      RINI,
    )
    expect(names(await cards(secret, { enrolled: [...crew, group] }))).toBe('Ari Beni')
  })
})

test('a case nobody answers is told once to somebody who hears of it for two reasons', async () => {
  const made = makes(working, { move: 'note', note: 'batal saja' }, CITIZEN)
  const { before, after: complaint, event } = made
  const rows = await news().turn(
    {
      changes: [{ before, complaint, events: [event] }],
      alerts: [{ alert: 'cancel-wish', ticket }],
    },
    { staff: null, mine: [] },
    MONDAY,
  )
  expect(names(rows)).toBe('Ari Beni Rini')
})
