import type { Column, Values } from '../change.ts'
import { parameterStatus } from '../wire/backend.ts'
import type { Conversation } from './conversation.ts'

export const textColumn = (name: string): Column => ({ name, typeOid: 25, typeSize: -1, typeModifier: -1 })

/** SET and RESET: no value stands for the default. */
export function setVariable(
  session: Conversation,
  { name, value, local }: { name: string; value: string | undefined; local: boolean },
): void {
  const upgraded =
    name === 'transaction_isolation' && value !== undefined && UPGRADED.has(value.toLowerCase())
  const given = upgraded ? 'serializable' : value
  const reported = session.variables.set(name === 'schema' ? 'search_path' : name, given, local)
  if (upgraded) {
    const level = `transaction isolation level ${value.toLowerCase()} is unimplemented`
    const message = `${level}, the session will be upgraded to serializable`
    session.notice({ severity: 'NOTICE', code: '00000', message })
  }
  noticeMissing(session, name)
  if (reported) session.output.write(parameterStatus(...reported))
  if (!session.transaction.open) session.variables.endTransaction(true)
}

/** Levels that Materialize does not have. */
const UPGRADED = new Set(['read uncommitted', 'read committed', 'repeatable read'])

/** The later server says that what a variable names is not there. */
function noticeMissing(session: Conversation, name: string): void {
  if (session.database.version.era === 'tail' || (name !== 'database' && name !== 'cluster')) return
  const value = session.variables.get(name)
  if (EXISTING[name].has(value)) return
  const [kind, code] =
    name === 'database' ? (['DATABASE', 'MZ006'] as const) : (['CLUSTER', 'MZ007'] as const)
  session.notice({
    severity: 'NOTICE',
    code,
    message: `${name} "${value}" does not exist`,
    hint:
      `Create the ${name} with CREATE ${kind} or pick an extant ${name} with SET ${kind} = name. ` +
      `List available ${name}s with SHOW ${kind}S.`,
  })
}

const EXISTING = {
  database: new Set(['materialize']),
  cluster: new Set([
    'quickstart',
    'mz_catalog_server',
    'mz_system',
    'mz_probe',
    'mz_support',
    'mz_analytics',
  ]),
} as const

/** SHOW of a variable. It is looked up when it runs: the columns are told even of an unknown one. */
export function showVariable(
  session: Conversation,
  name: string,
): [readonly Column[], () => readonly Values[]] {
  if (name === 'all') {
    return [['name', 'setting', 'description'].map(textColumn), () => [...session.variables.all()]]
  }
  return [
    [textColumn(name.toLowerCase())],
    () => {
      noticeMissing(session, name)
      return [[session.variables.get(name)]]
    },
  ]
}
