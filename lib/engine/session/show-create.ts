import { quoteName, quoteText } from '../backend.ts'
import { type CatalogObject, fullName } from '../catalog.ts'
import type { Column } from '../change.ts'
import { internalError } from '../errors.ts'
import { readDataRow } from '../frames.ts'
import { kindWord } from '../object-kinds.ts'
import { type Created, pretty } from '../print/pretty.ts'
import { rows } from './action.ts'
import { run } from './ordinary.ts'
import type { Host, Portal } from './portal.ts'
import { textColumn } from './set.ts'

interface Asked {
  readonly type: string
  readonly relation: readonly string[]
}

/** SHOW CREATE: the text that an object was made with, its names quoted and qualified. */
export async function showCreate(host: Host, asked: Asked, formats: readonly number[]): Promise<Portal> {
  const tail = host.database.version.era === 'tail'
  const { type, relation } = asked
  const title = type[0]?.toUpperCase() + type.slice(1)
  const columns: Column[] = (tail ? [title, `Create ${title}`] : ['name', 'create_sql']).map(textColumn)
  // The older server looks when it runs.
  if (!tail) find(host, relation)
  return rows(host, columns, () => load(host, asked, tail), formats)
}

function find(host: Host, relation: readonly string[]): CatalogObject | undefined {
  const { names } = host.database
  const object = names.lookUp(relation)
  if (!object && !names.systemQuery(relation)) names.find(relation)
  return object
}

async function load(host: Host, { type, relation }: Asked, tail: boolean) {
  const object = find(host, relation)
  if (!object) throw internalError(`cannot show create for system object ${relation.join('.')}`)
  const kind = kindWord(object, host.database.version.era)
  const full = fullName(object)
  if (kind !== type) {
    const hint = 'Use SHOW CREATE MATERIALIZED VIEW to show a materialized view.'
    throw internalError(`${full} is not a ${type}`, !tail && kind === 'materialized view' ? { hint } : {})
  }
  const body = await resolved(host, object.id)
  const cluster = `IN CLUSTER ${tail ? '[1]' : 'quickstart'}`
  const name = quoteName(object.name)
  const whole = `"materialize".${quoteName(object.schema)}.${name}`
  const created: Created = {
    kind: type.toUpperCase() as Created['kind'],
    name: type === 'index' ? `${name} ${cluster}` : whole,
    options: type === 'materialized view' ? [cluster, 'WITH (REFRESH = ON COMMIT)'] : [],
    body,
  }
  return [[full, tail ? `CREATE ${created.kind} ${created.name} ${body}` : pretty(created)]]
}

/** What follows the name in an object's CREATE; what it reads, kept by id, under the names of now. */
async function resolved(host: Host, id: string): Promise<string> {
  const ask = async (sql: string) => {
    const answer = await run(host, { sql, types: [], binding: undefined })
    return answer.rows.map((row) => readDataRow(row.subarray(5)))
  }
  const [[body] = []] = await ask(`
    SELECT body FROM mz_engine.relations WHERE id = ${quoteText(id)}
    UNION ALL SELECT body FROM mz_engine.indexes WHERE id = ${quoteText(id)}`)
  const names = new Map(
    (await ask('SELECT id, schema_name, name FROM mz_engine.relations')).map(([key, schema, name]) => [
      key ?? '',
      `"materialize".${quoteName(schema ?? '')}.${quoteName(name ?? '')}`,
    ]),
  )
  return (body ?? '').replaceAll(
    /'(?:[^']|'')*'|\[(u\d+) AS (?:"(?:[^"]|"")*"\.?)+\]/g,
    (found, key: string | undefined) => (key === undefined ? found : (names.get(key) ?? found)),
  )
}
