// Loads a test file: what is TypeScript is ours and new for every file; packages and node's own modules are loaded once
// per worker, by node itself, and lent to each file.

const { dirname } = require('node:path')
const { fileURLToPath, pathToFileURL } = require('node:url')
const { SourceTextModule, SyntheticModule } = require('node:vm')

/** The transformer is to leave imports and exports as they are. */
const NATIVE = {
  isInternalModule: false,
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
}
const TOO_LATE = 'A file is imported after its tests have ended.'

/** By specifier; for the life of the worker. */
const lent = new Map()

function lend(specifier) {
  const known = lent.get(specifier)
  if (known !== undefined) return known
  const module = import(specifier).then(synthetic)
  lent.set(specifier, module)
  return module
}

async function synthetic(exported) {
  const module = new SyntheticModule(Object.keys(exported), () => {
    for (const [name, value] of Object.entries(exported)) module.setExport(name, value)
  })
  await module.link(() => {})
  await module.evaluate()
  return module
}

/** @returns {(path: string) => Promise<import('node:vm').Module>} evaluated; the same module for the same path. */
exports.createLoader = function createLoader({ runtime, globals }) {
  const own = new Map()
  let jest
  // One graph at a time: node cannot link a module that is being linked from elsewhere.
  let linking = Promise.resolve()

  function sourceOf(path) {
    const known = own.get(path)
    if (known !== undefined) return known
    // Without code caches of V8: they save nothing here, and a function out of one forgot how to import.
    const module = new SourceTextModule(runtime.transformCache.transform(path, NATIVE), {
      identifier: path,
      importModuleDynamically: async (specifier, from) => {
        runtime.testState.throwIfTornDown(TOO_LATE)
        return evaluated(await resolved(specifier, from))
      },
      initializeImportMeta: (meta) => {
        meta.url = pathToFileURL(path).href
        meta.filename = path
        meta.dirname = dirname(path)
      },
    })
    own.set(path, module)
    return module
  }

  function resolved(specifier, { identifier }) {
    if (specifier === '@jest/globals') {
      jest ??= synthetic(globals())
      return jest
    }
    if (!specifier.startsWith('.')) return lend(specifier)
    const url = new URL(specifier, pathToFileURL(identifier))
    return url.pathname.endsWith('.ts') ? sourceOf(fileURLToPath(url)) : lend(url.href)
  }

  async function evaluated(module) {
    const linked = linking.then(() => {
      if (module.status === 'unlinked') return module.link(resolved)
    })
    linking = linked.catch(() => {})
    await linked
    await module.evaluate()
    return module
  }

  return (path) => evaluated(sourceOf(path))
}
