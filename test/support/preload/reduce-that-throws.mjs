// The real deciding code, with one word it cannot stand.

import * as real from '../../../dist/conversation/reduce.js'

export const needs = real.needs

export function reduce(state, event, context) {
  const word = process.env.STUMBLE_AT ?? ''
  if (event.type === 'message' && event.message.text.includes(word)) {
    throw new TypeError(`cannot read "${event.message.text}"`)
  }
  return real.reduce(state, event, context)
}
