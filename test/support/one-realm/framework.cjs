// Jest's own half inside the tests (jest-circus), new for every file and compiled once per worker. Its packages are
// those the worker has loaded anyway.

const { readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { dirname } = require('node:path')
const { compileFunction } = require('node:vm')

const PARAMETERS = ['module', 'exports', 'require', '__filename', '__dirname']
const compiled = new Map()

exports.freshFramework = function freshFramework(path) {
  forget()
  const run = compiled.get(path) ?? compiledFrom(path)
  compiled.set(path, run)
  const module = { exports: {} }
  run(module, module.exports, createRequire(path), path, dirname(path))
  return module.exports
}

const compiledFrom = (path) =>
  compileFunction(readFileSync(path, 'utf8'), PARAMETERS, { filename: path })

/** The tests and handlers of the file before, which it keeps on the global object: all that file loaded hangs on them. */
function forget() {
  delete globalThis[Symbol.for('EVENT_HANDLERS')]
  for (const symbol of Object.getOwnPropertySymbols(globalThis))
    if (symbol.description === 'JEST_STATE_SYMBOL') delete globalThis[symbol]
}
