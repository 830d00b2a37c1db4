import type { Backend } from '../backend.ts'
import type { Values } from '../change.ts'
import { StatementError } from '../errors.ts'
import { deltaName } from './delta-table.ts'
import type { Failures, Relation } from './relation.ts'

/** Finds the rows that fail by halving. */
export function evaluateEach(
  backend: Backend,
  source: Relation,
  over: (rows: string) => string,
  failures: Failures | undefined,
): Values[] {
  const origin = deltaName(source.origin.id)
  const evaluate = (places: readonly string[]): Values[] => {
    if (places.length === 0) return []
    const only = `ctid = ANY('{${places.map((place) => `"${place}"`).join()}}'::tid[])`
    try {
      return backend.savepoint(() => backend.query(over(source.delta(only))))
    } catch (error) {
      if (!(error instanceof StatementError)) throw error
      if (places.length === 1) {
        const [diff] = backend.query(`SELECT "mz:diff" FROM ${origin} WHERE ${only}`)[0] ?? []
        failures?.add(error, Number(diff))
        return []
      }
      const middle = places.length >> 1
      return [...evaluate(places.slice(0, middle)), ...evaluate(places.slice(middle))]
    }
  }
  return evaluate(backend.query(`SELECT ctid FROM ${origin}`).map(([place]) => place ?? ''))
}
