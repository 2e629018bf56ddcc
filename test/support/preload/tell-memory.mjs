// Writes what the process holds after a full collection as a line of JSON into MEMORY_FILE, at each SIGUSR2.

import { appendFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

process.on('SIGUSR2', () => {
  collect()
  collect()
  const { rss, heapUsed, external } = process.memoryUsage()
  appendFileSync(process.env.MEMORY_FILE, `${JSON.stringify({ rss, heapUsed, external })}\n`)
})
