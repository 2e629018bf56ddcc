// Turns the lists of config/vocabulary.yaml into one flat list of cues, each under a group and a key.

import type { Vocabulary } from '../../city/vocabulary.ts'
import type { Cue } from './cues.ts'

const WEIGHTS = { sure: 6, strong: 3, weak: 1, against: -3 } as const

interface Weighted {
  readonly sure: readonly string[]
  readonly strong: readonly string[]
  readonly weak: readonly string[]
  readonly against: readonly string[]
}

export function cuesOf(vocabulary: Vocabulary): Cue[] {
  return [
    ...keyed('category', vocabulary.categories),
    ...keyed('class', vocabulary.classes),
    ...weighted('spam', '', vocabulary.spam),
    ...plain('problem', '', WEIGHTS.strong, vocabulary.problems.sure),
    ...plain('problem', '', WEIGHTS.weak, vocabulary.problems.weak),
    ...Object.entries(vocabulary.commands).flatMap(([name, command]) =>
      plain('command', name, 1, command.natural),
    ),
    ...plain('request', '', 1, vocabulary.requests),
    ...plain('wish', '', 1, vocabulary.wishes),
    ...plain('thanks', '', 1, vocabulary.thanks),
    ...plain('content', '', 1, vocabulary.content),
    ...plain('discontent', '', 1, vocabulary.discontent),
    ...plain('but-still', '', 1, vocabulary.but_still),
    ...plain('auto', '', 1, vocabulary.auto_responders),
    ...plain('anonymous', '', 1, vocabulary.anonymous_wishes),
    ...plain('confidential', '', 1, vocabulary.confidential_wishes),
    ...plain('urgent', 'event', 1, vocabulary.urgent.events),
    ...plain('urgent', 'now', 1, vocabulary.urgent.now),
    ...plain('urgent', 'calm', 1, vocabulary.urgent.calm),
    ...plain('sensitive', '', 1, vocabulary.sensitive),
    ...vocabulary.agency_cues.flatMap((cue, at) => [
      ...plain('agency', `${at}`, 1, cue.when),
      ...plain('not-agency', `${at}`, 1, cue.unless),
    ]),
  ]
}

function keyed(group: string, lists: Readonly<Record<string, Weighted>>): Cue[] {
  return Object.entries(lists).flatMap(([key, lists]) => weighted(group, key, lists))
}

function weighted(group: string, key: string, lists: Weighted): Cue[] {
  return [
    ...plain(group, key, WEIGHTS.sure, lists.sure),
    ...plain(group, key, WEIGHTS.strong, lists.strong),
    ...plain(group, key, WEIGHTS.weak, lists.weak),
    ...plain(group, key, WEIGHTS.against, lists.against),
  ]
}

function plain(group: string, key: string, weight: number, texts: readonly string[]): Cue[] {
  return texts.map((text) => ({ group, key, weight, text }))
}
