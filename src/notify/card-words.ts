// The words and buttons of a card: the facts of the case, and at its end what its reader can do next.
// No words of the citizen; a group reads ticket, category and date alone.

import type { City } from '../city/city.ts'
import { cardActions } from '../complaints/card-actions.ts'
import type { Complaint } from '../complaints/complaint.ts'
import { type DeskAction, deskButton } from '../complaints/desk-button.ts'
import { actsOn, mayRead } from '../complaints/staff.ts'
import type { Choice } from '../message.ts'
import { agencyName } from './case-words.ts'
import type { Actor } from './roster.ts'
import { type Reader, say, styleOf } from './wording.ts'

export type CardName =
  | 'new'
  | 'urgent'
  | 'over_limit'
  | 'nobody'
  | 'taken_away'
  | 'note'
  | 'desk_note'
  | 'copy_note'
  | 'complete'
  | 'held'
  | 'updated'
  | 'answered'
  | 'satisfied'
  | 'dissatisfied'
  | 'reopened'
  | 'cancel_wish'
  | 'returned'
  | 'decide'
  | 'extend_asked'
  | 'extend_agreed'
  | 'extend_refused'
  | 'extend_silent'
  | 'extend_lapsed'
  | 'extended'
  | 'merged'
  | 'archived'
  | 'restored'
  | 'closed'
  | 'corrected'
  | 'copied'
  | 'handed'
  | 'undelivered'
  | 'unasked'
  | 'unreachable'

/** Telegram's limit for what rides in a button. */
const BUTTON_BYTES = 64

/** Commands in one line of text: more would not be read, and cost a second SMS. */
const COMMANDS = 5

/** What this reader can do with the case now. None: an address out of the settings, or a group, can do nothing here. */
export function actionsFor(
  reader: Actor,
  complaint: Complaint,
  at: { readonly repeats: boolean; readonly decides?: boolean },
): readonly DeskAction[] {
  const { staff, group } = reader
  if (staff === null || group) return []
  if (!mayRead(staff, complaint)) return ['tasks']
  const outside = staff.agency !== null && !actsOn(staff, complaint)
  return outside ? ['show'] : cardActions(complaint, staff, at)
}

/** "Balas: LIHAT 12345674, TERIMA 12345674 atau BW 12345674 alasan"; empty where nothing can be done. `proposed`: where it is to go. */
export function commandsLine(
  reader: Reader,
  actions: readonly DeskAction[],
  id: string,
  city: City,
  proposed: string | null = null,
): string {
  const commands = actions.slice(0, COMMANDS).map((action) => {
    const params = { id, agency: proposed ?? '' }
    const key = action === 'assign' && proposed !== null ? 'ping_do_assign' : `desk_do_${action}`
    return say(reader, key, params, { city })
  })
  const last = commands.pop()
  if (last === undefined) return ''
  const list =
    commands.length === 0
      ? last
      : say(reader, 'ping_part_or', { list: commands.join(', '), last }, { city })
  return say(reader, 'ping_next', { list }, { city })
}

/** Two parts of one message: a line each where there is room. */
export function joined(reader: Reader, first: string, second: string): string {
  if (first === '' || second === '') return `${first}${second}`
  const ended = /[.!?]$/.test(first) ? first : `${first}.`
  return styleOf(reader) === 'sms' ? `${ended} ${second}` : `${first}\n\n${second}`
}

export function buttonsFor(
  reader: Actor,
  actions: readonly DeskAction[],
  complaint: Complaint,
  city: City,
): readonly Choice[] {
  return actions.flatMap((action) => {
    const agency = action === 'assign' ? proposedIn(complaint, city) : null
    const value = deskButton(action, complaint, agency)
    if (Buffer.byteLength(value) > BUTTON_BYTES) return []
    const key = agency === null ? `desk_button_${action}` : 'ping_button_assign_to'
    const label = say(reader, key, { agency: agencyOf(reader, agency, city) }, { city })
    return [{ value, label }]
  })
}

/** Where it may be assigned to: what lies beyond the city cannot be. */
export function proposedIn({ proposedAgency }: Complaint, city: City): string | null {
  const agency = proposedAgency === null ? undefined : city.agencyById.get(proposedAgency)
  return agency === undefined || agency.outside ? null : agency.id
}

/** Below a list of several cases. */
export function showButton(reader: Reader, complaint: Complaint, city: City): Choice {
  const label = say(reader, 'ping_button_show_one', { id: complaint.ticket }, { city })
  return { value: deskButton('show', complaint), label }
}

function agencyOf(reader: Reader, id: string | null, city: City): string {
  const agency = id === null ? undefined : city.agencyById.get(id)
  return agency === undefined ? agencyName(reader, id, city) : agency.short
}
