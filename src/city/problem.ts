// A mistake in the city's files: where it is, what is wrong, how to cure it.
// Mistakes are gathered and told all in one go; nobody stops at the first.

export interface Problem {
  /** The file as the operator would open it: `config/agencies.yaml`. */
  readonly file: string
  /** Counted from 1; 1 also where the whole file is meant. */
  readonly line: number
  readonly wrong: string
  readonly cure: string
}

/** One line per mistake, in the order of files and lines: `config/agencies.yaml:12: wrong. cure.` */
export function printProblems(problems: readonly Problem[]): string {
  return [...problems]
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line)
    .map((problem) => `${problem.file}:${problem.line}: ${problem.wrong}. ${problem.cure}.`)
    .join('\n')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
