// Pictures sent as one album come one by one: together they are one matter, with one answer for all of them.

import type { InboundMessage } from '../../message.ts'
import { fullWords, keptMedia } from '../draft.ts'
import { MOST_PARTS } from '../draft-state.ts'
import type { Effect } from '../effect.ts'
import { findCase, type Moment, type Outcome } from '../moment.ts'
import type { State } from '../state.ts'

/** Of the album whose first picture was heard: no album is cut in its middle. */
export function isFurtherPicture({ album }: InboundMessage, state: State): boolean {
  return album !== null && album === state.album?.id
}

/** A further picture of the album goes where its first went; null: the message is to be taken for itself. */
export function albumPart(moment: Moment): Outcome | null {
  const { state, message, context } = moment
  const { album, draft } = state
  if (album === null || !isFurtherPicture(message, state)) return null
  // Words or a place say more than one more picture: they are answered.
  if (fullWords(moment) !== '' || message.position !== null) return null
  const silent = 'answered-for-all'
  const { question } = state
  if (question?.type === 'which' && album.ticket === null) {
    const asked = { ...question, media: [...question.media, ...keptMedia(message)] }
    return { state: { ...state, question: asked }, lines: [], silent }
  }
  if (album.ticket !== null) {
    const { ticket } = album
    const effects = [{ type: 'about', ticket } as const]
    return findCase(context, ticket) === null ? null : { state, lines: [], effects, silent }
  }
  if (draft === null) return null
  const media = [...draft.media, ...keptMedia(message)]
  const parts = [...draft.parts, message.providerId].slice(-MOST_PARTS)
  const grown = { ...draft, media, parts, touchedMs: context.now.getTime() }
  return { state: { ...state, draft: grown }, lines: [], silent }
}

/** Keeps in mind where the pictures of an album go. */
export function withAlbum(state: State, message: InboundMessage, { effects }: Outcome): State {
  if (message.album === null) return withAnswered(state, effects)
  const before = state.album?.id === message.album ? state.album : null
  let ticket = before?.ticket ?? null
  for (const effect of effects ?? [])
    if (effect.type === 'file' || effect.type === 'move' || effect.type === 'about')
      ticket ??= effect.ticket
  const passes = before?.passes === true || (effects ?? []).some(isToldMove)
  const album = { id: message.album, ticket, ...(passes ? { passes } : {}) }
  return { ...state, album }
}

/** It was asked which complaint the pictures are for. */
function withAnswered(state: State, effects: Outcome['effects'] = []): State {
  const { album } = state
  const attached = effects.find((effect) => effect.type === 'attach')
  if (album === null || album.ticket !== null || attached === undefined) return state
  return { ...state, album: { ...album, ticket: attached.ticket } }
}

/** Files that come with it are for whose complaint it is. */
function isToldMove(effect: Effect): boolean {
  if (effect.type !== 'move' || effect.by !== 'staff') return false
  return effect.request.move === 'answer' || effect.request.move === 'update'
}
