import type { Column, Status, Update } from '../protocol/events.ts'
import type { RowJson } from '../protocol/row.ts'

/** What the rows of a hub are. */
export interface Description {
  readonly relation: string
  readonly columns: readonly Column[]
  readonly epoch: string
}

/**
 * Makes events. The hub knows no format, it is given one: a `Chunk` is one encoded event, shared by all who are sent
 * it and never changed after it was made.
 */
export interface Encoder<Chunk> {
  /** The parts of a snapshot; only the last carries the id. */
  snapshot(what: Description, timestamp: bigint, rows: Iterable<RowJson>): Chunk[]
  update(epoch: string, timestamp: bigint, updates: readonly Update<RowJson>[]): Chunk
  /** `position` is where the rows stand, undefined before the first; `withId` is for readers who have all of it. */
  heartbeat(position: { epoch: string; timestamp: bigint } | undefined, withId: boolean, now: number): Chunk
  status(state: Status['state'], reason: string): Chunk
  bye(): Chunk
}
