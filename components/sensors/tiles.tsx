'use client'

import { isOutOfDate } from '../../lib/browser/connection.ts'
import { CATEGORY_NAMES } from '../../lib/readings/air-quality.ts'
import { useOverview } from '../live/use-overview.ts'
import { useReadings } from '../live/use-relation.ts'
import { formatConcentration, formatCount, formatRate, formatSeconds } from '../ui/number.ts'
import { Tile } from '../ui/tile.tsx'
import { CategoryDot } from './category-dot.tsx'

/** The four figures that tell at a glance whether the network is well, and whether this page is. */
export function Tiles() {
  const overview = useOverview()
  const { connection, ready } = useReadings()
  const delayMs = overview?.delay?.medianMs
  const worst = overview?.worst
  const nothing = overview && '–'
  return (
    <section
      aria-labelledby="figures"
      data-out-of-date={ready && isOutOfDate(connection)}
      className="grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4"
    >
      <h2 id="figures" className="sr-only">
        Key figures
      </h2>
      <Tile
        name="Sensors online"
        value={overview && formatCount(overview.online)}
        unit={overview && `of ${formatCount(overview.sensors.length)}`}
        note={overview && <Silent count={overview.silent} any={overview.sensors.length > 0} />}
      />
      <Tile
        name="Readings per second"
        value={overview && formatRate(overview.perSecond)}
        note="over the last 10 seconds"
      />
      <Tile
        name="Worst sensor"
        value={worst?.last.pm25 != null ? formatConcentration(worst.last.pm25) : nothing}
        {...(worst && { unit: 'µg/m³' })}
        note={
          worst?.category ? (
            <span className="flex items-baseline gap-1.5">
              <CategoryDot category={worst.category} />
              <span>
                Sensor {worst.id} · {CATEGORY_NAMES[worst.category]}
              </span>
            </span>
          ) : (
            'by PM2.5'
          )
        }
      />
      <Tile
        name="Delay to screen"
        value={delayMs === undefined ? nothing : formatSeconds(delayMs)}
        {...(delayMs !== undefined && { unit: 's' })}
        note="median of the last minute"
      />
    </section>
  )
}

function Silent({ count, any }: { count: number; any: boolean }) {
  if (count > 0) return <span className="font-medium text-trouble">{formatCount(count)} silent</span>
  return any ? 'none is silent' : 'none has reported yet'
}
