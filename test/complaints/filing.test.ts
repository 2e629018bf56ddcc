// A complaint as it is filed.

import { expect, test } from '@jest/globals'
import { NOWHERE } from '../../src/complaints/complaint.ts'
import { fileComplaint } from '../../src/complaints/filing.ts'
import { CALENDAR, filed, RULES, START } from './example.ts'

test('starts as version 1, received, without agency, even when place, category and words are missing', () => {
  expect(filed({ place: NOWHERE, category: null, proposedAgency: null, text: '' })).toMatchObject({
    version: 1,
    state: 'received',
    agency: null,
    everAssigned: false,
    filedAt: START,
    rules: RULES,
  })
})

test('writes one event, without the words', () => {
  const facts = { now: START, calendar: CALENDAR, rules: RULES }
  const filing = { ...filed(), text: 'the lamp is out' }
  expect(fileComplaint(filing, facts).event).toEqual({
    at: START,
    move: 'file',
    from: null,
    to: 'received',
    role: 'citizen',
    actor: 'citizen',
    note: null,
    detail: {},
  })
})
