import type { Shape, ShapeRequest } from '../hub/hub.ts'
import type { Column } from '../protocol/events.ts'
import type { FieldError } from '../protocol/problem.ts'
import type { Row, RowJson } from '../protocol/row.ts'
import { createTest, type Filter, parseFilter, splitList } from './filter.ts'

/** A filter and a projection as a client asks for them. */
export interface ShapeQuery {
  /** Names between commas; undefined for all columns. */
  readonly columns: string | undefined
  /** Column and condition, in the order of the query. */
  readonly filters: readonly (readonly [column: string, condition: string])[]
}

/** What a hub needs to know of a query; undefined where it asks for the whole relation. */
export function toShapeRequest(query: ShapeQuery): ShapeRequest | undefined {
  if (query.columns === undefined && query.filters.length === 0) return undefined
  return {
    key: JSON.stringify([query.columns ?? null, [...query.filters].sort()]),
    create: (columns) => {
      const shape = createShape(query, columns)
      if (!Array.isArray(shape)) return shape
      return shape.map(({ field, message }) => `${field} ${message}`).join('; ')
    },
  }
}

/** Checks a query against the columns of its relation, or tells each field that is wrong. */
export function createShape(query: ShapeQuery, all: readonly Column[]): Shape | FieldError[] {
  const errors: FieldError[] = []
  const find = (name: string): Column | undefined => all.find((column) => column.name === name)
  const unknown = (field: string, name: string) =>
    errors.push({
      field,
      message: `${JSON.stringify(name)} is no column: there are ${all.map((c) => c.name).join(', ')}`,
    })

  const names = query.columns === undefined ? undefined : splitList(query.columns)
  if (query.columns !== undefined && !names)
    errors.push({ field: 'columns', message: 'has quotes that do not match' })
  for (const name of names ?? []) if (!find(name)) unknown('columns', name)
  const columns = names ? all.filter(({ name }) => names.includes(name)) : all

  const filters: { filter: Filter; type: string }[] = []
  for (const [name, condition] of query.filters) {
    const column = find(name)
    const filter = column && parseFilter(column, condition)
    if (!column || !filter) unknown(name, name)
    else if ('message' in filter) errors.push(filter)
    else filters.push({ filter, type: column.type })
  }
  if (errors.length > 0) return errors

  const tests = filters.map(({ filter, type }) => createTest(filter, type))
  const keep = columns.length === all.length ? undefined : columns.map(({ name }) => name)
  const key =
    keep || filters.length > 0
      ? normalise(
          keep,
          filters.map(({ filter }) => filter),
        )
      : ''
  return {
    key,
    columns,
    map: (text: RowJson) => {
      const row = JSON.parse(text) as Row
      if (!tests.every((test) => test(row))) return undefined
      return keep ? project(row, keep) : text
    },
  }
}

const project = (row: Row, keep: readonly string[]): RowJson =>
  `{${keep.map((name) => `${JSON.stringify(name)}:${JSON.stringify(row[name] ?? null)}`).join(',')}}`

/** The order of conditions, and of the values of a list, does not matter. */
function normalise(columns: readonly string[] | undefined, filters: readonly Filter[]): string {
  const conditions = filters.map(({ column, isNegated, operator, values }) =>
    JSON.stringify([column, isNegated, operator, values.map((value) => JSON.stringify(value)).sort()]),
  )
  return JSON.stringify([columns ?? null, [...new Set(conditions)].sort()])
}
