import type { StreamEvent } from '../protocol/events.ts'
import type { Connection } from './connection.ts'
import type { RawEvent } from './raw-event.ts'
import type { StreamQuery } from './stream-query.ts'

/** One stream as a page holds it, whoever keeps the connection to the server. */
export interface Stream {
  open(): void
  /** May be called twice. The stream may be opened again. */
  close(): void
  /** Tries now instead of later, unless the stream is known to be alive. */
  retryNow(): void
  /** True where the connection is one for all tabs of the browser. */
  readonly isShared: boolean
}

/** Who reads a stream, and what is read. */
export interface StreamReader {
  readonly query: StreamQuery
  /** Where to go on from, or undefined to begin with a snapshot. */
  readonly lastEventId: () => string | undefined
  /** A stream begins: parts of a snapshot read before are void. */
  readonly onBegin: () => void
  /**
   * May throw a `FoldError`: the rows are then sent anew. `size` is how many distinct rows there are after the event
   * where they have been counted already.
   */
  readonly onEvent: (event: StreamEvent, size?: number) => void
  /** Nobody can see the page: what comes is held back until somebody can, and is told then as one. */
  readonly onHeldBack?: () => void
  /** What comes next happened while nobody could see the page. */
  readonly onUnseen?: () => void
  readonly onConnection: (connection: Connection) => void
  /** Each event as it came, before it is read; not those that came while nobody could see the page. */
  readonly onRaw?: ((event: RawEvent) => void) | undefined
  /** Asked when the page is hidden: true where what comes meanwhile is wanted as it comes, and not afterwards as one. */
  readonly readsHidden?: (() => boolean) | undefined
}
