// tsc leaves .sql files behind; the built code needs its migrations beside it.
// Usage: copy-migrations.mjs [folder], which is dist unless told.
import { cpSync } from 'node:fs'

const folder = process.argv[2] ?? 'dist'
cpSync(
  new URL('../src/store/migrations', import.meta.url),
  new URL(`../${folder}/store/migrations`, import.meta.url),
  { recursive: true },
)
