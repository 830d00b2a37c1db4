import { memo } from 'react'
import type { Category } from '../../lib/readings/air-quality.ts'
import type { Cluster } from '../../lib/readings/clusters.ts'
import { shapeOf } from '../sensors/category-shape.ts'
import { formatConcentration, formatCount } from '../ui/number.ts'
import type { NameSide } from './map-names.ts'
import type { MapPin } from './map-pins.ts'
import { radiusOf, toParts } from './map-pins.ts'

const HALO_PX = 30

interface MapMarksProps {
  readonly clusters: readonly Cluster<MapPin>[]
  /** The worst ones, which are named on the map. */
  readonly named: ReadonlyMap<number, NameSide>
  /** Begins the ids of the gradients, which the whole document shares. */
  readonly prefix: string
  readonly onPoint: (cluster: Cluster<MapPin> | undefined) => void
  readonly onChoose: (cluster: Cluster<MapPin>) => void
}

/** A shape for each sensor, a ring with a number where many stand close together; the worst lie on top. */
export const MapMarks = memo(function MapMarks({
  clusters,
  named,
  prefix,
  onPoint,
  onChoose,
}: MapMarksProps) {
  return (
    <>
      <g pointerEvents="none">
        {clusters.map(({ key, x, y, pins }) => {
          const category = worstOf(pins)
          return category ? (
            <circle
              key={key}
              cx={x}
              cy={y}
              r={HALO_PX + (pins.length > 1 ? radiusOf(pins.length) : 0)}
              fill={`url(#${prefix}-${category})`}
            />
          ) : null
        })}
      </g>
      {clusters.map((cluster) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the table is the way there for keys and ears
        <g
          key={cluster.key}
          transform={`translate(${cluster.x.toFixed(1)},${cluster.y.toFixed(1)})`}
          data-pin={cluster.pins.length === 1 ? cluster.key : undefined}
          data-cluster={cluster.pins.length > 1 ? cluster.pins.length : undefined}
          className="cursor-pointer"
          onPointerEnter={() => onPoint(cluster)}
          onPointerLeave={() => onPoint(undefined)}
          onClick={() => onChoose(cluster)}
        >
          {cluster.pins.length === 1 ? (
            <SensorMark pin={cluster.pins[0]} />
          ) : (
            <ClusterMark pins={cluster.pins} />
          )}
        </g>
      ))}
      <g pointerEvents="none">
        {clusters.map(({ key, x, y, pins: [pin] }) => {
          const side = named.get(key)
          return pin && side ? <Name key={key} pin={pin} x={x} y={y} side={side} /> : null
        })}
      </g>
    </>
  )
})

/** Over all marks, so that none hides it. */
function Name({ pin, x, y, side }: { pin: MapPin; x: number; y: number; side: NameSide }) {
  const { pm25 } = pin.sensor.last
  return (
    <text
      x={x + (side === 'left' ? -11 : 11)}
      y={y + 4}
      textAnchor={side === 'left' ? 'end' : 'start'}
      className="map-name"
    >
      {pin.id}
      {pm25 !== null && ` · ${formatConcentration(pm25)}`}
    </text>
  )
}

function SensorMark({ pin }: { pin: MapPin | undefined }) {
  if (!pin) return null
  const { category, state } = pin.sensor
  const { path, colour, hollow } = shapeOf(category, state)
  return (
    <>
      <circle r="13" fill="transparent" />
      <path
        d={path}
        className="map-mark"
        fill={hollow ? 'var(--surface)' : colour}
        stroke={hollow ? colour : 'var(--surface)'}
        strokeWidth={hollow ? 2 : 1.5}
      />
    </>
  )
}

function ClusterMark({ pins }: { pins: readonly MapPin[] }) {
  const radius = radiusOf(pins.length)
  const round = 2 * Math.PI * radius
  return (
    <>
      <circle r={radius} fill="var(--surface)" />
      {toParts(pins).map(({ name, colour, from, share }) => (
        <circle
          key={name}
          r={radius}
          fill="none"
          stroke={colour}
          strokeWidth="4"
          strokeDasharray={`${(share * round).toFixed(2)} ${round.toFixed(2)}`}
          transform={`rotate(${(from * 360 - 90).toFixed(1)})`}
        />
      ))}
      <text textAnchor="middle" y="3.5" className="map-count">
        {formatCount(pins.length)}
      </text>
    </>
  )
}

function worstOf(pins: readonly MapPin[]): Category | undefined {
  let worst: MapPin | undefined
  for (const pin of pins) if (pin.rank > 0 && pin.rank > (worst?.rank ?? 0)) worst = pin
  return worst?.sensor.category
}
