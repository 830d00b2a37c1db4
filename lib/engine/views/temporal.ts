import { internalError, StatementError } from '../errors.ts'
import { nowFunction } from '../time-sql.ts'
import type { Version } from '../version.ts'
import { call, callsFunction, contains, lastName, type Node } from './syntax.ts'

/** One side of the span of time in which a row is valid: an SQL expression that gives a timestamp, or NULL. */
export interface Bound {
  readonly side: 'lower' | 'upper'
  readonly expression: Node
}

/** A WHERE, taken apart: what is plain SQL, and the bounds of the temporal filter. */
export interface TemporalFilter {
  readonly plain: readonly Node[]
  readonly bounds: readonly Bound[]
}

const FLIPPED: Readonly<Record<string, string>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
  '<>': '<>',
}
const NEGATED: Readonly<Record<string, string>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '=': '<>',
  '<>': '=',
}

export const callsNow = (tree: unknown, era: Version['era']): boolean =>
  callsFunction(tree, new Set([nowFunction(era)]))

/** Throws where the current time is used in a way that cannot be maintained. */
export function splitTemporal(conditions: readonly Node[], era: Version['era']): TemporalFilter {
  const plain: Node[] = []
  const bounds: Bound[] = []
  for (const condition of conditions) {
    if (callsNow(condition, era)) bounds.push(...toBounds(condition, era))
    else plain.push(condition)
  }
  return { plain, bounds }
}

function toBounds(condition: Node, era: Version['era']): Bound[] {
  const comparison = toComparison(condition, era)
  if (!comparison) throw unsupported(era)
  const bound = call('mz_engine', 'bound', comparison.bound)
  const next = call('mz_engine', 'step', bound)
  switch (comparison.operator) {
    case '<':
      return [{ side: 'upper', expression: bound }]
    case '<=':
      return [{ side: 'upper', expression: next }]
    case '>':
      return [{ side: 'lower', expression: next }]
    case '>=':
      return [{ side: 'lower', expression: bound }]
    case '=':
      return [
        { side: 'lower', expression: bound },
        { side: 'upper', expression: next },
      ]
    default:
      throw temporalError(
        era,
        `Unsupported binary temporal operation: ${era === 'tail' ? 'NotEq' : 'NotEq(NotEq)'}`,
      )
  }
}

/** The current time on the left, what it is compared with on the right. */
function toComparison(condition: Node, era: Version['era']): { operator: string; bound: Node } | undefined {
  if ('BoolExpr' in condition && condition.BoolExpr.boolop === 'NOT_EXPR') {
    const [inner] = condition.BoolExpr.args ?? []
    const comparison = inner && toComparison(inner, era)
    const operator = NEGATED[comparison?.operator ?? '']
    return comparison && operator ? { operator, bound: comparison.bound } : undefined
  }
  if ('CaseExpr' in condition) {
    const [when] = condition.CaseExpr.args ?? []
    const plain =
      !condition.CaseExpr.arg && condition.CaseExpr.args?.length === 1 && when && 'CaseWhen' in when
    if (!plain || !isBoolean(when.CaseWhen.result, true) || !isBoolean(condition.CaseExpr.defresult, false))
      return undefined
    return when.CaseWhen.expr && toComparison(when.CaseWhen.expr, era)
  }
  if (!('A_Expr' in condition) || condition.A_Expr.kind !== 'AEXPR_OP') return undefined
  const { lexpr, rexpr } = condition.A_Expr
  const symbol = lastName(condition.A_Expr.name) ?? ''
  if (!lexpr || !rexpr) return undefined
  if (isNow(lexpr, era) && !callsNow(rexpr, era))
    return symbol in FLIPPED ? { operator: symbol, bound: rexpr } : undefined
  const operator = FLIPPED[symbol]
  if (isNow(rexpr, era) && !callsNow(lexpr, era) && operator) return { operator, bound: lexpr }
  return undefined
}

const isNow = (node: Node, era: Version['era']): boolean =>
  'FuncCall' in node && lastName(node.FuncCall.funcname) === nowFunction(era)

const isBoolean = (node: Node | undefined, value: boolean): boolean =>
  node !== undefined &&
  'A_Const' in node &&
  Boolean(node.A_Const.boolval?.boolval) === value &&
  'boolval' in node.A_Const

const unsupported = (era: Version['era']): StatementError =>
  temporalError(
    era,
    era === 'tail'
      ? 'Unsupported temporal predicate. Note: `mz_logical_timestamp()` must be directly compared to a numeric non-temporal expression; if it is compared to a non-numeric type, consider casting that type to numeric.'
      : 'Unsupported temporal predicate. Note: `mz_now()` must be directly compared to a non-temporal expression of mz_timestamp-castable type.',
  )

/** Materialize v0.25 sends these texts inside a pair of double quotes of its own. */
const temporalError = (era: Version['era'], message: string): StatementError =>
  era === 'tail'
    ? internalError(`"${message}"`)
    : new StatementError({ severity: 'ERROR', code: '0A000', message })

/** What differs at each evaluation cannot be maintained. */
export function refuseUnmaintainable(tree: unknown, era: Version['era']): void {
  let name: string | undefined
  contains(tree, (kind, node) => {
    const called = kind === 'FuncCall' ? lastName(node.funcname) : undefined
    if (kind === 'SQLValueFunction' || called === 'now') name = 'current_timestamp'
    if (called === nowFunction(era)) name = called
    return name !== undefined
  })
  if (name !== undefined) {
    throw unmaintainable(name, era)
  }
}

/** A condition, where the wall clock makes every row an error in the older servers; the later ones refuse it. */
export function withoutWallClock(where: Node, era: Version['era']): Node {
  if (!contains({ where }, isWallClock)) return where
  if (era === 'subscribe') throw unmaintainable('current_timestamp', 'subscribe')
  return replace({ where }).where
}

const isWallClock = (kind: string, node: Record<string, unknown>): boolean =>
  kind === 'SQLValueFunction' || (kind === 'FuncCall' && lastName(node.funcname) === 'now')

/** A copy of a tree that asks `mz_engine.wall_clock` instead. */
function replace<Tree>(tree: Tree): Tree {
  if (Array.isArray(tree)) return tree.map(replace) as Tree
  if (typeof tree !== 'object' || tree === null) return tree
  const [[kind, node] = ['', undefined]] = Object.entries(tree)
  if (isWallClock(kind, (node ?? {}) as Record<string, unknown>))
    return call('mz_engine', 'wall_clock') as Tree
  return Object.fromEntries(Object.entries(tree).map(([key, item]) => [key, replace(item)])) as Tree
}

function unmaintainable(name: string, era: Version['era']): StatementError {
  const explained = era === 'subscribe' && name === 'current_timestamp'
  return new StatementError({
    severity: 'ERROR',
    code: '0A000',
    message: `cannot materialize call to ${name}`,
    ...(explained && {
      detail: 'See: https://materialize.com/docs/sql/functions/now_and_mz_now/',
      hint: 'In temporal filters `mz_now()` may work instead.',
    }),
  })
}
