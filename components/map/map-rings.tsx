import type { Cluster } from '../../lib/readings/clusters.ts'
import { type MapPin, radiusOf } from './map-pins.ts'

interface MapRingsProps {
  readonly clusters: readonly Cluster<MapPin>[]
  readonly highlightedId: number | undefined
  readonly selected: ReadonlySet<number>
}

/** Which sensors are selected, and which one is looked at. Apart from the marks, which change less often. */
export function MapRings({ clusters, highlightedId, selected }: MapRingsProps) {
  if (selected.size === 0 && highlightedId === undefined) return null
  return (
    <g pointerEvents="none">
      {clusters.flatMap(({ key, x, y, pins }) => {
        const isHighlighted = highlightedId !== undefined && pins.some(({ id }) => id === highlightedId)
        const isSelected = selected.size > 0 && pins.some(({ id }) => selected.has(id))
        if (!isHighlighted && !isSelected) return []
        const radius = pins.length > 1 ? radiusOf(pins.length) + 4 : 10.5
        return [
          <circle
            key={key}
            cx={x}
            cy={y}
            r={isHighlighted ? radius + 2 : radius}
            fill="none"
            stroke={isSelected ? 'var(--accent)' : 'var(--text)'}
            strokeWidth={isHighlighted ? 2.5 : 2}
            data-ring={isSelected ? 'selected' : 'highlighted'}
          />,
        ]
      })}
    </g>
  )
}
