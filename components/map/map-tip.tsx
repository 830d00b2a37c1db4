import { shortAge } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES } from '../../lib/readings/air-quality.ts'
import type { Cluster } from '../../lib/readings/clusters.ts'
import type { MapSize } from '../../lib/readings/map-camera.ts'
import { CategoryDot } from '../sensors/category-dot.tsx'
import { formatConcentration, formatCount } from '../ui/number.ts'
import { type MapPin, toParts } from './map-pins.ts'

interface MapTipProps {
  readonly size: MapSize
  /** Under the pointer. */
  readonly cluster: Cluster<MapPin> | undefined
  readonly clusters: readonly Cluster<MapPin>[]
  /** The sensor that stands out, wherever it was pointed at. */
  readonly id: number | undefined
}

const WIDTH_PX = 208

/** What is there in words, beside the mark. */
export function MapTip({ size, cluster, clusters, id }: MapTipProps) {
  // A cluster's numbers are those of the newest picture, not of the moment it was pointed at.
  const shown = cluster
    ? clusters.find(({ key }) => key === cluster.key)
    : id !== undefined && clusters.find(({ pins }) => pins.some((pin) => pin.id === id))
  if (!shown) return null
  const single = shown.pins.find((pin) => pin.id === (cluster?.pins.length === 1 ? cluster.key : id))
  const left = Math.min(Math.max(shown.x - WIDTH_PX / 2, 6), Math.max(6, size.width - WIDTH_PX - 6))
  const above = shown.y > size.height / 2
  return (
    <div
      data-map-tip
      className="pointer-events-none absolute z-10 rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-lg"
      style={{
        left,
        width: WIDTH_PX,
        ...(above ? { bottom: size.height - shown.y + 18 } : { top: shown.y + 18 }),
      }}
    >
      {single && cluster?.pins.length !== undefined && cluster.pins.length > 1 ? (
        <Many pins={shown.pins} />
      ) : single ? (
        <One pin={single} />
      ) : (
        <Many pins={shown.pins} />
      )}
    </div>
  )
}

function One({ pin: { id, sensor } }: { pin: MapPin }) {
  const { last, category, state, ageS } = sensor
  return (
    <>
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-semibold">Sensor {id}</span>
        <span className="tabular-nums">
          {last.pm25 === null ? 'no PM2.5' : `${formatConcentration(last.pm25)} µg/m³`}
        </span>
      </p>
      <p className="mt-0.5 flex items-center gap-1.5 text-muted">
        <CategoryDot category={category} state={state} />
        {state === 'online' ? (category ? CATEGORY_NAMES[category] : 'Online') : STATE_WORDS[state]}
        <span className="ml-auto whitespace-nowrap tabular-nums">{shortAge(ageS)} ago</span>
      </p>
    </>
  )
}

const STATE_WORDS = { silent: 'Silent', faulty: 'Faulty' }

function Many({ pins }: { pins: readonly MapPin[] }) {
  const worst = pins.reduce<MapPin | undefined>(
    (before, pin) =>
      pin.rank > 0 && (pin.sensor.last.pm25 ?? 0) > (before?.sensor.last.pm25 ?? -1) ? pin : before,
    undefined,
  )
  return (
    <>
      <p className="font-semibold">{formatCount(pins.length)} sensors</p>
      {worst && (
        <p className="text-muted">
          Highest PM2.5 {formatConcentration(worst.sensor.last.pm25 ?? 0)} at sensor {worst.id}
        </p>
      )}
      <p className="mt-1.5 flex h-1.5 overflow-hidden rounded-full">
        {toParts(pins).map(({ name, colour, share }) => (
          <span key={name} style={{ width: `${share * 100}%`, background: colour }} />
        ))}
      </p>
    </>
  )
}
