'use client'

import dynamic from 'next/dynamic'
import { useId } from 'react'
import { persistently } from '../../lib/browser/persistently.ts'
import { isMissing, isOutOfDate } from '../../lib/client/connection.ts'
import { ageInWords } from '../../lib/readings/age.ts'
import { afterFirstChart } from '../charts/first-chart.ts'
import { useLive } from '../live/live-provider.tsx'
import { useNow } from '../live/use-now.ts'
import { useRelation } from '../live/use-relation.ts'
import { useHostMetricsOffered } from './use-host-metrics.ts'

const Skeleton = () => <div className="skeleton mt-3 h-44" />
const HostFigures = dynamic(
  async () => {
    await afterFirstChart()
    return (await persistently(() => import('./host-figures.tsx'))).HostFigures
  },
  { ssr: false, loading: Skeleton },
)

/** Real figures of the machine that runs all this, beside the simulated air. */
export function ThisMachine() {
  const offered = useHostMetricsOffered()
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-xl border border-line bg-surface px-5 py-3.5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id={id} className="font-semibold text-[0.9375rem]">
          This machine
        </h2>
        {offered && <Host />}
      </div>
      {offered === undefined && <Skeleton />}
      {offered === false && <Off />}
      {offered && <Metrics />}
    </section>
  )
}

function Host() {
  const { host } = useLive()
  return <span className="truncate text-muted text-xs">{useRelation(host).view.samples.at(-1)?.host}</span>
}

function Metrics() {
  const { host } = useLive()
  const { connection, view, clockOffsetMs } = useRelation(host)
  const now = useNow()
  if (isMissing(connection)) return <Off />
  const last = view.samples.at(-1)
  if (!last || now === undefined) return <Skeleton />
  const nowS = (now + clockOffsetMs) / 1000
  const ageS = nowS - last.timestamp
  const old = isOutOfDate(connection) || ageS > 10
  return (
    <>
      <div data-out-of-date={old}>
        <HostFigures samples={view.samples} last={last} nowS={nowS} />
      </div>
      {old && <p className="mt-2 font-medium text-trouble text-xs">{ageInWords(ageS)} old</p>}
    </>
  )
}

function Off() {
  return <p className="mt-1.5 text-muted text-sm">Host metrics are off.</p>
}
