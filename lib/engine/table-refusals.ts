import { deparseSync } from 'pgsql-parser'
import { internalError } from './errors.ts'
import type { Version } from './version.ts'
import { contains, lastName, type Node } from './views/syntax.ts'

/** A table is a multiset: no constraint holds it. Throws StatementError. */
export function refuseConstraints(statement: Node, era: Version['era']): void {
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

/** PostgreSQL's words for a column with a sequence, of which Materialize has none. Throws StatementError. */
export function refuseSerial(statement: Extract<Node, { CreateStmt: unknown }>, era: Version['era']): void {
  for (const element of statement.CreateStmt.tableElts ?? []) {
    const type = 'ColumnDef' in element ? lastName(element.ColumnDef.typeName?.names) : undefined
    if (type === undefined || !/^(big|small)?serial$/.test(type)) continue
    throw internalError(era === 'tail' ? `unknown catalog item '${type}'` : `type "${type}" does not exist`)
  }
}
