// Prepared queries on SQLite: drizzle writes them, this runs them. Where each value goes and what a row becomes is worked
// out once instead of with every run, which spares a tenth of the CPU of a turn.

import type { Statement } from 'better-sqlite3'
import { Column, getTableName, is, Param, Placeholder, SQL, Subquery } from 'drizzle-orm'
import type { Prepared, Values } from './queries/source.ts'

/** What drizzle keeps of a prepared query, in the version that is pinned. One that looks otherwise it runs itself. */
interface Kept {
  readonly stmt?: Statement<unknown[], unknown>
  readonly query?: { readonly params: readonly unknown[] }
  readonly executeMethod?: string
  readonly fields?: readonly Field[]
  readonly joinsNotNullableMap?: Readonly<Record<string, boolean>>
  readonly customResultMapper?: unknown
}

interface Field {
  readonly path: readonly string[]
  readonly field: unknown
}

type Row = readonly unknown[]
type Nest = Record<string, unknown>
type Running = (values: Values) => unknown

/** `whenUsed` where the driver is better-sqlite3. `before`: may refuse a run by throwing. */
export function preparedWhenUsed<P extends { execute(values?: Values): unknown }>(
  name: string,
  query: { prepare(): P },
  before?: () => void,
): Prepared<P> {
  let made: Running | null = null
  return {
    async execute(values: Values = {}) {
      before?.()
      made ??= runningOf((query as { prepare(name: string): P }).prepare(name))
      return made(values)
    },
  } as unknown as Prepared<P>
}

function runningOf(prepared: { execute(values?: Values): unknown }): Running {
  const { stmt, query, executeMethod, fields, ...kept } = prepared as Kept
  const { joinsNotNullableMap, customResultMapper } = kept
  const own: Running = (values) => prepared.execute(values)
  if (stmt === undefined || query === undefined || customResultMapper !== undefined) return own
  const bind = bindingOf(query.params)
  if (executeMethod === 'run') return (values) => stmt.run(bind(values))
  if (executeMethod !== 'all' || fields === undefined) return own
  const rowOf = mappingOf(fields, joinsNotNullableMap)
  stmt.raw(true)
  return (values) => (stmt.all(bind(values)) as Row[]).map(rowOf)
}

/** Every value in its place. */
function bindingOf(params: readonly unknown[]): (values: Values) => unknown[] {
  const each = params.map((param): Running => {
    if (is(param, Placeholder)) return given(param.name)
    if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
    const { encoder } = param
    const value = given(param.value.name)
    if (encoder.mapToDriverValue === Column.prototype.mapToDriverValue) return value
    return (values) => encoder.mapToDriverValue(value(values))
  })
  return (values) => each.map((one) => one(values))
}

function given(name: string): Running {
  return (values) => {
    if (!(name in values)) throw new Error(`No value for placeholder "${name}" was provided`)
    return values[name]
  }
}

/** A row as an object, its columns by name; those of a joined table one below, or null where nothing was joined. */
function mappingOf(
  fields: readonly Field[],
  notNull: Kept['joinsNotNullableMap'],
): (row: Row) => Nest {
  const setters = fields.map(({ path, field }) => setterOf(path, decoderOf(field)))
  const absent = notNull === undefined ? [] : absentOf(fields, notNull)
  return (row) => {
    const result: Nest = {}
    for (let at = 0; at < setters.length; at++) setters[at]?.(result, row[at])
    for (const { name, at } of absent) if (row[at] === null) result[name] = null
    return result
  }
}

type Decode = ((value: unknown) => unknown) | null

function setterOf(path: readonly string[], decode: Decode): (into: Nest, value: unknown) => void {
  const [outer = '', inner, ...deeper] = path
  if (deeper.length > 0) throw new Error(`${path.join('.')} lies deeper than a table's column`)
  const read = (value: unknown) => (decode === null || value === null ? value : decode(value))
  if (inner === undefined)
    return (into, value) => {
      into[outer] = read(value)
    }
  return (into, value) => {
    into[outer] ??= {}
    ;(into[outer] as Nest)[inner] = read(value)
  }
}

/** Null: as it is. */
function decoderOf(field: unknown): Decode {
  if (is(field, Column)) {
    if (field.mapFromDriverValue === Column.prototype.mapFromDriverValue) return null
    return (value) => field.mapFromDriverValue(value)
  }
  const expression = is(field, Subquery) ? field._.sql : is(field, SQL) ? field : aliased(field)
  const { decoder } = expression as unknown as {
    decoder: { mapFromDriverValue: NonNullable<Decode> }
  }
  return (value) => decoder.mapFromDriverValue(value)
}

const aliased = (field: unknown) => (field as { readonly sql: SQL }).sql

/** Of the tables that may be missing, the column that says so: their first. As drizzle has it. */
function absentOf(fields: readonly Field[], notNull: NonNullable<Kept['joinsNotNullableMap']>) {
  const tables = new Map<string, { at: number; tables: Set<string> }>()
  for (const [at, { path, field }] of fields.entries()) {
    const [name, inner] = path
    if (name === undefined || inner === undefined || !is(field, Column)) continue
    const known = tables.get(name) ?? { at, tables: new Set<string>() }
    known.tables.add(getTableName(field.table))
    tables.set(name, known)
  }
  return [...tables].flatMap(([name, { at, tables: of }]) => {
    const [table, ...others] = of
    const may = table !== undefined && others.length === 0 && notNull[table] !== true
    return may ? [{ name, at }] : []
  })
}
