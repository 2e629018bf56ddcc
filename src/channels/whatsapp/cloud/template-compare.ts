// The city's templates held against those of the account. Pure.
// One line for each kind of trouble, with the names it is about and what to do.

import type { TemplateText } from '../../../message.ts'
import type { CheckResult } from '../../channel.ts'

/** One template of the account in one language. */
export interface Registered {
  readonly name: string
  readonly language: string
  /** `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED` ... */
  readonly status: string
  readonly category: string
  readonly text: string
}

interface Compared {
  readonly wanted: TemplateText
  readonly found: Registered | undefined
}

interface Trouble {
  readonly is: (one: Compared) => boolean
  readonly told: string
  readonly cure: string
  readonly ok?: boolean
}

const SUBMIT = '`kentongan templates` prints what to submit'
const status = (of: Compared) => of.found?.status.toUpperCase() ?? ''

/** In this order; the first that fits is told. */
const TROUBLES: readonly Trouble[] = [
  { is: ({ found }) => found === undefined, told: 'not registered', cure: SUBMIT },
  {
    is: (one) => ['PENDING', 'IN_REVIEW', 'IN_APPEAL', 'PENDING_REVIEW'].includes(status(one)),
    told: "waiting for Meta's review",
    cure: 'Until then they go by another address; English ones in Indonesian where that is approved',
  },
  {
    is: (one) => status(one) === 'REJECTED',
    told: 'rejected by Meta',
    cure: 'WhatsApp Manager says why; change the text and submit it again',
  },
  {
    is: (one) => ['PAUSED', 'DISABLED', 'LIMIT_EXCEEDED'].includes(status(one)),
    told: 'paused or disabled by Meta',
    cure: 'People blocked or reported them; see their quality in WhatsApp Manager',
  },
  {
    is: (one) => status(one) !== 'APPROVED',
    told: 'not approved',
    cure: 'See them in WhatsApp Manager',
  },
  {
    is: ({ wanted, found }) => parametersIn(wanted.text) !== parametersIn(found?.text ?? ''),
    told: 'registered with another number of parameters, so that Meta refuses every message',
    cure: `Change the file or what is registered; ${SUBMIT}`,
  },
  {
    is: ({ wanted, found }) => plain(wanted.text) !== plain(found?.text ?? ''),
    told: 'registered with another text, which is what people read',
    cure: `Change the file or what is registered; ${SUBMIT}`,
  },
  {
    is: ({ wanted, found }) => wanted.category !== found?.category.toUpperCase(),
    told: 'of another category at Meta, which may cost more',
    cure: 'Ask for a review in WhatsApp Manager',
    ok: true,
  },
]

export function compareTemplates(
  wanted: readonly TemplateText[],
  registered: readonly Registered[],
): readonly CheckResult[] {
  const byKey = new Map(registered.map((one) => [`${one.name} ${one.language}`, one]))
  const compared = wanted.map((one): Compared => {
    return { wanted: one, found: byKey.get(`${one.name} ${one.language}`) }
  })
  const results = TROUBLES.flatMap((trouble, at): readonly CheckResult[] => {
    const theirs = compared.filter((one) => TROUBLES.findIndex(({ is }) => is(one)) === at)
    if (theirs.length === 0) return []
    const names = theirs.map(({ wanted: { name, language } }) => `${name} (${language})`)
    const detail = `${trouble.told}: ${names.join(', ')}. ${trouble.cure}`
    return [trouble.ok === true ? { ok: true, note: true, detail } : { ok: false, detail }]
  })
  if (results.length > 0) return results
  return [{ ok: true, detail: `all ${wanted.length} are registered as the file has them` }]
}

function parametersIn(text: string): number {
  return new Set(text.match(/\{\{\w+\}\}/g) ?? []).size
}

/** Meta may keep other line ends. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
