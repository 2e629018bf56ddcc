// Each kind of mistake in agencies, categories and places, with the line it stands in.

import { type Changes, describeMistakes, type Row, swap } from './mistakes.ts'

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

describeMistakes('agencies', AGENCIES)
describeMistakes('categories', CATEGORIES)
describeMistakes('places', PLACES)
