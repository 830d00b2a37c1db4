const CALL = /\bpg_cancel_backend\s*\(\s*(\d+)\s*\)/gi

/** Puts what `cancel` answers in the place of each call: the sessions are ours, PGlite knows but one. */
export const withCancels = (sql: string, cancel: (processId: number) => boolean): string =>
  sql.replaceAll(CALL, (_, id: string) => `(SELECT ${cancel(Number(id))} AS "pg_cancel_backend")`)
