// The page of /metrics as Prometheus reads it: families, labels and values.

export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export function samplesOf(page: string): readonly Sample[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const found = line.match(/^([a-z_]\w*)(?:\{(.*)\})? (\S+)$/i)
      if (found === null) throw new Error(`Prometheus cannot read: ${line}`)
      const [, name = '', labels = '', value] = found
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
      return {
        name,
        labels: Object.fromEntries(pairs.map(([, label = '', is = '']) => [label, is])),
        value: Number(value),
      }
    })
}

/** Label names by sample name, those of declared families without a sample as well. */
export function labelNames(page: string): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>()
  for (const [, name = ''] of page.matchAll(/^# TYPE (\S+)/gm)) names.set(name, new Set())
  for (const { name, labels } of samplesOf(page)) {
    const known = names.get(name) ?? new Set<string>()
    for (const label of Object.keys(labels)) known.add(label)
    names.set(name, known)
  }
  return names
}
