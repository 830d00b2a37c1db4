'use client'

import { useMemo } from 'react'
import { type Overview, toOverview } from '../../lib/readings/overview.ts'
import { readingsPerSecond } from '../../lib/readings/rate.ts'
import { useNow } from './use-now.ts'
import { useReadings } from './use-relation.ts'

/** All that is said about the sensors now; undefined until their rows have come. */
export function useOverview(): Overview | undefined {
  const { ready, view, asOfMs, clockOffsetMs } = useReadings()
  const now = useNow()
  return useMemo(() => {
    if (!ready || now === undefined) return undefined
    // Rows may come between two ticks: the present is never before them.
    const nowMs = Math.max(now, Date.now()) + clockOffsetMs
    const asOfS = Math.min(nowMs, asOfMs ?? nowMs) / 1000
    const { lines, delay } = view
    const perSecond = readingsPerSecond(lines, asOfS)
    return toOverview({ sensors: lines, perSecond, delay }, nowMs / 1000, asOfS)
  }, [ready, view, now, asOfMs, clockOffsetMs])
}
