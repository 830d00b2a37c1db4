import { quoteName as quote } from '../backend.ts'
import type { Relation } from './relation.ts'

export type Side = 'left' | 'right'

/** A join of two relations by equal keys, with some columns of both. */
export interface JoinQuery {
  readonly left: Relation
  readonly right: Relation
  /** Columns of the left relation and those of the right one that they equal; none: every row meets every other. */
  readonly keys: readonly { readonly left: string; readonly right: string }[]
  /** Of which sides rows without a partner are kept, with NULLs in its place. */
  readonly keeps: Readonly<Record<Side, boolean>>
  /** The columns, at least one. */
  readonly outputs: readonly { readonly side: Side; readonly column: string; readonly name: string }[]
  /** Whether an index finds the rows of a key, so that looking them up one by one is cheap. */
  readonly indexed: Readonly<Record<Side, boolean>>
}

/** SQL for the rows of a side, and for its changes with their "mz:diff"; no changes: it stands still. */
export interface Rows {
  readonly content: string
  readonly delta: string | undefined
}

export const OTHER = { left: 'right', right: 'left' } as const
const DIFF = quote('mz:diff')

export function joinSql(query: JoinQuery, content: Readonly<Record<Side, string>>): string {
  const { left, right } = query.keeps
  const type = left && right ? 'FULL JOIN' : left ? 'LEFT JOIN' : right ? 'RIGHT JOIN' : 'JOIN'
  const outputs = outputList(query, (side, column) => `${side[0]}.${quote(column)}`)
  return `SELECT ${outputs} FROM (${content.left}) l ${type} (${content.right}) r ON ${sameKeys(query, 'l', 'r')}`
}

/** The same, beginning with some rows of one side; see `pairsSql`. */
export function lookupSql(query: JoinQuery, side: Side, content: Readonly<Record<Side, string>>): string {
  const [own, other] = [side[0] ?? '', OTHER[side][0] ?? '']
  const outputs = outputList(query, (of, column) => `${of[0]}.${quote(column)}`)
  const join = query.keeps[side] ? 'LEFT JOIN' : 'JOIN'
  return `SELECT ${outputs} FROM (${content[side]}) ${own} ${join} LATERAL
    (SELECT * FROM (${content[OTHER[side]]}) x WHERE ${keysEqual(query, side, own, 'x')} OFFSET 0) ${other} ON true`
}

/**
 * The changes of a join as a sum over those of its sides, where `content` is what is there after them:
 * (L JOIN R)' = dL JOIN R + L JOIN dR - dL JOIN dR. A row that is kept without a partner is one more term: it comes
 * and goes with its own side, and where the number of partners of its key becomes zero, or no longer is.
 */
export function changesSql(query: JoinQuery, { left, right }: Readonly<Record<Side, Rows>>): string {
  const terms: string[] = []
  if (left.delta !== undefined)
    terms.push(pairsSql(query, 'left', left.delta, right.content, `l.${DIFF}`, query.indexed.right))
  if (right.delta !== undefined)
    terms.push(pairsSql(query, 'right', right.delta, left.content, `r.${DIFF}`, query.indexed.left))
  if (left.delta !== undefined && right.delta !== undefined)
    terms.push(pairsSql(query, 'left', left.delta, right.delta, `-l.${DIFF} * r.${DIFF}`, false))
  for (const side of ['left', 'right'] as const) {
    if (query.keeps[side]) terms.push(...loneSql(query, side, { left, right }))
  }
  return terms.join('\nUNION ALL\n')
}

/**
 * Rows of one side with their partners. PostgreSQL knows nothing of how many rows a key has, and would rather read
 * all of a side than look some up: OFFSET 0 makes it look them up.
 */
function pairsSql(
  query: JoinQuery,
  side: Side,
  rows: string,
  partners: string,
  diff: string,
  looksUp: boolean,
): string {
  const [own, other] = [side[0] ?? '', OTHER[side][0]]
  const outputs = outputList(query, (of, column) => `${of[0]}.${quote(column)}`)
  const condition = keysEqual(query, side, own, 'x')
  return `SELECT ${outputs}, ${diff} AS ${DIFF} FROM (${rows}) ${own},
    LATERAL (SELECT * FROM (${partners}) x WHERE ${condition}${looksUp ? ' OFFSET 0' : ''}) ${other}`
}

/** The changes of those rows of a side that have no partner. */
function loneSql(query: JoinQuery, side: Side, rows: Readonly<Record<Side, Rows>>): string[] {
  const [own, partners] = [rows[side], rows[OTHER[side]]]
  const outputs = outputList(query, (of, column) => (of === side ? `x.${quote(column)}` : 'NULL'))
  const terms: string[] = []
  if (own.delta !== undefined) {
    const partner = `SELECT true AS found FROM (${partners.content}) p WHERE ${keysEqual(query, side, 'x', 'p')} LIMIT 1`
    terms.push(`SELECT ${outputs}, x.${DIFF} FROM (${own.delta}) x
      LEFT JOIN LATERAL (${partner}) m ON true WHERE m.found IS NULL`)
  }
  if (partners.delta !== undefined) {
    const turned = turnedKeysSql(query, OTHER[side], partners.content, partners.delta)
    const names = query.keys.map((_, index) => `k.${keyName(index)}`)
    const isOfKey = query.keys.map((key, index) => `y.${quote(key[side])} = ${names[index]}`).join(' AND ')
    // What was there before is what is there now without what has come.
    const before = (from: string, diff: string) =>
      `SELECT y.*, ${diff} AS "mz:weight" FROM (${from}) y WHERE ${isOfKey} OFFSET 0`
    terms.push(`SELECT ${outputs}, k.turn * x."mz:weight" FROM (${turned}) k,
      LATERAL (${before(own.content, '1::int8')}) x`)
    if (own.delta !== undefined)
      terms.push(`SELECT ${outputs}, k.turn * x."mz:weight" FROM (${turned}) k,
        LATERAL (${before(own.delta, `-y.${DIFF}`)}) x`)
  }
  return terms
}

/** The keys whose rows of a side have all gone (turn 1), or that had none before (turn -1). */
function turnedKeysSql(query: JoinQuery, side: Side, content: string, delta: string): string {
  const columns = query.keys.map((key) => quote(key[side]))
  const touched = `SELECT ${columns.map((column, index) => `${column} AS ${keyName(index)}`).join()},
      sum(${DIFF})::int8 AS change FROM (${delta}) d GROUP BY ${columns.join()}`
  const isOfKey = columns.map((column, index) => `y.${column} = t.${keyName(index)}`).join(' AND ')
  // More need not be counted to tell whether there were any before.
  const count = `SELECT count(*) AS n FROM (SELECT FROM (${content}) y WHERE ${isOfKey} LIMIT greatest(t.change, 0) + 1) c`
  return `SELECT t.*, (n = 0)::int - (n = t.change)::int AS turn FROM (${touched}) t, LATERAL (${count}) c
    WHERE (n = 0) <> (n = t.change)`
}

const keyName = (index: number): string => quote(`mz:key:${index}`)

const outputList = ({ outputs }: JoinQuery, value: (side: Side, column: string) => string): string =>
  outputs.map(({ side, column, name }) => `${value(side, column)} AS ${quote(name)}`).join()

const sameKeys = (query: JoinQuery, left: string, right: string): string =>
  query.keys.map((key) => `${left}.${quote(key.left)} = ${right}.${quote(key.right)}`).join(' AND ') || 'true'

const keysEqual = (query: JoinQuery, side: Side, own: string, other: string): string =>
  side === 'left' ? sameKeys(query, own, other) : sameKeys(query, other, own)
