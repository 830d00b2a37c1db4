import { shortAge } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES, categoryOf, type Metric } from '../../lib/readings/air-quality.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { CategoryDot } from '../sensors/category-dot.tsx'
import { STATE_NAMES } from '../sensors/state-names.ts'
import { formatConcentration } from '../ui/number.ts'
import { Tile } from '../ui/tile.tsx'

interface SensorTilesProps {
  readonly now: SensorNow | undefined
  readonly outOfDate: boolean
}

/** The sensor's last reading, and how old it is. */
export function SensorTiles({ now, outOfDate }: SensorTilesProps) {
  return (
    <section
      aria-labelledby="last-reading"
      data-out-of-date={outOfDate}
      className="grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4"
    >
      <h2 id="last-reading" className="sr-only">
        Last reading
      </h2>
      <Concentration name="PM2.5 now" metric="pm25" now={now} />
      <Concentration name="PM10 now" metric="pm10" now={now} />
      <Tile name="Age" value={now && shortAge(now.ageS)} note="of the last reading" />
      <Tile
        name="State"
        value={now && STATE_NAMES[now.state]}
        note={
          now && (
            <span className={now.state === 'online' ? '' : 'font-medium text-trouble'}>
              {NOTES[now.state]}
            </span>
          )
        }
      />
    </section>
  )
}

const NOTES = {
  online: 'reports as usual',
  silent: 'has missed its last readings',
  faulty: 'says what cannot be air',
}

function Concentration({ name, metric, now }: { name: string; metric: Metric; now: SensorNow | undefined }) {
  const value = now?.last[metric]
  if (value === undefined || value === null)
    return <Tile name={name} value={now && '–'} note={now && 'not measured'} />
  const category = now?.state === 'faulty' ? undefined : categoryOf(metric, value)
  return (
    <Tile
      name={name}
      value={formatConcentration(value)}
      unit="µg/m³"
      note={
        <span className="flex items-baseline gap-1.5">
          <CategoryDot category={category} state={now?.state === 'faulty' ? 'faulty' : 'online'} />
          {category ? CATEGORY_NAMES[category] : 'Faulty'}
        </span>
      }
    />
  )
}
