'use client'

import { useState } from 'react'
import { shortAge } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES, type Category, type Metric } from '../../lib/readings/air-quality.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { useHighlight } from '../live/highlight.tsx'
import { useOverview } from '../live/use-overview.ts'
import { formatConcentration } from '../ui/number.ts'
import { CategoryDot } from './category-dot.tsx'

/** In µg/m³: half as high as "unhealthy" fills half of the bar. */
const BAR_MAX = 55.5

type Order = 'id' | 'pm25' | 'pm10' | 'age'

const COLUMNS: readonly { order: Order; name: string; className: string }[] = [
  { order: 'id', name: 'Sensor', className: 'w-[32%] pl-5 text-left' },
  { order: 'pm25', name: 'PM2.5', className: 'w-[18%] px-1' },
  { order: 'pm10', name: 'PM10', className: 'w-[18%] px-1' },
  { order: 'age', name: 'Age', className: 'pr-5' },
]

/** Each sensor's last reading: the numbers behind the lines, for eyes, ears and programs. */
export function LatestReadings() {
  const overview = useOverview()
  const [order, setOrder] = useState<Order>('id')
  return (
    <details open className="latest-readings group rounded-xl border border-line bg-surface">
      <summary className="flex cursor-pointer items-center justify-between px-5 py-3.5">
        <h2 id="latest-readings" className="font-semibold text-[0.9375rem]">
          Latest readings
        </h2>
        <span className="text-muted text-xs group-open:hidden">Show</span>
        <span className="hidden text-muted text-xs group-open:inline">µg/m³</span>
      </summary>
      <section aria-labelledby="latest-readings" className="h-[25.5rem] overflow-y-auto overscroll-contain">
        <table
          aria-labelledby="latest-readings"
          className="w-full table-fixed text-right text-[0.8125rem] tabular-nums"
        >
          <thead className="sticky top-0 bg-surface text-muted text-xs">
            <tr>
              {COLUMNS.map(({ order: column, name, className }) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={order === column ? (column === 'id' ? 'ascending' : 'descending') : 'none'}
                  className={`border-line border-b pb-2 font-normal ${className}`}
                >
                  <button
                    type="button"
                    onClick={() => setOrder(column)}
                    className={`hover:text-ink ${order === column ? 'font-medium text-ink' : ''}`}
                  >
                    {name}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {overview &&
              sorted(overview.sensors, order).map((sensor) => <SensorRow key={sensor.id} sensor={sensor} />)}
            {overview?.sensors.length === 0 && (
              <tr>
                <td colSpan={COLUMNS.length} className="px-5 py-3 text-left text-muted">
                  No sensor has reported yet.
                </td>
              </tr>
            )}
          </tbody>
        </table>
        {!overview && <div className="skeleton mx-5 mt-3 h-72" />}
      </section>
    </details>
  )
}

function SensorRow({ sensor }: { sensor: SensorNow }) {
  const { id, last, ageS, silent, category } = sensor
  const highlight = useHighlight()
  const words = category ? CATEGORY_NAMES[category] : 'no PM2.5'
  return (
    <tr
      data-sensor={id}
      data-silent={silent}
      data-highlighted={highlight.id === id}
      onPointerEnter={() => highlight.point(id)}
      onPointerLeave={() => highlight.point(undefined)}
      className="data-[highlighted=true]:bg-sunken data-[silent=true]:text-muted"
    >
      <th scope="row" className="py-0 pl-5 text-left font-normal">
        <button
          type="button"
          aria-pressed={highlight.pinnedId === id}
          onClick={() => highlight.togglePin(id)}
          title={`${words}. Click to keep it marked in the charts.`}
          className="flex w-full items-center gap-2 py-1 text-left aria-pressed:font-semibold"
        >
          <CategoryDot category={silent ? undefined : category} />
          <span>
            <span className="sr-only">Sensor </span>
            {id}
          </span>
          <Bar value={last.pm25} category={silent ? undefined : category} />
          <span className="sr-only">, {silent ? 'silent' : words}</span>
        </button>
      </th>
      <Value of={last} metric="pm25" />
      <Value of={last} metric="pm10" />
      <td className="whitespace-nowrap py-1 pr-5">
        {silent ? (
          <span className="font-medium text-trouble">silent {shortAge(ageS)}</span>
        ) : (
          <span className="text-muted">{shortAge(ageS)}</span>
        )}
      </td>
    </tr>
  )
}

/** How high the PM2.5 stands, up to where the air is unhealthy. */
function Bar({ value, category }: { value: number | null; category: Category | undefined }) {
  const percent = Math.min(100, ((value ?? 0) / BAR_MAX) * 100)
  return (
    <span aria-hidden="true" className="ml-auto h-1 w-10 shrink-0 overflow-hidden rounded-full bg-sunken">
      <span
        className="block h-full rounded-full"
        style={{ width: `${percent}%`, background: category ? `var(--category-${category})` : 'var(--line)' }}
      />
    </span>
  )
}

function Value({ of, metric }: { of: SensorNow['last']; metric: Metric }) {
  const value = of[metric]
  return <td className="px-1 py-1">{value === null ? '–' : formatConcentration(value)}</td>
}

function sorted(sensors: readonly SensorNow[], order: Order): readonly SensorNow[] {
  if (order === 'id') return sensors
  const key = ({ last, ageS }: SensorNow) => (order === 'age' ? ageS : (last[order] ?? -1))
  return [...sensors].sort((a, b) => key(b) - key(a))
}
