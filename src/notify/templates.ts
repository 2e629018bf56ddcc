// What goes as a registered template where free words may not: which one, and what fills it.
// Built when it goes, from the case as it stands then; never a word that somebody wrote.

import type { City } from '../city/city.ts'
import type { TemplateFact } from '../city/templates-schema.ts'
import type { Clock } from '../clock.ts'
import type { Complaint } from '../complaints/complaint.ts'
import { formatDate } from '../conversation/phrases.ts'
import type { Language, TemplateMessage } from '../message.ts'
import type { CaseFile } from '../store/case-port.ts'
import { FILES_KIND, type Leased, SUPPORT_KIND } from '../store/outbox-port.ts'
import type { Store } from '../store/store.ts'
import { agencyName, dueDate, earliestDate, stateWords } from './case-words.ts'
import { longSilent } from './hours.ts'
import { movePhrase } from './move-phrases.ts'
import { DIGEST_PING, isPing } from './pings.ts'
import { supportState } from './supporters.ts'
import { toldEvent } from './told-event.ts'
import type { Reader } from './wording.ts'

export interface TemplateParts {
  readonly store: Pick<Store, 'caseFile'>
  readonly city: City
  readonly clock: Clock
}

/** Null: the city has no template that tells this. */
export type TemplateFor = (row: Leased) => Promise<TemplateMessage | null>

interface Told {
  readonly key: string
  readonly facts: Readonly<Partial<Record<TemplateFact, string>>>
}

const CHANNEL_PING = 'ping_channel'
const LIST_PING = 'ping_list'

export function createTemplates({ store, city, clock }: TemplateParts): TemplateFor {
  async function toldBy(row: Leased): Promise<Told | null> {
    if (row.ticket === null) return isPing(row.kind) ? ofNoCase(row, city) : null
    const file = await store.caseFile(row.ticket)
    if (file === null) return null
    const { key, facts } = isPing(row.kind)
      ? { key: row.kind, facts: {} }
      : ofNotice(row, file, city, clock())
    return { key, facts: { ...factsOf(row, file.complaint, city), ...facts } }
  }

  return async (row) => {
    const told = await toldBy(row)
    const template = city.templates.find(({ tells }) => told !== null && tells.includes(told.key))
    if (told === null || template === undefined) return null
    const { name, text, parameters } = template
    const filled = (language: Language, { facts }: Told): TemplateMessage => {
      return { name, language, parameters: parameters.map((fact) => facts[fact] ?? '') }
    }
    if (row.language !== 'en' || text.en === undefined) return filled('id', told)
    const otherwise = filled('id', (await toldBy({ ...row, language: 'id' })) ?? told)
    return { ...filled('en', told), otherwise }
  }
}

/** Several cases, the morning, a channel in trouble: only the day can be told. */
function ofNoCase({ kind, createdAt }: Leased, city: City): Told {
  const own = kind === DIGEST_PING || kind === CHANNEL_PING
  return { key: own ? kind : LIST_PING, facts: { date: formatDate(createdAt, city) } }
}

/** What is true of the case whatever is told of it. */
function factsOf(row: Leased, complaint: Complaint, city: City): Told['facts'] {
  const fromOutside = row.kind === SUPPORT_KIND || isPing(row.kind)
  return {
    ticket: complaint.ticket,
    state: (fromOutside ? supportState : stateWords)(row, complaint, city),
    agency: agencyName(row, complaint.agency, city),
    date: earliestDate(row, complaint, city),
  }
}

/** Of what has gone on since, where it stands now. */
function ofNotice(row: Leased, { complaint, history }: CaseFile, city: City, now: Date): Told {
  const newest = { key: 'notice_newest', facts: {} }
  const { state } = complaint
  if (row.kind === SUPPORT_KIND)
    return { key: state === 'answered' ? 'notice_support_answer' : 'notice_support', facts: {} }
  // A number may be somebody else's by now: ticket and state alone.
  if (longSilent(row.heardAt, now)) return newest
  switch (row.kind) {
    case FILES_KIND:
      return { key: 'notice_files', facts: {} }
    case 'remind':
      return reminderOf(row, complaint, city) ?? newest
    case 'overdue':
      if (state === 'received') return { key: 'notice_overdue_unassigned', facts: {} }
      return state === 'assigned' || state === 'in_progress'
        ? { key: 'notice_overdue', facts: {} }
        : newest
  }
  const event = toldEvent(row, history)
  if (event === undefined || event.to !== state) return newest
  const reader: Reader = row
  const told = movePhrase({ before: null, after: complaint, event, reader, city, toldAt: now })
  if (told === null) return newest
  const { agency, date } = told.params
  const facts = { ...(agency === undefined ? {} : { agency }), ...(date ? { date } : {}) }
  return { key: told.key, facts }
}

function reminderOf(reader: Reader, complaint: Complaint, city: City): Told | null {
  const date = (clock: 'reply' | 'facts') => dueDate(reader, complaint, [clock], city)
  if (complaint.state === 'answered')
    return { key: 'notice_remind_reply', facts: { date: date('reply') } }
  if (complaint.state === 'held')
    return { key: 'notice_remind_facts', facts: { date: date('facts') } }
  return null
}
