import type { Column } from '../change.ts'
import { internalError } from '../errors.ts'
import { readDataRow } from '../frames.ts'
import { unsupported } from '../refuse.ts'
import { rows } from './action.ts'
import { run } from './ordinary.ts'
import type { Host, Portal } from './portal.ts'
import { textColumn } from './set.ts'

/** SHOW CREATE of a table or view. Its words are PostgreSQL's, for the text it was created with is not kept. */
export async function showCreate(
  host: Host,
  { type, relation }: { type: string; relation: readonly string[] },
  formats: readonly number[],
): Promise<Portal> {
  if (type !== 'table' && type !== 'view' && type !== 'materialized view') {
    throw unsupported(`SHOW CREATE ${type.toUpperCase()}`)
  }
  await host.database.plan({ relation })
  const tail = host.database.version.era === 'tail'
  return rows(host, columnsOf(type, tail), () => load(host, type, relation, tail), formats)
}

function columnsOf(type: string, tail: boolean): Column[] {
  const title = type[0]?.toUpperCase() + type.slice(1)
  return (tail ? [title, `Create ${title}`] : ['name', 'create_sql']).map(textColumn)
}

async function load(host: Host, type: string, relation: readonly string[], tail: boolean) {
  const name = relation.at(-1) ?? ''
  const schema = relation.at(-2) ?? 'public'
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
  const named = tail
    ? `format('"%s" "pg_catalog"."%s"', c.name, t.typname)`
    : `c.name || ' pg_catalog.' || t.typname`
  const column = `${named}
    || CASE WHEN c.nullable THEN '' ELSE ' NOT NULL' END
    || CASE WHEN c."default" = 'NULL' THEN '' ELSE ' DEFAULT ' || c."default" END`
  const answer = await run(host, {
    sql: `SELECT r.kind, r.definition,
        (SELECT string_agg(${column}, ', ' ORDER BY c.position)
          FROM mz_engine.columns c JOIN pg_type t ON t.oid = c.type_oid WHERE c.id = r.id)
      FROM mz_engine.relations r WHERE r.name = ${literal(name)} AND r.schema_name = ${literal(schema)}`,
    types: [],
    binding: undefined,
  })
  const [kind, definition, columns] = answer.rows[0] ? readDataRow(answer.rows[0].subarray(5)) : []
  const full = `materialize.${schema}.${name}`
  const found = kind?.replace('-', ' ')
  const fits = found === type || (tail && type === 'view' && found === 'materialized view')
  if (!fits) {
    const hint = 'Use SHOW CREATE MATERIALIZED VIEW to show a materialized view.'
    throw internalError(`${full} is not a ${type}`, !tail && found === 'materialized view' ? { hint } : {})
  }
  const target = tail ? `"materialize"."${schema}"."${name}"` : full
  const body =
    type === 'table' ? `(${columns})` : `AS ${definition?.replaceAll(/\s+/g, ' ').trim().replace(/;$/, '')}`
  const text = `CREATE ${type.toUpperCase()} ${target} ${body}${tail ? '' : ';'}`
  return [[full, text]]
}
