'use client'

import { useId, useMemo, useRef, useState } from 'react'
import { CATEGORY_NAMES, type Category } from '../../lib/readings/air-quality.ts'
import type { Cluster } from '../../lib/readings/clusters.ts'
import { boundsOf } from '../../lib/readings/geo.ts'
import { useElementSize } from '../ui/use-element-size.ts'
import { MapBase } from './map-base.tsx'
import { MapControls } from './map-controls.tsx'
import { MapMarks } from './map-marks.tsx'
import { toNames } from './map-names.ts'
import { type MapPin, toMarks } from './map-pins.ts'
import { MapRings } from './map-rings.tsx'
import { MapScale } from './map-scale.tsx'
import type { MapSensor } from './map-sensor.ts'
import { MapTip } from './map-tip.tsx'
import { useMapCamera, ZOOM_STEP } from './use-map-camera.ts'
import { useOutlines } from './use-outlines.ts'

export interface MapViewProps {
  /** In one sentence, for who cannot see it. */
  readonly summary: string
  /** Drawn. */
  readonly sensors: readonly MapSensor[]
  /** All of them: where the map looks as long as nobody moves it. */
  readonly around: readonly MapSensor[]
  readonly highlightedId: number | undefined
  readonly selected: ReadonlySet<number>
  readonly onPoint: (id: number | undefined) => void
  readonly onChoose: (id: number) => void
  readonly className?: string
}

/** A map of sensors. Keys, wheel, hand and buttons move it; what it tells is also in the table. */
export function MapView(props: MapViewProps) {
  const { summary, sensors, around, highlightedId, selected, onPoint, onChoose, className = '' } = props
  const prefix = useId()
  const [sizeRef, size] = useElementSize()
  const frame = useRef<HTMLDivElement>(null)
  const outlines = useOutlines()
  const bounds = useSteadyBounds(around)
  const { camera, moved, zoomBy, show, gestures } = useMapCamera(frame, size, bounds)
  const clusters = useMemo(
    () => (size.width > 0 ? toMarks(sensors, camera, size) : []),
    [sensors, camera, size],
  )
  const named = useMemo(() => toNames(clusters, size.width), [clusters, size.width])
  const [pointed, setPointed] = useState<Cluster<MapPin>>()
  const events = useMarkEvents({ setPointed, onPoint, onChoose, show })
  return (
    <div ref={sizeRef} className={`relative overflow-hidden ${className}`}>
      <div
        ref={frame}
        role="application"
        aria-roledescription="map"
        aria-label="Map of the sensors. Arrow keys move it, plus and minus zoom, 0 shows all."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys
        tabIndex={0}
        className="absolute inset-0 cursor-grab touch-pan-y outline-offset-[-2px] active:cursor-grabbing"
        {...gestures}
      >
        {size.width > 0 && (
          <svg
            width={size.width}
            height={size.height}
            role="img"
            aria-label={summary}
            className="map block select-none"
          >
            <Halos prefix={prefix} />
            <MapBase camera={camera} size={size} outlines={outlines} />
            <MapMarks clusters={clusters} named={named} prefix={prefix} {...events} />
            <MapRings clusters={clusters} highlightedId={highlightedId} selected={selected} />
          </svg>
        )}
        <MapTip size={size} cluster={pointed} clusters={clusters} id={highlightedId} />
      </div>
      <MapControls onZoom={zoomBy} step={ZOOM_STEP} {...(moved && { onFit: show })} />
      {size.width > 0 && <MapScale camera={camera} />}
    </div>
  )
}

interface MarkEventsOptions {
  readonly setPointed: (cluster: Cluster<MapPin> | undefined) => void
  readonly onPoint: (id: number | undefined) => void
  readonly onChoose: (id: number) => void
  readonly show: (bounds: ReturnType<typeof boundsOf>) => void
}

/** The same functions at every render: the marks are drawn anew only when they change. */
function useMarkEvents(options: MarkEventsOptions) {
  const latest = useRef(options)
  latest.current = options
  return useMemo(
    () => ({
      onPoint: (cluster: Cluster<MapPin> | undefined) => {
        latest.current.setPointed(cluster)
        latest.current.onPoint(cluster?.pins.length === 1 ? cluster.key : undefined)
      },
      onChoose: ({ key, pins }: Cluster<MapPin>) => {
        if (pins.length === 1) latest.current.onChoose(key)
        else latest.current.show(boundsOf(pins.map(({ sensor }) => sensor.place)))
      },
    }),
    [],
  )
}

/** Sensors tremble by metres; the map must not. */
function useSteadyBounds(around: readonly MapSensor[]) {
  const bounds = useMemo(() => boundsOf(around.map(({ place }) => place)), [around])
  const key =
    bounds && [bounds.west, bounds.east, bounds.south, bounds.north].map((edge) => edge.toFixed(4)).join()
  const [kept, keep] = useState({ key, bounds })
  if (kept.key !== key) keep({ key, bounds })
  return kept.bounds
}

function Halos({ prefix }: { prefix: string }) {
  return (
    <defs>
      {(Object.keys(CATEGORY_NAMES) as Category[]).map((category) => (
        <radialGradient key={category} id={`${prefix}-${category}`}>
          <stop offset="0" style={{ stopColor: `var(--category-${category})`, stopOpacity: 0.3 }} />
          <stop offset="1" style={{ stopColor: `var(--category-${category})`, stopOpacity: 0 }} />
        </radialGradient>
      ))}
    </defs>
  )
}
