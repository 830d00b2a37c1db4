'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import { toPlace } from '../../lib/readings/geo.ts'
import { nearestTo } from '../../lib/readings/neighbours.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { formatLatitude, formatLongitude } from '../map/degrees.ts'
import { withPlace } from '../map/map-sensor.ts'
import { Card } from '../ui/card.tsx'
import { Neighbours } from './neighbours.tsx'

const NEIGHBOURS = 5
/** Coordinates are told to about ten metres. */
const STEP_DEGREES = 0.0001

const MapView = dynamic(async () => (await persistently(() => import('../map/map-view.tsx'))).MapView, {
  ssr: false,
  loading: () => <div className="skeleton map-height grow rounded-none" />,
})

interface SensorPlaceProps {
  readonly id: number
  readonly now: SensorNow | undefined
  readonly all: readonly SensorNow[]
}

/** Where a sensor stands, and who stands nearest. */
export function SensorPlace({ id, now, all }: SensorPlaceProps) {
  const router = useRouter()
  const [pointedId, point] = useState<number>()
  const place = now && toPlace(now.last)
  const itself = useMemo(() => new Set([id]), [id])
  const { neighbours, shown } = useMemo(() => {
    const near = place
      ? nearestTo(
          place,
          all.map(({ last }) => last),
          { count: NEIGHBOURS, except: id },
        )
      : []
    const ids = new Set(near.map(({ last }) => last.id))
    return {
      neighbours: near,
      shown: withPlace([...(now ? [now] : []), ...all.filter((one) => ids.has(one.id))]),
    }
  }, [place, all, id, now])
  return (
    <div className="grid min-w-0 gap-4 self-stretch lg:grid-rows-[minmax(0,1fr)_auto] lg:gap-5">
      <Card className="overflow-hidden">
        <section aria-labelledby="place" className="flex h-full flex-col">
          <div className="flex items-baseline gap-2 px-5 py-3.5">
            <h2 id="place" className="font-semibold text-[0.9375rem]">
              Place
            </h2>
            {place && (
              <span className="text-muted text-xs tabular-nums">
                {formatLatitude(place.latitude, STEP_DEGREES)},{' '}
                {formatLongitude(place.longitude, STEP_DEGREES)}
              </span>
            )}
          </div>
          {now && !place ? (
            <p className="px-5 pb-4 text-muted text-sm">
              This sensor has sent no place, or one that is not on Earth.
            </p>
          ) : (
            <MapView
              className="map-height grow"
              summary={`Map of sensor ${id} and the ${neighbours.length} sensors nearest to it, which are listed below.`}
              sensors={shown}
              around={shown}
              highlightedId={pointedId}
              selected={itself}
              onPoint={point}
              onChoose={(chosen) => chosen !== id && router.push(`/sensors/${chosen}`)}
            />
          )}
        </section>
      </Card>
      <Neighbours neighbours={neighbours} all={all} onPoint={point} />
    </div>
  )
}
