// An operator's invitation: before the first start, beside a running gateway, and never for what is not there.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { Invited } from '../../src/cli.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { NOW, PARTS } from '../store/given.ts'
import { openAt } from '../store/temporary.ts'
import { freshDatabase } from '../support/postgres.ts'
import { operate } from './machine.ts'

const folder = mkdtempSync(join(tmpdir(), 'kentongan-invite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FIRST: Invited = { role: 'coordinator', agency: null, name: 'Kora' }
const invite = (who: Invited, DATABASE_URL: string) =>
  operate({ name: 'invite', who }, { DATABASE_URL })

/** The last line is what is to be sent. */
const codeIn = (out: string) => /\nDAFTAR ([A-Z2-9]{8})\n$/.exec(out)?.[1] ?? ''

async function isKnown(store: Store, out: string) {
  const invitation = await store.invitation(codeIn(out), NOW)
  const [line] = await store.auditTrail(1)
  return { ...invitation, actor: line?.actor, action: line?.action }
}

const KORA = { role: 'coordinator', agency: null, name: 'Kora' }
const NOTED = { actor: 'operator', action: 'invite' }

test('the first coordinator is invited before the first start, which finds the invitation', async () => {
  const path = join(folder, 'new.db')
  const { code, out } = await invite(FIRST, `sqlite:${path}`)
  expect(code).toBe(0)
  const store = await openAt(path)
  expect(await isKnown(store, out)).toMatchObject({ ...KORA, ...NOTED })
  await store.close()
})

test('a gateway that runs on the file does not stand in the way', async () => {
  const path = join(folder, 'running.db')
  const store = await openAt(path)
  const { out } = await invite({ role: 'officer', agency: 'pupr', name: null }, `sqlite:${path}`)
  expect(await isKnown(store, out)).toMatchObject({ role: 'officer', agency: 'DPUPR', ...NOTED })
  await store.close()
})

test('on PostgreSQL the same: an empty database, and one that is in use', async () => {
  const url = await freshDatabase()
  const first = await invite(FIRST, url)
  const store = await openStore({ ...PARTS, url })
  expect(await isKnown(store, first.out)).toMatchObject({ ...KORA, ...NOTED })
  const second = await invite({ role: 'head', agency: 'DLH', name: 'Hadi' }, url)
  expect(await isKnown(store, second.out)).toMatchObject({ role: 'head', agency: 'DLH', ...NOTED })
  await store.close()
})

test.each<[Invited, RegExp]>([
  [
    { role: 'officer', agency: 'nowhere', name: null },
    /no agency "nowhere"; the agencies are: .*DPUPR/,
  ],
  [{ role: 'coordinator', agency: null, name: 'api' }, /--name "api" cannot be used; give/],
])('%p is refused with the cure, and makes no database', async (who, why) => {
  const { code, out, err } = await invite(who, `sqlite:${join(folder, 'none', 'k.db')}`)
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(why)
})
