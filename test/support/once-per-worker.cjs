// Keeps what is dear to make and never changes for all test files of a worker: this file is loaded once in each.
// Frozen as deep as objects and lists go, so that no file can hand a changed one to the next.

const kept = new Map()

exports.oncePerWorker = function oncePerWorker(name, make) {
  if (!kept.has(name)) kept.set(name, frozen(make()))
  return kept.get(name)
}

function frozen(value) {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) frozen(inner)
  return value
}
