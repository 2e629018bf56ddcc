// What a coordinator may set right, and what the words behind it mean: a category, a class, a place, yes or no.

import { CLASSES, type Complaint, type ComplaintClass } from '../../complaints/complaint.ts'
import type { MoveRequest } from '../../complaints/moves.ts'
import { placeOf, villageOf } from '../draft.ts'
import { categoryWords, type Line, line, words } from '../lines.ts'
import { understand } from '../understand/understand.ts'
import type { PickedFrom } from './asking.ts'
import type { DeskMoment } from './desk-moment.ts'
import { namedIn } from './naming.ts'
import { leafFrom, leafOf } from './paging.ts'

export const CORRECTED_FIELDS = ['category', 'class', 'place', 'confidential'] as const
export type CorrectedField = (typeof CORRECTED_FIELDS)[number]

/** The correction that is meant; else what is asked, with what there is to choose from. */
export type ValueMeant =
  | { readonly correction: Omit<MoveRequest, 'move'>; readonly ask?: never }
  | {
      readonly ask: Line
      readonly from: readonly PickedFrom[]
      /** Stands before the answer. */
      readonly given?: Readonly<Record<string, string>>
    }

export function valueMeant(
  moment: DeskMoment,
  complaint: Complaint,
  field: CorrectedField,
  said: string,
): ValueMeant {
  switch (field) {
    case 'category':
      return categoryMeant(moment, complaint, said)
    case 'class':
      return classMeant(moment, complaint, said)
    case 'place':
      return placeMeant(moment, complaint, said)
    case 'confidential':
      return secrecyMeant(moment, complaint, said)
  }
}

function categoryMeant({ context }: DeskMoment, complaint: Complaint, said: string): ValueMeant {
  const { city } = context
  const named = namedIn(
    said,
    city.categories.map(({ id, name, short }) => ({ id, names: [name.id, name.en, short] })),
  )
  if (named.type === 'meant') return { correction: { category: named.id } }
  const from = leafFrom(said)
  const near = named.type === 'near' && from === null ? named.ids : []
  const about = understand(`${said} ${complaint.text ?? ''}`, city).categories.map(({ id }) => id)
  const ids = [...new Set([...near, ...about, ...city.categories.map(({ id }) => id)])]
  const all = ids
    .filter((id) => id !== complaint.category)
    .map((id) => ({ value: id, label: categoryWords(context, id) }))
  const ask = line(context, 'desk_ask_category', { id: complaint.ticket })
  return { ask, from: leafOf(context, all, from ?? 0) }
}

function classMeant({ context }: DeskMoment, { ticket }: Complaint, said: string): ValueMeant {
  const { complaint_classes: known } = context.city.vocabulary.officer_words
  const named = namedIn(
    said,
    CLASSES.map((id) => ({ id, names: known[id] })),
  )
  if (named.type === 'meant') return { correction: { class: named.id as ComplaintClass } }
  return {
    ask: line(context, 'desk_ask_class', { id: ticket }),
    from: CLASSES.map((value) => ({ value, label: words(context, `desk_class_${value}`, {}) })),
  }
}

const YES = 'yes'
const NO = 'no'

function secrecyMeant({ context }: DeskMoment, { ticket }: Complaint, said: string): ValueMeant {
  const { yes, no } = context.city.vocabulary
  const named = namedIn(said, [
    { id: YES, names: yes },
    { id: NO, names: no },
  ])
  if (named.type === 'meant') return { correction: { confidential: named.id === YES } }
  return {
    ask: line(context, 'desk_ask_confidential', { id: ticket }),
    from: [
      { value: YES, label: words(context, 'choice_yes', {}) },
      { value: NO, label: words(context, 'choice_no', {}) },
    ],
  }
}

const VILLAGE = /\s*village:(\S+)$/

/** A kelurahan of that name, chosen where several are meant; what else is said of the place beside it. */
function placeMeant({ context }: DeskMoment, { ticket }: Complaint, said: string): ValueMeant {
  const { city } = context
  const chosen = VILLAGE.exec(said)?.[1] ?? null
  const spoken = said.replace(VILLAGE, '')
  if (spoken === '' && chosen === null)
    return { ask: line(context, 'desk_ask_place', { id: ticket }), from: [] }
  const reading = understand(spoken, city).place
  if (chosen === null && reading.villages.length > 1) {
    const from = reading.villages.map((code) => ({
      value: `village:${code}`,
      label: villageOf(city, code)?.name ?? code,
    }))
    const ask = line(context, 'desk_ask_village', { id: ticket })
    return { ask, from: leafOf(context, from, 0), given: { place: spoken } }
  }
  const villages = chosen === null ? reading.villages : [chosen]
  const read = placeOf({ ...reading, villages }, city)
  if (read === null || read.kelurahan === null) return { correction: { place: { text: spoken } } }
  const { kelurahan, kecamatan, text } = read
  return { correction: { place: { kelurahan, kecamatan, ...(text === null ? {} : { text }) } } }
}
