// What was read in one text: intent, command, category, place, tone. A reading, never a decision.

import type { Told } from '../../city/city.ts'
import type { ComplaintClass } from '../../complaints/complaint.ts'

export type CommandName =
  | 'status'
  | 'add' // LENGKAP, LENGKAPI, TAMBAH
  | 'reply' // BALAS, JAWAB
  | 'satisfied'
  | 'dissatisfied'
  | 'rate'
  | 'reopen'
  | 'cancel'
  | 'show' // LIHAT
  | 'link' // HUBUNGKAN
  | 'support' // DUKUNG, IKUT
  | 'anonymous'
  | 'confidential'
  | 'help'
  | 'stop'
  | 'start'
  | 'language' // BAHASA, with or without the name of one
  | 'data' // DATA SAYA
  | 'erase' // HAPUS DATA
  | 'erase_yes' // HAPUS YA
  | 'file' // LAPOR text: always files; class, categories and place are those of `rest`

export interface Command {
  readonly name: CommandName
  /** Fitting ticket given with it. */
  readonly ticket: string | null
  /** Eight digits where a ticket was expected, with a wrong check digit. */
  readonly mistyped: string | null
  /** Words after the command and its ticket. */
  readonly rest: string
  /** For `rate`: 1-5. */
  readonly rating: number | null
  /** True when it was read from natural words rather than its first word. */
  readonly natural: boolean
}

export type Intent =
  | 'complaint' // says what is wrong, wishes for something, or asks about a service
  | 'command'
  | 'yes'
  | 'no'
  | 'number' // a bare number: an answer to numbered choices
  | 'greeting' // greeting, "p", "pak tolong": friendly example
  | 'thanks'
  | 'content' // clearly satisfied, without a command
  | 'discontent' // clearly not solved, without a command
  | 'place' // names a place and nothing else
  | 'spam'
  | 'empty'
  | 'unclear'

export interface RankedCategory {
  readonly id: string
  readonly score: number
}

export interface PlaceReading {
  /** Codes of the kelurahan the text may mean; exactly one when it is clear. */
  readonly villages: readonly string[]
  /** Name of the district, when only that is named or it follows from the village. */
  readonly district: string | null
  /** Words that describe the spot: "gg 5 kelayan a". */
  readonly text: string | null
  /** Somewhere named that is beyond the city; null otherwise. */
  readonly outside: string | null
}

export interface Understanding {
  /** The words to file: without prefix and leading ANONIM / RAHASIA; of a long text the first 1,600 characters. */
  readonly words: string
  readonly prefix:
    | { readonly whose: 'ours' | 'none' }
    | { readonly whose: 'other'; readonly name: string; readonly turnTo: Told }
  readonly intent: Intent
  readonly command: Command | null
  readonly class: ComplaintClass
  /** Best first, at most three; empty when nothing fits. */
  readonly categories: readonly RankedCategory[]
  /** 0 to 1, of the best category. */
  readonly confidence: number
  readonly place: PlaceReading
  /** Fire, drowning, accident, violence going on. */
  readonly urgent: boolean
  /** The matter is confidential by default (its category, or words of violence or extortion). */
  readonly sensitive: boolean
  readonly asksAnonymous: boolean
  readonly asksConfidential: boolean
  /** For `number`: its value. */
  readonly number: number | null
  /** Eight-digit groups with a fitting check digit, in order. They name a ticket only if it is this person's. */
  readonly tickets: readonly string[]
  readonly mistyped: readonly string[]
  /** `waalaikumsalam` is owed. */
  readonly salam: boolean
  /** Contentment or discontent with what was done, also inside a text that is read as a complaint. */
  readonly tone: 'content' | 'discontent' | null
  /** Reads like an auto-responder: never an addition to a complaint, nor a verdict. */
  readonly machine: boolean
  /** Agency id proposed by category, place and special cues; null when nothing points to one. */
  readonly agency: string | null
  /** What a complaint still lacks: `place`, `category`, `problem`. */
  readonly asks: readonly ('place' | 'category' | 'problem')[]
  /** Why it was read so, for `kentongan understand`. */
  readonly why: readonly string[]
}
