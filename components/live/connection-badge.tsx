'use client'

import { useTimeView } from '../view/use-time-view.ts'
import { useLive } from './live-provider.tsx'
import { StreamBadge } from './stream-badge.tsx'
import { useReadings } from './use-relation.ts'

/** How the readings of the page stand, and whether its charts have been stopped. */
export function ConnectionBadge() {
  const { readings } = useLive()
  const { isPaused } = useTimeView()
  return <StreamBadge stream={useReadings()} isPaused={isPaused} onRetry={readings.retryNow} />
}
