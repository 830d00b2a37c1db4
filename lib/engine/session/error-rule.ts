import type { ErrorFields } from '../errors.ts'
import type { Version } from '../version.ts'

/** What is known of the statement that failed. */
export interface Failed {
  readonly version: Version
  /** Whether it reads a relation: then an error of its evaluation is marked as one. */
  readonly reads: () => boolean
  readonly sql: string
  /** Whether there is a schema, or a function, of a name. */
  readonly knows: (kind: 'schema' | 'function', name: string) => boolean
  /** How many characters of the query string stand before the statement. */
  readonly before: number
}

/** What Materialize says in place of it. */
export type Words = (match: RegExpExecArray, failed: Failed, fields: ErrorFields) => Partial<ErrorFields>

/** An error of PostgreSQL, by its code and words. */
export interface Rule {
  readonly code: string
  readonly pattern: RegExp
  /** What differs; PostgreSQL's detail, hint and position are not kept. */
  readonly words: Words
}

export const rule = (code: string, pattern: RegExp, words: Words): Rule => ({ code, pattern, words })
/** Errors of planning have no code of their own. */
export const plan = (message: string, more: Partial<ErrorFields> = {}): Partial<ErrorFields> => ({
  code: 'XX000',
  message,
  ...more,
})

/** Errors of evaluation carry a mark where a relation is read. */
export function marked(message: string, { reads, sql, version }: Failed): Partial<ErrorFields> {
  const isPeek = version.era === 'subscribe' && /\blimit\b/i.test(sql)
  return plan(`${reads() && !isPeek ? 'Evaluation error: ' : ''}${message}`)
}

/** The words of an error of evaluation, without the mark. */
export const evaluation =
  (words: (match: RegExpExecArray, failed: Failed) => string): Words =>
  (match, failed) =>
    marked(words(match, failed), failed)
