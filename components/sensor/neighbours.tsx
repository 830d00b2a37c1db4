import Link from 'next/link'
import { CATEGORY_NAMES } from '../../lib/readings/air-quality.ts'
import type { Neighbour } from '../../lib/readings/neighbours.ts'
import type { SensorNow } from '../../lib/readings/overview.ts'
import { CategoryDot } from '../sensors/category-dot.tsx'
import { STATE_NAMES } from '../sensors/state-names.ts'
import { Card } from '../ui/card.tsx'
import { formatDistance } from '../ui/distance.ts'
import { formatConcentration } from '../ui/number.ts'

interface NeighboursProps {
  readonly neighbours: readonly Neighbour[]
  readonly all: readonly SensorNow[]
  readonly onPoint: (id: number | undefined) => void
}

/** The sensors that stand nearest, with what they say: one that differs from all its neighbours may be wrong. */
export function Neighbours({ neighbours, all, onPoint }: NeighboursProps) {
  return (
    <Card className="pb-2">
      <table aria-labelledby="neighbours" className="w-full text-[0.8125rem] tabular-nums">
        <caption className="px-5 py-3.5 text-left">
          <h2 id="neighbours" className="inline font-semibold text-[0.9375rem]">
            Neighbours
          </h2>
          <span className="ml-2 text-muted text-xs">the nearest, now</span>
        </caption>
        <thead className="text-muted text-xs">
          <tr className="text-right [&>th]:pb-1.5 [&>th]:font-normal">
            <th scope="col" className="pl-5 text-left">
              Sensor
            </th>
            <th scope="col">Distance</th>
            <th scope="col" className="pr-5">
              PM2.5
            </th>
          </tr>
        </thead>
        <tbody>
          {neighbours.map(({ last, distanceM }) => {
            const sensor = all.find(({ id }) => id === last.id)
            const category = sensor?.state === 'online' ? sensor.category : undefined
            const words = category ? CATEGORY_NAMES[category] : sensor && STATE_NAMES[sensor.state]
            return (
              <tr
                key={last.id}
                data-neighbour={last.id}
                onPointerEnter={() => onPoint(last.id)}
                onPointerLeave={() => onPoint(undefined)}
                className="h-9 text-right hover:bg-sunken"
              >
                <th scope="row" className="pl-5 text-left font-normal">
                  <span className="flex items-center gap-2">
                    <CategoryDot category={category} {...(sensor && { state: sensor.state })} />
                    <Link
                      href={`/sensors/${last.id}`}
                      prefetch={false}
                      className="inline-flex h-7 min-w-7 items-center font-medium underline decoration-line-strong/50 underline-offset-4 hover:decoration-current"
                    >
                      <span className="sr-only">Sensor </span>
                      {last.id}
                    </Link>
                    <span className="truncate text-muted text-xs">{words}</span>
                  </span>
                </th>
                <td className="whitespace-nowrap text-muted">{formatDistance(distanceM)}</td>
                <td className="pr-5">{last.pm25 === null ? '–' : formatConcentration(last.pm25)}</td>
              </tr>
            )
          })}
          {neighbours.length === 0 && (
            <tr>
              <td colSpan={3} className="px-5 pb-2 text-left text-muted">
                No other sensor with a place is known.
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </Card>
  )
}
