// `check`: is everything in order? Settings, city, database, providers; a line each, with the cure where it is not.
// It sends nothing, makes nothing, changes nothing, and is not felt by a gateway that runs.

import type { Channel, CheckResult } from '../channels/channel.ts'
import type { City } from '../city/city.ts'
import type { TemplateText } from '../message.ts'
import { readSettings } from '../settings.ts'
import { readCity } from '../startup.ts'
import { readStoreSettings } from '../store-settings.ts'
import { checkDatabase } from './check-database.ts'
import { checkMedia } from './check-media.ts'
import type { Finding } from './finding.ts'
import type { ExitCode, Machine } from './machine.ts'
import { templateTexts } from './template-texts.ts'

export async function check(machine: Machine): Promise<ExitCode> {
  const findings: Finding[] = []
  const tell = (...found: readonly Finding[]) => {
    for (const one of found) machine.print(`${one.mark.padEnd(5)}  ${one.what}: ${one.detail}`)
    findings.push(...found)
  }
  const read = readSettings(machine.env)
  tell(...settingsFindings(read))
  const city = readCity(machine.env)
  tell(...cityFindings(city))
  // The database and the providers are looked at even when something else is wrong: one run tells it all.
  const store = readStoreSettings(machine.env)
  if ('settings' in store)
    tell(...(await checkDatabase(store.settings)), checkMedia(store.settings))
  if ('settings' in read) {
    const channels = await machine.channelsOf(read.settings)
    tell(...(await providerFindings(channels)))
    if ('city' in city) tell(...(await templateFindings(channels, templateTexts(city.city))))
  }
  const wrong = findings.filter(({ mark }) => mark === 'WRONG').length
  machine.print(wrong === 0 ? 'All is in order.' : `${wrong} to mend.`)
  return wrong === 0 ? 0 : 1
}

function settingsFindings(read: ReturnType<typeof readSettings>): readonly Finding[] {
  if ('problems' in read) {
    return read.problems.map((detail) => ({ mark: 'WRONG', what: 'setting', detail }))
  }
  const { host, port, warnings, apiToken } = read.settings
  const api = apiToken === null ? 'off; API_TOKEN turns it on' : 'on'
  return [
    { mark: 'ok', what: 'settings', detail: `listens on ${host}:${port}, /api is ${api}` },
    ...warnings.map((detail) => ({ mark: 'note', what: 'settings', detail }) as const),
  ]
}

function cityFindings(
  read: { readonly city: City } | { readonly problems: readonly string[] },
): readonly Finding[] {
  if ('problems' in read) {
    return read.problems.map((detail) => ({ mark: 'WRONG', what: 'city', detail }))
  }
  const { name, agencies, categories, zone } = read.city
  const detail = `${name}, ${agencies.length} agencies, ${categories.length} categories, ${zone}`
  return [{ mark: 'ok', what: 'city', detail }]
}

async function providerFindings(channels: readonly Channel[]): Promise<readonly Finding[]> {
  if (channels.length === 0)
    return [
      { mark: 'note', what: 'channels', detail: 'none is on; README.md says what turns one on' },
    ]
  return Promise.all(channels.map(providerFinding))
}

async function providerFinding(channel: Channel): Promise<Finding> {
  const what = `${channel.name} through ${channel.account}`
  const [found] = await asked(what, async () => [await channel.check()])
  return found ?? { mark: 'WRONG', what, detail: 'did not say anything' }
}

/** Only where templates are needed. */
async function templateFindings(
  channels: readonly Channel[],
  wanted: readonly TemplateText[],
): Promise<readonly Finding[]> {
  const all = channels.map(async (channel) => {
    const what = `templates of ${channel.account}`
    return asked(what, async () => (await channel.checkTemplates?.(wanted)) ?? [])
  })
  return (await Promise.all(all)).flat()
}

async function asked(
  what: string,
  ask: () => Promise<readonly CheckResult[]>,
): Promise<readonly Finding[]> {
  try {
    return (await ask()).map(({ ok, note, detail }) => {
      return { mark: note === true ? 'note' : ok ? 'ok' : 'WRONG', what, detail } as const
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [{ mark: 'WRONG', what, detail: `could not be asked (${why}). Check the network` }]
  }
}
