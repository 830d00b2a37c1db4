'use client'

import { useDeferredValue, useMemo } from 'react'
import { isOutOfDate } from '../../lib/client/connection.ts'
import type { Overview } from '../../lib/readings/overview.ts'
import { isWanted } from '../../lib/readings/sensor-filter.ts'
import { useHighlight } from '../live/highlight.tsx'
import { useOverview } from '../live/use-overview.ts'
import { useReadingsPart } from '../live/use-readings-part.ts'
import { useLatched } from '../sensors/use-latched.ts'
import { formatConcentration, formatCount } from '../ui/number.ts'
import { useSelection } from '../view/use-selection.ts'
import { useSensorFilter } from '../view/use-sensor-filter.ts'
import { withPlace } from './map-sensor.ts'
import { MapView } from './map-view.tsx'

/** The map of the network is painted anew at most once a second. */
const PAINT_MS = 1_000

/** Where the air is how: all sensors that the filter lets through, by their category. */
export function SensorMap() {
  // Drawn in pieces, between which the page answers: a map of a thousand is not done in a moment.
  const overview = useLatched(useDeferredValue(useOverview()), { intervalMs: PAINT_MS })
  const outOfDate = useReadingsPart(({ ready, connection }) => ready && isOutOfDate(connection))
  const { filter, isActive } = useSensorFilter()
  const { id, point } = useHighlight()
  const { ids, toggle } = useSelection()
  const around = useMemo(() => withPlace(overview?.sensors ?? []), [overview])
  const sensors = useMemo(
    () => (isActive ? around.filter((sensor) => isWanted(sensor, filter)) : around),
    [around, filter, isActive],
  )
  if (!overview) return <div className="skeleton map-height grow rounded-none" />
  const placeless = overview.sensors.length - around.length
  return (
    <div data-out-of-date={outOfDate} className="contents">
      <MapView
        className="map-height grow"
        summary={toSummary(overview, sensors.length, placeless)}
        sensors={sensors}
        around={around}
        highlightedId={id}
        selected={ids}
        onPoint={point}
        onChoose={toggle}
      />
      {placeless > 0 && (
        <p className="border-line border-t px-5 py-2 text-muted text-xs">
          {formatCount(placeless)} {placeless === 1 ? 'sensor' : 'sensors'} without a place
        </p>
      )}
    </div>
  )
}

function toSummary({ worst, byCategory, online }: Overview, drawn: number, placeless: number): string {
  const good = online > 0 ? `, ${formatCount(byCategory.good)} of ${formatCount(online)} with good air` : ''
  const highest =
    worst?.last.pm25 != null
      ? `. The highest PM2.5 is ${formatConcentration(worst.last.pm25)} at sensor ${worst.id}`
      : ''
  const missing = placeless > 0 ? `. ${formatCount(placeless)} without a place` : ''
  return `Map of ${formatCount(drawn)} sensors${good}${highest}${missing}. The same is in the table of latest readings.`
}
