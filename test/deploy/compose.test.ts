// compose.yaml and the proxy's configuration: alone by default, many by a profile, and only settings that exist.

import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { settingNames, textOf, yamlOf } from './files.ts'

const service = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  profiles: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  depends_on: z
    .union([z.array(z.string()), z.record(z.string(), z.looseObject({ condition: z.string() }))])
    .default([]),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
  stop_grace_period: z.string().optional(),
})
const composeFile = z.looseObject({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
})

const { services, volumes } = composeFile.parse(yamlOf('compose.yaml'))
const gateways = Object.entries(services).filter(([name]) => name.startsWith('gateway'))

function named(name: string): z.infer<typeof service> {
  const found = services[name]
  if (found === undefined) throw new Error(`compose.yaml has no service ${name}`)
  return found
}

test('without a profile one gateway runs alone on SQLite', () => {
  const always = Object.keys(services).filter((name) => services[name]?.profiles === undefined)
  expect(always).toEqual(['gateway'])
  expect(named('gateway').environment.DATABASE_URL).toMatch(/^sqlite:/)
})

test('the profile brings PostgreSQL, two gateways and one address', () => {
  const many = Object.keys(services).filter((name) => services[name]?.profiles?.includes('many'))
  expect(many.sort()).toEqual(['gateway-1', 'gateway-2', 'postgres', 'proxy'])
  for (const name of ['gateway-1', 'gateway-2']) {
    expect(named(name).environment.DATABASE_URL).toMatch(/^postgres:\/\/.*@postgres:5432\//)
    expect(named(name).ports).toEqual([])
  }
})

test('what a service of the profile depends on is started with it', () => {
  for (const [name, { profiles, depends_on }] of Object.entries(services)) {
    const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)
    for (const other of needed)
      expect([name, other, services[other]?.profiles]).toEqual([name, other, profiles])
  }
})

test('who waits for a healthy service names one that has a healthcheck', () => {
  for (const { depends_on } of Object.values(services))
    for (const [other, { condition }] of Array.isArray(depends_on)
      ? []
      : Object.entries(depends_on))
      if (condition === 'service_healthy') expect(services[other]?.healthcheck).toBeDefined()
})

test.each(gateways)(
  '%s uses settings that exist, and the image with its healthcheck',
  (_name, one) => {
    const known = settingNames()
    for (const setting of Object.keys(one.environment)) expect([...known]).toContain(setting)
    expect(one.environment.HOST).toBe('0.0.0.0')
    expect(one.healthcheck).toBeUndefined()
    expect(one.build).toBe('.')
    expect(textOf('Dockerfile')).toMatch(/^HEALTHCHECK /m)
    expect(Number.parseInt(one.stop_grace_period ?? '0', 10)).toBeGreaterThan(10)
  },
)

test('each gateway keeps its data on a volume of its own, where the image expects it', () => {
  const mounts = gateways.flatMap(([, one]) => one.volumes.filter((each) => /data$/.test(each)))
  expect(mounts.every((mount) => mount.endsWith(':/app/data'))).toBe(true)
  expect(new Set(mounts).size).toBe(gateways.length)
  expect(textOf('Dockerfile')).toMatch(/^VOLUME \/app\/data$/m)
})

test('gateways on one database keep attachments on one volume', () => {
  for (const name of ['gateway-1', 'gateway-2']) {
    expect(named(name).volumes).toContain('media:/app/media')
    expect(named(name).environment.MEDIA_DIR).toBe('media')
  }
  expect(textOf('Dockerfile')).toMatch(/install -d -o node -g node -m 0700 data media$/m)
})

test('every volume is declared, and every declared one used', () => {
  const used = Object.values(services)
    .flatMap((one) => one.volumes.map((mount) => mount.split(':')[0] ?? ''))
    .filter((source) => !source.startsWith('.'))
  expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort())
})

test('other images are pinned to a version, and nothing is open beyond this machine', () => {
  for (const { image, build, ports } of Object.values(services)) {
    if (build === undefined) expect(image).toMatch(/:\d+[\w.-]*$/)
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
  }
})

test('what stands beside the gateways tells whether it is well', () => {
  for (const name of ['postgres', 'proxy'])
    expect(named(name).healthcheck?.test.length).toBeGreaterThan(1)
})

test('the proxy lets through the largest body that a webhook takes', () => {
  const folders = ['sms/twilio', 'telegram', 'whatsapp/cloud']
  const taken = folders.map((folder) => {
    const code = textOf(`src/channels/${folder}/webhook.ts`)
    const [, factors = ''] = /^const BIGGEST_BODY = ([\d *]+)$/m.exec(code) ?? []
    return factors.split('*').reduce((all, one) => all * Number(one), 1)
  })
  const [, mib] = /client_max_body_size (\d+)m;/.exec(textOf('deploy/nginx/kentongan.conf')) ?? []
  expect(Math.min(...taken)).toBeGreaterThan(1_024)
  expect(Number(mib) * 1_024 * 1_024).toBeGreaterThanOrEqual(Math.max(...taken))
})

test('the proxy hands on to both gateways, adds who asked, and shows no metrics', () => {
  const conf = textOf('deploy/nginx/kentongan.conf')
  const upstream = [...conf.matchAll(/^ {2}server (\S+):1708 /gm)].map(([, host]) => host)
  expect(upstream.sort()).toEqual(['gateway-1', 'gateway-2'])
  expect(conf).toMatch(/proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;/)
  expect(conf).toMatch(/location = \/metrics \{\s*return 404;/)
  const port = /^ {2}listen (\d+);$/m.exec(conf)?.[1]
  expect(named('proxy').ports).toEqual([`127.0.0.1:1708:${port}`])
  expect(named('proxy').volumes[0]).toMatch(/^\.\/deploy\/nginx\/kentongan\.conf:.*:ro$/)
  for (const [open, close] of ['{}'].map((pair) => [...pair]))
    expect(conf.split(open ?? '').length).toBe(conf.split(close ?? '').length)
})
