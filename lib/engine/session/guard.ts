import { quoteText } from '../backend.ts'
import { internalError } from '../errors.ts'
import type { Ordinary } from '../parse/command.ts'
import type { Target } from '../parse/target.ts'
import { refusal } from '../refuse.ts'
import { run } from './ordinary.ts'
import type { Host } from './portal.ts'

const SYSTEM_SCHEMA =
  /^(?:mz_(?:catalog|internal|engine|introspection|unsafe)|pg_catalog|pg_toast|information_schema)$/

/** Throws where a statement would change the system's own objects, or write into a view as PostgreSQL can. */
export async function refuseTargets(host: Host, { verb, targets = [] }: Ordinary): Promise<void> {
  for (const target of targets) {
    refuseSystem(target, host.database.version.era === 'tail')
    if (target.verb === 'write')
      await refuseView(host, target.name, verb === 'insert' ? 'insert into' : 'mutate')
  }
}

/** The older server tells the schema by its id. */
const SCHEMA_IDS: Readonly<Record<string, number>> = {
  mz_catalog: 1,
  pg_catalog: 2,
  mz_internal: 4,
  information_schema: 5,
}

function refuseSystem({ verb, kind, name }: Target, tail: boolean): void {
  const [last = '', schema] = name.toReversed()
  const because = 'because it is required by the database system'
  if (kind === 'schema') {
    if (verb === 'drop' && SYSTEM_SCHEMA.test(last))
      throw internalError(`cannot drop schema ${last} ${because}`)
    return
  }
  const system =
    schema === undefined ? verb !== 'create' && /^(mz|pg)_/.test(last) : SYSTEM_SCHEMA.test(schema)
  if (!system || kind === 'role') return
  const home = schema ?? (last.startsWith('pg_') ? 'pg_catalog' : 'mz_catalog')
  if (verb === 'create') {
    if (tail) throw internalError(`system schema '${SCHEMA_IDS[home] ?? home}.${last}' cannot be modified`)
    throw refusal('42501', `permission denied for SCHEMA "${home}"`, {
      detail: `The 'materialize' role needs CREATE privileges on SCHEMA "${home}"`,
    })
  }
  if (verb === 'drop') {
    throw internalError(`cannot drop ${tail ? `item ${home}.${last}` : `${kind} ${last}`} ${because}`)
  }
  throw internalError(`cannot mutate system table '${name.join('.')}'`)
}

/** A view takes no rows, whichever way they come. */
export async function refuseView(
  host: Host,
  name: readonly string[],
  verb: 'insert into' | 'mutate',
): Promise<void> {
  const [last = '', schema = 'public'] = name.toReversed()
  const sql = `SELECT 1 FROM mz_engine.relations
    WHERE name = ${quoteText(last)} AND schema_name = ${quoteText(schema)} AND kind <> 'table'`
  const { rows } = await run(host, { sql, types: [], binding: undefined })
  if (rows.length > 0) throw internalError(`cannot ${verb} view 'materialize.${schema}.${last}'`)
}
