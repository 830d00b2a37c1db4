import { type Backend, quoteName } from './backend.ts'

const TICKS = 5
const LOG_BYTES = 16_000_000

/**
 * What PostgreSQL's background processes do elsewhere: PGlite has none. Without VACUUM the space of deleted rows is
 * never used again, without CHECKPOINT the write-ahead log grows without end. Only what needs it is vacuumed: all
 * of a database takes 50 to 500 ms, in which nothing else runs; one table of 20,000 rows takes 10 to 35. Looking more
 * often keeps the tables small: at 10,000 readings a second the engine takes 0.63 cores with 30 ticks, 0.56 with 5.
 */
export function housekeeping(backend: Backend): () => void {
  let ticks = 0
  let checkpoint = '0/0'
  return () => {
    if (++ticks % TICKS !== 0) return
    const tables = backend.query(`
      SELECT schemaname, relname FROM pg_stat_all_tables WHERE n_dead_tup > 1000 AND n_dead_tup > n_live_tup / 5`)
    for (const [schema, table] of tables)
      backend.query(`VACUUM ${quoteName(schema ?? '')}.${quoteName(table ?? '')}`)
    const [grown] =
      backend.query(`SELECT pg_current_wal_insert_lsn() - '${checkpoint}'::pg_lsn > ${LOG_BYTES}`)[0] ?? []
    if (grown !== 't') return
    backend.query('CHECKPOINT')
    checkpoint = backend.query('SELECT pg_current_wal_insert_lsn()')[0]?.[0] ?? checkpoint
  }
}
