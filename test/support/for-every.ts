// One fact about every row of a table: all are looked at, and those that are wrong are told by their names.
// Rule: a row of its own makes no test of its own where there are thousands; that costs more than what is asked of it.

/** How many are told whole. */
const TOLD = 5

/** Throws when the fact does not hold for each of them, or when there is none. */
export function forEvery<T>(
  rows: readonly T[],
  nameOf: (row: T) => string,
  fact: (row: T) => void,
): void {
  if (rows.length === 0) throw new Error('there is nothing to look at')
  const wrong = rows.flatMap((row) => {
    try {
      fact(row)
      return []
    } catch (error) {
      return [{ name: nameOf(row), why: error instanceof Error ? error.message : String(error) }]
    }
  })
  if (wrong.length === 0) return
  const names = wrong.map(({ name }) => name).join(', ')
  const told = wrong.slice(0, TOLD).map(({ name, why }) => `${name}: ${why}`)
  throw new Error([`wrong for ${wrong.length} of ${rows.length}: ${names}`, ...told].join('\n\n'))
}
