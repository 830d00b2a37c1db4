import { type Backend, quoteName, quoteText, textArray } from './backend.ts'
import type { StatementError } from './errors.ts'
import type { Relation } from './views/relation.ts'
import { captureSql, uncaptureSql } from './views/table.ts'

export type Kind = 'table' | 'view' | 'materialized-view' | 'index'

/** An object of the user. */
export interface CatalogObject {
  /** `u1`, `u2` ...: never used again, not even after a restart. */
  readonly id: string
  readonly oid: string
  readonly kind: Kind
  readonly schema: string
  readonly name: string
  /** The relation of an index. */
  readonly onId?: string
}

/** An object that can be read, and how it is maintained; or why it cannot be. */
export interface Entry {
  readonly object: CatalogObject
  readonly relation: Relation | undefined
  readonly failure: StatementError | undefined
}

/** What DDL did. */
export interface CatalogChange {
  readonly added: readonly CatalogObject[]
  readonly dropped: readonly CatalogObject[]
  /** What has another name than before. */
  readonly renamed?: CatalogObject
}

/** The user's relations as PostgreSQL has them now. */
const PRESENT = `
  SELECT c.oid, c.relkind, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast',
    'mz_engine', 'mz_catalog', 'mz_internal') AND n.nspname NOT LIKE 'pg\\_temp\\_%' ORDER BY c.oid`

/** Brings our list of objects in line with PostgreSQL's after DDL of whatever kind. Within a transaction. */
export function synchronize(
  backend: Backend,
  isMaterialized: (schema: string, name: string) => boolean,
): CatalogChange {
  const known = listObjects(backend)
  const present = new Map(backend.query(PRESENT).map((row) => [row[0] ?? '', row]))
  const dropped = known.filter(({ kind, oid }) => kind !== 'index' && !present.has(oid))
  const gone = new Set(dropped.map(({ id }) => id))
  dropped.push(...known.filter(({ onId }) => onId !== undefined && gone.has(onId)))
  for (const object of dropped) forget(backend, object)
  const seen = new Set(known.map(({ oid }) => oid))
  const added: CatalogObject[] = []
  for (const [oid, relkind, schema = '', name = ''] of [...present.values()] as string[][]) {
    if (oid === undefined || seen.has(oid)) continue
    const view: Kind = isMaterialized(schema, name) ? 'materialized-view' : 'view'
    const object = {
      ...nextId(backend),
      oid,
      kind: relkind === 'r' ? ('table' as const) : view,
      schema,
      name,
    }
    backend.query(
      `INSERT INTO mz_engine.objects (id, number, oid, kind)
       VALUES (${quoteText(object.id)}, ${object.id.slice(1)}, ${oid}, ${quoteText(object.kind)})`,
    )
    if (object.kind === 'table') backend.query(captureSql(oid, object.id, schema, name))
    added.push(object)
  }
  return { added, dropped }
}

/** All objects in the order of their making, so that each comes after those it is made of. */
export function listObjects(backend: Backend): CatalogObject[] {
  const rows = backend.query(`
    SELECT o.id, coalesce(o.oid::text, ''), o.kind, coalesce(n.nspname, o.schema), coalesce(c.relname, o.name), o.on_id
    FROM mz_engine.objects o LEFT JOIN pg_class c ON c.oid = o.oid LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
    ORDER BY o.number`)
  return rows.map(([id, oid, kind, schema, name, onId]) => ({
    id: id ?? '',
    oid: oid ?? '',
    kind: kind as Kind,
    schema: schema ?? '',
    name: name ?? '',
    ...(onId != null && { onId }),
  }))
}

export function addIndex(
  backend: Backend,
  on: CatalogObject,
  name: string,
  columns: readonly string[],
): CatalogObject {
  const object = { ...nextId(backend), oid: '', kind: 'index' as const, schema: on.schema, name, onId: on.id }
  backend.query(`INSERT INTO mz_engine.objects (id, number, kind, schema, name, on_id, columns) VALUES
    (${quoteText(object.id)}, ${object.id.slice(1)}, 'index', ${quoteText(on.schema)}, ${quoteText(name)},
     ${quoteText(on.id)}, ${quoteText(textArray(columns))})`)
  return object
}

/** What follows the name in the CREATE of an object, as `print` has it. */
export function keepBody(backend: Backend, id: string, body: string): void {
  backend.query(`UPDATE mz_engine.objects SET body = ${quoteText(body)} WHERE id = ${quoteText(id)}`)
}

export function forget(backend: Backend, object: CatalogObject): void {
  backend.query(`DELETE FROM mz_engine.objects WHERE id = ${quoteText(object.id)}`)
  if (object.kind === 'table') backend.query(uncaptureSql(object.oid))
}

function nextId(backend: Backend): { id: string } {
  const [number] =
    backend.query('UPDATE mz_engine.state SET next_id = next_id + 1 RETURNING next_id - 1')[0] ?? []
  return { id: `u${number}` }
}

export const fullName = ({ schema, name }: CatalogObject): string => `materialize.${schema}.${name}`

export const sqlName = ({ schema, name }: CatalogObject): string => `${quoteName(schema)}.${quoteName(name)}`
