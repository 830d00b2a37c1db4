import { internalError } from '../errors.ts'
import { unsupported } from '../refuse.ts'
import type { Nothing } from './command.ts'
import { experimental } from './experimental.ts'
import type { Scanner } from './scanner.ts'

/** Kinds of objects that Materialize has and this engine has not, or has one of. */
const CREATED = [
  'database',
  'role',
  'user',
  'cluster',
  'secret',
  'connection',
  'source',
  'sink',
  'type',
  'network',
  'views',
]
const DROPPED = ['database', 'role', 'user', 'cluster']
const DATABASE = 'materialize'

/** CREATE or DROP of one of them, or privileges, which are not checked; undefined: it is about something else. */
export function parseAbsent(statement: Scanner): Nothing | undefined {
  const scanner = statement.fork()
  const verb = scanner.next().text
  if (verb === 'grant' || verb === 'revoke') return { kind: 'nothing', tag: verb.toUpperCase() }
  const materialized =
    verb === 'create' && scanner.peekSecond().text === 'source' && scanner.take('materialized')
  const kind = verb === 'create' ? scanner.take(...CREATED) : verb === 'drop' && scanner.take(...DROPPED)
  if (!kind) return undefined
  if (verb === 'drop') return parseDrop(scanner, kind)
  const feature = `CREATE ${materialized ? 'MATERIALIZED ' : ''}${kind.toUpperCase()}`
  if (kind === 'database') return parseCreateDatabase(scanner, feature)
  const isExperimental = scanner.era === 'tail' && (kind === 'cluster' || kind === 'secret')
  throw isExperimental ? internalError(experimental(feature)) : unsupported(feature)
}

function parseCreateDatabase(scanner: Scanner, feature: string): Nothing {
  const optional = takeCondition(scanner, 'not')
  const name = scanner.identifier()
  if (name !== DATABASE) throw unsupported(feature)
  if (!optional) throw internalError(`database '${name}' already exists`)
  const subject = scanner.era === 'tail' ? 'database' : `database "${name}"`
  const message = `${subject} already exists, skipping`
  return { kind: 'nothing', tag: feature, notice: { severity: 'NOTICE', code: '42P04', message } }
}

function parseDrop(scanner: Scanner, kind: string): Nothing {
  const optional = takeCondition(scanner)
  const name = scanner.identifier()
  const feature = `DROP ${kind.toUpperCase()}`
  if (kind === 'database' && name === DATABASE) {
    if (scanner.take('restrict')) {
      throw internalError(`database '${name}' cannot be dropped with RESTRICT while it contains schemas`)
    }
    throw unsupported(`${feature} ${name}`)
  }
  if (!optional) throw internalError(`unknown ${kind === 'user' ? 'role' : kind} '${name}'`)
  if (scanner.era === 'tail') return { kind: 'nothing', tag: feature }
  const message = `${kind.toUpperCase()} "${name}" does not exist, skipping`
  return { kind: 'nothing', tag: feature, notice: { severity: 'NOTICE', code: '42704', message } }
}

/** IF [NOT] EXISTS. */
function takeCondition(scanner: Scanner, ...not: readonly string[]): boolean {
  if (!scanner.take('if')) return false
  for (const word of [...not, 'exists']) scanner.expect(word)
  return true
}
