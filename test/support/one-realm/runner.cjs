// Jest's ordinary runner (jest-circus) over our loading of modules (docs/decisions/0020-tests-in-one-realm.md).

const { default: runFile } = require('jest-circus/runner')
const { freshFramework } = require('./framework.cjs')
const { createLoader } = require('./loader.cjs')

module.exports = async function run(globalConfig, config, environment, runtime, path, send) {
  let globals
  const load = createLoader({ runtime, globals: () => globals })
  const own = Object.create(runtime, {
    requireInternalModule: { value: freshFramework },
    setGlobalsForRuntime: {
      value: (given) => {
        globals = given
      },
    },
    unstable_importModule: { value: load },
  })
  try {
    return await runFile(globalConfig, config, environment, own, path, send)
  } catch (error) {
    environment.unloaded = true
    throw error
  }
}
