// Meta's webhook by itself: the proof that the address is ours, and what is turned away.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import express from 'express'
import type { Channel } from '../../../../src/channels/channel.ts'
import { createWhatsAppCloud } from '../../../../src/channels/whatsapp/cloud/cloud.ts'
import { webhooksFirst } from '../../../../src/http.ts'
import {
  CLOUD_PATH,
  META_SECRET,
  META_VERIFY,
  postFromMeta,
  webhookOf,
} from '../../../support/fake-meta.ts'
import { optionsFor } from './contract-bench.ts'

let server: Server | null = null

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise<void>((resolve) =>
    server === null ? resolve() : server.close(() => resolve()),
  )
  server = null
})

let channel: Channel

async function listening(onForgery: () => void = () => {}): Promise<string> {
  const options = optionsFor({ url: 'http://127.0.0.1:9' }, () => new Date(0))
  channel = createWhatsAppCloud({ ...options, onForgery })
  await channel.start(async ({ type }) => {
    if (type === 'message') throw new Error('the store is away')
  })
  const made = createServer(webhooksFirst(channel.webhooks ?? [], express()))
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', () => resolve()))
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}

const asked = (base: string, more: Record<string, string>) =>
  fetch(`${base}${CLOUD_PATH}?${new URLSearchParams(more)}`)

describe('asked by Meta whether the address is ours', () => {
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': META_VERIFY, 'hub.challenge': '115' }

  test('it says the challenge back, as plain text', async () => {
    const answer = await asked(await listening(), right)
    expect([answer.status, await answer.text()]).toEqual([200, '115'])
    expect(answer.headers.get('content-type')).toBe('text/plain')
  })

  test.each([
    ['a wrong token', { 'hub.verify_token': 'x' }],
    ['no challenge', { 'hub.challenge': undefined }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
  ])('%s is turned away, and counted', async (_, wrong) => {
    let forged = 0
    const base = await listening(() => {
      forged += 1
    })
    const given = Object.entries({ ...right, ...wrong }).filter(([, value]) => value !== undefined)
    const answer = await asked(base, Object.fromEntries(given) as Record<string, string>)
    expect([answer.status, forged]).toEqual([403, 1])
  })
})

describe('posted to', () => {
  const status = { id: 'wamid.S', status: 'sent' }
  const message = { id: 'wamid.M', from: '6281299900123', type: 'text', text: { body: 'halo' } }

  test('what is not signed with the secret of the app is turned away, whatever is in it', async () => {
    const base = await listening()
    expect(await postFromMeta(base, webhookOf([message]), 'another')).toBe(403)
    const bare = await fetch(base + CLOUD_PATH, { method: 'POST', body: '{}' })
    expect(bare.status).toBe(403)
  })

  test.each(['', '{', '[]', 'null', '{"object":"page","entry":[]}'])('%j is 400', async (body) => {
    expect(await postFromMeta(await listening(), body, META_SECRET)).toBe(400)
  })

  test('what cannot be stored comes again, and what could be stored of it is taken', async () => {
    const base = await listening()
    expect(await postFromMeta(base, webhookOf([message], [status]))).toBe(503)
    expect(await postFromMeta(base, webhookOf([], [status]))).toBe(200)
  })

  test('another method is 405', async () => {
    const base = await listening()
    expect((await fetch(base + CLOUD_PATH, { method: 'PUT', body: '{}' })).status).toBe(405)
  })
})

test('news of the account and its templates is taken, and warns the operator', async () => {
  const value = {
    ...{ event: 'PAUSED', message_template_name: 'laporan_dijawab' },
    message_template_language: 'id',
  }
  const changes = [
    { field: 'message_template_status_update', value },
    { field: 'account_update', value: null },
  ]
  const body = { object: 'whatsapp_business_account', entry: [{ id: '1', changes }] }
  expect(await postFromMeta(await listening(), body)).toBe(200)
  expect(channel.warnings?.()).toEqual([
    expect.stringContaining('PAUSED by message_template_status_update of laporan_dijawab (id)'),
    expect.stringContaining('a change by account_update'),
  ])
})
