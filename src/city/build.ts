// The validated files put together into a City. Nothing is checked here any more.

import type { Language } from '../message.ts'
import type { AgenciesFile } from './agencies-schema.ts'
import type { CategoriesFile } from './categories-schema.ts'
import type {
  Agency,
  Category,
  City,
  DatedClocks,
  Phrases,
  Places,
  Prefixes,
  Told,
} from './city.ts'
import type { CityFile } from './city-schema.ts'
import type { ClocksFile } from './clocks-schema.ts'
import type { HolidaysFile } from './holidays-schema.ts'
import type { PhrasesFile } from './phrases-schema.ts'
import type { PlacesFile } from './places-schema.ts'
import type { PrefixesFile } from './prefixes-schema.ts'
import type { TemplatesFile } from './templates-schema.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface Files {
  readonly city: CityFile
  readonly prefixes: PrefixesFile
  readonly agencies: AgenciesFile
  readonly categories: CategoriesFile
  readonly clocks: ClocksFile
  readonly holidays: HolidaysFile
  readonly places: PlacesFile
  readonly vocabulary: Vocabulary
  readonly templates: TemplatesFile
  readonly phrases: Readonly<Partial<Record<Language, PhrasesFile>>> & { readonly id: PhrasesFile }
}

export function buildCity(files: Files): City {
  const agencies = files.agencies.map(agencyOf)
  const categories: readonly Category[] = files.categories.categories
  return {
    ...cityFacts(files.city),
    calendar: calendarOf(files.city, files.holidays),
    agencies,
    agencyById: new Map(agencies.map((agency) => [agency.id, agency])),
    agencyIds: new Set(agencies.map((agency) => agency.id)),
    categories,
    categoryById: new Map(categories.map((category) => [category.id, category])),
    otherCategory: files.categories.other,
    clocks: newestFirst(files.clocks),
    holidays: mapValues(files.holidays, (year) => ({
      status: year.status,
      days: Object.keys(year.days).sort(),
    })),
    prefixes: prefixesOf(files.prefixes),
    places: placesOf(files.places),
    vocabulary: files.vocabulary,
    phrases: phrasesOf(files.phrases),
    templates: files.templates.map(({ for: tells, ...entry }) => ({ ...entry, tells })),
  }
}

function cityFacts(file: CityFile) {
  return {
    name: file.name,
    shortName: file.short_name,
    zone: file.zone,
    zoneLabel: file.zone_label,
    example: file.example,
    hours: {
      opens: file.hours.opens,
      closes: file.hours.closes,
      quietFrom: file.hours.quiet_from,
      quietTo: file.hours.quiet_to,
    },
    emergency: file.emergency,
    ombudsman: file.ombudsman,
    nextDoor: Object.fromEntries(
      Object.entries(file.next_door).filter(
        (door): door is [string, Told] => door[1] !== undefined,
      ),
    ),
    privacyVersion: file.privacy_version,
    limits: {
      complaintsPerDay: file.limits.complaints_per_day,
      messagesPerHour: file.limits.messages_per_hour,
      segmentsPerPersonPerDay: file.limits.segments_per_person_per_day,
      segmentsPerAccountPerDay: file.limits.segments_per_account_per_day,
    },
    retention: {
      identityDays: file.retention.identity_days,
      textDays: file.retention.text_days,
    },
  }
}

function calendarOf(city: CityFile, holidays: HolidaysFile): City['calendar'] {
  const years = Object.entries(holidays)
  return {
    zone: city.zone,
    opensAt: city.hours.opens,
    closesAt: city.hours.closes,
    holidays: new Set(years.flatMap(([, year]) => Object.keys(year.days))),
    officialYears: new Set(
      years.filter(([, year]) => year.status === 'official').map(([year]) => Number(year)),
    ),
  }
}

function agencyOf(entry: AgenciesFile[number]): Agency {
  const { turn_to, ...agency } = entry
  return { ...agency, turnTo: turn_to ?? null }
}

function newestFirst(sets: ClocksFile): readonly DatedClocks[] {
  return [...sets].sort((a, b) => (a.from < b.from ? 1 : -1))
}

function prefixesOf(file: PrefixesFile): Prefixes {
  return {
    ours: file.ours,
    required: file.required,
    others: file.others.map(({ words, name, turn_to }) => ({ words, name, turnTo: turn_to })),
  }
}

function placesOf(file: PlacesFile): Places {
  const districts = file.districts.map((district) => ({
    code: district.code,
    name: district.name,
    villages: district.villages.map(({ needs_marker, ...village }) => ({
      ...village,
      needsMarker: needs_marker,
      district: district.name,
    })),
  }))
  const codes = new Map(
    districts.flatMap(({ villages }) => villages.map(({ name, code }) => [name, code] as const)),
  )
  const landmarks = file.landmarks.map((landmark) => ({
    ...landmark,
    village: landmark.village === null ? null : (codes.get(landmark.village) ?? null),
  }))
  return { districts, landmarks }
}

function phrasesOf(files: Files['phrases']): City['phrases'] {
  return { ...mapValues(files, wordingsOf), id: wordingsOf(files.id) }
}

function wordingsOf(file: PhrasesFile): Phrases {
  const passed = Object.entries(file).filter(([, { review }]) => review !== 'needed')
  return mapValues(Object.fromEntries(passed), ({ text, sms }) => ({ text, sms: sms ?? null }))
}

function mapValues<K extends string, A, B>(
  record: Readonly<Partial<Record<K, A>>>,
  change: (value: A) => B,
): Record<K, B> {
  const entries = Object.entries(record) as [K, A][]
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value)])) as Record<K, B>
}
