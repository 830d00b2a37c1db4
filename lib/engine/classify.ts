import { TEMPORARY } from './catalog-sql.ts'
import { toDefinition } from './definition.ts'
import { withoutOptions } from './ignored-options.ts'
import { parseIndex } from './index-statement.ts'
import type { Version } from './version.ts'
import { contains, type Node, parseStatements, rangeVars } from './views/syntax.ts'
import type { Definition, DropType, Work } from './work.ts'

/** An INSERT is one whatever follows, and that may be thousands of rows: to parse them here too took 12 ms for 1,000. */
const INSERT = /^\s*insert\s+into\s/i

/** Reads a statement with PostgreSQL's parser; what that refuses, PGlite shall refuse. */
export function classify(written: string, era: Version['era']): Work {
  if (INSERT.test(written)) return anyWrite(written)
  const sql = withTemporary(written)
  const own = ownDefinition(sql, era)
  if (own) return own
  let statement: Node | undefined
  try {
    const statements = parseStatements(withoutOptions(sql))
    statement = statements.length === 1 ? statements[0] : undefined
  } catch {
    return anyRead(sql)
  }
  if (!statement) return anyRead(sql)
  return ofStatement(statement, sql, era)
}

/** A temporary object is an ordinary one in a schema of its own. */
const withTemporary = (sql: string): string =>
  sql.replace(
    /^(\s*create\s+(?:or\s+replace\s+)?)temp(?:orary)?\s+(table|(?:materialized\s+)?view)\s+(if\s+not\s+exists\s+)?(?:mz_temp\s*\.\s*)?/i,
    (_, create: string, kind: string, condition = '') => `${create}${kind} ${condition}${TEMPORARY}.`,
  )

/** Words that PostgreSQL's grammar does not have. */
function ownDefinition(sql: string, era: Version['era']): Definition | undefined {
  const index = parseIndex(sql, era)
  if (index) return { kind: 'definition', sql: undefined, tag: 'CREATE INDEX', index }
  const dropped = /^\s*DROP\s+(SOURCE|SINK|SECRET|CONNECTION)\s+(IF\s+EXISTS\s+)?([\w.]+)/i.exec(sql)
  if (dropped) {
    const [, kind = '', ifExists, name = ''] = dropped
    const type = kind.toLowerCase() as DropType
    const names = [name.toLowerCase().split('.')]
    const drop = { type, names, ifExists: ifExists !== undefined }
    return { kind: 'definition', sql: undefined, tag: `DROP ${kind.toUpperCase()}`, drop }
  }
  if (
    /^\s*ALTER\s+(INDEX|TABLE|MATERIALIZED\s+VIEW|SOURCE)\s+\S+\s+(SET|RESET)\s*\(\s*(logical_compaction_window|RETAIN\s+HISTORY)/i.test(
      sql,
    )
  ) {
    return { kind: 'definition', sql: undefined, tag: `ALTER ${/INDEX/i.test(sql) ? 'INDEX' : 'TABLE'}` }
  }
  const view = /^(\s*CREATE\s+(?:TEMP\w*\s+)?)(MATERIALIZED\s+)?VIEW\s+IF\s+NOT\s+EXISTS\s/i.exec(sql)
  if (view) {
    const inner = classify(`${view[1]}${view[2] ?? ''}VIEW ${sql.slice(view[0].length)}`, 'subscribe')
    if (inner.kind === 'definition' && inner.view)
      return { ...inner, view: { ...inner.view, ifNotExists: true } }
  }
  const replace = /^\s*CREATE\s+OR\s+REPLACE\s+MATERIALIZED\s+VIEW\s/i.exec(sql)
  if (replace) {
    const inner = classify(`CREATE MATERIALIZED VIEW ${sql.slice(replace[0].length)}`, 'subscribe')
    if (inner.kind === 'definition' && inner.view) return { ...inner, view: { ...inner.view, replace: true } }
  }
  return undefined
}

function ofStatement(statement: Node, sql: string, era: Version['era']): Work {
  if ('SelectStmt' in statement) {
    const writes = contains(statement, (kind) =>
      ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'IntoClause'].includes(kind),
    )
    if (writes) return anyWrite(sql)
    const from = rangeVars(statement)
    return { kind: 'read', sql, from, fromNothing: from.length === 0 }
  }
  if ('ExplainStmt' in statement || 'VariableShowStmt' in statement) return anyRead(sql)
  if ('CopyStmt' in statement) {
    if (!statement.CopyStmt.is_from) return anyRead(sql)
    return anyWrite(sql)
  }
  if ('UpdateStmt' in statement) return { kind: 'write', sql, updates: statement.UpdateStmt.relation }
  if ('InsertStmt' in statement || 'DeleteStmt' in statement) return anyWrite(sql)
  return toDefinition(statement, sql, era)
}

/** One that looks at no relation of ours. */
const anyRead = (sql: string): Work => ({ kind: 'read', sql, from: [], fromNothing: false })

const anyWrite = (sql: string): Work => ({ kind: 'write', sql, updates: undefined })
