import type { IndexStatement } from './index-statement.ts'
import type { RangeVar } from './views/syntax.ts'

/** What a statement is to the engine. PGlite runs `sql`, or nothing where that is undefined. */
export type Work =
  | {
      readonly kind: 'read'
      readonly sql: string
      readonly from: readonly RangeVar[]
      readonly fromNothing: boolean
    }
  /** `updates` is the table of an UPDATE. */
  | { readonly kind: 'write'; readonly sql: string; readonly updates: RangeVar | undefined }
  | Definition

/** DDL. `tag` is the answer. */
export interface Definition {
  readonly kind: 'definition'
  readonly sql: string | undefined
  readonly tag: string
  /** The view that this makes materialized. */
  readonly materialized?: RangeVar
  /** A view that is made, or replaced: an old one of the name is dropped first. */
  readonly view?: {
    readonly name: RangeVar
    readonly replace: boolean
    readonly ifNotExists: boolean
    readonly readsItself?: boolean
    readonly reads?: readonly RangeVar[]
  }
  readonly index?: IndexStatement
  readonly rename?: Rename
  readonly drop?: Drop
}

/** What DROP names, and as what. */
export interface Drop {
  readonly type: DropType
  readonly names: readonly (readonly string[])[]
  readonly ifExists: boolean
}

/** Of `other` kinds PGlite knows all that is to be known: schemas. */
export type DropType =
  | 'table'
  | 'view'
  | 'materialized view'
  | 'index'
  | 'source'
  | 'sink'
  | 'secret'
  | 'connection'
  | 'other'

/** ALTER ... RENAME TO. */
export interface Rename {
  /** As written: `view`, `materialized view` ... */
  readonly kind: string
  readonly name: readonly string[]
  readonly to: string
}
