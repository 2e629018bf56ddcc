// Where drizzle-kit finds the schema and writes its migrations: npm run db:generate.

import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/store/schema.sqlite.ts',
  out: './src/store/migrations/sqlite',
})
