import type { Column } from '../../protocol/events.ts'

/** A relation as we make it: its statement, and the columns it must have. */
export interface RelationSql {
  readonly name: string
  readonly create: string
  readonly columns: readonly Column[]
}

/** Quoted, as some names are words of the language. All are plain, so quoting needs no escapes. */
export const quoted = (name: string): string => `"${name}"`

export const table = (name: string, columns: readonly Column[]): RelationSql => ({
  name,
  create: `CREATE TABLE ${name} (${columns.map((column) => `${quoted(column.name)} ${column.type}`).join(', ')})`,
  columns,
})

export const view = (name: string, columns: readonly Column[], query: string): RelationSql => ({
  name,
  create: `CREATE VIEW ${name} AS ${query}`,
  columns,
})

export const materializedView = (name: string, columns: readonly Column[], query: string): RelationSql => ({
  name,
  create: `CREATE MATERIALIZED VIEW ${name} AS ${query}`,
  columns,
})

const columnsOf = (type: string, names: readonly string[]): Column[] => names.map((name) => ({ name, type }))

export const integers = (...names: string[]): Column[] => columnsOf('integer', names)
export const doubles = (...names: string[]): Column[] => columnsOf('double precision', names)
export const texts = (...names: string[]): Column[] => columnsOf('text', names)
