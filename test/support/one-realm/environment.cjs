// Where a test file runs: the worker's own realm, not a context of its own (docs/decisions/0020-tests-in-one-realm.md).
// A file that leaves a global, a setting or a listener behind fails for it: the next file would find it there.

const { differences, traces } = require('./traces.cjs')

module.exports = class OneRealm {
  // Jest puts its console here, and a word of warning around `exit`; `setup` moves both to where the tests look.
  global = { process: { exit: process.exit } }
  moduleMocker = { restoreAllMocks() {} }
  fakeTimers = null
  fakeTimersModern = null

  async setup() {
    this.kept = { console: globalThis.console, exit: process.exit }
    globalThis.console = this.global.console
    process.exit = this.global.process.exit
    this.before = traces()
  }

  /** What a file leaves behind that could not be loaded would only hide why. */
  unloaded = false

  async teardown() {
    // A file that could not be set up has nothing to put back.
    if (this.before === undefined) return
    const left = this.unloaded ? [] : differences(this.before, traces())
    globalThis.console = this.kept.console
    process.exit = this.kept.exit
    if (left.length > 0) throw new Error(`This file leaves behind: ${left.join(', ')}`)
  }

  exportConditions() {
    return ['node', 'node-addons']
  }

  getVmContext() {
    return null
  }
}
