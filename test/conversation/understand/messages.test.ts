// Every invented message is read as its label says: class, category, kelurahan, agency, urgency.

import { describe, expect, test } from '@jest/globals'
import { predictLine } from '../../../src/conversation/understand/predict.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { referenceCity } from '../../support/city.ts'
import { type Labelled, labelled } from './messages.ts'

const { city } = referenceCity()

function readingOf(label: Labelled): Labelled {
  const line = predictLine('1', understand(label.text, city), city)
  const read = {
    class: line.class,
    category: line.category ?? '-',
    kelurahan: line.kelurahan ?? '-',
    agency: line.agency ?? '-',
    urgent: line.urgent ? 'urgent' : '-',
  }
  const judged = Object.entries(read).map(([name, value]) =>
    label[name as keyof Labelled] === '?' ? [name, '?'] : [name, value],
  )
  return { ...(Object.fromEntries(judged) as Omit<Labelled, 'text'>), text: label.text }
}

describe.each([
  'messages-a.txt',
  'messages-b.txt',
  'messages-c.txt',
  'messages-d.txt',
  'messages-e.txt',
])('%s', (name) => {
  test.each(labelled(name).map((label) => [label.text, label] as const))('%s', (_, label) => {
    expect(readingOf(label)).toEqual(label)
  })
})
