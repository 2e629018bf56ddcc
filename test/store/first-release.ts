// A database as the first release left it: its schema as released, and a row in every table, written as raw values.
// Never brought up to date: that is what the migrations must do.

import { readFileSync } from 'node:fs'
import { createSeal } from '../../src/store/seal.ts'
import { BUDI, KEY } from './given.ts'

type Row = Readonly<Record<string, string | number | null>>

const MIGRATIONS = new URL('../../src/store/migrations/', import.meta.url)
const AT = Date.parse('2026-11-25T02:00:00Z')
const DAY_MS = 86_400_000
const seal = createSeal(KEY)

/** The statements of the first migration of a dialect, and the moment by which drizzle knows it. */
export function firstMigration(dialect: 'sqlite' | 'postgres') {
  const journal = JSON.parse(
    readFileSync(new URL(`${dialect}/meta/_journal.json`, MIGRATIONS), 'utf8'),
  ) as { entries: { tag: string; when: number }[] }
  const [first] = journal.entries
  if (first?.tag !== '0000_first') throw new Error('the first migration is not where it was')
  const sql = readFileSync(new URL(`${dialect}/0000_first.sql`, MIGRATIONS), 'utf8')
  return { statements: sql.split('--> statement-breakpoint'), when: first.when }
}

const COMPLAINT: Row = {
  ...{ ticket: '12345670', version: 3, state: 'assigned', class: 'complaint' },
  ...{ category: 'street-light', agency: 'works', proposed_agency: 'works' },
  ...{ copied_to: '["water"]', kelurahan: 'Hulu', kecamatan: 'Utara', place_text: 'gang 5' },
  ...{ lat: '-3.3166', lon: '114.59', text: 'the lamp is out', channel: 'sms' },
  ...{ language: 'id', anonymous: 1, confidential: 0, urgent: 1, over_limit: 0, rating: 4 },
  ...{ filed_at: AT, closed_at: null, ever_assigned: 1, hand_offs: 2, extensions: 1 },
  ...{ merged_into: null, archive_reason: null, external_id: 'N-1', came_from: null },
  ...{ merged_from: null, due_at: AT + 5 * DAY_MS, touched_at: AT, answer_at: null },
  ...{ lost_told_at: null, last_note_event: 2, last_answer_event: null },
  rules:
    '{"verify":3,"follow_up":5,"finish":{"information":5,"complaint":14,"aspiration":14},"finish_inspection":60,"reply":10,"facts":10,"reopen":10}',
}

/** In the order in which they may refer to each other. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  meta: [{ key: 'seal', value: seal.seal('kentongan', 'seal') }],
  facts: [{ key: 'calendar', value: 'x' }],
  people: [{ id: 'p1', created_at: AT }],
  addresses: [
    {
      ...{ id: 'a1', digest: seal.digest(BUDI), sealed: seal.seal(BUDI, 'address') },
      ...{ key_id: seal.keyId, person_id: 'p1', channel: 'sms', account: 'twilio' },
      ...{ state: '{"v":1}', version: 4, wake_at: AT + 1, language: 'bjn', stopped_at: AT },
      ...{ blocked_at: null, privacy_told: '1', last_in_at: AT, created_at: AT },
    },
  ],
  closed_accounts: [{ address_id: 'a1', account: 'twilio', closed_at: AT }],
  complaints: [
    COMPLAINT,
    {
      ...{ ...COMPLAINT, ticket: '10000003', version: 5, state: 'answered' },
      ...{ due_at: null, last_note_event: null },
    },
  ],
  clocks: [
    {
      ...{ ticket: '12345670', name: 'follow_up', status: 'running', day_zero: '2026-11-25' },
      ...{ days: 5, due_at: AT + 5 * DAY_MS, estimate: 1, left_days: null, step: 1, pinging: 1 },
      next_at: AT,
    },
  ],
  events: [
    {
      ...{ id: 1, ticket: '12345670', at: AT, move: 'file', from_state: null },
      ...{ to_state: 'received', role: 'citizen', actor: 'citizen', detail: '{}' },
    },
    {
      ...{ id: 2, ticket: '12345670', at: AT + 1, move: 'assign', from_state: 'received' },
      ...{ to_state: 'assigned', role: 'coordinator', actor: 'Meja' },
      detail: '{"agency":"works"}',
    },
    {
      ...{ id: 3, ticket: '10000003', at: AT + 2, move: 'answer', from_state: 'in_progress' },
      ...{ to_state: 'answered', role: 'officer', actor: 'Meja', detail: '{}' },
    },
    {
      ...{ id: 4, ticket: '10000003', at: AT + 3, move: 'dissatisfied', from_state: 'answered' },
      ...{ to_state: 'in_progress', role: 'citizen', actor: 'citizen', detail: '{}' },
    },
    {
      ...{ id: 5, ticket: '10000003', at: AT + 4, move: 'answer', from_state: 'in_progress' },
      ...{ to_state: 'answered', role: 'officer', actor: 'Meja', detail: '{}' },
    },
  ],
  notes: [{ event_id: 2, text: 'tolong segera' }],
  links: [
    {
      ...{ ticket: '12345670', person_id: 'p1', reporter: 1, via: null },
      ...{ linked_at: AT, last_word_at: AT },
    },
  ],
  inbox: [
    {
      ...{ id: 'i1', account: 'twilio', provider_id: 'SM1', address_id: 'a1', channel: 'sms' },
      ...{ received_at: AT, text: 'lamp out', media: '[]', position: null, quoted_id: null },
      ...{ choice: null, answerable: 1, consent: null, ticket: '12345670', outcome: 'answered' },
      stuck: null,
    },
    {
      ...{ id: 'i2', account: 'twilio', provider_id: 'SM2', address_id: 'a1', channel: 'sms' },
      ...{ received_at: AT + 1, text: 'a photo', quoted_id: 'SM1', choice: 'yes', answerable: 0 },
      media: '[{"kind":"photo","url":"https://example.com/1","contentType":null}]',
      position: '{"lat":-3.3,"lon":114.6}',
      ...{ consent: 'help', ticket: null, outcome: 'stuck', stuck: 'TypeError at reduce' },
    },
  ],
  outbox: [
    {
      ...{ seq: 1, id: 'o1', address_id: 'a1', channel: 'sms', account: null, lane: 'reply' },
      ...{ kind: 'reply', ticket: '12345670', text: 'thank you', segments: 1 },
      choices: '[{"value":"y","label":"YA"}]',
      ...{ created_at: AT, due_at: AT, ready_at: AT, expires_at: AT + DAY_MS, status: 'pending' },
      ...{ next_part: 0, attempts: 1, lease: null, lease_until: null, sent_at: null },
      reason: 'HTTP 503',
    },
    {
      ...{ seq: 2, id: 'o2', address_id: 'a1', channel: 'sms', account: 'twilio', lane: 'notice' },
      ...{ kind: 'assigned', ticket: '12345670', text: 'assigned', choices: '[]', segments: 1 },
      ...{ created_at: AT, due_at: AT, ready_at: AT, expires_at: AT + DAY_MS, status: 'sent' },
      ...{ next_part: 0, attempts: 0, lease: null, lease_until: null, sent_at: AT, reason: null },
    },
  ],
  attempts: [
    {
      ...{ account: 'twilio', provider_id: 'SM9', outbound_id: 'o2', part: 0, live: 1 },
      ...{ status: 'sent', code: null, failure: null, retry_at: null, at: AT },
    },
    {
      ...{ account: 'twilio', provider_id: 'SM8', outbound_id: null, part: 0, live: 1 },
      ...{ status: 'delivered', code: null, failure: null, retry_at: null, at: AT },
    },
  ],
  segment_use: [{ account: 'twilio', quarter: 1, segments: 7 }],
}
