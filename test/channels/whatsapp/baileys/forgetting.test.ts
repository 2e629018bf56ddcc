// What a login keeps of people: as long as the store knows them, by whichever name, and no longer.

import { expect, test } from '@jest/globals'
import { createForgetting } from '../../../../src/channels/whatsapp/baileys/forgetting.ts'
import { spoolText } from '../../../../src/channels/whatsapp/baileys/spool.ts'
import { linkedCreds } from '../../../support/fake-whatsapp.ts'
import { BOT, CITIZEN, lidOf } from '../../../support/whatsapp/phones.ts'
import { link, memoryVault, type TestVault } from './harness.ts'

const LID = lidOf(CITIZEN)
const OTHER = '6281299900777'

async function vaultOfPeople(): Promise<TestVault> {
  const vault = memoryVault()
  await link(vault, linkedCreds())
  await vault.set({
    session: { [`${LID}_1.0`]: '{}', [`${OTHER}.0`]: '{}', [`${BOT}.0`]: '{}' },
    'identity-key': { [`${LID}_1.0`]: '{}' },
    'device-list': { [CITIZEN]: '[]' },
    'lid-mapping': { [CITIZEN]: `"${LID}"`, [`${LID}_reverse`]: `"${CITIZEN}"` },
    tctoken: { [`${CITIZEN}@s.whatsapp.net`]: '{}' },
    wrote: { [`whatsapp:${CITIZEN}`]: '1', [`whatsapp:lid.${LID}`]: '1' },
  })
  return vault
}

const keptOf = (vault: TestVault, user: RegExp) =>
  [...vault.kept].flatMap(([kind, names]) =>
    [...names.keys()].flatMap((name) => (user.test(name) ? [`${kind} ${name}`] : [])),
  )
const CITIZENS = new RegExp(`${CITIZEN}|${LID}`)

function lookingAt(vault: TestVault, known: readonly string[]) {
  const forgotten: true[] = []
  const look = createForgetting({
    vault,
    isKnown: async (address) => known.includes(address),
    onForgotten: () => void forgotten.push(true),
  })
  return { look, forgotten }
}

test('whoever the store knows by either name keeps all', async () => {
  for (const name of [`whatsapp:${CITIZEN}`, `whatsapp:lid.${LID}`]) {
    const vault = await vaultOfPeople()
    const { look } = lookingAt(vault, [name])
    await look()
    await look()
    expect(keptOf(vault, CITIZENS)).toHaveLength(8)
  }
})

test('of whoever it knows no more nothing is left at the second look, under no name', async () => {
  const vault = await vaultOfPeople()
  const { look, forgotten } = lookingAt(vault, [`whatsapp:${OTHER}`])
  expect(await look()).toBe(0)
  expect(keptOf(vault, CITIZENS)).toHaveLength(8)
  // Both of their names.
  expect(await look()).toBe(2)
  expect(keptOf(vault, CITIZENS)).toEqual([])
  expect(forgotten).toHaveLength(1)
  expect(keptOf(vault, new RegExp(OTHER))).toEqual([`session ${OTHER}.0`])
})

test('what is ours stays', async () => {
  const vault = await vaultOfPeople()
  const { look } = lookingAt(vault, [])
  await look()
  await look()
  expect(keptOf(vault, new RegExp(BOT))).toEqual([`session ${BOT}.0`])
  expect(vault.names('login')).toEqual(['creds'])
})

test('whose words are not in the inbox yet is nobody to be forgotten', async () => {
  const vault = await vaultOfPeople()
  const envelope = { id: 'A1', from: `${CITIZEN}@s.whatsapp.net`, alt: null }
  const text = spoolText({ envelope, plain: new Uint8Array([1]), at: 1 })
  await vault.set({ 'inbox-spool': { h1: JSON.stringify(text) } })
  const { look } = lookingAt(vault, [])
  await look()
  await look()
  expect(keptOf(vault, CITIZENS)).toHaveLength(8)
})

test('who was unknown once and is known by the next look keeps all', async () => {
  const vault = await vaultOfPeople()
  const known: string[] = []
  const { look } = lookingAt(vault, known)
  await look()
  known.push(`whatsapp:${CITIZEN}`)
  await look()
  expect(keptOf(vault, CITIZENS)).toHaveLength(8)
})
