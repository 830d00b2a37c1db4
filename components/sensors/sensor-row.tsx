'use client'

import Link from 'next/link'
import { memo } from 'react'
import { shortAge } from '../../lib/readings/age.ts'
import { CATEGORY_NAMES, type Category } from '../../lib/readings/air-quality.ts'
import { categoryShare } from '../../lib/readings/category-scale.ts'
import { LAST_MINUTES_S } from '../../lib/readings/last-minutes.ts'
import type { SensorState } from '../../lib/readings/overview.ts'
import type { SensorSeries } from '../../lib/readings/sensor-series.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { formatConcentration } from '../ui/number.ts'
import { CategoryDot } from './category-dot.tsx'
import { ChangedValue } from './changed-value.tsx'
import { LastMinutesLine } from './last-minutes-line.tsx'
import { COLUMN_LOOKS } from './sensor-columns.ts'
import { STATE_NAMES } from './state-names.ts'

interface SensorRowProps {
  readonly id: number
  readonly state: SensorState
  /** It may be silent: see `SensorNow`. */
  readonly isUnsure: boolean
  readonly category: Category | undefined
  /** Its readings, where they are held. */
  readonly series: SensorSeries | undefined
  /** Where the line of its last minutes ends, in Unix seconds. */
  readonly lineToS: number
  readonly pm25: number | null
  readonly pm10: number | null
  /** Whole seconds: a row is drawn anew when its words change. */
  readonly ageS: number
  /** Its place in the whole table, counted from 2: the heading is the first row. */
  readonly rowIndex: number
  readonly highlighted: boolean
  readonly selected: boolean
  /** As many sensors are selected as can be. */
  readonly isFull: boolean
  readonly onPoint: (id: number | undefined) => void
  readonly onToggle: (id: number) => void
}

/** The height of every row in pixels, which the list of thousands counts on. */
export const ROW_PX = 36

/** One sensor with its last reading. */
export const SensorRow = memo(function SensorRow(props: SensorRowProps) {
  const { id, state, isUnsure, pm25, pm10, ageS, rowIndex, highlighted, selected, isFull } = props
  const { series, lineToS, onPoint, onToggle } = props
  const category = state === 'online' ? props.category : undefined
  return (
    <tr
      data-sensor={id}
      data-state={state}
      data-highlighted={highlighted}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      onPointerEnter={() => onPoint(id)}
      onPointerLeave={() => onPoint(undefined)}
      className="h-9 data-[highlighted=true]:bg-sunken [&:not([data-state=online])]:text-muted"
    >
      <td className="w-10 pl-4 sm:w-11 sm:pl-5">
        <span className="flex">
          <Checkbox
            name={`Show sensor ${id} in the charts`}
            checked={selected}
            disabled={isFull && !selected}
            onChange={() => onToggle(id)}
          />
        </span>
      </td>
      <th scope="row" className={`font-normal ${COLUMN_LOOKS.id}`}>
        <Link
          href={`/sensors/${id}`}
          prefetch={false}
          className="inline-flex h-7 min-w-7 items-center font-medium text-ink underline decoration-line-strong/50 underline-offset-4 hover:decoration-current"
        >
          <span className="sr-only">Sensor </span>
          {id}
        </Link>
      </th>
      <td
        className={`${COLUMN_LOOKS.state} ${state === 'online' ? 'text-muted' : 'font-medium text-trouble'}`}
      >
        {isUnsure ? 'Silent?' : STATE_NAMES[state]}
      </td>
      <td className={COLUMN_LOOKS.category}>
        <span className="flex min-w-0 items-center gap-2">
          <CategoryDot category={category} state={state} />
          <span className="line-clamp-2 leading-4">
            {category ? CATEGORY_NAMES[category] : <span aria-hidden="true">–</span>}
          </span>
          {category && pm25 !== null && <Level category={category} pm25={pm25} />}
        </span>
      </td>
      <td className={`pr-4 ${COLUMN_LOOKS.lastMinutes}`}>
        {series ? (
          <LastMinutesLine series={series} toS={lineToS} />
        ) : (
          ageS < LAST_MINUTES_S && <NotStreamed />
        )}
      </td>
      <td className={COLUMN_LOOKS.pm25}>
        <Concentration value={pm25} />
      </td>
      <td className={COLUMN_LOOKS.pm10}>
        <Concentration value={pm10} />
      </td>
      <td className={`whitespace-nowrap text-muted ${COLUMN_LOOKS.ageS}`}>
        {state !== 'online' && <span className="font-medium text-trouble sm:hidden">{state} </span>}
        {shortAge(ageS)}
      </td>
    </tr>
  )
})

/** How far up it is, on a scale of all categories: rows are compared at a glance. */
function Level({ category, pm25 }: { category: Category; pm25: number }) {
  return (
    <span
      aria-hidden="true"
      className="mr-6 ml-auto hidden h-1.5 w-28 shrink-0 rounded-full bg-sunken @5xl:block"
    >
      <span
        className="block h-full min-w-1.5 rounded-full"
        style={{
          width: `${(categoryShare('pm25', pm25) * 100).toFixed(1)}%`,
          background: `var(--category-${category})`,
        }}
      />
    </span>
  )
}

/** In place of the line of a sensor that has reported, but whose readings the page does not hold. */
function NotStreamed() {
  return (
    <span
      title="Of so many sensors only the chosen ones are streamed in full. Tick this one to see its line."
      className="block border-line-strong/50 border-t border-dotted"
    >
      <span className="sr-only">not streamed</span>
    </span>
  )
}

function Concentration({ value }: { value: number | null }) {
  return <ChangedValue value={value === null ? '–' : formatConcentration(value)} />
}
