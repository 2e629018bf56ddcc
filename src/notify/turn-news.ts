// What a turn did that others may have to hear of: changed complaints, alarms, words for a reporter.

import type { Complaint, HistoryEvent } from '../complaints/complaint.ts'
import type { PhraseParams } from '../conversation/phrases.ts'

export interface TurnNews {
  readonly changes: readonly {
    readonly before: Complaint | null
    readonly complaint: Complaint
    readonly events: readonly HistoryEvent[]
  }[]
  readonly alerts: readonly {
    readonly alert: 'cancel-wish' | 'over-limit'
    readonly ticket: string
  }[]
  readonly tells: readonly { readonly ticket: string; readonly phrase: PhraseParams }[]
  /** The person wants notices again. */
  readonly resumed: boolean
}
