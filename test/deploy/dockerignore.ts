// Whether a path is left out of what is sent to the builder, by the rules of .dockerignore:
// the last pattern that fits the path, or a folder it lies in, decides.
// [https://docs.docker.com/build/concepts/context/#dockerignore-files]

export function ignores(dockerignore: string, path: string): boolean {
  const parts = path.split('/')
  const paths = parts.map((_, place) => parts.slice(0, place + 1).join('/'))
  let ignored = false
  for (const line of dockerignore.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const pattern = regExpOf(line.replace(/^!/, ''))
    if (paths.some((each) => pattern.test(each))) ignored = !line.startsWith('!')
  }
  return ignored
}

function regExpOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*|\?/g, (wild) => ({ '**/': '(?:.*/)?', '*': '[^/]*' })[wild] ?? '[^/]')
  return new RegExp(`^${source}$`)
}
