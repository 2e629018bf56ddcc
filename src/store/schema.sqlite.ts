// The tables on SQLite: only text and integer columns, so that the PostgreSQL twin can be the same.
// Times are epoch milliseconds, JSON is text, yes/no is 1/0, sealed fields are base64.
// It stays whole though long: one file per dialect, which a test compares with the other column by column.

import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const people = sqliteTable('people', {
  id: text('id').primaryKey(),
  createdAt: integer('created_at').notNull(),
})

/** A conversation belongs to an address. Found by `digest`, readable only with the key. */
export const addresses = sqliteTable(
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
    version: integer('version').notNull(),
    wakeAt: integer('wake_at'),
    language: text('language').notNull(),
    stoppedAt: integer('stopped_at'),
    blockedAt: integer('blocked_at'),
    privacyTold: text('privacy_told'),
    lastInAt: integer('last_in_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('addresses_person').on(t.personId),
    index('addresses_wake').on(t.wakeAt).where(sql`wake_at is not null`),
  ],
)

/** Further names of an address (an id beside a number), as keyed digests alone: they lead to it, and say nothing else. */
export const names = sqliteTable(
  'names',
  {
    digest: text('digest').primaryKey(),
    addressId: text('address_id').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [index('names_address').on(t.addressId)],
)

/** This account can no longer reach this address (the person opted out at the provider). */
export const closedAccounts = sqliteTable(
  'closed_accounts',
  {
    addressId: text('address_id')
      .notNull()
      .references(() => addresses.id),
    account: text('account').notNull(),
    closedAt: integer('closed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.addressId, t.account] })],
)

/** What came in, once for each account and provider id. No foreign keys: the row outlives its person. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: text('id').notNull(),
    account: text('account').notNull(),
    providerId: text('provider_id').notNull(),
    addressId: text('address_id'),
    channel: text('channel').notNull(),
    receivedAt: integer('received_at').notNull(),
    text: text('text'),
    media: text('media').notNull(),
    position: text('position'),
    quotedId: text('quoted_id'),
    choice: text('choice'),
    answerable: integer('answerable').notNull(),
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

export const complaints = sqliteTable(
  'complaints',
  {
    ticket: text('ticket').primaryKey(),
    version: integer('version').notNull(),
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
    anonymous: integer('anonymous').notNull(),
    confidential: integer('confidential').notNull(),
    urgent: integer('urgent').notNull(),
    overLimit: integer('over_limit').notNull(),
    rating: integer('rating'),
    filedAt: integer('filed_at').notNull(),
    closedAt: integer('closed_at'),
    everAssigned: integer('ever_assigned').notNull(),
    handOffs: integer('hand_offs').notNull(),
    extensions: integer('extensions').notNull(),
    /** Who of the agency has it, by their id in `staff`. No reference: it says nothing once they are gone. */
    holder: text('holder'),
    /** An extension that waits for the head's yes: working days, until when, who asked. */
    askedDays: integer('asked_days'),
    askedUntil: integer('asked_until'),
    askedBy: text('asked_by'),
    firstAnsweredAt: integer('first_answered_at'),
    reopens: integer('reopens').notNull().default(0),
    mergedInto: text('merged_into'),
    archiveReason: text('archive_reason'),
    externalId: text('external_id'),
    cameFrom: text('came_from'),
    mergedFrom: text('merged_from'),
    rules: text('rules').notNull(),
    /** Earliest due date among the running clocks. */
    dueAt: integer('due_at'),
    touchedAt: integer('touched_at').notNull(),
    /** When the answer was given whose way to the citizen is still open; null otherwise. */
    answerAt: integer('answer_at'),
    /** When somebody was told that this answer cannot be delivered. */
    lostToldAt: integer('lost_told_at'),
    /** Events whose notes are the last words, and the last answer, to the citizen. */
    lastNoteEvent: integer('last_note_event'),
    lastAnswerEvent: integer('last_answer_event'),
    /** When the reporter's identity was cut from it: by retention, or by erasing. */
    cutAt: integer('cut_at'),
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

export const clocks = sqliteTable(
  'clocks',
  {
    ticket: text('ticket')
      .notNull()
      .references(() => complaints.ticket),
    name: text('name').notNull(),
    status: text('status').notNull(),
    dayZero: text('day_zero').notNull(),
    days: integer('days').notNull(),
    dueAt: integer('due_at').notNull(),
    estimate: integer('estimate').notNull(),
    left: integer('left_days'),
    step: integer('step').notNull(),
    pinging: integer('pinging').notNull(),
    nextAt: integer('next_at'),
  },
  (t) => [
    primaryKey({ columns: [t.ticket, t.name] }),
    index('clocks_next').on(t.nextAt).where(sql`status = 'running'`),
    index('clocks_overdue').on(t.dueAt, t.name).where(sql`status = 'running'`),
  ],
)

/** The history: appended, never rewritten. Its words live in `notes`. */
export const events = sqliteTable(
  'events',
  {
    id: integer('id').primaryKey(),
    ticket: text('ticket')
      .notNull()
      .references(() => complaints.ticket),
    at: integer('at').notNull(),
    move: text('move').notNull(),
    from: text('from_state'),
    to: text('to_state').notNull(),
    role: text('role').notNull(),
    actor: text('actor').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [index('events_ticket').on(t.ticket, t.id)],
)

/** The words of an event, beside it, so that they can be erased. */
export const notes = sqliteTable('notes', {
  eventId: integer('event_id')
    .primaryKey()
    .references(() => events.id),
  text: text('text').notNull(),
})

/** Who may see and hears of a complaint. `via`: because that complaint was merged into this one. */
export const links = sqliteTable(
  'links',
  {
    ticket: text('ticket')
      .notNull()
      .references(() => complaints.ticket),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    reporter: integer('reporter').notNull(),
    via: text('via'),
    /** 1: it is somebody else's complaint, which this person only joined (DUKUNG). */
    support: integer('support').notNull().default(0),
    linkedAt: integer('linked_at').notNull(),
    lastWordAt: integer('last_word_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ticket, t.personId] }),
    index('links_person').on(t.personId, t.linkedAt, t.ticket),
  ],
)

/** `seq` is the place in the lane; `readyAt` is when the row may go: due, backed off or leased until then. */
export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer('seq').primaryKey(),
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
    segments: integer('segments').notNull(),
    createdAt: integer('created_at').notNull(),
    dueAt: integer('due_at').notNull(),
    readyAt: integer('ready_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    status: text('status').notNull(),
    nextPart: integer('next_part').notNull(),
    attempts: integer('attempts').notNull(),
    lease: text('lease'),
    leaseUntil: integer('lease_until'),
    sentAt: integer('sent_at'),
    reason: text('reason'),
    /** What failed for good: `wanted` by another address of the same citizen, `passed` on, or `nobody` is left. `template`: goes again. */
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

/** One provider id of one attempt. Without `outboundId` it is a receipt whose message is not known yet. */
export const attempts = sqliteTable(
  'attempts',
  {
    account: text('account').notNull(),
    providerId: text('provider_id').notNull(),
    outboundId: text('outbound_id'),
    part: integer('part').notNull(),
    /** 0: a later attempt has taken its place. */
    live: integer('live').notNull(),
    status: text('status').notNull(),
    code: text('code'),
    failure: text('failure'),
    retryAt: integer('retry_at'),
    at: integer('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.providerId] }),
    index('attempts_outbound').on(t.outboundId).where(sql`outbound_id is not null`),
    index('attempts_orphan').on(t.at).where(sql`outbound_id is null`),
  ],
)

/** Segments sent by an account in each quarter of an hour: a day's sum without reading a day's messages. */
export const segmentUse = sqliteTable(
  'segment_use',
  {
    account: text('account').notNull(),
    quarter: integer('quarter').notNull(),
    segments: integer('segments').notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.quarter] })],
)

/** What came in by an account in each hour (of the epoch) in which a process of ours ran: none says 0, not nothing. */
export const traffic = sqliteTable(
  'traffic',
  {
    account: text('account').notNull(),
    hour: integer('hour').notNull(),
    received: integer('received').notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.hour] }), index('traffic_hour').on(t.hour)],
)

/** How each process sees its accounts; one that runs looks every minute. */
export const channelViews = sqliteTable(
  'channel_views',
  {
    account: text('account').notNull(),
    holder: text('holder').notNull(),
    state: text('state').notNull(),
    since: integer('since').notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.holder] }),
    index('channel_views_seen').on(t.seenAt),
    index('channel_views_holder').on(t.holder),
  ],
)

/** When each account last carried something, whatever process it was. */
export const channelTimes = sqliteTable('channel_times', {
  account: text('account').primaryKey(),
  lastInAt: integer('last_in_at'),
  lastOutAt: integer('last_out_at'),
})

/** Small durable facts of the process. */
export const facts = sqliteTable('facts', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

/** What the file itself must know: the seal by which a wrong key is recognised. */
export const meta = sqliteTable('meta', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})

/** Who read, showed, exported or erased what is protected. Appended, never rewritten. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey(),
    at: integer('at').notNull(),
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

/** Who holds a singleton (the schedule, a poller, a socket) until when. `token` fences a late holder. */
export const leases = sqliteTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  token: integer('token').notNull(),
  until: integer('until').notNull(),
})

/** Who is blocked, by a keyed digest of its own that says nothing else: it outlives the address. */
export const blocks = sqliteTable('blocks', {
  digest: text('digest').primaryKey(),
  at: integer('at').notNull(),
  reason: text('reason').notNull(),
})

/** Keyed digests of provider ids whose message was erased: a redelivery must not file it again. */
export const erasedIds = sqliteTable(
  'erased_ids',
  {
    digest: text('digest').primaryKey(),
    at: integer('at').notNull(),
  },
  (t) => [index('erased_ids_at').on(t.at)],
)

/** What a message came with, once for each place in it: to be fetched, or what became of that. */
export const media = sqliteTable(
  'media',
  {
    id: text('id').notNull().unique(),
    account: text('account').notNull(),
    providerId: text('provider_id').notNull(),
    /** Its place in the message. */
    part: integer('part').notNull(),
    addressId: text('address_id').notNull(),
    ticket: text('ticket'),
    kind: text('kind').notNull(),
    /** The provider's handle, by which a draft knows it again. */
    handle: text('handle').notNull(),
    ref: text('ref').notNull(),
    status: text('status').notNull(),
    reason: text('reason'),
    /** 1: its sender is still to be told of it. */
    tell: integer('tell').notNull(),
    receivedAt: integer('received_at').notNull(),
    attempts: integer('attempts').notNull(),
    /** When it is to be fetched, or told of; null: nothing is left to do. */
    nextAt: integer('next_at'),
    /** It is fetched no later. */
    until: integer('until').notNull(),
    lease: text('lease'),
    digest: text('digest'),
    contentType: text('content_type'),
    bytes: integer('bytes'),
    position: text('position'),
    /** Brought by somebody on duty: to `keep` with the complaint, to `pass` on to whose complaint it is, or `passed`. */
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

/** Files whose row has gone: to be removed from the folder, unless another row needs them. */
export const mediaWipes = sqliteTable(
  'media_wipes',
  {
    digest: text('digest').primaryKey(),
    /** Not before: whoever was storing it then has given up. */
    at: integer('at').notNull(),
    /** Somebody is removing it until then; nobody stores it meanwhile. */
    until: integer('until'),
  },
  (t) => [index('media_wipes_at').on(t.at)],
)

/** Who acts on complaints. A row stays when its person goes: its number is never given to another. */
export const staff = sqliteTable(
  'staff',
  {
    id: text('id').primaryKey(),
    number: integer('number').notNull().unique(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    agency: text('agency'),
    createdAt: integer('created_at').notNull(),
    removedAt: integer('removed_at'),
  },
  (t) => [
    index('staff_agency').on(t.agency).where(sql`removed_at is null and agency is not null`),
    index('staff_role').on(t.role).where(sql`removed_at is null`),
  ],
)

/** Where they are reached, and write from. An address is one person's; a removed one has none. */
export const staffAddresses = sqliteTable(
  'staff_addresses',
  {
    addressId: text('address_id')
      .primaryKey()
      .references(() => addresses.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    enrolledAt: integer('enrolled_at').notNull(),
    isGroup: integer('is_group').notNull(),
  },
  (t) => [index('staff_addresses_staff').on(t.staffId)],
)

/** Codes by which people come in, as keyed digests: once each, and not for long. */
export const invitations = sqliteTable(
  'invitations',
  {
    digest: text('digest').primaryKey(),
    role: text('role').notNull(),
    agency: text('agency'),
    name: text('name').notNull(),
    /** Whose further address it brings; null: whoever fits the rest, or somebody new. */
    staffId: text('staff_id'),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
  },
  (t) => [index('invitations_expires').on(t.expiresAt)],
)

/** The last hour in which somebody was pinged: one message for each hour. */
export const pingHours = sqliteTable('ping_hours', {
  person: text('person').primaryKey(),
  hour: text('hour').notNull(),
})

/** Figures: how often a measure fell into a bucket on a day. An agency of '' is none. */
export const daily = sqliteTable(
  'daily',
  {
    day: text('day').notNull(),
    agency: text('agency').notNull(),
    measure: text('measure').notNull(),
    bucket: integer('bucket').notNull(),
    n: integer('n').notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.agency, t.measure, t.bucket] })],
)
