'use client'

import { createContext, type ReactNode, use, useState } from 'react'
import { PaintTurns } from '../../lib/browser/paint-turns.ts'
import { RelationStore } from '../../lib/browser/relation-store.ts'
import { HostProjection, type HostView } from '../../lib/readings/host-metrics.ts'
import { areReadingsWatched, watchReadings } from '../alerts/alerts.ts'
import { ReadingsSource } from './readings-source.ts'
import { MIN_INTERVAL_MS } from './source.ts'

interface Live {
  /** The readings of all sensors, read from whatever fits their number. */
  readonly readings: ReadingsSource
  readonly host: RelationStore<HostView>
  readonly turns: PaintTurns
}

const LiveContext = createContext<Live | undefined>(undefined)

function createLive(): Live {
  return {
    readings: new ReadingsSource({ onReadings: watchReadings, readsHidden: areReadingsWatched }),
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
