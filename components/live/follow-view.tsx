'use client'

import { useEffect } from 'react'
import { WINDOW_S } from '../../lib/readings/window.ts'
import { useSelection } from '../view/use-selection.ts'
import { useTimeView } from '../view/use-time-view.ts'
import { useLive } from './live-provider.tsx'

/**
 * Lets what the address asks for be there: the readings of the sensors that are selected, where not all are streamed,
 * and those of a stretch of time that the database lets go while the reader looks at it. Shows nothing.
 */
export function FollowView() {
  const { readings } = useLive()
  const { ids } = useSelection()
  const { atS } = useTimeView()
  useEffect(() => readings.select(ids), [readings, ids])
  useEffect(() => {
    if (atS === undefined) readings.release()
    else readings.hold(atS - WINDOW_S)
  }, [readings, atS])
  return null
}
