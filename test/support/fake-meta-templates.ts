// Meta's side of templates: what is registered, page by page, and what it refuses of one that is sent.
// [https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates]

import type { Json } from './fake-meta.ts'

export const META_WABA_ID = '102290129340398'

export interface Registered {
  readonly name: string
  readonly language: string
  readonly text: string
  readonly status?: string
  readonly category?: string
}

const PAGE = 3

/** One page of the list; `after` is where the last one ended. */
export function pageOfTemplates(all: readonly Registered[], url: string, after: number): Json {
  const data = all.slice(after, after + PAGE).map(({ name, language, text, ...more }, at) => ({
    ...{ id: String(9_000 + after + at), name, language },
    status: more.status ?? 'APPROVED',
    category: more.category ?? 'UTILITY',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Kota' },
      { type: 'BODY', text },
    ],
  }))
  const next = after + PAGE
  const more = next < all.length ? { next: `${url}/${META_WABA_ID}/message_templates` } : {}
  return { data, paging: { cursors: { before: String(after), after: String(next) }, ...more } }
}

interface SentTemplate {
  readonly name: string
  readonly language: { readonly code: string }
  readonly components?: readonly {
    readonly type: string
    readonly parameters: readonly { readonly type: string; readonly text: string }[]
  }[]
}

/** The code Meta refuses it with, or the text as it arrives. */
export function templateArrives(
  body: Json,
  all: readonly Registered[],
): { readonly text: string } | { readonly code: number } {
  const { name, language, components = [] } = body.template as SentTemplate
  const found = all.find((one) => one.name === name && one.language === language.code)
  if (found === undefined) return { code: 132001 }
  if (found.status === 'PAUSED') return { code: 132015 }
  if ((found.status ?? 'APPROVED') !== 'APPROVED') return { code: 132001 }
  const given = components.find(({ type }) => type === 'body')?.parameters ?? []
  if (given.length !== (found.text.match(/\{\{\d+\}\}/g)?.length ?? 0)) return { code: 132000 }
  if (given.some(({ text }) => text === '' || /[\n\t]| {4}/.test(text))) return { code: 132012 }
  return {
    text: given.reduce((text, one, at) => text.replace(`{{${at + 1}}}`, one.text), found.text),
  }
}
