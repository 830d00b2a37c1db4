import { AsOfRefused, internalError } from '../errors.ts'
import { readDataRow } from '../frames.ts'
import type { AsOf } from '../parse/command.ts'
import { refusal } from '../refuse.ts'
import type { Version } from '../version.ts'
import { readAnswer } from './answer.ts'
import type { Host } from './portal.ts'

const MAX_TIMESTAMP = 2n ** 64n - 1n
const NUMBERS = new Set([20, 21, 23, 1700])
const TIMES = new Set([1114, 1184])
const DATE = 1082
const TEXT = 25

const TYPE_NAMES: Readonly<Record<number, string>> = {
  16: 'boolean',
  25: 'text',
  701: 'double precision',
  1082: 'date',
  1186: 'interval',
}

/** The time that an `AS OF` expression names, in Unix milliseconds. */
export async function readAsOf(host: Host, { expression }: AsOf): Promise<bigint> {
  if (/^\d+$/.test(expression)) return checkRange(host, BigInt(expression))
  const { era } = host.database.version
  if (/^\(?\s*select\b/i.test(expression)) {
    const place = era === 'tail' ? 'AS OF' : 'AS OF or UP TO'
    throw internalError(`${place} does not allow subqueries`)
  }
  const { typeOid, value } = await evaluate(host, withoutClock(host, expression))
  return era === 'tail' ? readTail(typeOid, value) : readSubscribe(typeOid, value)
}

/** `now()` is the start of the transaction; the logical clock has no meaning here. */
function withoutClock(host: Host, expression: string): string {
  const { era } = host.database.version
  if (/\bmz_logical_timestamp\s*\(/i.test(expression)) {
    throw internalError(
      era === 'tail'
        ? 'cannot call mz_logical_timestamp in this context'
        : 'mz_logical_timestamp() has been renamed to mz_now()',
    )
  }
  if (era === 'subscribe' && /\b(mz_now|now|current_timestamp)\b/i.test(expression)) {
    throw internalError('calling an unmaterializable function in AS OF or UP TO not yet supported')
  }
  const began = new Date(host.transaction.open ? host.transaction.began : Date.now()).toISOString()
  return expression.replaceAll(/\bnow\s*\(\s*\)|\bcurrent_timestamp\b/gi, `'${began}'::timestamptz`)
}

async function evaluate(host: Host, expression: string): Promise<{ typeOid: number; value: string | null }> {
  const milliseconds = `CASE WHEN pg_typeof(e) LIKE 'timestamp%' OR pg_typeof(e) = 'date'
    THEN floor(extract(epoch FROM e::text::timestamptz) * 1000)::numeric::text ELSE e::text END`
  const [bytes] = await host.database.run([
    { sql: `SELECT e, ${milliseconds} FROM (SELECT (${expression}) AS e) AS x` },
  ])
  const { columns, rows } = readAnswer(bytes ?? new Uint8Array())
  const value = rows[0] ? readDataRow(rows[0].subarray(5))[1] : null
  return { typeOid: columns?.[0]?.typeOid ?? TEXT, value: value ?? null }
}

function readTail(typeOid: number, value: string | null): bigint {
  if (!NUMBERS.has(typeOid) && !TIMES.has(typeOid)) {
    const nullable = value === null ? '?' : ''
    throw internalError(`can't use ${TYPE_NAMES[typeOid] ?? 'text'}${nullable} as a timestamp for AS OF`)
  }
  const fraction = value === null || !/^-?\d+$/.test(value)
  if (typeOid === 1700 && (fraction || BigInt(value ?? 0) > MAX_TIMESTAMP || BigInt(value ?? 0) < 0n)) {
    throw internalError('decimal cannot be expressed in target primitive type')
  }
  const time = BigInt(value ?? 0)
  if (time < 0n) throw internalError('out of range integral type conversion attempted')
  return time
}

function readSubscribe(typeOid: number, value: string | null): bigint {
  if (
    !NUMBERS.has(typeOid) &&
    !TIMES.has(typeOid) &&
    typeOid !== DATE &&
    typeOid !== TEXT &&
    value !== null
  ) {
    const type = TYPE_NAMES[typeOid] ?? 'unknown'
    throw internalError(`AS OF or UP TO does not support casting from ${type} to mz_timestamp`)
  }
  if (value === null || !/^\d+$/.test(value) || BigInt(value) > MAX_TIMESTAMP) throw notATimestamp()
  return BigInt(value)
}

const notATimestamp = () =>
  internalError('AS OF or UP TO should be castable to a (non-null) mz_timestamp value')

function checkRange(host: Host, time: bigint): bigint {
  if (time <= MAX_TIMESTAMP) return time
  if (host.database.version.era === 'subscribe') throw notATimestamp()
  throw internalError('decimal cannot be expressed in target primitive type')
}

/**
 * Reads at a time, or with AT LEAST at the earliest one from there on that all it is read from can tell. Throws
 * AsOfRefused where that was not said.
 */
export async function readFrom<Result>(
  asOf: AsOf | undefined,
  time: bigint | undefined,
  read: (time: bigint | undefined) => Promise<Result>,
): Promise<Result> {
  for (let at = time; ; ) {
    try {
      return await read(at)
    } catch (error) {
      if (!asOf?.atLeast || !(error instanceof AsOfRefused)) throw error
      at = error.since
    }
  }
}

/** The refusal of a time that history does not reach, in the words of the version announced. */
export function asOfError(error: unknown, version: Version): unknown {
  if (!(error instanceof AsOfRefused)) return error
  const { timestamp, since, inputs } = error
  const changed =
    version.era === 'subscribe' && (version.major > 26 || (version.major === 26 && version.minor >= 16))
  if (!changed) {
    return internalError(
      `Timestamp (${timestamp}) is not valid for all inputs: [Antichain { elements: [${since}] }]`,
    )
  }
  return refusal('22000', 'could not find a valid timestamp for the query', {
    detail:
      `Constraints:\nlower:\n  (Storage inputs: [${inputs.join(', ')}]): [${moment(since)}]\n` +
      `upper:\n  (Query's AS OF): [${moment(timestamp)}]\n`,
  })
}

function moment(time: bigint): string {
  const inRange = time < 8_640_000_000_000_000n
  const text = inRange
    ? new Date(Number(time)).toISOString().replace('T', ' ').replace('Z', '')
    : 'out of range'
  return `${String(time).padStart(13)} (${text})`
}
