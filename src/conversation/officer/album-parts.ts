// Further pictures of an album come by themselves and without words: they go where its first went, with one answer for all.

import { keptMedia } from '../draft.ts'
import { findCase, type Outcome } from '../moment.ts'
import { type DeskMoment, readable } from './desk-moment.ts'

/** Null: it is no such picture, or its album is not of an officer's. */
export function albumPart(moment: DeskMoment): Outcome | null {
  const { state, message, context } = moment
  const { album, desk } = state
  const media = keptMedia(message)
  if (album === null || album.id !== message.album) return null
  if (media.length === 0 || message.text.trim() !== '') return null
  const silent = 'answered-for-all'
  const { confirm = null, words = null } = desk ?? {}
  if (desk !== null && words?.album === album.id) {
    const grown = { ...words, media: [...words.media, ...media] }
    return { state: { ...state, desk: { ...desk, words: grown } }, lines: [], silent }
  }
  const what = confirm?.what
  if (desk !== null && confirm !== null && what?.type === 'move' && what.album === album.id) {
    const grown = { ...confirm, what: { ...what, media: [...(what.media ?? []), ...media] } }
    return { state: { ...state, desk: { ...desk, confirm: grown } }, lines: [], silent }
  }
  const { ticket } = album
  if (ticket === null || findCase(context, ticket) !== null) return null
  if (readable(moment, ticket) === null) return null
  const duty = album.passes === true ? 'pass' : 'keep'
  const effects = [
    { type: 'about', ticket } as const,
    { type: 'attach', ticket, media, duty } as const,
  ]
  return { state, lines: [], effects, silent }
}
