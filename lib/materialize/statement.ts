import { escapeIdentifier } from 'pg'
import type { Word } from './dialect.ts'

/** Materialize up to v0.26 can only FETCH from cursors whose name needs no quotes. */
export const CURSOR = 'c'

/** The number caps what one answer can hold in memory; no timeout, as one would hold rows back until it is over. */
export const FETCH = `FETCH 1000 ${CURSOR}`

export interface DeclareOptions {
  readonly word: Word
  /** Database, schema, name, as in the catalog. */
  readonly relation: readonly string[]
  readonly snapshot: boolean
  readonly asOf?: bigint | undefined
}

/** PROGRESS makes the cursor say every second, also when nothing changes, how far it has come. */
export function declareStatement({ word, relation, snapshot, asOf }: DeclareOptions): string {
  const name = relation.map(escapeIdentifier).join('.')
  const at = asOf === undefined ? '' : ` AS OF ${asOf}`
  return `DECLARE ${CURSOR} CURSOR FOR ${word} ${name} WITH (SNAPSHOT = ${snapshot}, PROGRESS)${at}`
}
