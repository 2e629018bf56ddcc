// /metrics scraped over HTTP from a gateway that worked: every name with its labels, also while the store is away.

import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from '@jest/globals'
import { pino } from 'pino'
import type { Channel } from '../src/channels/channel.ts'
import { createMetrics } from '../src/metrics.ts'
import { openStore } from '../src/store/open.ts'
import { createCountsReader } from '../src/stored-counts.ts'
import { AWAY, newFolder, waitingIn } from './spool/given.ts'
import { openInProcess } from './support/in-process.ts'
import { labelNames, type Sample, samplesOf } from './support/metrics-page.ts'

const CITIZEN = 'sms:+6281210009001'

let page = ''

async function scrape(url: string): Promise<string> {
  const answer = await fetch(`${url}/metrics`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  return answer.text()
}

function valueIn(page: string, name: string, labels: Sample['labels'] = {}): number | undefined {
  const fits = (sample: Sample) =>
    sample.name === name && Object.entries(labels).every(([key, is]) => sample.labels[key] === is)
  return samplesOf(page).find(fits)?.value
}

beforeAll(async () => {
  const gateway = await openInProcess({ COORDINATORS: 'sms:+6281100000001' })
  await gateway.says(CITIZEN, 'BANJARMASIN lampu jalan mati di gg 5 kelayan dalam')
  await gateway.says(CITIZEN, 'STATUS')
  page = await scrape(gateway.url)
  await gateway.stop()
})

test.each([
  ['kentongan_inbound_total', ['channel', 'outcome']],
  ['kentongan_outbound_total', ['channel', 'kind', 'outcome']],
  ['kentongan_segments_total', ['channel', 'kind']],
  ['kentongan_turn_seconds_bucket', ['le']],
  ['kentongan_send_seconds_bucket', ['le', 'channel']],
  ['kentongan_outbox_pending', ['channel']],
  ['kentongan_outbox_oldest_seconds', ['channel']],
  ['kentongan_stuck_messages', []],
  ['kentongan_orphan_receipts', []],
  ['kentongan_complaints', ['state']],
  ['kentongan_overdue', ['clock']],
  ['kentongan_channel_up', ['channel']],
  ['kentongan_channel_alarm', ['channel', 'kind']],
  ['kentongan_store_up', []],
])('%s has the labels %j', (name, labels) => {
  expect([...(labelNames(page).get(name) ?? ['none'])].sort()).toEqual([...labels].sort())
})

test('what came in and went out is counted', () => {
  expect(valueIn(page, 'kentongan_inbound_total', { channel: 'sms', outcome: 'committed' })).toBe(2)
  const replies = { channel: 'sms', kind: 'reply', outcome: 'accepted' }
  expect(valueIn(page, 'kentongan_outbound_total', replies)).toBeGreaterThanOrEqual(2)
  expect(valueIn(page, 'kentongan_segments_total', { kind: 'reply' })).toBeGreaterThanOrEqual(2)
  expect(valueIn(page, 'kentongan_turn_seconds_count')).toBe(2)
  expect(valueIn(page, 'kentongan_send_seconds_count', { channel: 'sms' })).toBeGreaterThan(2)
  expect(valueIn(page, 'kentongan_complaints', { state: 'received' })).toBe(1)
  expect(valueIn(page, 'kentongan_channel_up', { channel: 'sms' })).toBe(1)
  expect(valueIn(page, 'kentongan_store_up')).toBe(1)
})

test('no figure carries a number or an id of a person', () => {
  expect(page).not.toMatch(/81210009001|id-\d/)
})

test('while the store is away the counters come, its gauges do not, and health answers', async () => {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  const gateway = await openInProcess({}, { log })
  await gateway.says(CITIZEN, 'BANTUAN')
  await scrape(gateway.url)
  await gateway.store.close()
  const away = await scrape(gateway.url)
  await scrape(gateway.url)
  expect(valueIn(away, 'kentongan_store_up')).toBe(0)
  expect(valueIn(away, 'kentongan_inbound_total')).toBe(1)
  expect(valueIn(away, 'kentongan_channel_up')).toBe(1)
  for (const name of ['complaints', 'overdue', 'stuck_messages', 'orphan_receipts'])
    expect(valueIn(away, `kentongan_${name}`)).toBeUndefined()
  for (const name of ['outbox_pending', 'outbox_oldest_seconds'])
    expect(valueIn(away, `kentongan_${name}`)).toBeUndefined()
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200)
  expect(lines.filter((line) => line.includes('cannot be read'))).toHaveLength(1)
  await gateway.stop().catch(() => {})
})

test('a store that never answers is waited for no longer than told, by all who ask together', async () => {
  let asked = 0
  const faults: unknown[] = []
  const counts = () => {
    asked += 1
    return new Promise<never>(() => {})
  }
  const onFault = (error: unknown) => void faults.push(error)
  const read = createCountsReader({ store: { counts }, onFault, patienceMs: 20 })
  const now = new Date('2026-11-25T02:00:00Z')
  expect(await Promise.all([read(now), read(now)])).toEqual([null, null])
  expect({ asked, faults: faults.length }).toEqual({ asked: 1, faults: 1 })
})

test('a channel is up only while all its accounts are', async () => {
  const account = (state: 'up' | 'down') =>
    ({ name: 'sms', health: () => ({ state }) }) as unknown as Channel
  const both = await createMetrics().page(null, [account('down'), account('up')])
  expect(valueIn(both, 'kentongan_channel_up', { channel: 'sms' })).toBe(0)
})

test('what waited for a channel that is no longer on does not stand there for ever', async () => {
  const metrics = createMetrics()
  const counts = {
    ...{ stuck: 0, orphanReceipts: 0, complaints: {}, overdue: {} },
    failed: 0,
    expired: 0,
    undelivered: [],
    media: { wanted: 0, oldestSeconds: 0, failing: 0, wipes: 0 },
  }
  const pending = { telegram: { count: 3, oldestSeconds: 60 } }
  const waiting = await metrics.page({ ...counts, pending }, [])
  expect(valueIn(waiting, 'kentongan_outbox_pending', { channel: 'telegram' })).toBe(3)
  const gone = await metrics.page({ ...counts, pending: {} }, [])
  expect(valueIn(gone, 'kentongan_outbox_pending', { channel: 'telegram' })).toBeUndefined()
})

test('what the spool takes is not counted as refused, and what it cannot take is', async () => {
  const newId = () => randomUUID()
  const log = pino({ level: 'silent' })
  const parts = { dataKey: Buffer.alloc(32, 3), clock: () => new Date(), newId, log }
  const store = await openStore({ url: 'sqlite::memory:', ...parts })
  const conversation = () => Promise.reject(AWAY)
  const waiting = await waitingIn(newFolder(), { most: { events: 1, bytes: 1_000_000 } })
  const gateway = await openInProcess({}, { store: { ...store, conversation }, waiting })
  const refused = async () =>
    valueIn(await scrape(gateway.url), 'kentongan_inbound_total', { outcome: 'refused' })
  const first = gateway.says(CITIZEN, 'a')
  gateway.push(60_000)
  await first
  expect(await refused()).toBe(0)
  await expect(gateway.says(CITIZEN, 'b')).rejects.toThrow(/full/)
  expect(await refused()).toBe(1)
  await gateway.stop()
})

test('of two accounts of a channel the later time is told, and the incident of either', async () => {
  const metrics = createMetrics()
  const none = { down: null, silent: null }
  const at = (second: number) => new Date(second * 1000)
  metrics.watchChannels(() => [
    { channel: 'sms', lastIn: at(5), lastOut: null, alarms: none },
    { channel: 'sms', lastIn: at(7), lastOut: null, alarms: { ...none, down: at(6) } },
    { channel: 'telegram', lastIn: null, lastOut: at(3), alarms: none },
  ])
  const told = await metrics.page(null, [])
  const value = (name: string, labels: Sample['labels']) =>
    valueIn(told, `kentongan_channel_${name}`, labels)
  expect(value('last_in_seconds', { channel: 'sms' })).toBe(7)
  expect(value('last_in_seconds', { channel: 'telegram' })).toBeUndefined()
  expect(value('last_out_seconds', { channel: 'telegram' })).toBe(3)
  expect(value('alarm', { channel: 'sms', kind: 'down' })).toBe(1)
  expect(value('alarm', { channel: 'sms', kind: 'silent' })).toBe(0)
  expect(value('alarm', { channel: 'telegram', kind: 'down' })).toBe(0)
})
