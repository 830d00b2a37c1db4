import type { RunOptions, Statement } from '../database.ts'
import { int16, int32, message, text } from '../wire/bytes.ts'
import type { Binding } from '../wire/frontend.ts'
import { type Answer, readAnswer } from './answer.ts'
import type { Host } from './portal.ts'
import { asksWhatRuns } from './running.ts'

/** An ordinary statement with the values of its parameters, if it has any. */
export interface Bound {
  readonly sql: string
  readonly types: readonly number[]
  readonly binding: Binding | undefined
}

/**
 * Parameters travel in PostgreSQL's own extended protocol. The unnamed statement serves, parsed anew at each run:
 * a run is never interrupted, so no other session can come between, and nothing has to be cleared away.
 */
export function toStatement({ sql, types, binding }: Bound): Statement {
  if (!binding) return { sql }
  const { parameterFormats, parameters, resultFormats } = binding
  const values = parameters.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), value]))
  const bind = message(
    'B',
    text(''),
    text(''),
    ...[parameterFormats.length, ...parameterFormats].map(int16),
    int16(parameters.length),
    ...values,
    ...[resultFormats.length, ...resultFormats].map(int16),
  )
  return { sql, frames: Buffer.concat([parseMessage(sql, types), bind, EXECUTE]) }
}

const EXECUTE = message('E', text(''), int32(0))
const DESCRIBE = message('D', Buffer.from('S'), text(''))

const parseMessage = (sql: string, types: readonly number[]): Buffer =>
  message('P', text(''), text(sql), int16(types.length), ...types.map(int32))

/** What a statement takes and answers, without running it. Throws where it cannot be planned. */
export async function describe(host: Host, sql: string, types: readonly number[]): Promise<Answer> {
  const frames = Buffer.concat([parseMessage(sql, types), DESCRIBE])
  const [bytes] = await host.database.run([{ sql, frames }], { dryRun: true })
  return readAnswer(bytes ?? new Uint8Array())
}

export async function run(
  host: Host,
  bound: Bound,
  columns?: Answer['columns'],
  options: RunOptions = {},
): Promise<Answer> {
  if (asksWhatRuns(bound.sql)) await host.database.run([{ sql: host.presence.tellSql() }])
  const [bytes] = await host.database.run([toStatement(bound)], options)
  return readAnswer(bytes ?? new Uint8Array(), columns ?? undefined, bound.binding?.resultFormats)
}
