// Those on duty in the year: they act on what they were told, by commands as from any phone, now and then over the API.
// What somebody does not hear of, or forgets, nobody does: then only the pings bring it back.

import { diceFor } from './chance.ts'
import { awake, count, HOUR_MS, type Life, type Standing, standing, ticketsIn } from './life.ts'
import type { Post } from './town.ts'

export interface Someone {
  readonly post: Post
  gone: boolean
  /** Looks at a case soon: somebody asked them to. */
  nudge(ticket: string): void
  /** Does what the words say, with the yes that is asked for. */
  commands(words: string): Promise<string>
}

export interface Office {
  readonly people: Someone[]
  /** Those of an agency who are still there. */
  of(agency: string | null): readonly Someone[]
  employ(post: Post): Someone
}

/** More than the news of a case. */
const PRESSING = /^Perlu tindakan|BELUM PUNYA PETUGAS|TIDAK TERJANGKAU/
const DELAYS = { prompt: [0.2, 7], slow: [24, 140], forgetful: [8, 70] } as const
const FORGETS = { prompt: 4, slow: 10, forgetful: 50 } as const

export function openOffice(life: Life): Office {
  const people: Someone[] = []
  const office: Office = {
    people,
    of: (agency) => people.filter(({ post, gone }) => !gone && post.agency === agency),
    employ(post) {
      const one = someone(life, office, post)
      people.push(one)
      return one
    },
  }
  return office
}

function someone(life: Life, office: Office, post: Post): Someone {
  const { house, agenda } = life
  const dice = diceFor(life.seed, 'desk', post.name)
  const busy = new Set<string>()
  let told: string[] = []

  function plan(ticket: string, hours: number, pressing: boolean): void {
    if (busy.has(ticket)) return
    busy.add(ticket)
    const at = house.now().getTime() + hours * HOUR_MS + dice.between(0, 3_000) * 1000
    agenda.plan(awake(at, true), async () => {
      busy.delete(ticket)
      if (self.gone || isAway(post, house.now().getTime())) return
      const now = await standing(life, ticket)
      if (now !== null)
        await LOOKS[post.role]({ life, office, self, dice, later, pressing }, ticket, now)
    })
  }

  const later = (ticket: string, pressing = true) => {
    const [from, to] = DELAYS[post.temper]
    plan(ticket, from + dice.roll() * (to - from), pressing)
  }

  const self: Someone = {
    post,
    gone: false,
    nudge: later,
    async commands(words) {
      count(life, words.split(' ')[0] ?? '')
      told = []
      await house.says(post.address, words)
      await house.settle()
      const asked = told.join('\n')
      const pin = /balas (\d{4}) dalam/.exec(asked)?.[1]
      if (pin === undefined && !/Balas YA/.test(asked)) return asked
      await house.says(post.address, pin ?? 'YA')
      await house.settle()
      return told.join('\n')
    },
  }
  life.ears.set(post.address, {
    hear(text) {
      told.push(text)
      if (self.gone || isAway(post, house.now().getTime())) return
      const pressing = PRESSING.test(text)
      for (const ticket of ticketsIn(text))
        if (!dice.percent(FORGETS[post.temper])) later(ticket, pressing)
    },
  })
  return self
}

function isAway({ away }: Post, at: number): boolean {
  return away !== null && at >= away.from && at < away.to
}

interface Looking {
  readonly life: Life
  readonly office: Office
  readonly self: Someone
  readonly dice: ReturnType<typeof diceFor>
  readonly later: (ticket: string) => void
  /** They were told that it is due, not only that there is something. */
  readonly pressing: boolean
}

type Look = (looking: Looking, ticket: string, now: Standing) => Promise<void>

const LOOKS: Readonly<Record<Post['role'], Look>> = {
  officer: officerLooks,
  head: headLooks,
  coordinator: coordinatorLooks,
  overseer: overseerLooks,
}

const ANSWER = 'kabel yang putus kami sambung kemarin sore dan lampunya menyala lagi'

async function officerLooks(looking: Looking, ticket: string, now: Standing): Promise<void> {
  const { life, self, dice, later } = looking
  if (now.agency !== self.post.agency) return
  const fresh = now.state === 'assigned'
  if (!fresh && now.state !== 'in_progress') return
  const works = async (words: string) => {
    await self.commands(words)
    later(ticket)
  }
  if (dice.percent(4)) {
    count(life, 'over the API')
    await move(life, ticket, { move: 'update', actor: self.post.name, note: 'sedang dikerjakan' })
    return later(ticket)
  }
  if (fresh && dice.percent(6) && now.handOffs < 3)
    return void (await self.commands(`BW ${ticket} bukan tugas kami`))
  if (fresh && dice.percent(9)) return works(`TERIMA ${ticket}`)
  if (dice.percent(fresh ? 9 : 6)) return works(`KABAR ${ticket} petugas sedang ke lokasi`)
  if (dice.percent(4)) return void (await self.commands(`TANYA ${ticket} di sebelah mana tepatnya`))
  if (!fresh && now.extensions < 2 && !now.asked && dice.percent(9))
    return works(`PERPANJANG ${ticket} ${dice.between(2, 6)} menunggu bahan`)
  await self.commands(`JAWAB ${ticket} ${ANSWER}`)
}

async function headLooks(looking: Looking, ticket: string, now: Standing): Promise<void> {
  const { office, self, dice } = looking
  if (now.agency !== self.post.agency) return
  if (now.asked)
    return void (await self.commands(`${dice.percent(60) ? 'SETUJU' : 'TOLAK'} ${ticket}`))
  if (now.state !== 'assigned' && now.state !== 'in_progress') return
  const officers = office.of(now.agency).filter(({ post }) => post.role === 'officer')
  if (officers.length === 0 || dice.percent(25)) return officerLooks(looking, ticket, now)
  if (dice.percent(20)) return void (await self.commands(`TANGANI ${ticket}`))
  dice.oneOf(officers).nudge(ticket)
}

async function coordinatorLooks(looking: Looking, ticket: string, now: Standing): Promise<void> {
  const { life, office, self, dice, pressing } = looking
  const { agencies } = life.town
  const say = async (words: string) => void (await self.commands(words))
  switch (now.state) {
    case 'received': {
      if (dice.percent(7)) return say(`ARSIP ${ticket} ${dice.oneOf(['spam', 'unclear', 'test'])}`)
      if (dice.percent(4)) return say(`TUNDA ${ticket} di RT berapa`)
      if (dice.percent(12)) return say(`JAWAB ${ticket} ${ANSWER}`)
      const other = dice.percent(3) ? await likeIt(life, ticket, now) : null
      if (other !== null) return say(`GABUNG ${ticket} ${other}`)
      const usual = agencies.find((id) => id === now.proposed)
      const agency = usual !== undefined && dice.percent(75) ? usual : dice.oneOf(agencies)
      return say(`VERIFIKASI ${ticket} ${agency}`)
    }
    case 'assigned':
    case 'in_progress': {
      if (!pressing) return
      const there = office.of(now.agency)
      if (there.length === 0 && dice.percent(70))
        return say(`ALIH ${ticket} ${dice.oneOf(agencies)}`)
      if (there.length === 0) return say(`JAWAB ${ticket} ${ANSWER}`)
      if (dice.percent(10)) return say(`TANGANI ${ticket}`)
      if (dice.percent(4)) return say(`ALIH ${ticket} ${dice.oneOf(agencies)}`)
      if (dice.percent(2)) return say(`TUTUP ${ticket} sudah selesai menurut lurah`)
      if (dice.percent(30)) dice.oneOf(there).nudge(ticket)
      return
    }
    case 'merged':
      if (dice.percent(25)) return say(`PULIHKAN ${ticket}`)
  }
}

async function overseerLooks(looking: Looking, ticket: string, now: Standing): Promise<void> {
  const { office, self, dice } = looking
  if (dice.percent(25)) return void (await self.commands(`TANGANI ${ticket}`))
  const there = office.of(now.agency)
  if (there.length > 0) dice.oneOf(there).nudge(ticket)
}

async function likeIt(life: Life, ticket: string, { category }: Standing): Promise<string | null> {
  const [row] = await life.ask(
    `select ticket from complaints where category = ? and ticket <> ? and state in ('assigned', 'in_progress') order by filed_at desc limit 1`,
    category,
    ticket,
  )
  return row === undefined ? null : String(row.ticket)
}

async function move(life: Life, ticket: string, body: object): Promise<void> {
  await life.house.ask(`/api/complaints/${ticket}/moves`, body)
}
