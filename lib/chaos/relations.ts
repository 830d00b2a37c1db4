import type { ShapeQuery } from '../shape/shape.ts'
import type { TextRow } from './rows.ts'

/** A relation, or a filter and projection of it, as the readers ask for it and as the oracle tells it. */
export interface Watched {
  readonly relation: string
  /** The stream's query, the relation left out. */
  readonly query: string
  /** The row as it should arrive, or undefined where it should not. */
  map(row: TextRow): TextRow | undefined
}

const whole = (relation: string): Watched => ({ relation, query: '', map: (row) => row })
const only = (row: TextRow, ...names: string[]): TextRow =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]))

/** What is watched. The rows of {@link MARKER} are in all of it. */
export const WATCHED: readonly [Watched, ...Watched[]] = [
  whole('t'),
  whole('t_some'),
  whole('t_groups'),
  whole('t_recent'),
  { relation: 't', query: 'columns=grp,v', map: (row) => only(row, 'grp', 'v') },
  { relation: 't', query: 'v=gte.50', map: (row) => (Number(row.v) >= 50 ? row : undefined) },
  {
    relation: 't',
    query: 'columns=id&grp=in.(1,2)&v=not.lt.20',
    map: (row) => (['1', '2'].includes(row.grp ?? '') && Number(row.v) >= 20 ? only(row, 'id') : undefined),
  },
  { relation: 't_groups', query: 'n=gt.3', map: (row) => (Number(row.n) > 3 ? row : undefined) },
]

export function shapeQueryOf({ query }: Watched): ShapeQuery {
  const parameters = [...new URLSearchParams(query)]
  return {
    columns: new URLSearchParams(query).get('columns') ?? undefined,
    filters: parameters.filter(([name]) => name !== 'columns'),
  }
}

export const RELATIONS = [...new Set(WATCHED.map(({ relation }) => relation))]

/** Written last: readers who have it have everything. Five copies, so that it also changes its group visibly. */
export const MARKER = `INSERT INTO t (id, grp, v, ends, note) VALUES ${new Array(5)
  .fill(`(-1, 1, 99, 4000000000, 'the end')`)
  .join(', ')}`

type Era = 'tail' | 'subscribe'

export const eraOf = (version: string): Era => (version.startsWith('v0.26') ? 'tail' : 'subscribe')

/** The table, and its views on top. Altered, both have other columns. */
export function createStatements(era: Era, isAltered: boolean): string[] {
  const now =
    era === 'tail' ? 'mz_logical_timestamp() < (ends * 1000)::numeric' : 'mz_now() < to_timestamp(ends)'
  return [
    `CREATE TABLE t (id int, grp int, v int, ends double precision, note text${isAltered ? ', extra int' : ''})`,
    createView(isAltered),
    'CREATE MATERIALIZED VIEW t_groups AS SELECT grp, count(*) AS n, sum(v) AS total FROM t GROUP BY grp',
    `CREATE MATERIALIZED VIEW t_recent AS SELECT id, v FROM t WHERE ${now}`,
  ]
}

export const createView = (isAltered: boolean): string =>
  `CREATE VIEW t_some AS SELECT id, ${isAltered ? 'grp, v FROM t WHERE v >= 30' : 'v FROM t WHERE v >= 50'}`

export const DROP_VIEW = 'DROP VIEW t_some'
export const DROP_ALL = [
  'DROP MATERIALIZED VIEW t_recent',
  'DROP MATERIALIZED VIEW t_groups',
  DROP_VIEW,
  'DROP TABLE t',
]
/** Up to 0.26 a materialized view is dropped as a view. */
export const dropAll = (era: Era): string[] =>
  era === 'tail' ? DROP_ALL.map((sql) => sql.replace('MATERIALIZED ', '')) : DROP_ALL
