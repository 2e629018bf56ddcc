// Jest's node environment over an ordinary global object. Jest's own asks an interceptor and a proxy at every mention of
// Object, Math or Map, and drizzle mentions Object for each piece of each query: a fifth of the CPU of such tests.

const vm = require('node:vm')
const { TestEnvironment } = require('jest-environment-node')

module.exports = class PlainEnvironment extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm
    // The one place where the environment below takes its context from.
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY)
    try {
      super(config, context)
    } finally {
      vm.createContext = createContext
    }
  }
}
