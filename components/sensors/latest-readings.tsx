'use client'

import { useState } from 'react'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { useOverview } from '../live/use-overview.ts'
import { SensorRow } from './sensor-row.tsx'

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
  const highest = overview?.worst?.last.pm25 ?? 0
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
              sorted(overview.sensors, order).map((sensor) => (
                <SensorRow key={sensor.id} sensor={sensor} highest={highest} />
              ))}
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

function sorted(sensors: readonly SensorNow[], order: Order): readonly SensorNow[] {
  if (order === 'id') return sensors
  const key = ({ last, ageS }: SensorNow) => (order === 'age' ? ageS : (last[order] ?? -1))
  return [...sensors].sort((a, b) => key(b) - key(a))
}
