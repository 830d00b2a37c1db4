import { deparseSync } from 'pgsql-parser'
import { snapshotAsOf } from './as-of.ts'
import { quoteName } from './backend.ts'
import type { Core } from './core.ts'
import { readMessages, replaceSql } from './frames.ts'
import { recall } from './recall.ts'
import type { Statement } from './statement.ts'
import type { Relation } from './views/relation.ts'
import { parseStatements, rangeVars } from './views/syntax.ts'

/**
 * A read of the past: each relation it names is replaced by a temporary table of what it held then. Within a
 * transaction that is rolled back. Throws AsOfRefused where one of them does not reach back so far.
 */
export function readingPast(statement: Statement, asOf: bigint, core: Core, now: bigint): Statement {
  const [tree] = parseStatements(statement.sql)
  const tables = new Map<Relation, string>()
  for (const range of rangeVars(tree)) {
    const { object, relation } = core.registry.lookUp(range.schemaname, range.relname ?? '') ?? {}
    if (!object || !relation) continue
    recall(core, { of: object, relation }, asOf, now)
    // What has not changed since is read as it is.
    if (relation.history.after(asOf).length === 0) continue
    const table = tables.get(relation) ?? keep(relation, asOf, core)
    tables.set(relation, table)
    range.alias ??= { aliasname: range.relname ?? '' }
    range.relname = table
    delete range.schemaname
    delete range.catalogname
  }
  if (!tree || tables.size === 0) return statement
  const sql = deparseSync(tree)
  const { frames } = statement
  if (!frames) return { sql }
  const replaced = [...readMessages(frames)].map((message) =>
    message.type === 'P' ? replaceSql(message.body, sql) : message.bytes,
  )
  return { sql, frames: Buffer.concat(replaced) }
}

function keep(relation: Relation, asOf: bigint, { backend }: Core): string {
  const table = `mz:past:${relation.id}`
  backend.query(`CREATE TEMP TABLE ${quoteName(table)} AS SELECT * FROM (${relation.content()}) q LIMIT 0`)
  const rows = snapshotAsOf(relation, asOf).flatMap(({ values, diff }) => new Array(diff).fill(values))
  backend.copy(quoteName(table), rows)
  return table
}
