'use client'

import { isOutOfDate } from '../../lib/client/connection.ts'
import { HighlightProvider } from '../live/highlight.tsx'
import { useReadings } from '../live/use-relation.ts'
import { ReadingsCharts } from '../sensors/readings-charts.tsx'
import { SensorHeadline } from './sensor-headline.tsx'
import { SensorNotKnown, SensorQuiet } from './sensor-not-known.tsx'
import { SensorPlace } from './sensor-place.tsx'
import { SensorStatisticsCard } from './sensor-statistics.tsx'
import { SensorTiles } from './sensor-tiles.tsx'
import { useSensor } from './use-sensor.ts'

/** All about one sensor, or why there is nothing to tell. */
export function SensorDetails({ id }: { id: number }) {
  const { kind, now, all } = useSensor(id)
  const { connection, ready } = useReadings()
  const outOfDate = ready && isOutOfDate(connection)
  return (
    <>
      <SensorHeadline id={id} now={now} connection={connection} ready={ready} />
      {kind === 'unknown' ? (
        <SensorNotKnown id={id} />
      ) : (
        <>
          <SensorTiles now={now} outOfDate={outOfDate} />
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-5 2xl:grid-cols-[minmax(0,1fr)_30rem]">
            {kind === 'quiet' ? (
              <SensorQuiet />
            ) : (
              <HighlightProvider>
                <ReadingsCharts />
              </HighlightProvider>
            )}
            <SensorPlace id={id} now={now} all={all} />
            <div className="min-w-0 lg:col-span-2">
              <SensorStatisticsCard id={id} />
            </div>
          </div>
        </>
      )}
    </>
  )
}
