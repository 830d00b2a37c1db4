import type { RelationState } from '../../lib/browser/relation-store.ts'
import type { Connection, Trouble } from '../../lib/client/connection.ts'
import type { Stream, StreamReader } from '../../lib/client/stream.ts'
import type { FoldChange } from '../../lib/protocol/fold.ts'
import type { BandSeries } from '../../lib/readings/band.ts'
import type { Crowd } from '../../lib/readings/crowd.ts'
import type { FormerSeries } from '../../lib/readings/former-series.ts'
import type { ReadingsView } from '../../lib/readings/readings-view.ts'

export type ReadingsState = RelationState<ReadingsView>

/** What is shown before anything is known. */
export const NOTHING: ReadingsState = {
  connection: { state: 'connecting', since: 0 },
  ready: false,
  columns: [],
  size: 0,
  asOfMs: undefined,
  clockOffsetMs: 0,
  lastEventId: undefined,
  isShared: false,
  view: {
    lines: [],
    formerLines: [],
    band: undefined,
    formerBand: undefined,
    selected: new Set(),
    sensors: [],
    perSecondAt: () => 0,
    delay: undefined,
  },
}

/** Some relations that the readings of all sensors are read from, told in the one shape that the page is made of. */
export interface Source {
  readonly crowd: Crowd
  /** True once all that it shows has been there. */
  readonly isReady: boolean
  /** True where the server says that a relation is not there, or may not be read. */
  readonly isRefused: boolean
  /** True as long as something that came while nobody could see the page is not in it. */
  readonly isBehind: boolean
  /** Undefined as long as nobody knows. */
  readonly sensors: number | undefined
  readonly connection: Connection
  compose(): ReadingsState
  open(): void
  /** May be called twice. What has been read stays. */
  close(): void
  retryNow(): void
  select(ids: ReadonlySet<number>): void
  hold(fromS: number): void
  release(): void
}

/** What the sources of a page have in common. */
export interface Surroundings {
  readonly onChange: () => void
  /** Told before the database began anew; outlives the source that has read it. */
  readonly formerSeries: FormerSeries
  readonly formerBand: BandSeries
  /** Is shown each change of the sensors' readings; of many sensors those of `sensors_latest`. */
  readonly onReadings: (change: FoldChange) => void
  /** Whether these are wanted as they come also while nobody can see the page. */
  readonly readsHidden: () => boolean
  readonly openStream?: ((reader: StreamReader) => Stream) | undefined
}

/** What is said in words and numbers changes at most five times a second. */
export const MIN_INTERVAL_MS = 200

const FINAL: readonly Trouble[] = ['missing', 'gone', 'forbidden', 'large']

/** The server answered, and there is nothing to wait for; that it has no room just now passes. */
export function isRefusal(connection: Connection): boolean {
  if (connection.state !== 'reconnecting' && connection.state !== 'lost') return false
  return FINAL.includes(connection.trouble)
}
