// What an account keeps sealed, beside what else the process remembers.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { createAccountVault } from '../src/account-vault.ts'
import type { FactStore } from '../src/store/facts-port.ts'
import { createSeal } from '../src/store/seal.ts'
import { newPath, openAt, withFile } from './store/temporary.ts'

type Facts = Pick<FactStore, 'getFacts' | 'factsUnder' | 'setFacts'>

function memoryFacts(): Facts & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  const those = (holds: (key: string) => boolean) =>
    new Map([...kept].filter(([key]) => holds(key)))
  return {
    kept,
    getFacts: async (keys) => those((key) => keys.includes(key)),
    factsUnder: async (prefix) => those((key) => key.startsWith(prefix)),
    setFacts: async (entries) => {
      for (const [key, value] of Object.entries(entries))
        if (value === null) kept.delete(key)
        else kept.set(key, value)
    },
  }
}

function vaultOver(store: Facts, account = 'whatsapp-baileys') {
  const sealing = createSeal(KEY)
  return createAccountVault({ store, account, digest: sealing.digest, sealing })
}

const KEY = randomBytes(32)
const NUMBER = '6281299900123'

test('it keeps by kind and name, and shows neither name nor value to whoever reads the database', async () => {
  const store = memoryFacts()
  const vault = vaultOver(store)
  await vault.set({ session: { [NUMBER]: 'secret', other: 'x' }, login: { creds: '{}' } })
  expect(new Map(await vault.get('session', [NUMBER, 'nobody']))).toEqual(
    new Map([[NUMBER, 'secret']]),
  )
  expect([...(await vault.all('session')).keys()].sort()).toEqual([NUMBER, 'other'])
  expect(JSON.stringify([...store.kept])).not.toMatch(/6281|secret/)
})

test('what is removed with something is gone with it', async () => {
  const vault = vaultOver(memoryFacts())
  await vault.set({ session: { a: '1' }, spool: { h: 'words' } })
  await vault.set({ session: { a: '2' }, spool: { h: null } })
  expect([...(await vault.all('spool'))]).toEqual([])
  expect((await vault.get('session', ['a'])).get('a')).toBe('2')
})

test('a kind that begins like another is another, and so is an account', async () => {
  const store = memoryFacts()
  const vault = vaultOver(store)
  await vault.set({ 'sender-key': { a: '1' }, 'sender-key-memory': { a: '2' } })
  expect([...(await vault.all('sender-key')).values()]).toEqual(['1'])
  expect((await vaultOver(store, 'other').all('sender-key')).size).toBe(0)
})

test('what was sealed under another key is not taken for something', async () => {
  const store = memoryFacts()
  await vaultOver(store).set({ login: { creds: '{}' } })
  const sealing = createSeal(randomBytes(32))
  const digest = createSeal(KEY).digest
  const other = createAccountVault({ store, account: 'whatsapp-baileys', digest, sealing })
  await expect(other.all('login')).rejects.toThrow()
})

test('what docs/channels/whatsapp-baileys.md says removes everything it kept, and nothing else', async () => {
  const docs = readFileSync(
    new URL('../docs/channels/whatsapp-baileys.md', import.meta.url),
    'utf8',
  )
  const path = newPath()
  const store = await openAt(path)
  await vaultOver(store).set({ creds: { me: '{}' }, session: { '628_1.0': '{}' } })
  await store.setFacts({ 'whatsapp-cloud:seen': '1' })
  await store.close()
  const statements = /sqlite3 data\/kentongan\.db "([^"]+)"/.exec(docs)?.[1] ?? ''
  const keys = withFile(path, (db) => {
    db.exec(statements)
    return db.prepare('select key from facts').pluck().all()
  })
  expect(keys).toContain('whatsapp-cloud:seen')
  expect(keys.filter((key) => String(key).startsWith('whatsapp-baileys'))).toEqual([])
  expect(readFileSync(path).includes('whatsapp-baileys:vault')).toBe(false)
})
