'use client'

import { useMemo } from 'react'
import { ageInWords } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES, type Category, type Metric } from '../../lib/readings/air-quality.ts'
import { type SensorStatistics, statisticsOf } from '../../lib/readings/statistics.ts'
import { useNow } from '../live/use-now.ts'
import { useReadings } from '../live/use-relation.ts'
import { CategoryDot } from '../sensors/category-dot.tsx'
import { useLatched } from '../sensors/use-latched.ts'
import { Card } from '../ui/card.tsx'
import { formatConcentration, formatCount } from '../ui/number.ts'
import { useTimeView } from '../view/use-time-view.ts'
import { WINDOWS } from '../view/view-params.ts'

const COUNT_MS = 1_000
const CATEGORIES = Object.keys(CATEGORY_NAMES) as Category[]
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 })

/** What the sensor has measured in the time that the charts show. */
export function SensorStatisticsCard({ id }: { id: number }) {
  const { windowS, atS } = useTimeView()
  const both = useStatistics(id, windowS, atS)
  const name = WINDOWS.find(({ value }) => value === windowS)?.name ?? `${windowS} seconds`
  return (
    <Card className="pb-4">
      <section aria-labelledby="statistics">
        <div className="flex items-baseline gap-2 px-5 py-3.5">
          <h2 id="statistics" className="font-semibold text-[0.9375rem]">
            Statistics
          </h2>
          <span className="text-muted text-xs">
            {atS === undefined ? `the last ${name}` : `the ${name} that the charts show`}
          </span>
        </div>
        <div className="grid gap-x-8 gap-y-5 px-5 md:grid-cols-2">
          <Figures metric="pm25" name="PM2.5" statistics={both?.pm25} />
          <Figures metric="pm10" name="PM10" statistics={both?.pm10} />
        </div>
      </section>
    </Card>
  )
}

/** Counted once a second, and at once for another stretch of time. */
function useStatistics(id: number, windowS: number, atS: number | undefined) {
  const { view, ready, clockOffsetMs } = useReadings()
  const nowMs = useNow()
  const secondMs = useLatched(nowMs, { intervalMs: COUNT_MS, key: `${ready}` })
  const series = view.lines.find((one) => one.id === id)
  // The series go on growing in place: a new second, not a new object, tells that there is something to count.
  return useMemo(() => {
    if (!series || secondMs === undefined) return undefined
    const toS = atS ?? (secondMs + clockOffsetMs) / 1000
    const range = { fromS: toS - windowS, toS }
    return { pm25: statisticsOf(series, 'pm25', range), pm10: statisticsOf(series, 'pm10', range) }
  }, [series, secondMs, windowS, atS, clockOffsetMs])
}

interface FiguresProps {
  readonly metric: Metric
  readonly name: string
  readonly statistics: SensorStatistics | undefined
}

function Figures({ metric, name, statistics }: FiguresProps) {
  const concentration = (value: number | undefined) =>
    value === undefined ? '–' : formatConcentration(value)
  const { received = 0, expected, gaps = 0, longestGapS = 0 } = statistics ?? {}
  return (
    <div data-statistics={metric}>
      <h3 className="font-medium text-[0.8125rem]">
        {name} <span className="font-normal text-muted text-xs">µg/m³</span>
      </h3>
      <dl className="mt-2 grid grid-cols-4 gap-2 text-[0.8125rem] tabular-nums">
        <Figure name="Lowest" value={concentration(statistics?.min)} />
        <Figure name="Mean" value={concentration(statistics?.mean)} />
        <Figure name="95th pct." value={concentration(statistics?.p95)} />
        <Figure name="Highest" value={concentration(statistics?.max)} />
      </dl>
      <Shares shares={statistics?.shares} />
      <p className="mt-2.5 text-muted text-xs">
        {formatCount(received)}
        {expected !== undefined && ` of ${formatCount(Math.max(expected, received))} expected`}{' '}
        {received === 1 && expected === undefined ? 'reading' : 'readings'}
        {gaps === 0
          ? ', no gap'
          : `, ${formatCount(gaps)} ${gaps === 1 ? 'gap' : 'gaps'}, the longest ${ageInWords(longestGapS)}`}
        .
      </p>
    </div>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-semibold text-lg tracking-tight">{value}</dd>
    </div>
  )
}

/** How much of the time the air was in each category. */
function Shares({ shares }: { shares: SensorStatistics['shares'] | undefined }) {
  const some = shares ? CATEGORIES.filter((category) => shares[category] > 0) : []
  return (
    <>
      <div aria-hidden="true" className="mt-3 flex h-2 gap-px overflow-hidden rounded-full bg-sunken">
        {some.map((category) => (
          <span
            key={category}
            style={{ flexGrow: shares?.[category] ?? 0, background: `var(--category-${category})` }}
          />
        ))}
      </div>
      <ul className="mt-2 flex min-h-5 flex-wrap gap-x-4 gap-y-1 text-xs">
        {some.map((category) => (
          <li key={category} className="flex items-center gap-1.5">
            <CategoryDot category={category} />
            {CATEGORY_NAMES[category]}
            <span className="text-muted tabular-nums">{percent.format(shares?.[category] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
