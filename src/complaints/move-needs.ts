// What a request lacks of what the table requires: values that are missing, or can never be right.
// Whether they go with the case as it stands is the concern of move-checks.ts.

import { ARCHIVE_REASONS, CLASSES, type Complaint } from './complaint.ts'
import type { Districts, MoveFacts, MoveRequest } from './move-request.ts'
import { MOVE_TABLE, type Need } from './move-table.ts'

const EXTERNAL_ID_LENGTH = 64

/** A field of the request that is missing or can never be right, and why. */
export interface Lack {
  readonly field: string
  readonly why: string
}

/** The words of a request: `note` and `reason` stand in for each other. */
export function wordsOf(request: MoveRequest): string | null {
  const parts = [request.reason, request.note].map((part) => part?.trim() ?? '')
  return [...new Set(parts.filter((part) => part !== ''))].join('\n') || null
}

/** Everything the request lacks of what the table requires. */
export function lacksOf(
  request: MoveRequest,
  complaint: Complaint,
  facts: MoveFacts,
): readonly Lack[] {
  return MOVE_TABLE[request.move].needs.flatMap((need) => {
    const lacks = lackOf(need, request, complaint, facts)
    return lacks === null ? [] : [lacks]
  })
}

function lackOf(
  need: Need,
  request: MoveRequest,
  complaint: Complaint,
  facts: MoveFacts,
): Lack | null {
  switch (need) {
    case 'agency':
      if (request.agency === undefined) return missing('agency')
      if (facts.agencies.has(request.agency)) return null
      return { field: 'agency', why: `agency "${request.agency}" is not known` }
    case 'words':
      return wordsOf(request) === null ? missing('note') : null
    case 'known-category':
      return categoryLack(request, facts)
    case 'reason':
      if (decidesExtension(request, complaint)) return null
      return wordsOf(request) === null ? missing('reason') : null
    case 'archive-reason': {
      if (request.reason === undefined) return missing('reason')
      if (ARCHIVE_REASONS.some((reason) => reason === request.reason)) return null
      return { field: 'reason', why: `reason must be one of ${ARCHIVE_REASONS.join(', ')}` }
    }
    case 'days': {
      if (request.days === undefined)
        return decidesExtension(request, complaint) ? null : missing('days')
      const most = complaint.rules.finish_inspection
      if (isWhole(request.days, 1, most)) return null
      return { field: 'days', why: `days must be a whole number from 1 to ${most}` }
    }
    case 'into':
      if (request.into === undefined) return missing('into')
      if (request.into === complaint.ticket || facts.into) return null
      return { field: 'into', why: `there is no complaint ${request.into}` }
    case 'correction':
      return correctionLack(request, facts)
    case 'external-id': {
      const id = request.externalId?.trim() ?? ''
      if (id === '') return missing('external_id')
      if (id.length <= EXTERNAL_ID_LENGTH) return null
      return { field: 'external_id', why: `external_id is over ${EXTERNAL_ID_LENGTH} characters` }
    }
    case 'rating':
      if (request.rating === undefined) return missing('rating')
      if (isWhole(request.rating, 1, 5)) return null
      return { field: 'rating', why: 'rating must be a whole number from 1 to 5' }
  }
}

/** Yes or no to what an officer asked for, who named the days and gave the reason. */
function decidesExtension({ move, refuse }: MoveRequest, { asked }: Complaint): boolean {
  return move === 'extend' && (refuse === true || asked !== null)
}

function correctionLack(request: MoveRequest, facts: MoveFacts): Lack | null {
  const { category, class: kind, place, confidential, anonymous } = request
  if ([category, kind, place, confidential, anonymous].every((value) => value === undefined))
    return {
      field: 'category, class, place, confidential or anonymous',
      why: 'nothing to correct was given: category, class, place, confidential or anonymous',
    }
  if (kind !== undefined && !CLASSES.includes(kind))
    return { field: 'class', why: `class must be one of ${CLASSES.join(', ')}` }
  return categoryLack(request, facts) ?? placeLack(place, facts.districts ?? [])
}

function categoryLack({ category }: MoveRequest, facts: MoveFacts): Lack | null {
  if (category === undefined || facts.categories.has(category)) return null
  return { field: 'category', why: `category "${category}" is not known` }
}

/** Officers and duplicates are looked for by kelurahan: one that is written otherwise would be found by nobody. */
function placeLack(place: MoveRequest['place'], districts: Districts): Lack | null {
  if (place === undefined) return null
  const { kelurahan, kecamatan } = place
  if (Object.values(place).every((value) => value === undefined))
    return {
      field: 'place',
      why: 'place is empty: give kelurahan, kecamatan, text, or lat and lon',
    }
  if (districts.length === 0) return null
  const villages = districts.flatMap((district) => district.villages)
  if (kelurahan != null && !villages.some(({ name }) => name === kelurahan))
    return unknownPlace('kelurahan', kelurahan)
  if (kecamatan != null && !districts.some(({ name }) => name === kecamatan))
    return unknownPlace('kecamatan', kecamatan)
  return null
}

function unknownPlace(field: 'kelurahan' | 'kecamatan', name: string): Lack {
  const why = `${field} "${name}" is not known; write it as config/places.yaml does, or use place.text`
  return { field: `place.${field}`, why }
}

function missing(field: string): Lack {
  return { field, why: `${field} is missing` }
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
