// People come into office and leave it: by invitation and code, by CABUT, and some of those who left are followed.
// Who is where is read from the tables themselves after each change.

import type { Office, Someone } from './desk-people.ts'
import { awake, count, type Life } from './life.ts'
import type { Ask, YearLog } from './log.ts'
import type { Post } from './town.ts'

export async function staffed(life: Life, office: Office, log: YearLog): Promise<void> {
  const { house, town } = life
  const expiresAt = new Date(house.now().getTime() + 72 * 3_600_000)
  for (const [n, post] of town.posts.entries()) {
    const code = `K${1_000_000 + n}`
    const { role, agency, name } = post
    const invitation = { role, agency, name, staffId: null, expiresAt }
    await house.store.invite({ type: 'invite', code, invitation, by: 'operator' }, house.now())
    await enrols(office.employ(post), code)
  }
  await house.settle()
  await noted(life.ask, log, house.now().getTime(), town.posts)
  for (const post of town.posts) {
    if (post.leavesAt === null) continue
    const leaver = office.people.find((one) => one.post === post)
    life.agenda.plan(awake(post.leavesAt, true), () => leaves(life, office, log, leaver as Someone))
  }

  async function enrols(one: Someone, code: string): Promise<void> {
    await house.says(one.post.address, `DAFTAR ${code}`)
  }
}

async function leaves(life: Life, office: Office, log: YearLog, leaver: Someone): Promise<void> {
  const { house } = life
  const { name, agency } = leaver.post
  const boss = office.people.find(({ post, gone }) => post.role === 'coordinator' && !gone)
  const answer = await boss?.commands(`CABUT ${name}`)
  leaver.gone = true
  count(life, 'leaves')
  await noted(life.ask, log, house.now().getTime(), life.town.posts)
  if (log.enrolled.length === 0) throw new Error(`nobody is enrolled after ${answer}`)
  const n = office.people.length
  if (n % 2 === 0) return
  const post: Post = {
    ...leaver.post,
    ...{ name: `Baru ${n}`, address: `sms:+6281191${10_000 + n}`, leavesAt: null },
    unreachableFrom: null,
  }
  const told = (await boss?.commands(`UNDANG ${agency} petugas ${post.name}`)) ?? ''
  const code = /DAFTAR ([A-Z0-9]{8})\b/.exec(told)?.[1]
  if (code === undefined) return
  office.employ(post)
  count(life, 'follows')
  await house.says(post.address, `DAFTAR ${code}`)
  await noted(life.ask, log, house.now().getTime(), [post])
}

/** Who is enrolled now, beside who was. */
async function noted(ask: Ask, log: YearLog, now: number, posts: readonly Post[]): Promise<void> {
  const rows = await ask(
    'select a.address_id, s.role, s.agency, s.name from staff_addresses a join staff s on s.id = a.staff_id',
  )
  const there = new Set(rows.map((row) => String(row.address_id)))
  for (const one of log.enrolled) if (one.to === null && !there.has(one.address)) one.to = now
  const known = new Set(log.enrolled.flatMap(({ address, to }) => (to === null ? [address] : [])))
  for (const row of rows) {
    const address = String(row.address_id)
    if (known.has(address)) continue
    const post = posts.find(({ name }) => name === row.name)
    log.enrolled.push({
      ...{ address, role: String(row.role), from: now, to: null },
      agency: row.agency === null ? null : String(row.agency),
      unreachableFrom: post?.unreachableFrom ?? null,
    })
  }
}
