'use client'

import { createContext, type ReactNode, use, useState } from 'react'
import { watched } from '../../lib/alerts/watched.ts'
import { PaintTurns } from '../../lib/browser/paint-turns.ts'
import { RelationStore } from '../../lib/browser/relation-store.ts'
import { HostProjection, type HostView } from '../../lib/readings/host-metrics.ts'
import { LatestProjection, type LatestView } from '../../lib/readings/latest.ts'
import { areReadingsWatched, watchReadings } from '../alerts/alerts.ts'
import { oneSensor } from './one-sensor.ts'
import { ReadingsSource } from './readings-source.ts'
import { MIN_INTERVAL_MS } from './source.ts'

interface Live {
  /** The readings of all sensors, read from whatever fits their number; of one sensor on the page about it. */
  readonly readings: ReadingsSource
  /** The last reading of each sensor, for a page that reads only one of them in full. */
  readonly latest: RelationStore<LatestView>
  readonly host: RelationStore<HostView>
  readonly turns: PaintTurns
}

const LiveContext = createContext<Live | undefined>(undefined)

function createLive(sensorId: number | undefined): Live {
  const alerts = { onReadings: watchReadings, readsHidden: areReadingsWatched }
  // Alerts are about all sensors: where the page reads only one in full, they hear of all by the latest.
  const readings = new ReadingsSource(sensorId === undefined ? alerts : oneSensor(sensorId))
  return {
    readings,
    latest: new RelationStore({
      relation: 'sensors_latest',
      projection: watched(new LatestProjection(), watchReadings),
      readsHidden: areReadingsWatched,
      minIntervalMs: MIN_INTERVAL_MS,
    }),
    host: new RelationStore({
      relation: 'host_metrics',
      projection: new HostProjection(),
      minIntervalMs: MIN_INTERVAL_MS,
    }),
    turns: new PaintTurns(() => readings.isBehind),
  }
}

/** Owns the stores of the page. A stream opens with the first component that reads it and closes with the last. */
export function LiveProvider({ sensorId, children }: { sensorId?: number; children: ReactNode }) {
  const [live] = useState(() => createLive(sensorId))
  return <LiveContext value={live}>{children}</LiveContext>
}

export function useLive(): Live {
  const live = use(LiveContext)
  if (!live) throw new Error('useLive needs a LiveProvider around it')
  return live
}
