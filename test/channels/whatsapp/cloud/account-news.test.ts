// Meta's own news of the account and its templates: warnings for the operator, and never a fault.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  ACCOUNT_FIELDS,
  createAccountWarnings,
} from '../../../../src/channels/whatsapp/cloud/account-news.ts'
import { itemsOf } from '../../../../src/channels/whatsapp/cloud/payload.ts'
import { META_NUMBER_ID } from '../../../support/fake-meta.ts'

const STATUS = 'message_template_status_update'
const ofTemplate = (event: string, name = 'laporan_dijawab') => ({
  field: STATUS,
  value: {
    ...{ event, message_template_id: 12345678, message_template_name: name },
    ...{ message_template_language: 'id', reason: 'NONE' },
  },
})

const posted = (field: string, value: unknown) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '102290129340398', time: 1, changes: [{ field, value }] }],
})

describe('news of the account', () => {
  test('is told by template and language, and taken back when all is well', () => {
    const warnings = createAccountWarnings()
    expect(warnings.take(ofTemplate('PAUSED'))).toBe(
      'WhatsApp: Meta reports PAUSED by message_template_status_update of laporan_dijawab (id). See WhatsApp Manager.',
    )
    warnings.take(ofTemplate('REJECTED', 'laporan_selesai'))
    expect(warnings.list()).toHaveLength(2)
    expect(warnings.take(ofTemplate('APPROVED'))).toBeNull()
    expect(warnings.list()).toEqual([expect.stringContaining('laporan_selesai')])
  })

  test('of the account tells what happened and why', () => {
    const warnings = createAccountWarnings()
    const value = { phone_number: '16505551111', event: 'ACCOUNT_RESTRICTION', reason: 'SPAM' }
    expect(warnings.take({ field: 'account_update', value })).toBe(
      'WhatsApp: Meta reports ACCOUNT_RESTRICTION (SPAM) by account_update. See WhatsApp Manager.',
    )
  })

  test('keeps the newest fifty, and no name that is none', () => {
    const warnings = createAccountWarnings()
    for (let at = 0; at < 60; at++) warnings.take(ofTemplate('PAUSED', `templat_${at}`))
    const told = warnings.list()
    expect([told.length, told.at(0), told.at(-1)]).toEqual([
      ...[50, expect.stringContaining('templat_10 '), expect.stringContaining('templat_59 ')],
    ])
    expect(warnings.take(ofTemplate('PAUSED', 'Pak Budi, 0812'))).not.toContain('Budi')
  })

  test.each(ACCOUNT_FIELDS)('%s of any shape is taken, and no sentence of it is told', (field) => {
    const warnings = createAccountWarnings()
    fc.assert(
      fc.property(fc.anything(), fc.string({ minLength: 65 }), (value, words) => {
        warnings.take({ field, value })
        const told = warnings.take({ field, value: { event: words, reason: words } })
        expect(told).toContain('reports a change by')
        expect(itemsOf(posted(field, value), META_NUMBER_ID)?.[0]?.kind).toMatch(/account|unread/)
      }),
      { numRuns: 30 },
    )
    expect(warnings.list().length).toBeLessThanOrEqual(50)
  })
})
