// Every state times every command of the desk times every role: an answer that leads on, and no move but by the table.

import { describe, expect, test } from '@jest/globals'
import { type Complaint, NOWHERE, STATES, type State } from '../../../src/complaints/complaint.ts'
import { factsOf } from '../../../src/complaints/move-facts.ts'
import { applyMove, type MoveRequest } from '../../../src/complaints/moves.ts'
import { STAFF_ROLES, type StaffMember, type StaffRole } from '../../../src/complaints/staff.ts'
import type { Desk } from '../../../src/conversation/desk.ts'
import type { Turn } from '../../../src/conversation/effect.ts'
import { moverOf } from '../../../src/conversation/officer/desk-moment.ts'
import { render } from '../../../src/conversation/phrases.ts'
import { reduce } from '../../../src/conversation/reduce.ts'
import { readState } from '../../../src/conversation/state.ts'
import type { Context } from '../../../src/conversation/turn.ts'
import type { InboundMessage } from '../../../src/message.ts'
import { filed as example } from '../../complaints/example.ts'
import { referenceCity } from '../../support/city.ts'
import { forEvery } from '../../support/for-every.ts'

const { city } = referenceCity()
const NOW = new Date('2026-11-25T02:00:00Z')
const TICKET = '12345671'
const OTHER = '20000006'

const WAY_TO: Readonly<Record<State, readonly MoveRequest[]>> = {
  received: [],
  held: [
    { move: 'assign', agency: 'DPUPR' },
    { move: 'hold', note: 'di mana?' },
  ],
  assigned: [{ move: 'assign', agency: 'DPUPR' }],
  in_progress: [{ move: 'assign', agency: 'DPUPR' }, { move: 'accept' }],
  answered: [
    { move: 'assign', agency: 'DPUPR' },
    { move: 'answer', note: 'sudah' },
  ],
  closed: [
    { move: 'assign', agency: 'DPUPR' },
    { move: 'close', reason: 'sudah' },
  ],
  archived: [{ move: 'archive', reason: 'spam' }],
  merged: [{ move: 'merge', into: OTHER }],
  cancelled: [{ move: 'cancel' }],
}

function filed(ticket: string): Complaint {
  return example({ ticket, category: 'pju', proposedAgency: 'DPUPR', place: NOWHERE }, NOW)
}

function inState(state: State): Complaint {
  return WAY_TO[state].reduce((complaint, request) => {
    const facts = { ...factsOf(city, NOW), into: filed(OTHER) }
    const result = applyMove(complaint, request, { role: 'any', actor: 'api' }, facts)
    if (result.outcome !== 'moved') throw new Error(result.reason)
    return result.complaint
  }, filed(TICKET))
}

function member(role: StaffRole): StaffMember {
  const agency = role === 'officer' || role === 'head' ? 'DPUPR' : null
  return { id: `a ${role}`, number: 1, name: 'Ani', role, agency }
}

function contextOf(staff: StaffMember, complaint: Complaint): Context {
  const file = { history: [], supporters: 0 }
  const desk: Desk = {
    ...{ staff, group: false, card: null, tasks: null, around: null, people: [] },
    cases: [complaint, filed(OTHER)].map((one) => ({ complaint: one, ...file })),
    ...{ invitation: null, contacts: null, figures: null, walkIn: null, held: null },
    coordinatorsSet: true,
    ...{ newInvitation: 'ABCDEFGH', newPin: '4711', newStaffId: 'new' },
  }
  return {
    ...{ now: NOW, city, code: '1708', newTickets: ['10000004'], newCode: '123456', desk },
    ...{ mine: [], named: [], foreign: [], supported: [], offered: [] },
    ...{ near: null, file: null, quoted: null },
    person: {
      ...{ id: 'p', channel: 'sms', style: 'sms', buttons: false, language: 'id' },
      ...{ stopped: false, privacyTold: null, filedToday: 0, messagesThisHour: 0 },
      ...{ lastHeardAt: NOW, doubted: false, blocked: false },
    },
  }
}

function says(context: Context, text: string, state: string | null = null): Turn {
  const message: InboundMessage = {
    ...{ channel: 'sms', account: 'a', providerId: 'm', from: 'sms:+628111', text, media: [] },
    ...{ position: null, quotedId: null, album: null, choice: null, edits: null, start: null },
    ...{ answerable: true, consent: null },
  }
  return reduce(readState(state), { type: 'message', message }, context)
}

function answerOf({ effects }: Turn): string {
  const said = effects.flatMap((effect) => (effect.type === 'say' ? [effect.say] : []))
  return said.map(({ phrase }) => render(city, 'id', 'sms', phrase)).join(' ')
}

const COMMANDS: readonly string[] = [
  'DISPOSISI dishub',
  'DISPOSISI',
  'ALIH dishub',
  'TEMBUSKAN dlh',
  'TUNDA lampu yang mana?',
  `GABUNG ${OTHER}`,
  'GABUNG',
  'ARSIP spam',
  'ARSIP',
  'TUTUP sudah beres',
  'TUTUP',
  'PULIHKAN',
  'UBAH kategori jalan',
  'UBAH',
  'UBAH lokasi',
  'NOMOR 987',
  'NOMOR',
  'TERIMA',
  'KABAR regu berangkat',
  'JAWAB lampu diganti',
  'TANYA yang mana?',
  'BW bukan lampu kota',
  'PERPANJANG 5 suku cadang',
  'SETUJU',
  'TOLAK',
  'TANGANI',
]
/** What can be typed next, a question, or a list that is open to all. */
const LEADS_ON = /Berikutnya: |Balas |\?|TUGAS|BANTUAN|Tulis |LIHAT /

describe.each(STATES)('on a case that is %s', (state) => {
  const complaint = inState(state)
  test.each(STAFF_ROLES)(
    'every command of somebody who is %s is answered with what comes next',
    (role) => {
      const staff = member(role)
      const context = contextOf(staff, complaint)
      forEvery(COMMANDS, String, (command) => {
        const [word = '', ...rest] = command.split(' ')
        const turn = says(context, [word, TICKET, ...rest].join(' '))
        const answer = answerOf(turn)
        expect(answer).toMatch(LEADS_ON)
        expect(answer).not.toMatch(/refused|incomplete|possible:|\{/)
        for (const effect of turn.effects) {
          if (effect.type !== 'move') continue
          expect(effect.by).toBe('staff')
          const facts = { ...factsOf(city, NOW), into: filed(OTHER) }
          expect(applyMove(complaint, effect.request, moverOf(staff), facts).outcome).toBe('moved')
        }
        const again = answerOf(says(context, 'x y z', JSON.stringify(turn.state)))
        expect(again).toMatch(LEADS_ON)
      })
    },
  )
})
