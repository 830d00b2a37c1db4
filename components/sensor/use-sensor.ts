'use client'

import { useMemo } from 'react'
import { isMissing } from '../../lib/client/connection.ts'
import { type SensorNow, toOverview } from '../../lib/readings/overview.ts'
import { useLive } from '../live/live-provider.tsx'
import { useNow } from '../live/use-now.ts'
import { useOverview } from '../live/use-overview.ts'
import { useReadings, useRelation } from '../live/use-relation.ts'
import { useLatched } from '../sensors/use-latched.ts'

/** The neighbours are looked at once a second. */
const NEIGHBOURS_MS = 1_000

export interface SensorKnowledge {
  /**
   * `waiting`: not known yet. `reporting`: has readings in the window. `quiet`: only its last reading is known, and
   * that is older than the window. `unknown`: it has never been heard of.
   */
  readonly kind: 'waiting' | 'reporting' | 'quiet' | 'unknown'
  readonly now: SensorNow | undefined
  /** All sensors with their last readings, itself included; empty where the database does not tell. */
  readonly all: readonly SensorNow[]
}

/** All that is known of one sensor: its own readings, and the last ones of all. */
export function useSensor(id: number): SensorKnowledge {
  const { ready, view } = useReadings()
  const own = useOverview()?.sensors.find((sensor) => sensor.id === id)
  const latest = useRelation(useLive().latest)
  const nowMs = useNow()
  const everyone = useMemo(() => {
    if (!latest.ready || nowMs === undefined) return []
    const nowS = (Math.max(nowMs, Date.now()) + latest.clockOffsetMs) / 1000
    const asOfS = Math.min(nowS, (latest.asOfMs ?? Number.POSITIVE_INFINITY) / 1000)
    return toOverview({ sensors: latest.view.sensors, perSecond: 0, delay: undefined }, nowS, asOfS).sensors
  }, [latest, nowMs])
  const all = useLatched(everyone, { intervalMs: NEIGHBOURS_MS, key: String(latest.ready) })
  if (own && view.lines.some((series) => series.id === id)) return { kind: 'reporting', now: own, all }
  const last = own ?? all.find((sensor) => sensor.id === id)
  if (last) return { kind: 'quiet', now: last, all }
  const isTold = latest.ready || isMissing(latest.connection)
  return { kind: ready && isTold ? 'unknown' : 'waiting', now: undefined, all }
}
