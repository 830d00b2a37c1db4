import { randomUUID } from 'node:crypto'
import { type Backend, quoteText } from './backend.ts'
import { synchronize } from './catalog.ts'
import { SEARCH_PATH, TEMPORARY } from './catalog-sql.ts'
import type { Version } from './version.ts'

/** Brings up to date what an earlier run, perhaps of an earlier engine, has left. Within a transaction. */
export function takeOver(backend: Backend): void {
  backend.query(`ALTER TABLE mz_engine.objects
    ADD COLUMN IF NOT EXISTS body text, ADD COLUMN IF NOT EXISTS not_null text[]`)
  // What sessions did not drop.
  backend.query(`DROP SCHEMA ${TEMPORARY} CASCADE; CREATE SCHEMA ${TEMPORARY}`)
  synchronize(backend, () => false)
}

/** What was kept of an earlier run, or is made for all later ones; and the settings that functions in SQL read. */
export function readState(
  backend: Backend,
  { text, major, minor, patch }: Version,
): { identity: string; last: bigint } {
  backend.query(`SET search_path = ${SEARCH_PATH}; ${settingSql('mz.version', text)}
    ${settingSql('mz.version_num', String(major * 100000 + minor * 100 + patch))}`)
  const [identity, last] =
    backend.query(`UPDATE mz_engine.state SET identity = coalesce(identity, '${randomUUID()}')
      RETURNING identity, last_timestamp`)[0] ?? []
  return { identity: identity ?? '', last: BigInt(last ?? 0) }
}

/** For the settings that functions in the database read. */
const settingSql = (name: string, value: string): string =>
  `SELECT set_config(${quoteText(name)}, ${quoteText(value)}, false);`
