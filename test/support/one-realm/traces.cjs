// What one test file could leave to the next in the same worker: globals, replaced built-in functions, environment
// variables, the working directory, who listens to errors nobody catches.

/** Whose own properties tests like to replace for a while. */
const WATCHED = { globalThis, Date, Math, JSON, Promise, Error }
for (const { name, prototype } of [Object, Array, String, Number, Date, Promise, Error, Map, Set])
  WATCHED[`${name}.prototype`] = prototype

/** What packages keep for the life of the worker, and Jest's half of each file. */
const LASTING =
  /^globalThis\.(__zod_|Symbol\((JEST_STATE_SYMBOL|EVENT_HANDLERS|\$\$jest-|signal-exit|undici\.))|^process\.env\.VIPSHOME$/

/** Not signals and the exit: packages listen to those for as long as they are loaded. */
const LISTENED = ['uncaughtException', 'unhandledRejection', 'rejectionHandled', 'warning']

/** @returns {Map<string, unknown>} by name. */
exports.traces = function traces() {
  const found = new Map([
    ['the working directory', process.cwd()],
    ['process.exit', process.exit],
    ['process.stdout.write', process.stdout.write],
    ['process.stderr.write', process.stderr.write],
  ])
  for (const [name, owner] of Object.entries(WATCHED))
    for (const [key, property] of propertiesOf(owner)) found.set(`${name}.${String(key)}`, property)
  for (const [key, value] of Object.entries(process.env)) found.set(`process.env.${key}`, value)
  for (const event of LISTENED) found.set(`listeners to ${event}`, process.listenerCount(event))
  return found
}

const propertiesOf = (owner) =>
  Reflect.ownKeys(owner).map((key) => {
    const { value, get } = Object.getOwnPropertyDescriptor(owner, key)
    return [key, get === undefined ? value : LAZY]
  })

/** A getter: what node loads when it is first asked for becomes a value then, and that is no trace. */
const LAZY = Symbol('not asked for yet')

/** Names of what is there now and was not, is no longer there, or is something else. */
exports.differences = function differences(before, now) {
  const names = new Set([...before.keys(), ...now.keys()])
  return [...names].filter((name) => {
    const was = before.get(name)
    return was !== LAZY && !Object.is(was, now.get(name)) && !LASTING.test(name)
  })
}
