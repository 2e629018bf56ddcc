// What the account has registered, and what is to be mended of it before a template can go.
// Rule: it only asks. Nothing is submitted, changed or removed at Meta.
// [https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates]

import { z } from 'zod'
import type { TemplateText } from '../../../message.ts'
import type { CheckResult } from '../../channel.ts'
import type { Answer, GraphApi } from './client.ts'
import { judgeRefusal } from './codes.ts'
import { compareTemplates, type Registered } from './template-compare.ts'

export interface RegisteredParts {
  readonly api: Pick<GraphApi, 'get'>
  readonly token: string
  /** The WhatsApp Business account; null: Meta is asked which one the token is for. */
  readonly businessAccountId: string | null
}

const FIELDS = 'name,language,status,category,components'
const PAGE = 100
/** Ten times what an account may have. */
const MOST_PAGES = 60
const SETTING = 'WHATSAPP_CLOUD_BUSINESS_ACCOUNT_ID'

const scopes = z.object({
  data: z.object({
    granular_scopes: z.array(
      z.object({ scope: z.string(), target_ids: z.array(z.string()).catch([]) }),
    ),
  }),
})

const bodyPart = z.object({ type: z.string(), text: z.string().catch('') })
const entry = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string().catch(''),
  category: z.string().catch(''),
  components: z.array(bodyPart.catch({ type: '', text: '' })).catch([]),
})
const page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
})

export async function checkRegistered(
  parts: RegisteredParts,
  wanted: readonly TemplateText[],
): Promise<readonly CheckResult[]> {
  if (wanted.length === 0) return [unknown('config has none: beyond 24 hours nothing goes by it')]
  const account = parts.businessAccountId ?? (await accountOfToken(parts))
  if (account === null)
    return [
      unknown(
        `not compared: Meta does not say which account the token is for. Give its id (WhatsApp Manager) as ${SETTING}`,
      ),
    ]
  const there = await allOf(parts, account)
  return 'detail' in there ? [there] : compareTemplates(wanted, there.registered)
}

/** [https://developers.facebook.com/docs/graph-api/reference/debug_token] Null: none, or more than one. */
async function accountOfToken({ api, token }: RegisteredParts): Promise<string | null> {
  const answer = await api.get(`debug_token?input_token=${encodeURIComponent(token)}`)
  const read = scopes.safeParse(answer.type === 'made' ? answer.result : null)
  if (!read.success) return null
  const ids = read.data.data.granular_scopes
    .filter(({ scope }) => scope === 'whatsapp_business_management')
    .flatMap(({ target_ids }) => target_ids)
  const [id, ...others] = new Set(ids)
  return id !== undefined && others.length === 0 && /^\d+$/.test(id) ? id : null
}

async function allOf(
  { api }: RegisteredParts,
  account: string,
): Promise<{ readonly registered: readonly Registered[] } | CheckResult> {
  const registered: Registered[] = []
  let after = ''
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const from = after === '' ? '' : `&after=${encodeURIComponent(after)}`
    const path = `${account}/message_templates?fields=${FIELDS}&limit=${PAGE}${from}`
    const answer = await api.get(path)
    const read = page.safeParse(answer.type === 'made' ? answer.result : null)
    if (!read.success) return unread(answer)
    registered.push(...read.data.data.flatMap(registeredOf))
    const { cursors, next } = read.data.paging ?? {}
    if (next === undefined || cursors === undefined || cursors.after === after) break
    after = cursors.after
  }
  return { registered }
}

/** What cannot be read is none of ours. */
function registeredOf(raw: unknown): readonly Registered[] {
  const read = entry.safeParse(raw)
  if (!read.success) return []
  const { components, ...more } = read.data
  const body = components.find(({ type }) => type.toUpperCase() === 'BODY')
  return [{ ...more, text: body?.text ?? '' }]
}

function unread(answer: Answer): CheckResult {
  switch (answer.type) {
    case 'made':
      return unknown('not compared: Meta answered something else than a list')
    case 'refused': {
      const { reason } = judgeRefusal(answer.status, answer.code)
      const cure = `Check ${SETTING}, and that the token has whatsapp_business_management`
      return { ok: false, detail: `could not be compared (${reason}). ${cure}` }
    }
    case 'unreachable':
    case 'silent':
      return { ok: false, detail: `no answer from Meta (${answer.why}). Check the network` }
  }
}

function unknown(detail: string): CheckResult {
  return { ok: true, note: true, detail }
}
