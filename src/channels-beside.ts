// The channels as `check` looks at them: none is started, and what an account keeps is read beside a running gateway.

import { existsSync } from 'node:fs'
import { NO_STATE } from './account-state.ts'
import { createAccountVault } from './account-vault.ts'
import type { Channel } from './channels/channel.ts'
import type { Vault } from './channels/vault.ts'
import type { Machine } from './commands/machine.ts'
import { configuredChannels } from './configured-channels.ts'
import type { Settings } from './settings.ts'
import { openLog } from './startup.ts'
import { type BesideStore, openBeside } from './store/beside.ts'
import { createSeal } from './store/seal.ts'

type Around = Pick<Machine, 'clockOf' | 'newId' | 'chance' | 'complain'>

export function channelsBeside(settings: Settings, around: Around): Promise<readonly Channel[]> {
  const { newId, chance } = around
  const clock = around.clockOf(settings.clockOffsetMs)
  return configuredChannels({
    ...{ settings, clock, chance, log: openLog(settings, true), metrics: null },
    ...{ menus: {}, listWords: '', readMedia: async () => null, isForGroups: () => false },
    ...{ stateOf: () => NO_STATE, vaultOf: vaultsBeside(settings, clock, newId) },
    store: { sentText: async () => null, knownNames: async () => ({ at: null, another: false }) },
    tell: around.complain,
    digest: (words) => words,
  })
}

/** Opened for each look: a check is over soon. */
function vaultsBeside(
  { databaseUrl: url, dataKey }: Settings,
  clock: () => Date,
  newId: () => string,
): (account: string) => Vault {
  const nothing = async () => new Map<string, string>()
  const isThere = !url.startsWith('sqlite:') || existsSync(url.slice('sqlite:'.length))
  return (account) => {
    if (dataKey === null || !isThere) return { get: nothing, all: nothing, set: refused }
    const sealing = createSeal(dataKey)
    const look = async <T>(read: (store: BesideStore) => Promise<T>): Promise<T> => {
      const store = await openBeside({ url, dataKey, clock, newId })
      return read(store).finally(() => store.close())
    }
    const store = {
      getFacts: (keys: readonly string[]) => look((one) => one.getFacts(keys)),
      factsUnder: (prefix: string) => look((one) => one.factsUnder(prefix)),
      setFacts: refused,
    }
    return createAccountVault({ store, account, digest: sealing.digest, sealing })
  }
}

function refused(): Promise<never> {
  return Promise.reject(new Error('a check changes nothing'))
}
