import type { Column } from '../protocol/events.ts'
import { kindOf } from './column-kind.ts'

/** How a column may be compared, in the stream's words. */
export const OPERATORS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is'] as const
export type Operator = (typeof OPERATORS)[number]

/** One condition on the rows as a form holds it. */
export interface Condition {
  readonly column: string
  readonly operator: Operator
  readonly isNegated: boolean
  /** As it is typed; of `in` the values between commas, each in double quotes where it holds one. */
  readonly value: string
}

/** Every other parameter of a stream's address is the name of a column. */
const PARAMETERS = ['relation', 'columns', 'snapshot', 'lastEventId']

/** A column that is called like a parameter of the stream cannot be filtered. */
export const canFilter = (column: string): boolean => !PARAMETERS.includes(column)

/** The operators that make sense for a column. */
export function operatorsFor({ type }: Column): readonly Operator[] {
  const kind = kindOf(type)
  if (kind === 'json' || kind === 'other') return ['eq', 'neq', 'in', 'is']
  return kind === 'boolean' ? ['is', 'eq', 'neq'] : OPERATORS
}

/** The condition as the stream's address takes it: `['pm25', 'gte.35.5']`. */
export function toFilter({ column, operator, isNegated, value }: Condition): readonly [string, string] {
  const text = operator === 'in' ? `(${value})` : value
  return [column, `${isNegated ? 'not.' : ''}${operator}.${text}`]
}

/** Reads a filter of an address; undefined where it is none. */
export function parseCondition(column: string, text: string): Condition | undefined {
  const match = /^(not\.)?([a-z]+)\.([\s\S]*)$/.exec(text)
  const operator = OPERATORS.find((one) => one === match?.[2])
  if (!match || !operator) return undefined
  const value = match[3] ?? ''
  if (operator === 'in' && !(value.startsWith('(') && value.endsWith(')'))) return undefined
  return {
    column,
    operator,
    isNegated: match[1] !== undefined,
    value: operator === 'in' ? value.slice(1, -1) : value,
  }
}

/** Why a condition cannot be asked for, in words; undefined where it can. The server has the last word. */
export function whyUnfit({ operator, value }: Condition, { type }: Column): string | undefined {
  const kind = kindOf(type)
  if (operator === 'is') {
    if (!['null', 'true', 'false'].includes(value)) return 'Write null, true or false.'
    return value !== 'null' && kind !== 'boolean' ? 'Only a yes-or-no column is true or false.' : undefined
  }
  if (operator === 'in') return value.trim() === '' ? 'Write values between commas, such as 1,2.' : undefined
  if (kind === 'number' && !isNumeral(value)) return 'Write a number, such as 35.5.'
  if (kind === 'boolean' && !/^(t|f|true|false)$/.test(value)) return 'Write true or false.'
  if (kind === 'time' && !/^\d{4}-\d\d-\d\d([T ]|$)/.test(value))
    return 'Write a time such as 2026-11-24T10:00:00Z.'
  return undefined
}

const isNumeral = (text: string): boolean =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || ['NaN', 'Infinity', '-Infinity'].includes(text)

const WORDS: Readonly<Record<Operator, readonly [string, string]>> = {
  eq: ['is', 'is not'],
  neq: ['is not', 'is'],
  gt: ['is above', 'is not above'],
  gte: ['is at least', 'is not at least'],
  lt: ['is below', 'is not below'],
  lte: ['is at most', 'is not at most'],
  in: ['is one of', 'is none of'],
  is: ['is', 'is not'],
}

/** The operator as one says it. */
export function operatorInWords(operator: Operator, isNegated: boolean): string {
  return WORDS[operator][isNegated ? 1 : 0]
}

/** The condition as one says it: `pm25 is at least 35.5`. */
export function conditionInWords({ column, operator, isNegated, value }: Condition): string {
  return `${column} ${operatorInWords(operator, isNegated)} ${value === '' ? 'empty' : value}`
}

/** All conditions as one text for an address, and back. */
export function formatConditions(conditions: readonly Condition[]): string {
  return new URLSearchParams(conditions.map((condition) => [...toFilter(condition)])).toString()
}

/** What is no condition is left out: an address may have been written by hand. */
export function parseConditions(text: string): Condition[] {
  return [...new URLSearchParams(text)].flatMap(([column, filter]) => parseCondition(column, filter) ?? [])
}
