// What the commands that work on the store begin with: settings, city and key, or every reason why not.
// Nothing is made here: a command that finds no key says so instead of sealing with a new one.

import type { City } from '../city/city.ts'
import { keptDataKey } from '../data-key.ts'
import { readSettings, type Settings } from '../settings.ts'
import { readCity } from '../startup.ts'
import { readStoreSettings, type StoreSettings } from '../store-settings.ts'
import { type Machine, Refusal } from './machine.ts'

export function givenAll({ env }: Machine): { readonly settings: Settings; readonly city: City } {
  const read = readSettings(env)
  const loaded = readCity(env)
  if ('settings' in read && 'city' in loaded) return { settings: read.settings, city: loaded.city }
  throw new Refusal([
    ...('problems' in read ? read.problems : []),
    ...('problems' in loaded ? loaded.problems : []),
  ])
}

export function givenStore({ env }: Machine): StoreSettings {
  const read = readStoreSettings(env)
  if ('problems' in read) throw new Refusal(read.problems)
  return read.settings
}

export function keyOf({ dataKey, databaseUrl }: StoreSettings): Buffer {
  const key = dataKey ?? keptDataKey(databaseUrl)
  if (key === null)
    throw new Error('DATA_KEY is missing; give the key that the database was sealed with')
  return key
}
