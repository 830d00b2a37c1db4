import { breathe } from '../../lib/browser/breathe.ts'
import { openStream } from '../../lib/browser/open-stream.ts'
import { PaintTurns } from '../../lib/browser/paint-turns.ts'
import { RelationStore } from '../../lib/browser/relation-store.ts'
import type { StreamQuery } from '../../lib/client/stream-query.ts'
import { EventLog } from '../../lib/explorer/event-log.ts'
import { ExplorerProjection, type ExplorerView } from '../../lib/explorer/explorer-projection.ts'

/** What is said in rows and words changes at most five times a second. */
const MIN_INTERVAL_MS = 200

/** One stream as the explorer holds it: its rows, what is drawn from them, and the events that they came in. */
export interface ExplorerSession {
  readonly query: StreamQuery
  readonly store: RelationStore<ExplorerView>
  readonly projection: ExplorerProjection
  readonly log: EventLog
  readonly turns: PaintTurns
}

/** Opens nothing yet: the first reader of the store does. */
export function createSession(query: StreamQuery): ExplorerSession {
  const projection = new ExplorerProjection({
    now: Date.now,
    breathe,
    onProgress: () => store.refresh(),
  })
  const log = new EventLog()
  const store: RelationStore<ExplorerView> = new RelationStore({
    ...query,
    projection,
    minIntervalMs: MIN_INTERVAL_MS,
    openStream: (reader) =>
      openStream({
        ...reader,
        onBegin: () => {
          projection.begin()
          reader.onBegin()
        },
        onRaw: (event) => log.record(event),
        onEvent: (event, size) => {
          projection.observe(event)
          reader.onEvent(event, size)
          // A part of a snapshot changes nothing yet, but the reader is told how far it is.
          if (event.kind === 'snapshot') store.refresh()
        },
      }),
  })
  return { query, store, projection, log, turns: new PaintTurns() }
}
