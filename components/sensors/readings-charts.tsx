'use client'

import { useState } from 'react'
import { isMissing, isOutOfDate } from '../../lib/browser/connection.ts'
import { useReadings } from '../live/use-relation.ts'
import { Card } from '../ui/card.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { NoReadings, NoRelation } from './no-readings.tsx'
import { SensorChart } from './sensor-chart.tsx'

const WINDOWS = [
  { value: '60', label: '1 min', name: 'minute' },
  { value: '300', label: '5 min', name: '5 minutes' },
  { value: '600', label: '10 min', name: '10 minutes' },
] as const

type WindowS = (typeof WINDOWS)[number]['value']

/** PM2.5 and PM10 over the same time, under one crosshair. */
export function ReadingsCharts() {
  const { connection, ready, size } = useReadings()
  const [windowS, setWindowS] = useState<WindowS>('600')
  const [cursorS, setCursorS] = useState<number>()
  const chosen = WINDOWS.find(({ value }) => value === windowS) ?? WINDOWS[2]
  const shared = {
    windowS: Number(windowS),
    windowName: chosen.name,
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
          <Segmented name="Time window" options={WINDOWS} value={windowS} onChange={setWindowS} />
        </div>
      </div>
      <div className="grid gap-6">
        <SensorChart metric="pm25" title="PM2.5 over time" {...shared} />
        <SensorChart metric="pm10" title="PM10 over time" {...shared} />
      </div>
    </Card>
  )
}
