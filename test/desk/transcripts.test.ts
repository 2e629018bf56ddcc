// The transcripts of the officers' dialogue, through a whole gateway: a city official can read and correct them.
// `npm run transcripts` writes what is said now into the files, for review.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { played } from './stage.ts'

const FOLDER = fileURLToPath(new URL('transcripts/', import.meta.url))
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))

test.each(files)('%s goes as written', async (file) => {
  const script = readFileSync(FOLDER + file, 'utf8')
  const went = await played(script)
  if (process.env.UPDATE_TRANSCRIPTS === '1') writeFileSync(FOLDER + file, went)
  else expect(went).toBe(script)
})
