import { setTimeout as sleep } from 'node:timers/promises'
import { fullName as objectName } from '../catalog.ts'
import type { Column } from '../change.ts'
import { internalError, StatementError } from '../errors.ts'
import type { AsOf, Ordinary } from '../parse/command.ts'
import { nextToken } from '../parse/lexer.ts'
import { noSchema, refusal } from '../refuse.ts'
import type { Binding } from '../wire/frontend.ts'
import { encodeRow } from '../wire/values.ts'
import type { Answer } from './answer.ts'
import { asOfError, readAsOf, readFrom } from './as-of.ts'
import { withCancels } from './cancel-backend.ts'
import { explain } from './explain.ts'
import { unlessCancelled } from './late-cancel.ts'
import { refuseMissingFunctions } from './missing-functions.ts'
import { writeNotices } from './notices.ts'
import { describe, run } from './ordinary.ts'
import { type Cursor, canceled, type Host } from './portal.ts'
import type { Prepared } from './prepared.ts'
import { QueryCursor } from './query-cursor.ts'
import { fullName, isSystem, relationsOf } from './relations.ts'
import { withSessionValues } from './session-functions.ts'
import { offsetOf } from './syntax-words.ts'

/** A query. It is described at once, for its columns are told before it runs, even where it then fails. */
export async function openRead(
  host: Host,
  given: Ordinary,
  prepared?: Prepared,
  binding?: Binding,
): Promise<Cursor> {
  refuseMissingFunctions(given.sql, host.database.version.era)
  if (given.within) refuseMissingPlace(host, given.within)
  const values = withSessionValues(given.sql, host.asker)
  const command = { ...given, sql: withCancels(values, () => true) }
  const types = prepared?.types ?? []
  const columns = await columnsOf(host, command, types, prepared !== undefined)
  if (prepared?.columns) refuseChangedColumns(prepared.columns, columns)
  const formats = binding?.resultFormats ?? []
  const { asOf } = command
  return new QueryCursor(host, columns, formats, async (signal) => {
    // Time may have passed since the cursor was declared.
    if (host.transaction.open)
      refuseChangedColumns(columns, await columnsOf(host, command, types, prepared !== undefined))
    const plan = command.verb === 'explain' && !asOf ? await explain(host, command) : undefined
    const time = asOf ? await enterReadAsOf(host, asOf, signal) : enterRead(host, command)
    if (plan !== undefined) return [encodeRow(columns, [plan], formats)]
    const sql = withCancels(values, host.asker.cancel)
    const answer = await unlessCancelled(signal, () =>
      readFrom(asOf, time, (at) => run(host, { sql, types, binding }, columns, { asOf: at })),
    ).catch((error: unknown) => {
      if (error instanceof StatementError) throw error.of(command.sql)
      throw asOfError(error, host.database.version)
    })
    writeNotices(host, answer, command.sql)
    return answer.rows
  })
}

async function columnsOf(
  host: Host,
  command: Ordinary,
  types: readonly number[],
  bound: boolean,
): Promise<readonly Column[]> {
  for (let { sql } = command; ; ) {
    try {
      const { columns = [], parameters } = await describeRead(host, { ...command, sql }, types)
      if (!bound && parameters.length > 0) throw refusal('42P02', 'there is no parameter $1')
      return columns
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      // Materialize reads a literal when it runs, so that its columns are told before.
      const readable = withoutLiteral(sql, error)
      if (readable === undefined) throw error.of(command.sql)
      sql = readable
    }
  }
}

/** A SHOW is of something that is there. */
function refuseMissingPlace(
  { asker, database }: Host,
  { kind, name }: NonNullable<Ordinary['within']>,
): void {
  if (kind !== 'schema') {
    const object = kind === 'columns' ? database.names.lookUp(name) : undefined
    if (object?.kind === 'index') {
      if (database.version.era === 'tail') return
      throw internalError(`${objectName(object)} is a index and so does not have columns`)
    }
    if (!database.names.systemQuery(name)) database.names.find(name)
    return
  }
  const [schema = '', within = asker.database] = name.toReversed()
  if (within !== 'materialize' && name.length === 1 && database.version.era === 'subscribe') {
    throw noSchema()
  }
  if (within !== 'materialize' && name.length > 1) throw internalError(`unknown database '${within}'`)
  if (within !== 'materialize' || !database.names.knows('schema', schema))
    throw internalError(`unknown schema '${schema}'`)
}

const UNREADABLE = new Set(['22P02', '22007', '22008', '22003', '22023'])

/** Without the text that cannot be read as a value of its type. */
function withoutLiteral(sql: string, { fields: { code, position } }: StatementError): string | undefined {
  if (!UNREADABLE.has(code) || position === undefined) return undefined
  const token = nextToken(sql, offsetOf(sql, Number(position)))
  return token.kind === 'string' ? `${sql.slice(0, token.start)}NULL${sql.slice(token.end)}` : undefined
}

/** What a read takes and answers, without running it. */
export async function describeRead(
  host: Host,
  { sql, verb }: Ordinary,
  types: readonly number[],
): Promise<Answer> {
  const answer = await describe(host, sql, types)
  if (verb !== 'explain') return answer
  const name = host.database.version.era === 'tail' ? 'Optimized Plan' : 'Physical Plan'
  return { ...answer, columns: answer.columns?.map((column) => ({ ...column, name })) }
}

/** A relation was replaced since the statement was described. */
export function refuseChangedColumns(before: readonly Column[], now: readonly Column[]): void {
  const same =
    before.length === now.length &&
    before.every(({ name, typeOid }, index) => name === now[index]?.name && typeOid === now[index]?.typeOid)
  if (!same) throw refusal('0A000', 'cached plan must not change result type')
}

/** The time of a read of another time. One that lies ahead is waited for. */
async function enterReadAsOf(host: Host, asOf: AsOf, signal: AbortSignal): Promise<bigint> {
  host.transaction.enterReadAsOf()
  const time = await readAsOf(host, asOf)
  for (let left = time - host.database.now(); left > 0n; left = time - host.database.now()) {
    const ms = left < MAX_SLEEP_MS ? Number(left) : Number(MAX_SLEEP_MS)
    await sleep(ms, undefined, { signal }).catch(() => {
      throw canceled()
    })
  }
  return time
}

/** The longest sleep that a timer can keep. */
const MAX_SLEEP_MS = 2n ** 31n - 1n

/**
 * A read in a transaction; answers the time of its first one. The later server also routes a transaction that begins
 * with constants or the catalog to a cluster of the catalog's own, from where no other relation can be read.
 */
function enterRead(host: Host, { verb, sql }: Ordinary): bigint | undefined {
  const { transaction, database } = host
  if (!transaction.open) return undefined
  if (database.version.era === 'tail') {
    if (verb !== 'read') return undefined
    transaction.enter('read')
    return transaction.timeDomain.enter(relationsOf(sql), database)
  }
  const relations = relationsOf(sql)
  const own = relations.filter((name) => !isSystem(name))
  if (relations.length === 0) transaction.enterConstant()
  else transaction.enter('read')
  transaction.enterCluster(own.map(fullName))
  return transaction.timeDomain.enter(own, database)
}
