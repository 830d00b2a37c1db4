'use client'

import { Pause } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useDeferredValue, useMemo, useState } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import { isOutOfDate } from '../../lib/client/connection.ts'
import { isWanted } from '../../lib/readings/sensor-filter.ts'
import { afterFirstChart } from '../charts/first-chart.ts'
import { useOverview } from '../live/use-overview.ts'
import { useReadings } from '../live/use-relation.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { formatCount } from '../ui/number.ts'
import { MAX_SELECTED, useSelection } from '../view/use-selection.ts'
import { useSensorFilter } from '../view/use-sensor-filter.ts'

/** So many sensors need no room of a fixed height. */
const FEW = 12

const Skeleton = () => <div className="skeleton table-height rounded-none" />
const SensorFilterBar = dynamic(
  async () => {
    await afterFirstChart()
    return (await persistently(() => import('./sensor-filter-bar.tsx'))).SensorFilterBar
  },
  { ssr: false, loading: () => <div className="h-8" /> },
)
const SensorTable = dynamic(
  async () => {
    await afterFirstChart()
    return (await persistently(() => import('./sensor-table.tsx'))).SensorTable
  },
  {
    ssr: false,
    loading: Skeleton,
  },
)

/** Each sensor's last reading: the numbers behind the lines, for eyes, ears and programs. */
export function LatestReadings() {
  const overview = useOverview()
  const { connection, ready, view } = useReadings()
  const { filter } = useSensorFilter()
  const [held, setHeld] = useState(false)
  const sensors = useMemo(
    () => overview?.sensors.filter((sensor) => isWanted(sensor, filter)) ?? [],
    [overview, filter],
  )
  // The table is drawn in pieces, between which the page answers: both change together, and a little later.
  const drawn = useDeferredValue(sensors)
  const filterKey = useDeferredValue(JSON.stringify(filter))
  return (
    <Card className="overflow-hidden wide:absolute wide:inset-0 wide:flex wide:flex-col">
      <div className="flex flex-wrap items-center gap-2 px-5 py-3">
        <h2 id="latest-readings" className="font-semibold text-[0.9375rem]">
          Latest readings
        </h2>
        <p className="mr-auto flex items-center gap-1.5 text-muted text-xs tabular-nums">
          {overview && `${countInWords(sensors.length, overview.sensors.length)} · µg/m³`}
          {overview && view.lines.length < overview.online && (
            <span className="max-lg:hidden">· tick a sensor to see its line</span>
          )}
          {held && (
            <span className="inline-flex items-center gap-1">
              <Pause aria-hidden="true" className="size-3" />
              order held
            </span>
          )}
        </p>
        <SensorFilterBar />
        <Selected />
      </div>
      <div data-out-of-date={ready && isOutOfDate(connection)} className="wide:min-h-0 wide:flex-1">
        {overview ? (
          <SensorTable
            sensors={drawn}
            filterKey={filterKey}
            className={overview.sensors.length > FEW ? 'table-height wide:h-full' : 'min-h-40'}
            labelledBy="latest-readings"
            onHeld={setHeld}
          />
        ) : (
          <Skeleton />
        )}
      </div>
      {overview && sensors.length === 0 && (
        <p className="px-5 pb-4 text-muted text-sm">
          {overview.sensors.length === 0
            ? 'No sensor has reported yet.'
            : 'No sensor is like that now. Choose “Show all” to see the others.'}
        </p>
      )}
    </Card>
  )
}

function countInWords(shown: number, all: number): string {
  return shown === all ? formatCount(all) : `${formatCount(shown)} of ${formatCount(all)}`
}

function Selected() {
  const { ids, isFull, clear } = useSelection()
  if (ids.size === 0) return null
  return (
    <p className="flex w-full items-center gap-2 text-muted text-xs" role="status">
      {isFull
        ? `${MAX_SELECTED} sensors are in the charts, as many as can be told apart. Take one out to add another.`
        : `${ids.size} of at most ${MAX_SELECTED} sensors in the charts`}
      <Button look="quiet" onClick={clear}>
        Take all out
      </Button>
    </p>
  )
}
