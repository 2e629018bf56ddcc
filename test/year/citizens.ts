// The citizens of the year: they file by SMS and Telegram, answer, complain again, reopen, or stay silent.
// Every third is anonymous, with a number that stands nowhere else, and may write it into their own words.

import type { Address } from '../../src/message.ts'
import { diceFor } from './chance.ts'
import { awake, count, DAY_MS, HOUR_MS, type Life, standing, ticketsIn } from './life.ts'

export interface Citizen {
  readonly address: Address
  /** As they would write it: whoever chats has a phone, too. */
  readonly phone: string
  readonly anonymous: boolean
}

const MATTERS = [
  ...['jalan berlubang dalam sekali', 'got mampet dan bau', 'lampu jalan mati', 'sampah menumpuk'],
  ...['air pdam tidak mengalir', 'pohon tumbang', 'parkir liar menutup jalan', 'jembatan rusak'],
  ...['ktp saya belum jadi', 'puskesmas antre lama', 'atap sekolah bocor', 'bansos tidak cair'],
  ...['pedagang kaki lima di trotoar', 'petugas minta pungli', 'harga elpiji mahal', 'banjir'],
  ...[
    'tagihan pajak salah',
    'kabel internet menjuntai',
    'izin usaha lama sekali',
    'sumur tercemar',
  ],
]

export function peopled(life: Life, complaints: number): readonly Citizen[] {
  const citizens: Citizen[] = []
  for (let filed = 0; filed < complaints; ) {
    const n = citizens.length
    const dice = diceFor(life.seed, 'citizen', n)
    const anonymous = n % 3 === 0
    const address = addressOf(n, anonymous, dice.percent(20))
    const phone = `0${anonymous ? 8577 : 8213}${1_346_271 + n * 17}`
    citizens.push({ address, phone, anonymous })
    const times = Math.min(complaints - filed, dice.oneOf([1, 1, 2, 3, 5]))
    lives(life, { address, phone, anonymous }, n, times)
    filed += times
  }
  return citizens
}

function addressOf(n: number, anonymous: boolean, chats: boolean): Address {
  if (chats) return `telegram:${anonymous ? 93 : 64}${12_718_281 + n * 13}`
  return `sms:+628${anonymous ? 577 : 213}${1_346_271 + n * 17}`
}

function lives(life: Life, citizen: Citizen, n: number, times: number): void {
  const { house, agenda, town } = life
  const dice = diceFor(life.seed, 'moods', n)
  const { address, phone, anonymous } = citizen
  const villages = town.city.places.districts.flatMap((district) => district.villages)
  const busy = new Set<string>()
  /** They said what they think of the answer, or keep it to themselves. */
  const said = new Set<string>()
  const does = async (what: string, text: string) => {
    count(life, what)
    await house.says(address, text)
  }

  async function files(matter: string): Promise<void> {
    const place = `gang ${dice.between(1, 40)} ${dice.oneOf(villages).name}`
    const number = anonymous && dice.percent(25) ? `, hubungi ${written(phone, n)}` : ''
    const words = `${matter} di ${place}${number}`
    const said = anonymous ? `ANONIM ${words}` : words
    if (address.startsWith('sms')) return does('files', `BANJARMASIN ${said}`)
    await does('files', said)
    await does('sends', '1')
  }

  async function reacts(ticket: string): Promise<void> {
    busy.delete(ticket)
    const now = await standing(life, ticket)
    switch (now?.state) {
      case 'answered':
        if (said.has(ticket)) return
        said.add(ticket)
        if (dice.percent(35)) {
          await does('satisfied', `PUAS ${ticket}`)
          if (dice.percent(25)) await does('rates', `NILAI ${ticket} ${dice.between(1, 5)}`)
        } else if (dice.percent(12)) await does('dissatisfied', `BELUM ${ticket} masih sama saja`)
        return
      case 'held':
        if (dice.percent(70)) await does('completes', `LENGKAP ${ticket} dekat pos ronda`)
        return
      case 'closed':
        if (dice.percent(3)) await does('reopens', `BUKA ${ticket} rusak lagi sejak kemarin`)
        return
      case 'received':
      case 'assigned':
      case 'in_progress':
        return impatient(ticket, now.state)
    }
  }

  async function impatient(ticket: string, state: string): Promise<void> {
    const mood = dice.roll() * 100
    if (mood < 2) return does('asks', `STATUS ${ticket}`)
    if (mood < 4) return does('adds', `LENGKAP ${ticket} sampai sekarang belum ada`)
    if (mood < 6 && state === 'received') return does('cancels', `BATAL ${ticket}`)
  }

  life.ears.set(address, {
    hear(text) {
      for (const ticket of ticketsIn(text)) {
        if (busy.has(ticket)) continue
        busy.add(ticket)
        const at = house.now().getTime() + dice.between(1, 60) * HOUR_MS
        agenda.plan(awake(at + n * 1000, false), () => reacts(ticket))
      }
    },
  })
  for (let one = 0; one < times; one++) {
    const at = life.from + DAY_MS + dice.roll() * (life.end - life.from - 2 * DAY_MS)
    agenda.plan(awake(Math.floor(at), false), () => files(dice.oneOf(MATTERS)))
  }
}

/** As people write their number. */
function written(phone: string, n: number): string {
  return n % 2 === 0 ? phone : phone.replace(/(\d{4})(\d{4})(\d*)/, '$1-$2-$3')
}
