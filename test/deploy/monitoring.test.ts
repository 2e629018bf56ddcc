// Alerts and dashboard name only what /metrics shows, with its labels, and every alert has its page in the runbook.

import { beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createMetrics } from '../../src/metrics.ts'
import { openInProcess } from '../support/in-process.ts'
import { labelNames } from '../support/metrics-page.ts'
import { textOf, yamlOf } from './files.ts'

const DURATION = /^\d+[smhd]$/

const rule = z.strictObject({
  alert: z.string().regex(/^Kentongan[A-Z]\w+$/),
  expr: z.string().min(1),
  for: z.string().regex(DURATION).optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({
    summary: z.string().min(10),
    runbook: z.string().regex(/^docs\/operations\.md#[a-z]+$/),
  }),
})
const ruleFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule).min(1) })).min(1),
})
const target = z.looseObject({ refId: z.string(), expr: z.string().min(1) })
const panel = z.looseObject({
  id: z.number(),
  title: z.string().min(1),
  type: z.enum(['row', 'stat', 'timeseries']),
  gridPos: z.strictObject({ h: z.number(), w: z.number(), x: z.number(), y: z.number() }),
  targets: z.array(target).default([]),
})
const dashboardFile = z.looseObject({ uid: z.string(), title: z.string(), panels: z.array(panel) })
const scrapeFile = z.looseObject({
  rule_files: z.array(z.string()),
  scrape_configs: z.array(z.looseObject({ job_name: z.string() })),
})

const rules = ruleFile
  .parse(yamlOf('deploy/prometheus/alerts.yaml'))
  .groups.flatMap((group) => group.rules)
const { panels } = dashboardFile.parse(JSON.parse(textOf('deploy/grafana/kentongan.json')))
const queries = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
]

let known: ReadonlyMap<string, ReadonlySet<string>> = new Map()

beforeAll(async () => {
  const gateway = await openInProcess()
  await gateway.says('sms:+6281210009101', 'BANJARMASIN lampu jalan mati di gg 5 kelayan dalam')
  const page = await (await fetch(`${gateway.url}/metrics`)).text()
  await gateway.stop()
  // The spool is there with PostgreSQL only.
  const metrics = createMetrics()
  metrics.watchSpool(() => ({ events: 0, bytes: 0 }))
  known = new Map([...labelNames(await metrics.page(null, [])), ...labelNames(page)])
})

/** Labels that Prometheus itself adds to what it scrapes. */
const ADDED = ['instance', 'job']

test.each(queries)('%s asks for what there is: %s', (_where, expr) => {
  const named = [...expr.matchAll(/\bkentongan_\w+/g)].map(([name]) => name)
  if (named.length === 0) expect(expr).toMatch(/^up\{job="kentongan"\} == 0$/)
  for (const name of named) expect([name, known.has(name)]).toEqual([name, true])
  const labels = new Set(named.flatMap((name) => [...(known.get(name) ?? [])]))
  for (const [, name = '', selectors = ''] of expr.matchAll(/\b(kentongan_\w+)\{([^}]*)\}/g))
    for (const [, label = ''] of selectors.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g))
      expect([name, [...(known.get(name) ?? [])]]).toEqual([name, expect.arrayContaining([label])])
  for (const [, list = ''] of expr.matchAll(/\bby \(([^)]*)\)/g))
    for (const label of list.split(',').map((each) => each.trim()))
      expect([...labels, ...ADDED]).toContain(label)
})

test.each(queries)('%s is balanced and takes gauges of the store once: %s', (_where, expr) => {
  for (const [open, close] of ['()', '{}', '[]'].map((pair) => [...pair]))
    expect(expr.split(open ?? '').length).toBe(expr.split(close ?? '').length)
  // Every process shows the same figures of one database.
  expect(expr).not.toMatch(
    /\bsum(?: by \([^)]*\))? \(?kentongan_(?:complaints|overdue|outbox_|stuck|orphan)/,
  )
})

test.each(rules.map(({ alert, annotations }) => [alert, annotations.runbook] as const))(
  '%s says in the runbook what it means and what to do',
  (alert, runbook) => {
    expect(runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`)
    const [, section = ''] = textOf('docs/operations.md').split(new RegExp(`^### ${alert}$`, 'm'))
    const own = section.split(/^##/m)[0] ?? ''
    expect(own).toMatch(/\*\*Means\*\*/)
    expect(own).toMatch(/\*\*Do\*\*/)
  },
)

test('the runbook has no section for an alert that is not there', () => {
  const sections = [...textOf('docs/operations.md').matchAll(/^### (Kentongan\w+)$/gm)]
  expect(sections.map(([, name]) => name).sort()).toEqual(rules.map(({ alert }) => alert).sort())
})

test('labels of a summary are those its alert keeps', () => {
  for (const { expr, annotations } of rules)
    for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g)) {
      const kept = /\bby \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? ADDED
      expect(kept).toContain(label)
    }
})

test('panels have ids of their own and do not lie upon each other', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  for (const [place, { gridPos: a }] of panels.entries())
    for (const { gridPos: b } of panels.slice(place + 1)) {
      const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
      expect({ a, b, apart }).toEqual({ a, b, apart: true })
    }
})

test('the example of a scrape loads these rules under the job they ask for', () => {
  const { rule_files, scrape_configs } = scrapeFile.parse(
    yamlOf('deploy/prometheus/prometheus.yaml'),
  )
  expect(rule_files).toEqual(['alerts.yaml'])
  expect(scrape_configs.map(({ job_name }) => job_name)).toEqual(['kentongan'])
})
