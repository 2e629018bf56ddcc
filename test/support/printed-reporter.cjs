// Fails the run when any gateway process it started printed a person's number or words, or was not looked at.
// Workers write what they found into a folder of this run (test/support/printed.ts); here it is only counted.

const { mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

/** Files here start real processes: a run of one that looked at none did not look. */
const STARTERS = /[\\/]test[\\/]end-to-end[\\/]/

module.exports = function createPrintedReporter() {
  const folder = mkdtempSync(join(tmpdir(), 'kentongan-printed-'))
  process.env.KENTONGAN_PRINTED = folder
  let error

  return {
    onRunComplete(_contexts, { testResults }) {
      const notes = readdirSync(folder).flatMap((name) =>
        readFileSync(join(folder, name), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      )
      rmSync(folder, { recursive: true, force: true })
      const began = notes.filter((note) => note.began)
      const looked = notes.filter((note) => note.traces)
      const expected = testResults.some(
        ({ testFilePath, numPassingTests }) => STARTERS.test(testFilePath) && numPassingTests > 0,
      )
      const wrong = looked
        .filter(({ traces }) => traces.length > 0)
        .map(({ test, args, traces }) => `${test} (${args.join(' ')}): ${traces.join(' | ')}`)
      if (looked.length < began.length)
        wrong.push(`${began.length - looked.length} process(es) were started and not looked at`)
      if (expected && looked.length === 0) wrong.push('no process was looked at')
      const bytes = looked.reduce((sum, note) => sum + note.bytes, 0)
      if (wrong.length > 0) error = new Error(`Printed by gateways:\n${wrong.join('\n')}`)
      if (error !== undefined) process.stderr.write(`\n${error.message}\n`)
      else if (looked.length > 0)
        process.stderr.write(
          `${looked.length} processes printed ${bytes} bytes: no number, no words\n`,
        )
    },
    getLastError: () => error,
  }
}
