// A process that restores a copy and ends itself, by the kill that nothing can catch, at the step it is told.

import { openRestore } from '../../src/store/restore.ts'
import { createSeal } from '../../src/store/seal.ts'
import { KEY, NOW } from './given.ts'

const [file = '', database = '', last = ''] = process.argv.slice(2)
const onStep = (step: string) => {
  if (step === last) process.kill(process.pid, 'SIGKILL')
}
const seal = createSeal(KEY)
const opened = openRestore({ file, database, seal, now: NOW, resend: false, onStep })
opened.apply()
opened.close()
