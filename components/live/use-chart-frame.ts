'use client'

import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Metric } from '../../lib/readings/air-quality.ts'
import { countWithin } from '../../lib/readings/look-back.ts'
import { type SilentEnd, silentEnds } from '../../lib/readings/silent-end.ts'
import type { ChartFrame } from '../charts/chart-frame.ts'
import { createFrame } from '../charts/create-frame.ts'
import { useLive } from './live-provider.tsx'
import { serverNowS } from './server-now.ts'
import { useReadingsPart } from './use-readings-part.ts'

/** Nothing on the page is painted more often than five times a second. */
const MIN_PAINT_MS = 200
/** A second's step is seen in any window: new readings must not wait for the picture to move. */
const MAX_PAINT_MS = 1_000

export interface ChartPicture {
  readonly frame: ChartFrame
  readonly silent: readonly SilentEnd[]
}

export interface PictureRequest {
  readonly metric: Metric
  readonly windowS: number
  /** Where a standing chart ends, in Unix seconds; undefined for one that ends now. */
  readonly atS: number | undefined
  readonly width: number
  readonly height: number
}

/**
 * The picture of a chart, in turn with the other charts: renewed when it would have moved by a pixel; one that stands
 * is drawn once, and once more where a reading of its time comes late.
 */
export function useChartFrame({ metric, windowS, atS, width, height }: PictureRequest) {
  const { readings, turns } = useLive()
  const [picture, setPicture] = useState<ChartPicture>()
  // Before there are rows there is nothing to draw: an empty picture would be taken for the first chart.
  const ready = useReadingsPart((state) => state.ready)
  // Readings come a little later than they are taken: a chart that stands is drawn anew for those of its own time.
  const standing = useReadingsPart(({ ready, view }) =>
    ready && atS !== undefined ? countWithin(view, { fromS: atS - windowS, toS: atS }) : undefined,
  )
  useEffect(() => {
    if (width === 0 || !ready) return
    const pixelMs = (windowS * 1000) / width
    const paint = (detail: number) => {
      const state = readings.getState()
      const { lines } = state.view
      const nowS = serverNowS(state)
      const endS = Math.min(atS ?? nowS, nowS)
      const request = { metric, windowS, width, height, detail }
      flushSync(() => {
        setPicture((before) => {
          // The scale is kept while time goes by, not when the reader has chosen another width.
          const isSameWidth = before && Math.abs(before.frame.toS - before.frame.fromS - windowS) < 1e-3
          const axisBefore = isSameWidth ? before.frame.valueAxis : undefined
          const frame = createFrame(state.view, endS, request, axisBefore)
          const drawn = new Set(frame.lines.map(({ id }) => id))
          const asOfS = Math.min(endS, (state.asOfMs ?? Number.POSITIVE_INFINITY) / 1000)
          const silent = silentEnds(
            lines.filter(({ id }) => drawn.has(id)),
            metric,
            frame.fromS,
            asOfS,
          )
          return { frame, silent }
        })
      })
    }
    const intervalMs = Math.min(MAX_PAINT_MS, Math.max(MIN_PAINT_MS, pixelMs))
    return turns.join(paint, standing === undefined ? intervalMs : Number.POSITIVE_INFINITY)
  }, [readings, turns, metric, ready, windowS, atS, standing, width, height])
  return picture
}
