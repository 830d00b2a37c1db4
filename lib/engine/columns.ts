import type { Column } from './change.ts'
import { readFields } from './frames.ts'
import type { Version } from './version.ts'
import type { Context } from './views/relation.ts'

type Shown = Pick<Column, 'typeOid' | 'typeSize' | 'typeModifier'>
const shown = (typeOid: number, typeSize = -1, typeModifier = -1): Shown => ({
  typeOid,
  typeSize,
  typeModifier,
})

/** How types of our own are shown. The TAIL era knows no type of the current time, only numeric with a scale of 0. */
const SHOWN: Readonly<Record<Version['era'], Readonly<Record<string, Shown>>>> = {
  tail: { mz_timestamp: shown(1700, -1, 2555908) },
  subscribe: {
    mz_timestamp: shown(16552, 8),
    uint4: shown(16462, 4),
    uint8: shown(16464, 8),
    'mz_aclitem[]': shown(16567),
    'text list': shown(16384),
  },
}

/** What PostgreSQL's catalog has as `"char"` and `name` is text there. */
const TEXTS = new Map([18, 19].map((oid) => [oid, shown(25)]))

const known = new WeakMap<object, ReadonlyMap<number, Shown>>()

/** What is shown otherwise, by the OID that a type has in this database. */
function shownTypes({ backend, era }: Context): ReadonlyMap<number, Shown> {
  const before = known.get(backend)
  if (before) return before
  const types = new Map(TEXTS)
  // The older server's TIME is a word shorter.
  if (era === 'tail') types.set(1083, shown(1083, 4))
  const rows = backend.query(
    `SELECT oid, typname FROM pg_type WHERE typnamespace = 'mz_catalog'::regnamespace`,
  )
  for (const [oid, name] of rows) {
    const as = SHOWN[era][name ?? '']
    if (as) types.set(Number(oid), as)
  }
  known.set(backend, types)
  return types
}

/** Columns of a query's result as Materialize shows them. */
export function readColumns(context: Context, sql: string): Column[] {
  const types = shownTypes(context)
  return context.backend.describe(sql).map((column) => ({ ...column, ...types.get(column.typeOid) }))
}

/** Rewrites a RowDescription in place: no table, no attribute number, Materialize's types. */
export function showColumns(context: Context, body: Buffer): void {
  const types = shownTypes(context)
  for (const { column, at } of readFields(body)) {
    body.fill(0, at, at + 6)
    const as = types.get(column.typeOid)
    if (!as) continue
    body.writeUInt32BE(as.typeOid, at + 6)
    body.writeInt16BE(as.typeSize, at + 10)
    body.writeInt32BE(as.typeModifier, at + 12)
  }
}
