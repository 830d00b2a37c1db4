import { internalError } from '../errors.ts'
import type { Ordinary } from '../parse/command.ts'
import { noSchema, refusal } from '../refuse.ts'
import type { Version } from '../version.ts'
import type { Binding } from '../wire/frontend.ts'
import type { Answer } from './answer.ts'
import { ddlError } from './ddl-errors.ts'
import { refuseTargets } from './guard.ts'
import { refuseMissingFunctions } from './missing-functions.ts'
import { writeNotices } from './notices.ts'
import { type Bound, describe, run, toStatement } from './ordinary.ts'
import type { Host, Portal } from './portal.ts'
import type { Prepared } from './prepared.ts'
import { QueryCursor } from './query-cursor.ts'

/** A statement that changes something. */
export async function openWrite(
  host: Host,
  command: Ordinary,
  prepared?: Prepared,
  binding?: Binding,
): Promise<Portal> {
  refuseMissingFunctions(command.sql, host.database.version.era)
  await refuseTargets(host, command)
  if (command.verb === 'ddl') refuseHomeless(host, command)
  const bound = {
    sql: command.sql,
    types: prepared?.types ?? [],
    binding: parametersOf(binding),
  }
  const execute = async (): Promise<Answer> => {
    const { transaction } = host
    const later = transaction.open && mayWait(host, command)
    if (later && command.verb === 'ddl') return enterDdl(host, bound)
    const answer = await run(host, bound, undefined, { dryRun: later }).catch(async (error: unknown) => {
      throw await ddlError(host, error)
    })
    if (later) {
      // What is unknown is told before what may not stand here.
      transaction.enter('write')
      transaction.write(toStatement(bound))
    }
    rememberTemporary(host, command)
    writeNotices(host, answer, bound.sql)
    return answer
  }
  // Only an INSERT that is RETURNING has something to tell.
  const returns = command.verb === 'insert' && /\breturning\b/i.test(bound.sql)
  const columns = returns ? (await describe(host, bound.sql, bound.types)).columns : undefined
  if (columns)
    return new QueryCursor(host, columns, binding?.resultFormats ?? [], async () => (await execute()).rows)
  return {
    columns: undefined,
    execute: async () => tagOf(await execute(), host.database.version.era),
    close: () => {},
  }
}

/** What is made needs a database to be in. */
function refuseHomeless({ asker, database }: Host, { targets = [] }: Ordinary): void {
  const homeless = targets.some(
    ({ verb, kind, name }) => verb === 'create' && kind !== 'schema' && name.length === 1,
  )
  if (asker.database === 'materialize' || !homeless) return
  if (database.version.era === 'subscribe') throw noSchema()
  throw internalError('no database specified for non-system schema and no active database')
}

/** A temporary object goes with its session. */
function rememberTemporary({ temporary }: Host, { sql, targets = [] }: Ordinary): void {
  const [target] = targets
  const name = target?.name.at(-1)
  if (name !== undefined && target?.kind && /^create\s+(?:or\s+replace\s+)?temp/i.test(sql)) {
    temporary.set(name, target.kind)
  }
}

/** To the older server a materialized view is a view. */
const tagOf = ({ tag = '' }: Answer, era: Version['era']): string =>
  era === 'tail' ? tag.replace('MATERIALIZED VIEW', 'VIEW') : tag

/** DDL in a transaction is answered unseen: until COMMIT its object is unknown even there. */
function enterDdl(host: Host, bound: Bound): Answer {
  host.transaction.enter('ddl')
  host.transaction.write(toStatement(bound))
  const words = /^(\w+)\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|default\s+)?(materialized\s+)?(\w+)/i.exec(
    bound.sql,
  )
  const tag = [words?.[1], words?.[2]?.trim(), words?.[3]].filter(Boolean).join(' ').toUpperCase()
  return { columns: undefined, rows: [], notices: [], tag, parameters: [] }
}

/** Without parameters and with a result in text a simple query serves. */
function parametersOf(binding: Binding | undefined): Binding | undefined {
  return binding && binding.parameters.length > 0 ? binding : undefined
}

/**
 * Whether a statement may stand in a transaction: then it is checked now and takes effect at COMMIT. Throws where
 * it has to be sent alone.
 */
function mayWait(host: Host, command: Ordinary): boolean {
  if (command.verb === 'insert') return true
  const { transaction, database } = host
  if (command.verb === 'ddl' && transaction.explicit && database.version.era === 'subscribe') return true
  throw refusal('25001', `${normalized(command.sql)} cannot be run inside a transaction block`)
}

/** As Materialize prints the statement: types by their own names. */
function normalized(sql: string): string {
  const text = sql.replaceAll(/\s+/g, ' ')
  return /^create table/i.test(text) ? text.replaceAll(/\b(int|integer)\b(?!')/gi, 'int4') : text
}
