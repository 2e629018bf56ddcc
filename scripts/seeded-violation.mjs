// Proves that the arrows bite: writes one file with a forbidden import beside the real ones,
// and fails unless dependency-cruiser refuses it.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const seeds = [
  ['src/complaints/seeded-violation.ts', "import '../store/store.ts'", 'complaints-are-pure'],
  ['src/conversation/seeded-violation.ts', "import 'node:fs'", 'conversation-without-io'],
]
const cruise = fileURLToPath(
  new URL('../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url),
)

for (const [file, line, rule] of seeds) {
  const path = `${root}${file}`
  writeFileSync(path, `${line}\n`)
  try {
    const run = spawnSync(process.execPath, [cruise, '--config', '.dependency-cruiser.cjs', file], {
      cwd: root,
      encoding: 'utf8',
    })
    if (run.status === 0 || !run.stdout.includes(rule)) {
      process.stderr.write(`${file} broke the rule ${rule} and was not caught:\n${run.stdout}\n`)
      process.exit(1)
    }
  } finally {
    rmSync(path, { force: true })
  }
}
process.stdout.write(`${seeds.length} seeded violations were caught\n`)
