'use client'

import { useMemo } from 'react'
import { type Camera, metresPerPixel } from '../../lib/readings/map-camera.ts'
import { readsMiles, scaleBar } from '../../lib/readings/map-scale.ts'
import { formatCount } from '../ui/number.ts'

const MAX_PX = 96

/** How long a kilometre or a mile is here. */
export function MapScale({ camera }: { camera: Camera }) {
  const miles = useMemo(() => readsMiles(navigator.language || 'en'), [])
  const { widthPx, value, unit } = scaleBar(metresPerPixel(camera), MAX_PX, miles)
  return (
    <p className="pointer-events-none absolute right-3 bottom-2.5 text-center text-[0.6875rem] text-muted tabular-nums">
      <span className="map-scale-words">
        {formatCount(value)} {unit}
      </span>
      <span
        aria-hidden="true"
        className="block h-1 border-muted border-x border-b"
        style={{ width: widthPx }}
      />
    </p>
  )
}
