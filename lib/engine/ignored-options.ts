/** Options that this engine accepts and has no use for, in the words of either era. */
const IGNORED = [
  /\bIN\s+CLUSTER\s+("[^"]+"|\w+)/i,
  /\bWITH\s*\(\s*(?:RETAIN\s+HISTORY\s*=?\s*FOR\s*'[^']*'|REFRESH\s*=?\s*ON\s+COMMIT|logical_compaction_window\s*=\s*'[^']*')\s*\)/i,
]

/** A definition without the options that nothing here comes of. */
export const withoutOptions = (sql: string): string =>
  /^\s*(CREATE|ALTER)\b/i.test(sql) ? IGNORED.reduce(blank, sql) : sql

/** Without a word, and with all others where they were: errors tell their places. */
export const blank = (sql: string, word: RegExp): string =>
  sql.replace(word, (found) => ' '.repeat(found.length))
