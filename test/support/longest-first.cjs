// Begins with the files that take longest, so that none of them is left alone at the end: a clean clone knows no times,
// and jest would go by the size of the files.

const { default: Sequencer } = require('@jest/test-sequencer')

const LONG = [
  'test/year/',
  'test/end-to-end/',
  'test/store/',
  'test/wires/',
  'test/deploy/',
  'test/desk/',
]

const rank = ({ path }) => {
  const at = LONG.findIndex((folder) => path.includes(`/${folder}`))
  return at < 0 ? LONG.length : at
}

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other))
  }
}
