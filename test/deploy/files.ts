// The files an operator takes along, read as their programs read them.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { ROOT } from '../support/gateway-process.ts'

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** YAML 1.1 merge keys (`<<`) are what compose understands. */
export function yamlOf(path: string): unknown {
  return parse(textOf(path), { merge: true, uniqueKeys: true })
}

/** Names of all settings that the gateway reads. */
export function settingNames(): ReadonlySet<string> {
  const files = readdirSync(join(ROOT, 'src')).filter((name) => /settings\.ts$/.test(name))
  const source = files.map((name) => textOf(join('src', name))).join('\n')
  return new Set([...source.matchAll(/'([A-Z][A-Z0-9_]{2,})'/g)].map(([, name = '']) => name))
}
