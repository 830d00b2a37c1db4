'use client'

import dynamic from 'next/dynamic'
import { useCallback, useRef, useState } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import { isForbidden, isMissing, isOutOfDate } from '../../lib/client/connection.ts'
import type { TimeRange } from '../../lib/readings/line.ts'
import type { ChartMark } from '../charts/chart-marks.tsx'
import { useLive } from '../live/live-provider.tsx'
import { serverNowS } from '../live/server-now.ts'
import { useLookBack } from '../live/use-look-back.ts'
import { useReadingsPart } from '../live/use-readings-part.ts'
import { useShortcut } from '../shell/use-shortcut.ts'
import { Card } from '../ui/card.tsx'
import { ChartsHeader } from './charts-header.tsx'
import { ChartsLegend } from './charts-legend.tsx'
import { PausedNote } from './paused-note.tsx'
import { SensorChart } from './sensor-chart.tsx'
import type { SharedTime } from './sensor-plot.tsx'

const NoCharts = dynamic(async () => (await persistently(() => import('./no-charts.tsx'))).NoCharts, {
  ssr: false,
  loading: () => <Card className="min-h-96">{null}</Card>,
})

interface ReadingsChartsProps {
  /** Stretches and levels to be marked on the charts, such as those of alerts. */
  readonly marks?: { readonly pm25?: readonly ChartMark[]; readonly pm10?: readonly ChartMark[] }
}

/** PM2.5 and PM10 over the same time, under one crosshair. */
export function ReadingsCharts({ marks }: ReadingsChartsProps) {
  const { readings } = useLive()
  const lookBack = useLookBack()
  const { windowS, atS, resume, togglePause, show, shift, zoom } = lookBack
  const ready = useReadingsPart((state) => state.ready)
  const isEmpty = useReadingsPart(({ size }) => size === 0)
  const outOfDate = useReadingsPart(({ connection }) => isOutOfDate(connection))
  const missing = useReadingsPart(({ connection }) => isMissing(connection))
  const forbidden = useReadingsPart(({ connection }) => isForbidden(connection))
  const [cursorS, setCursor] = useState<number>()
  const [drag, setDrag] = useState<TimeRange>()

  useShortcut('pause', togglePause)
  useShortcut('live', resume)
  useShortcut('earlier', () => shift(-0.5))
  useShortcut('later', () => shift(0.5))
  useShortcut('zoomIn', () => zoom(0.5))
  useShortcut('zoomOut', () => zoom(2))

  const pauseRef = useRef<HTMLButtonElement>(null)
  // The button that is pressed goes away, and the focus with it.
  const resumeHere = () => {
    resume()
    pauseRef.current?.focus()
  }
  const shown = useCallback(() => {
    const toS = atS ?? serverNowS(readings.getState())
    return { fromS: toS - windowS, toS }
  }, [readings, atS, windowS])

  if (!ready && missing) return <NoCharts why="missing" />
  if (!ready && forbidden) return <NoCharts why="forbidden" />
  if (ready && isEmpty && !outOfDate) return <NoCharts why="empty" />
  const time: SharedTime = {
    cursorS,
    onCursor: setCursor,
    drag,
    onDrag: setDrag,
    onSelect: show,
    onShift: shift,
    onZoom: zoom,
    onTogglePause: togglePause,
  }
  const shared = { windowS, atS, ready, outOfDate: ready && outOfDate, time }
  return (
    <Card className="flex flex-col self-stretch pt-3.5 pb-4">
      <div className="kiosk:lg:hidden">
        <ChartsHeader lookBack={lookBack} pauseRef={pauseRef} shown={shown} />
      </div>
      <div className="mb-2 px-5">
        {atS === undefined ? (
          <ChartsLegend />
        ) : (
          <PausedNote atS={atS} sinceS={lookBack.pausedSinceS ?? atS} onResume={resumeHere} />
        )}
      </div>
      <div className="flex flex-1 flex-col gap-6 kiosk:gap-3">
        <SensorChart metric="pm25" name="PM2.5" {...shared} {...(marks?.pm25 && { marks: marks.pm25 })} />
        <SensorChart metric="pm10" name="PM10" {...shared} {...(marks?.pm10 && { marks: marks.pm10 })} />
      </div>
    </Card>
  )
}
