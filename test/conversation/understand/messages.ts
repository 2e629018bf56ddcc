// Reads the tables of invented messages: `class | category | kelurahan | agency | urgent | text`, `?` where not judged.

import { readFileSync } from 'node:fs'

export interface Labelled {
  readonly text: string
  readonly class: string
  readonly category: string
  readonly kelurahan: string
  readonly agency: string
  readonly urgent: string
}

export function labelled(name: string): readonly Labelled[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.includes(' | '))
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const [klass = '', category = '', kelurahan = '', agency = '', urgent = '', ...rest] =
        line.split(' | ')
      return { class: klass, category, kelurahan, agency, urgent, text: rest.join(' | ') }
    })
}
