// All that leaves the gateway in a year to anyone: messages, lines of the log, the API whole, metrics, health, the export,
// names of files. What was told to whom stays with it.

import { readdirSync } from 'node:fs'
import { CSV_HEADER, csvLine, exportRow } from '../../src/commands/export-rows.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { createSeal } from '../../src/store/seal.ts'
import type { Left, Unknown } from '../support/anonymity.ts'
import type { Citizen } from './citizens.ts'
import type { Life } from './life.ts'
import { DATA_KEY } from './year.ts'

export interface Watch {
  readonly left: Left[]
  onSent(message: OutboundMessage): void
  onLog(line: string): void
  look(life: Life, folder: string): Promise<void>
}

export function watchAll(): Watch {
  const left: Left[] = []
  const put = (where: string, text: string) => void left.push({ where, to: null, text })
  return {
    left,
    onSent: ({ to, text, choices }) => {
      // Some name the moment up to which they hold, or the step at which they were offered.
      const tapped = choices.map(
        ({ label, value }) => `${label} ${value.replace(/:\d{13}$|@\d+$/, '')}`,
      )
      left.push({ where: 'message', to, text: [text, ...tapped].join('\n') })
    },
    // The moment is digits too.
    onLog: (line) => put('log', line.replace(/"time":\d+,/, '')),
    async look({ house, town }, folder) {
      for (let after = ''; ; ) {
        const { text } = await house.ask(`/api/complaints?limit=200${after}`)
        const { complaints, next } = JSON.parse(text)
        for (const one of complaints) put('api', JSON.stringify(one))
        if (next === null) break
        after = `&after=${next}`
      }
      for (const path of ['/api/statistics', '/metrics', '/health'])
        put(path, (await house.ask(path)).text)
      put('export', CSV_HEADER)
      const span = { since: new Date(0), until: new Date(8.64e15), after: null, limit: 100_000 }
      for (const filed of await house.store.filedBetween(span))
        put('export', csvLine(exportRow(filed, town.city.zone)))
      for (const name of readdirSync(folder, { recursive: true })) put('file', String(name))
    },
  }
}

export function unknownOf(citizens: readonly Citizen[]): readonly Unknown[] {
  const seal = createSeal(DATA_KEY)
  return citizens
    .filter(({ anonymous }) => anonymous)
    .map(({ address, phone }) => {
      return { address, numbers: [phone], names: [], digest: seal.digest(address) }
    })
}
