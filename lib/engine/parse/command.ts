import type { StatementError } from '../errors.ts'
import type { Notice } from '../wire/backend.ts'
import type { Option } from './scanner.ts'
import type { Target } from './target.ts'

/** TAIL or SUBSCRIBE. */
export interface Subscribe {
  readonly kind: 'subscribe'
  readonly target: { readonly relation: readonly string[] } | { readonly query: string }
  readonly snapshot: boolean
  readonly progress: boolean
  readonly asOf: AsOf | undefined
}

export interface AsOf {
  readonly expression: string
  readonly atLeast: boolean
}

/** A statement's text and what is known of it without PostgreSQL's parser. */
export interface Ordinary {
  readonly kind: 'ordinary'
  readonly verb: Verb
  readonly sql: string
  /** What it changes. */
  readonly targets?: readonly Target[]
  /** What a SHOW is of, and must be there. */
  readonly within?:
    | { readonly kind: 'relation' | 'columns' | 'schema'; readonly name: readonly string[] }
    | undefined
  /** `SELECT ... AS OF`: `sql` is without it. */
  readonly asOf?: AsOf | undefined
}

/**
 * How an ordinary statement fits into a transaction: a read, an INSERT of VALUES, or one that wants to be alone.
 * EXPLAIN is a read without effects.
 */
export type Verb = 'read' | 'insert' | 'explain' | 'ddl' | 'mutation'

export interface Fetch {
  readonly kind: 'fetch'
  readonly cursor: string
  readonly count: number | 'all'
  readonly options: readonly Option[]
}

export interface CopyOut {
  readonly kind: 'copy-out'
  readonly of: Subscribe | Ordinary
}

/** What is answered and changes nothing. */
export interface Nothing {
  readonly kind: 'nothing'
  readonly tag: string
  readonly notice?: Notice
}

export type Command =
  | Nothing
  | Subscribe
  | Ordinary
  | Fetch
  | CopyOut
  | { readonly kind: 'copy-in'; readonly relation: readonly string[]; readonly sql: string }
  /** `COPY relation TO`, which Materialize refuses by the kind of the relation. */
  | { readonly kind: 'copy-relation'; readonly relation: readonly string[] }
  | { readonly kind: 'declare'; readonly cursor: string; readonly of: Subscribe | Ordinary }
  | { readonly kind: 'close'; readonly cursor: string }
  | { readonly kind: 'begin'; readonly isolation: string | undefined }
  | { readonly kind: 'commit' | 'rollback' }
  | {
      readonly kind: 'set'
      readonly name: string
      readonly value: string | undefined
      readonly local: boolean
    }
  | { readonly kind: 'reset'; readonly name: string }
  | { readonly kind: 'show'; readonly name: string }
  | { readonly kind: 'discard'; readonly what: 'ALL' | 'TEMP' }
  | { readonly kind: 'prepare'; readonly name: string; readonly sql: string }
  | { readonly kind: 'show-create'; readonly type: string; readonly relation: readonly string[] }
  | { readonly kind: 'execute'; readonly name: string; readonly values: readonly (string | null)[] }
  | { readonly kind: 'deallocate'; readonly name: string | undefined }
  /** A plan's refusal that is raised when the statement is reached, not before. */
  | { readonly kind: 'refused'; readonly error: StatementError }
