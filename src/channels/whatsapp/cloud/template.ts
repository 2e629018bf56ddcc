// A registered template as the Cloud API takes it when it is sent.
// Rule: what fills it is made fit for Meta, which refuses line ends, tabs, four spaces in a row and nothing at all.
// [https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates]

import type { TemplateMessage } from '../../../message.ts'

/** The city's texts are checked with placeholders as long as this (src/city/templates-schema.ts). */
export const LONGEST_PARAMETER = 100

const segmenter = new Intl.Segmenter('id', { granularity: 'grapheme' })

export function templateBody({ name, language, parameters }: TemplateMessage): object {
  const body = parameters.map((text) => ({ type: 'text', text: parameterOf(text) }))
  const components = body.length === 0 ? {} : { components: [{ type: 'body', parameters: body }] }
  return { type: 'template', template: { name, language: { code: language }, ...components } }
}

/** One line, single spaces, something to see, and no longer than it may be. */
export function parameterOf(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  const cut = cutTo(line, LONGEST_PARAMETER)
  return cut === '' ? '-' : cut
}

/** Never through what is seen as one character. */
function cutTo(text: string, units: number): string {
  if (text.length <= units) return text
  let kept = ''
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length > units) break
    kept += segment
  }
  return kept.trim()
}
