import { deparseSync } from 'pgsql-parser'
import { quoteName } from './backend.ts'
import { AsOfRefused } from './errors.ts'
import type { Statement } from './executor.ts'
import { readMessages, replaceSql } from './frames.ts'
import type { Registry } from './registry.ts'
import type { Update } from './subscription.ts'
import type { Context, Relation } from './views/relation.ts'
import { Consolidation } from './views/rows.ts'
import { parseStatements, rangeVars } from './views/syntax.ts'

/** What a relation held: what it holds now, without what came after. Within a transaction, at the current time. */
export function snapshotAsOf(relation: Relation, asOf: bigint): Update[] {
  const rows = new Consolidation()
  for (const { values, diff } of relation.snapshot()) rows.add(values, diff)
  for (const { changes } of relation.history.after(asOf)) {
    for (const { values, diff } of changes) rows.add(values, -diff)
  }
  return rows.changes(asOf)
}

/**
 * A read of the past: each relation it names is replaced by a temporary table of what it held then. Within a
 * transaction that is rolled back. Throws AsOfRefused where one of them does not reach back so far.
 */
export function readingPast(
  statement: Statement,
  asOf: bigint,
  context: Context,
  registry: Registry,
): Statement {
  const [tree] = parseStatements(statement.sql)
  const tables = new Map<Relation, string>()
  for (const range of rangeVars(tree)) {
    const { relation } = registry.lookUp(range.schemaname, range.relname ?? '') ?? {}
    if (!relation) continue
    const { since } = relation.history
    if (asOf < since) {
      throw new AsOfRefused(
        asOf,
        since,
        registry.stored(relation).map(({ id }) => id),
      )
    }
    // What has not changed since is read as it is.
    if (relation.history.after(asOf).length === 0) continue
    const table = tables.get(relation) ?? keep(relation, asOf, context)
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

function keep(relation: Relation, asOf: bigint, { backend }: Context): string {
  const table = `mz:past:${relation.id}`
  backend.query(`CREATE TEMP TABLE ${quoteName(table)} AS SELECT * FROM (${relation.content()}) q LIMIT 0`)
  const rows = snapshotAsOf(relation, asOf).flatMap(({ values, diff }) => new Array(diff).fill(values))
  backend.copy(quoteName(table), rows)
  return table
}
