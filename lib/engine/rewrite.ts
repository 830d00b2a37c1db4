import { deparseSync } from 'pgsql-parser'
import { TEMPORARY } from './catalog-sql.ts'
import { internalError } from './errors.ts'
import { type IndexStatement, parseIndex } from './index-statement.ts'
import { unsupported } from './refuse.ts'
import type { Rename } from './rename.ts'
import type { Version } from './version.ts'
import { contains, lastName, type Node, parseStatements, type RangeVar, rangeVars } from './views/syntax.ts'

/** What a statement is to the engine. PGlite runs `sql`, or nothing where that is undefined. */
export type Work =
  | {
      readonly kind: 'read'
      readonly sql: string
      readonly from: readonly RangeVar[]
      readonly fromNothing: boolean
    }
  | { readonly kind: 'write'; readonly sql: string; readonly updates: RangeVar | undefined }
  | Definition

/** DDL. `tag` is the answer. */
export interface Definition {
  readonly kind: 'definition'
  readonly sql: string | undefined
  readonly tag: string
  /** The view that this makes materialized. */
  readonly materialized?: RangeVar
  /** A view that is made, or replaced: an old one of the name is dropped first. */
  readonly view?: {
    readonly name: RangeVar
    readonly replace: boolean
    readonly ifNotExists: boolean
    readonly readsItself?: boolean
    readonly reads?: readonly RangeVar[]
  }
  readonly index?: IndexStatement
  readonly rename?: Rename
  readonly drop?: {
    readonly type: DropType
    readonly names: readonly (readonly string[])[]
    readonly ifExists: boolean
    readonly cascade: boolean
  }
}

export type DropType =
  | 'table'
  | 'view'
  | 'materialized view'
  | 'index'
  | 'source'
  | 'sink'
  | 'secret'
  | 'connection'
  | 'other'

/** Options that this engine accepts and has no use for, in the words of either era. */
const IGNORED = [
  /\bIN\s+CLUSTER\s+("[^"]+"|\w+)/i,
  /\bWITH\s*\(\s*(?:RETAIN\s+HISTORY\s*=?\s*FOR\s*'[^']*'|REFRESH\s*=?\s*ON\s+COMMIT|logical_compaction_window\s*=\s*'[^']*')\s*\)/i,
]

/** An INSERT is one whatever follows, and that may be thousands of rows: to parse them here too took 12 ms for 1,000. */
const INSERT = /^\s*insert\s+into\s/i

/** Reads a statement with PostgreSQL's parser; what that refuses, PGlite shall refuse. */
export function classify(written: string, era: Version['era']): Work {
  if (INSERT.test(written)) return { kind: 'write', sql: written, updates: undefined }
  const sql = withTemporary(written)
  const own = ownDefinition(sql, era)
  if (own) return own
  let statement: Node | undefined
  try {
    const statements = parseStatements(withoutOptions(sql))
    statement = statements.length === 1 ? statements[0] : undefined
  } catch {
    return { kind: 'read', sql, from: [], fromNothing: false }
  }
  if (!statement) return { kind: 'read', sql, from: [], fromNothing: false }
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
  const dropped = /^\s*DROP\s+(SOURCE|SINK|SECRET|CONNECTION)\s+(IF\s+EXISTS\s+)?([\w.]+)\s*(CASCADE)?/i.exec(
    sql,
  )
  if (dropped) {
    const [, kind = '', ifExists, name = '', cascade] = dropped
    const type = kind.toLowerCase() as DropType
    const names = [name.toLowerCase().split('.')]
    const drop = { type, names, ifExists: ifExists !== undefined, cascade: cascade !== undefined }
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

const withoutOptions = (sql: string): string =>
  /^\s*(CREATE|ALTER)\b/i.test(sql) ? IGNORED.reduce(blank, sql) : sql

/** Without a word, and with all others where they were: errors tell their places. */
const blank = (sql: string, word: RegExp): string => sql.replace(word, (found) => ' '.repeat(found.length))

function ofStatement(statement: Node, sql: string, era: Version['era']): Work {
  if ('SelectStmt' in statement) {
    const writes = contains(statement, (kind) =>
      ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'IntoClause'].includes(kind),
    )
    if (writes) return { kind: 'write', sql, updates: undefined }
    const from = rangeVars(statement)
    return { kind: 'read', sql, from, fromNothing: from.length === 0 }
  }
  if ('ExplainStmt' in statement || 'VariableShowStmt' in statement)
    return { kind: 'read', sql, from: [], fromNothing: false }
  if ('CopyStmt' in statement) {
    if (!statement.CopyStmt.is_from) return { kind: 'read', sql, from: [], fromNothing: false }
    return { kind: 'write', sql, updates: undefined }
  }
  if ('UpdateStmt' in statement) return { kind: 'write', sql, updates: statement.UpdateStmt.relation }
  if ('InsertStmt' in statement || 'DeleteStmt' in statement)
    return { kind: 'write', sql, updates: undefined }
  if ('ViewStmt' in statement) {
    const { view: name, replace, query } = statement.ViewStmt
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
  return { kind: 'definition', sql, tag: '' }
}

type CreateAs = Extract<Node, { CreateTableAsStmt: unknown }>['CreateTableAsStmt']

/** PGlite keeps every view as a plain one; we maintain it. */
function materializedView({ into }: CreateAs, sql: string, era: Version['era']): Definition {
  if (!into?.rel) throw new TypeError('a view without a name')
  return {
    kind: 'definition',
    sql: blank(withoutOptions(sql), /\bmaterialized\b/i),
    tag: era === 'tail' ? 'CREATE VIEW' : 'CREATE MATERIALIZED VIEW',
    materialized: into.rel,
    view: { name: into.rel, replace: false, ifNotExists: false },
  }
}

type Renaming = Extract<Node, { RenameStmt: unknown }>['RenameStmt']

function renaming({ renameType, relation, newname }: Renaming): Definition {
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

type Drop = Extract<Node, { DropStmt: unknown }>['DropStmt']

function drop(statement: Drop, sql: string): Definition {
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
    drop: {
      type,
      names,
      ifExists: statement.missing_ok ?? false,
      cascade: statement.behavior === 'DROP_CASCADE',
    },
  }
}

const DROP_TYPES: Readonly<Record<string, DropType>> = {
  OBJECT_TABLE: 'table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_INDEX: 'index',
}

/** A table is a multiset. */
function refuseConstraints(statement: Node, era: Version['era']): void {
  const refused: Record<string, unknown>[] = []
  contains(statement, (kind, node) => {
    if (kind === 'Constraint') refused.push(node)
    return false
  })
  const types = new Set(refused.map(({ contype }) => contype))
  if (types.has('CONSTR_PRIMARY') || types.has('CONSTR_UNIQUE')) {
    if (era === 'tail') {
      throw internalError(
        'CREATE TABLE with a primary key or unique constraint requires experimental mode; to enable it, restart with the --experimental flag',
      )
    }
    throw internalError('CREATE TABLE with a primary key or unique constraint is not supported', {
      detail:
        'The requested feature (unsafe_enable_table_keys) is unsafe and is meant only for internal development and testing of Materialize.',
    })
  }
  const other = refused.find(({ contype }) => contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN')
  if (!other) return
  const written = deparseSync({ Constraint: other } as Node, { pretty: false })
    .replace('FOREIGN KEY ', '')
    .replaceAll(/ {2,}/g, ' ')
  throw internalError(`CREATE TABLE with column constraint: ${written} not yet supported`)
}

/** PostgreSQL's words for a column with a sequence. */
function refuseSerial(statement: Extract<Node, { CreateStmt: unknown }>, era: Version['era']): void {
  for (const element of statement.CreateStmt.tableElts ?? []) {
    const type = 'ColumnDef' in element ? lastName(element.ColumnDef.typeName?.names) : undefined
    if (type === undefined || !/^(big|small)?serial$/.test(type)) continue
    throw internalError(era === 'tail' ? `unknown catalog item '${type}'` : `type "${type}" does not exist`)
  }
}
