'use client'

import { useMemo } from 'react'
import { type Overview, toOverview } from '../../lib/readings/overview.ts'
import { useNow } from './use-now.ts'
import { useReadings } from './use-relation.ts'

/** All that is said about the sensors now; undefined until their rows have come. */
export function useOverview(): Overview | undefined {
  const { ready, view, clockOffsetMs } = useReadings()
  const now = useNow()
  return useMemo(() => {
    if (!ready || now === undefined) return undefined
    // Rows may come between two ticks: the present is never before them.
    return toOverview(view.sensors, (Math.max(now, Date.now()) + clockOffsetMs) / 1000)
  }, [ready, view, now, clockOffsetMs])
}
