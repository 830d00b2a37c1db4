'use client'

import Link from 'next/link'
import { isOutOfDate } from '../../lib/client/connection.ts'
import { CATEGORY_NAMES } from '../../lib/readings/air-quality.ts'
import type { Figure, Overview, SensorState } from '../../lib/readings/overview.ts'
import { useOverview } from '../live/use-overview.ts'
import { useReadings } from '../live/use-relation.ts'
import { formatConcentration, formatCount, formatRate, formatSeconds } from '../ui/number.ts'
import { Tile } from '../ui/tile.tsx'
import { useSensorFilter } from '../view/use-sensor-filter.ts'
import { CategoryDot } from './category-dot.tsx'

/** The figures that tell at a glance whether the network is well, how the air is, and whether this page is in time. */
export function Tiles() {
  const overview = useOverview()
  const { connection, ready } = useReadings()
  const delay = overview?.delay
  const { mean, p95, max } = overview?.figures.pm25 ?? {}
  return (
    <section
      aria-labelledby="figures"
      data-out-of-date={ready && isOutOfDate(connection)}
      className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6 xl:gap-4"
    >
      <h2 id="figures" className="sr-only">
        Key figures
      </h2>
      <Tile
        name="Sensors online"
        value={overview && formatCount(overview.online)}
        unit={overview && `of ${formatCount(overview.sensors.length)}`}
        note={overview && <NotOnline overview={overview} />}
      />
      <Tile
        name="Readings per second"
        value={overview && formatRate(overview.perSecond)}
        note="over the last 10 seconds"
      />
      <ConcentrationTile name="PM2.5 mean" figure={mean} known={overview !== undefined} />
      <ConcentrationTile name="PM2.5 95th percentile" figure={p95} known={overview !== undefined} />
      <ConcentrationTile
        name="PM2.5 highest"
        figure={max}
        known={overview !== undefined}
        {...(overview?.worst && { sensorId: overview.worst.id })}
      />
      <Tile
        name="Median delay to screen"
        value={delay ? formatSeconds(delay.medianMs) : overview && '–'}
        {...(delay && { unit: 's' })}
        note={delay ? `99 of 100 within ${formatSeconds(delay.p99Ms)} s` : 'over the last minute'}
      />
    </section>
  )
}

interface ConcentrationTileProps {
  readonly name: string
  readonly figure: Figure | undefined
  /** False until the sensors are known. */
  readonly known: boolean
  /** Where it was measured, if in one place. */
  readonly sensorId?: number
}

function ConcentrationTile({ name, figure, known, sensorId }: ConcentrationTileProps) {
  if (!figure)
    return <Tile name={name} value={known ? '–' : undefined} note={known && 'no sensor is online'} />
  return (
    <Tile
      name={name}
      value={formatConcentration(figure.value)}
      unit="µg/m³"
      note={
        <span className="flex items-baseline gap-1.5">
          <CategoryDot category={figure.category} />
          <span>
            {CATEGORY_NAMES[figure.category]}
            {sensorId !== undefined && (
              <>
                {' · '}
                <Link
                  href={`/sensors/${sensorId}`}
                  prefetch={false}
                  className="whitespace-nowrap underline decoration-line-strong/50 underline-offset-2 hover:text-ink"
                >
                  <span className="max-2xl:sr-only">Sensor </span>
                  <span className="max-2xl:before:content-['#']">{sensorId}</span>
                </Link>
              </>
            )}
          </span>
        </span>
      }
    />
  )
}

function NotOnline({ overview: { silent, faulty, unsure, sensors } }: { overview: Overview }) {
  if (sensors.length === 0) return 'none has reported yet'
  if (silent + faulty + unsure === 0) return 'none is silent or faulty'
  return (
    <span className="flex flex-wrap gap-x-2">
      <StateCount state="silent" count={silent} />
      <StateCount state="faulty" count={faulty} />
      {unsure > 0 && (
        <span title="Others would have reported long ago. How often these do is not known yet; after 75 seconds they count as silent.">
          {formatCount(unsure)} may be silent
        </span>
      )}
    </span>
  )
}

/** How many, and the way to see them alone. */
function StateCount({ state, count }: { state: SensorState; count: number }) {
  const { filter, toggleState } = useSensorFilter()
  if (count === 0) return null
  return (
    <button
      type="button"
      aria-pressed={filter.states.includes(state)}
      title={`Show only ${state} sensors in the table and on the map`}
      onClick={() => toggleState(state)}
      className="min-h-6 cursor-pointer font-medium text-trouble underline decoration-trouble/40 underline-offset-2 hover:decoration-current aria-pressed:no-underline"
    >
      {formatCount(count)} {state}
    </button>
  )
}
