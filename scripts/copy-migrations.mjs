// tsc leaves .sql files behind; the built gateway needs its migrations beside dist/store.
import { cpSync } from 'node:fs'

cpSync(
  new URL('../src/store/migrations', import.meta.url),
  new URL('../dist/store/migrations', import.meta.url),
  { recursive: true },
)
