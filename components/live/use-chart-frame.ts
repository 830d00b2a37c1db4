'use client'

import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Metric } from '../../lib/readings/air-quality.ts'
import type { ChartFrame } from '../charts/chart-frame.ts'
import { createFrame } from '../charts/create-frame.ts'
import { useLive } from './live-provider.tsx'

const MIN_PAINT_MS = 250
/** A second's step is seen in any window: new readings must not wait for the picture to move. */
const MAX_PAINT_MS = 1_000

/** The picture of a chart, renewed when it would have moved by a pixel, in turn with the other charts. */
export function useChartFrame(
  metric: Metric,
  windowS: number,
  width: number,
  height: number,
): ChartFrame | undefined {
  const { readings, turns } = useLive()
  const [frame, setFrame] = useState<ChartFrame>()
  useEffect(() => {
    if (width === 0) return
    const pixelMs = (windowS * 1000) / width
    const paint = () => {
      const { view, clockOffsetMs } = readings.getState()
      const nowS = (Date.now() + clockOffsetMs) / 1000
      flushSync(() => {
        setFrame((before) =>
          createFrame(view.lines, nowS, { metric, windowS, width, height }, before?.valueAxis),
        )
      })
    }
    return turns.join(paint, Math.min(MAX_PAINT_MS, Math.max(MIN_PAINT_MS, pixelMs)))
  }, [readings, turns, metric, windowS, width, height])
  return frame
}
