// Everything the code may know about a city, read once from config/*.yaml and validated whole.
// The code knows no city: every name, number and date here comes from configuration.

import type { Language } from '../message.ts'
import type { TemplateFact } from './templates-schema.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The city's own words for citizens. A language that lacks them is told the Indonesian ones. */
export interface Told {
  readonly id: string
  readonly en?: string | undefined
  readonly bjn?: string | undefined
}

export interface Agency {
  readonly id: string
  readonly name: string
  /** At most 20 GSM characters, for SMS. */
  readonly short: string
  readonly aliases: readonly string[]
  /** Beyond the city's authority; `turnTo` says where to turn instead. */
  readonly outside: boolean
  readonly turnTo: Told | null
}

export interface Category {
  readonly id: string
  readonly name: Readonly<Record<'id' | 'en', string>>
  /** At most 20 GSM characters, for choices and pings. */
  readonly short: string
  /** The usual agency; for matters beyond the city an `outside` one. */
  readonly agency: string
  /** Needs a field inspection: the long finish clock. */
  readonly inspection: boolean
  /** Confidential unless the citizen says otherwise. */
  readonly confidential: boolean
}

export interface Village {
  readonly code: string
  /** Plain name: "Murung Raya". */
  readonly name: string
  readonly aliases: readonly string[]
  /** The name is also an ordinary word or exists elsewhere: needs a marker such as `kel` or `di` before it. */
  readonly needsMarker: boolean
  /** Plain name of its district. */
  readonly district: string
}

interface District {
  readonly code: string
  readonly name: string
  readonly villages: readonly Village[]
}

/** A known spot. `village` is null when it spans several. */
interface Landmark {
  readonly name: string
  readonly aliases: readonly string[]
  /** Code of a village in `districts`. */
  readonly village: string | null
}

export interface Places {
  /** Empty for a city without kelurahan. */
  readonly districts: readonly District[]
  readonly landmarks: readonly Landmark[]
}

/** Another government whose prefix people send here by mistake. */
export interface OtherGovernment {
  readonly words: readonly string[]
  readonly name: string
  readonly turnTo: Told
}

export interface Prefixes {
  /** Words that name this city, upper case. */
  readonly ours: readonly string[]
  /** True where the number serves several governments and a text without prefix is asked about. */
  readonly required: boolean
  readonly others: readonly OtherGovernment[]
}

/** One dated set of clocks: working days, in force for complaints filed from `from` (`2026-01-01`). */
export interface DatedClocks {
  readonly from: string
  readonly verify: number
  readonly follow_up: number
  readonly finish: {
    readonly information: number
    readonly complaint: number
    readonly aspiration: number
  }
  readonly finish_inspection: number
  readonly reply: number
  readonly facts: number
  readonly reopen: number
}

interface HolidayYear {
  readonly status: 'official' | 'estimate'
  readonly days: readonly string[]
}

interface Limits {
  readonly complaintsPerDay: number
  readonly messagesPerHour: number
  readonly segmentsPerPersonPerDay: number
  readonly segmentsPerAccountPerDay: number
}

/** One thing the bot says. `sms` replaces `text` on SMS. Placeholders are `{name}`. */
export interface Phrase {
  readonly text: string
  readonly sms: string | null
}

export type Phrases = Readonly<Record<string, Phrase>>

/** A text registered with a provider, for when free words may not go. */
interface MessageTemplate {
  readonly name: string
  /** Keys of what it tells: phrases of notices, kinds of pings. */
  readonly tells: readonly string[]
  readonly category: string
  /** What fills {{1}}, {{2}} ... */
  readonly parameters: readonly TemplateFact[]
  readonly text: { readonly id: string; readonly en?: string | undefined }
}

export interface City {
  /** "Kota Banjarmasin" in the reference city; `{inst}` in phrases. */
  readonly name: string
  /** The name people use: `{city}` in phrases. */
  readonly shortName: string
  /** IANA zone and the letters told after a time. */
  readonly zone: string
  readonly zoneLabel: string
  /** A complaint as people should write it, without prefix: `{example}` in phrases. */
  readonly example: Told
  /** For counting working days: zone, office hours, all holidays, the years with an official list. */
  readonly calendar: {
    readonly zone: string
    readonly closesAt: number
    readonly opensAt: number
    readonly holidays: ReadonlySet<string>
    readonly officialYears: ReadonlySet<number>
  }
  readonly agencyById: ReadonlyMap<string, Agency>
  readonly agencyIds: ReadonlySet<string>
  readonly categoryById: ReadonlyMap<string, Category>
  /** Hours of the day. */
  readonly hours: {
    readonly opens: number
    readonly closes: number
    readonly quietFrom: number
    readonly quietTo: number
  }
  /** Emergency numbers: `{emergency}` and `{police}` in phrases. */
  readonly emergency: { readonly general: string; readonly police: string }
  /** The next door for what is not ours: a whole sentence for archive notices, by archive reason. */
  readonly nextDoor: Readonly<Record<string, Told>>
  readonly ombudsman: string
  readonly privacyVersion: string
  readonly limits: Limits
  /** Days after closing until a complaint is parted from its people; days that other messages are kept. */
  readonly retention: { readonly identityDays: number; readonly textDays: number }
  readonly prefixes: Prefixes
  readonly agencies: readonly Agency[]
  readonly categories: readonly Category[]
  /** The category and class of last resort, an id in `categories`. */
  readonly otherCategory: string
  /** Newest first. */
  readonly clocks: readonly DatedClocks[]
  readonly holidays: Readonly<Record<string, HolidayYear>>
  readonly places: Places
  readonly vocabulary: Vocabulary
  /** `id` and `en` are complete; what another language lacks, or a reader has not passed yet, is said in `id`. */
  readonly phrases: Readonly<Partial<Record<Language, Phrases>> & { id: Phrases }>
  /** None where the city has none; no two tell the same. */
  readonly templates: readonly MessageTemplate[]
}
