import { escapeIdentifier } from 'pg'
import type { Word } from './dialect.ts'

/** Materialize up to v0.26 can only FETCH from cursors whose name needs no quotes. */
export const CURSOR = 'c'

/** The number caps what one answer can hold in memory; no timeout, as one would hold rows back until it is over. */
export const FETCH = `FETCH 1000 ${CURSOR}`

/** A page of a read. */
export const FETCH_PAGE = `FETCH 500 ${CURSOR}`

export interface DeclareOptions {
  readonly word: Word
  /** Database, schema, name, as in the catalog. */
  readonly relation: readonly string[]
  readonly snapshot: boolean
  readonly asOf?: bigint | undefined
}

/** PROGRESS makes the cursor say every second, also when nothing changes, how far it has come. */
export function declareStatement({ word, relation, snapshot, asOf }: DeclareOptions): string {
  const at = asOf === undefined ? '' : ` AS OF ${asOf}`
  return `DECLARE ${CURSOR} CURSOR FOR ${word} ${quoteName(relation)} WITH (SNAPSHOT = ${snapshot}, PROGRESS)${at}`
}

/** The time that a read is as of, as each of its rows tells it. */
const nowIn = (word: Word): string => (word === 'TAIL' ? 'mz_logical_timestamp()' : 'mz_now()')

/** The rows of a read are at most so many; a client's own number stays out of the text. */
const ROW_STEPS = [1_000, 10_000, 100_000, 1_000_000] as const

export interface SelectOptions {
  readonly word: Word
  /** Database, schema, name, as in the catalog. */
  readonly relation: readonly string[]
  readonly columns: readonly string[]
  /** More rows than these are of no use; infinite where nobody knows. */
  readonly enough: number
}

/** A read of a relation: the time that it is as of, then the columns. */
export function declareRead({ word, relation, columns, enough }: SelectOptions): string {
  const list = [nowIn(word), ...columns.map(escapeIdentifier)].join(', ')
  const most = ROW_STEPS.find((step) => step >= enough)
  const limit = most === undefined ? '' : ` LIMIT ${most}`
  return `DECLARE ${CURSOR} CURSOR FOR SELECT ${list} FROM ${quoteName(relation)}${limit}`
}

/** The time of a read that has no rows to tell it, in the same transaction. */
export const timeOfRead = ({ word, relation }: SelectOptions): string =>
  `SELECT ${nowIn(word)} FROM (SELECT count(*) FROM ${quoteName(relation)}) AS counted`

const quoteName = (relation: readonly string[]): string => relation.map(escapeIdentifier).join('.')
