import type { Values } from '../change.ts'
import { MAX_TIMESTAMP } from '../time-sql.ts'
import type { Bound } from './temporal.ts'

/** The time in which a row is valid; undefined: never. */
export function spanOf(
  values: Values,
  bounds: readonly Bound[],
): { lower: bigint; upper: bigint } | undefined {
  let lower = 0n
  let upper = MAX_TIMESTAMP + 1n
  for (const [index, { side }] of bounds.entries()) {
    const text = values[index]
    // PostgreSQL holds NaN for larger than any number.
    if (text === 'NaN' && side === 'upper') continue
    if (text == null || !/^-?\d+$/.test(text)) return undefined
    const bound = BigInt(text)
    if (side === 'lower' && bound > lower) lower = bound
    if (side === 'upper' && bound < upper) upper = bound
  }
  return lower > MAX_TIMESTAMP ? undefined : { lower, upper }
}
