import { createHash } from 'node:crypto'
import type { Relation } from './catalog.ts'
import type { Server } from './dialect.ts'

const LENGTH = 12

/**
 * A short name for what the rows of a stream are: the database, the relation, its columns, and the filter and
 * projection (empty for none). Every server on the same Materialize makes the same one, so their event ids are
 * interchangeable.
 */
export function epochOf(server: Server, relation: Relation, shapeKey = ''): string {
  const { id, columns } = relation
  const what = [server.identity, id, columns.map(({ name, type }) => [name, type]), shapeKey]
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, LENGTH)
}
