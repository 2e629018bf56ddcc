// Turns per second of the reducer alone: reading the text, deciding, state through JSON as in the gateway.

import { loadCity } from '../src/city/load.ts'
import { newTicket } from '../src/complaints/ticket.ts'
import { needs } from '../src/conversation/needs.ts'
import { PHRASES } from '../src/conversation/phrase-keys.ts'
import { reduce } from '../src/conversation/reduce.ts'
import { readState } from '../src/conversation/state.ts'
import { TEMPLATES } from '../src/conversation/template-keys.ts'
import type { Context, Event } from '../src/conversation/turn.ts'
import { MATTERS } from './messages.ts'

const SECONDS = 3
const RUNS = 3

export function reducerTurnsPerSecond(): number {
  const loaded = loadCity('config', {
    phraseKeys: PHRASES,
    templateKeys: TEMPLATES,
    required: ['id', 'en'],
  })
  if ('problems' in loaded) throw new Error('config/ is not valid; start the gateway to see why')
  const { city } = loaded
  let seed = 1
  const chance = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const context: Omit<Context, 'newTickets'> = {
    now: new Date('2026-11-25T02:00:00Z'),
    city,
    code: 'bench',
    newCode: '123456',
    person: {
      id: 'someone',
      channel: 'sms',
      style: 'sms',
      buttons: false,
      language: 'id',
      stopped: false,
      privacyTold: city.privacyVersion,
      filedToday: 0,
      messagesThisHour: 0,
      lastHeardAt: null,
      doubted: false,
      blocked: false,
    },
    mine: [],
    named: [],
    foreign: [],
    supported: [],
    offered: [],
    near: null,
    file: null,
    quoted: null,
    desk: null,
  }
  const turn = (index: number) => {
    const event = eventOf(`${MATTERS[index % MATTERS.length]} nomor ${index}`, index)
    const state = readState(null)
    needs(state, event, city)
    const decided = reduce(state, event, { ...context, newTickets: [newTicket(chance)] })
    readState(JSON.stringify(decided.state))
  }
  for (let index = 0; index < 2_000; index++) turn(index)
  const rates = Array.from({ length: RUNS }, (_, run) => rate(turn, run))
  return rates.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN
}

function rate(turn: (index: number) => void, run: number): number {
  const begun = performance.now()
  let turns = 0
  while (performance.now() - begun < SECONDS * 1000) {
    for (let many = 0; many < 100; many++) turn(run * 1_000_000 + turns++)
  }
  return (1000 * turns) / (performance.now() - begun)
}

function eventOf(text: string, index: number): Event {
  return {
    type: 'message',
    message: {
      channel: 'sms',
      account: 'bench',
      providerId: String(index),
      from: `sms:+62812${String(10_000_000 + (index % 1_000_000))}`,
      text,
      media: [],
      position: null,
      quotedId: null,
      album: null,
      edits: null,
      start: null,
      choice: null,
      answerable: true,
      consent: null,
    },
  }
}
