import { deparseSync } from 'pgsql-parser'
import { blank, withoutOptions } from './ignored-options.ts'
import { unsupported } from './refuse.ts'
import { refuseConstraints, refuseSerial } from './table-refusals.ts'
import type { Version } from './version.ts'
import { type Node, rangeVars } from './views/syntax.ts'
import type { Definition, DropType } from './work.ts'

/** DDL that PostgreSQL's grammar covers. Throws StatementError where Materialize or this engine has no such thing. */
export function toDefinition(statement: Node, sql: string, era: Version['era']): Definition {
  if ('ViewStmt' in statement) return view(statement.ViewStmt, sql)
  if ('CreateTableAsStmt' in statement && statement.CreateTableAsStmt.objtype === 'OBJECT_MATVIEW') {
    return materializedView(statement.CreateTableAsStmt, sql, era)
  }
  if ('CreateStmt' in statement) {
    refuseConstraints(statement, era)
    refuseSerial(statement, era)
    return { kind: 'definition', sql: withoutOptions(sql), tag: 'CREATE TABLE' }
  }
  if ('DropStmt' in statement) return drop(statement.DropStmt, sql)
  if ('RenameStmt' in statement) return renaming(statement.RenameStmt)
  if ('AlterTableStmt' in statement) throw unsupported('ALTER')
  if ('CommentStmt' in statement) {
    const ofView = statement.CommentStmt.objtype === 'OBJECT_MATVIEW'
    return { kind: 'definition', sql: ofView ? blank(sql, /\bmaterialized\b/i) : sql, tag: 'COMMENT' }
  }
  return { kind: 'definition', sql, tag: '' }
}

type ViewStatement = Extract<Node, { ViewStmt: unknown }>['ViewStmt']

function view({ view: name, replace, query }: ViewStatement, sql: string): Definition {
  if (!name) throw new TypeError('a view without a name')
  const reads = rangeVars(query)
  const readsItself = reads.some(({ relname }) => relname === name.relname)
  return {
    kind: 'definition',
    sql: replace ? blank(sql, /\bor\s+replace\b/i) : sql,
    tag: 'CREATE VIEW',
    view: { name, replace: replace ?? false, ifNotExists: false, readsItself, reads },
  }
}

type CreateAsStatement = Extract<Node, { CreateTableAsStmt: unknown }>['CreateTableAsStmt']

/** PGlite keeps every view as a plain one; we maintain it. */
function materializedView({ into }: CreateAsStatement, sql: string, era: Version['era']): Definition {
  if (!into?.rel) throw new TypeError('a view without a name')
  return {
    kind: 'definition',
    sql: blank(withoutOptions(sql), /\bmaterialized\b/i),
    tag: era === 'tail' ? 'CREATE VIEW' : 'CREATE MATERIALIZED VIEW',
    materialized: into.rel,
    view: { name: into.rel, replace: false, ifNotExists: false },
  }
}

type RenameStatement = Extract<Node, { RenameStmt: unknown }>['RenameStmt']

function renaming({ renameType, relation, newname }: RenameStatement): Definition {
  const kind = DROP_TYPES[renameType ?? '']
  if (!kind || !relation) throw unsupported('ALTER ... RENAME of anything but a relation')
  const name = [relation.schemaname, relation.relname].filter((part) => part !== undefined)
  return {
    kind: 'definition',
    sql: undefined,
    tag: `ALTER ${kind.toUpperCase()}`,
    rename: { kind, name, to: newname ?? '' },
  }
}

type DropStatement = Extract<Node, { DropStmt: unknown }>['DropStmt']

function drop(statement: DropStatement, sql: string): Definition {
  const type = DROP_TYPES[statement.removeType ?? ''] ?? 'other'
  const names = (statement.objects ?? []).map((object) =>
    ('List' in object ? (object.List.items ?? []) : [object]).map((part) =>
      'String' in part ? (part.String.sval ?? '') : '',
    ),
  )
  const plain = { DropStmt: { ...statement, removeType: 'OBJECT_VIEW' } } as Node
  const isOurs = type === 'index'
  return {
    kind: 'definition',
    sql: isOurs ? undefined : type === 'materialized view' ? deparseSync(plain) : sql,
    tag: `DROP ${type === 'other' ? 'SCHEMA' : type.toUpperCase()}`,
    drop: { type, names, ifExists: statement.missing_ok ?? false },
  }
}

const DROP_TYPES: Readonly<Record<string, DropType>> = {
  OBJECT_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_INDEX: 'index',
}
