// Every transcript that can happen by SMS, through the real process.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from '@jest/globals'
import { goesBySms, playBySms } from '../support/transcript-by-sms.ts'
import { inWorld } from '../support/world.ts'

const FOLDER = fileURLToPath(new URL('../conversation/transcripts/', import.meta.url))
const scripts = readdirSync(FOLDER)
  .map((name) => ({ name, script: readFileSync(FOLDER + name, 'utf8') }))
  .filter(({ script }) => goesBySms(script))

test.each(scripts)('$name goes by signed posts as it is written', ({ script }) =>
  inWorld((world) => playBySms(script, world)),
)
