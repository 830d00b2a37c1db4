import type { Column } from './change.ts'
import { readFields } from './frames.ts'
import type { Version } from './version.ts'
import type { Context } from './views/relation.ts'

/** How the type of the current time is shown: the TAIL era knows no such type, only numeric with a scale of 0. */
const SHOWN: Readonly<Record<Version['era'], Pick<Column, 'typeOid' | 'typeSize' | 'typeModifier'>>> = {
  tail: { typeOid: 1700, typeSize: -1, typeModifier: 2555908 },
  subscribe: { typeOid: 16552, typeSize: 8, typeModifier: -1 },
}

const oids = new WeakMap<object, number>()

/** The OID of `mz_timestamp` in this database. */
function timestampOid({ backend }: Context): number {
  const oid =
    oids.get(backend) ?? Number(backend.query(`SELECT 'mz_catalog.mz_timestamp'::regtype::oid`)[0]?.[0])
  oids.set(backend, oid)
  return oid
}

/** Columns of a query's result as Materialize shows them. */
export function readColumns(context: Context, sql: string): Column[] {
  const own = timestampOid(context)
  return context.backend
    .describe(sql)
    .map((column) => (column.typeOid === own ? { ...column, ...SHOWN[context.era] } : column))
}

/** Rewrites a RowDescription in place: no table, no attribute number, Materialize's types. */
export function showColumns(context: Context, body: Buffer): void {
  const own = timestampOid(context)
  for (const { column, at } of readFields(body)) {
    body.fill(0, at, at + 6)
    if (column.typeOid !== own) continue
    body.writeUInt32BE(SHOWN[context.era].typeOid, at + 6)
    body.writeInt16BE(SHOWN[context.era].typeSize, at + 10)
    body.writeInt32BE(SHOWN[context.era].typeModifier, at + 12)
  }
}
