// What may be told by a registered template where free words may not go, each with the facts that may fill it.
// Facts only: ticket, state, agency, date. No words of anybody ever stand in a template.

import type { TemplateFact, TemplateKeys } from '../city/templates-schema.ts'
import { NOTICES } from './notice-keys.ts'

/** By the phrase of the notice; what is a part of others is no notice. */
const OF_NOTICES: TemplateKeys = Object.fromEntries(
  Object.entries(NOTICES)
    .filter(([key]) => /^notice_(?!part_|state_|bare$)/.test(key))
    .map(([key, placeholders]) => [key, ['ticket', 'state', ...factsIn(placeholders)]]),
)

/** By the kind of the ping; `ping_list` is whatever is about several cases, or about none. */
const OF_PINGS: TemplateKeys = {
  ping: ['ticket', 'state', 'agency', 'date'],
  ping_urgent: ['ticket', 'state', 'agency', 'date'],
  ping_undelivered: ['ticket', 'state', 'agency', 'date'],
  ping_unreachable: ['ticket', 'state', 'agency', 'date'],
  ping_list: ['date'],
  ping_digest: ['date'],
  ping_channel: ['date'],
}

export const TEMPLATES: TemplateKeys = { ...OF_NOTICES, ...OF_PINGS }

function factsIn(placeholders: readonly string[]): readonly TemplateFact[] {
  return (['agency', 'date'] as const).filter((fact) => placeholders.includes(fact))
}
