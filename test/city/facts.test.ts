// Each kind of mistake in the facts of a city, with the line it stands in.

import { describe, expect, test } from '@jest/globals'
import { type Changes, mistakes, swap } from './mistakes.ts'

type Row = readonly [what: string, changes: Changes, said: RegExp]

const CITY: readonly Row[] = [
  [
    'a zone that is none',
    { 'city.yaml': swap('Asia/Jakarta', 'Asia/Jakata') },
    /^city\.yaml:4: zone: "Asia\/Jakata" is no time zone \| .*Area\/City/,
  ],
  [
    'an offset for a zone',
    { 'city.yaml': swap('Asia/Jakarta', '"+07:00"') },
    /^city\.yaml:4: zone: "\+07:00" is no time zone/,
  ],
  [
    'the letters of a zone for the zone',
    { 'city.yaml': swap('Asia/Jakarta', 'EST') },
    /^city\.yaml:4: zone: "EST" is no time zone/,
  ],
  [
    'spaces around a text',
    { 'city.yaml': swap('privacy_version: "made-up-1"', 'privacy_version: " 1"') },
    /^city\.yaml:12: privacy_version: the text is empty, or begins or ends with a space \| /,
  ],
  [
    'an unknown key',
    { 'city.yaml': swap('zone_label: WIB\n', 'zone_label: WIB\nzome: WIB\n') },
    /^city\.yaml:6: "zome" is not known here \| Correct its spelling/,
  ],
  [
    'a missing key',
    { 'city.yaml': swap('zone_label: WIB\n', '') },
    /^city\.yaml:\d+: zone_label is missing \| Add it, with text/,
  ],
  [
    'a dialled number without quotes',
    { 'city.yaml': swap('ombudsman: "0210137"', 'ombudsman: 137') },
    /^city\.yaml:9: ombudsman is 137, it must be text \| Put it in quotes: "137"/,
  ],
  [
    'a dialled number with letters',
    { 'city.yaml': swap('"0210137"', '"call us"') },
    /^city\.yaml:9: ombudsman: "call us" is no telephone number \| Write digits/,
  ],
  [
    'an hour of no day',
    { 'city.yaml': swap('closes: 16', 'closes: 24') },
    /^city\.yaml:7: hours > closes is too big \| At most 23/,
  ],
  [
    'an office that closes before it opens',
    { 'city.yaml': swap('closes: 16', 'closes: 6') },
    /^city\.yaml:7: the office closes at 6, not after it opens at 8 \| /,
  ],
  [
    'a next door for no reason of archiving',
    { 'city.yaml': swap('outside_authority', 'outside') },
    /^city\.yaml:11: .*outside.* \| /,
  ],
  [
    'a limit of none',
    { 'city.yaml': swap('complaints_per_day: 5', 'complaints_per_day: 0') },
    /^city\.yaml:14: limits > complaints_per_day is too small \| At least 1/,
  ],
]

const PREFIXES: readonly Row[] = [
  [
    'a prefix twice',
    { 'prefixes.yaml': swap('WKR]', 'WKR, warukarang]') },
    /^prefixes\.yaml:2: the prefix "warukarang" is already listed in line 2 \| /,
  ],
  [
    'a prefix that is also another government’s',
    { 'prefixes.yaml': swap('[MENTAOS]', '[MENTAOS, Wkr]') },
    /^prefixes\.yaml:5: the prefix "Wkr" is already listed in line 2 \| Leave it with the one/,
  ],
  [
    'no prefix at all',
    { 'prefixes.yaml': swap('[WARUKARANG, WKR]', '[]') },
    /^prefixes\.yaml:2: ours is too small \| At least 1/,
  ],
  [
    'text where true or false is meant',
    { 'prefixes.yaml': swap('required: false', 'required: no') },
    /^prefixes\.yaml:3: required is the text "no", it must be true or false \| /,
  ],
]

const AGENCIES: readonly Row[] = [
  [
    'an id twice',
    {
      'agencies.yaml': swap(
        '- { id: KANTOR_LAMPU',
        '- { id: KANTOR_JALAN, name: Dua, short: Dua }\n- { id: KANTOR_LAMPU',
      ),
    },
    /^agencies\.yaml:3: the agency "KANTOR_JALAN" is already there in line 2 \| /,
  ],
  [
    'a short name that is too long',
    { 'agencies.yaml': swap('short: Kantor Lampu', 'short: Kantor Penerangan Jal') },
    /^agencies\.yaml:3: entry 2 > short: "Kantor Penerangan Jal" has 21 characters \| .*at most 20/,
  ],
  [
    'a short name no plain SMS can carry',
    { 'agencies.yaml': swap('short: Kantor Lampu', 'short: Kantor “Lampu”') },
    /^agencies\.yaml:3: entry 2 > short: .* has a character that a plain SMS cannot carry \| /,
  ],
  [
    'a short name twice',
    { 'agencies.yaml': swap('short: Kantor Lampu', 'short: Kantor Jalan') },
    /^agencies\.yaml:3: the short name "Kantor Jalan" is already used in line 2 \| /,
  ],
  [
    'an alias of two agencies',
    { 'agencies.yaml': swap('short: Kantor Lampu', 'short: Kantor Lampu, aliases: [Jalan]') },
    /^agencies\.yaml:3: the alias "Jalan" already names the agency of line 2 \| /,
  ],
  [
    'an outside agency without a next door',
    { 'agencies.yaml': swap('  turn_to: Setrum Negara 555\n', '') },
    /^agencies\.yaml:13: turn_to is missing \| Say where/,
  ],
  [
    'a next door for an office of our own',
    { 'agencies.yaml': swap('  outside: true\n', '') },
    /^agencies\.yaml:13: turn_to is only for agencies beyond the city \| Add outside: true/,
  ],
]

const CATEGORIES: readonly Row[] = [
  [
    'an unknown agency',
    { 'categories.yaml': swap('agency: TIRTA_WK', 'agency: TIRTA') },
    /^categories\.yaml:7: there is no agency "TIRTA" \| Use an id of .*agencies\.yaml/,
  ],
  [
    'an id twice',
    {
      'categories.yaml': swap(
        '  - { id: selokan',
        '  - { id: ruas, name: { id: A, en: B }, short: C, agency: TIRTA_WK }\n  - { id: selokan',
      ),
    },
    /^categories\.yaml:5: the category "ruas" is already there in line 4 \| /,
  ],
  [
    'an unknown category of last resort',
    { 'categories.yaml': swap('other: lain-lain', 'other: lainnya') },
    /^categories\.yaml:2: other: there is no category "lainnya" \| /,
  ],
  [
    'a name in one language only',
    { 'categories.yaml': swap('{ id: Api, en: Fires }', '{ id: Api }') },
    /^categories\.yaml:22: categories > entry 10 > name > en is missing \| Add it, with text/,
  ],
]

const CLOCKS: readonly Row[] = [
  [
    'a set without date',
    { 'clocks.yaml': swap('- from: 2027-01-01\n  verify', '- verify') },
    /^clocks\.yaml:10: entry 2 > from is missing \| /,
  ],
  [
    'two sets of one date',
    { 'clocks.yaml': swap('2027-01-01', '2026-01-01') },
    /^clocks\.yaml:10: a set from 2026-01-01 is already there in line 2 \| /,
  ],
  [
    'a date that is none',
    { 'clocks.yaml': swap('2027-01-01', '2027-02-29') },
    /^clocks\.yaml:10: entry 2 > from: "2027-02-29" is no date of the calendar \| /,
  ],
  [
    'half a day',
    { 'clocks.yaml': swap('reply: 7', 'reply: 7.5') },
    /^clocks\.yaml:7: entry 1 > reply is 7.5, it must be a whole number \| /,
  ],
  [
    'no set at all',
    { 'clocks.yaml': '[]\n' },
    /^clocks\.yaml:1: the file is too small \| At least 1/,
  ],
]

const HOLIDAYS: readonly Row[] = [
  [
    'a year without status',
    { 'holidays.yaml': swap('  status: estimate\n', '') },
    /^holidays\.yaml:9: 2027 > status is missing \| Write one of: official, estimate/,
  ],
  [
    'a year of unknown status',
    { 'holidays.yaml': swap('status: estimate', 'status: maybe') },
    /^holidays\.yaml:10: 2027 > status is "maybe" \| Write one of: official, estimate/,
  ],
  [
    'a date that is none',
    { 'holidays.yaml': swap('2026-05-18', '2026-02-30') },
    /^holidays\.yaml:6: "2026-02-30" is no date of the calendar \| Write year-month-day/,
  ],
  [
    'a day of another year',
    { 'holidays.yaml': swap('2026-05-18', '2025-05-18') },
    /^holidays\.yaml:6: 2025-05-18 is not in 2026 \| /,
  ],
  [
    'a year that is none',
    { 'holidays.yaml': swap('2027:\n', 'next:\n') },
    /^holidays\.yaml:9: "next" is no year \| /,
  ],
  [
    'a day twice',
    { 'holidays.yaml': swap('2026-05-18: Hari sungai', '2026-01-01: Hari sungai') },
    /^holidays\.yaml:6: this key is given twice \| /,
  ],
]

const DISTRICTS = `districts:
  - code: "1"
    name: Hulu
    villages:
      - { code: "1.1", name: Kenanga }
      - { code: "1.2", name: Teratai, aliases: [Taratai] }
landmarks:
  - { name: Pasar Pagi, village: Kenanga }
`

function places(from: string, to: string): Changes {
  return { 'places.yaml': swap(from, to)(DISTRICTS) }
}

const PLACES: readonly Row[] = [
  [
    'two villages of one code',
    places('"1.2"', '"1.1"'),
    /^places\.yaml:6: the code 1\.1 is already used in line 5 \| /,
  ],
  [
    'a code without quotes',
    places('"1.2"', '1.2'),
    /^places\.yaml:6: districts > .* > code is 1.2, it must be text \| Put it in quotes: "1.2"/,
  ],
  [
    'two villages of one name',
    places('Taratai', 'Kenanga'),
    /^places\.yaml:6: "Kenanga" already names the village of line 5 \| /,
  ],
  [
    'two districts of one name',
    places('landmarks:', '  - { code: "2", name: hulu, villages: [] }\nlandmarks:'),
    /^places\.yaml:7: the district "hulu" is already there in line 3 \| /,
  ],
  [
    'two landmarks of one name',
    places('village: Kenanga', 'aliases: [pasar  pagi]'),
    /^places\.yaml:8: "pasar {2}pagi" already names the landmark of line 8 \| /,
  ],
  [
    'a landmark in an unknown village',
    places('village: Kenanga', 'village: Kananga'),
    /^places\.yaml:8: there is no village "Kananga" \| /,
  ],
]

describe.each([
  ['the city', CITY],
  ['prefixes', PREFIXES],
  ['agencies', AGENCIES],
  ['categories', CATEGORIES],
  ['clocks', CLOCKS],
  ['holidays', HOLIDAYS],
  ['places', PLACES],
] as const)('refused in %s:', (_file, rows) => {
  test.each(rows)('%s', (_what, changes, said) => {
    const found = mistakes(changes)
    expect(found).toContainEqual(expect.stringMatching(said))
    expect(found).toHaveLength(1)
  })
})
