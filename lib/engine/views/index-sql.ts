import { createHash } from 'node:crypto'
import { type Backend, quoteName } from '../backend.ts'
import { StatementError } from '../errors.ts'
import type { IndexPart } from './relation.ts'
import { formatExpression, lastName, type Node } from './syntax.ts'

const SAFE_FUNCTIONS = new Set([
  'floor',
  'ceil',
  'ceiling',
  'trunc',
  'round',
  'abs',
  'lower',
  'upper',
  'date_trunc',
])

/**
 * Whether an expression never fails: it is computed by every later INSERT into the table, which no view may
 * disturb.
 */
export function isSafe(expression: Node): boolean {
  if ('ColumnRef' in expression || 'A_Const' in expression) return true
  if (!('FuncCall' in expression) || !SAFE_FUNCTIONS.has(lastName(expression.FuncCall.funcname) ?? ''))
    return false
  return (expression.FuncCall.args ?? []).every(isSafe)
}

/** An index of ours, once for all views that want it. What cannot be indexed is left as it is; false then. */
export function createIndex(
  backend: Backend,
  table: string,
  parts: readonly IndexPart[],
  method: string,
): boolean {
  const columns = parts.map(({ expression, order }) => `(${formatExpression(expression)})${order}`).join()
  const name = `mz:${createHash('sha256')
    .update(table + method + columns)
    .digest('hex')
    .slice(0, 16)}`
  try {
    backend.savepoint(() =>
      backend.query(`CREATE INDEX IF NOT EXISTS ${quoteName(name)} ON ${table} USING ${method} (${columns})`),
    )
    return true
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
    return false
  }
}
