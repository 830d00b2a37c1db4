'use client'

import dynamic from 'next/dynamic'
import { persistently } from '../../lib/browser/persistently.ts'
import { afterFirstChart } from '../charts/first-chart.ts'
import { Card } from '../ui/card.tsx'

const SensorMap = dynamic(
  async () => {
    await afterFirstChart()
    return (await persistently(() => import('./sensor-map.tsx'))).SensorMap
  },
  {
    ssr: false,
    loading: () => <div className="skeleton map-height grow rounded-none" />,
  },
)

/** The map and its heading. Its drawing and its outlines load after the first chart. */
export function MapCard() {
  return (
    <Card className="max-h-[44rem] overflow-hidden">
      <section aria-labelledby="map" className="flex h-full flex-col">
        <div className="flex items-baseline gap-2 px-5 py-3.5">
          <h2 id="map" className="font-semibold text-[0.9375rem]">
            Map
          </h2>
          <span className="text-muted text-xs">PM2.5 now</span>
        </div>
        <SensorMap />
      </section>
    </Card>
  )
}
