import type { Backend } from './backend.ts'

const TICKS = 30

/**
 * What PostgreSQL's background processes do elsewhere: PGlite has none. Without VACUUM the space of deleted rows is
 * never used again, without CHECKPOINT the write-ahead log grows without end. Both cost what has changed (1-40 ms).
 */
export function housekeeping(backend: Backend): () => void {
  let ticks = 0
  return () => {
    if (++ticks % TICKS !== 0) return
    backend.query('VACUUM')
    backend.query('CHECKPOINT')
  }
}
