// The command line: which command with which options, and what to print when it is wrong.
// Parsing only reads; what a command does is in commands/.

import { parseArgs } from 'node:util'
import { belongsToAgency, STAFF_ROLES, type StaffRole } from './complaints/staff.ts'
import type { ChannelName } from './message.ts'

const FORMATS = ['csv', 'jsonl'] as const

export type Command =
  | { readonly name: 'start' }
  | {
      readonly name: 'chat'
      readonly as: ChannelName
      readonly from: string | null
      /** Whoever sits there acts on complaints too; null: a citizen alone. */
      readonly officer: Invited | null
    }
  | { readonly name: 'understand'; readonly file: string | null; readonly predict: boolean }
  | OperatorCommand
  | { readonly name: 'help' }
  | { readonly name: 'wrong'; readonly why: string }

/** Somebody to be enrolled; the agency by id, short name or alias. */
export interface Invited {
  readonly role: StaffRole
  readonly agency: string | null
  readonly name: string | null
}

/** What an operator runs beside the gateway, or in its place. */
export type OperatorCommand =
  | { readonly name: 'check' }
  | { readonly name: 'templates'; readonly json: boolean }
  | { readonly name: 'invite'; readonly who: Invited }
  | { readonly name: 'backup'; readonly file: string }
  | {
      readonly name: 'restore'
      readonly file: string
      readonly yes: boolean
      readonly resend: boolean
    }
  | {
      readonly name: 'export'
      /** Dates of the city's zone, `2026-11-25`, both included; null: open. */
      readonly since: string | null
      readonly until: string | null
      readonly format: (typeof FORMATS)[number]
    }
  | { readonly name: 'replay' }
  | { readonly name: 'retain'; readonly dryRun: boolean }

const PLAYS: readonly ChannelName[] = ['sms', 'whatsapp', 'telegram']

export function readCommand(args: readonly string[]): Command {
  const [name = 'start', ...rest] = args
  try {
    return readOptions(name, rest)
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
}

function readOptions(name: string, args: string[]): Command {
  switch (name) {
    case 'start':
    case 'check':
      parseArgs({ args, options: {} })
      return { name }
    case 'templates':
      return { name, ...parseArgs({ args, options: { json: OFF } }).values }
    case 'chat':
      return readChat(args)
    case 'invite':
      return readInvite(args)
    case 'understand': {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: PREDICT })
      if (positionals.length > 1) return wrong('understand takes one file')
      return { name, file: positionals[0] ?? null, predict: values.predict }
    }
    case 'backup': {
      const { positionals } = parseArgs({ args, allowPositionals: true, options: {} })
      return withFile(name, positionals, (file) => ({ name, file }))
    }
    case 'restore': {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: RESTORE })
      return withFile(name, positionals, (file) => ({ name, file, ...values }))
    }
    case 'export':
      return readExport(args)
    case 'replay':
      // Stuck messages are the only ones there are to decide again: the option may be left out.
      parseArgs({ args, options: { stuck: { type: 'boolean' } } })
      return { name }
    case 'retain': {
      const { values } = parseArgs({ args, options: { 'dry-run': OFF } })
      return { name, dryRun: values['dry-run'] }
    }
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' }
    default:
      return wrong(`there is no command "${name}"`)
  }
}

const OFF = { type: 'boolean', default: false } as const
const PREDICT = { predict: OFF } as const
const RESTORE = { yes: OFF, resend: OFF } as const

function readChat(args: string[]): Command {
  const options = {
    as: { type: 'string', default: 'sms' },
    from: { type: 'string' },
    officer: OFF,
    ...WHO,
  } as const
  const { values } = parseArgs({ args, options })
  const as = PLAYS.find((channel) => channel === values.as)
  if (as === undefined) return wrong(`--as is one of ${PLAYS.join(', ')}, not "${values.as}"`)
  const from = values.from ?? null
  const { officer, ...who } = values
  if (!officer && (who.role ?? who.agency ?? who.name) !== undefined)
    return wrong('--role, --agency and --name go with --officer')
  const invited = officer ? readWho({ role: 'officer', ...who }) : null
  return typeof invited === 'string' ? wrong(invited) : { name: 'chat', as, from, officer: invited }
}

const WHO = {
  role: { type: 'string' },
  agency: { type: 'string' },
  name: { type: 'string' },
} as const

interface WhoOptions {
  readonly role?: string | undefined
  readonly agency?: string | undefined
  readonly name?: string | undefined
}

/** Or why it is none. */
function readWho({ role: given, agency = '', name = '' }: WhoOptions): Invited | string {
  const role = STAFF_ROLES.find((one) => one === given)
  if (role === undefined)
    return `--role is one of ${STAFF_ROLES.join(', ')}, not "${given ?? 'nothing'}"`
  const inAgency = belongsToAgency(role)
  if (inAgency && agency === '') return `--role ${role} needs --agency ID`
  if (!inAgency && agency !== '') return `a ${role} belongs to no agency; leave --agency out`
  return { role, agency: agency === '' ? null : agency, name: name === '' ? null : name }
}

function readInvite(args: string[]): Command {
  const { values } = parseArgs({ args, options: WHO })
  const who = readWho(values)
  return typeof who === 'string' ? wrong(who) : { name: 'invite', who }
}

function readExport(args: string[]): Command {
  const options = {
    since: { type: 'string' },
    until: { type: 'string' },
    format: { type: 'string', default: 'csv' },
  } as const
  const { values } = parseArgs({ args, options })
  const format = FORMATS.find((one) => one === values.format)
  if (format === undefined)
    return wrong(`--format is one of ${FORMATS.join(', ')}, not "${values.format}"`)
  const { since = null, until = null } = values
  for (const [option, date] of Object.entries({ since, until })) {
    if (date !== null && !isDate(date))
      return wrong(`--${option} "${date}" is no date; write it as 2026-11-25`)
  }
  if (since !== null && until !== null && since > until)
    return wrong(`--since ${since} is after --until ${until}; both days are included`)
  return { name: 'export', since, until, format }
}

function withFile(
  name: string,
  files: readonly string[],
  command: (file: string) => Command,
): Command {
  const [file] = files
  if (file === undefined || file === '' || files.length > 1)
    return wrong(`${name} takes one file: kentongan ${name} FILE`)
  return command(file)
}

/** A day that the calendar has: 2026-02-30 is none. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

function wrong(why: string): Command {
  return { name: 'wrong', why }
}
