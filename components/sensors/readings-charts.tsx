'use client'

import { useState } from 'react'
import { isMissing, isOutOfDate } from '../../lib/browser/connection.ts'
import { useReadings } from '../live/use-relation.ts'
import { Card } from '../ui/card.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useTimeView } from '../view/use-time-view.ts'
import { WINDOWS } from '../view/view-params.ts'
import { NoReadings, NoRelation } from './no-readings.tsx'
import { SensorChart } from './sensor-chart.tsx'

const OPTIONS = WINDOWS.map(({ value, label }) => ({ value: String(value), label }))

/** PM2.5 and PM10 over the same time, under one crosshair. */
export function ReadingsCharts() {
  const { connection, ready, size } = useReadings()
  const { windowS, setWindow } = useTimeView()
  const [cursorS, setCursorS] = useState<number>()
  const chosen = WINDOWS.find(({ value }) => value === windowS)
  const shared = {
    windowS,
    windowName: chosen?.name ?? `${windowS} seconds`,
    ready,
    outOfDate: ready && isOutOfDate(connection),
    cursorS,
    onCursor: setCursorS,
  }
  if (!ready && isMissing(connection)) return <NoRelation />
  if (ready && size === 0 && !shared.outOfDate) return <NoReadings />
  return (
    <Card className="pt-3.5 pb-4">
      <div className="mb-3 flex items-center gap-3 px-5">
        <p className="text-muted text-xs max-sm:sr-only">
          One line per sensor, the worst one in the colour of its category
        </p>
        <div className="sm:ml-auto">
          <Segmented
            name="Time window"
            options={OPTIONS}
            value={String(windowS)}
            onChange={(value) => setWindow(Number(value))}
          />
        </div>
      </div>
      <div className="grid gap-6">
        <SensorChart metric="pm25" title="PM2.5 over time" {...shared} />
        <SensorChart metric="pm10" title="PM10 over time" {...shared} />
      </div>
    </Card>
  )
}
