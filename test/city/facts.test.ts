// Each kind of mistake in the city's own facts, prefixes, clocks and holidays, with the line it stands in.

import { describeMistakes, type Row, swap } from './mistakes.ts'

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

describeMistakes('the city', CITY)
describeMistakes('prefixes', PREFIXES)
describeMistakes('clocks', CLOCKS)
describeMistakes('holidays', HOLIDAYS)
