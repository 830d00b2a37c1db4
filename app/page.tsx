import { headers } from 'next/headers'
import { connection } from 'next/server'
import { WatchedCharts } from '../components/alerts/watched-charts.tsx'
import { ThisMachine } from '../components/host/this-machine.tsx'
import { ConnectionBadge } from '../components/live/connection-badge.tsx'
import { FollowView } from '../components/live/follow-view.tsx'
import { Headline } from '../components/live/headline.tsx'
import { HighlightProvider } from '../components/live/highlight.tsx'
import { LiveProvider } from '../components/live/live-provider.tsx'
import { MapCard } from '../components/map/map-card.tsx'
import { CategoryDistribution } from '../components/sensors/category-distribution.tsx'
import { LatestReadings } from '../components/sensors/latest-readings.tsx'
import { Tiles } from '../components/sensors/tiles.tsx'
import { SiteHeader } from '../components/shell/site-header.tsx'
import { originOf } from '../lib/api/origin.ts'

export default async function DashboardPage() {
  // Whether readings are simulated is known when the server runs, not when it is built.
  await connection()
  const simulated = Number(process.env.SENSORS ?? 0) > 0
  const sent = await headers()
  return (
    <LiveProvider>
      <FollowView />
      <SiteHeader>
        {simulated && <SimulatedNote />}
        <ConnectionBadge />
      </SiteHeader>
      <main
        id="content"
        className="mx-auto grid max-w-page grid-cols-[minmax(0,1fr)] gap-4 px-4 py-5 sm:px-6 lg:gap-5"
      >
        {simulated && (
          <p className="-mb-2 text-muted text-xs sm:hidden">A simulator writes these readings.</p>
        )}
        <Headline />
        <Tiles />
        <HighlightProvider>
          <div className="fits-wall grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-5 2xl:grid-cols-[minmax(0,1fr)_30rem] wide:grid-cols-[minmax(0,1fr)_26rem_52rem]">
            <WatchedCharts />
            <div className="grid gap-4 self-stretch max-lg:contents lg:grid-rows-[minmax(0,1fr)_auto_auto] lg:gap-5 kiosk:lg:grid-rows-[minmax(0,1fr)_auto]">
              <MapCard />
              <CategoryDistribution />
              <div className="max-lg:order-last kiosk:lg:hidden">
                <ThisMachine />
              </div>
            </div>
            <div className="min-w-0 lg:col-span-2 wide:relative wide:col-span-1 wide:self-stretch">
              <LatestReadings />
            </div>
          </div>
        </HighlightProvider>
        <SameStream origin={originOf(sent)} />
      </main>
    </LiveProvider>
  )
}

/** Whoever likes the page may want its stream in a program: it is one command away. */
function SameStream({ origin }: { origin: string }) {
  return (
    <footer className="flex flex-wrap items-baseline gap-x-2 gap-y-1 py-2 text-muted text-xs">
      The same stream in a terminal:
      <code className="max-w-full overflow-x-auto whitespace-nowrap text-ink max-sm:whitespace-normal max-sm:break-all">
        curl -N "{origin}/api/stream?relation=sensors_view"
      </code>
    </footer>
  )
}

function SimulatedNote() {
  return (
    <p
      className="min-w-0 truncate rounded-full bg-sunken px-3 py-1 text-muted text-xs max-sm:hidden"
      title="A simulator writes these readings; no real sensor is behind them."
    >
      Simulated readings
    </p>
  )
}
