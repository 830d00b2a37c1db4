'use client'

import { createContext, type ReactNode, use, useState } from 'react'
import { watched } from '../../lib/alerts/watched.ts'
import { PaintTurns } from '../../lib/browser/paint-turns.ts'
import { RelationStore } from '../../lib/browser/relation-store.ts'
import { HostProjection, type HostView } from '../../lib/readings/host-metrics.ts'
import { ReadingsProjection, type ReadingsView } from '../../lib/readings/readings-view.ts'
import { areReadingsWatched, watchReadings } from '../alerts/alerts.ts'

/** What is said in words and numbers changes at most five times a second. */
const MIN_INTERVAL_MS = 200

interface Live {
  readonly readings: RelationStore<ReadingsView>
  readonly host: RelationStore<HostView>
  readonly turns: PaintTurns
}

const LiveContext = createContext<Live | undefined>(undefined)

function createLive(): Live {
  return {
    readings: new RelationStore({
      relation: 'sensors_view',
      projection: watched(new ReadingsProjection(), watchReadings),
      readsHidden: areReadingsWatched,
      minIntervalMs: MIN_INTERVAL_MS,
    }),
    host: new RelationStore({
      relation: 'host_metrics',
      projection: new HostProjection(),
      minIntervalMs: MIN_INTERVAL_MS,
    }),
    turns: new PaintTurns(),
  }
}

/** Owns the stores of the page. A stream opens with the first component that reads it and closes with the last. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [live] = useState(createLive)
  return <LiveContext value={live}>{children}</LiveContext>
}

export function useLive(): Live {
  const live = use(LiveContext)
  if (!live) throw new Error('useLive needs a LiveProvider around it')
  return live
}
