import type { Column } from '../protocol/events.ts'
import type { FieldError } from '../protocol/problem.ts'
import type { JsonValue, Row } from '../protocol/row.ts'
import { comparisonOf } from './compare.ts'

export const OPERATORS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is'] as const
type Operator = (typeof OPERATORS)[number]

/** One condition on one column, as PostgREST writes it: `pm25=gte.35.5`, `id=not.in.(1,2)`, `x=is.null`. */
export interface Filter {
  readonly column: string
  readonly isNegated: boolean
  readonly operator: Operator
  /** One value, or those of the list. */
  readonly values: readonly JsonValue[]
}

const CONDITION = /^(not\.)?([a-z]+)\.([\s\S]*)$/
const IS_VALUES: Readonly<Record<string, JsonValue>> = { null: null, true: true, false: false }

/** Reads a condition, or tells what is wrong with it. */
export function parseFilter(column: Column, text: string): Filter | FieldError {
  const wrong = (message: string): FieldError => ({ field: column.name, message })
  const match = CONDITION.exec(text)
  const operator = OPERATORS.find((one) => one === match?.[2])
  if (!match || !operator)
    return wrong(`must be OPERATOR.VALUE with one of ${OPERATORS.join(', ')}, or not. before it`)
  const filter = { column: column.name, isNegated: match[1] !== undefined, operator }
  const value = match[3] ?? ''
  if (operator === 'is') {
    const is = IS_VALUES[value.toLowerCase()]
    if (is === undefined) return wrong('is. takes null, true or false')
    if (is !== null && column.type !== 'boolean') return wrong(`is.${value} needs a boolean column`)
    return { ...filter, values: [is] }
  }
  const comparison = comparisonOf(column.type)
  if (!comparison.compare && !['eq', 'neq', 'in'].includes(operator)) {
    return wrong(`values of type ${column.type} have no order: use eq, neq, in or is`)
  }
  const texts = operator === 'in' ? parseList(value) : [value]
  if (!texts) return wrong('in. takes a list in parentheses, such as in.(1,2)')
  const values: JsonValue[] = []
  for (const one of texts) {
    const parsed = comparison.parse(one)
    if (parsed === undefined) return wrong(`${JSON.stringify(one)} is no value of type ${column.type}`)
    values.push(parsed)
  }
  return { ...filter, values }
}

/** The items of `(a,"b,c",d)`; within quotes a backslash takes the next character as it is. */
function parseList(text: string): string[] | undefined {
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined
  return splitList(text.slice(1, -1))
}

const ITEM = /(?:"((?:[^"\\]|\\[\s\S])*)"|([^",]*))(,|$)/y

/** Items between commas, in double quotes where they hold some. Undefined where quotes do not match. */
export function splitList(text: string): string[] | undefined {
  const items: string[] = []
  ITEM.lastIndex = 0
  for (;;) {
    const match = ITEM.exec(text)
    if (!match) return undefined
    items.push(match[1]?.replace(/\\([\s\S])/g, '$1') ?? match[2] ?? '')
    if (match[3] === '') return items
  }
}

/** Whether a row meets a condition. As in SQL, a comparison with NULL is never met, negated or not. */
export function createTest(
  { column, isNegated, operator, values }: Filter,
  type: string,
): (row: Row) => boolean {
  const { compare } = comparisonOf(type)
  const [first = null] = values
  const equals = (a: JsonValue, b: JsonValue) => (compare ? compare(a, b) === 0 : jsonText(a) === jsonText(b))
  const against = (value: JsonValue) => compare?.(value, first) ?? 0
  const tests: Record<Operator, (value: JsonValue) => boolean> = {
    eq: (value) => equals(value, first),
    neq: (value) => !equals(value, first),
    gt: (value) => against(value) > 0,
    gte: (value) => against(value) >= 0,
    lt: (value) => against(value) < 0,
    lte: (value) => against(value) <= 0,
    in: (value) => values.some((one) => equals(value, one)),
    is: (value) => value === first,
  }
  const test = tests[operator]
  return (row) => {
    const value = row[column] ?? null
    if (value === null && operator !== 'is') return false
    return test(value) !== isNegated
  }
}

const jsonText = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))
