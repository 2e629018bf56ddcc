// Every transcript, in the reference city and, where it names no place, in a made-up one.
// `npm run transcripts` writes what the bot says now into the files, for review.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { madeUpCity, referenceCity } from '../support/city.ts'
import { NAMES_PLACES, replay } from './transcript.ts'

const FOLDER = fileURLToPath(new URL('transcripts/', import.meta.url))
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))
const rewriting = process.env.UPDATE_TRANSCRIPTS === '1'

describe.each(files)('%s', (file) => {
  const script = readFileSync(FOLDER + file, 'utf8')

  test('goes as written in the reference city', () => {
    const went = replay(script, referenceCity()).text
    if (rewriting) writeFileSync(FOLDER + file, went)
    else expect(went).toBe(script)
  })

  if (!script.includes(NAMES_PLACES) && !rewriting)
    test('goes the same way in a city of other names, dates and offices', () => {
      expect(replay(script, madeUpCity()).text).toBe(script)
    })
})
