// The twin of schema.sqlite.ts on PostgreSQL: the same tables, columns, keys and indexes.
// What a table or a column is for is said there.
// It stays whole though long: one file per dialect, which a test compares with the other column by column.

import { sql } from 'drizzle-orm'
import { customType, index, bigint as numeral, pgTable, primaryKey } from 'drizzle-orm/pg-core'

/** Compared by bytes, as SQLite does; and an index stays in order when the system's locales are upgraded. */
const text = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })

/** Comes back as a number: nothing here reaches 2^53. */
const bigint = (name: string) => numeral(name, { mode: 'number' })

export const people = pgTable('people', {
  id: text('id').primaryKey(),
  createdAt: bigint('created_at').notNull(),
})

export const addresses = pgTable(
  'addresses',
  {
    id: text('id').primaryKey(),
    digest: text('digest').notNull().unique(),
    sealed: text('sealed').notNull(),
    keyId: text('key_id').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    channel: text('channel').notNull(),
    account: text('account'),
    state: text('state'),
    version: bigint('version').notNull(),
    wakeAt: bigint('wake_at'),
    language: text('language').notNull(),
    stoppedAt: bigint('stopped_at'),
    blockedAt: bigint('blocked_at'),
    privacyTold: text('privacy_told'),
    lastInAt: bigint('last_in_at'),
    createdAt: bigint('created_at').notNull(),
  },
  (t) => [
    index('addresses_person').on(t.personId),
    index('addresses_wake').on(t.wakeAt).where(sql`wake_at is not null`),
  ],
)

export const names = pgTable(
  'names',
  {
    digest: text('digest').primaryKey(),
    addressId: text('address_id').notNull(),
    at: bigint('at').notNull(),
  },
  (t) => [index('names_address').on(t.addressId)],
)

export const closedAccounts = pgTable(
  'closed_accounts',
  {
    addressId: text('address_id')
      .notNull()
      .references(() => addresses.id),
    account: text('account').notNull(),
    closedAt: bigint('closed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.addressId, t.account] })],
)

export const inbox = pgTable(
  'inbox',
  {
    id: text('id').notNull(),
    account: text('account').notNull(),
    providerId: text('provider_id').notNull(),
    addressId: text('address_id'),
    channel: text('channel').notNull(),
    receivedAt: bigint('received_at').notNull(),
    text: text('text'),
    media: text('media').notNull(),
    position: text('position'),
    quotedId: text('quoted_id'),
    choice: text('choice'),
    answerable: bigint('answerable').notNull(),
    consent: text('consent'),
    ticket: text('ticket'),
    outcome: text('outcome').notNull(),
    stuck: text('stuck'),
    album: text('album'),
    edits: text('edits'),
    start: text('start'),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.providerId] }),
    index('inbox_address').on(t.addressId, t.receivedAt),
    index('inbox_ticket').on(t.ticket).where(sql`ticket is not null`),
    index('inbox_stuck').on(t.receivedAt).where(sql`stuck is not null`),
    index('inbox_wordy').on(t.receivedAt).where(sql`ticket is null and text is not null`),
  ],
)

export const complaints = pgTable(
  'complaints',
  {
    ticket: text('ticket').primaryKey(),
    version: bigint('version').notNull(),
    state: text('state').notNull(),
    class: text('class').notNull(),
    category: text('category'),
    agency: text('agency'),
    proposedAgency: text('proposed_agency'),
    copiedTo: text('copied_to').notNull(),
    kelurahan: text('kelurahan'),
    kecamatan: text('kecamatan'),
    placeText: text('place_text'),
    lat: text('lat'),
    lon: text('lon'),
    text: text('text'),
    channel: text('channel').notNull(),
    language: text('language').notNull(),
    anonymous: bigint('anonymous').notNull(),
    confidential: bigint('confidential').notNull(),
    urgent: bigint('urgent').notNull(),
    overLimit: bigint('over_limit').notNull(),
    rating: bigint('rating'),
    filedAt: bigint('filed_at').notNull(),
    closedAt: bigint('closed_at'),
    everAssigned: bigint('ever_assigned').notNull(),
    handOffs: bigint('hand_offs').notNull(),
    extensions: bigint('extensions').notNull(),
    holder: text('holder'),
    askedDays: bigint('asked_days'),
    askedUntil: bigint('asked_until'),
    askedBy: text('asked_by'),
    firstAnsweredAt: bigint('first_answered_at'),
    reopens: bigint('reopens').notNull().default(0),
    mergedInto: text('merged_into'),
    archiveReason: text('archive_reason'),
    externalId: text('external_id'),
    cameFrom: text('came_from'),
    mergedFrom: text('merged_from'),
    rules: text('rules').notNull(),
    dueAt: bigint('due_at'),
    touchedAt: bigint('touched_at').notNull(),
    answerAt: bigint('answer_at'),
    lostToldAt: bigint('lost_told_at'),
    lastNoteEvent: bigint('last_note_event'),
    lastAnswerEvent: bigint('last_answer_event'),
    cutAt: bigint('cut_at'),
  },
  (t) => [
    index('complaints_filed').on(t.filedAt, t.ticket),
    index('complaints_state').on(t.state, t.filedAt, t.ticket),
    index('complaints_agency').on(t.agency, t.filedAt, t.ticket).where(sql`agency is not null`),
    index('complaints_due').on(t.dueAt).where(sql`due_at is not null`),
    index('complaints_answer').on(t.answerAt).where(sql`answer_at is not null`),
    index('complaints_near')
      .on(t.category, t.filedAt, t.ticket)
      .where(sql`category is not null and lat is not null`),
    index('complaints_around')
      .on(t.category, t.kelurahan, t.filedAt)
      .where(sql`category is not null and kelurahan is not null`),
    index('complaints_open')
      .on(t.state, t.agency, t.urgent, t.handOffs, t.dueAt, t.ticket)
      .where(sql`state in ('received', 'held', 'assigned', 'in_progress')`),
    index('complaints_holder').on(t.holder).where(sql`holder is not null`),
    index('complaints_asked').on(t.askedUntil).where(sql`asked_until is not null`),
    index('complaints_closed').on(t.closedAt).where(sql`closed_at is not null and cut_at is null`),
  ],
)

export const clocks = pgTable(
  'clocks',
  {
    ticket: text('ticket')
      .notNull()
      .references(() => complaints.ticket),
    name: text('name').notNull(),
    status: text('status').notNull(),
    dayZero: text('day_zero').notNull(),
    days: bigint('days').notNull(),
    dueAt: bigint('due_at').notNull(),
    estimate: bigint('estimate').notNull(),
    left: bigint('left_days'),
    step: bigint('step').notNull(),
    pinging: bigint('pinging').notNull(),
    nextAt: bigint('next_at'),
  },
  (t) => [
    primaryKey({ columns: [t.ticket, t.name] }),
    index('clocks_next').on(t.nextAt).where(sql`status = 'running'`),
    index('clocks_overdue').on(t.dueAt, t.name).where(sql`status = 'running'`),
  ],
)

export const events = pgTable(
  'events',
  {
    id: bigint('id').primaryKey().generatedByDefaultAsIdentity(),
    ticket: text('ticket')
      .notNull()
      .references(() => complaints.ticket),
    at: bigint('at').notNull(),
    move: text('move').notNull(),
    from: text('from_state'),
    to: text('to_state').notNull(),
    role: text('role').notNull(),
    actor: text('actor').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [index('events_ticket').on(t.ticket, t.id)],
)

export const notes = pgTable('notes', {
  eventId: bigint('event_id')
    .primaryKey()
    .references(() => events.id),
  text: text('text').notNull(),
})

export const links = pgTable(
  'links',
  {
    ticket: text('ticket')
      .notNull()
      .references(() => complaints.ticket),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    reporter: bigint('reporter').notNull(),
    via: text('via'),
    support: bigint('support').notNull().default(0),
    linkedAt: bigint('linked_at').notNull(),
    lastWordAt: bigint('last_word_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ticket, t.personId] }),
    index('links_person').on(t.personId, t.linkedAt, t.ticket),
  ],
)

export const outbox = pgTable(
  'outbox',
  {
    seq: bigint('seq').primaryKey().generatedByDefaultAsIdentity(),
    id: text('id').notNull().unique(),
    addressId: text('address_id')
      .notNull()
      .references(() => addresses.id),
    channel: text('channel').notNull(),
    account: text('account'),
    lane: text('lane').notNull(),
    kind: text('kind').notNull(),
    ticket: text('ticket'),
    text: text('text').notNull(),
    choices: text('choices').notNull(),
    segments: bigint('segments').notNull(),
    createdAt: bigint('created_at').notNull(),
    dueAt: bigint('due_at').notNull(),
    readyAt: bigint('ready_at').notNull(),
    expiresAt: bigint('expires_at').notNull(),
    status: text('status').notNull(),
    nextPart: bigint('next_part').notNull(),
    attempts: bigint('attempts').notNull(),
    lease: text('lease'),
    leaseUntil: bigint('lease_until'),
    sentAt: bigint('sent_at'),
    reason: text('reason'),
    passOn: text('pass_on'),
    attachments: text('attachments').notNull().default('[]'),
  },
  (t) => [
    index('outbox_ready').on(t.lane, t.readyAt, t.seq).where(sql`status = 'pending'`),
    index('outbox_lane').on(t.addressId, t.dueAt, t.lane, t.seq).where(sql`status = 'pending'`),
    index('outbox_lost').on(t.status).where(sql`status in ('failed', 'expired')`),
    index('outbox_ticket').on(t.ticket, t.kind, t.createdAt).where(sql`ticket is not null`),
    index('outbox_pass_on').on(t.passOn, t.createdAt).where(sql`pass_on is not null`),
    index('outbox_sent').on(t.addressId, t.sentAt, t.segments),
    index('outbox_wordy').on(t.createdAt).where(sql`ticket is null and text <> ''`),
  ],
)

export const attempts = pgTable(
  'attempts',
  {
    account: text('account').notNull(),
    providerId: text('provider_id').notNull(),
    outboundId: text('outbound_id'),
    part: bigint('part').notNull(),
    live: bigint('live').notNull(),
    status: text('status').notNull(),
    code: text('code'),
    failure: text('failure'),
    retryAt: bigint('retry_at'),
    at: bigint('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.providerId] }),
    index('attempts_outbound').on(t.outboundId).where(sql`outbound_id is not null`),
    index('attempts_orphan').on(t.at).where(sql`outbound_id is null`),
  ],
)

export const segmentUse = pgTable(
  'segment_use',
  {
    account: text('account').notNull(),
    quarter: bigint('quarter').notNull(),
    segments: bigint('segments').notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.quarter] })],
)

export const traffic = pgTable(
  'traffic',
  {
    account: text('account').notNull(),
    hour: bigint('hour').notNull(),
    received: bigint('received').notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.hour] }), index('traffic_hour').on(t.hour)],
)

export const channelViews = pgTable(
  'channel_views',
  {
    account: text('account').notNull(),
    holder: text('holder').notNull(),
    state: text('state').notNull(),
    since: bigint('since').notNull(),
    seenAt: bigint('seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.holder] }),
    index('channel_views_seen').on(t.seenAt),
    index('channel_views_holder').on(t.holder),
  ],
)

export const channelTimes = pgTable('channel_times', {
  account: text('account').primaryKey(),
  lastInAt: bigint('last_in_at'),
  lastOutAt: bigint('last_out_at'),
})

export const facts = pgTable('facts', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

export const meta = pgTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

export const audit = pgTable(
  'audit',
  {
    id: bigint('id').primaryKey().generatedByDefaultAsIdentity(),
    at: bigint('at').notNull(),
    action: text('action').notNull(),
    actor: text('actor').notNull(),
    ticket: text('ticket'),
    personId: text('person_id'),
    detail: text('detail').notNull(),
  },
  (t) => [
    index('audit_at').on(t.at),
    index('audit_ticket').on(t.ticket, t.id).where(sql`ticket is not null`),
  ],
)

export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  token: bigint('token').notNull(),
  until: bigint('until').notNull(),
})

export const blocks = pgTable('blocks', {
  digest: text('digest').primaryKey(),
  at: bigint('at').notNull(),
  reason: text('reason').notNull(),
})

export const erasedIds = pgTable(
  'erased_ids',
  {
    digest: text('digest').primaryKey(),
    at: bigint('at').notNull(),
  },
  (t) => [index('erased_ids_at').on(t.at)],
)

export const media = pgTable(
  'media',
  {
    id: text('id').notNull().unique(),
    account: text('account').notNull(),
    providerId: text('provider_id').notNull(),
    part: bigint('part').notNull(),
    addressId: text('address_id').notNull(),
    ticket: text('ticket'),
    kind: text('kind').notNull(),
    handle: text('handle').notNull(),
    ref: text('ref').notNull(),
    status: text('status').notNull(),
    reason: text('reason'),
    tell: bigint('tell').notNull(),
    receivedAt: bigint('received_at').notNull(),
    attempts: bigint('attempts').notNull(),
    nextAt: bigint('next_at'),
    until: bigint('until').notNull(),
    lease: text('lease'),
    digest: text('digest'),
    contentType: text('content_type'),
    bytes: bigint('bytes'),
    position: text('position'),
    duty: text('duty'),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.providerId, t.part] }),
    index('media_next').on(t.status, t.nextAt).where(sql`next_at is not null`),
    index('media_address').on(t.addressId),
    index('media_ticket').on(t.ticket).where(sql`ticket is not null`),
    index('media_pass').on(t.receivedAt).where(sql`duty = 'pass' and status = 'stored'`),
    index('media_digest').on(t.digest).where(sql`digest is not null`),
  ],
)

export const mediaWipes = pgTable(
  'media_wipes',
  {
    digest: text('digest').primaryKey(),
    at: bigint('at').notNull(),
    until: bigint('until'),
  },
  (t) => [index('media_wipes_at').on(t.at)],
)

export const staff = pgTable(
  'staff',
  {
    id: text('id').primaryKey(),
    number: bigint('number').notNull().unique(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    agency: text('agency'),
    createdAt: bigint('created_at').notNull(),
    removedAt: bigint('removed_at'),
  },
  (t) => [
    index('staff_agency').on(t.agency).where(sql`removed_at is null and agency is not null`),
    index('staff_role').on(t.role).where(sql`removed_at is null`),
  ],
)

export const staffAddresses = pgTable(
  'staff_addresses',
  {
    addressId: text('address_id')
      .primaryKey()
      .references(() => addresses.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    enrolledAt: bigint('enrolled_at').notNull(),
    isGroup: bigint('is_group').notNull(),
  },
  (t) => [index('staff_addresses_staff').on(t.staffId)],
)

export const invitations = pgTable(
  'invitations',
  {
    digest: text('digest').primaryKey(),
    role: text('role').notNull(),
    agency: text('agency'),
    name: text('name').notNull(),
    staffId: text('staff_id'),
    createdAt: bigint('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: bigint('expires_at').notNull(),
    usedAt: bigint('used_at'),
  },
  (t) => [index('invitations_expires').on(t.expiresAt)],
)

export const pingHours = pgTable('ping_hours', {
  person: text('person').primaryKey(),
  hour: text('hour').notNull(),
})

export const daily = pgTable(
  'daily',
  {
    day: text('day').notNull(),
    agency: text('agency').notNull(),
    measure: text('measure').notNull(),
    bucket: bigint('bucket').notNull(),
    n: bigint('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.agency, t.measure, t.bucket] })],
)
